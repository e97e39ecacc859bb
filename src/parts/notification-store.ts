import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { readSession, removeSession, writeSession } from '../lib/storage';

export type NotificationKind = 'info' | 'success' | 'warning' | 'error' | 'progress' | 'session';

export interface NotificationAction {
  label: string;
  run: () => void;
}

/** Work at the server that is followed to its end, over a reload too (UX-03): plain data, kept with the entry. */
export interface FollowedWork {
  /** `task`: a background task; `batch`: a batch session whose result tells how it went. */
  kind: 'task' | 'batch';
  /** Of the task or the session. */
  id: string;
  /** What the entry says at the end. */
  done: NotificationEnd;
  failed: NotificationEnd;
  /** Beginnings of the query keys that the end makes stale. */
  invalidates: readonly (readonly string[])[];
}

export interface NotificationEnd {
  title: string;
  description?: string;
  link?: string;
}

export interface NotificationInput {
  /** The same key replaces the older one, in its place. Without one a new key is made. */
  key?: string;
  kind: NotificationKind;
  title: string;
  description?: string;
  /** An address of `paths`; the title becomes its link. */
  link?: string;
  /** 0…100 while it runs; `null` = runs, amount unknown. Leave out when nothing runs. */
  progress?: number | null;
  /** For kind 'session': follows that session live by itself (SES-130…132). */
  sessionId?: string;
  /** For kind 'progress': ends by itself with the work (see task-notification). */
  work?: FollowedWork;
  /** Buttons; not kept over a reload. */
  actions?: NotificationAction[];
}

export interface ConsoleNotification extends NotificationInput {
  key: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Shown as a pop-up at the bottom right now. */
  open: boolean;
  /** Something is still going on: the bell's dot and the filter "In progress" (ACC-066). */
  pending: boolean;
}

/** ACC-066: at most 100 are kept, newest first. */
const MAX_KEPT = 100;
const STORAGE_KEY = 'notifications';

const endSchema = z.object({ title: z.string(), description: z.optional(z.string()), link: z.optional(z.string()) });

const keptSchema = z.array(
  z.object({
    key: z.string(),
    kind: z.enum(['info', 'success', 'warning', 'error', 'progress', 'session']),
    title: z.string(),
    description: z.optional(z.string()),
    link: z.optional(z.string()),
    progress: z.nullish(z.number()),
    sessionId: z.optional(z.string()),
    work: z.optional(
      z.object({
        kind: z.enum(['task', 'batch']),
        id: z.string(),
        done: endSchema,
        failed: endSchema,
        invalidates: z.array(z.array(z.string())),
      }),
    ),
    createdAt: z.number(),
    pending: z.boolean(),
  }),
);

let entries: readonly ConsoleNotification[] | null = null;
let counter = 0;
const listeners = new Set<() => void>();

/** The notifications of this visit: they outlive a reload of the tab, and end with the log-in (SEC-08). */
function load(): readonly ConsoleNotification[] {
  entries ??= (readSession(STORAGE_KEY, keptSchema) ?? []).map((entry) => ({
    ...entry,
    open: false,
    // A session's card and followed work find their state again by themselves; of other work nothing is known.
    pending: entry.pending && (entry.kind === 'session' || entry.work !== undefined),
    progress: entry.work === undefined ? undefined : entry.progress,
  }));
  return entries;
}

function save(next: readonly ConsoleNotification[]): void {
  entries = next.slice(0, MAX_KEPT);
  writeSession(
    STORAGE_KEY,
    entries.map(({ actions: _actions, open: _open, ...kept }) => kept),
  );
  for (const listener of listeners) listener();
}

/** Shows a notification at the bottom right and keeps it in the drawer. Answers its key. */
export function notify(input: NotificationInput): string {
  const key = input.key ?? `n${Date.now()}-${++counter}`;
  const entry: ConsoleNotification = {
    ...input,
    key,
    createdAt: Date.now(),
    open: true,
    pending: input.kind === 'session' || input.progress !== undefined,
  };
  save([entry, ...load().filter((other) => other.key !== key)]);
  return key;
}

/** Changes one in place, e.g. its progress. `progress: undefined` given on purpose ends the running state. */
export function updateNotification(
  key: string,
  patch: Partial<Omit<NotificationInput, 'key'>> & { open?: boolean; pending?: boolean },
): void {
  const current = load().find((entry) => entry.key === key);
  if (!current) return;
  const next = { ...current, ...patch };
  if (patch.pending === undefined && 'progress' in patch) next.pending = patch.progress !== undefined;
  save(load().map((entry) => (entry.key === key ? next : entry)));
}

/** Whether a pop-up of that key is on the screen. */
export function isShown(key: string): boolean {
  return load().some((entry) => entry.key === key && entry.open);
}

/** Whether it stands in the drawer. */
export function isKept(key: string): boolean {
  return load().some((entry) => entry.key === key);
}

/** Takes the pop-up away; the entry stays in the drawer. */
export function closeNotification(key: string): void {
  if (load().some((entry) => entry.key === key && entry.open)) updateNotification(key, { open: false });
}

/** Takes all pop-ups away. */
export function closeNotifications(): void {
  if (load().some(({ open }) => open)) save(load().map((entry) => ({ ...entry, open: false })));
}

/** Removes one from pop-ups and drawer. */
export function dismiss(key: string): void {
  save(load().filter((entry) => entry.key !== key));
}

export function clearNotifications(): void {
  save([]);
}

/** At log-out: nothing of this user stays, neither in memory nor in storage. */
export function forgetNotifications(): void {
  entries = [];
  removeSession(STORAGE_KEY);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useNotifications(): readonly ConsoleNotification[] {
  return useSyncExternalStore(subscribe, load);
}
