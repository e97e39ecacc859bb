import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { toClientError } from './errors';
import { defineOperation, gql, vars } from './transport';

/** For whom an administrator starts a session (SES-055). */
export interface SessionOwner {
  uuid: string;
  email: string;
  domain: string;
  /** superadmin, admin, user, monitor */
  role: string;
  projects: { id: string; name: string }[];
  /** Usable ones, the main one first. */
  keypairs: { accessKey: string; policy: string; concurrencyUsed: number }[];
}

const text = z.nullable(z.string());

const operation = defineOperation({
  name: 'SessionOwner',
  kind: 'query',
  document: (can) => `query SessionOwner($email: String!) {
    user(email: $email) {
      uuid email domain_name role status groups { id name } ${can('mainAccessKey') ? 'main_access_key' : ''}
    }
    keypair_list(limit: 100, offset: 0, email: $email, is_active: true) {
      items { access_key resource_policy concurrency_used }
    }
  }`,
  data: z.object({
    user: z.nullable(
      z.object({
        uuid: text,
        email: text,
        domain_name: text,
        role: text,
        status: text,
        main_access_key: z.optional(text),
        groups: z.nullable(z.array(z.nullable(z.object({ id: text, name: text })))),
      }),
    ),
    keypair_list: z.nullable(
      z.object({
        items: z.array(
          z.nullable(z.object({ access_key: text, resource_policy: text, concurrency_used: z.nullable(z.number()) })),
        ),
      }),
    ),
  }),
  variables: vars<{ email: string }>(),
});

async function fetchOwner(email: string, signal: AbortSignal): Promise<SessionOwner | null> {
  try {
    const { user, keypair_list: list } = await gql(operation, { email }, { signal });
    if (!user?.uuid || !user.domain_name || (user.status !== null && user.status !== 'active')) return null;
    const main = user.main_access_key ?? null;
    return {
      uuid: user.uuid,
      email: user.email ?? email,
      domain: user.domain_name,
      role: user.role ?? 'user',
      projects: (user.groups ?? []).flatMap((group) => (group?.id && group.name ? [{ id: group.id, name: group.name }] : [])),
      keypairs: (list?.items ?? [])
        .flatMap((item) =>
          item?.access_key
            ? [{ accessKey: item.access_key, policy: item.resource_policy ?? 'default', concurrencyUsed: item.concurrency_used ?? 0 }]
            : [],
        )
        .sort((a, b) => Number(b.accessKey === main) - Number(a.accessKey === main)),
    };
  } catch (e) {
    if (!signal.aborted && toClientError(e, operation.name).kind === 'not-found') return null;
    throw e;
  }
}

export const sessionOwnerQueries = {
  /** null = nobody of that address that the asking administrator may see, or no active account. */
  byEmail: (email: string) =>
    queryOptions({
      queryKey: ['account', 'session-owner', email],
      queryFn: ({ signal }) => fetchOwner(email, signal),
      enabled: email !== '',
      staleTime: 60_000,
    }),
};
