import { useQueryClient } from '@tanstack/react-query';
import type { Query, QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ClientError } from '../../client/errors';
import { backOff, pause } from '../../client/event-stream';
import { managerQueries } from '../../client/manager';

export type ManagerHealth = 'well' | 'frozen' | 'unreachable' | 'offline';

/** What an error tells about the manager as a whole (ACC-074); null where it concerns the one call. */
export function healthOf(error: unknown): ManagerHealth | null {
  if (!(error instanceof ClientError)) return null;
  if (error.slug === 'server-frozen') return 'frozen';
  if (error.status === 502 || error.status === 503 || error.status === 504) return 'unreachable';
  return error.kind === 'network' ? 'offline' : null;
}

/** A maintenance refuses changes and goes on answering reads: how long a refused change stands for it, in ms. */
const FROZEN_MS = 300_000;

/** Learnt from the calls that pages make anyway; only while something is wrong the manager is asked on top. */
export function useManagerHealth(): ManagerHealth {
  const queryClient = useQueryClient();
  const [health, setHealth] = useState<ManagerHealth>('well');
  useEffect(() => {
    let frozenUntil = 0;
    const learn = (error: unknown) => {
      const told = healthOf(error);
      if (told) setHealth(told);
    };
    const stopQueries = queryClient.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated') return;
      if (event.action.type === 'success' && !event.action.manual) {
        if (performance.now() > frozenUntil && failing(queryClient).length === 0) setHealth('well');
      } else if (event.action.type === 'failed' || event.action.type === 'error') learn(event.action.error);
    });
    const stopMutations = queryClient.getMutationCache().subscribe((event) => {
      if (event.type !== 'updated') return;
      if (event.action.type === 'success') {
        frozenUntil = 0;
        setHealth('well');
      } else if (event.action.type === 'error') {
        if (healthOf(event.action.error) === 'frozen') frozenUntil = performance.now() + FROZEN_MS;
        learn(event.action.error);
      }
    });
    return () => {
      stopQueries();
      stopMutations();
    };
  }, [queryClient]);

  const well = health === 'well';
  useEffect(() => {
    if (well) return undefined;
    const controller = new AbortController();
    void keepTrying(queryClient, controller.signal);
    return () => controller.abort();
  }, [well, queryClient]);
  return health;
}

const isFailing = ({ state }: Query) => healthOf(state.error ?? state.fetchFailureReason) !== null;

/** What the page shows without the answer it asked for. */
function failing(queryClient: QueryClient): Query[] {
  return queryClient.getQueryCache().findAll({ type: 'active', predicate: isFailing });
}

/**
 * Asks for the manager until it is heard again, and then for everything that had failed meanwhile. Where it answers
 * at the first try, the trouble is with single calls: those are left to their own pace and to the user.
 */
async function keepTrying(queryClient: QueryClient, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    if (document.visibilityState !== 'hidden') {
      try {
        await queryClient.fetchQuery(managerQueries.version());
        if (failures > 0) await queryClient.refetchQueries({ type: 'active', predicate: isFailing }, { cancelRefetch: false });
        failures = 0;
      } catch {
        failures += 1;
      }
    }
    await pause(failures === 0 ? 60_000 : backOff(failures - 1), signal);
  }
}
