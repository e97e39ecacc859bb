import * as z from 'zod/mini';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { idleChecks, liveStat, servicePorts, sharedMemory, statusData } from './sessions-parse';

describe('live statistics (SES-R60)', () => {
  it('become numbers; none, negative and the largest number mean nothing', () => {
    const raw = {
      cpu_util: { current: '84.2', capacity: '200', pct: '42.10', unit_hint: 'percent', 'stats.avg': '40', 'stats.max': '99.5' },
      io_read: { current: '10', capacity: '9223372036854775807', pct: '0.00', unit_hint: 'bytes', 'stats.rate': '5' },
      mem: { current: '-1', capacity: null, unit_hint: 'bytes' },
      broken: null,
    };
    for (const value of [raw, JSON.stringify(raw)]) {
      expect(z.parse(liveStat, value)).toEqual({
        cpu_util: { current: 84.2, capacity: 200, pct: 42.1, unit: 'percent', rate: null, avg: 40, max: 99.5 },
        io_read: { current: 10, capacity: null, pct: 0, unit: 'bytes', rate: 5, avg: null, max: null },
        mem: { current: null, capacity: null, pct: null, unit: 'bytes', rate: null, avg: null, max: null },
      });
    }
    expect(z.parse(liveStat, null)).toBeNull();
  });
});

describe('idle checks (SES-R64)', () => {
  it('are read with and without figures', () => {
    const raw = {
      network_timeout: { remaining: 3540.2, remaining_time_type: 'expire_after', extra: null },
      session_lifetime: { remaining: null, remaining_time_type: 'expire_after', extra: null },
      utilization: {
        remaining: -1,
        remaining_time_type: 'grace_period',
        extra: { thresholds_check_operator: 'and', resources: { cpu_util: [3.2, 30], cuda_util: [null, 10] } },
      },
    };
    vi.useFakeTimers({ now: 1000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(z.parse(idleChecks, JSON.stringify(raw))).toEqual({
      network_timeout: { remaining: 3540.2, endsAt: 3_541_000, type: 'expire_after', operator: null, resources: {} },
      session_lifetime: { remaining: null, endsAt: null, type: 'expire_after', operator: null, resources: {} },
      utilization: {
        remaining: -1,
        endsAt: null,
        type: 'grace_period',
        operator: 'and',
        resources: { cpu_util: { average: 3.2, threshold: 30 }, cuda_util: { average: null, threshold: 10 } },
      },
    });
  });
});

describe('status data (SES-R52)', () => {
  it('holds whatever parts there are', () => {
    const scheduler = {
      failed_predicates: [{ name: 'concurrency', msg: 'You cannot run more than 3' }, { msg: 'nameless' }],
      passed_predicates: [{ name: 'reserved_time' }],
      retries: '12',
      last_try: '2026-03-01T00:10:00+00:00',
      msg: '',
    };
    expect(z.parse(statusData, { scheduler })).toEqual({
      scheduler: {
        failed: [{ name: 'concurrency', message: 'You cannot run more than 3' }],
        passed: [{ name: 'reserved_time' }],
        retries: 12,
        lastTry: '2026-03-01T00:10:00+00:00',
        message: null,
      },
      errors: [],
      kernelExitCode: null,
      sessionStatus: null,
    });
    const ended = z.parse(statusData, '{"kernel":{"exit_code":-1},"session":{"status":"terminated"}}');
    expect(ended).toMatchObject({ scheduler: null, kernelExitCode: -1, sessionStatus: 'terminated' });
    expect(z.parse(statusData, '{}')).toEqual({ scheduler: null, errors: [], kernelExitCode: null, sessionStatus: null });
    expect(z.parse(statusData, null)).toBeNull();
  });

  it('lists every error of a failed start (SES-202)', () => {
    const one = { src: 'agent', agent_id: 'i-1', name: 'ImageNotAvailable', repr: 'x' };
    expect(z.parse(statusData, { error: one })?.errors).toHaveLength(1);
    expect(z.parse(statusData, { error: { ...one, collection: [one, { ...one, agent_id: null }] } })?.errors).toEqual([
      { source: 'agent', agentId: 'i-1', name: 'ImageNotAvailable', message: 'x', traceback: null },
      { source: 'agent', agentId: null, name: 'ImageNotAvailable', message: 'x', traceback: null },
    ]);
  });
});

describe('other texts of a session', () => {
  it('are ports and shared memory', () => {
    const port = { name: 'jupyter', protocol: 'http', container_ports: [8081], host_ports: [30421], is_inference: false };
    expect(z.parse(servicePorts, JSON.stringify([port, { name: '8000', container_ports: [8000], host_ports: null }]))).toEqual([
      { name: 'jupyter', protocol: 'http', containerPorts: [8081], hostPorts: [30421], isInference: false },
      { name: '8000', protocol: 'http', containerPorts: [8000], hostPorts: [], isInference: false },
    ]);
    expect(z.parse(servicePorts, null)).toEqual([]);
    expect(z.parse(sharedMemory, '{"main1": {"shmem": 1073741824}, "sub1": {"shmem": "1073741824"}}')).toBe(2 ** 31);
    expect(z.parse(sharedMemory, '{"shmem": 64}')).toBe(64);
    expect(z.parse(sharedMemory, null)).toBe(0);
  });

  it('are refused where they are something else (REL-03)', () => {
    expect(z.safeParse(servicePorts, '{"a": 1}').success).toBe(false);
    expect(z.safeParse(liveStat, 'cpu').success).toBe(false);
    expect(z.safeParse(statusData, '{"scheduler": 3}').success).toBe(false);
  });
});
