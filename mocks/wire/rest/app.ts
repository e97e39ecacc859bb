import { invalidParams } from '../../cluster/errors';
import type { SignedInCall } from '../context';
import { recordBody } from '../context';
import { json, noContent } from '../http';
import type { Route } from './route';
import { param, queryValue } from './route';

/** Managers differ in where they look (SES-C04): up to 26.2 in the body, or the query without one; later in the query. */
function parameter(call: SignedInCall, name: string): string {
  const value = call.cluster.atLeast('26.3.0') || call.body.trim() === '' ? queryValue(call, name) : recordBody(call)[name];
  if (typeof value !== 'string' || value === '') throw invalidParams(`${name}: Field required`);
  return value;
}

function text(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalidParams(`${name}: Input should be a valid string`);
  return value;
}

export const appRoutes: Route[] = [
  { method: 'GET', path: '/stream/session/{id}/apps', handle: (call) => json(call.cluster.apps.list(call.requester, param(call, 'id'))) },
  {
    method: 'POST',
    path: '/session/{id}/start-service',
    handle(call) {
      const body = recordBody(call);
      const app = text(body.app ?? body.service, 'app');
      if (app === null) throw invalidParams('app: Field required');
      const { port } = body;
      if (port !== undefined && port !== null && typeof port !== 'number') throw invalidParams('port: Input should be a valid integer');
      return json(
        call.cluster.apps.start(call.requester, param(call, 'id'), {
          app,
          port: port ?? null,
          envs: text(body.envs, 'envs'),
          args: text(body.arguments, 'arguments'),
        }),
      );
    },
  },
  {
    method: 'POST',
    path: '/session/{id}/shutdown-service',
    handle(call) {
      call.cluster.apps.shutdown(call.requester, param(call, 'id'), parameter(call, 'service_name'));
      return noContent();
    },
  },
  {
    method: 'POST',
    path: '/session/{id}/download_single',
    handle(call) {
      const content = call.cluster.apps.readFile(call.requester, param(call, 'id'), parameter(call, 'file'));
      return new Response(new Uint8Array(content), { status: 200, headers: { 'Content-Type': 'application/octet-stream' } });
    },
  },
];
