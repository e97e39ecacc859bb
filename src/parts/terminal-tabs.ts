import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';

/** Sessions whose terminals were opened in this window: the panel shows them side by side (SES-295). */
interface Tabs {
  ids: readonly string[];
  listeners: Set<() => void>;
}

/** They belong to the log-in, as the answers of its queries do: another one begins without. */
const stores = new WeakMap<object, Tabs>();

export interface TerminalTabs {
  ids: readonly string[];
  open: (sessionId: string) => void;
  /** The one that takes its place, if there is another. */
  close: (sessionId: string) => string | null;
}

export function useTerminalTabs(): TerminalTabs {
  const client = useQueryClient();
  const store = useMemo(() => {
    const known = stores.get(client) ?? { ids: [], listeners: new Set() };
    stores.set(client, known);
    return known;
  }, [client]);
  const ids = useSyncExternalStore(
    (listener) => {
      store.listeners.add(listener);
      return () => store.listeners.delete(listener);
    },
    () => store.ids,
  );
  const actions = useMemo(() => {
    const save = (next: readonly string[]): void => {
      store.ids = next;
      for (const listener of store.listeners) listener();
    };
    return {
      open: (sessionId: string) => {
        if (!store.ids.includes(sessionId)) save([...store.ids, sessionId]);
      },
      close: (sessionId: string) => {
        const at = store.ids.indexOf(sessionId);
        save(store.ids.filter((one) => one !== sessionId));
        return store.ids[Math.min(at, store.ids.length - 1)] ?? null;
      },
    };
  }, [store]);
  return { ids, ...actions };
}
