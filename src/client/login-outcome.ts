/** What an answer to a log-in means (access-and-shell, "Login failures"). Pure. */
import type { WireAnswer } from './problem';
import { errorOfAnswer, slugOf } from './problem';

export type LoginOutcome =
  | { kind: 'in'; accessKey: string; role: string; status: string }
  /** `retry`: a code was given and was wrong or used already. */
  | { kind: 'otp'; retry: boolean }
  | { kind: 'otp-registration'; token?: string }
  | { kind: 'concurrent' }
  | { kind: 'password-expired'; detail: string }
  /** Seconds. */
  | { kind: 'blocked'; retryAfter: number }
  | {
      kind: 'refused';
      reason: 'mismatch' | 'unverified' | 'inactive' | 'no-keypair' | 'ip' | 'hook' | 'other';
      detail?: string;
    }
  | { kind: 'monitor' }
  /** The server let us in, but the browser does not keep its cookie. */
  | { kind: 'cookie-lost' }
  | { kind: 'session-mode-required' };

/** `login_block_time` of the webserver unless the answer says otherwise (ACC-015), seconds. */
const defaultBlock = 1200;

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function blockOf(headers: Headers): number {
  const seconds = Number(headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : defaultBlock;
}

/** `auth-failed` tells its cause in words only. */
function refusal(details: string): LoginOutcome {
  const detail = details === '' ? undefined : details;
  if (/credential mismatch/i.test(details)) return { kind: 'refused', reason: 'mismatch', detail };
  if (/email verification/i.test(details)) return { kind: 'refused', reason: 'unverified', detail };
  if (/no api keypairs/i.test(details)) return { kind: 'refused', reason: 'no-keypair', detail };
  if (/not allowed ip/i.test(details)) return { kind: 'refused', reason: 'ip', detail };
  if (/inactive|not active/i.test(details)) return { kind: 'refused', reason: 'inactive', detail };
  return { kind: 'refused', reason: 'other', detail };
}

/** The plugin's words for one-time passwords; null where the text is about something else. */
function otpOutcome(details: string): LoginOutcome | null {
  if (/must register two-factor/i.test(details)) return { kind: 'otp-registration' };
  if (/must authenticate using two-factor|otp not provided/i.test(details)) return { kind: 'otp', retry: false };
  if (/invalid totp code|failed to validate otp/i.test(details)) return { kind: 'otp', retry: true };
  return null;
}

/** A body with `authenticated: false`: up to 26.3 with status 200, later with the manager's own. */
function refusedOutcome(data: Record<string, unknown>, answer: WireAnswer, forced: boolean): LoginOutcome {
  const details = text(data.details) || text(data.msg);
  switch (slugOf(data.type)) {
    case 'require-totp-authentication':
      return { kind: 'otp', retry: false };
    case 'require-totp-registration': {
      const token = text(data.two_factor_registration_token);
      return { kind: 'otp-registration', token: token === '' ? undefined : token };
    }
    case 'active-login-session-exists':
      // Where the limit is 0 or less, forcing fails too: asking again would go round in circles (ACC-021).
      return forced ? { kind: 'refused', reason: 'other', detail: details || text(data.title) } : { kind: 'concurrent' };
    case 'password-expired':
      return { kind: 'password-expired', detail: details || text(data.title) };
    case 'login-blocked':
    case 'too-many-requests':
      return { kind: 'blocked', retryAfter: blockOf(answer.headers) };
    case 'rejected-by-hook':
      return otpOutcome(details) ?? { kind: 'refused', reason: 'hook', detail: details || text(data.title) };
    default:
      return otpOutcome(details) ?? refusal(details || text(data.title));
  }
}

/**
 * The outcome of `/server/login` and `/server/token-login`; 'already-in' where the browser has a session already.
 * Trusts `authenticated`, never the status. Throws a ClientError for what is no answer to a log-in (502, rubbish).
 */
export function readLoginAnswer(
  answer: WireAnswer,
  operation: string,
  given: { force?: boolean } = {},
): LoginOutcome | 'already-in' {
  let body: Record<string, unknown> = {};
  try {
    body = record(JSON.parse(answer.text));
  } catch {
    // No JSON: judged by its status below.
  }
  const data = record(body.data);
  if (body.authenticated === true) {
    const role = text(data.role);
    if (role === 'monitor') return { kind: 'monitor' };
    return { kind: 'in', accessKey: text(data.access_key), role, status: text(data.status) };
  }
  if (body.authenticated === false) return refusedOutcome(data, answer, given.force ?? false);
  const error = errorOfAnswer(answer, operation);
  if (answer.status === 400 && /already logged in/i.test(`${error.title} ${error.detail ?? ''}`)) return 'already-in';
  if (answer.status === 429) return { kind: 'blocked', retryAfter: blockOf(answer.headers) };
  throw error;
}
