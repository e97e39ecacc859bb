/** One call on the wire: address, headers, signature, time-out, log. What it means is the transport's business. */
import { connection } from './connection';
import { ClientError } from './errors';
import type { WireAnswer } from './problem';
import { requestLog } from './request-log';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface WireCall {
  /** Name for errors and the log. */
  operation: string;
  method: Method;
  /** With its query; below the manager's root, or the webserver's for `front: 'webserver'`. */
  path: string;
  front: 'manager' | 'webserver';
  body?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs: number;
  /** What the log shows of the request; masked there. */
  logged?: unknown;
  /** Not signed and without cookie: only to find out who answers at an endpoint. */
  bare?: boolean;
}

/** The address of a call. In API mode the manager is asked itself, so `/func` falls away. */
export function addressOf(front: 'manager' | 'webserver', path: string): string {
  const { endpoint, mode } = connection.get();
  const base = endpoint || window.location.origin;
  return base + (front === 'manager' && mode === 'SESSION' ? '/func' : '') + path;
}

async function headersOf(call: WireCall, url: string): Promise<Record<string, string>> {
  const { mode, apiVersion, accessKey, secretKey, sessionId } = connection.get();
  // Always a type and a header of our own: a form of another site can send neither (SEC-12).
  const headers: Record<string, string> = { 'Content-Type': 'application/json', ...call.headers };
  if (call.bare) return headers;
  const date = new Date().toISOString();
  headers['X-BackendAI-Date'] = date;
  if (apiVersion !== null) headers['X-BackendAI-Version'] = apiVersion;
  if (mode === 'API' && call.front === 'manager' && accessKey && secretKey && apiVersion !== null) {
    const { authorization } = await import('./signing');
    const contentType = headers['Content-Type'] ?? '';
    headers.Authorization = authorization({ method: call.method, url, date, contentType, apiVersion }, { accessKey, secretKey });
  } else if (mode === 'SESSION' && sessionId) {
    headers['X-BackendAI-SessionID'] = sessionId;
  }
  return headers;
}

async function request(call: WireCall, signal: AbortSignal): Promise<Response> {
  const url = addressOf(call.front, call.path);
  return fetch(url, {
    method: call.method,
    headers: await headersOf(call, url),
    body: call.body,
    // The manager allows any origin but no credentials; the webserver lives by its cookie.
    credentials: connection.get().mode === 'SESSION' && !call.bare ? 'include' : 'omit',
    cache: 'no-store',
    signal,
  });
}

/** Puts a call into the request log; `error` is what became of it, null where it went well. */
export function logCall(call: WireCall, answer: Pick<WireAnswer, 'status' | 'statusText'> | null, error: ClientError | null): void {
  requestLog.add({
    isError: error !== null,
    type: error ? (error.slug ?? error.errorCode ?? error.kind) : call.operation,
    requestUrl: addressOf(call.front, call.path),
    requestMethod: call.method,
    parameters: call.logged,
    statusCode: answer?.status ?? 0,
    statusText: answer?.statusText ?? '',
    title: error?.title ?? '',
    message: error?.detail ?? '',
  });
}

interface Deadline {
  signal: AbortSignal;
  timedOut: () => boolean;
  /** The answer came in time; the caller may still give up. */
  stopTimer: () => void;
  release: () => void;
}

function deadline(timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let late = false;
  const stop = () => controller.abort();
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeoutMs);
  if (outer?.aborted) stop();
  else outer?.addEventListener('abort', stop, { once: true });
  const stopTimer = () => clearTimeout(timer);
  return {
    signal: controller.signal,
    timedOut: () => late,
    stopTimer,
    release: () => {
      stopTimer();
      outer?.removeEventListener('abort', stop);
    },
  };
}

/** Throws what a failed fetch stands for; the signal's reason where the caller gave up. */
function fail(call: WireCall, limit: Deadline, cause: unknown): never {
  limit.release();
  if (call.signal?.aborted) throw call.signal.reason;
  const kind = limit.timedOut() ? 'timeout' : 'network';
  const words = cause instanceof Error ? cause.message : String(cause);
  const title = kind === 'timeout' ? `no answer in ${call.timeoutMs / 1000} s` : words;
  const error = new ClientError({ kind, title, operation: call.operation, cause });
  logCall(call, null, error);
  throw error;
}

/**
 * Sends a call and reads the answer to its end, whatever its status. Throws a ClientError of kind `timeout` or
 * `network` (also where the answer breaks off), and the signal's reason where the caller gave up.
 */
export async function send(call: WireCall): Promise<WireAnswer> {
  const limit = deadline(call.timeoutMs, call.signal);
  try {
    const response = await request(call, limit.signal);
    const text = await response.text();
    limit.release();
    return { status: response.status, statusText: response.statusText, headers: response.headers, text };
  } catch (cause) {
    return fail(call, limit, cause);
  }
}

/**
 * Opens a stream: resolves when the head of the answer is there, within the time-out; the body is the caller's,
 * who ends it by the signal. Throws as `send` does.
 */
export async function open(call: WireCall): Promise<Response> {
  const limit = deadline(call.timeoutMs, call.signal);
  try {
    const response = await request(call, limit.signal);
    limit.stopTimer();
    return response;
  } catch (cause) {
    return fail(call, limit, cause);
  }
}
