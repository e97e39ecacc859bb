import { describe, expect, it } from 'vitest';
import { idleDanger, idleState, orderedChecks } from './idle-rules';
import type { IdleCheck } from './sessions-types';

const now = 1_000_000_000_000;
const counting = (seconds: number): IdleCheck => ({ remaining: seconds, endsAt: now + seconds * 1000, type: 'expire_after', operator: null, resources: {} });
const grace = (seconds: number): IdleCheck => ({ ...counting(seconds), type: 'grace_period' });
const use = (operator: 'and' | 'or' | null, ...pairs: [number | null, number][]): IdleCheck => ({
  remaining: -1,
  endsAt: null,
  type: 'grace_period',
  operator,
  resources: Object.fromEntries(pairs.map(([average, threshold], i) => [`r${i}_util`, { average, threshold }])),
});

describe('the state of an idle check', () => {
  it('SES-R65 under 1 h is critical, under 4 h low, else fine', () => {
    expect(idleState(counting(3599), now)).toMatchObject({ kind: 'counting', level: 'critical' });
    expect(idleState(counting(3600), now)).toMatchObject({ level: 'low' });
    expect(idleState(counting(4 * 3600), now)).toMatchObject({ level: 'fine' });
  });

  it('SES-R64 counts down by itself, and is over at its end', () => {
    expect(idleState(counting(90), now + 30_500)).toMatchObject({ secondsLeft: 60 });
    expect(idleState(counting(90), now + 91_000)).toEqual({ kind: 'over' });
    expect(idleState({ ...counting(1), remaining: -1, endsAt: null }, now)).toEqual({ kind: 'over' });
    expect(idleState({ ...counting(1), remaining: null, endsAt: null }, now)).toEqual({ kind: 'none' });
  });

  it('SES-271 nothing is judged in the grace period, and use is from then on', () => {
    expect(idleState(grace(60), now)).toMatchObject({ kind: 'grace', secondsLeft: 60 });
    expect(idleState(grace(60), now + 61_000)).toEqual({ kind: 'watched', operator: 'and', resources: [], level: null });
  });

  it.each([
    ['and', [[9.9, 5], [60, 5]], 'fine'],
    ['and', [[9.9, 5], [49, 5]], 'low'],
    ['and', [[9.9, 5], [0, 5]], 'critical'],
    ['or', [[9.9, 5], [60, 5]], 'critical'],
    ['or', [[10, 5], [60, 5]], 'low'],
    ['or', [[50, 5], [60, 5]], 'fine'],
    ['or', [[null, 5]], null],
  ] as const)('SES-R65 %s of %j is %s', (operator, pairs, level) => {
    expect(idleState(use(operator, ...(pairs as unknown as [number, number][])), now)).toMatchObject({ kind: 'watched', level });
  });

  it('SES-271 leaves out what has no value', () => {
    expect(idleState(use(null, [null, 5], [3, 5]), now)).toMatchObject({ resources: [{ name: 'r1_util', average: 3, threshold: 5 }] });
  });
});

describe('what will end the session within the hour (SES-272, UX-07)', () => {
  it('is the nearest of the checks', () => {
    expect(idleDanger({ network_timeout: counting(3000), session_lifetime: counting(2000) }, now)).toEqual({ check: 'session_lifetime', endsAt: now + 2_000_000, secondsLeft: 2000 });
    expect(idleDanger({ network_timeout: counting(3600) }, now)).toBeNull();
    expect(idleDanger({ network_timeout: counting(3600) }, now + 1000)).toMatchObject({ check: 'network_timeout' });
    expect(idleDanger(null, now)).toBeNull();
  });

  it('counts use below the thresholds, by their operator, and never the grace period', () => {
    expect(idleDanger({ utilization: grace(60) }, now)).toBeNull();
    expect(idleDanger({ utilization: use('and', [4, 5], [6, 5]) }, now)).toBeNull();
    expect(idleDanger({ utilization: use('or', [4, 5], [6, 5]) }, now)).toEqual({ check: 'utilization', endsAt: null, secondsLeft: 0 });
    expect(idleDanger({ utilization: use('and', [4, 5], [1, 5]) }, now)).toMatchObject({ check: 'utilization' });
    expect(idleDanger({ utilization: use('and') }, now)).toBeNull();
  });

  it('lists the checks in one order, unknown ones last', () => {
    expect(orderedChecks({ zeta: counting(1), utilization: grace(1), network_timeout: counting(1), session_lifetime: counting(1) }).map(([name]) => name)).toEqual([
      'session_lifetime',
      'network_timeout',
      'utilization',
      'zeta',
    ]);
  });
});
