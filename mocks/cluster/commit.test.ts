// @vitest-environment node
import { expect, test } from 'vitest';
import type { Cluster, ClusterEvent } from './api';
import { clusterWith, launch, refusal, requester, until } from './test-helpers';
import type { Session } from './types';

function running(version = '25.5', more: Record<string, unknown> = {}) {
  const cluster = clusterWith({ version });
  const me = requester(cluster);
  const session = launch(cluster, me, 'to-keep', more);
  until(cluster, session, 'RUNNING');
  const heard: ClusterEvent[] = [];
  cluster.events.subscribe((event) => {
    if (event.kind === 'task') heard.push(event);
  });
  const commit = (name: unknown = 'my-env', visibility: unknown = 'user') =>
    cluster.admin.startTask(me, cluster.sessions.planCommit(me, session.id, { name, visibility }));
  return { cluster, me, session, heard, commit };
}

const customized = (cluster: Cluster) => Object.values(cluster.state.images).filter((image) => image.status === 'ALIVE' && image.customized !== null);

function room(cluster: Cluster, limit: number): void {
  for (const policy of Object.values(cluster.state.userPolicies)) policy.maxCustomizedImageCount = limit;
}

test('SES-C60: three steps, then an image of one’s own with the labels of SES-R22', () => {
  const { cluster, me, session, heard, commit } = running();
  const task = commit();
  expect(task).toMatchObject({ message: 'Commit started', current: 0, total: 3 });
  expect(cluster.sessions.commitStatus(me, session.id)).toEqual({ status: 'ongoing', kernel: session.kernels[0]?.id });
  expect(customized(cluster)).toHaveLength(0);
  cluster.advance('1m');
  expect(heard.map(({ name, data }) => [name, data.message, data.current_progress])).toEqual([
    ['bgtask_updated', 'Committed image', 1],
    ['bgtask_updated', 'Pushed image to registry', 2],
    ['bgtask_updated', 'Completed', 3],
    ['bgtask_done', '', undefined],
  ]);
  const [image] = customized(cluster);
  expect(image).toMatchObject({
    registry: 'cr.example.org',
    name: 'stable/python-pytorch',
    labels: {
      'ai.backend.customized-image.owner': `user:${me.userId}`,
      'ai.backend.customized-image.name': 'my-env',
      'ai.backend.customized-image.user.email': 'user@example.com',
      'ai.backend.role': 'COMPUTE',
    },
    installedAgents: [session.kernels[0]?.agentId],
  });
  expect(image?.tag).toMatch(/^2\.4-py312-cuda12\.4-customized_[0-9a-f]{32}$/);
  expect(cluster.images.customized(me)).toEqual([image]);
  expect(cluster.images.list(requester(cluster, 'user2@example.com')).some((one) => one.id === image?.id)).toBe(false);
  expect(cluster.sessions.commitStatus(me, session.id).status).toBe('ready');
});

test('SES-331: the same name of the same base replaces; ending is refused meanwhile, and force makes the task fail', () => {
  const { cluster, me, session, heard, commit } = running();
  commit();
  cluster.advance('1m');
  const [first] = customized(cluster).map(({ id, digest, tag }) => ({ id, digest, tag }));
  commit();
  expect(refusal(() => cluster.sessions.terminate(me, session.id)).msg).toContain('commit');
  cluster.advance('1m');
  const [second] = customized(cluster);
  expect(customized(cluster)).toHaveLength(1);
  expect(second).toMatchObject({ id: first?.id, tag: first?.tag });
  expect(second?.digest).not.toBe(first?.digest);
  commit('another');
  cluster.sessions.terminate(me, session.id, { forced: true });
  cluster.advance('1m');
  expect(heard.at(-1)).toMatchObject({ name: 'bgtask_failed' });
  expect(customized(cluster)).toHaveLength(1);
});

test('SES-332: the limit is told at once from 25.13 on, before by the task', () => {
  const limited = (version: string) => {
    const one = running(version);
    room(one.cluster, 0);
    return one;
  };
  const now = limited('25.13');
  expect(refusal(() => now.commit())).toMatchObject({ status: 412, slug: 'quota-exceeded', data: { limit: 0, current: 0 } });
  const later = limited('26.8');
  expect(refusal(() => later.commit())).toMatchObject({ status: 400, msg: 'You have reached your customized image count quota. (current: 0, limit: 0)' });
  const { cluster, session, heard, commit } = limited('25.5');
  commit();
  cluster.advance('1m');
  expect(heard).toMatchObject([{ name: 'bgtask_failed', data: { message: 'You have reached your customized image count quota' } }]);
  expect(session.committing).toBe(false);
});

test('SES-332: a project without a registry; SES-C60: names, visibility, other people’s sessions', () => {
  const words = 'Project not ready to convert session image (registry configuration not populated)';
  for (const [version, slug] of [['25.5', 'invalid-api-params'], ['26.8', 'generic-bad-request']] as const) {
    const { cluster, commit } = running(version);
    for (const project of Object.values(cluster.state.projects)) project.containerRegistry = null;
    expect(refusal(() => commit())).toMatchObject({ status: 400, slug, msg: words });
  }
  const { cluster, session, commit } = running();
  for (const name of ['', 'a b', 'a/b', 7]) expect(refusal(() => commit(name)).status).toBe(400);
  expect(refusal(() => commit('fine', 'project')).status).toBe(400);
  expect(refusal(() => cluster.sessions.planCommit(requester(cluster, 'user2@example.com'), session.id, { name: 'x', visibility: 'user' })).status).toBe(404);
  const pending: Session = launch(cluster, requester(cluster), 'waits');
  expect(refusal(() => cluster.sessions.planCommit(requester(cluster), pending.id, { name: 'x', visibility: 'user' })).status).toBe(400);
});

test('SES-341: only the maker takes an image away; untagging works at Harbor only', () => {
  const { cluster, me, commit } = running();
  commit();
  cluster.advance('1m');
  const id = customized(cluster)[0]?.id ?? '';
  expect(refusal(() => cluster.images.forget(requester(cluster, 'user2@example.com'), id)).status).toBe(403);
  expect(cluster.images.untag(me, id).id).toBe(id);
  for (const registry of Object.values(cluster.state.registries)) registry.type = 'docker';
  expect(refusal(() => cluster.images.untag(me, id)).msg).toContain('Harbor');
  cluster.images.forget(me, id);
  expect(cluster.images.customized(me)).toHaveLength(0);
  expect(cluster.images.list(me).some((image) => image.id === id)).toBe(false);
  expect(refusal(() => cluster.images.forget(me, id)).status).toBe(404);
});
