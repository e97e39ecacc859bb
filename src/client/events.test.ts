// @vitest-environment jsdom
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from './connection';
import { backOff } from './event-stream';
import { followTask, readSessionEvent, readTaskEvent, startSessionEvents, subscribeSessionEvents } from './events';
import type { SessionEvent, TaskUpdate } from './events';
import { ClientError } from './errors';
import { fakeFetch, json } from './fake-fetch';
import { liveStore } from './live-store';
import { rateLimit } from './rate-limit';

const sessionsPath = 'GET /func/events/session';
const taskPath = 'GET /func/events/background-task';

/** A stream that the test writes. */
function stream() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  const encoder = new TextEncoder();
  return {
    response: new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }),
    say: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    breakOff: () => controller?.error(new TypeError('terminated')),
  };
}

function event(name: string, data: unknown): string {
  return `event: ${name}\r\ndata: ${JSON.stringify(data)}\r\nretry: 5\r\n\r\n`;
}

const started = event('session_started', { reason: 'x', sessionName: 'a', ownerAccessKey: 'K', sessionId: 'id-1', exitCode: null });

let client: QueryClient;
let invalidated: unknown[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  rateLimit.reset();
  connection.reset();
  connection.set({ endpoint: 'https://console.test' });
  client = new QueryClient();
  invalidated = [];
  vi.spyOn(client, 'invalidateQueries').mockImplementation((filters) => {
    invalidated.push(filters?.queryKey?.[0]);
    return Promise.resolve();
  });
  stop = () => undefined;
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('session events (SES-C12)', () => {
  it('is live while the stream holds, and a burst makes one refetch', async () => {
    const first = stream();
    const net = fakeFetch({ [sessionsPath]: first.response });
    // The fake copies answers; a stream is handed over as it is.
    vi.spyOn(first.response, 'clone').mockReturnValue(first.response);
    const heard: SessionEvent[] = [];
    const off = subscribeSessionEvents((told) => heard.push(told));
    expect(liveStore.get()).toBe('connecting');
    stop = startSessionEvents(client);
    await settle();
    expect(liveStore.get()).toBe('live');
    expect(net.calls[0]?.path).toBe('/func/events/session?sessionName=*&groupName=*&scope=*');
    expect(net.calls[0]?.headers.get('accept')).toBe('text/event-stream');
    for (let i = 0; i < 50; i += 1) first.say(started);
    first.say(': ping\n\n');
    await settle(299);
    expect(invalidated).toEqual([]);
    await settle(1);
    expect(invalidated).toEqual(['sessions', 'presets']);
    expect(heard).toHaveLength(50);
    expect(heard[0]).toEqual({ name: 'session_started', sessionId: 'id-1', sessionName: 'a', reason: 'x', kernelId: null, ownerAccessKey: 'K' });
    // The next refetch keeps its distance.
    first.say(started);
    await settle(1900);
    expect(invalidated).toHaveLength(2);
    await settle(200);
    expect(invalidated).toHaveLength(4);
    off();
    stop();
    expect(liveStore.get()).toBe('connecting');
    await settle(120_000);
    expect(net.calls).toHaveLength(1);
  });

  it('asks again after a first answer that an event overtook', async () => {
    const { response, say } = stream();
    fakeFetch({ [sessionsPath]: response });
    vi.spyOn(response, 'clone').mockReturnValue(response);
    vi.mocked(client.invalidateQueries).mockRestore();
    let answer: (rows: string) => void = () => undefined;
    const queryFn = vi.fn(() => new Promise<string>((resolve) => (answer = resolve)));
    const observer = new QueryObserver(client, { queryKey: ['sessions', 'list'], queryFn });
    const off = observer.subscribe(() => undefined);
    stop = startSessionEvents(client);
    await settle();
    say(started);
    await settle(400);
    expect(queryFn).toHaveBeenCalledTimes(1);
    answer('PREPARING');
    await settle(3000);
    expect(queryFn).toHaveBeenCalledTimes(2);
    answer('RUNNING');
    await settle(10_000);
    expect(observer.getCurrentResult().data).toBe('RUNNING');
    expect(queryFn).toHaveBeenCalledTimes(2);
    off();
  });

  it('asks again where the stream took long to open', async () => {
    const { response } = stream();
    const net = fakeFetch({ [sessionsPath]: 'hang' });
    vi.spyOn(response, 'clone').mockReturnValue(response);
    net.on(sessionsPath, () => new Promise<Response>((resolve) => setTimeout(() => resolve(response), 1500)));
    stop = startSessionEvents(client);
    await settle(2000);
    expect(liveStore.get()).toBe('live');
    expect(invalidated).toEqual(['sessions', 'presets']);
  });

  it.each(['end', 'breakOff'] as const)('REL-05 polls at once when the stream stops (%s), and comes back', async (how) => {
    const streams = [stream(), stream()];
    let opened = 0;
    const net = fakeFetch({ [sessionsPath]: 'hang' });
    net.on(sessionsPath, () => {
      const { response } = streams[opened++] ?? stream();
      vi.spyOn(response, 'clone').mockReturnValue(response);
      return response;
    });
    stop = startSessionEvents(client);
    await settle();
    streams[0]?.[how]();
    await settle();
    expect(liveStore.get()).toBe('polling');
    await settle(1000);
    expect(liveStore.get()).toBe('live');
    expect(opened).toBe(2);
    // What was missed meanwhile is asked for.
    await settle(300);
    expect(invalidated).toEqual(['sessions', 'presets']);
  });

  it('backs off while nobody answers', async () => {
    const net = fakeFetch({ [sessionsPath]: new TypeError('offline') });
    stop = startSessionEvents(client);
    await settle();
    expect(liveStore.get()).toBe('polling');
    const times: number[] = [];
    for (let second = 1; second <= 70; second += 1) {
      const before = net.calls.length;
      await settle(1000);
      if (net.calls.length > before) times.push(second);
    }
    expect(times).toEqual([1, 3, 7, 15, 31, 63]);
  });

  it('closes at server_close and opens anew', async () => {
    const streams = [stream(), stream()];
    let opened = 0;
    const net = fakeFetch({});
    net.on(sessionsPath, () => {
      const { response } = streams[opened++] ?? stream();
      vi.spyOn(response, 'clone').mockReturnValue(response);
      return response;
    });
    stop = startSessionEvents(client);
    await settle();
    streams[0]?.say('event: server_close\ndata: {}\n\n');
    await settle();
    expect(liveStore.get()).toBe('polling');
    await settle(1000);
    expect(opened).toBe(2);
  });

  it('takes a stream that falls silent after heartbeats for gone', async () => {
    const first = stream();
    vi.spyOn(first.response, 'clone').mockReturnValue(first.response);
    fakeFetch({ [sessionsPath]: first.response });
    stop = startSessionEvents(client);
    await settle();
    await settle(300_000);
    expect(liveStore.get()).toBe('live');
    first.say(': ping\n\n');
    await settle(44_000);
    expect(liveStore.get()).toBe('live');
    await settle(1_001);
    expect(liveStore.get()).toBe('polling');
  });

  it.each([
    ['the manager, every 15 s', 15_000, 20_000],
    ['a server that beats more slowly', 30_000, 35_000],
    ['one that greets twice', 100, 20_000],
  ])('REL-05 misses a heartbeat five seconds after it was due: %s', async (_who, every, noticedAfter) => {
    const first = stream();
    vi.spyOn(first.response, 'clone').mockReturnValue(first.response);
    fakeFetch({ [sessionsPath]: first.response });
    stop = startSessionEvents(client);
    await settle();
    for (let beats = 0; beats < 3; beats += 1) {
      await settle(every);
      first.say(': ping\r\n\r\n');
    }
    await settle(noticedAfter - 100);
    expect(liveStore.get()).toBe('live');
    await settle(200);
    expect(liveStore.get()).toBe('polling');
  });

  it('a calm stream stays live, hours on end', async () => {
    const first = stream();
    vi.spyOn(first.response, 'clone').mockReturnValue(first.response);
    const net = fakeFetch({ [sessionsPath]: first.response });
    stop = startSessionEvents(client);
    for (let beats = 0; beats < 4 * 60 * 2; beats += 1) {
      await settle(15_000 + (beats % 4) * 1000);
      first.say(': ping\r\n\r\n');
    }
    await settle();
    expect(liveStore.get()).toBe('live');
    expect(net.calls).toHaveLength(1);
    expect(invalidated).toEqual([]);
  });

  it('PER-04 a hidden tab asks for nothing until it is shown', async () => {
    const first = stream();
    vi.spyOn(first.response, 'clone').mockReturnValue(first.response);
    fakeFetch({ [sessionsPath]: first.response });
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    stop = startSessionEvents(client);
    await settle();
    first.say(started);
    await settle(5000);
    expect(invalidated).toEqual([]);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await settle(300);
    expect(invalidated).toEqual(['sessions', 'presets']);
  });

  it.each([
    [{ name: 'session_started', data: '{}' }, { name: 'session_started', sessionId: null, sessionName: null, reason: null, kernelId: null, ownerAccessKey: null }],
    [{ name: 'kernel_started', data: '{"kernelId":"k","sessionId":5}' }, { name: 'kernel_started', sessionId: null, sessionName: null, reason: null, kernelId: 'k', ownerAccessKey: null }],
    [{ name: 'session_started', data: 'rubbish' }, null],
    [{ name: 'message', data: '{}' }, null],
  ])('reads %j', (raw, told) => expect(readSessionEvent(raw)).toEqual(told));

  it('asks seldom where the server has no such stream', () => {
    const error = (kind: ClientError['kind'], retryAfter?: number) => new ClientError({ kind, title: 'x', operation: 'y', retryAfter });
    expect(backOff(0, error('not-found'))).toBe(300_000);
    expect(backOff(0, error('rate-limited', 900))).toBe(900_000);
    expect(backOff(0, error('server'))).toBe(1000);
    expect(backOff(99)).toBe(60_000);
  });
});

describe('background tasks', () => {
  function follow(text: string) {
    const net = fakeFetch({ [taskPath]: new Response(text, { headers: { 'Content-Type': 'text/event-stream' } }) });
    const updates: TaskUpdate[] = [];
    stop = followTask('task-1', (update) => updates.push(update));
    return { net, updates };
  }

  it('follows to the end and closes at server_close', async () => {
    const { net, updates } = follow(
      event('bgtask_updated', { task_id: 'task-1', message: 'Commit started', current_progress: 1, total_progress: 4 }) +
        event('bgtask_updated', { task_id: 'task-1', message: null, current_progress: '3', total_progress: '4' }) +
        event('bgtask_done', { task_id: 'task-1', message: 'None', errors: ['one folder failed'] }) +
        event('server_close', {}),
    );
    await settle(600_000);
    expect(updates).toEqual([
      { state: 'running', message: 'Commit started', progress: 0.25, current: 1, total: 4, errors: [] },
      { state: 'running', message: null, progress: 0.75, current: 3, total: 4, errors: [] },
      { state: 'done', message: null, progress: 1, current: 3, total: 4, errors: ['one folder failed'] },
    ]);
    expect(net.calls).toHaveLength(1);
    expect(net.calls[0]?.path).toBe('/func/events/background-task?task_id=task-1');
  });

  it('a total of 0 is no progress, and a failed task tells its cause', async () => {
    const { updates } = follow(
      event('bgtask_updated', { task_id: 'task-1', message: 'Task started', current_progress: 0, total_progress: 0 }) +
        event('bgtask_failed', { task_id: 'task-1', message: 'no such host' }) +
        event('server_close', {}),
    );
    await settle();
    expect(updates.map(({ state, progress, message }) => [state, progress, message])).toEqual([
      ['running', null, 'Task started'],
      ['failed', null, 'no such host'],
    ]);
  });

  it('a task that nobody knows ends as unknown', async () => {
    const net = fakeFetch({ [taskPath]: json(404, { type: 'https://api.backend.ai/probs/object-not-found', title: 'No such background task.' }) });
    const updates: TaskUpdate[] = [];
    stop = followTask('task-1', (update) => updates.push(update));
    await settle(600_000);
    expect(updates.map(({ state }) => state)).toEqual(['unknown']);
    expect(net.calls).toHaveLength(1);
  });

  it('a stream that never speaks ends as unknown too', async () => {
    fakeFetch({ [taskPath]: 'hang' });
    const updates: TaskUpdate[] = [];
    stop = followTask('task-1', (update) => updates.push(update));
    await settle(599_000);
    expect(updates).toEqual([]);
    await settle(1000);
    expect(updates.map(({ state }) => state)).toEqual(['unknown']);
  });

  it('comes back where the stream breaks off, until it is stopped', async () => {
    const { net, updates } = follow(event('bgtask_updated', { message: 'x', current_progress: 1, total_progress: 2 }));
    await settle();
    await settle(1000);
    expect(net.calls).toHaveLength(2);
    stop();
    await settle(600_000);
    expect(net.calls).toHaveLength(2);
    expect(updates).toHaveLength(2);
  });

  it('ignores what is no word about a task', () => {
    expect(readTaskEvent({ name: 'bgtask_updated', data: 'rubbish' }, null)).toBeNull();
    expect(readTaskEvent({ name: 'other', data: '{}' }, null)).toBeNull();
    expect(readTaskEvent({ name: 'bgtask_cancelled', data: '{"message":"None"}' }, null)).toMatchObject({ state: 'cancelled', message: null, progress: null });
  });
});
