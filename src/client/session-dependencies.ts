import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { buildFilter } from '../lib/filter-language';
import type { FilterClause } from '../lib/filter-language';
import { can } from './capabilities';
import { runningFilter } from './sessions-node';
import { olderRunning } from './sessions-older';
import { defineOperation, gql, vars } from './transport';

/** A session that another may wait for (SES-076). */
export interface DependencyChoice {
  id: string;
  name: string;
  /** interactive, batch */
  type: string;
  status: string;
}

export interface DependencySearch {
  projectId: string;
  /** Of whom the new session will be: the manager takes dependencies of the same keypair only. */
  accessKey: string;
  /** Part of a name; '' = the newest ones. */
  search: string;
}

const text = z.nullable(z.string());

const nodes = defineOperation({
  name: 'DependencyChoices',
  kind: 'query',
  since: 'sessionNodes',
  document: `query DependencyChoices($scope: ScopeField, $filter: String, $first: Int) {
    sessions: compute_session_nodes(scope_id: $scope, filter: $filter, order: "-created_at", offset: 0, first: $first) {
      edges { node { row_id name type status } }
    }
  }`,
  data: z.object({
    sessions: z.nullable(
      z.object({
        edges: z.array(
          z.nullable(z.object({ node: z.nullable(z.object({ row_id: text, name: text, type: text, status: text })) })),
        ),
      }),
    ),
  }),
  variables: vars<{ scope: string; filter: string; first: number }>(),
});

const older = defineOperation({
  name: 'OlderDependencyChoices',
  kind: 'query',
  document: `query OlderDependencyChoices($group: String, $key: String, $status: String, $filter: String, $limit: Int!) {
    sessions: compute_session_list(limit: $limit, offset: 0, filter: $filter, order: "-created_at", group_id: $group, access_key: $key, status: $status) {
      items { session_id name type status }
    }
  }`,
  data: z.object({
    sessions: z.nullable(
      z.object({
        items: z.array(z.nullable(z.object({ session_id: text, name: text, type: text, status: text }))),
      }),
    ),
  }),
  variables: vars<{ group: string; key: string; status: string; filter: string; limit: number }>(),
});

const most = 20;

/** Only what was started by a person can be waited for. */
const kinds: FilterClause = { field: 'type', op: 'in', value: ['interactive', 'batch'] };

async function fetchChoices({ projectId, accessKey, search }: DependencySearch, signal: AbortSignal): Promise<DependencyChoice[]> {
  const named: FilterClause = { field: 'name', op: 'contains', value: search.trim() };
  const choice = (id: string | null, name: string | null, type: string | null, status: string | null): DependencyChoice[] =>
    id === null ? [] : [{ id, name: name ?? id, type: (type ?? '').toLowerCase(), status: status ?? '' }];
  if (can('sessionNodes')) {
    const filter = buildFilter([{ text: runningFilter }, kinds, { field: 'access_key', op: '==', value: accessKey }, named]);
    const { sessions } = await gql(nodes, { scope: `project:${projectId}`, filter, first: most }, { signal });
    return (sessions?.edges ?? []).flatMap((edge) =>
      edge?.node ? choice(edge.node.row_id, edge.node.name, edge.node.type, edge.node.status) : [],
    );
  }
  const variables = { group: projectId, key: accessKey, status: olderRunning, filter: buildFilter([kinds, named]), limit: most };
  const { sessions } = await gql(older, variables, { signal });
  return (sessions?.items ?? []).flatMap((item) => (item ? choice(item.session_id, item.name, item.type, item.status) : []));
}

export const dependencyQueries = {
  /** The newest of those that are found, at most twenty. */
  choices: (search: DependencySearch) =>
    queryOptions({
      queryKey: ['sessions', 'dependency-choices', search],
      queryFn: ({ signal }) => fetchChoices(search, signal),
      staleTime: 15_000,
    }),
};
