// @vitest-environment node
import { expect, test } from 'vitest';
import { clusterWith, launch, refusal, requester, until } from './test-helpers';

const session = (cluster: ReturnType<typeof clusterWith>, name: string) => {
  const found = Object.values(cluster.state.sessions).find((one) => one.name === name);
  if (!found) throw new Error(`no session ${name}`);
  return found;
};

test('SES-C05: each container writes its own lines, of all levels, and only ever adds', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const me = requester(cluster);
  const run = session(cluster, 'cluster-run');
  const texts = run.kernels.map((kernel) => cluster.sessions.logs(me, run.id, { kernelId: kernel.id }));
  expect(new Set(texts).size).toBe(3);
  expect(texts[1]).toMatch(/\[rank1\].*epoch 2 step/);
  for (const part of [/INFO/, /WARNING/, /\r\S*\[rank0\]\S* validating/, /\]8;;https:/, /^config \{.{2000,}/m]) expect(texts[0]).toMatch(part);
  cluster.advance('1m');
  expect(cluster.sessions.logs(me, run.id).startsWith(texts[0] ?? '-')).toBe(true);
  expect(cluster.sessions.logs(me, run.id).length).toBeGreaterThan(texts[0]?.length ?? 0);
});

test('SES-C05: what is longer than 10 MiB is cut at the front', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const admin = requester(cluster, 'admin@example.com');
  const replica = session(cluster, 'detector');
  cluster.advance('6h');
  const read = () => cluster.sessions.logs(admin, replica.id, { ownerAccessKey: replica.accessKey });
  const before = read();
  expect(new TextEncoder().encode(before).length).toBeLessThanOrEqual(10 * 2 ** 20 + 2);
  expect(before).not.toContain('starting kernel-runner');
  cluster.advance('1m');
  const after = read();
  expect(after.startsWith(before)).toBe(false);
  expect(before.slice(8000).length > 0 && after.includes(before.slice(before.length - 500))).toBe(true);
});

test('SES-C05: from 26.8 on logs of ended interactive sessions may be gone; those of batch sessions stay', () => {
  const newest = clusterWith({ seed: 'demo', version: '26.8.1' });
  const me = requester(newest);
  expect(refusal(() => newest.sessions.logs(me, session(newest, 'yesterday').id))).toMatchObject({ status: 500 });
  expect(newest.sessions.logs(me, session(newest, 'prepare-data').id)).toContain('done');
  const older = clusterWith({ seed: 'demo' });
  expect(older.sessions.logs(requester(older), session(older, 'yesterday').id)).toContain('ready');
});

test('SES-C05: task logs of one’s own batch sessions with the folder .logs', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const me = requester(cluster);
  const without = launch(cluster, me, 'no-folder', { type: 'batch', startupCommand: 'echo one' });
  until(cluster, without, 'TERMINATED');
  expect(refusal(() => cluster.sessions.taskLogs(me, without.kernels[0]?.id ?? ''))).toMatchObject({ status: 404, title: 'No such vfolder.' });
  const folder = Object.values(cluster.state.folders).find((one) => one.name === 'results');
  if (!folder) throw new Error('no folder');
  folder.name = '.logs';
  expect(refusal(() => cluster.sessions.taskLogs(me, without.kernels[0]?.id ?? ''))).toMatchObject({ status: 404, msg: 'Not Found' });
  const kept = launch(cluster, me, 'with-folder', { type: 'batch', startupCommand: 'echo one; sleep 5; echo two' });
  until(cluster, kept, 'RUNNING');
  cluster.advance('2s');
  expect(cluster.sessions.taskLogs(me, kept.kernels[0]?.id ?? '')).toBe('one\n');
});
