import { useCallback, useSyncExternalStore } from 'react';

/** One timer for all who tick at the same pace; it rests while nobody looks. */
class Ticker {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  now = Date.now();

  constructor(private readonly interval: number) {}

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    if (!this.timer) {
      this.now = Date.now();
      this.timer = setInterval(() => this.tick(), this.interval);
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private tick(): void {
    if (document.hidden) return;
    this.now = Date.now();
    for (const listener of this.listeners) listener();
  }
}

const tickers = new Map<number, Ticker>();

function tickerOf(interval: number): Ticker {
  const ticker = tickers.get(interval) ?? new Ticker(interval);
  tickers.set(interval, ticker);
  return ticker;
}

/** Epoch milliseconds, drawn anew every `interval` ms; pass 0 to stand still. */
export function useNow(interval = 1000): number {
  const subscribe = useCallback(
    (listener: () => void) => (interval > 0 ? tickerOf(interval).subscribe(listener) : () => undefined),
    [interval],
  );
  return useSyncExternalStore(subscribe, () => tickerOf(interval).now);
}
