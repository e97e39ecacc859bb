import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { onLocalChange, readLocal, writeLocal } from '../lib/storage';
import { useMedia } from '../ui/use-media';

export const themeModes = ['system', 'light', 'dark'] as const;
/** ACC-067 */
export type ThemeMode = (typeof themeModes)[number];

const STORAGE_KEY = 'themeMode';
const listeners = new Set<() => void>();

function get(): ThemeMode {
  return readLocal(STORAGE_KEY, z.enum(themeModes)) ?? 'system';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const stop = onLocalChange(STORAGE_KEY, listener);
  return () => {
    listeners.delete(listener);
    stop();
  };
}

export function chooseThemeMode(mode: ThemeMode): void {
  writeLocal(STORAGE_KEY, mode);
  for (const listener of listeners) listener();
}

export function useThemeMode(): ThemeMode {
  return useSyncExternalStore(subscribe, get);
}

/** Whether the console is to be drawn dark now. */
export function useDark(): boolean {
  const mode = useThemeMode();
  const system = useMedia('(prefers-color-scheme: dark)');
  return mode === 'system' ? system : mode === 'dark';
}
