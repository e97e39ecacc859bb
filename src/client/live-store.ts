/** Whether the console hears of changes by itself (`live`) or has to ask (`polling`); REL-05. */
export type LiveState = 'connecting' | 'live' | 'polling';

/**
 * How often a live page asks nevertheless, in ms. Not quite once a minute: with what is asked seldom, such as one's
 * own idle checks, it comes to no more than a request a minute (PER-04).
 */
export const livePaceMs = 75_000;

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

export const liveStore = {
  get(): LiveState {
    return state;
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Written by the reader of events only. */
  set(next: LiveState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  },
};
