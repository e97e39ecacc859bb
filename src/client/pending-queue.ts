/** Sessions that wait for a resource group, in the order in which the scheduler looks at them (SES-016, SES-C03). */
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { livePaceMs, liveStore } from './live-store';
import { edgesOf, listedNode, nodeFields } from './sessions-node';
import type { SessionRow } from './sessions-types';
import { defineOperation, gql, vars } from './transport';

const pendingQueueOperation = defineOperation({
  name: 'PendingQueue',
  kind: 'query',
  since: 'pendingQueue',
  document: (can) => `query PendingQueue($group: String!, $offset: Int!, $first: Int!, $withOwner: Boolean!) {
    queue: session_pending_queue(resource_group_id: $group, offset: $offset, first: $first) {
      count
      edges { node { ${nodeFields(can, '')} } }
    }
  }`,
  data: z.object({
    queue: z.nullable(
      z.object({ count: z.nullable(z.number()), edges: z.array(z.nullable(z.object({ node: z.nullable(listedNode) }))) }),
    ),
  }),
  variables: vars<{ group: string; offset: number; first: number; withOwner: boolean }>(),
});

export interface PendingQueuePage {
  rows: SessionRow[];
  total: number;
}

export interface PendingQueueParams {
  /** Name of the resource group. */
  group: string;
  /** From 1. */
  page: number;
  pageSize: number;
}

export const pendingQueueQueries = {
  /** Under the key of sessions: their events make it stale as well. */
  page: (params: PendingQueueParams) =>
    queryOptions({
      queryKey: ['sessions', 'queue', params],
      queryFn: async ({ signal }): Promise<PendingQueuePage> => {
        const { group, page, pageSize } = params;
        const variables = { group, offset: (page - 1) * pageSize, first: pageSize, withOwner: true };
        const { queue } = await gql(pendingQueueOperation, variables, { signal });
        return { rows: edgesOf(queue), total: queue?.count ?? 0 };
      },
      placeholderData: (previous: PendingQueuePage | undefined, query) =>
        (query?.queryKey[2] as PendingQueueParams | undefined)?.group === params.group ? previous : undefined,
      refetchInterval: () => (liveStore.get() === 'live' ? livePaceMs : 15_000),
    }),
};
