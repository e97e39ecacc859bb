import * as z from 'zod/mini';
import type { SessionTab } from '../../client/sessions';

/** What may be sorted (SES-009): fields of the manager's order language. */
export const orderFields = [
  'name',
  'scaling_group',
  'type',
  'cluster_mode',
  'created_at',
  'agent_ids',
  'status',
  'status_info',
  'result',
  'domain_name',
  'project_id',
  'access_key',
  'terminated_at',
  'priority',
] as const;

const order = z.enum(orderFields.flatMap((field) => [field, `-${field}`]) as [string, ...string[]]);

export const pageSizes = [10, 20, 50, 100] as const;

export const tabs = ['all', 'interactive', 'batch', 'inference', 'system'] as const satisfies readonly SessionTab[];

export const phases = ['running', 'finished'] as const;

/** The list's state in the address (SES-010). What equals the default is left out of it. */
export const listSchema = z.object({
  type: z._default(z.enum(tabs), 'all'),
  status: z._default(z.enum(phases), 'running'),
  page: z._default(z.int().check(z.positive()), 1),
  size: z._default(z.literal(pageSizes), 20),
  order: z._default(order, '-created_at'),
  filter: z._default(z.array(z.string().check(z.maxLength(300))).check(z.maxLength(20)), []),
});

export type ListState = z.infer<typeof listSchema>;
