// @vitest-environment node
import { expect, test } from 'vitest';
import { TORCH, body, clusterWith, launch, refusal, requester } from './test-helpers';

type More = Record<string, unknown>;

function attempt(version: string, email = 'user@example.com') {
  const cluster = clusterWith({ version, seed: 'demo' });
  const me = requester(cluster, email);
  return {
    cluster,
    me,
    refused: (more: More = {}, config: More = {}) => refusal(() => cluster.sessions.create(me, body('new-one', more, config))),
    made: (more: More = {}, config: More = {}) => launch(cluster, me, 'new-one', more, config),
  };
}

test('SES-C01: the answer of a created session', () => {
  const { cluster, me } = attempt('26.8');
  const answer = cluster.sessions.create(me, body('fresh-1'));
  expect(answer).toEqual({ sessionId: answer.sessionId, sessionName: 'fresh-1', status: 'PENDING', servicePorts: [], created: true });
});

test('SES-C02: a name in use, and reuse being the default', () => {
  const { cluster, me, made, refused } = attempt('25.5');
  const first = made();
  expect(refused()).toMatchObject({
    status: 400,
    slug: 'session-already-exists',
    title: 'The session already exists but you requested not to reuse existing one.',
    data: { existingSessionId: first.id },
    errorCode: 'session_create_already-exists',
  });
  const { reuseIfExists: _reuse, ...again } = body('new-one');
  expect(cluster.sessions.create(me, again)).toMatchObject({ sessionId: first.id, created: false });
  cluster.sessions.terminate(me, first.id);
  expect(made().id).not.toBe(first.id);
});

test('SES-C01: unknown keys are refused up to 25.x at both levels, later not noticed', () => {
  const old = attempt('25.5');
  expect(old.refused({ nonsense: 1 })).toMatchObject({ status: 400, slug: 'invalid-api-params', data: { nonsense: 'nonsense is not allowed key' } });
  expect(old.refused({}, { nonsense: 1 })).toMatchObject({ data: { config: { nonsense: 'nonsense is not allowed key' } } });
  expect(old.refused({}, { mount_ids: [] }).slug).toBe('invalid-api-params');
  expect(attempt('24.09').refused({ type: 'batch', startupCommand: 'true', batch_timeout: 5 }).slug).toBe('invalid-api-params');
  expect(attempt('24.03').refused({ priority: 5 }).slug).toBe('invalid-api-params');
  expect(attempt('26.8').made({ nonsense: 1 }, { nonsense: 1 }).status).toBe('PENDING');
});

test('SES-R01: a bad name is refused up to 25.x, taken by 26.x', () => {
  for (const name of ['a', 'abc', '-abcd', 'abcd-', 'ab cd', '세션이름', 'x'.repeat(65)]) {
    const { cluster, me } = attempt('25.5');
    expect(refusal(() => cluster.sessions.create(me, body(name))).slug).toBe('invalid-api-params');
  }
  const { cluster, me } = attempt('26.8');
  expect(cluster.sessions.create(me, body('a')).sessionName).toBe('a');
});

test('SES-C02: image unknown, of another role, or of somebody else', () => {
  const { cluster, refused } = attempt('26.8');
  expect(refused({ image: 'cr.example.org/none/none:1' })).toMatchObject({
    status: 404,
    slug: 'object-not-found',
    title: 'No such environment image.',
    errorCode: 'image_read_not-found',
    msg: "Unknown image references: identifier:ImageIdentifier(canonical='cr.example.org/none/none:1', architecture='x86_64'), alias:'cr.example.org/none/none:1'",
  });
  expect(refused({ architecture: 'riscv64' }).status).toBe(404);
  expect(refused({ image: 'cr.example.org/stable/vllm:0.9.1-cuda12.8-ubuntu24.04' }).slug).toBe('invalid-api-params');
  const custom = Object.values(cluster.state.images).find((image) => image.customized !== null);
  const reference = custom ? cluster.images.reference(custom) : '';
  expect(attempt('26.8').made({ image: reference }).status).toBe('PENDING');
  expect(attempt('26.8', 'user2@example.com').refused({ image: reference }).status).toBe(404);
});

test('SES-052, SES-053, SES-054: what belongs to batch only, and what batch needs', () => {
  const { refused } = attempt('25.5');
  expect(refused({ type: 'batch' }).msg).toBe('Batch sessions must have a non-empty startup command.');
  expect(refused({ type: 'batch', startupCommand: '' }).msg).toBe('Batch sessions must have a non-empty startup command.');
  expect(refused({ starts_at: '2026-03-05T09:00:00+09:00' }).msg).toContain('starts_at');
  expect(refused({ batch_timeout: '5m' }).msg).toContain('batch_timeout');
  // The server has no answer to what is neither a time nor a duration.
  expect(refused({ type: 'batch', startupCommand: 'true', starts_at: 'soonish' }).status).toBe(500);
  expect(refused({ type: 'batch', startupCommand: 'true', batch_timeout: '5 minutes' }).slug).toBe('invalid-api-params');
});

test('SES-R11: shared memory is added to the minimum of the image; the wording is by version', () => {
  const tight = { resources: { cpu: 1, mem: '2g' }, resource_opts: { shmem: '1500m' } };
  expect(attempt('26.8').refused({}, tight).msg).toBe(
    'kernel_specs[0] resource request is smaller than the image minimum (cpu=1 mem=2.46g cuda.device=0 cuda.shares=0).',
  );
  expect(attempt('25.5').refused({}, tight).msg).toContain('Your resource request is smaller than the minimum required by the image.');
  expect(attempt('25.5').made({}, { resources: { cpu: 1, mem: '2g' }, resource_opts: { shmem: '1g' } }).kernels[0]?.resourceOpts).toEqual({ shmem: 2 ** 30 });
  // Nothing said: what the image prefers, and its minimum with that.
  const silent = attempt('25.5').made({}, { resources: {}, resource_opts: {} });
  expect(silent.requestedSlots).toEqual({ cpu: 1, mem: 2 * 2 ** 30 });
});

test('SES-C02: slots unknown or senseless; 4000 cores are taken and wait', () => {
  expect(attempt('25.5').refused({}, { resources: { cpu: 1, mem: '4g', 'tpu.device': 1 } }).msg).toBe("Invalid resource allocation: Unknown slot type: 'tpu.device'");
  expect(attempt('25.5').refused({}, { resources: { cpu: 1, mem: 'much' } }).msg).toBe("Invalid resource allocation: Cannot convert the slot 'mem' to decimal: 'much'");
  expect(attempt('26.8').made({}, { resources: { cpu: 4000, mem: '4000g' } }).status).toBe('PENDING');
});

test('SES-R11: an amount above its least makes up for another below up to 26.4.4; nothing said or 0 is the least', () => {
  const mixed = { resources: { cpu: 2, mem: '1g' }, resource_opts: { shmem: '512m' } };
  expect(attempt('25.5').made({}, mixed).requestedSlots['mem']).toBe(2 ** 30);
  expect(attempt('26.8').refused({}, mixed).msg).toContain('smaller than the image minimum');
  expect(attempt('25.5').refused({}, { resources: { cpu: 2, mem: '1g' }, resource_opts: { shmem: '1g' } }).msg).toBe('Shared memory should be less than the main memory. (s:1g, m:1g)');
  expect(attempt('26.8').made({}, { resources: { cpu: 0, mem: '4g' } }).requestedSlots['cpu']).toBe(1);
});

test('SES-C02: from 26.4.5 on the group must serve what is asked for and what the image needs', () => {
  const gpu = { resources: { cpu: 1, mem: '4g', 'cuda.shares': 1 } };
  expect(attempt('25.13').made({}, gpu).status).toBe('PENDING');
  expect(attempt('26.8').refused({}, gpu).msg).toBe(
    "kernel_specs[0]: the request asks for resource slot(s) ['cuda.shares'] that resource group 'default' does not serve. Drop these slots from the request or switch to a resource group that supports them.",
  );
  const { cluster, refused } = attempt('26.8');
  for (const [id, agent] of Object.entries(cluster.state.agents)) if (agent.resourceGroup === 'default') delete cluster.state.agents[id];
  expect(refused().msg).toBe("resource group 'default' has no agents serving any resource slot.");
});

test('SES-420: a full queue refuses the next session from 26.4.5 on, before it only waits', () => {
  const full = (version: string) => {
    const cluster = clusterWith({ version });
    const me = requester(cluster);
    const policy = cluster.state.keypairPolicies['default'];
    if (policy) Object.assign(policy, { maxPendingSessionCount: 1, maxPendingSessionResourceSlots: { cpu: 100 } });
    launch(cluster, me, 'waits-1', {}, { resources: { cpu: 90, mem: '4g' } });
    const next = (cpu: number) => body('next', {}, { resources: { cpu, mem: '4g' } });
    return { policy, made: () => cluster.sessions.create(me, next(1)), refused: (cpu = 1) => refusal(() => cluster.sessions.create(me, next(cpu))) };
  };
  expect(full('25.13').made().status).toBe('PENDING');
  const { policy, refused } = full('26.8');
  expect(refused()).toMatchObject({ status: 400, slug: 'quota-exceeded', msg: 'You already have 1 pending sessions, which exceeds the pending-session limit of 1.' });
  if (policy) policy.maxPendingSessionCount = null;
  expect(refused(11).msg).toBe('Your pending sessions would occupy cpu=101, which exceeds the pending-session resource limit of cpu=100.');
});

test('SES-C02: the cluster size of the policy; 412 up to 25.x, 400 later', () => {
  expect(attempt('25.5').refused({ clusterSize: 9 })).toMatchObject({ status: 412, slug: 'quota-exceeded', msg: 'You cannot create session with more than 8 containers.' });
  expect(attempt('26.8').refused({ clusterSize: 9 })).toMatchObject({
    status: 400,
    slug: 'quota-exceeded',
    msg: 'Session requests 9 kernels, exceeding the keypair limit of 8 containers per session.',
  });
});

test('SES-C02: resource groups that are unknown or refuse the type; unknown projects', () => {
  const { refused } = attempt('25.5');
  expect(refused({}, { scaling_group: 'nowhere' })).toMatchObject({
    status: 404,
    title: 'No such scaling group.',
    msg: "The scaling group 'nowhere' does not exist or you do not have access to the scaling group 'nowhere'.",
  });
  expect(refused({}, { scaling_group: 'upload' })).toMatchObject({ status: 404, msg: "The scaling group 'upload' does not accept the session type 'interactive'." });
  expect(refused({ group: 'nowhere' })).toMatchObject({ status: 400, msg: 'Invalid group' });
  expect(refused({ domain: 'nowhere' })).toMatchObject({ status: 400, msg: 'You can only set the domain to your domain.' });
  const late = attempt('26.8');
  expect(late.refused({}, { scaling_group: 'upload' })).toMatchObject({ status: 422, slug: 'scaling-group-session-type-not-allowed' });
  const closed = late.cluster.state.resourceGroups['nvidia-h100'];
  if (closed) closed.isPublic = false;
  expect(late.refused({}, { scaling_group: 'nvidia-h100' })).toMatchObject({ status: 400, msg: "Resource group 'nvidia-h100' is not accessible" });
  expect(late.refused({ group: 'nowhere' }).msg).toBe('Invalid group (nowhere): the group does not exist, is inactive, or the user is not a member.');
  expect(attempt('25.5', 'user2@example.com').refused({ group: 'vision-lab' }).status).toBe(400);
  // An admin, too, starts own sessions in own projects only.
  const admin = attempt('25.5', 'admin@example.com');
  const user = admin.cluster.state.users[admin.me.userId];
  if (user) user.projectIds = [];
  expect(admin.refused().msg).toBe('Invalid group');
});

test('SES-056: on behalf of somebody else', () => {
  const other = 'AKIAUSERTWOEXAMPLE23';
  expect(attempt('25.5').refused({ owner_access_key: other })).toMatchObject({ status: 403, slug: 'generic-forbidden' });
  expect(attempt('25.5', 'admin@example.com').made({ owner_access_key: other }).accessKey).toBe(other);
  expect(attempt('25.5', 'domain-admin@example.com').made({ owner_access_key: other }).accessKey).toBe(other);
  expect(attempt('25.5', 'domain-admin@example.com').refused({ owner_access_key: 'AKIAADMINEXAMPLE2345' }).status).toBe(403);
  expect(attempt('25.5', 'admin@example.com').refused({ owner_access_key: 'AKIANOBODY' })).toMatchObject({ status: 400, msg: 'Unknown owner access key' });
});

test('SES-101: ports of the system and of the image are refused', () => {
  const { refused, made } = attempt('25.5');
  for (const ports of [[2200], [7681], [8090], [80]]) {
    expect(refused({}, { preopen_ports: ports }).slug).toBe('invalid-api-params');
  }
  expect(refused({}, { preopen_ports: [2200] }).msg).toBe('Port 2000, 2001, 2200 and 7681 are reserved for internal use');
  expect(refused({}, { preopen_ports: [8090] }).msg).toBe('Preopen port allocation cannot overlap with service port predefined by image');
  expect(attempt('26.8').refused({}, { preopen_ports: [7681, 2200] }).msg).toBe('kernel_specs[0] preopen_ports [2200, 7681] collide with reserved ports ([2000, 2001, 2200, 7681]).');
  expect(attempt('26.8').refused({}, { preopen_ports: [8090] }).msg).toBe("kernel_specs[0] preopen_ports [8090] collide with ports declared by the image's service metadata.");
  expect(made({}, { preopen_ports: [9000, 9001] }).preopenPorts).toEqual([9000, 9001]);
});

test('SES-073: agents are chosen by count, and not while they are hidden', () => {
  const { cluster, refused, made } = attempt('25.5');
  expect(refused({}, { agent_list: ['i-gpu01', 'i-cpu01'] }).msg).toBe(
    'For non-cluster sessions and single-node cluster sessions, you may specify only one manually assigned agent.',
  );
  expect(refused({}, { agent_list: ['i-nowhere'] })).toMatchObject({ status: 400, msg: 'No such agent: i-nowhere' });
  const session = made({}, { agent_list: ['i-gpu01'] });
  cluster.advance('20s');
  expect(session.kernels[0]?.agentId).toBe('i-gpu01');
  cluster.state.settings.hideAgents = true;
  expect(refusal(() => cluster.sessions.create(requester(cluster), body('other', {}, { agent_list: ['i-gpu01'] })))).toMatchObject({
    status: 403,
    slug: 'insufficient-privilege',
    msg: 'You are not allowed to manually assign agents for your session.',
  });
});

test('SES-090…094: folders, their targets and the automatic ones', () => {
  const { made, refused } = attempt('25.5');
  const session = made({}, { mounts: ['datasets', 'results/run-1'], mount_map: { datasets: '/data/in', 'results/run-1': 'out' } });
  expect(session.mounts.map((mount) => [mount.name, mount.target, mount.permission])).toEqual([
    ['datasets', '/data/in', 'rw'],
    ['results', '/home/work/out', 'rw'],
    ['.local', '/home/work/.local', 'rw'],
  ]);
  session.name = 'another';
  expect(refused({}, { mounts: ['no-such'] })).toMatchObject({ status: 404, title: 'No such virtual folder.', msg: 'VFolder no-such is not found or accessible.' });
  expect(refused({}, { mounts: ['cold-archive'] }).msg).toBe('`mount-in-session` Not allowed in vfolder host(`nas:archive`)');
  // What is in the trash is not there.
  expect(refused({}, { mounts: ['old-experiments'] }).msg).toBe('VFolder old-experiments is not found or accessible.');
  expect(refused({}, { mounts: ['reference-data'], mount_options: { 'reference-data': { permission: 'rw' } } })).toMatchObject({
    status: 400,
    slug: 'vfolder-permission-error',
    msg: "VFolder reference-data is allowed to be accessed in 'ro' mode, but attempted with 'rw' mode.",
  });
  const late = attempt('26.8');
  expect(late.refused({}, { mount_ids: ['00000000-0000-4000-8000-000000000000'] })).toMatchObject({
    status: 404,
    slug: 'vfolder-not-found',
    title: 'Virtual Folder Not Found',
    msg: 'VFolder(s) not found or accessible: 00000000-0000-4000-8000-000000000000',
  });
  expect(late.refused({}, { mounts: ['cold-archive'] })).toMatchObject({
    slug: 'storage-permission-not-allowed',
    msg: "Permission denied to mount VFolder 'cold-archive' on host 'nas:archive'. `mount-in-session` Not allowed in vfolder host(`nas:archive`)",
  });
});

test('SES-R05: targets that are reserved, doubled, empty or taken', () => {
  const { refused, made } = attempt('25.5');
  const map = (target: string, more: More = {}) => ({ mounts: ['datasets', 'results'], mount_map: { datasets: target, ...more } });
  for (const target of ['/etc', '/home', '/home/work/.ssh', '.bashrc', '/home/work/.zsh_profile']) {
    expect(refused({}, map(target)).msg).toContain('is reserved for internal path');
  }
  expect(refused({}, map('x', { results: 'x' })).msg).toBe('Duplicate alias folder name exists.');
  expect(refused({}, map('')).msg).toBe('Alias name cannot be empty.');
  expect(refused({}, map('results')).msg).toBe("VFolder path '/home/work/results' overlaps with '/home/work/results'");
  expect(attempt('26.8').refused({}, map('results')).msg).toBe("kernel_specs[0].vfolder_mounts has duplicate kernel_path '/home/work/results'.");
  expect(refused({}, map('/home/work/datasets')).msg).toBe('Alias name cannot be set to an existing folder name: datasets');
  expect(refused({}, map('in', { results: 'in/deeper' })).msg).toBe("VFolder path '/home/work/in/deeper' overlaps with '/home/work/in'");
  expect(refused({}, map('.local/lib')).msg).toBe("VFolder path '/home/work/.local/lib' overlaps with '/home/work/.local'");
  expect(attempt('26.8').refused({}, map('/home/work')).msg).toContain('is reserved');
  expect(made({}, map('in')).mounts).toHaveLength(3);
});

test('SES-R06: folders of other projects are left out without a word', () => {
  expect(attempt('25.5').made({}, { mounts: ['vision-shared'] }).mounts.map((mount) => mount.name)).toEqual(['.local']);
  expect(attempt('25.5').made({ group: 'vision-lab' }, { mounts: ['vision-shared'] }).mounts.map((mount) => mount.name)).toContain('vision-shared');
});

test('SES-C01: folders by id from 25.12 on', () => {
  const { cluster, me, made } = attempt('25.13');
  const folder = cluster.folders.accessible(me).find((one) => one.folder.name === 'datasets')?.folder;
  const session = made({}, { mount_ids: [folder?.id], mount_id_map: { [folder?.id ?? '']: 'in' }, mount_options: { [folder?.id ?? '']: { type: 'bind', permission: 'ro' } } });
  expect(session.mounts[0]).toMatchObject({ name: 'datasets', target: '/home/work/in', permission: 'ro' });
});

test('the reference of an image may hold its architecture', () => {
  expect(attempt('25.5').made({ image: `${TORCH}@x86_64` }).imageReference).toBe(TORCH);
});
