import { ManagerError } from '../cluster/errors';

/** Answers as Backend.AI's servers write them, over web-standard `Response`. */

const PROBLEM_BASE = 'https://api.backend.ai/probs/';

export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...init.headers },
  });
}

export function text(body: string, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return new Response(body, { status: init.status ?? 200, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...init.headers } });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

export interface ProblemInit {
  status: number;
  slug: string;
  title: string;
  msg?: string;
  data?: unknown;
  errorCode?: string;
  headers?: Record<string, string>;
}

export function problem(init: ProblemInit): Response {
  const body: Record<string, unknown> = { type: PROBLEM_BASE + init.slug, title: init.title };
  if (init.errorCode !== undefined) body.error_code = init.errorCode;
  if (init.msg !== undefined) body.msg = init.msg;
  if (init.data !== undefined && init.data !== null) body.data = init.data;
  return new Response(JSON.stringify(body), {
    status: init.status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...init.headers },
  });
}

/** `withCode`: managers name an `error_code` from 25.8 on. */
export function managerProblem(error: unknown, withCode: boolean): Response {
  if (!(error instanceof ManagerError)) {
    return problem({
      status: 500,
      slug: 'internal-server-error',
      title: 'Internal server error.',
      errorCode: withCode ? 'backendai_generic_internal-error' : undefined,
      msg: error instanceof Error ? error.message : String(error),
    });
  }
  return problem({
    status: error.status,
    slug: error.slug,
    title: error.title,
    msg: error.msg,
    data: error.data,
    errorCode: withCode ? error.errorCode : undefined,
  });
}

/** The webserver's own refusals carry no code and no message. */
export function webserverProblem(status: number, slug: string, title: string): Response {
  return problem({ status, slug, title });
}

/** `type`, `title`, `details` as `/server/login` and `update-password-no-auth` put them into `data`. */
export function refusalData(error: ManagerError): Record<string, unknown> {
  return { type: PROBLEM_BASE + error.slug, title: error.title, details: error.msg ?? null };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
