import { describe, expect, it } from 'vitest';
import { predicateOf, statusFacts, statusReason } from './session-status';

describe('statuses', () => {
  it('know their tone and whether they move (SES-R50)', () => {
    expect(statusFacts('PENDING')).toEqual({ phase: 'waiting', tone: 'success', spinner: false });
    expect(statusFacts('PULLING')).toEqual({ phase: 'starting', tone: 'info', spinner: true });
    expect(statusFacts('ERROR').tone).toBe('error');
    expect(statusFacts('TERMINATING')).toEqual({ phase: 'ending', tone: 'default', spinner: true });
  });

  it('treat what is not known as active', () => {
    for (const status of ['HIBERNATED', 'constructor', '']) {
      expect(statusFacts(status)).toEqual({ phase: 'running', tone: 'default', spinner: false });
    }
  });

  it('have reasons in words, others as they are (SES-R51)', () => {
    expect(statusReason('idle-utilization')).toBe('idleUtilization');
    for (const info of ['by-plugin', 'toString', '', null]) expect(statusReason(info)).toBeNull();
  });

  it('name the checks of the scheduler in both spellings (SES-R52)', () => {
    expect(predicateOf('concurrency')).toBe('concurrency');
    expect(predicateOf('ConcurrencyLimitValidator')).toBe('concurrency');
    expect(predicateOf('user_group_resource_limit')).toBe(predicateOf('GroupResourceLimitValidator'));
    expect(predicateOf('license_check')).toBeNull();
  });
});
