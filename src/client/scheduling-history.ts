/** What the scheduler did with a session, step by step (SES-204, SES-C07): managers from 26.3 on. */
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { defineOperation, gql, vars } from './transport';

export interface SchedulingSubStep {
  step: string;
  result: string;
  errorCode: string | null;
  message: string | null;
  startedAt: string | null;
  endedAt: string | null;
}

export interface SchedulingStep {
  phase: string;
  fromStatus: string | null;
  toStatus: string | null;
  /** SUCCESS, FAILURE, STALE, NEED_RETRY, EXPIRED, GIVE_UP, SKIPPED */
  result: string;
  errorCode: string | null;
  message: string | null;
  attempts: number;
  createdAt: string | null;
  updatedAt: string | null;
  subSteps: SchedulingSubStep[];
}

const text = z.nullable(z.string());

const historyOperation = defineOperation({
  name: 'SchedulingHistory',
  kind: 'query',
  since: 'schedulingHistory',
  endpoint: 'strawberry',
  document: `query SchedulingHistory($id: UUID!, $limit: Int!) {
    history: sessionScopedSchedulingHistories(scope: { sessionId: $id }, limit: $limit, offset: 0) {
      count
      edges { node {
        phase fromStatus toStatus result errorCode message attempts createdAt updatedAt
        subSteps { step result errorCode message startedAt endedAt }
      } }
    }
  }`,
  data: z.object({
    history: z.nullable(
      z.object({
        count: z.nullable(z.number()),
        edges: z.array(
          z.object({
            node: z.object({
              phase: z.string(),
              fromStatus: text,
              toStatus: text,
              result: z.string(),
              errorCode: text,
              message: text,
              attempts: z.nullable(z.number()),
              createdAt: text,
              updatedAt: text,
              subSteps: z.nullable(
                z.array(z.object({ step: z.string(), result: z.string(), errorCode: text, message: text, startedAt: text, endedAt: text })),
              ),
            }),
          }),
        ),
      }),
    ),
  }),
  variables: vars<{ id: string; limit: number }>(),
});

/** More steps than a session usually goes through by far. */
const most = 100;

export const schedulingHistoryQueries = {
  of: (id: string) =>
    queryOptions({
      queryKey: ['sessions', 'scheduling-history', id],
      queryFn: async ({ signal }): Promise<{ steps: SchedulingStep[]; total: number }> => {
        const { history } = await gql(historyOperation, { id, limit: most }, { signal });
        const steps = (history?.edges ?? []).map(({ node }) => ({ ...node, attempts: node.attempts ?? 1, subSteps: node.subSteps ?? [] }));
        return { steps, total: history?.count ?? steps.length };
      },
    }),
};
