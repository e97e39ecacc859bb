// @vitest-environment node
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunningServer, ServerOptions } from './server';
import { startServer } from './server';

let server: RunningServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  server = await startServer({ port: 0, speed: 0, version: '26.8', ...options });
  return server;
}

const steer = async (url: string, what: string, body: unknown = {}) =>
  (await fetch(`${url}/__simulation/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json() as Promise<Record<string, unknown>>;

describe('the simulated cluster as a server', () => {
  it('answers like a webserver, with a cookie', async () => {
    const { url } = await start();
    expect(await (await fetch(url)).json()).toEqual({ version: 'v9.20250722', manager: '26.8.1' });
    const login = await fetch(`${url}/server/login`, { method: 'POST', body: JSON.stringify({ username: 'user@example.com', password: 'user-Demo-1' }) });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^AIOHTTP_SESSION=[0-9a-f]{32}$/);
    const role = await fetch(`${url}/func/auth/role`, { headers: { Cookie: cookie } });
    expect(await role.json()).toMatchObject({ global_role: 'user' });
    const config = await fetch(`${url}/config.toml`);
    expect(await config.text()).toContain(`apiEndpoint = "${url}"`);
  });

  it('has the bare manager on its own port', async () => {
    const { managerUrl } = await start();
    expect(await (await fetch(managerUrl)).json()).toMatchObject({ manager: '26.8.1' });
    expect((await fetch(`${managerUrl}/server/login-check`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${managerUrl}/auth/role`, { headers: { 'X-BackendAI-Date': new Date().toISOString() } })).status).toBe(401);
  });

  it('is steered over HTTP', async () => {
    const { url } = await start({ clock: '2026-01-01T00:00:00Z' });
    expect(await steer(url, 'advance', { by: '5s' })).toEqual({ now: '2026-01-01T00:00:05.000000+00:00' });
    await steer(url, 'faults', { add: { match: '/func/', kind: 'status', status: 503 } });
    expect((await fetch(`${url}/func/`)).status).toBe(503);
    expect(await steer(url, 'faults', { clear: true })).toEqual({ faults: [] });
    expect(await steer(url, 'seed', { seed: 'empty', version: '24.03' })).toMatchObject({ version: '24.03.12' });
    expect((await fetch(`${url}/__simulation/nothing`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/__simulation/advance`)).status).toBe(404);
  });

  it('cuts the connection for a network fault', async () => {
    const { url, faults } = await start();
    faults.add({ match: '/func/', kind: 'network', times: 1 });
    await expect(fetch(`${url}/func/`)).rejects.toThrow(TypeError);
    faults.add({ match: '/func/', kind: 'truncated', times: 1 });
    await expect(fetch(`${url}/func/`).then((response) => response.text())).rejects.toThrow(Error);
  });

  it('streams events over HTTP and lets go of them', async () => {
    const { url, cluster } = await start();
    const login = await fetch(`${url}/server/login`, { method: 'POST', body: JSON.stringify({ username: 'admin@example.com', password: 'admin-Demo-1' }) });
    const sessionId = login.headers.get('X-BackendAI-SessionID') ?? '';
    const aborting = new AbortController();
    const stream = await fetch(`${url}/func/events/session`, { headers: { 'X-BackendAI-SessionID': sessionId }, signal: aborting.signal });
    const reader = stream.body?.getReader();
    cluster.events.emit({ name: 'session_started', data: { sessionId: 'x' }, kind: 'session', about: { userId: 'x' } });
    const chunk = await reader?.read();
    expect(new TextDecoder().decode(chunk?.value)).toBe('event: session_started\r\ndata: {"sessionId":"x"}\r\n\r\n');
    aborting.abort();
  });

  it('serves a console as the webserver does (SEC-06)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'console-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><script nonce="{{nonce}}"></script><style nonce="{{nonce}}"></style>');
    await writeFile(join(folder, 'assets', 'app-1.js'), 'export {};');
    const { url, managerUrl } = await start({ static: folder });
    const html = { headers: { Accept: 'text/html' } };
    const page = await fetch(`${url}/sessions?tab=batch`, html);
    const text = await page.text();
    const nonce = /nonce="([\w-]+)"/.exec(text)?.[1] ?? 'none';
    expect(text.match(new RegExp(nonce, 'g'))).toHaveLength(2);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain(`connect-src 'self' ${managerUrl}`);
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await (await fetch(url, html)).text()).not.toContain(nonce);
    expect(await (await fetch(url)).json()).toMatchObject({ manager: '26.8.1' });
    const asset = await fetch(`${url}/assets/app-1.js`);
    expect([asset.headers.get('content-type'), asset.headers.get('cache-control')]).toEqual(['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
    expect((await fetch(`${url}/assets/gone-2.js`)).status).toBe(404);
    expect((await fetch(`${url}/%2e%2e%2f%2e%2e%2fetc%2fpasswd`)).headers.get('content-type')).toContain('text/html');
    await rm(folder, { recursive: true });
  });
});
