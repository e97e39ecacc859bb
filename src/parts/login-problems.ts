import type { ClientError } from '../client/errors';
import type { LoginOutcome } from '../client/login';

/** Why a log-in did not come about; each has its words under `login.problem`. */
export type ProblemCode =
  | 'mismatch'
  | 'keyMismatch'
  | 'unverified'
  | 'inactive'
  | 'noKeypair'
  | 'ip'
  | 'hook'
  | 'other'
  | 'monitor'
  | 'noAccount'
  | 'cookieLost'
  | 'sessionModeRequired'
  | 'concurrentRefused'
  | 'otpWrong'
  | 'otpRegistration'
  | 'clock'
  | 'network'
  | 'timeout'
  | 'gateway'
  | 'server'
  | 'frozen'
  | 'rateLimited'
  | 'shape'
  | 'tokenInvalid'
  | 'tokenMissing'
  | 'tokenEndpoint';

export interface LoginProblem {
  code: ProblemCode;
  /** Where it is shown: at the field it is about, else above the button. */
  field: 'password' | 'endpoint' | 'otp' | 'form';
  /** The server's own words, where they say more than ours. */
  words?: string;
}

/** Server text that is fit to be read: no JSON, no page, no wall (ACC-014: never raw JSON). */
export function readable(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed || trimmed.length > 300 || /^[[{<]/.test(trimmed) || /[{}<>]/.test(trimmed)) return undefined;
  return trimmed;
}

type Refused = Extract<LoginOutcome, { kind: 'refused' }>;

const reasonCodes: Record<Refused['reason'], ProblemCode> = {
  mismatch: 'mismatch',
  unverified: 'unverified',
  inactive: 'inactive',
  'no-keypair': 'noKeypair',
  ip: 'ip',
  hook: 'hook',
  other: 'other',
};

/** Reasons whose sentence from the server adds something: an address, a plugin's own explanation. */
const worthQuoting: ReadonlySet<Refused['reason']> = new Set(['ip', 'hook', 'other']);

export function problemOfRefusal({ reason, detail }: Refused, by: 'password' | 'keys' | 'token', forced = false): LoginProblem {
  if (by === 'token' && reason === 'mismatch') return { code: 'tokenInvalid', field: 'form' };
  const words = worthQuoting.has(reason) ? readable(detail) : undefined;
  // Where the limit is zero, ending the others does not help (ACC-021).
  if (forced && reason === 'other') return { code: 'concurrentRefused', field: 'form', words };
  if (reason === 'mismatch') return { code: by === 'keys' ? 'keyMismatch' : 'mismatch', field: 'password' };
  return { code: reasonCodes[reason], field: 'form', words };
}

export function problemOfError(error: ClientError): LoginProblem {
  const form = (code: ProblemCode): LoginProblem => ({ code, field: 'form', words: undefined });
  switch (error.kind) {
    case 'network':
      return { code: 'network', field: 'endpoint' };
    case 'timeout':
      return form('timeout');
    case 'rate-limited':
      return form('rateLimited');
    case 'shape':
    case 'not-found':
      // What answers here is no webserver: most often a wrong address.
      return { code: 'shape', field: 'endpoint' };
    case 'server':
      if (error.slug === 'server-frozen') return form('frozen');
      return form(error.status === 502 || error.status === 503 || error.status === 504 ? 'gateway' : 'server');
    default:
      // No problem body: a page, a broken answer, a server that knows no such call.
      if (error.kind === 'invalid' && !error.slug && !error.detail) return { code: 'shape', field: 'endpoint' };
      if (error.slug === 'invalid-auth-params' && /sync error/i.test(`${error.title} ${error.detail ?? ''}`)) return form('clock');
      return { code: 'other', field: 'form', words: readable(error.detail) ?? readable(error.title) };
  }
}
