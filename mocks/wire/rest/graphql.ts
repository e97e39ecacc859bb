import { invalidParams, ManagerError } from '../../cluster/errors';
import type { SignedInCall } from '../context';
import { recordBody } from '../context';
import { runGraphql } from '../graphql/execute';
import { runNewerGraphql } from '../graphql/newer';
import { isRecord, json } from '../http';
import type { Route } from './route';

type Run = typeof runGraphql;

async function answerOf(run: Run, call: SignedInCall): Promise<Record<string, unknown>> {
  const body = recordBody(call);
  if (typeof body.query !== 'string') throw invalidParams('query is required');
  return run(call, {
    query: body.query,
    variables: isRecord(body.variables) ? body.variables : null,
    operationName: typeof body.operation_name === 'string' ? body.operation_name : typeof body.operationName === 'string' ? body.operationName : null,
  });
}

/** The first address of it: errors are a refusal, and up to 26.2 the answer is the data alone. */
async function oldest(call: SignedInCall): Promise<Response> {
  const { data, errors } = await answerOf(runGraphql, call);
  if (errors) throw new ManagerError({ status: 400, slug: 'graphql-error', title: 'GraphQL-generated error.', data: errors, errorCode: 'api_generic_internal-error' });
  return json(call.cluster.atLeast('26.3') ? { data, errors: null } : data);
}

export const graphqlRoutes: Route[] = [
  { method: 'POST', path: '/admin/gql', handle: async (call) => json(await answerOf(runGraphql, call)) },
  { method: 'POST', path: '/admin/graphql', handle: oldest },
  // The newer one is older than its sessions' histories, the only thing of it that is played here.
  { method: 'POST', path: '/admin/gql/strawberry', since: '26.3.0', handle: async (call) => json(await answerOf(runNewerGraphql, call)) },
];
