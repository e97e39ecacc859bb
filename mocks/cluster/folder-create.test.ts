// @vitest-environment node
import { expect, test } from 'vitest';
import { clusterWith, refusal, requester } from './test-helpers';

function attempt(version = '25.5', email = 'user@example.com') {
  const cluster = clusterWith({ version, seed: 'demo' });
  const me = requester(cluster, email);
  const request = (more: Record<string, unknown> = {}) => ({ name: 'fresh', host: 'local:volume1', usage_mode: 'general', permission: 'rw', group: null, ...more });
  return {
    cluster,
    me,
    made: (more?: Record<string, unknown>) => cluster.folders.create(me, request(more)),
    refused: (more?: Record<string, unknown>) => refusal(() => cluster.folders.create(me, request(more))),
    project: (name: string) => Object.values(cluster.state.projects).find((project) => project.name === name)?.id,
  };
}

test('DAT-060: a new folder is listed, mine, and ready', () => {
  const { cluster, me, made } = attempt();
  const answer = made({ cloneable: true });
  expect(answer).toMatchObject({ name: 'fresh', host: 'local:volume1', status: 'ready', user: me.userId, group: null, ownership_type: 'user', cloneable: true });
  expect(answer).not.toHaveProperty('is_owner');
  expect(cluster.folders.list(me).find((row) => row.id === answer.id)).toMatchObject({ name: 'fresh', is_owner: true, permission: 'rw' });
  expect(attempt('26.8').made()).toMatchObject({ is_owner: true, created_at: '' });
});

test('DAT-070: a name is taken on every host, in the trash, and by what others share', () => {
  const { refused } = attempt();
  for (const name of ['datasets', 'cold-archive', 'old-experiments', 'reference-data', 'course-materials']) {
    expect(refused({ name })).toMatchObject({ status: 400, slug: 'vfolder-already-exists', data: name });
  }
  expect(attempt('25.6').refused({ name: 'datasets' })).toMatchObject({ slug: 'invalid-api-params', msg: 'VFolder with the given name already exists. (datasets)' });
  expect(attempt('26.8').refused({ name: 'datasets' }).msg).toBe(
    'The virtual folder already exists with the same name. (VFolder with the given name already exists. (datasets))',
  );
});

test('DAT-061: names by version', () => {
  expect(attempt().refused({ name: '.bashrc' }).msg).toBe('.bashrc is reserved for internal operations.');
  expect(attempt().refused({ name: 'x'.repeat(65) }).status).toBe(400);
  expect(attempt('24.03').refused({ name: 'a--b' }).slug).toBe('invalid-api-params');
  expect(attempt('24.03').made({ name: '.cache-2' })).toMatchObject({ name: '.cache-2' });
  expect(attempt('26.8').made({ name: 'a/b' })).toMatchObject({ name: 'a/b' });
});

test('DAT-302: the policy limits how many, the trash counts', () => {
  const { cluster, me, made, refused } = attempt();
  const policy = cluster.state.userPolicies[cluster.state.users[me.userId]?.resourcePolicy ?? ''];
  const own = Object.values(cluster.state.folders).filter((folder) => folder.userId === me.userId);
  expect(own.some((folder) => folder.status === 'delete-pending')).toBe(true);
  if (policy) policy.maxFolderCount = own.length + 1;
  made();
  expect(refused({ name: 'one-more' }).msg).toBe('You cannot create more vfolders.');
});

test('DAT-300: a host must be known and open to me', () => {
  const { cluster, refused } = attempt();
  expect(refused({ host: 'nowhere:volume' })).toMatchObject({ slug: 'storage-permission-not-allowed', errorCode: 'storage_access_forbidden' });
  for (const owner of [...Object.values(cluster.state.domains), ...Object.values(cluster.state.projects), ...Object.values(cluster.state.keypairPolicies)]) {
    owner.allowedFolderHosts = { 'local:volume1': ['mount-in-session'] };
  }
  expect(refused().msg).toBe('`create-vfolder` Not allowed in vfolder host(`local:volume1`)');
});

test('DAT-065, DAT-069: project folders', () => {
  const user = attempt();
  expect(user.refused({ group: user.project('default') }).status).toBe(403);
  const later = attempt('25.6');
  expect(later.refused({ group: later.project('default') }).status).toBe(400);
  expect(user.refused({ group: '00000000-0000-4000-8000-000000000000' })).toMatchObject({ status: 404, slug: 'object-not-found' });
  const store = { group: user.project('model-store'), name: 'my-model' };
  expect(user.refused(store).msg).toBe('Only Model VFolder can be created under the model store project');
  expect(user.made({ ...store, usage_mode: 'model' })).toMatchObject({ permission: 'ro', ownership_type: 'group' });
  const admin = attempt('25.5', 'domain-admin@example.com');
  expect(admin.made({ group: admin.project('default') })).toMatchObject({ ownership_type: 'group', user: null, group: admin.project('default') });
  expect(admin.refused({ group: admin.project('default'), name: '.linuxbrew' }).msg).toBe('dot-prefixed vfolders cannot be a group folder.');
  admin.cluster.state.settings.allowGroupFolders = false;
  expect(admin.refused({ group: admin.project('default'), name: 'other' }).msg).toBe('group-owned vfolder is not allowed in this cluster');
});
