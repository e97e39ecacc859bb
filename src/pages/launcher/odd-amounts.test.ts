// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { parseSlots } from '../../client/slots';
import { GIB, MIB } from '../../lib/quantities';
import { forecastOf } from './launch-forecast';
import { acceleratorRange, automaticShm, clusterSizeMax, cpuRange, judgeAmount, memoryRange, remainingOf, sessionsMax, shmRange } from './launch-limits';
import type { LimitFacts, Range } from './launch-limits';
import { chooseAutomatically, presetObstacle, resolveAmounts } from './launch-resolve';
import type { ResolveFacts } from './launch-resolve';
import { defaultLaunchValues } from './launch-values';

/** Whatever a manager, a config.toml or a label says in place of a number: the launcher goes on reckoning (pitfall 5). */

const odd: unknown[] = ['Infinity', Infinity, '-Infinity', 'NaN', NaN, undefined, null, '', ' ', 'many', '4g', {}, [], true, '-5', -5, 0, '0', '1e3', '3.7'];
const slots = ['cpu', 'mem', 'cuda.device', 'cuda.shares', 'made-up.device'];
const normal: LimitFacts = {
  caps: {},
  keypairLimits: { cpu: 16, mem: 64 * GIB, 'cuda.shares': 4 },
  projectLimits: null,
  keypairRemaining: { cpu: 12, mem: 32 * GIB, 'cuda.shares': 2 },
  projectRemaining: null,
  groupUsing: { cpu: 4, mem: 8 * GIB },
  groupRemaining: { cpu: 28, mem: 100 * GIB, 'cuda.device': 2, 'cuda.shares': 3 },
  imageMinimum: { cpu: 1, mem: 256 * MIB },
  quantum: 0.1,
};
const all = (value: unknown) => Object.fromEntries(slots.map((slot) => [slot, value]));
const caps = (value: unknown) =>
  Object.fromEntries(['maxCPUCoresPerContainer', 'maxMemoryPerContainer', 'maxShmPerContainer', 'maxCUDADevicesPerContainer', 'maxCUDASharesPerContainer'].map((key) => [key, value]));

const places: Record<string, (value: unknown) => Partial<LimitFacts>> = {
  caps: (value) => ({ caps: caps(value) }),
  'limits of the keypair': (value) => ({ keypairLimits: all(value) }),
  'limits of the project': (value) => ({ projectLimits: all(value) }),
  'what the keypair has left': (value) => ({ keypairRemaining: all(value) }),
  'what the project has left': (value) => ({ projectRemaining: all(value) }),
  'what I use in the group': (value) => ({ groupUsing: all(value) }),
  'what the group has left': (value) => ({ groupRemaining: all(value) }),
  'minimum of the image': (value) => ({ imageMinimum: all(value) }),
  quantum: (value) => ({ quantum: typeof value === 'number' ? value : null }),
};

function expectSound(range: Range): void {
  expect(range.min).toBeGreaterThanOrEqual(0);
  expect(Number.isFinite(range.min)).toBe(true);
  expect(range.max).toBeGreaterThanOrEqual(0);
  expect(range.remaining).toBeGreaterThanOrEqual(0);
  expect(range.step).toBeGreaterThan(0);
  expect(Number.isFinite(range.step)).toBe(true);
}

describe.each(Object.entries(places))('odd values as %s', (_where, part) => {
  it.each(odd.map((value) => [String(JSON.stringify(value) ?? value), value]))('SES-R10…R16 %s', (_shown, value) => {
    const facts: LimitFacts = { ...normal, ...part(value) };
    expectSound(cpuRange(facts));
    expect(cpuRange(facts).min).toBeGreaterThanOrEqual(1);
    expectSound(memoryRange(facts));
    expect(memoryRange(facts).min).toBeGreaterThanOrEqual(128 * MIB);
    for (const slot of slots.slice(2)) for (const size of [1, 3]) expectSound(acceleratorRange(facts, slot, size));
    for (const slot of slots) expect(remainingOf(facts, slot)).toBeGreaterThanOrEqual(0);
    const shm = shmRange(facts, 8 * GIB);
    expect(shm.max).toBeLessThan(8 * GIB);
    expect(automaticShm(facts, 8 * GIB, null)).toBeGreaterThanOrEqual(64 * MIB);

    const preset = { id: null, name: 'p', slots: { cpu: 2, mem: 4 * GIB, 'cuda.shares': 0.5 }, shmem: null, allocatable: true };
    const resolve: ResolveFacts = { limits: facts, image: null, presets: [preset], accelerators: ['cuda.device', 'cuda.shares'], allowCustom: true };
    expect([null, 'notAllocatable', 'belowImage', 'aboveMax', 'accelerator', 'slotUnknown']).toContain(presetObstacle(preset, resolve, 1));
    chooseAutomatically(resolve, 1);
    for (const allocation of ['auto', 'minimum', 'preset:p']) {
      const { cpu, mem, shm: shared } = resolveAmounts({ ...defaultLaunchValues(), allocation }, resolve);
      for (const amount of [cpu, mem, shared]) expect(Number.isFinite(amount)).toBe(true);
      expect(mem ?? 0).toBeGreaterThan(shared ?? 0);
    }
  });
});

describe('odd values elsewhere', () => {
  it.each(odd.map((value) => [String(JSON.stringify(value) ?? value), value]))('SES-R14 counts: %s', (_shown, value) => {
    for (const most of [sessionsMax(value), clusterSizeMax(value)]) {
      expect(Number.isInteger(most)).toBe(true);
      expect(most).toBeGreaterThanOrEqual(1);
    }
    expect(clusterSizeMax(value)).toBeLessThanOrEqual(100);
  });

  it.each(odd.map((value) => [String(JSON.stringify(value) ?? value), value]))('SES-R13, SES-R40 slot maps: %s', (_shown, value) => {
    const read = parseSlots({ cpu: value });
    expect(Object.values(read).every((amount) => !Number.isNaN(amount))).toBe(true);
  });

  it('SES-R13 an amount that is no number is an error, never silence', () => {
    const range: Range = { min: 1, max: 8, step: 1, remaining: 4 };
    for (const amount of [NaN, Infinity, -Infinity, null]) expect(judgeAmount(amount, range, 1)).toEqual({ level: 'error', problem: 'missing' });
    expect(judgeAmount(-1, range, 1)).toEqual({ level: 'error', problem: 'belowMin' });
  });

  it('SES-R40 a project that is not disclosed limits nothing', () => {
    const hidden = { ...normal, projectLimits: all('NaN'), projectRemaining: all('NaN') };
    expect(cpuRange(hidden)).toEqual(cpuRange(normal));
    expect(memoryRange(hidden)).toEqual(memoryRange(normal));
  });

  it('REL-14 what is wanted in all is per container × containers × sessions', () => {
    const facts = {
      presetCheck: { presets: [], keypair: { limits: {}, using: {}, remaining: {} }, project: null, groupRemaining: {}, resourceGroups: {} },
      amounts: { cpu: 4, mem: 4 * GIB, shm: null, shmAuto: true, accelerator: { slot: 'cuda.shares', amount: 0.1 }, preset: null },
      limits: { ...normal, keypairRemaining: { cpu: 12, mem: 64 * GIB, 'cuda.shares': 0.3 } },
      policy: null,
      agents: { offered: null, several: false, failed: false },
      image: null,
    };
    const of = (values: object) => forecastOf({ ...facts, values: { ...defaultLaunchValues(), ...values } } as Parameters<typeof forecastOf>[0]);
    expect(of({ sessions: 3 })).toMatchObject({ state: 'now', short: [] });
    expect(of({ sessions: 4 })).toMatchObject({ state: 'partly', starting: 3, short: ['cpu', 'cuda.shares'] });
    expect(of({ clusterSize: 3, sessions: 4 }).short).toEqual([]);
  });
});
