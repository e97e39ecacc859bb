import { describe, expect, it } from 'vitest';
import type { PresetCheck } from '../client/presets';
import { percentOf, slotNumbers, slotOrder } from './resource-panel-numbers';

const GIB = 2 ** 30;

const check = (patch: Partial<PresetCheck> = {}): PresetCheck => ({
  presets: [],
  keypair: {
    limits: { cpu: 16, mem: Infinity },
    using: { cpu: 6, mem: 20 * GIB, 'cuda.shares': 1.5 },
    remaining: { cpu: 10, mem: Infinity },
  },
  project: null,
  groupRemaining: {},
  resourceGroups: { default: { using: { cpu: 2, mem: 8 * GIB }, remaining: { cpu: 10, mem: 24 * GIB } } },
  ...patch,
});

describe('numbers of the resource panel', () => {
  it('SES-020 upper bar: mine in the group over mine and what is still free there', () => {
    const [cpu, mem] = slotNumbers(check(), 'default', ['cpu', 'mem']);
    expect(cpu?.group).toEqual({ used: 2, total: 12 });
    expect(mem?.group).toEqual({ used: 8 * GIB, total: 32 * GIB });
  });

  it('SES-020 lower bar: mine in all over my limit; without a limit over mine and what is free in the group', () => {
    const [cpu, mem] = slotNumbers(check(), 'default', ['cpu', 'mem']);
    expect(cpu?.mine).toEqual({ used: 6, total: 16 });
    expect(mem?.mine).toEqual({ used: 20 * GIB, total: 44 * GIB });
  });

  it('REL-14 missing slots count as 0, overdrawn ones as 0, a total is never below what is used', () => {
    const odd = check({
      keypair: { limits: { cpu: 4 }, using: { cpu: 6 }, remaining: {} },
      resourceGroups: { default: { using: { cpu: 6 }, remaining: { cpu: -2 } } },
    });
    const [cpu, gpu] = slotNumbers(odd, 'default', ['cpu', 'cuda.device']);
    expect(cpu).toMatchObject({ group: { used: 6, total: 6 }, mine: { used: 6, total: 6 } });
    expect(gpu).toMatchObject({ group: { used: 0, total: 0 }, mine: { used: 0, total: 0 } });
    expect(slotNumbers(odd, 'elsewhere', ['cpu'])[0]?.group).toEqual({ used: 0, total: 0 });
  });

  it('SES-022 the project only where the manager tells its amounts (SES-R40)', () => {
    expect(slotNumbers(check(), 'default', ['cpu'])[0]?.project).toBeNull();
    const told = check({ project: { limits: { cpu: 100 }, using: { cpu: 40 }, remaining: { cpu: 60 } } });
    expect(slotNumbers(told, 'default', ['cpu', 'mem']).map(({ project }) => project)).toEqual([{ used: 40, total: 100 }, null]);
  });

  it('percent is used over total: 0 of nothing and of the endless', () => {
    expect(percentOf({ used: 3, total: 12 })).toBe(25);
    expect(percentOf({ used: 0, total: 0 })).toBe(0);
    expect(percentOf({ used: 3, total: Infinity })).toBe(0);
    expect(percentOf({ used: 3, total: Number.NaN })).toBe(0);
  });

  it('UX-10 slots stand in one order: CPU, memory, accelerators by name', () => {
    expect(slotOrder(['cuda.shares', 'mem', 'atom.device', 'cpu', 'mem'])).toEqual(['cpu', 'mem', 'atom.device', 'cuda.shares']);
  });
});
