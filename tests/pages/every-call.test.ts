import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../src/client/connection';
import type { ClientErrorKind } from '../../src/client/errors';
import { ClientError } from '../../src/client/errors';
import { rateLimit } from '../../src/client/rate-limit';
import { sessionGuard } from '../../src/client/session-guard';
import type { GqlOperation, RestRoute } from '../../src/client/transport';
import { gql, operations, rest, routes } from '../../src/client/transport';

/**
 * Every operation and route of the client against every way of failing (REL-01, REL-02, REL-03 on the wire's side).
 * The list is the client's own register: a call that is added falls under this table by itself.
 */
const modules = import.meta.glob<unknown>(['../../src/client/*.ts', '!../../src/client/*.test.ts'], { eager: true });

const problem = (status: number, type: string) => () =>
  new Response(JSON.stringify({ type: `https://api.backend.ai/probs/${type}`, title: 'Refused.', msg: 'The words of the manager.' }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });

function cutInTheMiddle() {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"data": {"ke'));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status: 200, headers: { 'Content-Type': 'application/json' } });
}

interface Failure {
  how: string;
  answer: (init?: RequestInit) => Response | Promise<Response>;
  kinds: ClientErrorKind[];
}

const failures: Failure[] = [
  { how: '400', answer: problem(400, 'invalid-api-params'), kinds: ['invalid'] },
  { how: '403', answer: problem(403, 'generic-forbidden'), kinds: ['forbidden'] },
  { how: '404', answer: problem(404, 'object-not-found'), kinds: ['not-found'] },
  { how: '409', answer: problem(409, 'conflict'), kinds: ['conflict'] },
  { how: '412', answer: problem(412, 'quota-exceeded'), kinds: ['conflict', 'invalid'] },
  { how: '429', answer: problem(429, 'rate-limit-exceeded'), kinds: ['rate-limited'] },
  { how: '500', answer: problem(500, 'internal-server-error'), kinds: ['server'] },
  { how: '502 with an HTML body', answer: () => new Response('<html><body>Bad Gateway</body></html>', { status: 502, headers: { 'Content-Type': 'text/html' } }), kinds: ['server'] },
  { how: 'no network', answer: () => Promise.reject(new TypeError('Failed to fetch')), kinds: ['network'] },
  { how: 'an answer cut in the middle', answer: cutInTheMiddle, kinds: ['network', 'shape'] },
  {
    how: 'no answer in time',
    answer: (init) => new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))),
    kinds: ['timeout'],
  },
];

interface Call {
  name: string;
  make: () => Promise<unknown>;
}

const called: Call[] = [
  ...operations.map((operation: GqlOperation<unknown, unknown>) => ({ name: operation.name, make: () => gql(operation, {}, { timeoutMs: 50 }) })),
  ...routes.map((route: RestRoute<unknown, unknown, unknown>) => {
    const params = Object.fromEntries([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'x']));
    return { name: `${route.method} ${route.path}`, make: () => rest(route, { params, body: route.method === 'GET' ? undefined : {}, timeoutMs: 50 }) };
  }),
];

beforeEach(() => {
  connection.set({ endpoint: 'http://console.test', mode: 'SESSION', apiVersion: 'v8.20240915', managerVersion: '25.13.0' });
  sessionGuard.install(null);
});

afterEach(() => {
  vi.unstubAllGlobals();
  rateLimit.reset();
  connection.reset();
});

it('knows the calls', () => {
  expect(Object.keys(modules).length).toBeGreaterThan(10);
  expect(called.length).toBeGreaterThan(15);
});

describe.each(failures)('$how (REL-01, REL-02)', ({ answer, kinds }) => {
  it.each(called)('$name tells the cause and is made once', async ({ make }) => {
    const fetch = vi.fn((_url: string, init?: RequestInit) => Promise.resolve(answer(init)));
    vi.stubGlobal('fetch', fetch);
    const error = await make().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ClientError);
    expect(kinds).toContain((error as ClientError).kind);
    expect((error as ClientError).title).not.toBe('');
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe.each([
  ['nothing', ''],
  ['null', 'null'],
  ['a number', '42'],
  ['a list', '[1, "x", null]'],
  ['an empty object', '{}'],
  ['the wrong types everywhere', '{"data": {"user": 5, "keypair": "x", "groups": {}, "images": 1, "compute_session_nodes": []}, "result": 7, "presets": "x", "scaling_groups": 3}'],
])('an answer that is %s (REL-03)', (_what, body) => {
  it.each(called)('$name reads it or names the field, and never breaks', async ({ make }) => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status: 200, headers: { 'Content-Type': 'application/json' } })));
    const error = await make().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return;
    expect(error).toBeInstanceOf(ClientError);
    expect((error as ClientError).kind).toBe('shape');
    expect((error as ClientError).detail).toBeTruthy();
  });
});
