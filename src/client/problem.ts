/**
 * From what arrives to a ClientError (access-and-shell, "401 and friends"): problem bodies, GraphQL errors, HTML
 * pages of proxies, rate limits. Pure.
 */
import { ClientError } from './errors';
import type { ClientErrorKind } from './errors';

/** An answer as it came, read to its end. */
export interface WireAnswer {
  status: number;
  statusText: string;
  headers: Headers;
  text: string;
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function positive(value: string | null): number | undefined {
  const number = Number(value ?? '');
  return value !== null && Number.isFinite(number) && number > 0 ? number : undefined;
}

/** The last part of a problem's `type`, `server-frozen` of `https://…/probs/server-frozen`. */
export function slugOf(type: unknown): string | undefined {
  const text = asText(type);
  return text === undefined || text === 'about:blank' ? undefined : text.replace(/\/+$/, '').split('/').pop();
}

export function isHtml(answer: WireAnswer): boolean {
  return /\bhtml\b/i.test(answer.headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)\b/i.test(answer.text);
}

const byStatus: Readonly<Record<number, ClientErrorKind>> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  423: 'conflict',
  429: 'rate-limited',
};

/** The manager's `error_code` is `<domain>_<operation>_<detail>`; the detail says more than a bare 400 or a GraphQL 200. */
function kindOfCode(code: string | undefined): ClientErrorKind | undefined {
  switch (code?.split('_').pop()) {
    case 'not-found':
      return 'not-found';
    case 'forbidden':
    case 'unauthorized':
      return 'forbidden';
    case 'conflict':
    case 'already-exists':
      return 'conflict';
    case 'invalid-parameters':
    case 'bad-request':
      return 'invalid';
    case 'internal-error':
    case 'unavailable':
    case 'unreachable':
      return 'server';
    default:
      return undefined;
  }
}

function kindOf(status: number, slug: string | undefined, errorCode: string | undefined): ClientErrorKind {
  if (status >= 500) return 'server';
  if (status === 400) {
    if (slug?.endsWith('already-exists')) return 'conflict';
    const kind = kindOfCode(errorCode);
    return kind === 'conflict' || kind === 'forbidden' || kind === 'not-found' ? kind : 'invalid';
  }
  return byStatus[status] ?? 'invalid';
}

/** Seconds to wait after a 429: what the answer says, else its whole window (15 minutes unless said). */
export function pauseOf(headers: Headers): number {
  return positive(headers.get('retry-after')) ?? positive(headers.get('x-ratelimit-window')) ?? 900;
}

/** The error that a refused answer (status 400 and above) stands for. */
export function errorOfAnswer(answer: WireAnswer, operation: string): ClientError {
  const { status, headers } = answer;
  let body: Record<string, unknown> | null = null;
  if (!isHtml(answer)) {
    try {
      body = asRecord(JSON.parse(answer.text));
    } catch {
      body = null;
    }
  }
  const slug = slugOf(body?.type);
  const errorCode = asText(body?.error_code);
  const kind = kindOf(status, slug, errorCode);
  // `error_msg` is what update-password says (no `type` then); `details` what the webserver's log-in says.
  const detail = asText(body?.msg) ?? asText(body?.error_msg) ?? asText(body?.details);
  return new ClientError({
    kind,
    status,
    title: asText(body?.title) ?? detail ?? (answer.statusText || `HTTP ${status}`),
    detail,
    operation,
    requestId: asText(headers.get('x-backendai-request-id')) ?? asText(headers.get('x-request-id')),
    slug,
    errorCode,
    data: body?.data,
    retryAfter: kind === 'rate-limited' ? pauseOf(headers) : undefined,
    limit: kind === 'rate-limited' ? positive(headers.get('x-ratelimit-limit')) : undefined,
  });
}

/** What the manager wrote where it knew no error codes (before 25.x), in words that have not changed since. */
function kindOfMessage(message: string): ClientErrorKind {
  if (/forbidden operation|insufficient privilege|privilege required|not allowed to/i.test(message)) return 'forbidden';
  if (/^no such |not found|does not exist/i.test(message)) return 'not-found';
  if (/already exists|duplicate/i.test(message)) return 'conflict';
  return 'invalid';
}

/** Whether a GraphQL answer of status 200 says that the log-in is gone (federated GraphQL). */
export function graphqlSaysUnauthorized(body: unknown): boolean {
  const record = asRecord(body);
  if (!record) return false;
  if (slugOf(record.type) === 'auth-failed') return true;
  if (!Array.isArray(record.errors)) return false;
  return record.errors.some((error) => {
    const response = asRecord(asRecord(asRecord(error)?.extensions)?.response);
    return response?.status === 401 || slugOf(asRecord(response?.body)?.type) === 'auth-failed';
  });
}

/** The error of a GraphQL answer, or null where it has none. `data` is the partial data. */
export function errorOfGraphql(body: unknown, operation: string, headers: Headers): ClientError | null {
  const record = asRecord(body);
  const errors = record && Array.isArray(record.errors) ? record.errors.map(asRecord).filter((error) => error !== null) : [];
  const [first, ...others] = errors;
  if (!record || !first) return null;
  const message = asText(first.message) ?? 'GraphQL error';
  const errorCode = asText(asRecord(first.extensions)?.code);
  return new ClientError({
    kind: kindOfCode(errorCode) ?? kindOfMessage(message),
    status: 200,
    title: message,
    detail: others.length > 0 ? errors.map((error) => asText(error.message) ?? '').join('\n') : undefined,
    operation,
    requestId: asText(headers.get('x-backendai-request-id')) ?? asText(headers.get('x-request-id')),
    errorCode,
    data: record.data ?? undefined,
  });
}
