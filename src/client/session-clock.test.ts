// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from './connection';
import { defaultSessionLife, sessionClock } from './session-clock';

const start = Date.parse('2026-01-01T00:00:00Z');
const stored = () => localStorage.getItem('bai.user.clock@https://a.test');

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  localStorage.clear();
  connection.reset();
  connection.set({ endpoint: 'https://a.test' });
  sessionClock.clear();
});
afterEach(() => vi.useRealTimers());

describe('session clock (ACC-052)', () => {
  it('counts a session life from the log-in, 7 days unless said', () => {
    sessionClock.begin();
    expect(sessionClock.get()).toEqual({ endsAt: start + defaultSessionLife * 1000, remainingMs: defaultSessionLife * 1000 });
    sessionClock.begin(60);
    expect(sessionClock.get().remainingMs).toBe(60_000);
  });

  it('takes what an extension says, also when that is sooner, and nothing that is no time', () => {
    sessionClock.begin();
    sessionClock.extendTo('2026-01-01T00:10:00+00:00');
    expect(sessionClock.get().remainingMs).toBe(600_000);
    sessionClock.extendTo('soon');
    expect(sessionClock.get().remainingMs).toBe(600_000);
  });

  it('ticks while somebody looks, and says once that it is over', () => {
    const seen: (number | null)[] = [];
    const ended = vi.fn();
    const offEnd = sessionClock.onEnd(ended);
    sessionClock.begin(2);
    const off = sessionClock.subscribe(() => seen.push(sessionClock.get().remainingMs));
    vi.advanceTimersByTime(5000);
    off();
    offEnd();
    expect(seen).toEqual([1000, 0]);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is the same object until it changes', () => {
    sessionClock.begin(10);
    expect(sessionClock.get()).toBe(sessionClock.get());
  });

  it('REL-04 two tabs share one clock', () => {
    sessionClock.begin(60);
    expect(stored()).toBe(String(start + 60_000));
    localStorage.setItem('bai.user.clock@https://a.test', String(start + 120_000));
    window.dispatchEvent(new StorageEvent('storage', { key: 'bai.user.clock@https://a.test', storageArea: localStorage }));
    expect(sessionClock.get().remainingMs).toBe(120_000);
  });

  it('knows each endpoint apart, and forgets', () => {
    sessionClock.begin(60);
    connection.set({ endpoint: 'https://b.test' });
    sessionClock.restore();
    expect(sessionClock.get()).toEqual({ endsAt: null, remainingMs: null });
    connection.set({ endpoint: 'https://a.test' });
    sessionClock.restore();
    expect(sessionClock.get().remainingMs).toBe(60_000);
    sessionClock.clear();
    expect(stored()).toBeNull();
    expect(sessionClock.get().endsAt).toBeNull();
  });

  it('waits longer than a timer of the browser can', () => {
    const ended = vi.fn();
    const off = sessionClock.onEnd(ended);
    sessionClock.begin(60 * 86_400);
    vi.advanceTimersByTime(59 * 86_400_000);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * 86_400_000);
    expect(ended).toHaveBeenCalledTimes(1);
    off();
  });
});
