// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from './connection';
import { encryptPayload } from './encrypted-payload';
import { fakeFetch, json } from './fake-fetch';
import type { FakeNetwork } from './fake-fetch';
import { connect, extendSession, handshake, login, loginCheck, loginWithKeys, logout, tokenLogin, updateExpiredPassword } from './login';
import { requestLog } from './request-log';
import { sessionClock } from './session-clock';
import { sessionGuard } from './session-guard';

const probs = 'https://api.backend.ai/probs/';
const who = { access_key: 'AKIAEXAMPLE234567ABC', role: 'user', status: 'active' };
const inAnswer = () => json(200, { authenticated: true, data: who });
const checkIn = () => json(200, { authenticated: true, data: who, session_id: 'sid' });
const checkOut = () => json(200, { authenticated: false, data: null, session_id: null });
const version = () => json(200, { version: 'v8.20240915', manager: '25.6.3' });
const credentials = { username: 'user@example.com', password: 'hush-hush-1' };

let net: FakeNetwork;

beforeEach(() => {
  localStorage.clear();
  requestLog.clear();
  connection.reset();
  sessionGuard.install(null);
  connect('https://console.test');
  sessionClock.clear();
  net = fakeFetch({
    'GET /func/': version,
    'POST /server/login': inAnswer,
    'POST /server/login-check': checkIn,
    'POST /server/logout': () => new Response('200: OK'),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('handshake', () => {
  it('learns the versions and sends them back', async () => {
    expect(await handshake()).toEqual({ apiVersion: 'v8.20240915', managerVersion: '25.6.3' });
    expect(net.calls[0]?.headers.has('x-backendai-version')).toBe(false);
    await loginCheck();
    expect(net.calls[1]?.headers.get('x-backendai-version')).toBe('v8.20240915');
  });

  it('of another endpoint forgets the first', async () => {
    await handshake();
    connect('https://other.test');
    expect(connection.get()).toMatchObject({ endpoint: 'https://other.test', apiVersion: null, managerVersion: null });
  });
});

describe('login by session', () => {
  it('is in when login-check says so too, and starts the clock', async () => {
    expect(await login(credentials)).toEqual({ kind: 'in', accessKey: who.access_key, role: 'user', status: 'active' });
    expect(net.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /func/', 'POST /server/login', 'POST /server/login-check']);
    expect(JSON.parse(net.calls[1]?.body ?? '')).toEqual(credentials);
    expect(connection.get().accessKey).toBe(who.access_key);
    expect(sessionClock.get().remainingMs).toBeGreaterThan(604_000_000);
  });

  it('sends code and force where given', async () => {
    await login({ ...credentials, otp: '123456', force: true });
    expect(JSON.parse(net.calls[1]?.body ?? '')).toEqual({ ...credentials, otp: '123456', force: true });
  });

  it('ACC-015 never repeats a refused log-in, and takes two at once for one', async () => {
    net.on('POST /server/login', json(401, { authenticated: false, data: { type: `${probs}auth-failed`, details: 'User credential mismatch.' } }));
    const [first, second] = await Promise.all([login(credentials), login(credentials)]);
    expect(first).toMatchObject({ kind: 'refused', reason: 'mismatch' });
    expect(second).toBe(first);
    expect(net.count('POST /server/login')).toBe(1);
    expect(net.count('POST /server/login-check')).toBe(0);
  });

  it('takes "already logged in" for a success that login-check explains', async () => {
    net.on('POST /server/login', json(400, { type: `${probs}generic-bad-request`, title: 'You have already logged in.' }));
    expect(await login(credentials)).toMatchObject({ kind: 'in', accessKey: who.access_key });
    expect(net.count('POST /server/login')).toBe(1);
  });

  it('logs a monitor out at once (ACC-018)', async () => {
    net.on('POST /server/login', json(200, { authenticated: true, data: { ...who, role: 'monitor' } }));
    expect(await login(credentials)).toEqual({ kind: 'monitor' });
    expect(net.count('POST /server/logout')).toBe(1);
  });

  it('tells a lost cookie, after a try with the session id as header', async () => {
    net.on('POST /server/login', json(200, { authenticated: true, data: who }, { 'X-BackendAI-SessionID': 'sid-1' }));
    net.on('POST /server/login-check', checkOut);
    expect(await login(credentials)).toEqual({ kind: 'cookie-lost' });
    expect(net.calls.at(-1)?.headers.get('x-backendai-sessionid')).toBe('sid-1');
    expect(connection.get().sessionId).toBeUndefined();

    net.on('POST /server/login-check', (call) => (call.headers.get('x-backendai-sessionid') === 'sid-1' ? checkIn() : checkOut()));
    expect(await login(credentials)).toMatchObject({ kind: 'in' });
    expect(connection.get().sessionId).toBe('sid-1');
    expect(localStorage.length === 0 || !JSON.stringify({ ...localStorage }).includes('sid-1')).toBe(true);
  });

  it('throws where nobody answered, and logs without the password', async () => {
    net.on('POST /server/login', json(502, { type: `${probs}bad-gateway`, title: 'The proxy target server is inaccessible.' }));
    await expect(login(credentials)).rejects.toMatchObject({ kind: 'server', slug: 'bad-gateway' });
    net.on('POST /server/login', new TypeError('Failed to fetch'));
    await expect(login(credentials)).rejects.toMatchObject({ kind: 'network' });
    const log = JSON.stringify(requestLog.entries());
    expect(log).toContain('user@example.com');
    expect(log).not.toContain('hush-hush-1');
  });
});

describe('encrypted payload (ACC-023)', () => {
  const decodes = (body: string) => {
    const [iv = ''] = body.split(':');
    return body === encryptPayload('http://console.test:8090', JSON.stringify(credentials), iv);
  };

  it('is sent over plain http to another machine', async () => {
    connect('http://console.test:8090');
    await login(credentials);
    expect(net.calls[1]?.headers.get('x-backendai-encoded')).toBe('true');
    expect(net.calls[1]?.headers.get('content-type')).toBe('application/json');
    expect(decodes(net.calls[1]?.body ?? '')).toBe(true);
  });

  it.each([
    ['https://console.test', 'v8.20240915'],
    ['http://localhost:8090', 'v8.20240915'],
    ['http://127.0.0.1:8090', 'v8.20240915'],
    ['http://console.test:8090', 'v6.20220315'],
  ])('is not sent to %s at %s', async (endpoint, apiVersion) => {
    connect(endpoint);
    net.on('GET /func/', json(200, { version: apiVersion, manager: '22.03.1' }));
    await login(credentials);
    expect(net.calls[1]?.headers.has('x-backendai-encoded')).toBe(false);
    expect(JSON.parse(net.calls[1]?.body ?? '')).toEqual(credentials);
  });

  it('falls back to the plain body where the server cannot read it, and only then', async () => {
    connect('http://console.test:8090');
    net.on('POST /server/login', (call) =>
      call.headers.has('x-backendai-encoded')
        ? json(400, { type: `${probs}invalid-api-params`, title: 'You must provide the username field.' })
        : inAnswer(),
    );
    expect(await login(credentials)).toMatchObject({ kind: 'in' });
    expect(net.count('POST /server/login')).toBe(2);
    net.on('POST /server/login', json(400, { authenticated: false, data: { type: `${probs}rejected-by-hook`, details: 'OTP not provided' } }));
    expect(await login(credentials)).toEqual({ kind: 'otp', retry: false });
    expect(net.count('POST /server/login')).toBe(3);
  });
});

describe('other ways in', () => {
  it('ACC-041 logs in by a token with the extras, which cannot replace it', async () => {
    net.on('POST /server/token-login', inAnswer);
    expect(await tokenLogin('tok-1', { lang: 'ko', sToken: 'other' }, { otp: '123456' })).toMatchObject({ kind: 'in' });
    expect(JSON.parse(net.calls[1]?.body ?? '')).toEqual({ lang: 'ko', sToken: 'tok-1', otp: '123456' });
    expect(JSON.stringify(requestLog.entries())).not.toContain('tok-1');
  });

  const keys = { accessKey: 'AKIAEXAMPLE234567ABC', secretKey: 'cWbsM_vBB4CzTW7JdORRMx8SjGI3-wEXAMPLEKEY' };

  it('ACC-017 keys cannot go through a webserver', async () => {
    expect(await loginWithKeys(keys)).toEqual({ kind: 'session-mode-required' });
    expect(net.calls).toHaveLength(1);
    expect(net.calls[0]?.credentials).toBe('omit');
  });

  it('ACC-017 proves keys by a signed call', async () => {
    net = fakeFetch({
      'POST /server/login-check': json(404, { type: `${probs}url-not-found`, title: 'Unknown URL path.' }),
      'GET /': version,
      'POST /admin/gql': json(200, { data: { keypair: { access_key: keys.accessKey }, user: { role: 'user', status: 'active' } } }),
    });
    expect(await loginWithKeys(keys)).toEqual({ kind: 'in', accessKey: keys.accessKey, role: 'user', status: 'active' });
    expect(net.calls.at(-1)?.headers.get('authorization')).toContain(`credential=${keys.accessKey}:`);
    expect(JSON.stringify(requestLog.entries())).not.toContain(keys.secretKey);
  });

  it.each([
    [401, { type: `${probs}auth-failed`, title: 'Credential/signature mismatch.', msg: 'HMAC signature mismatch' }, 'mismatch'],
    [400, { type: `${probs}invalid-auth-params`, title: 'x', msg: 'Date/time sync error' }, 'other'],
  ])('tells refused keys (%i) and forgets them', async (status, body, reason) => {
    net = fakeFetch({
      'POST /server/login-check': new TypeError('CORS'),
      'GET /': version,
      'POST /admin/gql': json(status, body),
    });
    expect(await loginWithKeys(keys)).toEqual({ kind: 'refused', reason, detail: body.msg });
    expect(connection.get().secretKey).toBeUndefined();
  });
});

describe('expired password (ACC-022)', () => {
  const input = { username: 'u', currentPassword: 'a', newPassword: 'b' };
  it.each([
    [{ data: null, password_changed_at: '2025-01-01T00:00:00' }, { ok: true, changedAt: '2025-01-01T00:00:00' }],
    [{ password_changed_at: null }, { ok: true, changedAt: null }],
    [
      { data: { type: `${probs}rejected-by-hook`, title: 'Rejected', details: 'too short' } },
      { ok: false, slug: 'rejected-by-hook', title: 'Rejected', detail: 'too short' },
    ],
  ])('reads the 200 %j', async (body, result) => {
    net.on('POST /server/update-password-no-auth', json(200, body));
    expect(await updateExpiredPassword(input)).toEqual(result);
  });
});

describe('the session', () => {
  it('ACC-052 is extended only while it lives', async () => {
    net.on('POST /server/extend-login-session', json(200, { status: 201, expires: '2099-01-01T00:00:00+00:00' }));
    await extendSession();
    expect(sessionClock.get().endsAt).toBe(Date.parse('2099-01-01T00:00:00Z'));
    net.on('POST /server/login-check', checkOut);
    await expect(extendSession()).rejects.toMatchObject({ kind: 'auth' });
    expect(net.count('POST /server/extend-login-session')).toBe(1);
  });

  it('ends, and says whether the server heard', async () => {
    expect(await logout()).toBe(true);
    net.on('POST /server/logout', new TypeError('offline'));
    expect(await logout()).toBe(false);
  });
});
