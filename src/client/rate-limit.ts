/** The pause after the manager said "too many requests" (ACC-125): nothing is read until it ends. */
export interface RateLimit {
  /** Epoch milliseconds at which calls are made again. */
  until: number;
  /** Requests allowed a window, where the manager said it. */
  limit?: number;
  /** Seconds of the window, where the manager said it. */
  window?: number;
}

let current: RateLimit | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function change(next: RateLimit | null): void {
  current = next;
  for (const listener of listeners) listener();
}

export const rateLimit = {
  /** The pause that holds now, or null. */
  get(): RateLimit | null {
    return current;
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  pause(seconds: number, facts: { limit?: number; window?: number } = {}): void {
    clearTimeout(timer);
    timer = setTimeout(() => change(null), seconds * 1000);
    change({ until: Date.now() + seconds * 1000, ...facts });
  },
  reset(): void {
    clearTimeout(timer);
    if (current) change(null);
  },
};
