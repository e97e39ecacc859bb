import { MutationObserver, QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClientError } from './errors';
import type { ClientErrorKind } from './errors';
import { createConsoleQueryClient, makeStale, retryDelay, shouldRetryRead } from './query-policy';

function error(kind: ClientErrorKind, status?: number): ClientError {
  return new ClientError({ kind, status, title: 'x', operation: 'y' });
}

afterEach(() => vi.restoreAllMocks());

const rows: [ClientError, boolean][] = [
  [error('network'), true],
  [error('timeout'), true],
  [error('server', 500), true],
  [error('server', 503), true],
  // A GraphQL error that the manager calls internal: asking again brings the same.
  [error('server', 200), false],
  [error('invalid', 400), false],
  [error('auth', 401), false],
  [error('forbidden', 403), false],
  [error('not-found', 404), false],
  [error('conflict', 409), false],
  [error('rate-limited', 429), false],
  [error('shape', 200), false],
];

describe('query policy', () => {
  it.each(rows)('REL-02 retries reads where that can help: %o %s', (cause, retried) => {
    expect(shouldRetryRead(0, cause)).toBe(retried);
    expect(shouldRetryRead(1, cause)).toBe(retried);
    expect(shouldRetryRead(2, cause)).toBe(false);
  });

  it('waits longer each time', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    expect([retryDelay(0), retryDelay(1)]).toEqual([1000, 2000]);
  });

  it('asks three times in all for a read', async () => {
    const client = createConsoleQueryClient({ retryDelayMs: 0 });
    const queryFn = vi.fn(() => Promise.reject(error('server', 502)));
    await expect(client.fetchQuery({ queryKey: ['sessions'], queryFn, retry: client.getDefaultOptions().queries?.retry })).rejects.toMatchObject({ status: 502 });
    expect(queryFn).toHaveBeenCalledTimes(3);
    client.clear();
  });

  it('REL-01 sends a write once', async () => {
    const client = createConsoleQueryClient({ retryDelayMs: 0 });
    const mutationFn = vi.fn(() => Promise.reject(error('network')));
    await expect(new MutationObserver(client, { mutationFn }).mutate()).rejects.toMatchObject({ kind: 'network' });
    expect(mutationFn).toHaveBeenCalledTimes(1);
  });

  it('REL-06 a write makes stale what it says, a failed one nothing', async () => {
    const client = createConsoleQueryClient({ retryDelayMs: 0 });
    const fetched = { sessions: 0, folders: 0 };
    const observe = (name: keyof typeof fetched) =>
      new QueryObserver(client, { queryKey: [name, 'list'], queryFn: () => ++fetched[name], staleTime: Infinity }).subscribe(() => undefined);
    const offs = [observe('sessions'), observe('folders')];
    await vi.waitFor(() => expect(fetched).toEqual({ sessions: 1, folders: 1 }));
    const meta = { invalidates: [['sessions']] };
    await new MutationObserver(client, { mutationFn: () => Promise.resolve(1), meta }).mutate();
    await vi.waitFor(() => expect(fetched).toEqual({ sessions: 2, folders: 1 }));
    await new MutationObserver(client, { mutationFn: () => Promise.reject(error('conflict')), meta }).mutate().catch(() => undefined);
    expect(fetched).toEqual({ sessions: 2, folders: 1 });
    for (const off of offs) off();
    client.clear();
  });

  it('REL-06 a first answer that a change overtook is asked for anew', async () => {
    const client = createConsoleQueryClient({ retryDelayMs: 0 });
    const answers: ((rows: string) => void)[] = [];
    const queryFn = vi.fn(() => new Promise<string>((resolve) => answers.push(resolve)));
    const observer = new QueryObserver(client, { queryKey: ['images', 'list'], queryFn, staleTime: Infinity });
    const off = observer.subscribe(() => undefined);
    makeStale(client, [['images']]);
    expect(queryFn).toHaveBeenCalledTimes(1);
    answers[0]?.('without the image');
    await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(2));
    answers[1]?.('with the image');
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('with the image'));
    expect(queryFn).toHaveBeenCalledTimes(2);
    off();
    client.clear();
  });
});
