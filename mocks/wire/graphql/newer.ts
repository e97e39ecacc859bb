/** The manager's newer GraphQL, under an address of its own; of it only what the console asks for. */
import { buildSchema, execute, GraphQLScalarType, parse, validate } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { GraphQLError } from 'graphql';
import type { SchedulingStep } from '../../cluster/scheduling-history';
import type { GraphqlContext } from './context';
import { formatError } from './execute';
import type { GraphqlRequest } from './execute';

const SDL = /* GraphQL */ `
  scalar UUID
  scalar DateTime

  enum SchedulingResult { SUCCESS FAILURE STALE NEED_RETRY EXPIRED GIVE_UP SKIPPED }

  type SubStepResult {
    step: String!
    result: SchedulingResult!
    errorCode: String
    message: String
    startedAt: DateTime
    endedAt: DateTime
  }

  type SessionSchedulingHistory {
    id: ID!
    sessionId: ID!
    phase: String!
    fromStatus: String
    toStatus: String
    result: SchedulingResult!
    errorCode: String
    message: String
    subSteps: [SubStepResult!]!
    attempts: Int!
    createdAt: DateTime!
    updatedAt: DateTime!
  }

  type SessionSchedulingHistoryEdge { cursor: String! node: SessionSchedulingHistory! }

  type SessionSchedulingHistoryConnection { edges: [SessionSchedulingHistoryEdge!]! count: Int! }

  input SessionScope { sessionId: UUID! }

  type Query {
    sessionScopedSchedulingHistories(scope: SessionScope!, limit: Int, offset: Int): SessionSchedulingHistoryConnection
  }
`;

let made: GraphQLSchema | undefined;

function schema(): GraphQLSchema {
  if (made) return made;
  made = buildSchema(SDL);
  const uuid = made.getType('UUID');
  if (uuid instanceof GraphQLScalarType) {
    uuid.parseValue = (value) => {
      if (typeof value !== 'string' || !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) throw new TypeError('badly formed UUID');
      return value.toLowerCase();
    };
  }
  return made;
}

const root = {
  sessionScopedSchedulingHistories(args: { scope: { sessionId: string }; limit?: number | null; offset?: number | null }, context: GraphqlContext) {
    const { cluster } = context;
    const { sessionId } = args.scope;
    const all = cluster.sessions.schedulingHistory(context.requester, sessionId);
    const offset = args.offset ?? 0;
    const node = (step: SchedulingStep) => ({
      ...step,
      sessionId,
      createdAt: cluster.iso(step.createdAt),
      updatedAt: cluster.iso(step.updatedAt),
      subSteps: step.subSteps.map((sub) => ({ ...sub, startedAt: cluster.iso(sub.startedAt), endedAt: cluster.iso(sub.endedAt) })),
    });
    const page = all.slice(offset, offset + (args.limit ?? 10));
    return { count: all.length, edges: page.map((step) => ({ cursor: btoa(step.id), node: node(step) })) };
  },
};

/** Strawberry leaves `errors` out where there are none. */
export async function runNewerGraphql(context: GraphqlContext, request: GraphqlRequest): Promise<Record<string, unknown>> {
  try {
    const document = parse(request.query);
    const errors = validate(schema(), document);
    if (errors.length > 0) return { data: null, errors: errors.map((error) => formatError(error, true)) };
    const result = await execute({ schema: schema(), document, rootValue: root, contextValue: context, variableValues: request.variables ?? {} });
    const failed = result.errors?.map((error) => formatError(error, true));
    return failed ? { data: result.data ?? null, errors: failed } : { data: result.data };
  } catch (error) {
    const failure = error instanceof GraphQLError ? error : new GraphQLError(String(error));
    return { data: null, errors: [formatError(failure, true)] };
  }
}
