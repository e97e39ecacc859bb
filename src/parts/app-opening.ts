import { useSyncExternalStore } from 'react';
import type { AppTab } from './app-tab';

/** The one session just launched whose apps shall open by themselves once it runs (SES-131). */
export interface Armed {
  sessionId: string;
  /** To open instead of the dialog alone (SES-046). */
  option: { app: string; path: string } | null;
}

/** `appOption` of a launch link: an app, or `app:/path` to land at (SES-046). Null where it is neither. */
export function readAppOption(text: string | null): Armed['option'] {
  const match = /^([\w.-]{1,64})(?::(\/[^\s\\]*))?$/.exec(text ?? '');
  if (!match?.[1]) return null;
  const path = match[2] ?? '';
  return path.startsWith('//') ? null : { app: match[1], path };
}

let armed: Armed | null = null;
/** An app for the dialog to open as soon as it stands: taken once, and never out of an address. */
export interface HandedApp extends Armed {
  /** Opened already, within a click; null where the browser blocked it. */
  tab?: AppTab | null;
}

let handed: HandedApp | null = null;
const listeners = new Set<() => void>();

function set(next: Armed | null): void {
  armed = next;
  for (const listener of listeners) listener();
}

export function armApps(next: Armed): void {
  handed = null;
  set(next);
}

export function disarmApps(sessionId: string): void {
  if (armed?.sessionId === sessionId) set(null);
}

/** The session runs: its dialog opens now. */
export function fireApps(): void {
  handed = armed;
  set(null);
}

export function handApp(next: HandedApp): void {
  handed = next;
}

export function takeApp(sessionId: string): HandedApp | null {
  const found = handed?.sessionId === sessionId ? handed : null;
  handed = null;
  return found;
}

export function useArmedApps(): Armed | null {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => armed,
  );
}
