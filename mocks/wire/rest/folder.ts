import { recordBody } from '../context';
import { json } from '../http';
import type { Route } from './route';
import { queryValue } from './route';

export const folderRoutes: Route[] = [
  {
    method: 'GET',
    path: '/folders',
    handle: (call) =>
      json(
        call.cluster.folders.list(call.requester, {
          groupId: queryValue(call, 'group_id', 'groupId'),
          ownerEmail: queryValue(call, 'owner_user_email', 'ownerUserEmail'),
        }),
      ),
  },
  {
    method: 'POST',
    path: '/folders',
    writes: true,
    handle: (call) => json(call.cluster.folders.create(call.requester, recordBody(call)), { status: 201 }),
  },
  {
    method: 'GET',
    path: '/folders/_/hosts',
    handle: (call) => json(call.cluster.folders.hosts(call.requester, queryValue(call, 'group_id'))),
  },
  {
    method: 'GET',
    path: '/folders/_/allowed-types',
    handle: (call) => json(call.cluster.state.settings.allowGroupFolders ? ['user', 'group'] : ['user']),
  },
];
