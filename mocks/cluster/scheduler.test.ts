// @vitest-environment node
import { expect, test } from 'vitest';
import type { ClusterEvent } from './api';
import { clusterWith, launch, requester, until } from './test-helpers';

const ONE_SHARE = { scaling_group: 'nvidia-h100', resources: { cpu: 4, mem: '16g', 'cuda.shares': 1 } };

function names(events: ClusterEvent[], sessionId: string): string[] {
  return events.filter((event) => event.data['sessionId'] === sessionId).map((event) => event.name);
}

test('SES-R50: from PENDING to RUNNING in 8 to 12 seconds, with the events of SES-C12', () => {
  const cluster = clusterWith();
  const events: ClusterEvent[] = [];
  cluster.events.subscribe((event) => events.push(event));
  const session = launch(cluster, requester(cluster), 'first-one');
  expect(session.status).toBe('PENDING');
  const start = cluster.now;
  until(cluster, session, 'RUNNING');
  expect(cluster.now - start).toBeGreaterThan(7000);
  expect(cluster.now - start).toBeLessThanOrEqual(12_500);
  expect(Object.keys(session.statusHistory)).toEqual(['PENDING', 'SCHEDULED', 'PREPARING', 'PREPARED', 'CREATING', 'RUNNING']);
  expect(names(events, session.id)).toEqual([
    'session_enqueued',
    'session_scheduled',
    'session_checking_precondition',
    'kernel_preparing',
    'kernel_creating',
    'kernel_started',
    'session_started',
  ]);
  expect(events[0]?.data).toEqual({
    reason: '',
    sessionName: 'first-one',
    ownerAccessKey: session.accessKey,
    sessionId: session.id,
    exitCode: null,
  });
});

test('SES-R50: before 24.12 there is neither PREPARED nor CREATING', () => {
  const cluster = clusterWith({ version: '24.09.1' });
  const session = launch(cluster, requester(cluster), 'older');
  until(cluster, session, 'RUNNING');
  expect(Object.keys(session.statusHistory)).toEqual(['PENDING', 'SCHEDULED', 'PREPARING', 'RUNNING']);
});

test('SES-R50: an image that the agent lacks is pulled once', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const image = 'cr.example.org/stable/python-tensorflow:2.16-py311-cuda12.3';
  const first = launch(cluster, me, 'pulls', { image });
  until(cluster, first, 'RUNNING');
  expect(first.statusHistory['PULLING']).toBeDefined();
  const second = launch(cluster, me, 'does-not', { image });
  until(cluster, second, 'RUNNING');
  expect(second.statusHistory['PULLING']).toBeUndefined();
});

test('WALK-05: two fGPU free, three sessions of one: two run, one waits and follows', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const me = requester(cluster);
  const three = ['share-1', 'share-2', 'share-3'].map((name) => launch(cluster, me, name, {}, ONE_SHARE));
  cluster.advance('30s');
  expect(three.map((session) => session.status)).toEqual(['RUNNING', 'RUNNING', 'PENDING']);
  const last = three[2];
  expect(last).toMatchObject({ statusInfo: 'no-available-instances' });
  expect(last?.statusData?.scheduler).toMatchObject({ failed_predicates: [], msg: 'No agents are available for scheduling' });
  const retries = last?.statusData?.scheduler?.retries ?? 0;
  cluster.advance('10s');
  expect(last?.statusData?.scheduler?.retries).toBe(retries + 2);
  cluster.sessions.terminate(me, three[0]?.id ?? '');
  cluster.advance('30s');
  expect(three.map((session) => session.status)).toEqual(['TERMINATED', 'RUNNING', 'RUNNING']);
});

test('SES-023: fractions of a GPU add up on the agent and are given back', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const agent = cluster.state.agents['i-h100-01'];
  const many = [0.1, 0.2, 0.7].map((share, i) =>
    launch(cluster, me, `part-${String(i)}`, {}, { ...ONE_SHARE, resources: { cpu: 1, mem: '4g', 'cuda.shares': share } }),
  );
  cluster.advance('20s');
  expect(agent?.occupied['cuda.shares']).toBe(1);
  for (const session of many) cluster.sessions.terminate(me, session.id);
  cluster.advance('20s');
  expect(agent?.occupied).toEqual({ cpu: 0, mem: 0, 'cuda.shares': 0 });
});

test('SES-201, SES-R52: a failed check is told by name and sentence; 25.13 renames them', () => {
  for (const [version, name] of [['25.5', 'concurrency'], ['25.13', 'ConcurrencyLimitValidator']] as const) {
    const cluster = clusterWith({ version });
    const me = requester(cluster, 'user2@example.com');
    const four = [1, 2, 3, 4].map((n) => launch(cluster, me, `mine-${String(n)}`, {}, { resources: { cpu: 1, mem: '2g' }, resource_opts: {} }));
    cluster.advance('20s');
    expect(four.map((session) => session.status)).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'PENDING']);
    expect(four[3]).toMatchObject({ statusInfo: 'predicate-checks-failed' });
    expect(four[3]?.statusData?.scheduler?.failed_predicates).toEqual([
      { name, msg: 'You cannot run more than 3 concurrent sessions' },
    ]);
    expect(four[3]?.statusData?.scheduler?.passed_predicates).toHaveLength(8);
  }
});

test('SES-R52: 26.8 writes nothing to the session; its history has three checks, one of them of all policies', () => {
  const cluster = clusterWith({ version: '26.8' });
  const me = requester(cluster, 'user2@example.com');
  const policy = cluster.state.keypairPolicies['student'];
  if (policy) policy.maxConcurrentSessions = 1;
  launch(cluster, me, 'runs-first', {}, { resources: { cpu: 1, mem: '2g' }, resource_opts: {} });
  cluster.advance('20s');
  const session = launch(cluster, me, 'waits-then', {}, { resources: { cpu: 16, mem: '4g' } });
  cluster.advance('20s');
  expect(session).toMatchObject({ status: 'PENDING', statusInfo: null, statusData: null });
  const [last] = cluster.sessions.schedulingHistory(me, session.id);
  expect(last?.subSteps.map(({ step, result, message }) => [step, result, message])).toEqual([
    ['ReservedBatchSessionValidator', 'SUCCESS', null],
    ['SessionDependenciesValidator', 'SUCCESS', null],
    [
      'ResourcePolicyValidator',
      'FAILURE',
      'Multiple validation errors occurred:\n- ConcurrencyLimitExceeded: You cannot run more than 1 concurrent sessions\n- UserResourceQuotaExceeded: Your main-keypair resource quota is exceeded. (cpu=16 mem=68719476736 cuda.device=1 cuda.shares=2)',
    ],
  ]);
});

test('SES-420: waiting sessions beyond the limit hold all of them back up to 26.4, as the managers do', () => {
  for (const version of ['25.5', '25.13']) {
    const cluster = clusterWith({ version });
    const me = requester(cluster);
    const policy = cluster.state.keypairPolicies['default'];
    if (policy) Object.assign(policy, { maxPendingSessionCount: 1, maxPendingSessionResourceSlots: { cpu: 2 } });
    const session = launch(cluster, me, 'held-by-itself', {}, { resources: { cpu: 2, mem: '4g' } });
    cluster.advance('5s');
    const { failed_predicates: failed } = session.statusData?.scheduler ?? { failed_predicates: [] };
    expect(failed.map(({ msg }) => msg)).toEqual([
      'You cannot create more than 1 pending session(s).',
      `Your pending session quota is exceeded. (cpu=2 mem=${version === '25.5' ? '4g' : '4294967296'})`,
    ]);
  }
});

test('SES-420: the keypair policy holds back what exceeds it, the project and domain likewise', () => {
  const cluster = clusterWith();
  const me = requester(cluster, 'user2@example.com');
  const failed = (session: ReturnType<typeof launch>) => session.statusData?.scheduler?.failed_predicates.map((one) => one.name);
  const big = launch(cluster, me, 'too-big', {}, { resources: { cpu: 17, mem: '4g' } });
  cluster.advance('5s');
  expect(failed(big)).toEqual(['keypair_resource_limit', 'user_resource_limit']);
  const uma = requester(cluster);
  const project = Object.values(cluster.state.projects).find((one) => one.name === 'vision-lab');
  if (project) project.totalResourceSlots = { cpu: 2 };
  const held = launch(cluster, uma, 'held-back', { group: 'vision-lab' }, { resources: { cpu: 4, mem: '4g' } });
  cluster.advance('5s');
  expect(failed(held)).toEqual(['user_group_resource_limit']);
  expect(held.statusData?.scheduler?.failed_predicates[0]?.msg).toBe('Your group resource quota is exceeded. (cpu=2)');
});

test('SES-053, WALK-06: a batch session waits for its start time', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const session = launch(cluster, me, 'later-on', {
    type: 'batch',
    startupCommand: 'echo hi',
    starts_at: cluster.iso(cluster.now + 60_000),
  });
  cluster.advance('50s');
  expect(session).toMatchObject({ status: 'PENDING', statusInfo: 'predicate-checks-failed' });
  expect(session.statusData?.scheduler?.failed_predicates).toEqual([{ name: 'reserved_time', msg: 'Before start time' }]);
  cluster.advance('40s');
  expect(session).toMatchObject({ status: 'TERMINATED', result: 'SUCCESS' });
  expect(session.scheduledAt).toBeGreaterThanOrEqual(session.createdAt + 60_000);
});

test('SES-076: dependencies wait for success, and are never met by a failure', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const good = launch(cluster, me, 'good-one', { type: 'batch', startupCommand: 'sleep 20' });
  const bad = launch(cluster, me, 'bad-one', { type: 'batch', startupCommand: 'exit 2' });
  const after = launch(cluster, me, 'after-good', { dependencies: [good.id] });
  const never = launch(cluster, me, 'after-bad', { dependencies: [bad.id] });
  cluster.advance('15s');
  expect(after.statusData?.scheduler?.failed_predicates[0]).toEqual({
    name: 'dependencies',
    msg: `Waiting dependency sessions to finish as success. (good-one (${good.id}))`,
  });
  cluster.advance('60s');
  expect(after.status).toBe('RUNNING');
  expect(bad).toMatchObject({ status: 'TERMINATED', result: 'FAILURE', statusInfo: 'task-failed' });
  expect(never.status).toBe('PENDING');
});

test('SES-420: a pending timeout of the resource group cancels', () => {
  const cluster = clusterWith();
  const group = cluster.state.resourceGroups['default'];
  if (group) group.schedulerOpts.pendingTimeout = 30;
  const session = launch(cluster, requester(cluster), 'impatient', {}, { resources: { cpu: 60, mem: '250g', 'cuda.device': 4 } });
  cluster.advance('31s');
  expect(session).toMatchObject({ status: 'CANCELLED', statusInfo: 'pending-timeout' });
});

test('SES-350: containers of a cluster session are named, numbered and placed', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const session = launch(cluster, me, 'cluster-3', { clusterSize: 3, clusterMode: 'multi-node' });
  until(cluster, session, 'RUNNING');
  expect(session.kernels.map((kernel) => [kernel.hostname, kernel.role, kernel.index, kernel.localRank])).toEqual([
    ['main1', 'main', 1, 0],
    ['sub1', 'sub', 1, 1],
    ['sub2', 'sub', 2, 2],
  ]);
  expect(session.occupiedSlots).toEqual({ cpu: 6, mem: 12 * 2 ** 30 });
  expect(cluster.accounts.concurrencyUsed(me.accessKey)).toBe(1);
  const wide = launch(cluster, me, 'too-wide', { clusterSize: 8, clusterMode: 'single-node' }, { resources: { cpu: 8, mem: '8g' } });
  cluster.advance('10s');
  expect(wide.status).toBe('PENDING');
});

test('SES-202: a session that fails to start is CANCELLED with the cause', () => {
  const cluster = clusterWith();
  const session = launch(cluster, requester(cluster), 'will-fail', {}, { environ: { BAI_SIM_FAIL_START: '1' } });
  until(cluster, session, 'CANCELLED');
  expect(session.statusInfo).toBe('failed-to-start');
  expect(session.statusData?.error).toMatchObject({ src: 'agent', agent_id: 'i-gpu01', name: 'ContainerCreationError' });
  expect(cluster.state.agents['i-gpu01']?.occupied['cpu']).toBe(0);
});

test('SES-054: a batch session that runs too long is ended', () => {
  const cluster = clusterWith();
  const session = launch(cluster, requester(cluster), 'endless', { type: 'batch', startupCommand: 'sleep infinity', batch_timeout: '1m' });
  cluster.advance('90s');
  expect(session).toMatchObject({ status: 'TERMINATED', statusInfo: 'task-timeout', result: 'FAILURE' });
});

test('SES-270: the network idle check ends what nobody uses; traffic restarts it', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const [idle, used] = [launch(cluster, me, 'idle-one'), launch(cluster, me, 'used-one')];
  cluster.advance('40h');
  cluster.sessions.touch(used);
  cluster.advance('10h');
  expect(idle).toMatchObject({ status: 'TERMINATED', statusInfo: 'idle-timeout' });
  expect(used.status).toBe('RUNNING');
  cluster.advance('48h');
  expect(used.status).toBe('TERMINATED');
});

test('SES-016: the queue is by priority, then by age', () => {
  const cluster = clusterWith({ version: '25.13' });
  const admin = requester(cluster, 'admin@example.com');
  const huge = { resources: { cpu: 64, mem: '200g', 'cuda.device': 4 } };
  const [a, b] = [launch(cluster, admin, 'first-in', {}, huge), launch(cluster, admin, 'second-in', {}, huge)];
  cluster.sessions.modify(admin, b.id, { priority: 50 });
  expect(cluster.sessions.pendingQueue(admin, 'default')).toEqual([b, a]);
  expect(cluster.sessions.queuePosition(a)).toBe(1);
});
