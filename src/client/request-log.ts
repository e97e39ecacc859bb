/**
 * The log of the calls this browser made (ACC-120 … ACC-122): at most 3000, without secrets, kept in the local
 * storage until log-out and shared by the tabs.
 */
import * as z from 'zod/mini';
import { onLocalChange, readLocal, removeLocal, writeLocal } from '../lib/storage';
import { maskText, maskValue } from './mask-secrets';

const entrySchema = z.object({
  isError: z.boolean(),
  /** Epoch milliseconds. */
  timestamp: z.number(),
  /** Name of the operation or route; for an error its kind or the problem's type. */
  type: z.string(),
  requestUrl: z.string(),
  requestMethod: z.string(),
  /** JSON text, '' for none. */
  requestParameters: z.string(),
  /** 0 where no answer came. */
  statusCode: z.number(),
  statusText: z.string(),
  title: z.string(),
  message: z.string(),
});

export type LogEntry = z.infer<typeof entrySchema>;
export type NewLogEntry = Omit<LogEntry, 'timestamp' | 'requestParameters'> & { parameters?: unknown };

const key = 'user.log';
const maxEntries = 3000;
const maxTextLength = 2000;
const writeDelayMs = 2000;

let entries: readonly LogEntry[] | null = null;
let unsaved: LogEntry[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function short(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}

function stored(): LogEntry[] {
  return readLocal(key, z.array(entrySchema)) ?? [];
}

function tell(): void {
  for (const listener of listeners) listener();
}

function load(): readonly LogEntry[] {
  if (entries === null) {
    entries = stored();
    onLocalChange(key, () => {
      entries = [...stored(), ...unsaved].slice(-maxEntries);
      tell();
    });
  }
  return entries;
}

/** A full storage costs the oldest third, again and again until the rest fits. */
function save(): void {
  timer = undefined;
  unsaved = [];
  let kept = load();
  while (kept.length > 0 && !writeLocal(key, kept)) {
    kept = kept.slice(Math.ceil(kept.length / 3));
    if (kept.length === 0) break;
    entries = kept;
  }
}

export const requestLog = {
  /** Oldest first; the same array until something is added. */
  entries(): readonly LogEntry[] {
    return load();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Masks, then keeps. Written to the storage a moment later, many at once. */
  add(entry: NewLogEntry): void {
    const { parameters, ...rest } = entry;
    const kept: LogEntry = {
      ...rest,
      timestamp: Date.now(),
      requestUrl: short(maskText(rest.requestUrl)),
      requestParameters: parameters === undefined ? '' : short(JSON.stringify(maskValue(parameters)) ?? ''),
      title: short(maskText(rest.title)),
      message: short(maskText(rest.message)),
    };
    entries = [...load(), kept].slice(-maxEntries);
    unsaved.push(kept);
    timer ??= setTimeout(save, writeDelayMs);
    tell();
  },
  /** Writes at once what waits to be written. */
  flush(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    save();
  },
  clear(): void {
    load();
    clearTimeout(timer);
    timer = undefined;
    unsaved = [];
    entries = [];
    removeLocal(key);
    tell();
  },
};
