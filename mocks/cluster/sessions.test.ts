// @vitest-environment node
import { expect, test } from 'vitest';
import type { ClusterEvent } from './api';
import { clusterWith, launch, refusal, requester, until } from './test-helpers';

test('SES-004: everyone sees what the role allows', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const count = (email: string) => cluster.sessions.visible(requester(cluster, email)).length;
  const all = Object.keys(cluster.state.sessions).length;
  expect(count('admin@example.com')).toBe(all);
  expect(count('monitor@example.com')).toBe(all);
  expect(count('domain-admin@example.com')).toBe(all);
  const own = cluster.sessions.visible(requester(cluster));
  expect(own.every((session) => session.accessKey === 'AKIAUSEREXAMPLE23456')).toBe(true);
  expect(own.length).toBeLessThan(all);
});

test('SES-C05: logs by kernel; none before an agent has it; kept after the end', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const session = launch(cluster, me, 'with-logs', { clusterSize: 2 });
  const early = refusal(() => cluster.sessions.logs(me, session.id));
  expect(early).toMatchObject({ status: 404, title: 'No such agent instance.', msg: 'Kernel has not been assigned to an agent.' });
  until(cluster, session, 'RUNNING');
  cluster.advance('20s');
  const first = cluster.sessions.logs(me, session.id);
  expect(first).toContain('\rpreparing services');
  expect(first).toContain('\u001b[32mready\u001b[0m');
  cluster.advance('20s');
  expect(cluster.sessions.logs(me, session.id).startsWith(first)).toBe(true);
  expect(cluster.sessions.logs(me, session.id, { kernelId: session.kernels[1]?.id ?? '' })).toContain('(sub1)');
  cluster.sessions.terminate(me, session.id);
  until(cluster, session, 'TERMINATED');
  const last = cluster.sessions.logs(me, session.id);
  cluster.advance('1h');
  expect(cluster.sessions.logs(me, session.id)).toBe(last);
});

test('WALK-06: the output of a batch session is in its logs; success and failure', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const events: ClusterEvent[] = [];
  cluster.events.subscribe((event) => events.push(event));
  const good = launch(cluster, me, 'good-task', { type: 'batch', startupCommand: 'echo one\nsleep 5\necho two' });
  const bad = launch(cluster, me, 'bad-task', { type: 'batch', startupCommand: 'echo oops && exit 3' });
  until(cluster, good, 'RUNNING');
  cluster.advance('1s');
  expect(cluster.sessions.logs(me, good.id)).toBe('one\n');
  until(cluster, good, 'TERMINATED');
  expect(cluster.sessions.logs(me, good.id)).toBe('one\ntwo\n');
  expect(good).toMatchObject({ result: 'SUCCESS', statusInfo: 'task-finished', statusData: { kernel: { exit_code: 0 }, session: { status: 'terminated' } } });
  until(cluster, bad, 'TERMINATED');
  expect(bad).toMatchObject({ result: 'FAILURE', statusInfo: 'task-failed', statusData: { kernel: { exit_code: 3 } } });
  const failure = events.find((event) => event.name === 'session_failure');
  expect(failure?.data).toMatchObject({ reason: 'task-failed', sessionId: bad.id, exitCode: 3 });
});

test('SES-C04: rename only while it runs, to a free and good name', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const [one, two] = [launch(cluster, me, 'name-one'), launch(cluster, me, 'name-two')];
  expect(refusal(() => cluster.sessions.rename(me, one.id, 'name-new')).status).toBe(400);
  until(cluster, two, 'RUNNING');
  until(cluster, one, 'RUNNING');
  expect(refusal(() => cluster.sessions.rename(me, one.id, 'name-two')).msg).toBe('Duplicate session name: name-two');
  expect(refusal(() => cluster.sessions.rename(me, one.id, 'a')).slug).toBe('invalid-api-params');
  cluster.sessions.rename(me, 'name-one', 'name-new');
  expect(one.name).toBe('name-new');
  expect(refusal(() => cluster.sessions.get(me, 'name-one')).status).toBe(404);
});

test('SES-C04: a free name stays although the rename of what does not run is refused, from 25.13 on', () => {
  for (const [version, slug, left] of [['25.5', 'invalid-api-params', 'waits-yet'], ['26.8', 'generic-bad-request', 'other-name']] as const) {
    const cluster = clusterWith({ version });
    const session = launch(cluster, requester(cluster), 'waits-yet');
    expect(refusal(() => cluster.sessions.rename(requester(cluster), session.id, 'other-name'))).toMatchObject({ status: 400, slug, msg: "Can't change name of not running session" });
    expect(session.name).toBe(left);
  }
});

test('SES-C06 on 25.x: waiting ones are cancelled, starting ones need force', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const session = launch(cluster, me, 'to-end');
  expect(cluster.sessions.terminate(me, session.id)).toEqual({ status: 'cancelled' });
  expect(session).toMatchObject({ status: 'CANCELLED', statusInfo: 'user-requested' });
  expect(refusal(() => cluster.sessions.terminate(me, session.id))).toMatchObject({ status: 404, msg: `Session (id=${session.id}) does not exist.` });
  const starting = launch(cluster, me, 'starting');
  until(cluster, starting, 'PREPARING');
  const refused = refusal(() => cluster.sessions.terminate(me, starting.id));
  expect(refused).toMatchObject({ status: 403, slug: 'generic-forbidden' });
  expect(refused.msg).toBe('Cannot destroy sessions in scheduled/preparing/pulling/prepared/creating/terminating/error status');
  expect(cluster.sessions.terminate(me, starting.id, { forced: true })).toEqual({ status: 'terminated' });
  until(cluster, starting, 'CANCELLED');
  expect(cluster.state.agents['i-gpu01']?.occupied['cpu']).toBe(0);
});

test('SES-C06 before 24.12 a session that pulls its image can’t be ended; from 25.13 on a starting one needs no force', () => {
  const old = clusterWith({ version: '24.09' });
  const image = 'cr.example.org/stable/python-tensorflow:2.16-py311-cuda12.3';
  const pulling = launch(old, requester(old), 'pulls', { image });
  until(old, pulling, 'PULLING');
  expect(refusal(() => old.sessions.terminate(requester(old), pulling.id, { forced: true })).msg).toBe('Cannot destroy sessions in pulling status');
  const cluster = clusterWith({ version: '25.13' });
  const starting = launch(cluster, requester(cluster), 'starting');
  until(cluster, starting, 'PREPARING');
  expect(cluster.sessions.terminate(requester(cluster), starting.id)).toEqual({ status: 'terminated' });
  until(cluster, starting, 'CANCELLED');
  expect(cluster.sessions.terminate(requester(cluster), starting.id)).toEqual({});
});

test('SES-302: force closes the record at once for superadmins; a stuck one needs it', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const admin = requester(cluster, 'admin@example.com');
  const stuck = cluster.sessions.visible(admin).find((session) => session.name === 'stuck-ending');
  cluster.advance('10m');
  expect(stuck?.status).toBe('TERMINATING');
  const owner = { ownerAccessKey: stuck?.accessKey ?? '' };
  expect(refusal(() => cluster.sessions.terminate(admin, stuck?.id ?? '', owner)).status).toBe(403);
  cluster.sessions.terminate(admin, stuck?.id ?? '', { ...owner, forced: true });
  expect(stuck).toMatchObject({ status: 'TERMINATED', statusInfo: 'force-terminated' });
});

test('SES-C06 on 26.x: any live one, nothing for ended ones, force is immediate', () => {
  const cluster = clusterWith({ version: '26.8' });
  const me = requester(cluster);
  const events: ClusterEvent[] = [];
  const session = launch(cluster, me, 'to-end');
  until(cluster, session, 'RUNNING');
  const taken = launch(cluster, me, 'a');
  until(cluster, taken, 'RUNNING');
  expect(refusal(() => cluster.sessions.rename(me, session.id, 'a'))).toMatchObject({
    status: 400,
    slug: 'session-already-exists',
    msg: "Session with name 'a' already exists",
  });
  cluster.events.subscribe((event) => events.push(event));
  expect(cluster.sessions.terminate(me, session.id)).toEqual({ status: 'terminated' });
  expect(cluster.sessions.terminate(me, session.id)).toEqual({});
  until(cluster, session, 'TERMINATED');
  expect(session).toMatchObject({ statusInfo: 'user-requested', statusData: null, result: 'UNDEFINED' });
  expect(events.map((event) => [event.name, event.data['reason'], event.data['exitCode']])).toEqual([
    ['session_terminating', 'user-requested', null],
    ['kernel_terminated', 'user-requested', null],
    ['session_terminated', 'triggered-by-scheduler', null],
  ]);
  expect(cluster.sessions.terminate(me, session.id)).toEqual({});
  const starting = launch(cluster, me, 'starting');
  until(cluster, starting, 'PREPARING');
  cluster.sessions.terminate(me, starting.id, { forced: true });
  expect(starting.status).toBe('CANCELLED');
});

test('SES-C06: another one’s session only with the owner’s key, and only for admins', () => {
  const cluster = clusterWith();
  const session = launch(cluster, requester(cluster), 'not-yours');
  until(cluster, session, 'RUNNING');
  const options = { ownerAccessKey: session.accessKey };
  for (const email of ['user2@example.com', 'monitor@example.com']) {
    const other = requester(cluster, email);
    expect(refusal(() => cluster.sessions.terminate(other, session.id)).status).toBe(403);
    expect(refusal(() => cluster.sessions.terminate(other, session.id, options)).status).toBe(403);
    expect(refusal(() => cluster.sessions.logs(other, session.id)).status).toBe(404);
  }
  const admin = requester(cluster, 'domain-admin@example.com');
  expect(refusal(() => cluster.sessions.terminate(admin, session.id)).status).toBe(403);
  expect(cluster.sessions.terminate(admin, session.id, options)).toEqual({ status: 'terminated' });
});

test('SES-C06: recursive ends what depends on it, on 25.x with a list', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const root = launch(cluster, me, 'root-one');
  const child = launch(cluster, me, 'child-one', { dependencies: [root.id] });
  const grandchild = launch(cluster, me, 'grandchild', { dependencies: [child.id] });
  until(cluster, root, 'RUNNING');
  expect(cluster.sessions.terminate(me, root.id, { recursive: true })).toEqual([
    { status: 'terminated' },
    { status: 'cancelled' },
    { status: 'cancelled' },
  ]);
  expect(grandchild.status).toBe('CANCELLED');
  const graph = cluster.sessions.dependencyGraph(me, grandchild.id);
  expect(JSON.stringify(graph)).toContain('child-one');
});

test('SES-C07: the status history as times', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const session = launch(cluster, me, 'timed-one');
  until(cluster, session, 'RUNNING');
  expect(cluster.sessions.statusHistory(me, session.id)['PENDING']).toBe('2026-03-02T01:00:00.000000+00:00');
  expect(session.scheduledAt).toBe(session.statusHistory['SCHEDULED']);
  expect(session.startsAt).toBe(session.statusHistory['RUNNING']);
});

test('SES-C20: apps of the image, the system and the preopened ports', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const session = launch(cluster, me, 'with-apps', {}, { preopen_ports: [9000] });
  expect(session.servicePorts).toBeNull();
  until(cluster, session, 'RUNNING');
  const apps = cluster.apps.list(me, session.id);
  expect(apps.map((app) => app.name)).toEqual(['sshd', 'ttyd', 'jupyter', 'jupyterlab', 'vscode', 'tensorboard', '9000']);
  expect(apps.at(-1)).toEqual({ name: '9000', protocol: 'preopen', ports: [9000] });
});
