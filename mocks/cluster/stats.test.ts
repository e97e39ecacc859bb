// @vitest-environment node
import { expect, test } from 'vitest';
import { clusterWith, launch, refusal, requester, until } from './test-helpers';
import type { Cluster } from './api';
import type { Session } from './types';

type Reading = Record<string, string | null>;

function running(version: string): { cluster: Cluster; session: Session; stat: () => Record<string, Reading> } {
  const cluster = clusterWith({ version });
  const session = launch(cluster, requester(cluster), 'measured', {}, { scaling_group: 'nvidia-h100', resources: { cpu: 4, mem: '16g', 'cuda.shares': 0.5 } });
  until(cluster, session, 'RUNNING');
  const stat = () => {
    const text = session.kernels[0] ? cluster.sessions.liveStat(session.kernels[0]) : null;
    return JSON.parse(text ?? 'null') as Record<string, Reading>;
  };
  return { cluster, session, stat };
}

test('SES-R60: every metric with every key, all texts; none until the first collection', () => {
  const { cluster, stat } = running('26.8');
  expect(stat()).toBeNull();
  cluster.advance('10s');
  const first = stat();
  expect(Object.keys(first).sort()).toEqual(
    ['cpu_used', 'cpu_util', 'cuda_mem', 'cuda_util', 'io_read', 'io_scratch_size', 'io_write', 'mem', 'net_rx', 'net_tx'],
  );
  for (const reading of Object.values(first)) {
    expect(Object.keys(reading)).toEqual(['current', 'capacity', 'pct', 'unit_hint', 'stats.min', 'stats.max', 'stats.sum', 'stats.avg', 'stats.diff', 'stats.rate', 'stats.version']);
    expect(reading['current']).toMatch(/^\d+(\.\d+)?$/);
  }
  expect(first['net_rx']?.['capacity']).toBe('9223372036854775807');
  expect(first['cpu_util']?.['capacity']).toBe('400');
  expect(first['mem']?.['capacity']).toBe(String(16 * 2 ** 30));
  cluster.advance('30s');
  expect(stat()).not.toEqual(first);
});

test('SES-R60: before 26.5 no capacity is null, and 100 % is one core', () => {
  const { cluster, stat } = running('25.5');
  cluster.advance('10s');
  expect(stat()['net_rx']?.['capacity']).toBeNull();
  expect(stat()['cpu_util']?.['capacity']).toBe('100');
  // Half an fGPU of a card that is worth two: a quarter of its memory.
  expect(stat()['cuda_mem']?.['capacity']).toBe(String(20 * 2 ** 30));
});

test('SES-R64: idle checks count down; utilization after its grace period', () => {
  const { cluster, session } = running('25.5');
  cluster.advance((session.startsAt ?? 0) + 600_000 - cluster.now);
  expect(cluster.sessions.idleChecks(session)).toEqual({
    network_timeout: { remaining: 2 * 86_400 - 600, remaining_time_type: 'expire_after', extra: null },
    session_lifetime: { remaining: null, remaining_time_type: 'expire_after', extra: null },
    utilization: { remaining: 1200, remaining_time_type: 'grace_period', extra: null },
  });
  cluster.advance('1h');
  const checks = cluster.sessions.idleChecks(session) as { utilization: { remaining: number; extra: { resources: object } } };
  expect(checks.utilization.remaining).toBe(-1);
  expect(Object.keys(checks.utilization.extra.resources)).toEqual(['cpu_util', 'mem', 'cuda_util', 'cuda_mem']);
  cluster.sessions.terminate(requester(cluster), session.id);
  until(cluster, session, 'TERMINATED');
  expect(cluster.sessions.idleChecks(session)).toMatchObject({ utilization: { remaining: -1 } });
  // The last report is forgotten after 150 s.
  cluster.advance('151s');
  expect(cluster.sessions.idleChecks(session)).toMatchObject({ network_timeout: { remaining: null }, utilization: { remaining: null, extra: null } });
});

test('SES-R64: a report comes every 15 s, the first one 15 s after the start', () => {
  const { cluster, session } = running('25.5');
  const left = () => (cluster.sessions.idleChecks(session) as { network_timeout: { remaining: number | null } }).network_timeout.remaining;
  cluster.advance((session.startsAt ?? 0) + 14_000 - cluster.now);
  expect(left()).toBeNull();
  cluster.advance('1s');
  expect(left()).toBe(2 * 86_400 - 15);
  cluster.advance('14s');
  expect(left()).toBe(2 * 86_400 - 15);
  cluster.sessions.touch(session);
  cluster.advance('1s');
  expect(left()).toBe(2 * 86_400 - 1);
});

test.each(['and', 'or'] as const)('SES-271: what uses too little after its grace period is ended (%s)', (operator) => {
  const { cluster, session } = running('25.5');
  const rule = { operator, gracePeriod: 1800, window: 600, thresholds: { cpu_util: 0.1, mem: 101 } };
  cluster.state.settings.idleCheckers.utilization = rule;
  cluster.advance('39m');
  expect(session.status).toBe('RUNNING');
  cluster.advance('10m');
  expect(session.status).toBe(operator === 'or' ? 'TERMINATED' : 'RUNNING');
  rule.thresholds.cpu_util = 101;
  cluster.advance('10m');
  expect(session).toMatchObject({ status: 'TERMINATED', statusInfo: 'idle-utilization' });
});

test('background tasks step by the clock and end well or badly', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const seen: unknown[] = [];
  cluster.events.subscribe((event) => seen.push([event.name, event.data['message'], event.data['current_progress']]));
  const task = cluster.admin.startTask(me, { name: 'commit', seconds: 9, total: 2, messages: ['Commit started', 'Pushed', 'Completed'] });
  cluster.admin.startTask(me, { name: 'bad', seconds: 20, total: 0, fail: 'no room' });
  cluster.advance('30s');
  expect(seen).toEqual([
    ['bgtask_updated', 'Commit started', 1],
    ['bgtask_updated', 'Pushed', 2],
    ['bgtask_done', 'Completed', undefined],
    ['bgtask_failed', 'no room', undefined],
  ]);
  expect(cluster.admin.task(task.id)?.status).toBe('done');
  cluster.advance('25h');
  expect(cluster.admin.task(task.id)).toBeUndefined();
});

test('ACC-072: the announcement is the superadmin’s to set', () => {
  const cluster = clusterWith();
  const admin = requester(cluster, 'admin@example.com');
  expect(refusal(() => cluster.admin.setAnnouncement(requester(cluster), { enabled: true, message: 'x' })).status).toBe(403);
  expect(refusal(() => cluster.admin.setAnnouncement(admin, { enabled: true })).status).toBe(400);
  cluster.admin.setAnnouncement(admin, { enabled: true, message: '**hello**' });
  expect(cluster.admin.announcement()).toEqual({ enabled: true, message: '**hello**' });
});

test('faults strike by path or operation, once or for good', () => {
  const cluster = clusterWith();
  cluster.faults.add({ match: '/func/session/*', kind: 'status', status: 500, times: 1 });
  cluster.faults.add({ match: 'SessionList', kind: 'latency', ms: 50 });
  const strike = (path: string, operation?: string) => cluster.faults.take({ path, method: 'GET', operation: operation ?? null })?.kind;
  expect([strike('/func/folders'), strike('/func/session/x/logs'), strike('/func/session/x/logs')]).toEqual([undefined, 'status', undefined]);
  expect([strike('/func/admin/gql', 'SessionList'), strike('/func/admin/gql', 'SessionList')]).toEqual(['latency', 'latency']);
  cluster.faults.clear();
  expect(cluster.faults.list()).toEqual([]);
});

test('statistics of a month: 2880 quarters of an hour, oldest first', () => {
  const cluster = clusterWith();
  const month = cluster.admin.usageMonth(requester(cluster), 'user');
  expect(month).toHaveLength(2880);
  expect(Number(month[1]?.['date']) - Number(month[0]?.['date'])).toBe(900);
  expect(refusal(() => cluster.admin.usageMonth(requester(cluster), 'admin')).status).toBe(403);
});
