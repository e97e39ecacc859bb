import { describe, expect, it } from 'vitest';
import { elapsedRange, hasExplanation, statusSteps } from './session-words';

const at = (text: string) => Date.parse(text);
const session = (patch: Partial<Parameters<typeof elapsedRange>[0]> = {}) => ({
  startsAt: null,
  createdAt: '2026-03-01T00:00:00+00:00',
  terminatedAt: null,
  statusHistory: null,
  status: 'RUNNING',
  ...patch,
});

describe('what a session record tells', () => {
  it('SES-006 elapsed time runs from start or making to now or the end', () => {
    expect(elapsedRange(session())).toEqual({ from: at('2026-03-01T00:00:00Z'), to: null });
    expect(elapsedRange(session({ startsAt: '2026-03-01T01:00:00+00:00' }))?.from).toBe(at('2026-03-01T01:00:00Z'));
    expect(elapsedRange(session({ status: 'TERMINATED', terminatedAt: '2026-03-01T02:00:00+00:00' }))?.to).toBe(at('2026-03-01T02:00:00Z'));
  });

  it('SES-006 what never started has none', () => {
    expect(elapsedRange(session({ status: 'CANCELLED', terminatedAt: '2026-03-01T02:00:00+00:00' }))).toBeNull();
    expect(elapsedRange(session({ createdAt: null }))).toBeNull();
    expect(elapsedRange(session({ status: 'TERMINATED' }))).toBeNull();
    expect(elapsedRange(session({ createdAt: 'soon' }))).toBeNull();
  });

  it('SES-205 statuses in the order they were reached, with how long each lasted', () => {
    expect(
      statusSteps({ RUNNING: '2026-03-01T00:00:09+00:00', PENDING: '2026-03-01T00:00:00+00:00', ODD: 'never', PULLING: '2026-03-01T00:00:04+00:00' }),
    ).toEqual([
      { status: 'PENDING', at: at('2026-03-01T00:00:00Z'), lasted: 4000 },
      { status: 'PULLING', at: at('2026-03-01T00:00:04Z'), lasted: 5000 },
      { status: 'RUNNING', at: at('2026-03-01T00:00:09Z'), lasted: null },
    ]);
    expect(statusSteps(null)).toEqual([]);
  });

  it('SES-200 only waiting and ended statuses with something to tell have an explanation', () => {
    const told = (status: string, statusInfo: string | null) => hasExplanation({ status, statusInfo, statusData: null });
    expect(told('PENDING', 'predicate-checks-failed')).toBe(true);
    expect(told('TERMINATED', 'idle-timeout')).toBe(true);
    expect(told('PENDING', null)).toBe(false);
    expect(told('RUNNING', 'scheduled')).toBe(false);
  });
});
