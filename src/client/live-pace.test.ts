// @vitest-environment jsdom
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from './connection';
import { fakeFetch, json } from './fake-fetch';
import { liveStore } from './live-store';
import { pendingQueueQueries } from './pending-queue';
import { rateLimit } from './rate-limit';
import { safetyQueries } from './session-safety';
import { sessionQueries } from './sessions';

const me = { uuid: '00000000-0000-4000-8000-000000000001', accessKey: 'AK' };
const list = { projectId: 'p', type: 'all', finished: false, page: 1, pageSize: 20, order: '', filter: '' } as const;

beforeEach(() => {
  vi.useFakeTimers();
  rateLimit.reset();
  connection.reset();
  connection.set({ endpoint: 'http://console.test', mode: 'SESSION', apiVersion: 'v9.20250722', managerVersion: '26.8.1' });
  liveStore.set('live');
});
afterEach(() => {
  liveStore.set('connecting');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Each with the question of the safety clock, which every page asks. */
describe('what a live page asks when nobody touches it', () => {
  it.each([
    ['the sessions', (client: QueryClient) => new QueryObserver(client, sessionQueries.list(list))],
    ['the queue', (client: QueryClient) => new QueryObserver(client, pendingQueueQueries.page({ group: 'default', page: 1, pageSize: 20 }))],
  ])('PER-04 UX-07 no more than a request a minute: %s', async (_page, observe) => {
    const empty = { count: 0, edges: [] };
    const none = { count: 0 };
    const { calls } = fakeFetch({
      'POST /func/admin/gql': () => json(200, { data: { page: empty, queue: empty, sessions: empty, all: none, interactive: none, batch: none, inference: none, system: none } }),
    });
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const safety = new QueryObserver(client, safetyQueries.own(me));
    const page = observe(client);
    const stops = [safety.subscribe(() => undefined), page.subscribe(() => undefined)];
    await vi.advanceTimersByTimeAsync(0);
    expect(safety.getCurrentResult().data).toEqual([]);
    expect(page.getCurrentResult().isSuccess).toBe(true);
    const opened = calls.length;
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(calls.length - opened).toBeLessThanOrEqual(60);
    expect(calls.filter(({ body }) => body.includes('OwnIdleChecks'))).toHaveLength(7);
    for (const stop of stops) stop();
  });
});
