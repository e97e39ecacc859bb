// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import type { Simulation } from './node';
import { startSimulation } from './node';

let sim: Simulation | undefined;

afterEach(() => {
  sim?.stop();
  sim = undefined;
});

const post = (path: string, body?: unknown, init: RequestInit = {}) =>
  fetch(new URL(path, location.href), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...init,
  });

describe('the simulation behind fetch, in a page without a server', () => {
  it('keeps the cookie as a browser does', async () => {
    sim = startSimulation({ version: '26.8' });
    expect(sim.cluster.version).toBe('26.8.1');
    expect(await (await post('/server/login-check')).json()).toMatchObject({ authenticated: false });
    expect((await post('/server/login', { username: 'user@example.com', password: 'user-Demo-1' })).status).toBe(200);
    expect(await (await post('/server/login-check')).json()).toMatchObject({ authenticated: true });
    expect(await (await post('/server/login-check', undefined, { credentials: 'omit' })).json()).toMatchObject({ authenticated: false });
    expect(sim.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(4).fill(0).map((_, i) => `POST /server/login${i === 1 ? '' : '-check'}`));
  });

  it('logs in by name and remembers what was asked', async () => {
    sim = startSimulation({ account: 'admin' });
    const answer = await post('/func/admin/gql', { query: 'query Me { user { role } }' });
    expect(await answer.json()).toEqual({ data: { user: { role: 'superadmin' } } });
    expect(sim.requests[0]).toMatchObject({ operation: 'Me', body: { query: 'query Me { user { role } }' } });
    sim.expireLogin();
    expect((await post('/func/admin/gql', { query: '{ user { role } }' })).status).toBe(401);
    sim.loginAs('user2');
    expect(await (await post('/func/admin/gql', { query: '{ user { email } }' })).json()).toMatchObject({ data: { user: { email: 'user2@example.com' } } });
    sim.reset();
    expect(sim.requests).toEqual([]);
  });

  it('streams events, ends them with the reader, and can cut them', async () => {
    sim = startSimulation({ account: 'user' });
    const aborting = new AbortController();
    const first = await fetch(new URL('/func/events/session', location.href), { signal: aborting.signal });
    const second = await fetch(new URL('/func/events/session', location.href));
    expect(sim.openStreams()).toBe(2);
    aborting.abort();
    await expect.poll(() => sim?.openStreams()).toBe(1);
    await first.body?.cancel().catch(() => undefined);
    sim.dropStreams();
    expect(await second.text()).toBe('');
  });

  it('turns a network fault into a failed fetch', async () => {
    sim = startSimulation({ account: 'user' });
    sim.faults.add({ match: '/func/auth/role', kind: 'network', times: 1 });
    await expect(fetch(new URL('/func/auth/role', location.href))).rejects.toThrow(TypeError);
    sim.faults.add({ match: '/func/auth/role', kind: 'truncated', times: 1 });
    const cut = await fetch(new URL('/func/auth/role', location.href));
    await expect(cut.json()).rejects.toThrow(Error);
  });
});

it('GitHub’s API tells of the repositories that the containers see', async () => {
  const simulation = startSimulation({ seed: 'empty' });
  try {
    expect(await (await fetch('https://api.github.com/repos/lab/mnist')).json()).toMatchObject({ default_branch: 'main' });
    expect((await fetch('https://api.github.com/repos/lab/missing')).status).toBe(404);
  } finally {
    simulation.stop();
  }
});
