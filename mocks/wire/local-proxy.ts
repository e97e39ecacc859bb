import type { Cluster } from '../cluster/api';
import { isRecord, json } from './http';

/** The old local proxy of v1 groups (SES-C40): a helper beside the browser, as a rule not there. */
export const LOCAL_PROXY = 'http://127.0.0.1:5050';

const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Methods': 'GET, PUT, OPTIONS' };

function parsed(body: string): Record<string, unknown> {
  try {
    const value = JSON.parse(body) as unknown;
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

export function localProxy(cluster: Cluster, request: Request, body: string): Response {
  const { localProxy: proxy } = cluster.state.appProxy;
  if (!proxy.isRunning) return Response.error();
  const { pathname, searchParams } = new URL(request.url);
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
  if (request.method === 'PUT' && pathname === '/conf') {
    const { endpoint, mode, session, access_key: key, secret_key: secret } = parsed(body);
    const known = mode === 'SESSION' ? typeof session === 'string' && session !== '' : typeof key === 'string' && typeof secret === 'string';
    if (typeof endpoint !== 'string' || !known) return json({ code: 400, message: 'Invalid configuration' }, { status: 400, headers: CORS });
    const token = cluster.uuid().replaceAll('-', '');
    proxy.tokens[token] = { accessKey: typeof key === 'string' ? key : null };
    return json({ token }, { headers: CORS });
  }
  const [, token = '', sessionId = ''] = /^\/proxy\/([^/]+)\/([^/]+)\/add$/.exec(pathname) ?? [];
  if (request.method === 'GET' && proxy.tokens[token]) {
    const session = cluster.sessions.byId(sessionId);
    const app = searchParams.get('app') ?? '';
    const port = session?.servicePorts?.find((one) => one.name === app)?.host_ports[0];
    if (port === undefined) return json({ code: 404, message: 'No such app' }, { status: 404, headers: CORS });
    return json({ code: 200, proxy: `127.0.0.1:${String(port)}`, url: `http://127.0.0.1:${String(port)}${searchParams.get('redirect') ?? ''}` }, { headers: CORS });
  }
  return json({ code: 404, message: 'Not found' }, { status: 404, headers: CORS });
}
