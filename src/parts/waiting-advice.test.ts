import { describe, expect, it } from 'vitest';
import type { KeypairPolicy } from '../client/keypair-policy';
import type { OwnSession } from '../client/own-sessions';
import type { PresetCheck } from '../client/presets';
import type { StatusData } from '../client/sessions-types';
import type { Slots } from '../client/slots';
import { GIB } from '../lib/quantities';
import type { Room } from './agent-fit';
import { waitingAdvice } from './waiting-advice';
import type { WaitingFacts, WaitingSession } from './waiting-advice';

/** UX-06, SES-201. */
const now = Date.parse('2026-03-02T09:00:00Z');

const failing = (...names: string[]): StatusData => ({
  scheduler: { failed: names.map((name) => ({ name, message: `the manager on ${name}` })), passed: [], retries: 3, lastTry: null, message: null },
  errors: [], kernelExitCode: null, sessionStatus: null,
});

const waiting = (more: Partial<WaitingSession> = {}): WaitingSession => ({
  id: 'w', type: 'interactive', status: 'PENDING', statusInfo: 'predicate-checks-failed', statusData: null, queuePosition: null,
  requestedSlots: { cpu: 4, mem: 16 * GIB, 'cuda.shares': 1 }, shmem: GIB, clusterSize: 1, clusterMode: 'single-node', resourceGroup: 'gpu',
  startsAt: null, createdAt: '2026-03-02T08:59:00+00:00', priority: 10, accessKey: 'AK', image: { name: 'cr/py:3', architecture: 'x86_64' }, ...more,
});

const check = (remaining: Slots, group: Slots): PresetCheck => ({
  presets: [], keypair: { limits: {}, using: {}, remaining }, project: null, groupRemaining: group, resourceGroups: { gpu: { using: {}, remaining: group } },
});

const policy = (used: number, limit: number | null): KeypairPolicy => ({
  name: 'p', maxConcurrentSessions: limit, maxContainersPerSession: 4, maxPendingSessions: null, maxConcurrentSftpSessions: null, maxSessionLifetime: null,
  idleTimeout: null, totalSlots: {}, concurrencyUsed: used,
});

const own = (id: string, slots: Slots, more: Partial<OwnSession> = {}): OwnSession => ({
  id, name: `s-${id}`, type: 'interactive', status: 'RUNNING', resourceGroup: 'gpu', accessKey: 'AK', slots, createdAt: '2026-03-02T08:00:00+00:00', priority: 10, ...more,
});

const room = (available: Slots, free: Slots, architecture = 'x86_64'): Room => ({ available, free, architecture });

const plenty: Slots = { cpu: 64, mem: 256 * GIB, 'cuda.shares': 8 };
const facts = (more: Partial<WaitingFacts> = {}): WaitingFacts => ({
  session: waiting(), now, check: check(plenty, plenty), policy: policy(0, 10), own: [], agents: null, dependencies: [], history: [], imageMinimum: { cpu: 1, mem: GIB }, quantum: 0.1, ...more,
});

it('says nothing of a session that does not wait', () => {
  expect(waitingAdvice(facts({ session: waiting({ status: 'RUNNING' }) }))).toBeNull();
});

describe('the cause, by old and new names (SES-R52)', () => {
  it.each([
    ['reserved_time', 'reservedTime'], ['ReservedBatchSessionValidator', 'reservedTime'],
    ['dependencies', 'dependencies'], ['SessionDependenciesValidator', 'dependencies'],
    ['concurrency', 'concurrency'], ['ConcurrencyLimitValidator', 'concurrency'],
    ['pending_session_count_limit', 'pendingSessionCount'], ['PendingSessionCountLimitValidator', 'pendingSessionCount'],
    ['pending_session_resource_limit', 'pendingSessionResource'], ['PendingSessionResourceLimitValidator', 'pendingSessionResource'],
    ['keypair_resource_limit', 'keypairResource'], ['KeypairResourceLimitValidator', 'keypairResource'],
    ['user_resource_limit', 'userResource'], ['UserResourceLimitValidator', 'userResource'],
    ['user_group_resource_limit', 'projectResource'], ['GroupResourceLimitValidator', 'projectResource'],
    ['domain_resource_limit', 'domainResource'], ['DomainResourceLimitValidator', 'domainResource'],
    ['scaling_group_resource_limit', 'resourceGroupResource'], ['ResourcePolicyValidator', 'resourcePolicy'],
    ['a-plugin', 'otherCheck'],
  ])('%s is %s', (name, cause) => {
    expect(waitingAdvice(facts({ session: waiting({ statusData: failing(name) }) }))).toMatchObject({ cause, check: name, inferred: false });
  });

  it('ResourcePolicyValidator is the number of sessions where that is full', () => {
    const session = waiting({ statusData: failing('ResourcePolicyValidator') });
    expect(waitingAdvice(facts({ session, policy: policy(3, 3) }))).toMatchObject({ cause: 'concurrency', running: { used: 3, limit: 3 }, inferred: false });
  });

  it('no-available-instances, a failing scheduler', () => {
    expect(waitingAdvice(facts({ session: waiting({ statusInfo: 'no-available-instances' }) }))?.cause).toBe('noAgent');
    expect(waitingAdvice(facts({ session: waiting({ statusInfo: 'scheduler-error' }) }))?.cause).toBe('schedulerError');
  });

  it.each<[string, { step: string; errorCode: string | null; message: string | null }[], object]>([
    ['a check', [{ step: 'ConcurrencyLimitValidator', errorCode: 'scheduling_check_failed', message: 'You cannot …' }], { cause: 'concurrency', check: 'ConcurrencyLimitValidator', inferred: false }],
    ['no agent', [{ step: 'AgentSelector', errorCode: 'scheduling_allocate_no-available-agent', message: 'No agents …' }], { cause: 'noAgent', inferred: false }],
    ['a plugin', [{ step: 'OfficeHoursValidator', errorCode: null, message: 'closed' }], { cause: 'otherCheck', check: 'OfficeHoursValidator', message: 'closed' }],
    ['nothing', [], { cause: 'turn', inferred: true }],
  ])('without data of the scheduler its history tells (26.3+): %s', (_what, failed, told) => {
    const step = (updatedAt: string, result: string, subSteps: typeof failed) => ({
      phase: 'schedule-sessions', fromStatus: 'PENDING', toStatus: null, result, errorCode: null, message: null, attempts: 1, createdAt: null, updatedAt,
      subSteps: [{ step: 'ReservedBatchSessionValidator', result: 'SUCCESS', errorCode: null, message: null, startedAt: null, endedAt: null }, ...subSteps.map((one) => ({ ...one, result: 'FAILURE', startedAt: null, endedAt: null }))],
    });
    const history = [step('2026-03-02T08:59:50Z', 'NEED_RETRY', failed), step('2026-03-02T08:50:00Z', 'NEED_RETRY', [{ step: 'DomainResourceLimitValidator', errorCode: null, message: null }])];
    expect(waitingAdvice(facts({ session: waiting({ statusInfo: null }), history: failed.length > 0 ? history : [] }))).toMatchObject(told);
  });

  it.each<[string, Partial<WaitingFacts>, string]>([
    ['start time', { session: waiting({ statusInfo: null, startsAt: '2026-03-02T10:00:00Z' }) }, 'reservedTime'],
    ['dependencies', { dependencies: [{ id: 'd', name: 'd', status: 'RUNNING' }] }, 'dependencies'],
    ['number of sessions', { policy: policy(3, 3) }, 'concurrency'],
    ['allowance', { check: check({ cpu: 2, mem: GIB }, plenty) }, 'keypairResource'],
    ['group', { check: check(plenty, { cpu: 64, mem: 256 * GIB, 'cuda.shares': 0.5 }) }, 'noAgent'],
    ['agents', { agents: [room(plenty, { cpu: 1, mem: GIB, 'cuda.shares': 8 })] }, 'noAgent'],
    ['nothing', {}, 'turn'],
  ])('without data of the scheduler (26.3+) it follows from what is known: %s', (_what, more, cause) => {
    const session = waiting({ statusInfo: null, ...more.session });
    expect(waitingAdvice(facts({ ...more, session }))).toMatchObject({ cause, inferred: true });
  });
});

describe('what would let it start', () => {
  it('its time', () => {
    const session = waiting({ statusData: failing('reserved_time'), startsAt: '2026-03-02T10:00:00Z' });
    expect(waitingAdvice(facts({ session }))).toMatchObject({ notBefore: Date.parse('2026-03-02T10:00:00Z'), smaller: [] });
  });

  it('the sessions that it depends on: those that the manager names, or those that have not ended', () => {
    const dependencies = [{ id: 'aaa', name: 'prepare', status: 'RUNNING' }, { id: 'bbb', name: 'done', status: 'TERMINATED' }];
    const named = failing('dependencies');
    if (named.scheduler?.failed[0]) named.scheduler.failed[0].message = 'Waiting … (done (bbb))';
    expect(waitingAdvice(facts({ session: waiting({ statusData: failing('dependencies') }), dependencies }))?.dependencies.map((one) => one.name)).toEqual(['prepare']);
    expect(waitingAdvice(facts({ session: waiting({ statusData: named }), dependencies }))?.dependencies.map((one) => one.name)).toEqual(['done']);
  });

  it('one of the sessions that count; waiting ones and upload sessions do not', () => {
    const session = waiting({ statusData: failing('concurrency') });
    const sessions = [own('a', {}), own('b', {}, { status: 'PENDING' }), own('c', {}, { type: 'system' }), own('d', {}, { accessKey: 'OTHER' }), own('w', {})];
    expect(waitingAdvice(facts({ session, own: sessions, policy: policy(3, 3) }))).toMatchObject({ running: { used: 3, limit: 3 }, holders: [{ id: 'a' }], smaller: [] });
  });

  it('amounts of the allowance, and the own sessions that hold them, those with most first', () => {
    const session = waiting({ statusData: failing('keypair_resource_limit') });
    const sessions = [own('a', { cpu: 1, 'cuda.shares': 0.5 }), own('b', { cpu: 8 }), own('c', { 'cuda.shares': 2 }, { resourceGroup: 'other' })];
    const advice = waitingAdvice(facts({ session, own: sessions, check: check({ ...plenty, 'cuda.shares': 0.4 }, plenty) }));
    expect(advice).toMatchObject({ scope: 'allowance', shortages: [{ slot: 'cuda.shares', wanted: 1, free: 0.4 }] });
    expect(advice?.holders.map((one) => one.id)).toEqual(['c', 'a']);
  });

  it('what is overdrawn counts as nothing left', () => {
    const session = waiting({ statusData: failing('KeypairResourceLimitValidator') });
    expect(waitingAdvice(facts({ session, check: check({ ...plenty, 'cuda.shares': -0.5 }, plenty) }))?.shortages).toEqual([{ slot: 'cuda.shares', wanted: 1, free: 0 }]);
  });

  it('amounts of the group; only own sessions there are named', () => {
    const session = waiting({ statusInfo: 'no-available-instances' });
    const sessions = [own('a', { 'cuda.shares': 1 }), own('b', { 'cuda.shares': 1 }, { resourceGroup: 'other' })];
    const advice = waitingAdvice(facts({ session, own: sessions, check: check(plenty, { cpu: 64, mem: 256 * GIB }) }));
    expect(advice).toMatchObject({ scope: 'group', shortages: [{ slot: 'cuda.shares', wanted: 1, free: 0 }], holders: [{ id: 'a' }] });
  });

  it('room on one agent, where there is enough in all', () => {
    const session = waiting({ statusInfo: 'no-available-instances' });
    const half = room(plenty, { cpu: 3, mem: 128 * GIB, 'cuda.shares': 4 });
    expect(waitingAdvice(facts({ session, agents: [half, half] }))).toMatchObject({ scope: 'agent', never: false, shortages: [{ slot: 'cpu', wanted: 4, free: 3 }] });
  });

  it('nothing ever, where no agent is large enough or has the image’s architecture', () => {
    const session = waiting({ statusInfo: 'no-available-instances', requestedSlots: { cpu: 100, mem: GIB } });
    expect(waitingAdvice(facts({ session, agents: [room(plenty, plenty)] }))).toMatchObject({ never: true, shortages: [{ slot: 'cpu', wanted: 100, free: 64 }], holders: [] });
    expect(waitingAdvice(facts({ session: waiting({ statusInfo: 'no-available-instances' }), agents: [room(plenty, plenty, 'aarch64')] }))).toMatchObject({ never: true, architecture: 'x86_64', smaller: [] });
    // Nor would it start if only one's own limits left more.
    const limited = waiting({ ...session, statusInfo: 'predicate-checks-failed', statusData: failing('keypair_resource_limit') });
    expect(waitingAdvice(facts({ session: limited, check: check({ cpu: 2 }, plenty) }))).toMatchObject({ cause: 'keypairResource', never: false, scope: 'allowance' });
    expect(waitingAdvice(facts({ session: limited, check: check({ cpu: 2 }, plenty), agents: [room(plenty, plenty)] }))).toMatchObject({ cause: 'keypairResource', never: true, scope: 'agent' });
    // Nothing is said for ever of a group whose agents are all away.
    expect(waitingAdvice(facts({ session: waiting({ statusInfo: 'no-available-instances' }), agents: [], check: check(plenty, {}) }))).toMatchObject({ never: false, scope: 'group' });
  });

  it('its place: as the manager tells, else own sessions before it', () => {
    expect(waitingAdvice(facts({ session: waiting({ queuePosition: 2 }) }))).toMatchObject({ place: 3, ownAhead: 0 });
    const before = [own('a', {}, { status: 'PENDING' }), own('b', {}, { status: 'PENDING', createdAt: '2026-03-02T09:30:00+00:00' }), own('c', {}, { status: 'PENDING', createdAt: '2026-03-02T09:30:00+00:00', priority: 90 })];
    expect(waitingAdvice(facts({ own: before, session: waiting({ statusInfo: 'no-available-instances' }) }))).toMatchObject({ place: null, ownAhead: 2 });
  });
});

describe('smaller requests that fit now', () => {
  const noAgent = (more: Partial<WaitingSession> = {}) => waiting({ statusInfo: 'no-available-instances', ...more });
  const amounts = (given: Partial<WaitingFacts>) =>
    waitingAdvice(facts(given))?.smaller.map(({ amounts: a, containers, by }) => ({ cpu: a.cpu, mem: a.mem / GIB, accelerator: a.accelerator?.amount ?? null, containers, by }));

  it('less of the accelerator, else none of it', () => {
    expect(amounts({ session: noAgent(), check: check(plenty, { ...plenty, 'cuda.shares': 0.55 }) })).toEqual([
      { cpu: 4, mem: 16, accelerator: 0.5, containers: 1, by: 'accelerator' },
      { cpu: 4, mem: 16, accelerator: null, containers: 1, by: 'noAccelerator' },
    ]);
    expect(amounts({ session: noAgent(), check: check(plenty, { ...plenty, 'cuda.shares': 0 }) })?.map((one) => one.by)).toEqual(['noAccelerator']);
  });

  it('never below the image: an accelerator that it needs stays, memory and cores too', () => {
    const given = { session: noAgent(), check: check(plenty, { ...plenty, 'cuda.shares': 0.4 }) };
    expect(amounts({ ...given, imageMinimum: { cpu: 1, mem: GIB, 'cuda.shares': 0.5 } })).toEqual([]);
    expect(amounts({ session: noAgent(), check: check(plenty, { cpu: 1, mem: GIB, 'cuda.shares': 8 }), imageMinimum: { cpu: 2, mem: GIB } })).toEqual([]);
    expect(amounts({ ...given, imageMinimum: null })).toEqual([]);
  });

  it('whole devices of what cannot be split', () => {
    const session = noAgent({ requestedSlots: { cpu: 4, mem: 16 * GIB, 'cuda.device': 4 } });
    expect(amounts({ session, check: check({}, { cpu: 64, mem: 256 * GIB, 'cuda.device': 2.9 }) })?.[0]).toMatchObject({ accelerator: 2, by: 'accelerator' });
  });

  it('fewer containers of a cluster before smaller ones', () => {
    const session = noAgent({ requestedSlots: { cpu: 16, mem: 64 * GIB }, clusterSize: 4, clusterMode: 'multi-node' });
    expect(amounts({ session, check: check(plenty, { cpu: 9, mem: 256 * GIB }) })).toEqual([
      { cpu: 4, mem: 16, accelerator: null, containers: 2, by: 'containers' },
      { cpu: 2, mem: 16, accelerator: null, containers: 4, by: 'amounts' },
    ]);
  });

  it('what one agent holds, not what all hold together', () => {
    const rooms = [room(plenty, { cpu: 2, mem: 200 * GIB, 'cuda.shares': 2 }), room(plenty, { cpu: 3, mem: 8 * GIB, 'cuda.shares': 2 })];
    const found = amounts({ session: noAgent(), agents: rooms });
    expect(found?.[0]).toMatchObject({ cpu: 2, mem: 16, accelerator: 1 });
    expect(found?.every((one) => rooms.some(({ free }) => one.cpu <= (free['cpu'] ?? 0) && one.mem <= (free['mem'] ?? 0) / GIB))).toBe(true);
  });

  it('each of them fits, whatever is free', () => {
    let seed = 7;
    const next = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return (seed / 2 ** 31) * most;
    };
    for (let i = 0; i < 500; i += 1) {
      const size = 1 + Math.floor(next(4));
      const mode = next(2) < 1 ? 'single-node' : 'multi-node';
      const requestedSlots = { cpu: Math.ceil(next(16)) * size, mem: (1 + Math.ceil(next(64))) * GIB * size, 'cuda.shares': Math.floor(next(3)) * size };
      const left = { cpu: next(40), mem: next(200) * GIB, 'cuda.shares': next(6) };
      const agents = Array.from({ length: 3 }, () => room(plenty, { cpu: Math.floor(next(20)), mem: next(90) * GIB, 'cuda.shares': Math.floor(next(3)) }));
      const session = noAgent({ requestedSlots, clusterSize: size, clusterMode: mode });
      for (const one of waitingAdvice(facts({ session, agents, check: check(plenty, left) }))?.smaller ?? []) {
        const { amounts: a, containers } = one;
        expect(a.cpu * containers).toBeLessThanOrEqual(left.cpu + 1e-6);
        expect(a.mem * containers).toBeLessThanOrEqual(left.mem + 1e-6);
        expect((a.accelerator?.amount ?? 0) * containers).toBeLessThanOrEqual(left['cuda.shares'] + 1e-6);
        expect(a.cpu).toBeGreaterThanOrEqual(1);
        expect(a.mem).toBeGreaterThanOrEqual(GIB + 64 * 2 ** 20);
        expect(a.cpu * containers < requestedSlots.cpu || a.mem * containers < requestedSlots.mem || (a.accelerator?.amount ?? 0) * containers < requestedSlots['cuda.shares']).toBe(true);
        expect(agents.some(({ free }) => a.cpu <= (free['cpu'] ?? 0) && a.mem <= (free['mem'] ?? 0))).toBe(true);
      }
    }
  });
});
