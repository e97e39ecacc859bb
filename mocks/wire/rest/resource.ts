import { invalidParams } from '../../cluster/errors';
import { recordBody } from '../context';
import { json } from '../http';
import type { Route } from './route';
import { param, queryValue } from './route';

export const resourceRoutes: Route[] = [
  { method: 'GET', path: '/config/resource-slots', handle: (call) => json(call.cluster.resources.slotTypes()) },
  {
    method: 'GET',
    path: '/config/resource-slots/details',
    handle: (call) => json(call.cluster.resources.slotDetails(queryValue(call, 'sgroup'))),
  },
  {
    method: 'GET',
    path: '/scaling-groups',
    handle(call) {
      const project = queryValue(call, 'group', 'group_id', 'group_name');
      if (project === null) throw invalidParams('group: Field required');
      const groups = call.cluster.resources.accessibleGroups(call.requester, project);
      return json({ scaling_groups: groups.map((group) => ({ name: group.name })) });
    },
  },
  {
    method: 'GET',
    path: '/scaling-groups/{name}/wsproxy-version',
    handle: (call) => json({ wsproxy_version: call.cluster.resources.appProxyOf(call.requester, param(call, 'name')).version }),
  },
  {
    method: 'POST',
    path: '/resource/check-presets',
    handle(call) {
      const body = recordBody(call);
      if (typeof body.group !== 'string') throw invalidParams('group: Field required');
      const group = typeof body.scaling_group === 'string' ? body.scaling_group : null;
      return json(call.cluster.resources.checkPresets(call.requester, { group: body.group, scaling_group: group }));
    },
  },
  {
    method: 'GET',
    path: '/resource/stats/user/month',
    handle: (call) => json(call.cluster.admin.usageMonth(call.requester, 'user')),
  },
  {
    method: 'GET',
    path: '/resource/stats/admin/month',
    handle: (call) => json(call.cluster.admin.usageMonth(call.requester, 'admin')),
  },
];
