import { ManagerError } from '../cluster/errors';
import type { LoginSession } from '../cluster/types';
import { configToml } from './config-toml';
import type { Setting, WireContext } from './context';
import { decodePayload } from './crypto';
import { isRecord, json, problem, refusalData, text, webserverProblem } from './http';
import { answerAs, callAnonymously, isAnonymousPath } from './manager';

/** The webserver in front of the manager (access-and-shell "Webserver session"). */

const COOKIE = 'AIOHTTP_SESSION';
const SESSION_HEADER = 'X-BackendAI-SessionID';

/** The cookie holds the log-in's id without its dashes. */
function toCookie(loginSessionId: string): string {
  return loginSessionId.replaceAll('-', '');
}

function cookieOf(headers: Headers): string | null {
  for (const part of (headers.get('Cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === COOKIE && value) return value;
  }
  return null;
}

function httpDate(cluster: Setting['cluster'], time: number): string {
  return cluster.iso(time).replace(/\.\d+/, '');
}

export interface Webserver {
  handle(request: Request, url: URL, body: string, context: WireContext, expire: boolean): Promise<Response>;
  /** Key of the log-in behind a WebSocket's handshake: the cookie alone travels with it. */
  keyOf(request: Request, context: WireContext): string | null;
}

interface Call {
  request: Request;
  url: URL;
  body: string;
  context: WireContext;
  sessionId: string | null;
  login: LoginSession | null;
}

export function createWebserver(setting: Setting): Webserver {
  const { cluster, options } = setting;

  function loginFor(sessionId: string | null): LoginSession | null {
    if (sessionId === null) return null;
    const login = Object.values(cluster.state.loginSessions).find((row) => toCookie(row.id) === toCookie(sessionId));
    return login && cluster.accounts.isLoginAlive(login.id) ? login : null;
  }

  /** Hands a session id out: by cookie, by header, and into the front's jar. */
  function withSession(response: Response, call: Call, sessionId: string | null, expiresAt: number): Response {
    const age = sessionId === null ? 0 : Math.max(0, Math.round((expiresAt - cluster.now) / 1000));
    call.context.jar?.set(sessionId);
    response.headers.append(
      'Set-Cookie',
      `${COOKIE}=${sessionId ?? ''}; expires=${httpDate(cluster, sessionId === null ? 0 : expiresAt)}; HttpOnly; Max-Age=${String(age)}; Path=/`,
    );
    if (sessionId !== null) response.headers.set(SESSION_HEADER, sessionId);
    return response;
  }

  function body(call: Call): Record<string, unknown> | null {
    try {
      const parsed = JSON.parse(call.body) as unknown;
      return isRecord(parsed) ? parsed : null;
    } catch {
      return null;
    }
  }

  function missingField(fields: Record<string, unknown>, names: string[]): Response | null {
    const missing = names.find((name) => typeof fields[name] !== 'string' || fields[name] === '');
    return missing === undefined ? null : webserverProblem(400, 'invalid-api-params', `You must provide the ${missing} field.`);
  }

  /** Up to 26.3 a refused log-in is a 200; from 26.4 it has the manager's own status. */
  function refusedLogin(error: ManagerError): Response {
    if (error.slug === 'too-many-requests') return webserverProblem(429, 'too-many-requests', error.title);
    return json({ authenticated: false, data: refusalData(error) }, { status: cluster.atLeast('26.4.0') ? error.status : 200 });
  }

  function otpAsked(): Response {
    const data = cluster.atLeast('25.9.0')
      ? { type: 'https://api.backend.ai/probs/require-totp-authentication', title: 'Two-Factor Authentication needed.', details: 'You must authenticate using Two-Factor Authentication.' }
      : {
          type: 'https://api.backend.ai/probs/rejected-by-hook',
          title: 'Operation rejected by a hook plugin.',
          details: 'You must authenticate using Two-Factor Authentication.',
        };
    return json({ authenticated: false, data });
  }

  function login(call: Call): Response {
    if (call.login) return webserverProblem(400, 'generic-bad-request', 'You have already logged in.');
    // What is no JSON counts as a form without fields.
    const fields = body(call) ?? {};
    const missing = missingField(fields, ['username', 'password']);
    if (missing) return missing;
    try {
      const result = cluster.accounts.login({
        username: String(fields.username),
        password: String(fields.password),
        ...(typeof fields.otp === 'string' ? { otp: fields.otp } : {}),
        ...(typeof fields.force === 'boolean' ? { force: fields.force } : {}),
        clientIp: call.context.clientIp ?? '127.0.0.1',
        userAgent: call.request.headers.get('User-Agent') ?? '',
      });
      if (result.kind === 'totp-required') return otpAsked();
      const answer = json({ authenticated: true, data: { access_key: result.accessKey, role: result.role, status: result.status } });
      return withSession(answer, call, toCookie(result.loginSessionId), result.expiresAt);
    } catch (error) {
      if (error instanceof ManagerError) return refusedLogin(error);
      throw error;
    }
  }

  function loginCheck(call: Call): Response {
    if (!call.login) return json({ authenticated: false, data: null, session_id: null });
    const user = cluster.accounts.user(call.login.userId);
    return json({
      authenticated: true,
      data: { access_key: call.login.accessKey, role: user?.role ?? 'user', status: user?.status ?? 'active' },
      session_id: toCookie(call.login.id),
    });
  }

  function logout(call: Call): Response {
    if (call.login) cluster.accounts.logout(call.login.id);
    return withSession(text('200: OK'), call, null, 0);
  }

  /** 200 also on failure: the caller looks into `data`. */
  function updateExpiredPassword(call: Call): Response {
    const fields = body(call) ?? {};
    const missing = missingField(fields, ['username', 'current_password', 'new_password']);
    if (missing) return missing;
    const timeOnly = !cluster.atLeast('25.7.0');
    try {
      const { changedAt } = cluster.accounts.updateExpiredPassword({
        username: String(fields.username),
        currentPassword: String(fields.current_password),
        newPassword: String(fields.new_password),
      });
      const time = { password_changed_at: cluster.iso(changedAt) };
      return json(timeOnly ? time : { data: null, ...time });
    } catch (error) {
      if (error instanceof ManagerError) return json({ data: refusalData(error), password_changed_at: null });
      throw error;
    }
  }

  /** While logged out it makes an empty session, as the real one does. */
  function extend(call: Call): Response {
    const expiresAt = call.login ? cluster.accounts.extendLogin(call.login.id) : cluster.now + cluster.state.settings.loginSessionLife * 1000;
    const answer = json({ status: 201, expires: httpDate(cluster, expiresAt) });
    return withSession(answer, call, call.login ? toCookie(call.login.id) : toCookie(cluster.uuid()), expiresAt);
  }

  function tokenLogin(): Response {
    return webserverProblem(400, 'invalid-api-params', 'You must provide cookie-based authentication token');
  }

  const posts: Record<string, (call: Call) => Response> = {
    '/server/login': login,
    '/server/login-check': loginCheck,
    '/server/logout': logout,
    '/server/token-login': tokenLogin,
    '/server/update-password-no-auth': updateExpiredPassword,
    '/server/extend-login-session': extend,
  };

  async function relay(call: Call): Promise<Response> {
    const path = call.url.pathname.slice('/func'.length) || '/';
    const managerCall = {
      setting,
      cluster,
      method: call.request.method,
      path,
      query: call.url.searchParams,
      headers: call.request.headers,
      body: call.body,
      signal: call.request.signal,
    };
    if (isAnonymousPath(call.request.method, path)) return callAnonymously(managerCall);
    if (!call.login) return webserverProblem(401, 'auth-failed', 'Unauthorized access');
    return answerAs(managerCall, call.login.accessKey);
  }

  async function route(call: Call): Promise<Response> {
    const path = call.url.pathname;
    if (path === '/config.toml') {
      const configText = configToml({ version: cluster.version, endpoint: call.url.origin, overrides: options.config });
      return text(configText, { headers: { 'Cache-Control': 'no-store' } });
    }
    if (path === '/func' || path.startsWith('/func/')) return relay(call);
    const post = call.request.method === 'POST' ? posts[path] : undefined;
    if (post && (post !== extend || cluster.atLeast('24.09'))) return post(call);
    // The console's own files are there to be read.
    if (call.request.method !== 'GET') return text('405: Method Not Allowed', { status: 405, headers: { Allow: 'GET,HEAD' } });
    return problem({ status: 404, slug: 'url-not-found', title: 'Unknown URL path.', data: path });
  }

  /** Other origins may call with the cookie and read every header. */
  function withCors(response: Response, origin: string | null): Response {
    if (origin === null || response.type === 'error') return response;
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Access-Control-Allow-Credentials', 'true');
    response.headers.set('Access-Control-Expose-Headers', '*');
    return response;
  }

  return {
    keyOf: (request, context) => loginFor(context.jar ? context.jar.get() : cookieOf(request.headers))?.accessKey ?? null,
    async handle(request, url, rawBody, context, expire) {
      const origin = request.headers.get('Origin');
      if (request.method === 'OPTIONS') {
        const answer = new Response(null, {
          status: 200,
          headers: {
            'Access-Control-Allow-Headers': request.headers.get('Access-Control-Request-Headers') ?? '',
            'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
          },
        });
        return withCors(answer, origin);
      }
      let opened = rawBody;
      if (request.headers.get('X-BackendAI-Encoded') === 'true') {
        const decoded = decodePayload(rawBody, url.origin);
        // Nobody catches what fails to be decoded.
        if (decoded === null) return text('500 Internal Server Error\n\nServer got itself in trouble', { status: 500 });
        opened = decoded;
      }
      const jarred = request.credentials === 'omit' ? null : (context.jar?.get() ?? null);
      const sessionId = request.headers.get(SESSION_HEADER) ?? (context.jar ? jarred : cookieOf(request.headers));
      const found = loginFor(sessionId);
      if (expire && found) cluster.accounts.logout(found.id);
      const call: Call = { request, url, body: opened, context, sessionId, login: expire ? null : found };
      return withCors(await route(call), origin);
    },
  };
}
