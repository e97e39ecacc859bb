import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { buildFilter } from '../lib/filter-language';
import { toClientError } from './errors';
import { slotText } from './slots';
import type { Slots } from './slots';
import { defineOperation, gql, vars } from './transport';

/** An agent that takes sessions of its resource group (SES-073). */
export interface SessionAgent {
  id: string;
  architecture: string;
  available: Slots;
  /** What is not taken yet, never below 0. */
  free: Slots;
}

const text = z.nullable(z.string());

const operation = defineOperation({
  name: 'SessionAgents',
  kind: 'query',
  document: `query SessionAgents($group: String!, $filter: String, $limit: Int!, $offset: Int!) {
    agent_summary_list(limit: $limit, offset: $offset, scaling_group: $group, status: "ALIVE", filter: $filter, order: "id") {
      items { id architecture available_slots occupied_slots }
      total_count
    }
  }`,
  data: z.object({
    agent_summary_list: z.nullable(
      z.object({
        items: z.array(
          z.nullable(z.object({ id: text, architecture: text, available_slots: slotText, occupied_slots: slotText })),
        ),
        total_count: z.number(),
      }),
    ),
  }),
  variables: vars<{ group: string; filter: string; limit: number; offset: number }>(),
});

const pageSize = 100;
/** A list that nobody reads to its end is cut; searching finds the others by their ids. */
const mostPages = 5;

async function fetchAgents(group: string, signal: AbortSignal): Promise<SessionAgent[] | null> {
  const filter = buildFilter([{ text: 'schedulable is true' }]);
  const agents: SessionAgent[] = [];
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const variables = { group, filter, limit: pageSize, offset: page * pageSize };
      const { agent_summary_list: list } = await gql(operation, variables, { signal });
      for (const item of list?.items ?? []) {
        if (!item?.id) continue;
        const { available_slots: available, occupied_slots: occupied } = item;
        agents.push({
          id: item.id,
          architecture: item.architecture ?? 'x86_64',
          available,
          free: Object.fromEntries(
            Object.entries(available).map(([slot, amount]) => [slot, Math.max(0, amount - (occupied[slot] ?? 0))]),
          ),
        });
      }
      if ((page + 1) * pageSize >= (list?.total_count ?? 0)) break;
    }
    return agents;
  } catch (e) {
    // "No such agent." is how a manager that hides its agents answers: no failure (pitfall 15).
    if (!signal.aborted && toClientError(e, operation.name).kind === 'not-found') return null;
    throw e;
  }
}

export const sessionAgentQueries = {
  /** null = the manager hides its agents. */
  schedulable: (resourceGroup: string) =>
    queryOptions({
      queryKey: ['agents', 'schedulable', resourceGroup],
      queryFn: ({ signal }) => fetchAgents(resourceGroup, signal),
      staleTime: 30_000,
    }),
};
