import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LaunchError, launchApp } from './app-launch';
import type { LaunchRequest, LaunchStep } from './app-launch';
import { connection } from './connection';
import { fakeFetch, json } from './fake-fetch';
import { requestLog } from './request-log';

const request: LaunchRequest = {
  session: { id: 's1', resourceGroup: 'default', projectId: 'p1' },
  service: 'jupyter',
  wish: { app: 'jupyter', protocol: 'http', path: '/tree' },
  localProxy: 'http://127.0.0.1:5050/',
};
const ssh: LaunchRequest = { ...request, service: 'sshd', wish: { app: 'sshd', protocol: 'tcp' } };
const token = 'aaaa-token';
const proxy = 'http://proxy.example.org:10200';
const problem = (status: number, slug: string, title = 'x', more: object = {}) => json(status, { type: `https://api.backend.ai/probs/${slug}`, title, ...more });

const calls = {
  version: 'GET /func/scaling-groups/default/wsproxy-version',
  start: 'POST /func/session/s1/start-service',
  apps: 'GET /func/stream/session/s1/apps',
  add: `GET /v2/proxy/${token}/s1/add`,
  auth: 'GET /v2/proxy/auth',
  setup: 'GET /setup',
};

const good = () =>
  fakeFetch({
    [calls.version]: json(200, { wsproxy_version: 'v2' }),
    [calls.start]: json(200, { token, wsproxy_addr: `${proxy}/` }),
    [calls.add]: json(200, { code: 200, url: `${proxy}/v2/proxy/auth?token=${token}` }),
    [calls.auth]: json(200, { redirect_url: `${proxy}/setup?token=jwt-secret`, reuse: false }),
    [calls.setup]: json(200, { redirect: 'http://localhost:45678/start?gateway=tcp%3A%2F%2Fgw%3A10300' }),
  });

function open(what: LaunchRequest = request, signal?: AbortSignal) {
  const steps: LaunchStep[] = [];
  return { steps, result: launchApp(what, { onStep: (step) => steps.push(step), signal }) };
}

const failure = (what: LaunchRequest = request) =>
  open(what).result.then(
    () => 'opened',
    (error: unknown) => (error instanceof LaunchError ? error.failure : String(error)),
  );

beforeEach(() => {
  vi.stubGlobal('window', { location: { protocol: 'http:', origin: 'http://console.test' }, addEventListener: () => undefined });
  connection.set({ endpoint: 'http://console.test', mode: 'SESSION', apiVersion: 'v8.20240915', managerVersion: '25.5.2' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  connection.reset();
  requestLog.clear();
});

describe('from the click to an address (SES-C20, SES-C41)', () => {
  it('goes step by step, without cookie and without a word of the token in the log (SEC-07)', async () => {
    const network = good();
    const { steps, result } = open();
    expect(await result).toEqual({ kind: 'web', url: `${proxy}/setup?token=jwt-secret`, mixed: false });
    expect(steps).toEqual(['proxy', 'start', 'address']);
    const [version, , add] = network.calls;
    expect(version?.path).toContain('group=p1');
    expect(add?.url).toBe(`${proxy}/v2/proxy/${token}/s1/add?app=jupyter&protocol=http&redirect=%2Ftree`);
    expect([add?.credentials, [...(add?.headers.keys() ?? [])]]).toEqual(['omit', ['accept']]);
    const log = JSON.stringify(requestLog.entries());
    expect(log).toContain('/v2/proxy/');
    expect(log).not.toContain(token);
    expect(log).not.toContain('jwt-secret');
  });

  it('asks the worker for the gateway of what is no web page', async () => {
    good();
    expect(await open(ssh).result).toEqual({ kind: 'gateway', gateway: { host: 'gw', port: 10300 } });
    expect(JSON.stringify(requestLog.entries())).not.toContain('jwt-secret');
  });

  it('an older manager without the question has the old local proxy (SES-C40)', async () => {
    const network = good();
    network.on(calls.version, problem(404, 'url-not-found'));
    network.on('PUT /conf', new TypeError('Failed to fetch'));
    network.on('POST /server/login-check', json(200, { authenticated: true, data: null, session_id: 'sid' }));
    expect(await failure()).toBe('local-proxy-unreachable');
    expect(JSON.parse(network.calls.at(-1)?.body ?? '')).toMatchObject({ session: 'sid', auth_mode: 'header', endpoint: 'http://console.test' });
    network.on('PUT /conf', json(200, { token: 'tt' }));
    network.on('GET /proxy/tt/s1/add', json(200, { code: 200, proxy: '127.0.0.1:30001', url: 'javascript:alert(1)' }));
    expect(await failure()).toBe('no-address');
    expect(await open(ssh).result).toEqual({ kind: 'gateway', gateway: { host: '127.0.0.1', port: 30001 } });
    connection.set({ mode: 'API', accessKey: 'AK', secretKey: 'SK' });
    network.on('GET /scaling-groups/default/wsproxy-version', json(200, { wsproxy_version: 'v1' }));
    await failure();
    expect(JSON.stringify(requestLog.entries())).not.toContain('"SK"');
  });

  it('pitfall 7: from https the tab goes to http by itself; another program’s address can’t be asked', async () => {
    vi.stubGlobal('window', { location: { protocol: 'https:', origin: 'https://console.test' }, addEventListener: () => undefined });
    const network = good();
    expect(await open().result).toEqual({ kind: 'web', url: `${proxy}/v2/proxy/auth?app=jupyter&protocol=http&redirect=%2Ftree&token=${token}&session_id=s1`, mixed: true });
    expect(await failure(ssh)).toBe('mixed-content');
    expect(network.count(calls.add)).toBe(0);
  });
});

describe('SES-290 every way of failing', () => {
  it.each([
    ['no such group', calls.version, problem(404, 'object-not-found'), 'no-app-proxy'],
    ['the manager can’t tell', calls.version, problem(500, 'internal-server-error'), 'proxy-check-failed'],
    ['forbidden', calls.version, problem(403, 'generic-forbidden'), 'other'],
    ['no coordinator', calls.start, problem(503, 'service-unavailable'), 'no-app-proxy'],
    ['the manager is away', calls.start, problem(503, 'manager-connection-unavailable'), 'other'],
    ['no agent yet', calls.start, problem(500, 'agent-not-allocated'), 'session-not-running'],
    ['it did not start', calls.start, problem(500, 'internal-server-error'), 'app-not-started'],
    ['refused', calls.start, problem(400, 'invalid-api-params'), 'app-refused'],
    ['no network', calls.start, new TypeError('Failed to fetch'), 'other'],
    ['an address that is none', calls.start, json(200, { token, wsproxy_addr: 'javascript:alert(1)' }), 'no-app-proxy'],
    ['the proxy is away', calls.add, new TypeError('Failed to fetch'), 'proxy-unreachable'],
    ['not JSON', calls.add, new Response('<html>'), 'proxy-refused'],
    ['another shape', calls.auth, json(200, { redirect_url: 5 }), 'proxy-refused'],
    ['a tab for a script', calls.auth, json(200, { redirect_url: 'javascript:alert(1)' }), 'no-address'],
    ['full', calls.auth, problem(503, 'worker-not-available'), 'worker-full'],
    ['taken', calls.auth, problem(409, 'port-not-available'), 'port-taken'],
    ['bad token', calls.auth, problem(401, 'invalid-credentials'), 'proxy-refused'],
  ] as const)('%s', async (_what, route, answer, expected) => {
    good().on(route, answer);
    expect(await failure()).toBe(expected);
  });

  it('a 404 is told apart by what the manager lists, not by its words', async () => {
    const network = good();
    network.on(calls.start, problem(404, 'object-not-found', 'No such thing.'));
    network.on(calls.apps, json(200, [{ name: 'ttyd', protocol: 'http', ports: [7681] }]));
    expect(await failure()).toBe('app-not-found');
    network.on(calls.apps, problem(404, 'object-not-found'));
    expect(await failure()).toBe('session-not-running');
  });

  it('no gateway in the worker’s answer', async () => {
    good().on(calls.setup, json(200, { redirect: 'http://localhost:45678/start' }));
    expect(await failure(ssh)).toBe('no-address');
  });

  it('500 to 502 are asked six times in all, a second apart, then it is not up (SES-C41)', async () => {
    vi.useFakeTimers();
    const network = good();
    network.on(calls.auth, problem(502, 'bad-gateway'));
    const told = failure();
    await vi.advanceTimersByTimeAsync(4500);
    expect(network.count(calls.auth)).toBe(5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await told).toBe('app-not-up');
    expect(network.count(calls.auth)).toBe(6);
    expect(network.count(calls.start)).toBe(1);
  });

  it('30 seconds are the limit for all of it', async () => {
    vi.useFakeTimers();
    good().on(calls.add, 'hang');
    const told = failure();
    await vi.advanceTimersByTimeAsync(30_100);
    expect(await told).toBe('slow');
  });

  it('who gives up hears no failure, and nothing more is asked', async () => {
    const network = good();
    network.on(calls.add, 'hang');
    const controller = new AbortController();
    const { result } = open(request, controller.signal);
    await vi.waitFor(() => expect(network.count(calls.add)).toBe(1));
    controller.abort();
    await expect(result).rejects.toHaveProperty('name', 'AbortError');
    expect(network.count(calls.auth)).toBe(0);
  });
});
