import { invalidParams } from '../../cluster/errors';
import type { SignedInCall } from '../context';
import { recordBody } from '../context';
import { runGraphql } from '../graphql/execute';
import { runNewerGraphql } from '../graphql/newer';
import { isRecord, json } from '../http';
import type { Route } from './route';

type Run = typeof runGraphql;

async function answerWith(run: Run, call: SignedInCall): Promise<Response> {
  const body = recordBody(call);
  if (typeof body.query !== 'string') throw invalidParams('query is required');
  const answer = await run(call, {
    query: body.query,
    variables: isRecord(body.variables) ? body.variables : null,
    operationName: typeof body.operation_name === 'string' ? body.operation_name : typeof body.operationName === 'string' ? body.operationName : null,
  });
  return json(answer);
}

const handle = (call: SignedInCall): Promise<Response> => answerWith(runGraphql, call);

export const graphqlRoutes: Route[] = [
  { method: 'POST', path: '/admin/gql', handle },
  { method: 'POST', path: '/admin/graphql', handle },
  // The newer one is older than its sessions' histories, the only thing of it that is played here.
  { method: 'POST', path: '/admin/gql/strawberry', since: '26.3.0', handle: (call) => answerWith(runNewerGraphql, call) },
];
