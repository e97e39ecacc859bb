import { jsonBody } from '../context';
import { json } from '../http';
import type { Route } from './route';
import { param } from './route';

export const templateRoutes: Route[] = [
  { method: 'GET', path: '/template/session', handle: (call) => json(call.cluster.templates.list(call.requester)) },
  { method: 'POST', path: '/template/session', handle: (call) => json(call.cluster.templates.create(call.requester, jsonBody(call))) },
  { method: 'GET', path: '/template/session/{id}', handle: (call) => json(call.cluster.templates.get(call.requester, param(call, 'id'))) },
  {
    method: 'PUT',
    path: '/template/session/{id}',
    handle(call) {
      call.cluster.templates.update(call.requester, param(call, 'id'), jsonBody(call));
      return json({ success: true });
    },
  },
  {
    method: 'DELETE',
    path: '/template/session/{id}',
    handle(call) {
      call.cluster.templates.remove(call.requester, param(call, 'id'));
      return json({ success: true });
    },
  },
  {
    method: 'POST',
    path: '/session/_/create-from-template',
    writes: true,
    handle: (call) => json(call.cluster.templates.createSession(call.requester, jsonBody(call)), { status: 201 }),
  },
];
