// @vitest-environment node
import { expect, test } from 'vitest';
import { createCluster } from '../cluster/cluster';
import { body } from '../cluster/test-helpers';
import { loggedIn } from './test-calls';
import { createWire } from './wire';

test('SES-C01: folders by id need the request format of v9, from 25.12 on', async () => {
  const cluster = createCluster({ version: '25.13.1', seed: 'demo' });
  const user = await loggedIn(createWire(cluster), 'user');
  const id = Object.values(cluster.state.folders).find((folder) => folder.name === 'datasets')?.id ?? '';
  const create = (name: string, version?: string) =>
    user.call('POST', '/func/session/_/create', body(name, {}, { mount_ids: [id] }), version ? { 'X-BackendAI-Version': version } : {});
  expect(await create('old-format', 'v8.20240915')).toMatchObject({
    status: 400,
    body: { data: { config: { mount_ids: 'mount_ids is not allowed key' } } },
  });
  expect((await create('new-format', 'v9.20250722')).status).toBe(201);
  // Where nobody says a format, the newest one counts.
  expect((await create('no-format')).status).toBe(201);
});

test('SES-093: a part of a folder by its id, 26.x', async () => {
  const cluster = createCluster({ version: '26.8.1', seed: 'demo' });
  const user = await loggedIn(createWire(cluster), 'user');
  const id = Object.values(cluster.state.folders).find((folder) => folder.name === 'datasets')?.id ?? '';
  const create = (name: string, subpath: unknown) =>
    user.call('POST', '/func/session/_/create', body(name, {}, { mount_ids: [id], mount_options: { [id]: { type: 'bind', subpath } } }));
  const made = await create('part-of-it', 'coco/2017');
  expect(made.status).toBe(201);
  const session = cluster.state.sessions[(made.body as { sessionId: string }).sessionId];
  expect(session?.mounts[0]).toMatchObject({ name: 'datasets', subpath: 'coco/2017', target: '/home/work/datasets', permission: 'rw' });
  expect((await create('nothing-named', '')).status).toBe(400);
  expect((await create('out-of-it', '../other')).status).toBe(400);
});
