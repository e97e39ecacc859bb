import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { buildFilter } from '../lib/filter-language';
import type { FilterClause } from '../lib/filter-language';
import { can } from './capabilities';
import { runningFilter } from './sessions-node';
import { olderRunning } from './sessions-older';
import { slotText } from './slots';
import type { Slots } from './slots';
import { defineOperation, defineRoute, gql, rest, vars } from './transport';

/** Sessions of a user that are not ended, over all projects: what counts against the user's limits (UX-06). */
export interface OwnSession {
  id: string;
  name: string;
  /** lower case: interactive, batch, inference, system */
  type: string;
  status: string;
  resourceGroup: string | null;
  accessKey: string | null;
  /** What it holds, or asks for while it waits. */
  slots: Slots;
  createdAt: string | null;
  priority: number | null;
}

const text = z.nullable(z.string());

const shared = {
  name: text,
  type: text,
  status: text,
  scaling_group: text,
  access_key: text,
  created_at: text,
  occupied_slots: slotText,
  requested_slots: slotText,
};
const node = z.object({ row_id: text, ...shared, priority: z.nullable(z.number()) });
const item = z.object({ session_id: text, ...shared, priority: z.optional(z.nullable(z.number())) });

const fields = 'name type status scaling_group access_key created_at occupied_slots requested_slots';

const nodes = defineOperation({
  name: 'OwnSessions',
  kind: 'query',
  since: 'sessionNodes',
  document: `query OwnSessions($filter: String, $first: Int) {
    sessions: compute_session_nodes(filter: $filter, order: "-created_at", offset: 0, first: $first) {
      edges { node { row_id ${fields} priority } }
    }
  }`,
  data: z.object({ sessions: z.nullable(z.object({ edges: z.array(z.nullable(z.object({ node: z.nullable(node) }))) })) }),
  variables: vars<{ filter: string; first: number }>(),
});

const older = defineOperation({
  name: 'OlderOwnSessions',
  kind: 'query',
  document: (known) => `query OlderOwnSessions($key: String, $status: String, $limit: Int!) {
    sessions: compute_session_list(limit: $limit, offset: 0, order: "-created_at", access_key: $key, status: $status) {
      items { session_id ${fields} ${known('priority') ? 'priority' : ''} }
    }
  }`,
  data: z.object({ sessions: z.nullable(z.object({ items: z.array(z.nullable(item)) })) }),
  variables: vars<{ key: string; status: string; limit: number }>(),
});

/** More than any policy lets run at once would be too many to name. */
const most = 100;

function toOwn(id: string | null, raw: Omit<z.infer<typeof item>, 'session_id'>): OwnSession[] {
  if (id === null) return [];
  const holds = Object.values(raw.occupied_slots).some((amount) => amount > 0);
  return [
    {
      id,
      name: raw.name ?? id,
      type: (raw.type ?? 'interactive').toLowerCase(),
      status: raw.status ?? '',
      resourceGroup: raw.scaling_group,
      accessKey: raw.access_key,
      slots: holds ? raw.occupied_slots : raw.requested_slots,
      createdAt: raw.created_at,
      priority: raw.priority ?? null,
    },
  ];
}

async function fetchOwn(me: { uuid: string; accessKey: string }, signal: AbortSignal): Promise<OwnSession[]> {
  if (!can('sessionNodes')) {
    const { sessions } = await gql(older, { key: me.accessKey, status: olderRunning, limit: most }, { signal });
    return (sessions?.items ?? []).flatMap((one) => (one ? toOwn(one.session_id, one) : []));
  }
  // An administrator sees others' sessions too.
  const filter = buildFilter([{ text: runningFilter }, { field: 'user_id', op: '==', value: me.uuid }]);
  const { sessions } = await gql(nodes, { filter, first: most }, { signal });
  return (sessions?.edges ?? []).flatMap((edge) => (edge?.node ? toOwn(edge.node.row_id, edge.node) : []));
}

const count = z.nullable(z.object({ count: z.nullable(z.number()) }));

const waiting = defineOperation({
  name: 'WaitingSessions',
  kind: 'query',
  since: 'sessionNodes',
  document: `query WaitingSessions($filter: String) {
    waiting: compute_session_nodes(filter: $filter, offset: 0, first: 0) { count }
  }`,
  data: z.object({ waiting: count }),
  variables: vars<{ filter: string }>(),
});

const olderWaiting = defineOperation({
  name: 'OlderWaitingSessions',
  kind: 'query',
  document: `query OlderWaitingSessions($filter: String) {
    waiting: compute_session_list(limit: 1, offset: 0, filter: $filter, status: "PENDING") { total_count }
  }`,
  data: z.object({ waiting: z.nullable(z.object({ total_count: z.nullable(z.number()) })) }),
  variables: vars<{ filter: string }>(),
});

/** How many wait in a resource group, as far as my role may see them: my own, the domain's, or all. */
async function fetchWaiting(resourceGroup: string, signal: AbortSignal): Promise<number> {
  const inGroup: FilterClause = { field: 'scaling_group', op: '==', value: resourceGroup };
  if (!can('sessionNodes')) {
    const { waiting: list } = await gql(olderWaiting, { filter: buildFilter([inGroup]) }, { signal });
    return list?.total_count ?? 0;
  }
  const filter = buildFilter([inGroup, { field: 'status', op: '==', value: 'PENDING' }]);
  const { waiting: nodesWaiting } = await gql(waiting, { filter }, { signal });
  return nodesWaiting?.count ?? 0;
}

/** A session that another waits for. */
export interface Dependency {
  id: string;
  name: string;
  status: string;
}

const graphNode = z.object({ session_id: z.string(), session_name: z.nullish(z.string()), status: z.nullish(z.string()) });

/** SES-C07. Only the first level is read: what those wait for in turn is their own affair. */
const graph = defineRoute({
  name: 'session-dependency-graph',
  method: 'GET',
  path: '/session/{id}/dependency-graph',
  result: z.object({ depends_on: z.nullish(z.array(graphNode)) }),
});

export const ownSessionQueries = {
  /** My own; for administrators those of a user of theirs too. */
  active: (me: { uuid: string; accessKey: string }) =>
    queryOptions({ queryKey: ['sessions', 'own', me.uuid, me.accessKey], queryFn: ({ signal }) => fetchOwn(me, signal) }),

  waitingIn: (resourceGroup: string) =>
    queryOptions({ queryKey: ['sessions', 'waiting', resourceGroup], queryFn: ({ signal }) => fetchWaiting(resourceGroup, signal) }),

  dependencies: (id: string) =>
    queryOptions({
      queryKey: ['sessions', 'dependencies', id],
      queryFn: async ({ signal }): Promise<Dependency[]> => {
        const answer = await rest(graph, { params: { id }, signal });
        return (answer.depends_on ?? []).map((one) => ({ id: one.session_id, name: one.session_name ?? one.session_id, status: one.status ?? '' }));
      },
    }),
};
