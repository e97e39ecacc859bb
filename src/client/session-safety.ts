/** Idle checks of one's own running sessions, for the warning that must not wait for the sessions page (UX-07). */
import { queryOptions } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { buildFilter } from '../lib/filter-language';
import type { Me } from './account';
import { can } from './capabilities';
import { complain } from './sessions-shared';
import { idleChecks } from './sessions-parse';
import type { SessionPage, SessionRow } from './sessions-types';
import { defineOperation, gql, vars } from './transport';

export type CheckedSession = Pick<SessionRow, 'id' | 'name' | 'status' | 'userId' | 'accessKey' | 'idleChecks'>;

const text = z.nullable(z.string());
const fields = { name: text, status: text, user_id: text, access_key: text, idle_checks: idleChecks };

interface Raw {
  name: string | null;
  status: string | null;
  user_id: string | null;
  access_key: string | null;
  idle_checks: SessionRow['idleChecks'];
}

const toChecked = (id: string, raw: Raw): CheckedSession => ({
  id,
  name: raw.name ?? '',
  status: raw.status ?? '',
  userId: raw.user_id,
  accessKey: raw.access_key,
  idleChecks: raw.idle_checks,
});

const node = z.pipe(
  z.object({ row_id: text, ...fields }),
  z.transform((raw, context) => (raw.row_id === null ? complain(context, 'row_id') : toChecked(raw.row_id, raw))),
);
const item = z.pipe(
  z.object({ session_id: text, ...fields }),
  z.transform((raw, context) => (raw.session_id === null ? complain(context, 'session_id') : toChecked(raw.session_id, raw))),
);

/** Without a scope the manager gives all that the role allows; the filter narrows it to one's own. */
const nodesOperation = defineOperation({
  name: 'OwnIdleChecks',
  kind: 'query',
  since: 'sessionNodes',
  document: `query OwnIdleChecks($filter: String!, $first: Int!) {
    sessions: compute_session_nodes(filter: $filter, order: "created_at", offset: 0, first: $first) {
      edges { node { row_id name status user_id access_key idle_checks } }
    }
  }`,
  data: z.object({ sessions: z.nullable(z.object({ edges: z.array(z.nullable(z.object({ node: z.nullable(node) }))) })) }),
  variables: vars<{ filter: string; first: number }>(),
});

const listOperation = defineOperation({
  name: 'OwnIdleCheckList',
  kind: 'query',
  document: `query OwnIdleCheckList($key: String!, $limit: Int!) {
    sessions: compute_session_list(limit: $limit, offset: 0, access_key: $key, status: "RUNNING", order: "created_at") {
      items { session_id name status user_id access_key idle_checks }
    }
  }`,
  data: z.object({ sessions: z.nullable(z.object({ items: z.array(z.nullable(item)) })) }),
  variables: vars<{ key: string; limit: number }>(),
});

const most = 100;
const safetyKey = ['safety'] as const;

async function fetchOwn(me: Pick<Me, 'uuid' | 'accessKey'>, signal: AbortSignal): Promise<CheckedSession[]> {
  if (can('sessionNodes')) {
    const filter = buildFilter([{ text: 'status == "RUNNING"' }, { field: 'user_id', op: '==', value: me.uuid }]);
    const { sessions } = await gql(nodesOperation, { filter, first: most }, { signal });
    return (sessions?.edges ?? []).flatMap((edge) => (edge?.node ? [edge.node] : []));
  }
  const { sessions } = await gql(listOperation, { key: me.accessKey, limit: most }, { signal });
  return (sessions?.items ?? []).filter((row) => row !== null);
}

export const safetyQueries = {
  /** Asked every ten minutes on every page; what the lists ask leaves room for it (PER-04). */
  own: (me: Pick<Me, 'uuid' | 'accessKey'>) =>
    queryOptions({
      queryKey: safetyKey,
      queryFn: ({ signal }) => fetchOwn(me, signal),
      staleTime: 5 * 60_000,
      refetchInterval: 10 * 60_000,
      // The warning is a service, not a page: its failure is nobody's error.
      retry: false,
    }),
};

/** Sessions that a query has just brought; `complete` where they are all of one's own. [] for other queries. */
export function checkedSessionsOf(query: Query<unknown, Error, unknown>): { rows: readonly CheckedSession[]; complete: boolean } {
  const [resource, kind] = query.queryKey as readonly unknown[];
  const { data } = query.state;
  if (!data) return { rows: [], complete: false };
  if (resource === safetyKey[0]) return { rows: data as CheckedSession[], complete: true };
  if (resource !== 'sessions') return { rows: [], complete: false };
  if (kind === 'list') return { rows: (data as SessionPage).rows, complete: false };
  return { rows: kind === 'detail' ? [data as SessionRow] : [], complete: false };
}
