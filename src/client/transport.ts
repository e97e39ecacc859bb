/**
 * The one way to the manager: `gql()` and `rest()`. Operations and routes are defined with their documents and
 * schemas; every answer is parsed, every failure is a ClientError, and a lost log-in is renewed here.
 *
 * zod: everything here and in the resource modules uses `zod/mini` (`import * as z from 'zod/mini'`): 8 KB gzip
 * against 28 KB of the full package, which the log-in page would have to pay too (PER-01).
 */
import * as z from 'zod/mini';
import { can } from './capabilities';
import type { Capability } from './capabilities';
import { ClientError } from './errors';
import type { ClientErrorKind } from './errors';
import { logCall, open, send } from './http';
import type { Method, WireCall } from './http';
import { errorOfAnswer, errorOfGraphql, graphqlSaysUnauthorized, isHtml } from './problem';
import type { WireAnswer } from './problem';
import { rateLimit } from './rate-limit';
import { requestPath } from './request-path';
import { sessionGuard } from './session-guard';

// Compiled parsers need `eval`, which the content policy forbids (SEC-06).
z.config({ jitless: true });

/** A schema whose parsed value is T. */
export type Schema<T> = z.core.$ZodType<T>;

export interface GqlOperation<TData, TVars> {
  name: string;
  kind: 'query' | 'mutation';
  /** A function where the text depends on the manager's version. */
  document: string | ((can: (capability: Capability) => boolean) => string);
  /** Schema of the answer's `data`. */
  data: Schema<TData>;
  /** Never read: carries the type, written as `variables: vars<{ id: string }>()`. */
  variables?: TVars;
  /** Needed for the operation to exist at all. */
  since?: Capability;
  /** The manager's newer GraphQL has an address and a schema of its own. */
  endpoint?: 'strawberry';
  /** Takes the `data` of an answer that also has `errors`, if it fits the schema; else any error fails the call. */
  partial?: boolean;
}

export interface RestRoute<TBody, TResult, TQuery = Record<string, unknown>> {
  name: string;
  method: Method;
  /** Path at the manager, without `/func`: `/session/{id}/logs`; with `front: 'webserver'` the whole path. */
  path: string;
  /** Describes the body; what is sent is what was given. */
  body?: Schema<TBody>;
  query?: Schema<TQuery>;
  /** Schema of the answer. An empty body reads as null. */
  result: Schema<TResult>;
  since?: Capability;
  front?: 'manager' | 'webserver';
  /** `text`: the answer is taken as it is. */
  answer?: 'json' | 'text';
  /** No log-in needed: a 401 is not a lost log-in. */
  anonymous?: boolean;
  /** What a 401 means while the log-in lives: 'forbidden' unless said (a wrong old password is 'invalid'). */
  unauthorized?: 'forbidden' | 'invalid';
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds for one try; 30 000 unless said. Time spent at the log-in dialog does not count. */
  timeoutMs?: number;
  /** Tells a 401 as it is, and does not wait for a log-in: for the calls that find out about the log-in. */
  unguarded?: boolean;
}

export interface RestCall<TBody, TQuery> extends CallOptions {
  /** Fill the `{…}` of the path; each is checked and encoded as one segment (SEC-10). */
  params?: Record<string, string>;
  /** Missing, null and undefined values are left out; arrays are repeated. */
  query?: TQuery;
  body?: TBody;
  /** Beyond those that every call carries. In API mode the manager lets a browser send no others. */
  headers?: Record<string, string>;
}

const defaultTimeoutMs = 30_000;

/** Everything defined so far; the contract check goes through them. */
export const operations: GqlOperation<unknown, unknown>[] = [];
export const routes: RestRoute<unknown, unknown, unknown>[] = [];

/** Type of an operation's variables, for `defineOperation`. */
export function vars<T>(): T | undefined {
  return undefined;
}

export function defineOperation<TData, TVars = Record<string, never>>(
  operation: GqlOperation<TData, TVars>,
): GqlOperation<TData, TVars> {
  operations.push(operation as GqlOperation<unknown, unknown>);
  return operation;
}

export function defineRoute<TBody = undefined, TResult = unknown, TQuery = Record<string, unknown>>(
  route: RestRoute<TBody, TResult, TQuery>,
): RestRoute<TBody, TResult, TQuery> {
  routes.push(route as unknown as RestRoute<unknown, unknown, unknown>);
  return route;
}

/** `items[3].name: expected string`, the first few of them. */
function issuesOf(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => {
      const expected = 'expected' in issue ? `expected ${issue.expected}` : issue.code.replaceAll('_', ' ');
      return `${z.core.toDotPath(issue.path) || '(answer)'}: ${expected}`;
    })
    .join('; ');
}

/** The value as the schema has it; a ClientError of kind `shape` that names the fields otherwise (REL-03). */
export function parseAnswer<T>(schema: Schema<T>, value: unknown, operation: string, status?: number): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new ClientError({ kind: 'shape', status, title: 'unexpected answer', detail: issuesOf(parsed.error), operation });
}

function jsonOf(answer: WireAnswer, operation: string): unknown {
  if (answer.text === '') return null;
  try {
    return JSON.parse(answer.text) as unknown;
  } catch {
    const detail = isHtml(answer) ? 'an HTML page instead of JSON' : 'the answer is no complete JSON';
    throw new ClientError({ kind: 'shape', status: answer.status, title: 'unexpected answer', detail, operation });
  }
}

interface Interpretation<T> {
  call: WireCall;
  anonymous?: boolean;
  /** Reads are not even sent during the pause of a rate limit (ACC-125). */
  isRead: boolean;
  unauthorized?: 'forbidden' | 'invalid';
  read: (answer: WireAnswer) => T;
  /** For answers below 400. */
  errorOf?: (answer: WireAnswer) => ClientError | 'unauthorized' | null;
}

function withKind(error: ClientError, kind: ClientErrorKind): ClientError {
  const { title, detail, operation, status, requestId, slug, errorCode, data } = error;
  return new ClientError({ kind, title, detail, operation, status, requestId, slug, errorCode, data });
}

function lost(operation: string, refusal?: ClientError): ClientError {
  return refusal ? withKind(refusal, 'auth') : new ClientError({ kind: 'auth', title: 'not logged in', operation });
}

/** A read during the pause of a rate limit fails here, without asking the manager (ACC-125). */
function refuseDuringPause(operation: string): void {
  const pause = rateLimit.get();
  if (!pause) return;
  const retryAfter = Math.max(1, Math.ceil((pause.until - Date.now()) / 1000));
  throw new ClientError({
    kind: 'rate-limited',
    status: 429,
    title: 'rate limit',
    operation,
    slug: 'rate-limit-exceeded',
    retryAfter,
    limit: pause.limit,
  });
}

function refusalOf<T>(answer: WireAnswer, plan: Interpretation<T>): ClientError | 'unauthorized' | null {
  if (answer.status < 400) return plan.errorOf?.(answer) ?? null;
  const error = errorOfAnswer(answer, plan.call.operation);
  if (error.kind === 'rate-limited' && plan.call.front === 'manager') {
    const window = Number(answer.headers.get('x-ratelimit-window')) || undefined;
    rateLimit.pause(error.retryAfter ?? 900, { limit: error.limit, window });
  }
  return error;
}

/**
 * A 401 (access-and-shell, "401 and friends"): login-check tells a lost log-in from a refusal. Returns where the
 * call should be made once more; it was refused unread, so that is safe for writes too.
 */
async function afterUnauthorized<T>(plan: Interpretation<T>, error: ClientError | null, sentAt: number, again: boolean): Promise<void> {
  const { call } = plan;
  if (await sessionGuard.isAlive(sentAt)) {
    // The webserver itself knew no session, and now there is one: another call's log-in came in between.
    const overtaken = error === null || (error.title === 'Unauthorized access' && error.detail === undefined);
    if (overtaken && !again) return;
    throw error ? withKind(error, plan.unauthorized ?? 'forbidden') : lost(call.operation);
  }
  if (again || !(await sessionGuard.renew(call.signal))) throw lost(call.operation, error ?? undefined);
}

async function exchange<T>(plan: Interpretation<T>): Promise<T> {
  const { call } = plan;
  if (plan.isRead) refuseDuringPause(call.operation);
  for (let again = false; ; again = true) {
    if (!plan.anonymous && sessionGuard.isExpired() && !(await sessionGuard.loggedInAgain(call.signal))) {
      throw lost(call.operation);
    }
    const sentAt = performance.now();
    const answer = await send(call);
    let refusal: ClientError | 'unauthorized' | null;
    let value: T | undefined;
    try {
      refusal = refusalOf(answer, plan);
      if (refusal === null) value = plan.read(answer);
    } catch (error) {
      refusal = error as ClientError;
    }
    const error = refusal === 'unauthorized' ? lost(call.operation) : refusal;
    logCall(call, answer, error);
    if (error === null) return value as T;
    const unauthorized = refusal === 'unauthorized' || error.status === 401;
    if (!unauthorized || plan.anonymous) throw error;
    await afterUnauthorized(plan, refusal === 'unauthorized' ? null : error, sentAt, again);
  }
}

/**
 * Runs a GraphQL operation and returns its `data`, parsed. Errors: the GraphQL errors of a 200 too (title = the
 * first message, `data` = the partial data), unless the operation takes partial answers.
 */
export async function gql<TData, TVars>(
  operation: GqlOperation<TData, TVars>,
  variables: TVars,
  options: CallOptions = {},
): Promise<TData> {
  const { name, document } = operation;
  const query = typeof document === 'string' ? document : document(can);
  const call: WireCall = {
    operation: name,
    method: 'POST',
    path: operation.endpoint === 'strawberry' ? '/admin/gql/strawberry' : '/admin/gql',
    front: 'manager',
    body: JSON.stringify({ query, variables }),
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    logged: { operation: name, variables },
  };
  let body: unknown;
  return exchange({
    call,
    anonymous: options.unguarded,
    isRead: operation.kind === 'query',
    errorOf: (answer) => {
      body = jsonOf(answer, name);
      if (graphqlSaysUnauthorized(body)) return 'unauthorized';
      const error = errorOfGraphql(body, name, answer.headers);
      if (!error || !operation.partial) return error;
      return z.safeParse(operation.data, error.data).success ? null : error;
    },
    read: (answer) => {
      const envelope = parseAnswer(z.object({ data: z.unknown() }), body, name, answer.status);
      return parseAnswer(operation.data, envelope.data, name, answer.status);
    },
  });
}

/** Calls a REST route and returns its answer, parsed. */
export async function rest<TBody, TResult, TQuery>(
  route: RestRoute<TBody, TResult, TQuery>,
  options: RestCall<TBody, TQuery> = {},
): Promise<TResult> {
  const { name, method } = route;
  const call: WireCall = {
    operation: name,
    method,
    path: requestPath(route.path, options.params ?? {}, options.query as Record<string, unknown> | undefined, name),
    front: route.front ?? 'manager',
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    headers: options.headers,
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    logged: options.body,
  };
  return exchange({
    call,
    // The version handshake and the webserver's own routes are not counted by the manager's limit.
    isRead: method === 'GET' && !route.anonymous && call.front === 'manager',
    anonymous: (options.unguarded || route.anonymous) ?? call.front === 'webserver',
    unauthorized: route.unauthorized,
    read: (answer) => {
      const value = route.answer === 'text' ? answer.text : jsonOf(answer, name);
      return parseAnswer(route.result, value, name, answer.status);
    },
  });
}

/**
 * Opens an event stream of the manager and returns the answer with its unread body; the caller ends it by the
 * signal. A refused stream throws like any call, and a lost log-in is renewed first.
 */
export async function openStream(
  route: RestRoute<undefined, unknown>,
  options: RestCall<undefined, Record<string, unknown>> & { signal: AbortSignal },
): Promise<Response> {
  const call: WireCall = {
    operation: route.name,
    method: route.method,
    path: requestPath(route.path, options.params ?? {}, options.query, route.name),
    front: 'manager',
    headers: { Accept: 'text/event-stream' },
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  };
  const plan: Interpretation<never> = { call, isRead: true, read: () => lost(route.name) as never };
  refuseDuringPause(route.name);
  for (let again = false; ; again = true) {
    if (sessionGuard.isExpired() && !(await sessionGuard.loggedInAgain(call.signal))) throw lost(route.name);
    const sentAt = performance.now();
    const response = await open(call);
    if (response.ok) {
      logCall(call, response, null);
      return response;
    }
    const { status, statusText, headers } = response;
    const error = refusalOf({ status, statusText, headers, text: await response.text().catch(() => '') }, plan) as ClientError;
    logCall(call, response, error);
    if (status !== 401) throw error;
    await afterUnauthorized(plan, error, sentAt, again);
  }
}
