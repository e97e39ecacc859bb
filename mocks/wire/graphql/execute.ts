import type { DocumentNode, GraphQLError, GraphQLFieldResolver } from 'graphql';
import { defaultFieldResolver, execute, GraphQLError as ErrorClass, parse, validate, visit } from 'graphql';
import { ManagerError, serverFrozen } from '../../cluster/errors';
import { atLeast } from '../../cluster/version';
import type { GraphqlContext } from './context';
import { schemaFor } from './schema';
import { rootResolvers } from './resolvers/root';

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

interface Checked {
  /** null: no GraphQL at all. */
  document: DocumentNode | null;
  errors: readonly GraphQLError[];
}

/** Asked before all else: nobody is told of the schema, up to 25.13 not even of a type's name. */
function introspected(version: string, document: DocumentNode): GraphQLError[] {
  const errors: GraphQLError[] = [];
  visit(document, {
    Field(node) {
      const name = node.name.value;
      if (!name.startsWith('__') || (name === '__typename' && atLeast(version, '25.14'))) return;
      errors.push(new ErrorClass(`Cannot query '${name}': introspection is disabled.`, { nodes: node }));
    },
  });
  return errors;
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
    const hidden = introspected(version, document);
    result = { document, errors: hidden.length > 0 ? hidden : validate(schemaFor(version), document) };
  } catch {
    result = { document: null, errors: [] };
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

/** A manager that is frozen for maintenance changes nothing. */
const frozen: GraphQLFieldResolver<unknown, GraphqlContext> = (source, args, context, info) => {
  const isChange = info.operation.operation === 'mutation' && info.parentType === info.schema.getMutationType();
  if (isChange && context.cluster.state.managerStatus === 'frozen') throw serverFrozen();
  return defaultFieldResolver(source, args, context, info) as unknown;
};

/** Body of `POST /admin/gql`: 200 for all that is GraphQL, `data: null` when nothing was run. */
export async function runGraphql(context: GraphqlContext, request: GraphqlRequest): Promise<Record<string, unknown>> {
  const { cluster } = context;
  const withCode = cluster.atLeast('25.8.0');
  const { document, errors } = check(cluster.version, request.query);
  // What looks for introspection stumbles over what it cannot read.
  if (document === null) throw new ManagerError({ status: 500, slug: 'internal-server-error', title: 'Internal server error.', errorCode: 'backendai_generic_internal-error' });
  if (errors.length > 0) {
    return { data: null, errors: errors.map((error) => formatError(error, withCode)) };
  }
  const result = await execute({
    schema: schemaFor(cluster.version),
    document,
    rootValue: rootResolvers,
    contextValue: context,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? undefined,
    fieldResolver: frozen,
  });
  const data = result.data ?? null;
  if (result.errors) return { data, errors: result.errors.map((error) => formatError(error, withCode)) };
  // From 26.3 on `errors` is there without any.
  return cluster.atLeast('26.3') ? { data, errors: null } : { data };
}

/** Name of the operation that runs, for faults that are asked for by name. */
export function operationName(request: GraphqlRequest): string | null {
  if (request.operationName) return request.operationName;
  return /^\s*(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/.exec(request.query.replace(/^(?:\s|#[^\n]*\n)+/, ''))?.[1] ?? null;
}
