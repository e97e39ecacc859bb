// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { readLocal, readSession, writeLocal, writeSession } from '../lib/storage';
import { authChannel } from './auth-channel';
import type { AuthMessage } from './auth-channel';
import { authStore } from './auth-store';
import { defaultSiteConfig } from './config';
import type { SiteConfig } from './config';
import { connection } from './connection';
import { fakeFetch, json } from './fake-fetch';
import type { FakeNetwork } from './fake-fetch';
import { login } from './login';
import { createConsoleQueryClient } from './query-policy';
import { requestLog } from './request-log';
import { sessionClock } from './session-clock';

const endpoint = 'https://console.test';
const config: SiteConfig = { ...defaultSiteConfig, general: { ...defaultSiteConfig.general, apiEndpoint: endpoint } };
const gqlPath = 'POST /func/admin/gql';

function me(key: string, uuid = 'uuid-1', role = 'user') {
  return json(200, {
    data: {
      keypair: { access_key: key, resource_policy: 'default' },
      user: {
        uuid,
        username: 'ann',
        email: 'ann@example.com',
        full_name: 'Ann',
        role,
        domain_name: 'default',
        need_password_change: false,
        groups: [{ id: 'p1', name: 'default' }],
      },
      groups: [{ id: 'p1', name: 'default', type: 'GENERAL', is_active: true, domain_name: 'default' }],
    },
  });
}

/** A webserver with one session, whose user the test changes. */
const server = { key: null as string | null, uuid: 'uuid-1', role: 'user', reachable: true };
let net: FakeNetwork;
let reloads: number;

function check() {
  if (!server.reachable) throw new TypeError('offline');
  const data = server.key === null ? null : { access_key: server.key, role: server.role, status: 'active' };
  return json(200, { authenticated: data !== null, data, session_id: 'sid' });
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  Object.assign(server, { key: null, uuid: 'uuid-1', role: 'user', reachable: true });
  reloads = 0;
  authStore.reset();
  net = fakeFetch({
    'GET /func/': () => (server.reachable ? json(200, { version: 'v8.20240915', manager: '25.6.3' }) : new TypeError('offline')),
    'POST /server/login-check': check,
    'POST /server/login': () => {
      server.key = 'KEY-A';
      return json(200, { authenticated: true, data: { access_key: 'KEY-A', role: 'user', status: 'active' } });
    },
    'POST /server/logout': () => {
      if (!server.reachable) throw new TypeError('offline');
      server.key = null;
      return new Response('200: OK');
    },
    [gqlPath]: () =>
      server.key === null
        ? json(401, { type: 'https://api.backend.ai/probs/auth-failed', title: 'Unauthorized access' })
        : me(server.key, server.uuid, server.role),
  });
});
afterEach(() => {
  authStore.reset();
  vi.unstubAllGlobals();
});

const start = () => authStore.start(config, { reload: () => (reloads += 1) });

async function inside(): Promise<void> {
  server.key = 'KEY-A';
  await start();
  expect(authStore.get().phase).toBe('in');
}

async function expired(): Promise<void> {
  await inside();
  server.key = null;
  authStore.expire();
  expect(authStore.get().phase).toBe('expired');
}

/** What another tab of this browser says. */
function otherTab(message: AuthMessage): void {
  const channel = new BroadcastChannel('bai.auth');
  channel.postMessage(message);
  setTimeout(() => channel.close(), 50);
}

describe('start (ACC-020)', () => {
  it('PER-02 tells as soon as the browser is known, before it is asked who that is, and else never', async () => {
    const asked: number[] = [];
    const onKnown = () => asked.push(net.count(gqlPath));
    await authStore.start(config, { onKnown });
    expect(asked).toEqual([]);
    server.key = 'KEY-A';
    await authStore.start(config, { onKnown });
    expect(asked).toEqual([0]);
  });

  it('is in where the browser still has its session', async () => {
    server.key = 'KEY-A';
    await start();
    expect(authStore.get()).toMatchObject({ phase: 'in', me: { email: 'ann@example.com', accessKey: 'KEY-A' } });
    expect(connection.get()).toMatchObject({ endpoint, managerVersion: '25.6.3', accessKey: 'KEY-A' });
    expect(net.calls).toHaveLength(3);
  });

  it('is out without a word where it has none, and says so where nobody answers', async () => {
    await start();
    expect(authStore.get()).toEqual({ phase: 'out' });
    server.reachable = false;
    await start();
    expect(authStore.get()).toEqual({ phase: 'out', notice: 'unreachable' });
  });

  it('says nothing of a server that the site does not name', async () => {
    server.reachable = false;
    await authStore.start(defaultSiteConfig, { endpoint });
    expect(authStore.get()).toEqual({ phase: 'out' });
  });

  it('is cancelled by a log-in by hand', async () => {
    let answerLate: (() => void) | undefined;
    const late = new Promise<void>((resolve) => (answerLate = resolve));
    let first = true;
    net.on('POST /server/login-check', async () => {
      if (!first) return check();
      first = false;
      await late;
      return check();
    });
    const silent = start();
    await vi.waitFor(() => expect(net.count('POST /server/login-check')).toBe(1));
    expect(await login({ username: 'ann', password: 'x' })).toMatchObject({ kind: 'in' });
    answerLate?.();
    await silent;
    expect(authStore.get()).toEqual({ phase: 'out' });
    expect(net.count(gqlPath)).toBe(0);
    await authStore.enter();
    expect(authStore.get().phase).toBe('in');
  });

  it('ACC-018 a monitor is logged out with a word', async () => {
    server.key = 'KEY-M';
    server.role = 'monitor';
    await start();
    expect(authStore.get()).toEqual({ phase: 'out', notice: 'monitor' });
    expect(server.key).toBeNull();
  });
});

describe('enter', () => {
  it('ACC-019 an account without a record is logged out with a word', async () => {
    server.key = 'KEY-A';
    net.on(gqlPath, json(200, { data: { keypair: null, user: null, groups: null } }));
    await start();
    expect(authStore.get()).toEqual({ phase: 'out', notice: 'no-account' });
    expect(server.key).toBeNull();
  });

  it('throws where the account cannot be asked for, and lets nobody in', async () => {
    await start();
    server.key = 'KEY-A';
    net.on(gqlPath, json(502, { type: 'https://api.backend.ai/probs/bad-gateway', title: 'x' }));
    await expect(authStore.enter()).rejects.toMatchObject({ kind: 'server' });
    net.on(gqlPath, json(200, { data: { keypair: 1 } }));
    await expect(authStore.enter()).rejects.toMatchObject({ kind: 'shape' });
    expect(authStore.get()).toEqual({ phase: 'out' });
    expect(server.key).toBe('KEY-A');
  });
});

describe('leave (SEC-08, ACC-050)', () => {
  it('empties caches, drafts, clock and log, and tells the server', async () => {
    await inside();
    const client = createConsoleQueryClient();
    client.setQueryData(['sessions'], ['x']);
    writeSession('draft', { name: 'x' });
    writeLocal('theme', 'dark');
    sessionClock.begin();
    const leaving = authStore.leave();
    expect(authStore.get()).toEqual({ phase: 'out', notice: 'logged-out' });
    expect(client.getQueryData(['sessions'])).toBeUndefined();
    await leaving;
    expect(server.key).toBeNull();
    expect(readSession('draft', z.unknown())).toBeNull();
    expect(requestLog.entries()).toEqual([]);
    expect(Object.keys(localStorage)).toEqual(['bai.theme']);
    expect(connection.get().accessKey).toBeUndefined();
  });

  it('empties what a page writes on its way out', async () => {
    await inside();
    const off = authStore.subscribe(() => writeSession('draft', 1));
    await authStore.leave();
    off();
    await vi.waitFor(() => expect(readSession('draft', z.unknown())).toBeNull());
  });

  it('holds when the server cannot be reached, also at the next start', async () => {
    await inside();
    server.reachable = false;
    await authStore.leave();
    expect(authStore.get().phase).toBe('out');
    await start();
    expect(authStore.get().phase).toBe('out');
    // Reachable again: the log-out is made up for before anybody is let in.
    server.reachable = true;
    expect(server.key).toBe('KEY-A');
    await start();
    expect(authStore.get()).toEqual({ phase: 'out' });
    expect(server.key).toBeNull();
  });

  it('is heard by the other tabs', async () => {
    await inside();
    writeSession('draft', 1);
    otherTab({ kind: 'left', endpoint });
    await vi.waitFor(() => expect(authStore.get()).toEqual({ phase: 'out', notice: 'other-tab' }));
    expect(readSession('draft', z.unknown())).toBeNull();
  });

  it('of another endpoint is not ours', async () => {
    await inside();
    otherTab({ kind: 'left', endpoint: 'https://other.test' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(authStore.get().phase).toBe('in');
  });
});

it('SEC-08 nothing stays of somebody who went without a log-out', async () => {
  await inside();
  writeSession('draft', { name: 'x' });
  writeLocal('user.note', 'hers');
  // The browser was closed and the session ran out; the same person comes back, then somebody else.
  await start();
  expect(readSession('draft', z.unknown())).toEqual({ name: 'x' });
  server.key = null;
  server.uuid = 'uuid-2';
  await start();
  expect(authStore.get().phase).toBe('out');
  await login({ username: 'bob', password: 'x' });
  await authStore.enter();
  expect(authStore.get().phase).toBe('in');
  expect(readSession('draft', z.unknown())).toBeNull();
  expect(readLocal('user.note', z.unknown())).toBeNull();
  expect(sessionClock.get().remainingMs).toBeGreaterThan(604_000_000);
});

describe('expire and resume (ACC-053)', () => {
  it('REL-04 goes on as the same user, and keeps what was typed', async () => {
    await expired();
    writeSession('draft', { name: 'x' });
    await login({ username: 'ann', password: 'x' });
    expect(await authStore.resume()).toBe('resumed');
    expect(authStore.get().phase).toBe('in');
    expect(readSession('draft', z.unknown())).toEqual({ name: 'x' });
    expect(reloads).toBe(0);
  });

  it('goes on as the same person with another main key', async () => {
    await expired();
    server.key = 'KEY-NEW';
    expect(await authStore.resume()).toBe('resumed');
    expect(authStore.get()).toMatchObject({ phase: 'in', me: { accessKey: 'KEY-NEW' } });
  });

  it('as another user loads anew, without the drafts of the first', async () => {
    await expired();
    writeSession('draft', { name: 'x' });
    Object.assign(server, { key: 'KEY-B', uuid: 'uuid-2' });
    expect(await authStore.resume()).toBe('reload');
    expect(reloads).toBe(1);
    expect(readSession('draft', z.unknown())).toBeNull();
  });

  it('stays expired while the server knows nobody', async () => {
    await expired();
    expect(await authStore.resume()).toBe('expired');
    expect(authStore.get().phase).toBe('expired');
  });

  it('a log-in in another tab opens this one too', async () => {
    await expired();
    server.key = 'KEY-A';
    otherTab({ kind: 'entered', endpoint, accessKey: 'KEY-A' });
    await vi.waitFor(() => expect(authStore.get().phase).toBe('in'));
  });
});

describe('two tabs, two users', () => {
  const focus = () => window.dispatchEvent(new Event('focus'));

  it('at focus another user at the cookie loads the page anew', async () => {
    await inside();
    server.key = 'KEY-B';
    focus();
    await vi.waitFor(() => expect(reloads).toBe(1));
    expect(authStore.get()).toEqual({ phase: 'out' });
  });

  it('at focus a lost session asks for the log-in, and the same one changes nothing', async () => {
    await inside();
    const before = net.count('POST /server/login-check');
    focus();
    focus();
    await vi.waitFor(() => expect(net.count('POST /server/login-check')).toBe(before + 1));
    expect(authStore.get().phase).toBe('in');
    authStore.reset();
    await inside();
    server.key = null;
    focus();
    await vi.waitFor(() => expect(authStore.get().phase).toBe('expired'));
    expect(reloads).toBe(0);
  });

  it('a log-in as another user in another tab is heard at once', async () => {
    await inside();
    otherTab({ kind: 'entered', endpoint, accessKey: 'KEY-B' });
    await vi.waitFor(() => expect(reloads).toBe(1));
  });
});

describe('the clock', () => {
  it('ACC-052 at its end the server is asked, and only a lost session expires', async () => {
    await inside();
    sessionClock.begin(0.02);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(authStore.get().phase).toBe('in');
    server.key = null;
    sessionClock.begin(0.02);
    await vi.waitFor(() => expect(authStore.get().phase).toBe('expired'));
  });
});

it('the channel can be used without a listener', () => {
  expect(() => authChannel.tell({ kind: 'left', endpoint })).not.toThrow();
});
