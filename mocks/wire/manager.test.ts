// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { createCluster } from '../cluster/cluster';
import { signatureOf } from './crypto';
import type { Wire } from './wire';
import { createWire } from './wire';

const NOW = Date.parse('2025-05-08T03:04:05.678Z');
const KEY = 'AKIAUSEREXAMPLE23456';
const SECRET = 'demo-secret-key-of-the-user-000000000001';
const HOST = 'manager.example.net:8081';

let wire: Wire;

beforeEach(() => {
  wire = createWire(createCluster({ seed: 'demo', version: '26.8.1' }), { wall: () => NOW });
});

interface Wanted {
  method?: string;
  path?: string;
  secret?: string;
  key?: string;
  date?: string;
  version?: string | null;
  body?: string;
}

async function signed({ method = 'GET', path = '/auth/role', secret = SECRET, key = KEY, date = '2025-05-08T03:04:05.678Z', version = 'v9.20250722', body }: Wanted) {
  const contentType = 'application/json';
  const signature = signatureOf({ method, path, date, host: HOST, contentType, version: version ?? '' }, secret) ?? '';
  const response = await wire.handle(
    new Request(`http://${HOST}${path}`, {
      method,
      headers: {
        'Content-Type': contentType,
        'X-BackendAI-Date': date,
        ...(version === null ? {} : { 'X-BackendAI-Version': version }),
        Authorization: `BackendAI signMethod=HMAC-SHA256, credential=${key}:${signature}`,
      },
      ...(body === undefined ? {} : { body }),
    }),
    { front: 'manager' },
  );
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}

describe('calls straight to the manager (API mode)', () => {
  it('accepts a good signature, for reads, writes and GraphQL', async () => {
    expect((await signed({})).body).toMatchObject({ global_role: 'user' });
    expect((await signed({ path: '/scaling-groups?group=default' })).body).toHaveProperty('scaling_groups');
    const gql = await signed({ method: 'POST', path: '/admin/gql', body: '{"query":"{ user { email } }"}' });
    expect(gql.body).toEqual({ data: { user: { email: 'user@example.com' } }, errors: null });
  });

  it.each<[string, Wanted, number, string]>([
    ['another secret', { secret: 'demo-secret-key-of-the-user-000000000002' }, 401, 'HMAC signature mismatch'],
    ['an unknown key', { key: 'AKIAUNKNOWN234567234' }, 401, 'Access key not found in HMAC'],
    ['a wrong clock', { date: '2025-05-08T04:04:05.678Z' }, 400, 'Date/time sync error'],
    ['no API version', { version: null }, 400, 'API version missing in request headers'],
  ])('refuses %s', async (_what, wanted, status, msg) => {
    const answer = await signed(wanted);
    expect([answer.status, answer.body.msg]).toEqual([status, msg]);
    expect(answer.body.type).toBe(`https://api.backend.ai/probs/${status === 401 ? 'auth-failed' : 'invalid-auth-params'}`);
  });

  it.each([
    ['BackendAI', 'Malformed authorization header'],
    ['Bearer abc', 'Invalid authorization type name'],
    ['BackendAI credential=AKIAUSEREXAMPLE23456:0', 'Missing or malformed authorization parameters'],
    ['BackendAI signMethod=HMAC-SHA256, credential=AKIAUSEREXAMPLE23456', 'Missing or malformed authorization parameters'],
    ['BackendAI signMethod=RSA-SHA256, credential=AKIAUSEREXAMPLE23456:0', 'Unsupported request signing method (MAC type)'],
    ['BackendAI signMethod=HMAC-NONE, credential=AKIAUSEREXAMPLE23456:0', 'Unsupported request signing method (hash type)'],
  ])('refuses %j', async (authorization, msg) => {
    const answer = await wire.handle(
      new Request(`http://${HOST}/auth/role`, { headers: { 'X-BackendAI-Date': new Date(NOW).toISOString(), Authorization: authorization } }),
      { front: 'manager' },
    );
    expect([answer.status, await answer.json()]).toMatchObject([400, { type: 'https://api.backend.ai/probs/invalid-auth-params', msg }]);
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('takes the date in its own zone', async () => {
    expect((await signed({ date: '2025-05-08T12:04:05.678+09:00' })).status).toBe(200);
  });

  it('knows no webserver calls and no cookies', async () => {
    const plain = (path: string, init?: RequestInit) => wire.handle(new Request(`http://${HOST}${path}`, init), { front: 'manager' });
    expect(await (await plain('/')).json()).toEqual({ version: 'v9.20250722', manager: '26.8.1' });
    expect((await plain('/server/login-check', { method: 'POST' })).status).toBe(404);
    const unsigned = await plain('/auth/role', { headers: { 'X-BackendAI-Date': new Date(NOW).toISOString() } });
    expect([unsigned.status, await unsigned.json()]).toMatchObject([401, { msg: 'Unauthorized access' }]);
    // The clock is asked first.
    const timeless = await plain('/auth/role');
    expect([timeless.status, await timeless.json()]).toMatchObject([400, { msg: 'Date/time sync error' }]);
  });

  it('allows any origin with four headers only', async () => {
    const response = await wire.handle(new Request(`http://${HOST}/admin/gql`, { method: 'OPTIONS' }), { front: 'manager' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')?.split(', ')).toHaveLength(4);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });
});
