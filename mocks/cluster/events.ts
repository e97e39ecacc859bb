import type { ClusterEvent, EventHub } from './api';

/** Listeners live beside the state: they survive a restore. */
export function createEventHub(): EventHub {
  const listeners = new Set<(event: ClusterEvent) => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
