// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { connection } from './connection';
import { ClientError, toClientError } from './errors';
import type { ClientErrorKind } from './errors';
import { cut, fakeFetch, html, json } from './fake-fetch';
import { rateLimit } from './rate-limit';
import { requestLog } from './request-log';
import { sessionGuard } from './session-guard';
import { defineOperation, defineRoute, gql, operations, rest, routes, vars } from './transport';

const query = defineOperation({
  name: 'Things',
  kind: 'query',
  document: (can) => `query Things($id: String) { things(id: $id) { id ${can('priority') ? 'priority' : ''} } }`,
  data: z.object({ things: z.array(z.object({ id: z.string() })) }),
  variables: vars<{ id?: string }>(),
});
const mutation = defineOperation({
  name: 'EndThing',
  kind: 'mutation',
  document: 'mutation EndThing($id: String!) { end_thing(id: $id) { ok msg } }',
  data: z.object({ end_thing: z.object({ ok: z.boolean(), msg: z.nullish(z.string()) }) }),
  variables: vars<{ id: string }>(),
});
const readLogs = defineRoute({
  name: 'read-logs',
  method: 'GET',
  path: '/session/{id}/logs',
  query: z.object({ kernel_id: z.optional(z.string()) }),
  result: z.object({ result: z.object({ logs: z.string() }) }),
});
const create = defineRoute({
  name: 'create-thing',
  method: 'POST',
  path: '/thing',
  body: z.object({ name: z.string() }),
  result: z.object({ id: z.string() }),
});

const gqlPath = 'POST /func/admin/gql';

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(ClientError);
  return error as ClientError;
}

beforeEach(() => {
  sessionGuard.install(null);
  rateLimit.reset();
  requestLog.clear();
  connection.reset();
  connection.set({ endpoint: 'https://console.test', apiVersion: 'v8.20240915', managerVersion: '25.6.3' });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('calls', () => {
  it('sends version, date, type and cookie, and knows what the version can', async () => {
    const net = fakeFetch({ [gqlPath]: json(200, { data: { things: [{ id: 'a', extra: 1 }] }, errors: null }) });
    expect(await gql(query, { id: 'a' })).toEqual({ things: [{ id: 'a' }] });
    const [call] = net.calls;
    expect(call?.headers.get('x-backendai-version')).toBe('v8.20240915');
    expect(Date.parse(call?.headers.get('x-backendai-date') ?? '')).not.toBeNaN();
    expect(call?.headers.get('content-type')).toBe('application/json');
    expect(call?.headers.get('x-backendai-sessionid')).toBeNull();
    expect(call?.headers.get('authorization')).toBeNull();
    expect(call?.credentials).toBe('include');
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ variables: { id: 'a' }, query: expect.stringContaining('priority') as string });
    connection.set({ managerVersion: '24.03.1', sessionId: 'abc' });
    await gql(query, {});
    expect(net.calls[1]?.body).not.toContain('priority');
    expect(net.calls[1]?.headers.get('x-backendai-sessionid')).toBe('abc');
  });

  it('SEC-10 encodes path parts and queries', async () => {
    const net = fakeFetch({});
    net.on('GET /func/session/..%2F..%2Fadmin%3Fx%23y/logs', json(200, { result: { logs: 'x' } }));
    await rest(readLogs, { params: { id: '../../admin?x#y' }, query: { kernel_id: 'a&b=c' } });
    expect(net.calls[0]?.path).toBe('/func/session/..%2F..%2Fadmin%3Fx%23y/logs?kernel_id=a%26b%3Dc');
    for (const id of ['', '..', '%2e%2e']) {
      const error = await failure(rest(readLogs, { params: { id } }));
      expect(error.kind).toBe('invalid');
    }
    expect((await failure(rest(readLogs, {}))).kind).toBe('invalid');
    expect(net.calls).toHaveLength(1);
  });

  it('SEC-12 every write carries a JSON type', async () => {
    const net = fakeFetch({ 'POST /func/thing': json(201, { id: '1' }) });
    await rest(create, { body: { name: 'x' } });
    expect(net.calls[0]?.headers.get('content-type')).toBe('application/json');
    expect(net.calls[0]?.headers.has('x-backendai-date')).toBe(true);
  });

  it('API mode asks the manager itself, signed, without cookie', async () => {
    connection.set({ endpoint: 'https://manager.test/base', mode: 'API', accessKey: 'AKIAEXAMPLE234567ABC', secretKey: 's' });
    const net = fakeFetch({ 'POST /base/admin/gql': json(200, { data: { things: [] } }) });
    await gql(query, {});
    expect(net.calls[0]?.headers.get('authorization')).toMatch(
      /^BackendAI signMethod=HMAC-SHA256, credential=AKIAEXAMPLE234567ABC:[0-9a-f]{64}$/,
    );
    expect(net.calls[0]?.credentials).toBe('omit');
  });

  it('reads an empty body as null and a text as it is', async () => {
    fakeFetch({ 'DELETE /func/x': new Response(null, { status: 204 }), 'GET /func/y': new Response('# text') });
    const noBody = defineRoute({ name: 'x', method: 'DELETE', path: '/x', result: z.null() });
    const text = defineRoute({ name: 'y', method: 'GET', path: '/y', result: z.string(), answer: 'text' });
    expect(await rest(noBody)).toBeNull();
    expect(await rest(text)).toBe('# text');
  });

  it('registers operations and routes for the contract', () => {
    expect(operations.map(({ name }) => name)).toContain('Things');
    expect(routes.map(({ name }) => name)).toContain('create-thing');
  });
});

/** Every way to fail: what the wire does and what the pages get (REL-01, REL-02). */
const failures: [string, () => Response | Error | 'hang', ClientErrorKind, Partial<ClientError>][] = [
  ['400', () => json(400, { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'Missing or invalid API parameters.', msg: 'Bad name', error_code: 'api_generic_invalid-parameters' }), 'invalid', { status: 400, slug: 'invalid-api-params', detail: 'Bad name', errorCode: 'api_generic_invalid-parameters' }],
  ['400 already exists', () => json(400, { type: 'https://api.backend.ai/probs/session-already-exists', title: 'The session already exists', data: { existingSessionId: 'x' } }), 'conflict', { data: { existingSessionId: 'x' } }],
  ['400 forbidden by its code', () => json(400, { type: 'https://api.backend.ai/probs/storage-permission-not-allowed', title: 'No', error_code: 'storage_access_forbidden' }), 'forbidden', {}],
  ['400 without a type', () => json(400, { error_msg: 'new password mismatch' }), 'invalid', { title: 'new password mismatch', slug: undefined }],
  ['403', () => json(403, { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden operation.', msg: 'Insufficient privileges' }), 'forbidden', { detail: 'Insufficient privileges' }],
  ['403 of a proxy', () => new Response('no', { status: 403, statusText: 'Forbidden' }), 'forbidden', { title: 'Forbidden', detail: undefined }],
  ['404', () => json(404, { type: 'https://api.backend.ai/probs/object-not-found', title: 'No such session.' }), 'not-found', { title: 'No such session.' }],
  ['409', () => json(409, { type: 'https://api.backend.ai/probs/x', title: 'Busy' }), 'conflict', {}],
  ['412', () => json(412, { type: 'https://api.backend.ai/probs/quota-exceeded', title: 'Full', data: { limit: 1 } }), 'conflict', { data: { limit: 1 } }],
  ['429', () => json(429, { type: 'https://api.backend.ai/probs/rate-limit-exceeded', title: 'Too many' }, { 'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Window': '900' }), 'rate-limited', { retryAfter: 900, limit: 1000 }],
  ['500', () => json(500, { type: 'https://api.backend.ai/probs/internal-server-error', title: 'Internal server error.' }), 'server', { status: 500, slug: 'internal-server-error' }],
  ['502 with a page of HTML', () => html(502), 'server', { status: 502, slug: undefined, detail: undefined }],
  ['502 bad-gateway', () => json(502, { type: 'https://api.backend.ai/probs/bad-gateway', title: 'The proxy target server is inaccessible.' }), 'server', { slug: 'bad-gateway' }],
  ['503 server-frozen', () => json(503, { type: 'https://api.backend.ai/probs/server-frozen', title: 'Frozen' }), 'server', { slug: 'server-frozen' }],
  ['503 manager-connection-unavailable', () => json(503, { type: 'https://api.backend.ai/probs/manager-connection-unavailable', title: 'x' }), 'server', { slug: 'manager-connection-unavailable' }],
  ['time-out', () => 'hang', 'timeout', { status: undefined }],
  ['no network', () => new TypeError('Failed to fetch'), 'network', { status: undefined, title: 'Failed to fetch' }],
  ['answer broken off', () => cut('{"data": {"thi', false), 'network', {}],
  ['answer cut in the middle', () => cut('{"data": {"thi'), 'shape', { status: 200, detail: 'the answer is no complete JSON' }],
  ['a page of HTML with 200', () => html(200), 'shape', { detail: 'an HTML page instead of JSON' }],
];

describe.each(failures)('REL-01 REL-02 %s', (_, answer, kind, facts) => {
  const calls: [string, string, () => Promise<unknown>][] = [
    ['query', gqlPath, () => gql(query, {}, { timeoutMs: 20 })],
    ['mutation', gqlPath, () => gql(mutation, { id: 'x' }, { timeoutMs: 20 })],
    ['REST read', 'GET /func/session/a/logs', () => rest(readLogs, { params: { id: 'a' }, timeoutMs: 20 })],
    ['REST write', 'POST /func/thing', () => rest(create, { body: { name: 'x' }, timeoutMs: 20 })],
  ];
  it.each(calls)(`${kind} for a %s, sent once, and logged`, async (__, route, run) => {
    const net = fakeFetch({ [route]: answer() });
    const error = await failure(run());
    expect(error.kind).toBe(kind);
    expect(error).toMatchObject(facts);
    expect(error.title).not.toBe('');
    expect(error.title).not.toContain('<');
    expect(net.calls).toHaveLength(1);
    expect(requestLog.entries().at(-1)).toMatchObject({ isError: true, statusCode: error.status ?? 0, title: error.title });
  });
});

describe('REL-03 shapes', () => {
  it.each([
    ['missing', {}, 'things: expected array'],
    ['null', { things: null }, 'things: expected array'],
    ['wrongly typed', { things: [{ id: 'a' }, { id: 3 }] }, 'things[1].id: expected string'],
  ])('names the field that is %s', async (_, data, detail) => {
    fakeFetch({ [gqlPath]: json(200, { data }) });
    const error = await failure(gql(query, {}));
    expect(error).toMatchObject({ kind: 'shape', operation: 'Things', detail });
  });

  it('names a missing answer', async () => {
    fakeFetch({ [gqlPath]: json(200, 'hello') });
    expect(await failure(gql(query, {}))).toMatchObject({ kind: 'shape', detail: '(answer): expected object' });
  });
});

describe('GraphQL errors', () => {
  const rows: [string, unknown, ClientErrorKind][] = [
    ['Forbidden operation. (superadmin privilege required)', { code: 'backendai_generic_forbidden' }, 'forbidden'],
    ['Insufficient privilege.', { code: 'user_auth_forbidden' }, 'forbidden'],
    ['Insufficient privilege.', undefined, 'forbidden'],
    ['No such scaling group. (x)', { code: 'scaling-group_read_not-found' }, 'not-found'],
    ['No such agent.', undefined, 'not-found'],
    ['Duplicate Resource Preset', { code: 'resource-preset_generic_conflict' }, 'conflict'],
    ['Missing or invalid API parameters.', { code: 'api_generic_invalid-parameters' }, 'invalid'],
    ['Query filter parsing error', { code: 'backendai_generic_internal-error' }, 'server'],
    ["Cannot query field 'x' on type 'User'.", undefined, 'invalid'],
  ];
  it.each(rows)('%s (%j) is %s', async (message, extensions, kind) => {
    fakeFetch({ [gqlPath]: json(200, { data: { things: null }, errors: [{ message, extensions }] }) });
    expect(await failure(gql(query, {}))).toMatchObject({ kind, status: 200, title: message, data: { things: null } });
  });

  it('tells all messages, and keeps the partial data', async () => {
    const data = { things: [{ id: 'a' }] };
    fakeFetch({ [gqlPath]: json(200, { data, errors: [{ message: 'one' }, { message: 'two' }] }) });
    expect(await failure(gql(query, {}))).toMatchObject({ title: 'one', detail: 'one\ntwo', data });
    expect(await gql({ ...query, partial: true }, {})).toEqual(data);
  });

  it('a partial answer that does not fit is still its error', async () => {
    fakeFetch({ [gqlPath]: json(200, { data: { things: null }, errors: [{ message: 'one' }] }) });
    expect((await failure(gql({ ...query, partial: true }, {}))).title).toBe('one');
  });
});

describe('giving up and waiting', () => {
  it('hands the caller its own reason', async () => {
    fakeFetch({ [gqlPath]: 'hang' });
    const controller = new AbortController();
    const promise = gql(query, {}, { signal: controller.signal });
    controller.abort(new Error('left the page'));
    await expect(promise).rejects.toThrow('left the page');
  });

  it('ACC-125 reads stop for the window of a rate limit, writes may try', async () => {
    vi.useFakeTimers();
    const refusal = json(429, { type: 'https://api.backend.ai/probs/rate-limit-exceeded', title: 'Too many' }, { 'X-RateLimit-Limit': '100', 'X-RateLimit-Window': '900' });
    const net = fakeFetch({ [gqlPath]: refusal, 'POST /func/thing': json(201, { id: '1' }) });
    await failure(gql(query, {}));
    expect(rateLimit.get()).toMatchObject({ limit: 100, window: 900 });
    vi.advanceTimersByTime(300_000);
    expect(await failure(gql(query, {}))).toMatchObject({ kind: 'rate-limited', retryAfter: 600, limit: 100 });
    expect((await failure(rest(readLogs, { params: { id: 'a' } }))).kind).toBe('rate-limited');
    expect(net.calls).toHaveLength(1);
    await rest(create, { body: { name: 'x' } });
    expect(net.calls).toHaveLength(2);
    vi.advanceTimersByTime(600_000);
    expect(rateLimit.get()).toBeNull();
    net.on(gqlPath, json(200, { data: { things: [] } }));
    expect(await gql(query, {})).toEqual({ things: [] });
  });

  it('takes any thrown value for an error of the client', () => {
    expect(toClientError(new TypeError('x'), 'op')).toMatchObject({ kind: 'network', operation: 'op', title: 'x' });
    expect(toClientError(new DOMException('late', 'TimeoutError')).kind).toBe('timeout');
    expect(toClientError('odd').title).toBe('odd');
    const known = new ClientError({ kind: 'auth', title: 'x', operation: 'y' });
    expect(toClientError(known)).toBe(known);
  });

  it('ACC-122 the log holds no secrets of a call', async () => {
    fakeFetch({ 'POST /func/thing': json(201, { id: '1' }) });
    await rest({ ...create, body: undefined } as unknown as typeof create, { body: { name: 'x', password: 'hushhush1' } as { name: string } });
    expect(requestLog.entries().at(-1)).toMatchObject({ isError: false, statusCode: 201, requestMethod: 'POST', requestUrl: 'https://console.test/func/thing' });
    expect(JSON.stringify(requestLog.entries())).not.toContain('hushhush1');
  });
});
