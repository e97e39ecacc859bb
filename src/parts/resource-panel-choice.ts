import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { readSession, writeSession } from '../lib/storage';

/**
 * The resource group that one looks at (SES-021): the panel writes it, the list shows its units, the launcher begins
 * with it. Kept for each project while the tab lives, and gone with the log-out.
 */
const keyOf = (projectId: string) => `resource-group.${projectId}`;
const listeners = new Set<() => void>();

export function chosenResourceGroup(projectId: string, offered: readonly string[]): string | null {
  const kept = readSession(keyOf(projectId), z.string());
  return kept !== null && offered.includes(kept) ? kept : (offered[0] ?? null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useResourceGroupChoice(projectId: string, offered: readonly string[]): [string | null, (name: string) => void] {
  const chosen = useSyncExternalStore(subscribe, () => chosenResourceGroup(projectId, offered));
  const choose = (name: string) => {
    writeSession(keyOf(projectId), name);
    for (const listener of listeners) listener();
  };
  return [chosen, choose];
}
