/**
 * What the manager says when it refuses. The wire turns it into a problem document
 * `{type: https://api.backend.ai/probs/<slug>, title, msg?, data?, error_code?}` or a GraphQL error.
 */
export class ManagerError extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly msg: string | undefined;
  readonly data: unknown;
  /** `error_code` of newer managers. */
  readonly errorCode: string | undefined;

  constructor(init: { status: number; slug: string; title: string; msg?: string; data?: unknown; errorCode?: string }) {
    super(init.msg ?? init.title);
    this.name = 'ManagerError';
    this.status = init.status;
    this.slug = init.slug;
    this.title = init.title;
    this.msg = init.msg;
    this.data = init.data;
    this.errorCode = init.errorCode;
  }
}

export function invalidParams(msg: string, data?: unknown): ManagerError {
  return new ManagerError({
    status: 400,
    slug: 'invalid-api-params',
    title: 'Missing or invalid API parameters.',
    msg,
    data,
    errorCode: 'api_generic_invalid-parameters',
  });
}

/** The same, as what lies behind the manager's routes says it from 25.6 on. */
export function badParameters(ctx: { atLeast(version: string): boolean }, msg: string): ManagerError {
  if (!ctx.atLeast('25.6')) return invalidParams(msg);
  return new ManagerError({
    status: 400,
    slug: 'generic-bad-request',
    title: 'Invalid or Missing API Parameters.',
    msg,
    errorCode: 'api_parsing_invalid-parameters',
  });
}

export function forbidden(msg = 'Insufficient privileges'): ManagerError {
  return new ManagerError({
    status: 403,
    slug: 'generic-forbidden',
    title: 'Forbidden operation.',
    msg,
    errorCode: 'backendai_generic_forbidden',
  });
}

export function authFailed(msg: string): ManagerError {
  return new ManagerError({
    status: 401,
    slug: 'auth-failed',
    title: 'Credential/signature mismatch.',
    msg,
    errorCode: 'user_auth_unauthorized',
  });
}

export function notFound(title: string, msg: string | undefined, errorCode: string): ManagerError {
  return new ManagerError({ status: 404, slug: 'object-not-found', title, msg, errorCode });
}

export function serverFrozen(): ManagerError {
  return new ManagerError({
    status: 503,
    slug: 'server-frozen',
    title: 'The server is frozen due to maintenance. Please try again later.',
    errorCode: 'api_access_unavailable',
  });
}
