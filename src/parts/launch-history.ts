import { useMemo, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { connection } from '../client/connection';
import { onLocalChange, perEndpointKey, readLocal, writeLocal } from '../lib/storage';
import { launchOwnerSchema } from './launch-link';
import type { LaunchLink } from './launch-link';

/**
 * The launches of one user in this browser (SES-043): the last five, and those pinned. What is kept are launch links,
 * so no secrets are among it (SEC-07), and it outlives the log-out, as columns and theme do.
 * Each user has a list of their own under their id; nobody else's is ever read.
 */
const entrySchema = z.object({
  id: z.string(),
  /** ISO 8601 */
  at: z.string(),
  /** What the user calls it; '' = as the session was called. */
  label: z.string(),
  pinned: z.boolean(),
  /** Of the sessions, '' where it was generated. */
  name: z.string(),
  /** `registry/project/name:tag@architecture` */
  image: z.string(),
  project: z.string(),
  /** Per container. */
  slots: z.record(z.string(), z.number()),
  containers: z.number(),
  sessions: z.number(),
  /** UUIDs of what was started. */
  started: z.array(z.string()),
  /** Whom an administrator launched it for; none = oneself. */
  owner: z.optional(launchOwnerSchema),
  link: z.record(z.string(), z.unknown()),
});

export type LaunchEntry = Omit<z.infer<typeof entrySchema>, 'link'> & { link: LaunchLink };
export type NewLaunchEntry = Omit<LaunchEntry, 'id' | 'at' | 'label' | 'pinned'>;

const listSchema = z.array(entrySchema);

/** Beside the pinned ones. */
export const keptLaunches = 5;
/** Pinned ones are few; a storage that somebody filled is not read for ever. */
const mostPinned = 20;

/** Newest first; a new one pushes out the oldest that is not pinned. Pure. */
export function withEntry(list: readonly LaunchEntry[], entry: LaunchEntry): LaunchEntry[] {
  const others = list.filter((one) => one.id !== entry.id);
  const all = [entry, ...others].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const loose = new Set(all.filter((one) => !one.pinned).slice(0, keptLaunches));
  const pinned = new Set(all.filter((one) => one.pinned).slice(0, mostPinned));
  return all.filter((one) => loose.has(one) || pinned.has(one));
}

/** Pinned ones first. Pure. */
export function inOrder(list: readonly LaunchEntry[]): LaunchEntry[] {
  return [...list.filter((one) => one.pinned), ...list.filter((one) => !one.pinned)];
}

function keyOf(userId: string): string {
  return perEndpointKey(connection.get().endpoint, `launch-history.${userId}`);
}

const listeners = new Set<() => void>();
/** Snapshots must be the same object while nothing changes. */
const cache = new Map<string, { text: string; list: LaunchEntry[] }>();
const nothing: LaunchEntry[] = [];

function read(userId: string): LaunchEntry[] {
  const key = keyOf(userId);
  const list = (readLocal(key, listSchema) ?? nothing) as LaunchEntry[];
  const text = JSON.stringify(list);
  const known = cache.get(key);
  if (known?.text === text) return known.list;
  cache.set(key, { text, list });
  return list;
}

function write(userId: string, list: readonly LaunchEntry[]): void {
  writeLocal(keyOf(userId), list);
  for (const listener of listeners) listener();
}

export function rememberLaunch(userId: string, entry: NewLaunchEntry): void {
  const made: LaunchEntry = { ...entry, id: crypto.getRandomValues(new Uint32Array(2)).join('-'), at: new Date().toISOString(), label: '', pinned: false };
  write(userId, withEntry(read(userId), made));
}

export function changeEntry(userId: string, id: string, patch: Partial<Pick<LaunchEntry, 'label' | 'pinned'>>): void {
  const list = read(userId);
  const found = list.find((one) => one.id === id);
  if (found) write(userId, withEntry(list, { ...found, ...patch }));
}

export function removeEntry(userId: string, id: string): void {
  write(userId, read(userId).filter((one) => one.id !== id));
}

/** How a session of mine was launched from this browser, if that is remembered. */
export function launchOf(userId: string, sessionId: string): LaunchEntry | null {
  return read(userId).find((one) => one.started.includes(sessionId)) ?? null;
}

function subscribe(userId: string, listener: () => void): () => void {
  listeners.add(listener);
  const unsubscribe = onLocalChange(keyOf(userId), listener);
  return () => {
    listeners.delete(listener);
    unsubscribe();
  };
}

export function useLaunchHistory(userId: string): LaunchEntry[] {
  const follow = useMemo(() => (listener: () => void) => subscribe(userId, listener), [userId]);
  return useSyncExternalStore(follow, () => read(userId));
}
