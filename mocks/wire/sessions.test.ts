// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from '../cluster/api';
import { createCluster } from '../cluster/cluster';
import type { Client } from './test-calls';
import { listen, loggedIn, projectId, settle } from './test-calls';
import type { Wire } from './wire';
import { createWire } from './wire';

const REQUEST = {
  clientSessionToken: 'wire-1',
  image: 'cr.example.org/stable/python:3.12-ubuntu22.04',
  architecture: 'x86_64',
  type: 'interactive',
  group: 'default',
  domain: 'default',
  clusterSize: 1,
  clusterMode: 'single-node',
  enqueueOnly: true,
  maxWaitSeconds: 15,
  reuseIfExists: false,
  config: { resources: { cpu: 1, mem: '2g' }, resource_opts: { shmem: '64m' }, scaling_group: 'default', environ: { FOO: 'bar' } },
};

let cluster: Cluster;
let wire: Wire;
let user: Client;

async function start(version: string): Promise<void> {
  cluster = createCluster({ seed: 'demo', version });
  // The seed's sessions stand aside, so that there is room and nothing else is told.
  for (const session of Object.values(cluster.state.sessions)) {
    if (session.userId === cluster.accounts.userByEmail('user@example.com')?.id && !['TERMINATED', 'CANCELLED'].includes(session.status)) {
      cluster.sessions.terminate(cluster.accounts.requester(session.accessKey), session.id, { forced: true });
    }
  }
  cluster.advance('5m');
  wire = createWire(cluster);
  user = await loggedIn(wire, 'user');
}

async function create(body: Record<string, unknown> = REQUEST): Promise<string> {
  const answer = await user.call('POST', '/func/session/_/create', body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return (answer.body as { sessionId: string }).sessionId;
}

async function statusOf(id: string): Promise<string> {
  const { data } = await user.gql('query($f: String) { compute_session_nodes(filter: $f, first: 1, offset: 0) { edges { node { status } } } }', { f: `id == "${id}"` });
  return (data as { compute_session_nodes: { edges: { node: { status: string } }[] } }).compute_session_nodes.edges[0]?.node.status ?? 'none';
}

async function runUntil(id: string, status: string): Promise<void> {
  for (let i = 0; i < 120 && (await statusOf(id)) !== status; i += 1) cluster.advance('2s');
  expect(await statusOf(id)).toBe(status);
}

beforeEach(() => start('26.8.1'));

describe('a session over the wire (SES-C01, C04 to C07)', () => {
  it('is created, runs, tells its logs, is renamed and ended', async () => {
    const id = await create();
    expect(await statusOf(id)).toBe('PENDING');
    const early = await user.call('GET', `/func/session/${id}/logs`);
    expect([early.status, early.body]).toMatchObject([404, { title: 'No such agent instance.', msg: 'Kernel has not been assigned to an agent.' }]);
    await runUntil(id, 'RUNNING');
    expect((await user.call('GET', `/func/session/${id}/logs`)).body).toMatchObject({ result: { logs: expect.any(String) as string } });
    const renamed = await user.call('POST', `/func/session/${id}/rename?name=wire-2`, { name: 'wire-2' });
    expect([renamed.status, renamed.body]).toEqual([204, '']);
    expect((await user.call('GET', `/func/stream/session/${id}/apps`)).body).toContainEqual({ name: 'ttyd', protocol: 'http', ports: [7681] });
    expect((await user.call('GET', `/func/session/${id}/direct-access-info`)).body).toEqual({});
    const history = (await user.call('GET', `/func/session/${id}/status-history`)).body as Record<string, string>;
    expect(history.RUNNING).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
    const ended = await user.call('DELETE', `/func/session/${id}`);
    expect([ended.status, ended.body]).toEqual([200, { stats: { status: 'terminated' } }]);
    await runUntil(id, 'TERMINATED');
  });

  it('tells the name that is taken', async () => {
    const id = await create();
    const again = await user.call('POST', '/func/session/_/create', REQUEST);
    expect([again.status, again.body]).toEqual([
      400,
      {
        type: 'https://api.backend.ai/probs/session-already-exists',
        title: 'The session already exists but you requested not to reuse existing one.',
        error_code: 'session_create_already-exists',
        data: { existingSessionId: id },
      },
    ]);
  });

  it('knows the status history from 25.9 on, wrapped before 26', async () => {
    await start('25.5.2');
    const old = await create();
    expect((await user.call('GET', `/func/session/${old}/status-history`)).status).toBe(404);
    await start('25.13.1');
    const newer = await create();
    expect((await user.call('GET', `/func/session/${newer}/status-history`)).body).toMatchObject({ result: { PENDING: expect.any(String) as string } });
  });
});

describe('session events (SES-C12)', () => {
  it('come in the order and shape that a real manager sends while a session is ended', async () => {
    const id = await create();
    await runUntil(id, 'RUNNING');
    const response = await user.send('GET', '/func/events/session?sessionName=*&scope=*');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const stream = listen(response);
    await user.call('DELETE', `/func/session/${id}`);
    await runUntil(id, 'TERMINATED');
    await settle();
    const events = stream.events();
    // As recorded, without the doubled kernel event that some runs have.
    expect(events.map(({ event, data }) => [event, data.reason])).toEqual([
      ['session_terminating', 'user-requested'],
      ['kernel_terminated', 'user-requested'],
      ['session_terminated', 'triggered-by-scheduler'],
    ]);
    expect(Object.keys(events[0]?.data ?? {})).toEqual(['reason', 'sessionName', 'ownerAccessKey', 'sessionId', 'exitCode']);
    expect(Object.keys(events[1]?.data ?? {})).toEqual(['reason', 'sessionName', 'ownerAccessKey', 'sessionId', 'exitCode', 'kernelId', 'clusterRole', 'clusterIdx']);
    expect(stream.raw()).toMatch(/^event: session_terminating\r\ndata: \{.*\}\r\n\r\n/);
    wire.dropStreams();
    await stream.done;
    expect(wire.openStreams()).toBe(0);
  });

  it('reach their owner and administrators only, and end with the reader', async () => {
    const user2 = await loggedIn(wire, 'user2');
    const admin = await loggedIn(wire, 'admin');
    const aborting = new AbortController();
    const own = listen(await user.send('GET', '/func/events/session'));
    const other = listen(await user2.send('GET', '/func/events/session'));
    const all = listen(await admin.send('GET', '/func/events/session?scope=session'));
    const cut = await wire.handle(new Request('http://console.example.org/func/events/session', { signal: aborting.signal }), { front: 'webserver', jar: user.jar });
    const cutStream = listen(cut);
    expect(wire.openStreams()).toBe(4);
    aborting.abort();
    await cutStream.done.catch(() => undefined);
    expect(wire.openStreams()).toBe(3);
    const id = await create();
    await settle();
    const mine = (events: { data: Record<string, unknown> }[]) => events.filter(({ data }) => data.sessionId === id).length;
    expect(mine(own.events())).toBeGreaterThan(0);
    expect(mine(other.events())).toBe(0);
    expect(mine(all.events())).toBeGreaterThan(0);
    wire.dropStreams();
  });

  it('ignores the session id from 25.13 on and obeys it before', async () => {
    const id = await create();
    const path = '/func/events/session?sessionId=00000000-0000-4000-8000-000000000000';
    const newer = listen(await user.send('GET', path));
    await user.call('DELETE', `/func/session/${id}?forced=true`);
    await settle();
    expect(newer.events().length).toBeGreaterThan(0);
    await start('25.5.2');
    const older = await create();
    const stream = listen(await user.send('GET', path));
    await user.call('DELETE', `/func/session/${older}?forced=true`);
    await settle();
    expect(stream.events()).toEqual([]);
    wire.dropStreams();
  });

  it('follow a background task to its end (access-and-shell "events")', async () => {
    const requester = cluster.accounts.requester('AKIAUSEREXAMPLE23456');
    const task = cluster.admin.startTask(requester, { name: 'commit', seconds: 3, total: 2, messages: ['one', 'two'], fail: 'no disk' });
    const stream = listen(await user.send('GET', `/func/events/background-task?task_id=${task.id}`));
    cluster.advance('10s');
    await stream.done;
    expect(stream.events().map(({ event }) => event)).toEqual(['bgtask_updated', 'bgtask_updated', 'bgtask_updated', 'bgtask_failed', 'server_close']);
    expect(stream.raw()).toContain('\r\nretry: 5\r\n\r\n');
    const late = listen(await user.send('GET', `/func/events/background-task?taskId=${task.id}`));
    await late.done;
    expect(late.events()).toEqual([
      { event: 'bgtask_failed', data: { task_id: task.id, message: 'no disk' } },
      { event: 'server_close', data: {} },
    ]);
    // One that nobody knows keeps silent.
    const none = listen(await user.send('GET', '/func/events/background-task?task_id=00000000-0000-4000-8000-000000000000'));
    await settle();
    expect([none.raw(), wire.openStreams()]).toEqual(['', 1]);
    wire.dropStreams();
  });
});

describe('GraphQL over the wire (SES-C03)', () => {
  it('pages, filters, orders and scopes', async () => {
    for (let i = 1; i <= 3; i += 1) await create({ ...REQUEST, clientSessionToken: `paged-${String(i)}` });
    const query = `query($s: ScopeField, $f: String, $o: String, $first: Int, $offset: Int) {
      compute_session_nodes(scope_id: $s, filter: $f, order: $o, first: $first, offset: $offset) { count edges { node { name } } } }`;
    const names = async (variables: Record<string, unknown>) => {
      const { data } = await user.gql(query, { f: 'name ilike "paged-%"', o: '-name', first: 2, offset: 0, ...variables });
      const { count, edges } = (data as { compute_session_nodes: { count: number; edges: { node: { name: string } }[] } }).compute_session_nodes;
      return [count, ...edges.map(({ node }) => node.name)];
    };
    const project = projectId(cluster);
    expect(await names({ s: `project:${project}` })).toEqual([3, 'paged-3', 'paged-2']);
    expect(await names({ offset: 2 })).toEqual([3, 'paged-1']);
    expect(await names({ first: 0 })).toEqual([3]);
    expect(await names({ s: `project:${projectId(cluster, 'vision-lab')}` })).toEqual([0]);
  });

  it('words errors as the manager does', async () => {
    expect(await user.gql('{ user { nonsense } }')).toEqual({
      data: null,
      errors: [{ message: "Cannot query field 'nonsense' on type 'User'.", locations: [{ line: 1, column: 10 }] }],
    });
    expect(await user.gql('{ compute_session_nodes(first: 1, offset: 0, filter: "nonsense == 1") { count } }')).toEqual({
      data: { compute_session_nodes: null },
      errors: [
        {
          message: 'Query filter parsing error: Error trying to process rule "binary_expr":\n\n(\'Unknown/unsupported field name\', \'nonsense\')',
          locations: [{ line: 1, column: 3 }],
          path: ['compute_session_nodes'],
          extensions: { code: 'backendai_generic_internal-error' },
        },
      ],
    });
    const forbidden = await user.gql('{ agent_list(limit: 20, offset: 0) { total_count } }');
    expect(forbidden.errors?.[0]).toMatchObject({ message: 'Forbidden operation. (superadmin privilege required)', extensions: { code: 'backendai_generic_forbidden' } });
    const { errors } = await user.gql('{ user_list(limit: 20, offset: 0) { total_count } }');
    expect(errors?.[0]).toMatchObject({ message: 'Insufficient privilege.', extensions: { code: 'user_auth_forbidden' } });
  });

  it('fails nested connections with arguments, as the real one does', async () => {
    await create();
    const { data, errors } = await user.gql('{ compute_session_nodes(first: 1, offset: 0) { edges { node { name kernel_nodes(first: 1) { count } } } } }');
    expect(errors?.[0]?.message).toContain("got an unexpected keyword argument 'first'");
    expect(data).toMatchObject({ compute_session_nodes: { edges: [{ node: { kernel_nodes: null } }] } });
  });

  it('answers the old list where there are no nodes', async () => {
    await start('24.03.12');
    const id = await create();
    expect((await user.gql('{ compute_session_nodes { count } }')).errors?.[0]?.message).toContain("Cannot query field 'compute_session_nodes' on type 'Query'");
    const { data, errors } = await user.gql('{ compute_session_list(limit: 5, offset: 0, status: "PENDING,RUNNING") { total_count items { session_id type status containers { cluster_role } } } }');
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ compute_session_list: { items: expect.arrayContaining([expect.objectContaining({ session_id: id, type: 'INTERACTIVE' })]) as unknown } });
  });

  it('changes a waiting session by mutation (24.09+)', async () => {
    const id = await create({ ...REQUEST, type: 'batch', startupCommand: 'true', starts_at: new Date(cluster.now + 3_600_000).toISOString() });
    const { data, errors } = await user.gql('mutation($i: ModifyComputeSessionInput!) { modify_compute_session(input: $i) { item { name priority } } }', {
      i: { id: btoa(`ComputeSessionNode:${id}`), priority: 20 },
    });
    expect(errors).toBeNull();
    expect(data).toMatchObject({ modify_compute_session: { item: { priority: 20 } } });
  });
});
