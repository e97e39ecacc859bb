import type { Cluster } from '../cluster/api';

/** The manager's counter per access key: so many calls in a window of 15 minutes. */

const WINDOW_S = 900;

interface Window {
  startedAt: number;
  used: number;
}

const windows = new WeakMap<Cluster, Map<string, Window>>();

/** Counts a call; what is left, below zero when there was nothing left. */
export function takeFromLimit(cluster: Cluster, accessKey: string, limit: number): number {
  const known = windows.get(cluster) ?? new Map<string, Window>();
  windows.set(cluster, known);
  let window = known.get(accessKey);
  if (!window || cluster.now - window.startedAt >= WINDOW_S * 1000 || cluster.now < window.startedAt) {
    window = { startedAt: cluster.now, used: 0 };
    known.set(accessKey, window);
  }
  window.used += 1;
  return limit - window.used;
}

export function rateLimitHeaders(limit: number, remaining: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(Math.max(0, remaining)),
    'X-RateLimit-Window': String(WINDOW_S),
  };
}
