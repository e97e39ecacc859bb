// @vitest-environment node
import { cbc } from '@noble/ciphers/aes.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from '../cluster/api';
import { createCluster } from '../cluster/cluster';
import type { Client } from './test-calls';
import { client, loggedIn, ORIGIN } from './test-calls';
import type { Wire } from './wire';
import { createWire } from './wire';

const USER = { username: 'user@example.com', password: 'user-Demo-1' };

let cluster: Cluster;
let wire: Wire;
let browser: Client;

function start(version: string): void {
  cluster = createCluster({ seed: 'demo', version });
  wire = createWire(cluster);
  browser = client(wire);
}

beforeEach(() => start('26.8.1'));

describe('log-in through the webserver (access-and-shell "Webserver session")', () => {
  it('gives the session id by cookie and header, and tells it at login-check', async () => {
    const answer = await browser.call('POST', '/server/login', USER);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ authenticated: true, data: { access_key: 'AKIAUSEREXAMPLE23456', role: 'user', status: 'active' } });
    const id = answer.headers.get('X-BackendAI-SessionID');
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(browser.jar.get()).toBe(id);
    expect(answer.headers.getSetCookie()[0]).toMatch(new RegExp(`^AIOHTTP_SESSION=${id ?? ''}; expires=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00; HttpOnly; Max-Age=604800; Path=/$`));
    expect((await browser.call('POST', '/server/login-check')).body).toEqual({
      authenticated: true,
      data: { access_key: 'AKIAUSEREXAMPLE23456', role: 'user', status: 'active' },
      session_id: id,
    });
    const again = await browser.call('POST', '/server/login', USER);
    expect(again.status).toBe(400);
    expect(again.body).toEqual({ type: 'https://api.backend.ai/probs/generic-bad-request', title: 'You have already logged in.' });
  });

  it('lets the header win over the cookie', async () => {
    const other = await loggedIn(wire, 'admin');
    await browser.call('POST', '/server/login', USER);
    const check = await browser.call('POST', '/server/login-check', undefined, { 'X-BackendAI-SessionID': other.jar.get() ?? '' });
    expect(check.body).toMatchObject({ data: { role: 'superadmin' } });
  });

  it('refuses calls without a session and forgets it at log-out', async () => {
    const refused = await browser.call('GET', '/func/folders');
    expect([refused.status, refused.body]).toEqual([401, { type: 'https://api.backend.ai/probs/auth-failed', title: 'Unauthorized access' }]);
    expect((await browser.call('POST', '/server/login-check')).body).toEqual({ authenticated: false, data: null, session_id: null });
    await browser.call('POST', '/server/login', USER);
    expect((await browser.call('GET', '/func/folders')).status).toBe(200);
    const out = await browser.call('POST', '/server/logout');
    expect([out.status, out.body]).toEqual([200, '200: OK']);
    expect((await browser.call('GET', '/func/folders')).status).toBe(401);
  });

  it.each([
    ['25.5.2', 200],
    ['26.3.0', 200],
    ['26.8.1', 401],
  ])('answers a wrong password at %s with %d', async (version, status) => {
    start(version);
    const answer = await browser.call('POST', '/server/login', { ...USER, password: 'nope' });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      authenticated: false,
      data: { type: 'https://api.backend.ai/probs/auth-failed', title: 'Credential/signature mismatch.', details: 'User credential mismatch.' },
    });
  });

  it('names a missing field', async () => {
    const answer = await browser.call('POST', '/server/login', { username: 'user@example.com' });
    expect([answer.status, answer.body]).toEqual([400, { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'You must provide the password field.' }]);
    const rubbish = await browser.call('POST', '/server/login', 'no JSON');
    expect([rubbish.status, rubbish.body]).toMatchObject([400, { title: 'You must provide the username field.' }]);
  });

  it('blocks an id after ten failures for 20 minutes (ACC-015)', async () => {
    for (let i = 0; i < 10; i += 1) await browser.call('POST', '/server/login', { ...USER, password: 'nope' });
    const blocked = await browser.call('POST', '/server/login', USER);
    expect([blocked.status, blocked.body]).toEqual([429, { type: 'https://api.backend.ai/probs/too-many-requests', title: 'Too many failed login attempts' }]);
    cluster.advance('20m');
    expect((await browser.call('POST', '/server/login', USER)).status).toBe(200);
  });

  it('asks for a one-time password where the account has it', async () => {
    const user = Object.values(cluster.state.users).find((row) => row.email === USER.username);
    if (!user) throw new Error('no user');
    user.totpActivated = true;
    const asked = await browser.call('POST', '/server/login', USER);
    expect(asked.status).toBe(200);
    expect(asked.body).toMatchObject({ authenticated: false, data: { type: 'https://api.backend.ai/probs/require-totp-authentication', title: 'Two-Factor Authentication needed.' } });
    const wrong = await browser.call('POST', '/server/login', { ...USER, otp: 'none' });
    expect(wrong.body).toMatchObject({ authenticated: false, data: { type: 'https://api.backend.ai/probs/rejected-by-hook', details: 'Invalid TOTP code provided' } });
    expect((await browser.call('POST', '/server/login', { ...USER, otp: user.otpCode })).body).toMatchObject({ authenticated: true });
  });

  it('opens an encoded body, and fails over rubbish (ACC-023)', async () => {
    const iv = '0123456789abcdef';
    const bytes = (text: string) => new TextEncoder().encode(text);
    const encoded = (endpoint: string) =>
      `${iv}:${Buffer.from(cbc(bytes((btoa(endpoint) + iv + iv).slice(0, 32)), bytes(iv)).encrypt(bytes(JSON.stringify(USER)))).toString('base64')}`;
    const headers = { 'X-BackendAI-Encoded': 'true' };
    expect((await browser.call('POST', '/server/login', encoded('http://elsewhere.example.org'), headers)).status).toBe(500);
    expect((await browser.call('POST', '/server/login', encoded(ORIGIN), headers)).body).toMatchObject({ authenticated: true });
  });

  it('extends a log-in, and makes an empty session when there is none (ACC-052)', async () => {
    const empty = await browser.call('POST', '/server/extend-login-session');
    expect(empty.body).toMatchObject({ status: 201 });
    expect((await browser.call('POST', '/server/login-check')).body).toMatchObject({ authenticated: false });
    browser.jar.set(null);
    cluster.state.settings.loginSessionLife = 60;
    await browser.call('POST', '/server/login', USER);
    cluster.advance('50s');
    const { body } = await browser.call('POST', '/server/extend-login-session');
    expect((body as { expires: string }).expires).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    cluster.advance('50s');
    expect((await browser.call('POST', '/server/login-check')).body).toMatchObject({ authenticated: true });
    cluster.advance('10s');
    expect((await browser.call('POST', '/server/login-check')).body).toMatchObject({ authenticated: false });
  });

  it('refuses a token log-in', async () => {
    const answer = await browser.call('POST', '/server/token-login', { sToken: 'x' });
    expect([answer.status, answer.body]).toMatchObject([400, { title: 'You must provide cookie-based authentication token' }]);
  });

  it('replaces an expired password with 200 either way (ACC-022)', async () => {
    cluster.state.settings.maxPasswordAge = 90;
    for (const user of Object.values(cluster.state.users)) user.passwordChangedAt = cluster.now - 100 * 86_400_000;
    expect((await browser.call('POST', '/server/login', USER)).body).toMatchObject({ data: { type: 'https://api.backend.ai/probs/password-expired' } });
    const change = (fields: Record<string, unknown>) => browser.call('POST', '/server/update-password-no-auth', { username: USER.username, current_password: USER.password, ...fields });
    expect((await change({})).status).toBe(400);
    const weak = await change({ new_password: 'weak' });
    expect([weak.status, weak.body]).toMatchObject([200, { data: { type: 'https://api.backend.ai/probs/rejected-by-hook' } }]);
    const good = await change({ new_password: 'Better-one-1' });
    expect([good.status, good.body]).toMatchObject([200, { data: null, password_changed_at: expect.any(String) as string }]);
    expect((await browser.call('POST', '/server/login', { ...USER, password: 'Better-one-1' })).body).toMatchObject({ authenticated: true });
  });
});

describe('what the webserver relays', () => {
  it('tells the version to anybody, with the rate limit (access-and-shell "Version handshake")', async () => {
    const { body, headers } = await browser.call('GET', '/func/');
    expect(body).toEqual({ version: 'v9.20250722', manager: '26.8.1' });
    expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-window')]).toEqual(['1000', '900']);
  });

  it('refuses unknown paths and unknown API versions', async () => {
    const user = await loggedIn(wire, 'user');
    const unknown = await user.call('GET', '/func/no/such/route');
    expect([unknown.status, unknown.body]).toEqual([
      404,
      { type: 'https://api.backend.ai/probs/url-not-found', title: 'Unknown URL path.', error_code: 'api_read_not-found', data: '/no/such/route' },
    ]);
    const version = await user.call('GET', '/func/auth/role', undefined, { 'X-BackendAI-Version': 'v1.20000101' });
    expect([version.status, version.body]).toMatchObject([400, { type: 'https://api.backend.ai/probs/generic-bad-request', msg: 'Unsupported API version.' }]);
  });

  it('counts calls and throttles the key', async () => {
    const user = await loggedIn(wire, 'user');
    const keypair = cluster.state.keypairs.AKIAUSEREXAMPLE23456;
    if (!keypair) throw new Error('no keypair');
    keypair.rateLimit = 2;
    expect((await user.call('GET', '/func/auth/role')).headers.get('x-ratelimit-remaining')).toBe('1');
    expect((await user.call('GET', '/func/auth/role')).status).toBe(200);
    const throttled = await user.call('GET', '/func/auth/role');
    expect([throttled.status, throttled.body]).toMatchObject([429, { error_code: 'api_access_unavailable' }]);
    expect(throttled.headers.get('x-ratelimit-limit')).toBeNull();
    cluster.advance('15m');
    expect((await user.call('GET', '/func/auth/role')).status).toBe(200);
  });

  it('has calls of its own only: others are 405, as is one that came later', async () => {
    const other = await browser.call('POST', '/server/nonsense');
    expect([other.status, other.body]).toEqual([405, '405: Method Not Allowed']);
    const older = client(createWire(createCluster({ seed: 'demo', version: '24.03.12' })));
    expect((await older.call('POST', '/server/extend-login-session')).status).toBe(405);
  });

  it('serves config.toml with its own address', async () => {
    const answer = await browser.send('GET', '/config.toml');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toContain(`apiEndpoint = "${ORIGIN}"`);
  });
});
