/**
 * When the webserver's session ends (ACC-052): a fixed time after the log-in, or what an extension said. No call
 * tells it, so it is kept for all tabs in the local storage.
 */
import * as z from 'zod/mini';
import { onLocalChange, perEndpointKey, readLocal, removeLocal, writeLocal } from '../lib/storage';
import { connection } from './connection';

export interface SessionClock {
  /** Epoch milliseconds of the log-in's end; null = unknown. */
  endsAt: number | null;
  /** Milliseconds left, never below 0; null = unknown. */
  remainingMs: number | null;
}

/** The webserver's default life of a session, in seconds: 7 days. */
export const defaultSessionLife = 604_800;

const storageKey = 'user.clock';
const tickMs = 1000;
/** A timer of the browser can't wait longer than 2^31 − 1 ms. */
const longestTimerMs = 2_000_000_000;

const unknown: SessionClock = { endsAt: null, remainingMs: null };
let snapshot = unknown;
let endTimer: ReturnType<typeof setTimeout> | undefined;
let ticker: ReturnType<typeof setInterval> | undefined;
let watched: (() => void) | undefined;
const listeners = new Set<() => void>();
const endListeners = new Set<() => void>();

function key(): string {
  return perEndpointKey(connection.get().endpoint, storageKey);
}

function show(endsAt: number | null): void {
  const remainingMs = endsAt === null ? null : Math.max(0, endsAt - Date.now());
  if (endsAt === snapshot.endsAt && remainingMs === snapshot.remainingMs) return;
  snapshot = endsAt === null ? unknown : { endsAt, remainingMs };
  for (const listener of listeners) listener();
}

function arm(): void {
  clearTimeout(endTimer);
  const { endsAt } = snapshot;
  if (endsAt === null) return;
  const wait = Math.max(0, endsAt - Date.now());
  endTimer = setTimeout(
    () => {
      if (wait > longestTimerMs) return arm();
      show(endsAt);
      for (const listener of endListeners) listener();
    },
    Math.min(wait, longestTimerMs),
  );
}

function keep(endsAt: number): void {
  writeLocal(key(), endsAt);
  sessionClock.restore();
}

export const sessionClock = {
  /** The clock as it stands; a new object only when it changed. */
  get(): SessionClock {
    return snapshot;
  },
  /** Ticks once a second while anybody listens. */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    ticker ??= setInterval(() => show(snapshot.endsAt), tickMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        clearInterval(ticker);
        ticker = undefined;
      }
    };
  },
  /** Called back when the time is over; returns the unsubscriber. */
  onEnd(listener: () => void): () => void {
    endListeners.add(listener);
    return () => endListeners.delete(listener);
  },
  /** A log-in happened just now; the session lives `lifeSeconds`. */
  begin(lifeSeconds: number = defaultSessionLife): void {
    keep(Date.now() + lifeSeconds * 1000);
  },
  /** An extension said when it ends now: ISO time; anything else is ignored. */
  extendTo(expires: string): void {
    const endsAt = Date.parse(expires);
    if (Number.isFinite(endsAt)) keep(endsAt);
  },
  /** Reads what this endpoint's tabs know, and follows them. A moment that has passed says nothing any more. */
  restore(): void {
    watched?.();
    watched = onLocalChange(key(), () => sessionClock.restore());
    const endsAt = readLocal(key(), z.number());
    show(endsAt !== null && endsAt > Date.now() ? endsAt : null);
    arm();
  },
  clear(): void {
    removeLocal(key());
    clearTimeout(endTimer);
    show(null);
  },
};
