/** What the kit needs to know of an error. The client's errors fit by shape; the kit imports nothing of theirs. */
export interface ErrorFacts {
  kind: ErrorKind;
  status?: number;
  title: string;
  detail?: string;
  /** Name of the call that failed, for a report. */
  operation?: string;
  requestId?: string;
  /** Seconds until a new try makes sense. */
  retryAfter?: number;
}

export const errorKinds = [
  'network',
  'timeout',
  'auth',
  'forbidden',
  'not-found',
  'conflict',
  'invalid',
  'rate-limited',
  'server',
  'shape',
  'unexpected',
] as const;

/** The client's kinds, and `unexpected` for what is no answer of the server at all. */
export type ErrorKind = (typeof errorKinds)[number];

export function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof Error && 'kind' in error && errorKinds.includes(error.kind as ErrorKind)) {
    const known = error as Error & Partial<ErrorFacts> & { kind: ErrorKind };
    return { ...pick(known), kind: known.kind, title: known.title ?? known.message };
  }
  return { kind: 'unexpected', title: error instanceof Error ? error.message : String(error) };
}

function pick(error: Partial<ErrorFacts>): Partial<ErrorFacts> {
  const { status, detail, operation, requestId, retryAfter } = error;
  return { status, detail, operation, requestId, retryAfter };
}
