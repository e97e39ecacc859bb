import { authFailed, ManagerError, serverFrozen } from '../cluster/errors';
import type { ManagerCall, Setting, SignedInCall } from './context';
import { signatureOf } from './crypto';
import { json, managerProblem, problem } from './http';
import { rateLimitHeaders, takeFromLimit } from './rate-limit';
import { matchRoute } from './rest/routes';

/** The manager behind both fronts: who calls, which API version, how often, then the route. */

/** `until`: refused from that manager on; `since`: known from it on. */
const API_VERSIONS: { name: string; since?: string; until?: string }[] = [
  { name: 'v4.20181215' },
  { name: 'v4.20190115' },
  { name: 'v4.20190315' },
  { name: 'v4.20190615' },
  { name: 'v5.20191215' },
  { name: 'v6.20200815' },
  { name: 'v6.20210815', until: '26.1.0' },
  { name: 'v6.20220315' },
  { name: 'v6.20220615' },
  { name: 'v6.20221201', since: '26.1.0' },
  { name: 'v6.20230315' },
  { name: 'v7.20230615' },
  { name: 'v8.20240315' },
  { name: 'v8.20240915', since: '24.09.0' },
  { name: 'v9.20250722', since: '25.12.0' },
];

function codes(call: { cluster: Setting['cluster'] }): boolean {
  return call.cluster.atLeast('25.8.0');
}

function unknownPath(call: ManagerCall): Response {
  return problem({
    status: 404,
    slug: 'url-not-found',
    title: 'Unknown URL path.',
    errorCode: codes(call) ? 'api_read_not-found' : undefined,
    data: call.path,
  });
}

function checkApiVersion(call: ManagerCall): void {
  const asked = call.headers.get('X-BackendAI-Version');
  if (asked === null) return;
  const known = API_VERSIONS.some(
    (version) =>
      version.name === asked &&
      (version.since === undefined || call.cluster.atLeast(version.since)) &&
      (version.until === undefined || !call.cluster.atLeast(version.until)),
  );
  if (!known) {
    throw new ManagerError({
      status: 400,
      slug: 'generic-bad-request',
      title: 'Bad request.',
      msg: 'Unsupported API version.',
      errorCode: 'api_generic_bad-request',
    });
  }
}

function versionAnswer(call: ManagerCall): Response {
  return json({ version: call.cluster.apiVersion, manager: call.cluster.version });
}

/** Paths that need no log-in (access-and-shell "Headers, cookie, CORS"). */
export function isAnonymousPath(method: string, path: string): boolean {
  if (path === '/') return method === 'GET';
  return /^\/(?:auth\/signup$|cloud\/|custom-auth\/|openid\/|saml\/|totp\/anon|folders\/_\/tus\/upload\/)/.test(path);
}

/** A refusal passes the counter by: it carries none of its headers. */
function limited(response: Response, limit: number, remaining: number): Response {
  if (response.type === 'error' || !response.ok) return response;
  for (const [name, value] of Object.entries(rateLimitHeaders(limit, remaining))) response.headers.set(name, value);
  return response;
}

export async function callAnonymously(call: ManagerCall): Promise<Response> {
  const answer = (): Response => {
    try {
      checkApiVersion(call);
    } catch (error) {
      return managerProblem(error, codes(call));
    }
    return call.path === '/' && call.method === 'GET' ? versionAnswer(call) : unknownPath(call);
  };
  return limited(answer(), 1000, 1000);
}

/** Runs a call for whoever holds the key. */
export async function answerAs(call: ManagerCall, accessKey: string): Promise<Response> {
  const { cluster } = call;
  const limit = cluster.state.keypairs[accessKey]?.rateLimit ?? 30000;
  const remaining = takeFromLimit(cluster, accessKey, limit);
  if (remaining < 0) {
    return problem({
      status: 429,
      slug: 'rate-limit-exceeded',
      title: 'You have reached your API query rate limit.',
      errorCode: codes(call) ? 'api_access_unavailable' : undefined,
    });
  }
  let response: Response;
  try {
    checkApiVersion(call);
    const requester = cluster.accounts.requester(accessKey);
    cluster.accounts.countQuery(accessKey);
    const hit = matchRoute(cluster, call.method, call.path);
    if (hit && cluster.state.managerStatus === 'frozen' && hit.route.writes) {
      throw serverFrozen();
    }
    const signedIn: SignedInCall = { ...call, requester, params: hit?.params ?? {} };
    response = hit ? await hit.route.handle(signedIn) : unknownPath(call);
  } catch (error) {
    response = managerProblem(error, codes(call));
  }
  return limited(response, limit, remaining);
}

const MAX_SKEW_MS = 15 * 60 * 1000;

function invalidAuth(msg: string): ManagerError {
  return new ManagerError({
    status: 400,
    slug: 'invalid-auth-params',
    title: 'Missing or invalid authorization parameters.',
    msg,
    errorCode: 'auth_parsing_invalid-auth-params',
  });
}

/** Naive times count as UTC. */
function timeOf(date: string): number {
  const zoned = /(?:Z|[+-]\d\d:?\d\d|GMT)$/i.test(date) ? date : `${date}Z`;
  return Date.parse(zoned);
}

function credentialOf(authorization: string): { method: string; accessKey: string; signature: string } {
  const [type, ...rest] = authorization.split(' ');
  if (rest.length === 0) throw invalidAuth('Malformed authorization header');
  if (type !== 'BackendAI' && type !== 'Sorna') throw invalidAuth('Invalid authorization type name');
  const fields = new Map(rest.join(' ').split(',').map((part) => [part.split('=', 1)[0]?.trim() ?? '', part.slice(part.indexOf('=') + 1).trim()]));
  const method = fields.get('signMethod');
  const [, accessKey = '', signature = ''] = /^([^:]*):(.*)$/.exec(fields.get('credential') ?? '') ?? [];
  if (method === undefined || accessKey === '') throw invalidAuth('Missing or malformed authorization parameters');
  return { method, accessKey, signature };
}

/** The key that signed a call; throws as the manager refuses. */
function verifiedKey(call: ManagerCall & { url: URL }): string {
  const { headers, cluster, setting } = call;
  // The clock comes first, also where nobody signed.
  const date = headers.get('Date') ?? headers.get('X-BackendAI-Date');
  const time = date === null ? Number.NaN : timeOf(date);
  if (date === null || Number.isNaN(time) || Math.abs(time - setting.options.wall()) > MAX_SKEW_MS) throw invalidAuth('Date/time sync error');
  const authorization = headers.get('Authorization');
  if (authorization === null) throw authFailed('Unauthorized access');
  const { method, accessKey, signature } = credentialOf(authorization);
  const named = cluster.atLeast('25.16');
  const keypair = cluster.accounts.activeKeypair(accessKey);
  if (!keypair) throw authFailed(named ? 'Access key not found in HMAC' : 'Access key not found');
  const [mac, hash] = method.toLowerCase().split('-');
  if (mac !== 'hmac') throw invalidAuth('Unsupported request signing method (MAC type)');
  if (hash !== 'sha256') throw invalidAuth('Unsupported request signing method (hash type)');
  const version = headers.get('X-BackendAI-Version');
  if (version === null) throw invalidAuth('API version missing in request headers');
  const expected = signatureOf(
    {
      method: call.method,
      path: call.url.pathname + call.url.search,
      date,
      host: call.url.host,
      contentType: (headers.get('Content-Type') ?? 'application/octet-stream').split(';')[0]?.trim() ?? '',
      version,
    },
    keypair.secretKey,
  );
  if (expected !== signature.toLowerCase()) throw authFailed(named ? 'HMAC signature mismatch' : 'Signature mismatch');
  return accessKey;
}

/** A call straight to the manager: signed, or one of the anonymous paths. */
export async function callManager(setting: Setting, parts: Omit<ManagerCall, 'setting' | 'cluster'> & { url: URL }): Promise<Response> {
  const call = { ...parts, setting, cluster: setting.cluster };
  if (isAnonymousPath(call.method, call.path)) return callAnonymously(call);
  // A path that does not exist is told before anybody is asked who they are.
  if (!matchRoute(setting.cluster, call.method, call.path)) return limited(unknownPath(call), 1000, 1000);
  let accessKey: string;
  try {
    accessKey = verifiedKey(call);
  } catch (error) {
    return managerProblem(error, codes(call));
  }
  return answerAs(call, accessKey);
}

const CORS_HEADERS = 'Content-Type, Authorization, X-BackendAI-Version, X-BackendAI-Date';

/** Any origin, without credentials, with these four headers only. */
export function withCors(response: Response): Response {
  if (response.type === 'error') return response;
  response.headers.set('Access-Control-Allow-Origin', '*');
  response.headers.set('Access-Control-Expose-Headers', '*');
  return response;
}

export function preflight(): Response {
  return withCors(
    new Response(null, {
      status: 200,
      headers: {
        'Access-Control-Allow-Headers': CORS_HEADERS,
        'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
        'Access-Control-Max-Age': '3600',
      },
    }),
  );
}
