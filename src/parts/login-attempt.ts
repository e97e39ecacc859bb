import { useCallback, useEffect, useRef, useState } from 'react';
import { toClientError } from '../client/errors';
import { connect, login, loginWithKeys, tokenLogin } from '../client/login';
import type { LoginOutcome } from '../client/login';
import { loginGuard } from './login-guard';
import { problemOfError, problemOfRefusal } from './login-problems';
import type { LoginProblem } from './login-problems';

interface To {
  /** Left out where the connection stays as it is (log-in over the page). */
  endpoint?: string;
}

export type LoginInput =
  | ({ by: 'password'; username: string; password: string } & To)
  | ({ by: 'keys'; accessKey: string; secretKey: string } & To)
  | ({ by: 'token'; token: string; extras: Record<string, string> } & To);

interface Extra {
  otp?: string;
  force?: boolean;
}

export interface AttemptState {
  /** `otp`: id and password were right, a code is wanted (ACC-047). */
  step: 'credentials' | 'otp';
  /** A question asked over the form (ACC-021, ACC-022). */
  question: null | 'concurrent' | 'password-expired';
  busy: boolean;
  problem: LoginProblem | null;
  /** Counts the tries that came back, so that the same problem twice is told twice. */
  round: number;
}

interface Options {
  /** ACC-016. */
  limit: number;
  /** Seconds. */
  blockTime: number;
  /** A try begins. */
  onTry?: () => void;
  /** What follows a log-in that was accepted; it may still find a problem. */
  onIn: (input: LoginInput) => Promise<LoginProblem | null>;
}

const idle: AttemptState = { step: 'credentials', question: null, busy: false, problem: null, round: 0 };

export const idOf = (input: LoginInput): string =>
  input.by === 'password' ? input.username : input.by === 'keys' ? input.accessKey : '';

function send(input: LoginInput, extra: Extra): Promise<LoginOutcome> {
  if (input.endpoint !== undefined) connect(input.endpoint, input.by === 'keys' ? 'API' : 'SESSION');
  if (input.by === 'keys') return loginWithKeys({ accessKey: input.accessKey, secretKey: input.secretKey });
  if (input.by === 'token') return tokenLogin(input.token, input.extras, extra);
  return login({ username: input.username, password: input.password, ...extra });
}

/**
 * One log-in from the first try to the end, with the questions on the way. One try at a time: what is asked while
 * one runs is not sent (ACC-014, REL-07). Secrets live in the values handed in and in `pending`, nowhere else.
 */
export function useLoginAttempt(options: Options) {
  const [state, setState] = useState<AttemptState>(idle);
  const running = useRef(false);
  const pending = useRef<{ input: LoginInput; extra: Extra } | null>(null);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const attempt = useCallback(async (input: LoginInput, extra: Extra = {}) => {
    if (running.current || loginGuard.blockFor(idOf(input))) return;
    running.current = true;
    pending.current = { input, extra };
    setState((before) => ({ ...before, busy: true, problem: null, question: null }));
    latest.current.onTry?.();
    let after: Partial<AttemptState>;
    try {
      after = await settle(await send(input, extra), input, extra, latest.current);
    } catch (error) {
      after = { problem: problemOfError(toClientError(error, 'login')) };
    }
    running.current = false;
    setState((before) => ({ ...before, ...after, busy: false, round: before.round + 1 }));
  }, []);

  return {
    ...state,
    start: attempt,
    /** Repeats the try with a code. */
    answerCode: useCallback(
      (otp: string) => (pending.current ? attempt(pending.current.input, { ...pending.current.extra, otp }) : undefined),
      [attempt],
    ),
    /** Repeats the try, with the same password and code, and ends the oldest other log-in (ACC-021). */
    force: useCallback(
      () => (pending.current ? attempt(pending.current.input, { ...pending.current.extra, force: true }) : undefined),
      [attempt],
    ),
    /** Repeats the whole log-in with the password just set (ACC-022). */
    restart: useCallback(
      (password: string) => {
        const input = pending.current?.input;
        return input?.by === 'password' ? attempt({ ...input, password }) : undefined;
      },
      [attempt],
    ),
    /** Back to the fields. */
    backToFields: useCallback(() => {
      pending.current = null;
      setState((before) => ({ ...idle, round: before.round + 1 }));
    }, []),
  };
}

async function settle(outcome: LoginOutcome, input: LoginInput, extra: Extra, options: Options): Promise<Partial<AttemptState>> {
  const fields: Partial<AttemptState> = { step: 'credentials' };
  switch (outcome.kind) {
    case 'in': {
      loginGuard.succeeded();
      const problem = await options.onIn(input);
      return problem ? { ...fields, problem } : {};
    }
    case 'otp':
      if (outcome.retry) loginGuard.failed(options);
      return { step: 'otp', problem: outcome.retry ? { code: 'otpWrong', field: 'otp' } : null };
    case 'otp-registration':
      return { ...fields, problem: { code: 'otpRegistration', field: 'form' } };
    case 'concurrent':
      return { question: 'concurrent' };
    case 'password-expired':
      return { ...fields, question: 'password-expired' };
    case 'blocked':
      loginGuard.refusedByServer(idOf(input), outcome.retryAfter);
      return fields;
    case 'refused':
      loginGuard.failed(options);
      return { ...fields, problem: problemOfRefusal(outcome, input.by, extra.force) };
    case 'monitor':
      return { ...fields, problem: { code: 'monitor', field: 'form' } };
    case 'cookie-lost':
      return { ...fields, problem: { code: 'cookieLost', field: 'form' } };
    case 'session-mode-required':
      return { ...fields, problem: { code: 'sessionModeRequired', field: 'endpoint' } };
  }
}
