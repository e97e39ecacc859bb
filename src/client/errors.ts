/**
 * The one error of the client (REL-01 … REL-03). Pages branch on `kind`, never on text; `title` and `detail`
 * carry the server's own words and the pages add theirs.
 */

/**
 * - `network`: no answer, or an answer that broke off
 * - `timeout`: no answer in the time given
 * - `auth`: the log-in is gone and was not renewed
 * - `forbidden`: logged in, but the role or a rule says no
 * - `not-found`, `conflict`, `invalid`: the manager refused this very request (404; 409, 412; 400, 422)
 * - `rate-limited`: too many requests, see `retryAfter`
 * - `server`: 5xx, or an answer from something in between (an HTML page of a proxy)
 * - `shape`: an answer that is not what was promised; `detail` names the field
 */
export type ClientErrorKind =
  | 'network'
  | 'timeout'
  | 'auth'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'rate-limited'
  | 'server'
  | 'shape';

export interface ClientErrorInit {
  kind: ClientErrorKind;
  /** HTTP status, where there was an answer. */
  status?: number;
  title: string;
  detail?: string;
  /** Name of the operation or route. */
  operation: string;
  requestId?: string;
  /** Last part of the problem's `type`, e.g. `server-frozen`. */
  slug?: string;
  /** The manager's `error_code`, e.g. `session_create_already-exists`. */
  errorCode?: string;
  /** The problem's `data`; for GraphQL the partial `data` of the answer. */
  data?: unknown;
  /** Seconds to wait, for `rate-limited`. */
  retryAfter?: number;
  /** The limit itself (requests a window), for `rate-limited` (ACC-125). */
  limit?: number;
  cause?: unknown;
}

export class ClientError extends Error {
  readonly kind: ClientErrorKind;
  readonly status?: number;
  readonly title: string;
  readonly detail?: string;
  readonly operation: string;
  readonly requestId?: string;
  readonly slug?: string;
  readonly errorCode?: string;
  readonly data?: unknown;
  readonly retryAfter?: number;
  readonly limit?: number;

  constructor(init: ClientErrorInit) {
    super(init.detail ?? init.title, { cause: init.cause });
    this.name = 'ClientError';
    this.kind = init.kind;
    this.status = init.status;
    this.title = init.title;
    this.detail = init.detail;
    this.operation = init.operation;
    this.requestId = init.requestId;
    this.slug = init.slug;
    this.errorCode = init.errorCode;
    this.data = init.data;
    this.retryAfter = init.retryAfter;
    this.limit = init.limit;
  }
}

/** Any thrown value as a ClientError; one that is a ClientError already is returned as it is. */
export function toClientError(e: unknown, operation = 'client'): ClientError {
  if (e instanceof ClientError) return e;
  // A DOMException need not be an Error.
  const { name, message } = typeof e === 'object' && e !== null && 'message' in e ? (e as Error) : new Error(String(e));
  if (name === 'TimeoutError') return new ClientError({ kind: 'timeout', title: message, operation, cause: e });
  return new ClientError({ kind: 'network', title: message, operation, cause: e });
}
