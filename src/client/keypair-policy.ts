import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { slotText } from './slots';
import type { Slots } from './slots';
import { defineOperation, gql, vars } from './transport';

/** null = no limit. */
export interface KeypairPolicy {
  name: string;
  maxConcurrentSessions: number | null;
  /** Cluster size; 1 where the policy is not known. */
  maxContainersPerSession: number;
  maxPendingSessions: number | null;
  maxConcurrentSftpSessions: number | null;
  /** Seconds. */
  maxSessionLifetime: number | null;
  /** Seconds. */
  idleTimeout: number | null;
  totalSlots: Slots;
  /** Sessions of my keypair that count against the policy now. */
  concurrencyUsed: number | null;
}

const whole = z.nullable(z.number());

const operation = defineOperation({
  name: 'KeypairPolicy',
  kind: 'query',
  document: (can) => `query KeypairPolicy($name: String) {
    policy: keypair_resource_policy(name: $name) {
      name total_resource_slots max_session_lifetime max_concurrent_sessions max_concurrent_sftp_sessions
      max_containers_per_session idle_timeout ${can('pendingAndSftpLimits') ? 'max_pending_session_count' : ''}
    }
    keypair { concurrency_used }
  }`,
  data: z.object({
    policy: z.nullable(
      z.object({
        name: z.nullable(z.string()),
        total_resource_slots: slotText,
        max_session_lifetime: whole,
        max_concurrent_sessions: whole,
        max_concurrent_sftp_sessions: whole,
        max_containers_per_session: whole,
        idle_timeout: z.nullable(z.union([z.number(), z.pipe(z.string(), z.transform(Number))])),
        max_pending_session_count: z.optional(whole),
      }),
    ),
    keypair: z.nullable(z.object({ concurrency_used: whole })),
  }),
  variables: vars<{ name: string }>(),
});

/** 0 and absent mean that there is no limit (SES-R14, SES-R17). */
function limit(raw: number | null | undefined): number | null {
  return raw === null || raw === undefined || raw <= 0 ? null : raw;
}

async function fetchPolicy(name: string, signal: AbortSignal): Promise<KeypairPolicy> {
  const { policy, keypair } = await gql(operation, { name }, { signal });
  return {
    name: policy?.name ?? name,
    maxConcurrentSessions: limit(policy?.max_concurrent_sessions),
    maxContainersPerSession: Math.max(1, policy?.max_containers_per_session ?? 1),
    maxPendingSessions: limit(policy?.max_pending_session_count),
    maxConcurrentSftpSessions: limit(policy?.max_concurrent_sftp_sessions),
    maxSessionLifetime: limit(policy?.max_session_lifetime),
    idleTimeout: limit(policy?.idle_timeout),
    totalSlots: policy?.total_resource_slots ?? {},
    concurrencyUsed: keypair?.concurrency_used ?? null,
  };
}

export const keypairPolicyQueries = {
  /**
   * The policy and how many sessions count against it, in one request. It grows stale with every session that
   * comes or goes, as what may still be taken does: so its key stands under that of the presets.
   */
  byName: (name: string) =>
    queryOptions({ queryKey: ['presets', 'keypair-policy', name], queryFn: ({ signal }) => fetchPolicy(name, signal) }),
};
