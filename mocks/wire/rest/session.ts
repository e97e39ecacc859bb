import { invalidParams } from '../../cluster/errors';
import type { SignedInCall } from '../context';
import { jsonBody, recordBody } from '../context';
import { json, noContent, text } from '../http';
import { hasSince } from '../versions';
import type { Route } from './route';
import { param, queryValue } from './route';

function owner(call: SignedInCall): string | null {
  return queryValue(call, 'owner_access_key');
}

function isTrue(value: string | null): boolean {
  return value !== null && ['true', '1', 'yes', 'on', 't', 'y'].includes(value.toLowerCase());
}

/** Folders by their ids came with the request format of v9: who asks in an older one is told so (SES-C01). */
function refuseNewerFormat(call: SignedInCall): void {
  const asked = call.headers.get('X-BackendAI-Version');
  if (asked === null || !/^v[1-8]\./.test(asked) || call.cluster.atLeast('26.0')) return;
  const { config } = recordBody(call);
  const odd = ['mount_ids', 'mount_id_map'].filter((key) => typeof config === 'object' && config !== null && key in config);
  if (odd.length > 0) throw invalidParams('Input validation error', { config: Object.fromEntries(odd.map((key) => [key, `${key} is not allowed key`])) });
}

function create(call: SignedInCall): Response {
  refuseNewerFormat(call);
  return json(call.cluster.sessions.create(call.requester, jsonBody(call)), { status: 201 });
}

/** Managers differ in where they read parameters (SES-C04): 26.3 to 26.4.9 in the query, the others in the body. */
function parameter(call: SignedInCall, ...names: [string, ...string[]]): unknown {
  const { cluster } = call;
  const fromBody = recordBody(call)[names[0]];
  const fromQuery = queryValue(call, ...names) ?? undefined;
  const bodyOnly = hasSince(cluster.version, '26.4.10');
  const queryOnly = !bodyOnly && cluster.atLeast('26.3.0');
  return queryOnly ? fromQuery : bodyOnly || call.body !== '' ? fromBody : fromQuery;
}

function newName(call: SignedInCall): string {
  const name = parameter(call, 'name', 'session_name');
  if (typeof name !== 'string') throw invalidParams('name: Field required');
  return name;
}

export const sessionRoutes: Route[] = [
  { method: 'POST', path: '/session', writes: true, handle: create },
  { method: 'POST', path: '/session/_/create', writes: true, handle: create },
  { method: 'GET', path: '/session/{id}', handle: (call) => json(call.cluster.sessions.info(call.requester, param(call, 'id'), owner(call))) },
  {
    method: 'DELETE',
    path: '/session/{id}',
    writes: true,
    handle(call) {
      const stats = call.cluster.sessions.terminate(call.requester, param(call, 'id'), {
        forced: isTrue(call.query.get('forced')),
        recursive: isTrue(call.query.get('recursive')),
        ownerAccessKey: owner(call),
      });
      // Where several are told, the list stands alone.
      return json(Array.isArray(stats) ? stats : { stats });
    },
  },
  {
    method: 'POST',
    path: '/session/{id}/rename',
    writes: true,
    handle(call) {
      call.cluster.sessions.rename(call.requester, param(call, 'id'), newName(call), owner(call));
      return noContent();
    },
  },
  {
    method: 'POST',
    path: '/session/{id}/imagify',
    since: '24.03.0',
    writes: true,
    handle(call) {
      const { cluster, requester } = call;
      const input = { name: parameter(call, 'image_name'), visibility: parameter(call, 'image_visibility') };
      const task = cluster.admin.startTask(requester, cluster.sessions.planCommit(requester, param(call, 'id'), input));
      return json({ task_id: task.id });
    },
  },
  {
    method: 'GET',
    path: '/session/{id}/commit',
    handle: (call) => json(call.cluster.sessions.commitStatus(call.requester, param(call, 'id'))),
  },
  {
    method: 'GET',
    path: '/session/_/logs',
    handle(call) {
      const kernel = queryValue(call, 'kernel_id', 'session_name', 'sessionName', 'task_id', 'taskId');
      if (kernel === null) throw invalidParams('kernel_id: Field required');
      return text(call.cluster.sessions.taskLogs(call.requester, kernel));
    },
  },
  {
    method: 'GET',
    path: '/session/{id}/logs',
    handle: (call) =>
      json({
        result: {
          logs: call.cluster.sessions.logs(call.requester, param(call, 'id'), {
            kernelId: queryValue(call, 'kernel_id', 'kernelId'),
            ownerAccessKey: owner(call),
          }),
        },
      }),
  },
  {
    method: 'GET',
    path: '/session/{id}/status-history',
    since: '25.9.0',
    handle(call) {
      const history = call.cluster.sessions.statusHistory(call.requester, param(call, 'id'), owner(call));
      return json(call.cluster.atLeast('26.1.0') ? history : { result: history });
    },
  },
  {
    method: 'GET',
    path: '/session/{id}/dependency-graph',
    handle: (call) => json(call.cluster.sessions.dependencyGraph(call.requester, param(call, 'id'), owner(call))),
  },
  {
    method: 'GET',
    path: '/session/{id}/direct-access-info',
    handle: (call) => json(call.cluster.sessions.directAccess(call.requester, param(call, 'id'))),
  },
];
