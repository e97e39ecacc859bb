/** Everything on the wire about getting in and out (ACC-010 … ACC-024, ACC-041, ACC-050, ACC-052). */
import * as z from 'zod/mini';
import { connection } from './connection';
import { ClientError } from './errors';
import { logCall, send } from './http';
import type { WireCall } from './http';
import { readLoginAnswer } from './login-outcome';
import type { LoginOutcome } from './login-outcome';
import { errorOfAnswer, isHtml, slugOf } from './problem';
import type { WireAnswer } from './problem';
import { sessionClock } from './session-clock';
import { defineOperation, defineRoute, gql, rest } from './transport';

export type { LoginOutcome };

export interface Credentials {
  username: string;
  password: string;
  /** Six digits. */
  otp?: string;
  /** Ends the oldest other session of the account (ACC-021). */
  force?: boolean;
}

export interface LoginCheck {
  authenticated: boolean;
  accessKey: string | null;
  role: string | null;
  status: string | null;
  sessionId: string | null;
}

export type PasswordUpdate =
  | { ok: true; changedAt: string | null }
  | { ok: false; slug?: string; title: string; detail?: string };

const timeoutMs = 15_000;

const versionRoute = defineRoute({
  name: 'version',
  method: 'GET',
  path: '/',
  result: z.object({ version: z.string(), manager: z.string() }),
  anonymous: true,
});

const loginCheckRoute = defineRoute({
  name: 'login-check',
  method: 'POST',
  path: '/server/login-check',
  front: 'webserver',
  result: z.object({
    authenticated: z.boolean(),
    data: z.nullish(
      z.object({ access_key: z.nullish(z.string()), role: z.nullish(z.string()), status: z.nullish(z.string()) }),
    ),
    session_id: z.nullish(z.string()),
  }),
});

const logoutRoute = defineRoute({
  name: 'logout',
  method: 'POST',
  path: '/server/logout',
  front: 'webserver',
  answer: 'text',
  result: z.string(),
});

const extendRoute = defineRoute({
  name: 'extend-login-session',
  method: 'POST',
  path: '/server/extend-login-session',
  front: 'webserver',
  result: z.object({ expires: z.string() }),
});

const updatePasswordRoute = defineRoute({
  name: 'update-password-no-auth',
  method: 'POST',
  path: '/server/update-password-no-auth',
  front: 'webserver',
  body: z.object({ username: z.string(), current_password: z.string(), new_password: z.string() }),
  result: z.object({
    data: z.nullish(
      z.object({
        type: z.nullish(z.string()),
        title: z.nullish(z.string()),
        details: z.nullish(z.string()),
        msg: z.nullish(z.string()),
      }),
    ),
    password_changed_at: z.nullish(z.string()),
  }),
});

/** A signed call that any account may make: proves the keys and tells the role. */
const whoOperation = defineOperation({
  name: 'Who',
  kind: 'query',
  document: 'query Who { keypair { access_key } user { role status } }',
  data: z.object({
    keypair: z.nullish(z.object({ access_key: z.nullish(z.string()) })),
    user: z.nullish(z.object({ role: z.nullish(z.string()), status: z.nullish(z.string()) })),
  }),
});

/** Points the client at an endpoint, forgetting whatever it knew of another one. */
export function connect(endpoint: string, mode: 'SESSION' | 'API' = 'SESSION'): void {
  const known = connection.get();
  if (known.endpoint === endpoint && known.mode === mode) return;
  connection.reset();
  connection.set({ endpoint, mode });
}

/** Asks the manager for its versions and remembers them for every later call. */
export async function handshake(signal?: AbortSignal): Promise<{ apiVersion: string; managerVersion: string }> {
  const { version, manager } = await rest(versionRoute, { signal, timeoutMs });
  connection.set({ apiVersion: version, managerVersion: manager });
  return { apiVersion: version, managerVersion: manager };
}

/** Whether the webserver knows this browser, and as whom. */
export async function loginCheck(signal?: AbortSignal): Promise<LoginCheck> {
  const { authenticated, data, session_id } = await rest(loginCheckRoute, { signal, timeoutMs });
  return {
    authenticated,
    accessKey: data?.access_key ?? null,
    role: data?.role ?? null,
    status: data?.status ?? null,
    sessionId: session_id ?? null,
  };
}

let silent: AbortController | null = null;
let running: Promise<LoginOutcome> | null = null;

/** Begins a silent log-in; the signal fires as soon as somebody logs in by hand ("Pitfalls"). */
export function beginSilentLogin(): AbortSignal {
  silent?.abort();
  silent = new AbortController();
  return silent.signal;
}

/** One log-in at a time: a second one while it runs is the same one. */
function once(attempt: () => Promise<LoginOutcome>): Promise<LoginOutcome> {
  silent?.abort();
  silent = null;
  running ??= attempt().finally(() => {
    running = null;
  });
  return running;
}

/** Obfuscated where the wire is open to readers on the way (ACC-023): plain http to another machine. */
function wantsEncoding(): boolean {
  const { endpoint, apiVersion } = connection.get();
  const url = new URL(endpoint || window.location.origin);
  if (url.protocol !== 'http:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) return false;
  return apiVersion !== null && apiVersion.slice(apiVersion.indexOf('.') + 1) >= '20220615';
}

async function post(path: string, operation: string, body: Record<string, unknown>, encoded: boolean): Promise<WireAnswer> {
  const plain = JSON.stringify(body);
  const call: WireCall = { operation, method: 'POST', path, front: 'webserver', timeoutMs, body: plain, logged: body };
  if (encoded) {
    const { encryptPayload } = await import('./encrypted-payload');
    const { origin } = new URL(connection.get().endpoint || window.location.origin);
    call.body = encryptPayload(origin, plain);
    call.headers = { 'X-BackendAI-Encoded': 'true' };
  }
  return send(call);
}

/**
 * Whether the webserver could not read the obfuscated body: a proxy shows it another host. It refused the body,
 * not the log-in, so sending it plain does not count as a second try.
 */
function isUnreadable(answer: WireAnswer): boolean {
  if (answer.status !== 400) return false;
  const { slug, title } = errorOfAnswer(answer, 'login');
  if (slug === undefined) return !answer.text.includes('"authenticated"');
  return (slug === 'invalid-api-params' || slug === 'generic-bad-request') && !/already logged in/i.test(title);
}

async function authenticate(path: string, operation: string, body: Record<string, unknown>): Promise<LoginOutcome> {
  // A session id of a log-in before would win over the cookie that this one sets.
  connection.set({ sessionId: undefined });
  if (connection.get().apiVersion === null) await handshake();
  const encoded = wantsEncoding();
  let answer = await post(path, operation, body, encoded);
  if (encoded && isUnreadable(answer)) answer = await post(path, operation, body, false);
  let outcome: LoginOutcome | 'already-in';
  try {
    outcome = readLoginAnswer(answer, operation, { force: body.force === true });
  } catch (error) {
    logCall({ operation, method: 'POST', path, front: 'webserver', timeoutMs, logged: body }, answer, error as ClientError);
    throw error;
  }
  logAttempt(path, operation, body, answer, outcome);
  if (outcome === 'already-in') return settle(null, answer);
  if (outcome.kind === 'monitor') await logout();
  return outcome.kind === 'in' ? settle(outcome, answer) : outcome;
}

function logAttempt(
  path: string,
  operation: string,
  body: Record<string, unknown>,
  answer: WireAnswer,
  outcome: LoginOutcome | 'already-in',
): void {
  const call: WireCall = { operation, method: 'POST', path, front: 'webserver', timeoutMs, logged: body };
  const isIn = outcome === 'already-in' || outcome.kind === 'in';
  const detail = !isIn && 'detail' in outcome ? outcome.detail : undefined;
  const title = isIn ? '' : outcome.kind;
  logCall(call, answer, isIn ? null : new ClientError({ kind: 'auth', title, detail, operation, status: answer.status }));
}

/**
 * After the server said yes: does it know us at the next call? If not the cookie was not kept (Secure flag on
 * plain http, third-party blocking); then the session id is tried as a header, for this page's life.
 */
async function settle(outcome: Extract<LoginOutcome, { kind: 'in' }> | null, answer: WireAnswer): Promise<LoginOutcome> {
  let check = await loginCheck();
  const sessionId = answer.headers.get('x-backendai-sessionid');
  if (!check.authenticated && sessionId) {
    connection.set({ sessionId });
    check = await loginCheck();
  }
  if (!check.authenticated) {
    connection.set({ sessionId: undefined });
    return { kind: 'cookie-lost' };
  }
  if (check.role === 'monitor') {
    await logout();
    return { kind: 'monitor' };
  }
  const accessKey = check.accessKey ?? outcome?.accessKey ?? '';
  connection.set({ accessKey });
  // Where the session was there before, its end is known from then, or not at all.
  if (outcome) sessionClock.begin();
  return { kind: 'in', accessKey, role: check.role ?? outcome?.role ?? '', status: check.status ?? outcome?.status ?? '' };
}

/**
 * Logs in at the webserver. Never tries a refused log-in again by itself: the server counts them (ACC-015).
 * While one log-in runs, a second call is answered by the same. Throws a ClientError where the server gave no
 * answer to the question (no network, 502, a field missing).
 */
export function login(credentials: Credentials): Promise<LoginOutcome> {
  const { username, password, otp, force } = credentials;
  const body = { username, password, ...(otp ? { otp } : {}), ...(force ? { force: true } : {}) };
  return once(() => authenticate('/server/login', 'login', body));
}

/** Logs in with the token of a single sign-on (ACC-041); `extra` are the address's other query parameters. */
export function tokenLogin(
  sToken: string,
  extra: Readonly<Record<string, string>> = {},
  options: { otp?: string; force?: boolean } = {},
): Promise<LoginOutcome> {
  const { otp, force } = options;
  const body = { ...extra, sToken, ...(otp ? { otp } : {}), ...(force ? { force: true } : {}) };
  return once(() => authenticate('/server/token-login', 'token-login', body));
}

/** Whether a webserver answers here: it knows login-check, a manager does not (ACC-017). */
async function isWebserver(): Promise<boolean> {
  try {
    const answer = await send({
      operation: 'login-check',
      method: 'POST',
      path: '/server/login-check',
      front: 'webserver',
      timeoutMs,
      bare: true,
    });
    if (answer.status !== 200 || isHtml(answer)) return false;
    return typeof (JSON.parse(answer.text) as { authenticated?: unknown }).authenticated === 'boolean';
  } catch {
    // A manager's answer to a page of another origin may be unreadable; then it is no webserver of ours.
    return false;
  }
}

/**
 * Logs in by API keys: proves them by one signed call to the manager at the connection's endpoint. The secret key
 * stays in memory only (SEC-07).
 */
export function loginWithKeys(keys: { accessKey: string; secretKey: string }): Promise<LoginOutcome> {
  return once(() => provedKeys(keys));
}

async function provedKeys(keys: { accessKey: string; secretKey: string }): Promise<LoginOutcome> {
  const { endpoint } = connection.get();
  connection.reset();
  connection.set({ endpoint, mode: 'API' });
  if (await isWebserver()) return { kind: 'session-mode-required' };
  await handshake();
  connection.set(keys);
  let outcome: LoginOutcome;
  try {
    const { user } = await gql(whoOperation, {}, { timeoutMs, unguarded: true });
    const role = user?.role ?? '';
    outcome = role === 'monitor' ? { kind: 'monitor' } : { kind: 'in', accessKey: keys.accessKey, role, status: user?.status ?? '' };
  } catch (error) {
    connection.set({ accessKey: undefined, secretKey: undefined });
    if (!(error instanceof ClientError) || (error.status !== 401 && error.slug !== 'invalid-auth-params')) throw error;
    const detail = error.detail ?? error.title;
    // 400: the clock, or keys of a wrong form; the server's words say which.
    return { kind: 'refused', reason: error.status === 401 ? 'mismatch' : 'other', detail };
  }
  if (outcome.kind !== 'in') connection.set({ accessKey: undefined, secretKey: undefined });
  return outcome;
}

/** Whether the connection's keys still open the manager (API mode); throws where it cannot be told. */
export async function keysWork(): Promise<boolean> {
  const { accessKey, secretKey } = connection.get();
  if (!accessKey || !secretKey) return false;
  try {
    await gql(whoOperation, {}, { timeoutMs, unguarded: true });
    return true;
  } catch (error) {
    if (error instanceof ClientError && error.status === 401) return false;
    throw error;
  }
}

/** Sets a new password where the old one is too old to log in with (ACC-022). The answer is 200 either way. */
export async function updateExpiredPassword(input: {
  username: string;
  currentPassword: string;
  newPassword: string;
}): Promise<PasswordUpdate> {
  const body = { username: input.username, current_password: input.currentPassword, new_password: input.newPassword };
  const { data, password_changed_at } = await rest(updatePasswordRoute, { body, timeoutMs });
  if (!data?.type) return { ok: true, changedAt: password_changed_at ?? null };
  return {
    ok: false,
    slug: slugOf(data.type),
    title: data.title ?? '',
    detail: data.details ?? data.msg ?? undefined,
  };
}

/**
 * Moves the end of the session (ACC-052); only on the user's click, since it may also shorten it. Checks first:
 * logged out, the call would make an empty session. Throws a ClientError of kind `auth` then.
 */
export async function extendSession(): Promise<{ expires: string }> {
  const check = await loginCheck();
  if (!check.authenticated) {
    throw new ClientError({ kind: 'auth', title: 'not logged in', operation: extendRoute.name });
  }
  const { expires } = await rest(extendRoute, { timeoutMs });
  sessionClock.extendTo(expires);
  return { expires };
}

/** Ends the webserver's session; false where the server did not hear of it. Never throws. */
export async function logout(): Promise<boolean> {
  if (connection.get().mode === 'API') return true;
  try {
    await rest(logoutRoute, { timeoutMs: 5000 });
    return true;
  } catch {
    return false;
  }
}
