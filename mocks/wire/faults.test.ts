// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from '../cluster/api';
import { createCluster } from '../cluster/cluster';
import type { Client } from './test-calls';
import { listen, loggedIn } from './test-calls';
import type { Wire } from './wire';
import { createWire } from './wire';

let cluster: Cluster;
let wire: Wire;
let user: Client;
let waited: number[];

beforeEach(async () => {
  waited = [];
  cluster = createCluster({ seed: 'demo', version: '26.8.1' });
  wire = createWire(cluster, {
    delay: async (ms) => {
      waited.push(ms);
    },
  });
  user = await loggedIn(wire, 'user');
});

const role = () => user.call('GET', '/func/auth/role');

describe('faults at the door', () => {
  it('strike as often as asked, then no more', async () => {
    cluster.faults.add({ match: '/func/auth/*', kind: 'status', status: 503, times: 2 });
    expect([(await role()).status, (await role()).status, (await role()).status]).toEqual([503, 503, 200]);
    cluster.faults.add({ match: '/func/auth/*', kind: 'status', status: 418, body: { odd: true }, headers: { 'Retry-After': '7' } });
    const lasting = await role();
    expect([lasting.status, lasting.body, lasting.headers.get('retry-after')]).toEqual([418, { odd: true }, '7']);
    expect((await role()).status).toBe(418);
    cluster.faults.clear();
    expect((await role()).status).toBe(200);
  });

  it('know GraphQL operations by name', async () => {
    cluster.faults.add({ match: 'Me', kind: 'status', status: 500, times: 1 });
    expect((await user.call('POST', '/func/admin/gql', { query: 'query Other { user { email } }' })).status).toBe(200);
    expect((await user.call('POST', '/func/admin/gql', { query: '# who\nquery Me { user { email } }' })).status).toBe(500);
  });

  it('delay', async () => {
    cluster.faults.add({ match: '/func/*', kind: 'latency', ms: 4321, times: 1 });
    expect((await role()).status).toBe(200);
    expect(waited).toEqual([4321]);
  });

  it('break bodies', async () => {
    cluster.faults.add({ match: '/func/auth/role', kind: 'broken-json', times: 1 });
    expect((await role()).body).toBeTypeOf('string');
    cluster.faults.add({ match: '/func/auth/role', kind: 'html', times: 1 });
    const html = await role();
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    cluster.faults.add({ match: '/func/auth/role', kind: 'truncated', times: 1 });
    await expect(role()).rejects.toThrow('cut');
    cluster.faults.add({ match: '/func/auth/role', kind: 'network', times: 1 });
    expect((await user.send('GET', '/func/auth/role')).type).toBe('error');
  });

  it('throttle as the manager does, without its headers', async () => {
    cluster.faults.add({ match: '/func/*', kind: 'throttle', times: 1 });
    const answer = await role();
    expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([429, null]);
    expect(answer.body).toMatchObject({ type: 'https://api.backend.ai/probs/rate-limit-exceeded' });
  });

  it('end the log-in (ACC-053)', async () => {
    cluster.faults.add({ match: '/func/auth/role', kind: 'expired', times: 1 });
    const answer = await role();
    expect([answer.status, answer.body]).toEqual([401, { type: 'https://api.backend.ai/probs/auth-failed', title: 'Unauthorized access' }]);
    expect((await user.call('POST', '/server/login-check')).body).toMatchObject({ authenticated: false });
  });

  it('drop event streams (REL-05)', async () => {
    cluster.faults.add({ match: '/func/events/*', kind: 'drop', times: 1 });
    const stream = listen(await user.send('GET', '/func/events/session'));
    await stream.done;
    expect(stream.events()).toEqual([]);
    expect(wire.openStreams()).toBe(0);
  });

  it('strike the bare manager by the same names', async () => {
    cluster.faults.add({ match: '/func/auth/role', kind: 'status', status: 500 });
    const response = await wire.handle(new Request('http://manager.example.org:8091/auth/role'), { front: 'manager' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([500, '*']);
  });
});
