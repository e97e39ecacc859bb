import { describe, expect, it } from 'vitest';
import type { KeypairPolicy } from '../../client/keypair-policy';
import type { PresetCheck } from '../../client/presets';
import type { Slots } from '../../client/slots';
import { GIB } from '../../lib/quantities';
import { checkFit } from './launch-check-fit';
import { fitOf, fitOfSlot, forecastOf } from './launch-forecast';
import type { ForecastFacts } from './launch-forecast';
import type { LimitFacts } from './launch-limits';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';

/** UX-08, SES-071. */
const amounts = (cpu: number, mem: number, accelerator: number | null = null) => ({
  cpu, mem: mem * GIB, shm: null, shmAuto: true, accelerator: accelerator === null ? null : { slot: 'cuda.shares', amount: accelerator }, preset: null,
});
const policy = (used: number, most: number | null): KeypairPolicy => ({
  name: 'p', maxConcurrentSessions: most, maxContainersPerSession: 8, maxPendingSessions: null, maxConcurrentSftpSessions: null, maxSessionLifetime: null, idleTimeout: null, totalSlots: {}, concurrencyUsed: used,
});
const agent = (id: string, available: Slots, free: Slots, architecture = 'x86_64') => ({ id, architecture, available, free });
const none: PresetCheck = { presets: [], keypair: { limits: {}, using: {}, remaining: {} }, project: null, groupRemaining: {}, resourceGroups: {} };

function facts(values: Partial<LaunchValues>, wish: ForecastFacts['amounts'], free: Slots, more: Omit<Partial<ForecastFacts>, 'limits'> & { limits?: Partial<LimitFacts> } = {}): ForecastFacts {
  const { limits, ...rest } = more;
  return {
    values: { ...defaultLaunchValues(), ...values },
    presetCheck: none,
    amounts: wish,
    policy: policy(0, null),
    agents: { offered: null, several: false, failed: false },
    image: { architecture: 'x86_64' },
    ...rest,
    limits: {
      caps: {}, keypairLimits: {}, projectLimits: null, keypairRemaining: {}, projectRemaining: null, groupUsing: {}, groupRemaining: free, imageMinimum: {}, quantum: null, ...limits,
    },
  };
}
const plenty: Slots = { cpu: 64, mem: 256 * GIB, 'cuda.shares': 8 };
const agents = (...offered: ReturnType<typeof agent>[]) => ({ agents: { offered, several: false, failed: false } });

describe('starts now, waits, never fits', () => {
  it('now, or at its start time', () => {
    expect(forecastOf(facts({}, amounts(4, 16), plenty))).toMatchObject({ state: 'now', starting: 1 });
    expect(forecastOf(facts({ type: 'batch', startEnabled: true }, amounts(4, 16), plenty)).state).toBe('later');
    expect(forecastOf({ ...facts({}, amounts(4, 16), plenty), presetCheck: null }).state).toBe('unknown');
  });

  it('waits for what is short', () => {
    expect(forecastOf(facts({}, amounts(4, 16, 1), { ...plenty, 'cuda.shares': 0.5 }))).toMatchObject({ state: 'queue', short: ['cuda.shares'] });
    expect(forecastOf(facts({}, amounts(4, 16), plenty, { limits: { keypairRemaining: { cpu: 3 } } }))).toMatchObject({ state: 'queue', short: ['cpu'] });
  });

  it('of several sessions as many start as find room (the manual’s 2 fGPU and three sessions)', () => {
    expect(forecastOf(facts({ sessions: 3 }, amounts(1, 2, 1), { ...plenty, 'cuda.shares': 2 }))).toMatchObject({ state: 'partly', starting: 2 });
    expect(forecastOf(facts({ sessions: 3 }, amounts(1, 2), plenty, { policy: policy(2, 3) }))).toMatchObject({ state: 'partly', starting: 1, overLimit: 2 });
    expect(forecastOf(facts({ sessions: 2 }, amounts(1, 2), plenty, { policy: policy(3, 3) }))).toMatchObject({ state: 'queue', starting: 0, overLimit: 2 });
  });

  it('containers of a cluster count together; on one agent where they may not be spread', () => {
    const half = agent('a', plenty, { cpu: 8, mem: 64 * GIB });
    const other = agent('b', plenty, { cpu: 8, mem: 64 * GIB });
    const free = { cpu: 16, mem: 128 * GIB };
    expect(forecastOf(facts({ clusterSize: 2 }, amounts(8, 32), free, agents(half, other)))).toMatchObject({ state: 'queue', short: [], scattered: true });
    expect(forecastOf(facts({ clusterSize: 2, clusterMode: 'multi-node' }, amounts(8, 32), free, agents(half, other))).state).toBe('now');
    expect(forecastOf(facts({ clusterSize: 3, clusterMode: 'multi-node' }, amounts(8, 32), free, agents(half, other)))).toMatchObject({ state: 'queue', short: ['cpu'] });
  });

  it('never, by the largest agent: in all of its amounts, and of the image’s architecture', () => {
    const small = agent('a', { cpu: 8, mem: 16 * GIB }, { cpu: 8, mem: 16 * GIB });
    const wide = agent('b', { cpu: 2, mem: 512 * GIB }, { cpu: 2, mem: 512 * GIB });
    const arm = agent('c', { cpu: 128, mem: 512 * GIB }, { cpu: 128, mem: 512 * GIB }, 'aarch64');
    expect(forecastOf(facts({}, amounts(16, 8), plenty, agents(small, wide, arm))).never).toMatchObject({ by: 'agent', slot: 'cpu', wanted: 16, most: 8 });
    expect(forecastOf(facts({}, amounts(8, 64), plenty, agents(small, wide, arm)))).toMatchObject({ state: 'never', never: { by: 'together' } });
    expect(forecastOf(facts({}, amounts(1, 1), plenty, agents(arm)))).toMatchObject({ state: 'never', never: { by: 'architecture' } });
    expect(forecastOf(facts({}, amounts(1, 1), {}, agents())).state).toBe('queue');
    expect(forecastOf(facts({ clusterSize: 2 }, amounts(8, 8), plenty, agents(small))).never).toMatchObject({ wanted: 16, most: 8 });
    expect(forecastOf(facts({ clusterSize: 2, clusterMode: 'multi-node' }, amounts(8, 8), plenty, agents(small, wide))).state).toBe('never');
    expect(forecastOf(facts({ agents: ['a'] }, amounts(16, 8), plenty, agents(small, agent('d', plenty, plenty)))).state).toBe('never');
  });

  it('never, by what keypair and project allow for all containers together', () => {
    expect(forecastOf(facts({ clusterSize: 4 }, amounts(8, 8), plenty, { limits: { keypairLimits: { cpu: '16' } } })).never).toEqual({ by: 'keypair', slot: 'cpu', wanted: 32, most: 16 });
    expect(forecastOf(facts({ clusterSize: 4 }, amounts(8, 8), plenty, { limits: { projectLimits: { cpu: 16 } } })).never?.by).toBe('project');
    // Three sessions of one container each may run one after the other.
    expect(forecastOf(facts({ sessions: 4 }, amounts(8, 8), plenty, { limits: { keypairLimits: { cpu: 16 } } })).never).toBeNull();
  });

  it('says it in a word where there is no room for more', () => {
    expect(fitOf(forecastOf(facts({}, amounts(4, 16), plenty)))).toBe('now');
    expect(fitOf(forecastOf(facts({ sessions: 3 }, amounts(1, 2, 1), { ...plenty, 'cuda.shares': 2 })))).toBe('queue');
    expect(fitOf(forecastOf({ ...facts({}, amounts(4, 16), plenty), presetCheck: null }))).toBeNull();
  });
});

describe('at the fields', () => {
  const check = (values: Partial<LaunchValues>, wish: ForecastFacts['amounts'], limits: Partial<LimitFacts>, offered: ReturnType<typeof agent>[] | null) => {
    const given = facts(values, wish, plenty, { limits });
    const fit = { amounts: wish, limits: given.limits, architecture: 'x86_64', slotText: (slot: string, n: number) => `${n} ${slot}`, agents: { offered, several: false } };
    return checkFit(given.values, fit).map(({ field, id, level, params }) => ({ field, id, level, most: params?.['most'] }));
  };

  it('warns where the amount is typed', () => {
    expect(check({}, amounts(16, 8, 3), {}, [agent('a', { cpu: 8, mem: 64 * GIB, 'cuda.shares': 2 }, {})])).toEqual([
      { field: 'cpu', id: 'neverAgent', level: 'warning', most: '8 cpu' },
      { field: 'accelerator', id: 'neverAgent', level: 'warning', most: '2 cuda.shares' },
    ]);
    expect(check({ clusterSize: 4 }, amounts(8, 8), { keypairLimits: { cpu: 16 } }, null)).toEqual([{ field: 'cpu', id: 'neverAllowed', level: 'warning', most: '16 cpu' }]);
    expect(check({}, amounts(8, 8), { keypairLimits: { cpu: 16 } }, null)).toEqual([]);
    expect(check({}, amounts(8, 8), {}, [agent('c', plenty, plenty, 'aarch64')])).toEqual([{ field: 'image', id: 'neverArchitecture', level: 'warning', most: undefined }]);
  });
});

describe('each amount by itself', () => {
  const marks = (forecast: ReturnType<typeof forecastOf>) => [fitOfSlot(forecast, 'cpu', 4), fitOfSlot(forecast, 'mem', GIB), fitOfSlot(forecast, 'cuda.shares', 1)];
  it.each([
    ['enough of all', forecastOf(facts({}, amounts(4, 1, 1), plenty)), ['now', 'now', 'now']],
    ['too little of one', forecastOf(facts({}, amounts(4, 1, 1), { ...plenty, 'cuda.shares': 0.5 })), ['now', 'now', 'queue']],
    ['more of one than any agent has', forecastOf(facts({}, amounts(4, 1, 1), plenty, agents(agent('a', { cpu: 2, mem: 8 * GIB, 'cuda.shares': 2 }, { cpu: 2, mem: 8 * GIB, 'cuda.shares': 2 })))), ['never', 'now', 'now']],
    ['enough of all, not on one agent', forecastOf(facts({}, amounts(4, 1, 1), plenty, agents(agent('a', plenty, { cpu: 4 }), agent('b', plenty, { mem: 8 * GIB, 'cuda.shares': 2 })))), [null, null, null]],
    ['no agent of the architecture', forecastOf(facts({}, amounts(4, 1, 1), plenty, agents(agent('a', plenty, plenty, 'aarch64')))), [null, null, null]],
    ['nothing known', forecastOf({ ...facts({}, amounts(4, 1, 1), plenty), presetCheck: null }), [null, null, null]],
  ])('%s', (_, forecast, expected) => {
    expect(marks(forecast)).toEqual(expected);
  });

  it('says nothing of what is not asked for', () => {
    const forecast = forecastOf(facts({}, amounts(4, 1), plenty));
    expect(fitOfSlot(forecast, 'cuda.shares', 0)).toBeNull();
    expect(fitOfSlot(forecast, 'cpu', null)).toBeNull();
  });
});
