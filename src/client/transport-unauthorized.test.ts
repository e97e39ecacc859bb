// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { connection } from './connection';
import { fakeFetch, json } from './fake-fetch';
import { rateLimit } from './rate-limit';
import { sessionGuard } from './session-guard';
import { defineOperation, defineRoute, gql, openStream, rest, vars } from './transport';

const probs = 'https://api.backend.ai/probs/';
/** The webserver knows no session. */
const noSession = () => json(401, { type: `${probs}auth-failed`, title: 'Unauthorized access' });
/** The manager refused. */
const refused = (msg: string) => json(401, { type: `${probs}auth-failed`, title: 'Credential/signature mismatch.', msg });

const query = defineOperation({
  name: 'Things',
  kind: 'query',
  document: 'query Things { things }',
  data: z.object({ things: z.array(z.string()) }),
});
const mutation = defineOperation({
  name: 'EndThing',
  kind: 'mutation',
  document: 'mutation EndThing($id: String!) { end_thing(id: $id) { ok } }',
  data: z.object({ end_thing: z.object({ ok: z.boolean() }) }),
  variables: vars<{ id: string }>(),
});
const password = defineRoute({
  name: 'update-password',
  method: 'POST',
  path: '/auth/update-password',
  body: z.object({ old_password: z.string() }),
  result: z.unknown(),
  unauthorized: 'invalid',
});
const anonymous = defineRoute({ name: 'signup', method: 'POST', path: '/auth/signup', result: z.unknown(), anonymous: true });
const stream = defineRoute<undefined, unknown>({ name: 'stream', method: 'GET', path: '/events/session', result: z.unknown() });

const gqlPath = 'POST /func/admin/gql';
const good = () => json(200, { data: { things: ['a'] } });

/** A guard whose answers the test decides. */
function guard(options: { alive: boolean | Error }) {
  const state = { alive: options.alive, expired: false, checks: 0, expirations: 0 };
  let waiters: ((again: boolean) => void)[] = [];
  sessionGuard.install({
    isAlive: () => {
      state.checks += 1;
      return state.alive instanceof Error ? Promise.reject(state.alive) : Promise.resolve(state.alive);
    },
    expire: () => {
      state.expired = true;
      state.expirations += 1;
    },
    isExpired: () => state.expired,
    loggedInAgain: () => (state.expired ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve(true)),
  });
  return {
    state,
    waiting: () => waiters.length,
    end(again: boolean) {
      state.expired = false;
      sessionGuard.forget();
      for (const resolve of waiters) resolve(again);
      waiters = [];
    },
  };
}

beforeEach(() => {
  connection.reset();
  rateLimit.reset();
  connection.set({ endpoint: 'https://console.test', apiVersion: 'v8.20240915', managerVersion: '25.6.3' });
});
afterEach(() => {
  vi.unstubAllGlobals();
  sessionGuard.install(null);
});

describe('401: the log-in is gone (ACC-053)', () => {
  it('REL-04 a burst makes one check, waits for one log-in, and each call is made once more', async () => {
    const door = guard({ alive: false });
    let loggedIn = false;
    const net = fakeFetch({
      [gqlPath]: (call) => {
        if (!loggedIn) return noSession();
        return call.body.includes('EndThing') ? json(200, { data: { end_thing: { ok: true } } }) : good();
      },
    });
    const calls = Promise.all([gql(query, {}), gql(query, {}), gql(mutation, { id: 'x' })]);
    await vi.waitFor(() => expect(door.waiting()).toBe(3));
    expect(door.state).toMatchObject({ checks: 1, expired: true });
    loggedIn = true;
    door.end(true);
    expect(await calls).toEqual([{ things: ['a'] }, { things: ['a'] }, { end_thing: { ok: true } }]);
    expect(net.calls).toHaveLength(6);
  });

  it('a call that begins while nobody is logged in waits without asking', async () => {
    const door = guard({ alive: false });
    door.state.expired = true;
    const net = fakeFetch({ [gqlPath]: good });
    const call = gql(query, {});
    await vi.waitFor(() => expect(door.waiting()).toBe(1));
    expect(net.calls).toHaveLength(0);
    door.end(true);
    expect(await call).toEqual({ things: ['a'] });
  });

  it('is an error of kind auth where the log-in was given up', async () => {
    const door = guard({ alive: false });
    fakeFetch({ [gqlPath]: noSession });
    const call = gql(query, {});
    await vi.waitFor(() => expect(door.waiting()).toBe(1));
    door.end(false);
    await expect(call).rejects.toMatchObject({ kind: 'auth', status: 401 });
  });

  it('gives up after one more try', async () => {
    const door = guard({ alive: false });
    const net = fakeFetch({ [gqlPath]: noSession });
    const call = gql(query, {});
    await vi.waitFor(() => expect(door.waiting()).toBe(1));
    door.end(true);
    await expect(call).rejects.toMatchObject({ kind: 'auth' });
    expect(net.calls).toHaveLength(2);
  });

  it('stops waiting when the page gives up', async () => {
    const door = guard({ alive: false });
    fakeFetch({ [gqlPath]: noSession });
    const controller = new AbortController();
    const call = gql(query, {}, { signal: controller.signal });
    await vi.waitFor(() => expect(door.waiting()).toBe(1));
    controller.abort(new Error('left'));
    await expect(call).rejects.toThrow('left');
  });

  it('is told by federated GraphQL inside a 200, and by a body of type auth-failed', async () => {
    for (const body of [
      { data: null, errors: [{ message: 'x', extensions: { response: { status: 401 } } }] },
      { type: `${probs}auth-failed`, title: 'Unauthorized access' },
    ]) {
      const door = guard({ alive: false });
      let loggedIn = false;
      fakeFetch({ [gqlPath]: () => (loggedIn ? good() : json(200, body)) });
      const call = gql(query, {});
      await vi.waitFor(() => expect(door.waiting()).toBe(1));
      loggedIn = true;
      door.end(true);
      expect(await call).toEqual({ things: ['a'] });
    }
  });

  it('a late answer from before the log-in does not ask for another one', async () => {
    const door = guard({ alive: false });
    let letGo: (() => void) | undefined;
    let loggedIn = false;
    const late = new Promise<void>((resolve) => (letGo = resolve));
    const net = fakeFetch({
      [gqlPath]: async (call) => {
        if (loggedIn) return good();
        if (call.body.includes('"n":2')) await late;
        return noSession();
      },
    });
    const first = gql(query, {});
    const second = gql(query, { n: 2 } as unknown as Record<string, never>);
    await vi.waitFor(() => expect(door.waiting()).toBe(1));
    loggedIn = true;
    door.state.alive = true;
    door.end(true);
    await first;
    letGo?.();
    expect(await second).toEqual({ things: ['a'] });
    expect(door.state).toMatchObject({ checks: 2, expirations: 1 });
    expect(net.calls).toHaveLength(4);
  });

  it('opens a stream again after the log-in', async () => {
    const door = guard({ alive: false });
    let loggedIn = false;
    fakeFetch({ 'GET /func/events/session': () => (loggedIn ? new Response('event: x\n\n') : noSession()) });
    const opened = openStream(stream, { signal: new AbortController().signal });
    await vi.waitFor(() => expect(door.waiting()).toBe(1));
    loggedIn = true;
    door.end(true);
    expect((await opened).status).toBe(200);
  });
});

describe('401: the log-in lives', () => {
  it('a role too low (up to 26.2) is forbidden, and nobody is logged out', async () => {
    const door = guard({ alive: true });
    const net = fakeFetch({ [gqlPath]: () => refused('Unauthorized access') });
    await expect(gql(query, {})).rejects.toMatchObject({ kind: 'forbidden', status: 401, detail: 'Unauthorized access' });
    expect(door.state).toMatchObject({ checks: 1, expired: false });
    expect(net.calls).toHaveLength(1);
  });

  it('a wrong old password is invalid', async () => {
    const door = guard({ alive: true });
    fakeFetch({ 'POST /func/auth/update-password': () => refused('Old password mismatch') });
    await expect(rest(password, { body: { old_password: 'x' } })).rejects.toMatchObject({
      kind: 'invalid',
      status: 401,
      detail: 'Old password mismatch',
    });
    expect(door.state.expired).toBe(false);
  });

  it('a check that fails is the error, and the next 401 asks again', async () => {
    const door = guard({ alive: new Error('offline') });
    fakeFetch({ [gqlPath]: () => refused('x') });
    await expect(gql(query, {})).rejects.toThrow('offline');
    expect(door.state.expired).toBe(false);
    door.state.alive = true;
    await expect(gql(query, {})).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('anonymous calls and calls about the log-in tell a 401 as it is', async () => {
    const door = guard({ alive: true });
    fakeFetch({ 'POST /func/auth/signup': noSession, [gqlPath]: noSession });
    await expect(rest(anonymous)).rejects.toMatchObject({ kind: 'auth', status: 401 });
    await expect(gql(query, {}, { unguarded: true })).rejects.toMatchObject({ kind: 'auth', status: 401 });
    expect(door.state.checks).toBe(0);
  });
});
