/** One policy for all queries and mutations: what is retried, what is invalidated, how long answers are kept. */
import { MutationCache, QueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { authStore } from './auth-store';
import { toClientError } from './errors';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Query keys (beginnings) that a success makes stale. */
      invalidates?: readonly QueryKey[];
    };
  }
}

const retries = 2;

/** Reads are tried again where trying again can help: never after an answer of the 4xx kind. */
export function shouldRetryRead(failures: number, error: unknown): boolean {
  if (failures >= retries) return false;
  const { kind, status } = toClientError(error);
  // A GraphQL error that the manager calls internal comes with 200: asking again brings the same.
  return kind === 'network' || kind === 'timeout' || (kind === 'server' && status !== 200);
}

/** 1 s, then 2 s, with up to a fifth more so that many tabs do not come back at once. */
export function retryDelay(failures: number): number {
  return 1000 * 2 ** failures * (1 + Math.random() / 5);
}

/**
 * Makes stale what begins with the keys; what is shown of it is asked for anew. A first answer that is still on its
 * way may be older than the change, and is not asked for anew while it is: it is stale as soon as it has come.
 */
export function makeStale(client: QueryClient, queryKeys: readonly QueryKey[]): void {
  for (const queryKey of queryKeys) {
    const first = client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined });
    void client.invalidateQueries({ queryKey });
    if (first.length > 0) void Promise.allSettled(first.map(({ promise }) => promise)).then(() => client.invalidateQueries({ queryKey }));
  }
}

/** The query client of the console. `retryDelayMs` is for tests that do not want to wait. */
export function createConsoleQueryClient(options: { retryDelayMs?: number } = {}): QueryClient {
  const client: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _context, mutation) => {
        makeStale(client, mutation.meta?.invalidates ?? []);
      },
    }),
    defaultOptions: {
      queries: {
        retry: shouldRetryRead,
        retryDelay: (failures) => options.retryDelayMs ?? retryDelay(failures),
        staleTime: 10_000,
        gcTime: 5 * 60_000,
        // A hidden tab asks nothing (PER-04); shown again it asks for what is stale.
        refetchOnWindowFocus: true,
        refetchIntervalInBackground: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  authStore.onLeave(() => client.clear());
  return client;
}
