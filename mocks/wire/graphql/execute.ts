import type { DocumentNode, GraphQLError } from 'graphql';
import { execute, GraphQLError as ErrorClass, parse, validate } from 'graphql';
import { ManagerError } from '../../cluster/errors';
import type { GraphqlContext } from './context';
import { schemaFor } from './schema';
import { rootResolvers } from './resolvers/root';

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

interface Checked {
  document: DocumentNode | null;
  errors: readonly GraphQLError[];
}

/** Documents already checked against a version's schema: a console asks the same few over and over. */
const checked = new Map<string, Checked>();
const MAX_CHECKED = 500;

function check(version: string, query: string): Checked {
  const key = `${version}\n${query}`;
  const known = checked.get(key);
  if (known) return known;
  let result: Checked;
  try {
    const document = parse(query);
    result = { document, errors: validate(schemaFor(version), document) };
  } catch (error) {
    result = { document: null, errors: [error instanceof ErrorClass ? error : new ErrorClass(String(error))] };
  }
  if (checked.size >= MAX_CHECKED) checked.clear();
  checked.set(key, result);
  return result;
}

/** The manager's library writes names in straight single quotes. */
function wording(message: string): string {
  return message.replace(/"([_A-Za-z][\w.!:[\]]*)"/g, "'$1'");
}

/** `title (msg)`, as the manager turns its errors into text. */
export function managerErrorText(error: ManagerError): string {
  return error.msg === undefined ? error.title : `${error.title} (${error.msg})`;
}

export function formatError(error: GraphQLError, withCode: boolean): Record<string, unknown> {
  const original = error.originalError;
  const atResolver = error.path !== undefined;
  const message = original instanceof ManagerError ? managerErrorText(original) : (original?.message ?? wording(error.message));
  const formatted: Record<string, unknown> = { message };
  if (error.locations) formatted.locations = error.locations;
  if (atResolver) formatted.path = error.path;
  if (atResolver && withCode) {
    const code = original instanceof ManagerError ? original.errorCode : undefined;
    formatted.extensions = { code: code ?? 'backendai_generic_internal-error' };
  }
  return formatted;
}

/** Body of `POST /admin/gql`: always 200, `errors: null` when all is well, `data: null` when nothing was run. */
export async function runGraphql(context: GraphqlContext, request: GraphqlRequest): Promise<Record<string, unknown>> {
  const { cluster } = context;
  const withCode = cluster.atLeast('25.8.0');
  const { document, errors } = check(cluster.version, request.query);
  if (document === null || errors.length > 0) {
    return { data: null, errors: errors.map((error) => formatError(error, withCode)) };
  }
  const result = await execute({
    schema: schemaFor(cluster.version),
    document,
    rootValue: rootResolvers,
    contextValue: context,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? undefined,
  });
  return {
    data: result.data ?? null,
    errors: result.errors ? result.errors.map((error) => formatError(error, withCode)) : null,
  };
}

/** Name of the operation that runs, for faults that are asked for by name. */
export function operationName(request: GraphqlRequest): string | null {
  if (request.operationName) return request.operationName;
  return /^\s*(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/.exec(request.query.replace(/^(?:\s|#[^\n]*\n)+/, ''))?.[1] ?? null;
}
