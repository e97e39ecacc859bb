import { describe, expect, it } from 'vitest';
import { remainingNow } from './presets';
import type { PresetCheck } from './presets';

const check: PresetCheck = {
  presets: [],
  keypair: { limits: {}, using: {}, remaining: { cpu: 16, mem: Infinity, 'cuda.shares': 4, 'rocm.device': 2 } },
  project: { limits: {}, using: {}, remaining: { cpu: 6 } },
  groupRemaining: { cpu: 28 },
  resourceGroups: { default: { using: {}, remaining: { cpu: 28, mem: 1024, 'cuda.shares': -1 } } },
};

describe('remainingNow', () => {
  it('is the least of keypair, project and resource group, and never below 0 (SES-R13, SES-R40)', () => {
    expect(remainingNow(check, 'default')).toEqual({ cpu: 6, mem: 1024, 'cuda.shares': 0, 'rocm.device': 0 });
    expect(remainingNow({ ...check, project: null }, 'default').cpu).toBe(16);
    expect(remainingNow({ ...check, project: null }, 'elsewhere').cpu).toBe(16);
  });
});
