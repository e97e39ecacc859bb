/**
 * The browser's storages behind one door: every key begins with `bai.`, what is read is checked by a schema, and
 * a full or forbidden storage never throws. At log-out (SEC-08) the tab's session storage is emptied (drafts,
 * notifications), and of the local storage the keys that begin with `user.` (the log, the clock); settings of the
 * browser (theme, language, columns, endpoints) stay.
 */
import * as z from 'zod/mini';

const prefix = 'bai.';
/** Local keys that begin so belong to the person logged in. */
export const userPrefix = 'user.';

function store(kind: 'local' | 'session'): Storage | null {
  try {
    return kind === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}

function read<T>(kind: 'local' | 'session', key: string, schema: z.core.$ZodType<T>): T | null {
  try {
    const text = store(kind)?.getItem(prefix + key);
    if (text === null || text === undefined) return null;
    const parsed = z.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function write(kind: 'local' | 'session', key: string, value: unknown): boolean {
  const target = store(kind);
  if (!target) return false;
  try {
    target.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function remove(kind: 'local' | 'session', key: string): void {
  try {
    store(kind)?.removeItem(prefix + key);
  } catch {
    // A forbidden storage holds nothing to remove.
  }
}

/** The stored value, or null where there is none or it does not fit the schema. */
export function readLocal<T>(key: string, schema: z.core.$ZodType<T>): T | null {
  return read('local', key, schema);
}

/** False where the storage is full or forbidden. */
export function writeLocal(key: string, value: unknown): boolean {
  return write('local', key, value);
}

export function removeLocal(key: string): void {
  remove('local', key);
}

/** Like readLocal, for this tab only. */
export function readSession<T>(key: string, schema: z.core.$ZodType<T>): T | null {
  return read('session', key, schema);
}

export function writeSession(key: string, value: unknown): boolean {
  return write('session', key, value);
}

export function removeSession(key: string): void {
  remove('session', key);
}

/** A key of its own for each cluster. */
export function perEndpointKey(endpoint: string, key: string): string {
  return `${key}@${endpoint}`;
}

/** Removes everything that belongs to the person logged in, from both storages (SEC-08). */
export function clearUserData(): void {
  for (const kind of ['local', 'session'] as const) {
    const target = store(kind);
    if (!target) continue;
    const keys = Array.from({ length: target.length }, (_, i) => target.key(i)).filter((key) => key !== null);
    const goes = kind === 'session' ? prefix : prefix + userPrefix;
    for (const key of keys) if (key.startsWith(goes)) target.removeItem(key);
  }
}

/** Calls back when another tab changes the key; returns the unsubscriber. */
export function onLocalChange(key: string, changed: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.storageArea === store('local') && (event.key === prefix + key || event.key === null)) changed();
  };
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
}
