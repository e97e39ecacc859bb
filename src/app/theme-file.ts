import { useSyncExternalStore } from 'react';
import { fetchThemeFile, themeFileSchema } from '../client/theme-file';
import type { ThemeFile } from '../client/theme-file';
import { readLocal, removeLocal, writeLocal } from '../lib/storage';

/**
 * The installation's look as the last visit knew it: it is there before the first paint, and asked for anew after
 * it, so that neither the first page waits nor its colours jump.
 */
const STORAGE_KEY = 'themeFile';
let current: ThemeFile | null | undefined;
const listeners = new Set<() => void>();

export function themeFile(): ThemeFile | null {
  if (current === undefined) current = readLocal(STORAGE_KEY, themeFileSchema);
  return current;
}

export function useThemeFile(): ThemeFile | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, themeFile);
}

/** Once per page load, when there is time. */
export async function refreshThemeFile(): Promise<void> {
  const fresh = await fetchThemeFile();
  if (JSON.stringify(fresh) === JSON.stringify(themeFile())) return;
  current = fresh;
  if (fresh) writeLocal(STORAGE_KEY, fresh);
  else removeLocal(STORAGE_KEY);
  for (const listener of listeners) listener();
}

/** The logo's picture for this place and theme, if the installation has one; only http(s) and own addresses. */
export function logoSource(file: ThemeFile | null, place: 'wide' | 'collapsed' | 'login', dark: boolean): string | null {
  const logo = file?.logo;
  if (!logo) return null;
  const wide = dark ? (logo.srcDark ?? logo.src) : logo.src;
  const source = {
    wide,
    collapsed: dark ? (logo.srcCollapsedDark ?? logo.srcCollapsed) : logo.srcCollapsed,
    login: dark ? (logo.loginLogoSrcDark ?? logo.loginLogoSrc ?? wide) : (logo.loginLogoSrc ?? wide),
  }[place];
  if (!source) return null;
  try {
    const url = new URL(source, window.location.origin);
    // SEC-19: nothing is fetched from hosts that nobody configured.
    return url.origin === window.location.origin ? url.href : null;
  } catch {
    return null;
  }
}
