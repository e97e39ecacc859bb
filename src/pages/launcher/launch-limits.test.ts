// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { GIB, MIB } from '../../lib/quantities';
import {
  acceleratorRange,
  automaticShm,
  clusterSizeMax,
  cpuRange,
  judgeAmount,
  memoryRange,
  readAmount,
  remainingOf,
  sessionsMax,
  shmRange,
} from './launch-limits';
import type { LimitFacts } from './launch-limits';

const nothing: LimitFacts = {
  caps: {},
  keypairLimits: null,
  projectLimits: null,
  keypairRemaining: null,
  projectRemaining: null,
  groupUsing: null,
  groupRemaining: null,
  imageMinimum: {},
  quantum: null,
};
const facts = (part: Partial<LimitFacts>): LimitFacts => ({ ...nothing, ...part });

describe('amounts of the manager (pitfall 5)', () => {
  it.each([
    [4, 4],
    ['4', 4],
    ['28.000000', 28],
    ['Infinity', Infinity],
    [Infinity, Infinity],
    ['NaN', null],
    [NaN, null],
    ['', null],
    [' ', null],
    [null, null],
    [undefined, null],
    [{}, null],
    ['many', null],
  ])('%j is read as %j', (value, expected) => {
    expect(readAmount(value)).toBe(expected);
  });
});

describe('CPU (SES-R10)', () => {
  const cases: [string, Partial<LimitFacts>, min: number, max: number, remaining: number][] = [
    ['nothing known: 1…64', {}, 1, 64, Infinity],
    ['cap of config.toml', { caps: { maxCPUCoresPerContainer: 8 } }, 1, 8, Infinity],
    ['minimum of the image', { imageMinimum: { cpu: 2 } }, 2, 64, Infinity],
    ['keypair limit, as text', { keypairLimits: { cpu: '16' } }, 1, 16, Infinity],
    ['endless keypair limit', { keypairLimits: { cpu: 'Infinity' } }, 1, 64, Infinity],
    ['project not disclosed', { projectLimits: { cpu: 'NaN' }, projectRemaining: { cpu: 'NaN' } }, 1, 64, Infinity],
    ['project limit', { projectLimits: { cpu: 12 }, projectRemaining: { cpu: 4 } }, 1, 12, 4],
    ['group: using + remaining', { groupUsing: { cpu: '3' }, groupRemaining: { cpu: '5.000000' } }, 1, 8, 5],
    ['slot missing from the group counts as 0 and is full, not too small', { groupRemaining: { mem: 1 } }, 1, 64, 0],
    ['negative remaining shows 0', { groupUsing: { cpu: 2 }, groupRemaining: { cpu: -3 } }, 1, 2, 0],
    ['nothing left and nothing used: may still wait', { groupRemaining: { cpu: 0 } }, 1, 64, 0],
  ];
  it.each(cases)('SES-R10 SES-R13 %s', (_title, part, min, max, remaining) => {
    expect(cpuRange(facts(part))).toEqual({ min, max, step: 1, remaining });
  });
});

describe('memory (SES-R11)', () => {
  it('SES-R11 adds 64 MiB to the image minimum', () => {
    expect(memoryRange(nothing).min).toBe(128 * MIB);
    expect(memoryRange(facts({ imageMinimum: { mem: 256 * MIB } })).min).toBe(320 * MIB);
    expect(memoryRange(facts({ imageMinimum: { mem: GIB } })).min).toBe(GIB + 64 * MIB);
  });
  it.each<[string, Partial<LimitFacts>, number]>([
    ['default cap', {}, 64],
    ['cap with a fraction', { caps: { maxMemoryPerContainer: 1.5 } }, 1.5],
    ['limit as text', { keypairLimits: { mem: String(8 * GIB) } }, 8],
    ['group', { groupUsing: { mem: GIB }, groupRemaining: { mem: `${3 * GIB}.000000` } }, 4],
    ['endless', { keypairLimits: { mem: Infinity }, projectLimits: { mem: 'NaN' } }, 64],
  ])('SES-R11 %s', (_title, part, gib) => {
    expect(memoryRange(facts(part)).max).toBe(gib * GIB);
  });
});

describe('accelerators (SES-R12)', () => {
  it.each<[string, string, Partial<LimitFacts>, number, { min: number; max: number; step: number }]>([
    ['whole GPUs', 'cuda.device', {}, 1, { min: 0, max: 16, step: 1 }],
    ['shares in tenths', 'cuda.shares', {}, 1, { min: 0, max: 16, step: 0.1 }],
    ['shares by the quantum', 'cuda.shares', { quantum: 0.25, groupRemaining: { 'cuda.shares': '2.1' } }, 1, { min: 0, max: 2, step: 0.25 }],
    ['a quantum of 0 is none', 'cuda.shares', { quantum: 0 }, 1, { min: 0, max: 16, step: 0.1 }],
    ['shares in clusters are whole', 'cuda.shares', { quantum: 0.25 }, 2, { min: 0, max: 16, step: 1 }],
    ['the misspelt cap', 'atom-plus.device', { caps: { maxATOMPlUSDevicesPerContainer: 3 } }, 1, { min: 0, max: 3, step: 1 }],
    ['the cap spelt right', 'atom-plus.device', { caps: { maxATOMPlusDevicesPerContainer: 2 } }, 1, { min: 0, max: 2, step: 1 }],
    ['unknown kinds have 8', 'quantum.device', {}, 1, { min: 0, max: 8, step: 1 }],
    ['cuda.mem has no key', 'cuda.mem', { caps: { maxCUDADevicesPerContainer: 1 } }, 1, { min: 0, max: 8, step: 1 }],
    ['minimum of the image', 'cuda.device', { imageMinimum: { 'cuda.device': '1' } }, 1, { min: 1, max: 16, step: 1 }],
    ['binary dust', 'cuda.shares', { groupRemaining: { 'cuda.shares': 0.3 } }, 1, { min: 0, max: 0.3, step: 0.1 }],
  ])('SES-R12 %s', (_title, slot, part, clusterSize, expected) => {
    expect(acceleratorRange(facts(part), slot, clusterSize)).toMatchObject(expected);
  });
});

describe('remaining (SES-R13)', () => {
  it.each<[string, Partial<LimitFacts>, number]>([
    ['the least of the three', { keypairRemaining: { cpu: 9 }, projectRemaining: { cpu: 7 }, groupRemaining: { cpu: 8 } }, 7],
    ['hidden project', { keypairRemaining: { cpu: 9 }, projectRemaining: { cpu: NaN }, groupRemaining: { cpu: 8 } }, 8],
    ['texts', { keypairRemaining: { cpu: 'Infinity' }, groupRemaining: { cpu: '28.000000' } }, 28],
    ['nothing known', {}, Infinity],
  ])('SES-R13 %s', (_title, part, expected) => {
    expect(remainingOf(facts(part), 'cpu')).toBe(expected);
  });
});

describe('shared memory (SES-069, SES-R15)', () => {
  it.each<[string, number, number, number | null, number]>([
    ['1 GiB from 4 GiB on', 4 * GIB, 256 * MIB, null, GIB],
    ['64 MiB below 4 GiB', 4 * GIB - MIB, 256 * MIB, null, 64 * MIB],
    ['64 MiB where the image needs nearly all', 4 * GIB, 3.5 * GIB, null, 64 * MIB],
    ['as the image prefers', 4 * GIB, 256 * MIB, 512 * MIB, 512 * MIB],
    ['the preference must fit', GIB, 768 * MIB, 512 * MIB, 64 * MIB],
    ['a preference below the least', 8 * GIB, 256 * MIB, 1, GIB],
  ])('SES-R15 %s', (_title, memory, image, preferred, expected) => {
    expect(automaticShm(facts({ imageMinimum: { mem: image } }), memory, preferred)).toBe(expected);
  });
  it('SES-R15 keeps to a cap below 1 GiB', () => {
    expect(automaticShm(facts({ caps: { maxShmPerContainer: 0.5 } }), 8 * GIB, null)).toBe(64 * MIB);
  });
  it('SES-069 strictly less than the memory, and within the cap', () => {
    expect(shmRange(nothing, GIB)).toEqual({ min: 64 * MIB, max: GIB - MIB });
    expect(shmRange(facts({ caps: { maxShmPerContainer: 4 } }), 16 * GIB).max).toBe(4 * GIB);
    expect(shmRange(nothing, null).max).toBe(2 * GIB);
  });
});

describe('counts (SES-R14)', () => {
  it.each([
    [0, 100],
    [null, 100],
    [undefined, 100],
    ['Infinity', 100],
    ['NaN', 100],
    [5, 5],
    ['30', 30],
    [1000, 1000],
  ])('SES-R14 max_concurrent_sessions %j allows %i at once', (limit, expected) => {
    expect(sessionsMax(limit)).toBe(expected);
  });
  it.each([
    [0, 1],
    [null, 1],
    [8, 8],
    [1000, 100],
    ['NaN', 1],
  ])('SES-R14 SES-350 max_containers_per_session %j allows %i', (limit, expected) => {
    expect(clusterSizeMax(limit)).toBe(expected);
  });
});

describe('errors and warnings (SES-071)', () => {
  const range = { min: 1, max: 8, step: 1, remaining: 4 };
  it.each<[number | null, number, string]>([
    [null, 1, 'missing'],
    [NaN, 1, 'missing'],
    [Infinity, 1, 'missing'],
    [0, 1, 'belowMin'],
    [9, 1, 'aboveMax'],
    [1.5, 1, 'step'],
    [5, 1, 'queue'],
    [2, 3, 'queue'],
    [4, 1, 'ok'],
    [2, 2, 'ok'],
  ])('SES-071 SES-R13 %j times %i: %s', (amount, times, expected) => {
    const verdict = judgeAmount(amount, range, times);
    expect('problem' in verdict ? verdict.problem : verdict.level).toBe(expected);
  });
  it('SES-R12 steps of 0.1 hold in binary', () => {
    const shares = { min: 0, max: 16, step: 0.1, remaining: Infinity };
    expect([0.3, 0.7, 1.1, 2.3].map((n) => judgeAmount(n, shares, 1).level)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(judgeAmount(0.15, shares, 1)).toEqual({ level: 'error', problem: 'step' });
  });
});
