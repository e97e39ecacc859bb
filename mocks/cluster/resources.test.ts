// @vitest-environment node
import { expect, test } from 'vitest';
import { clusterWith, launch, refusal, requester, until } from './test-helpers';

const GIB = 2 ** 30;

test('SES-C11: limits, use and remainders as texts; project amounts are hidden', () => {
  const cluster = clusterWith({ version: '26.8' });
  const me = requester(cluster);
  const session = launch(cluster, me, 'uses-some', {}, { resources: { cpu: 4, mem: '8g', 'cuda.device': 1 } });
  const before = cluster.resources.checkPresets(me, { group: 'default', scaling_group: 'default' });
  expect(before.keypair_using).toEqual({ cpu: '0', mem: '0', 'cuda.device': '0', 'cuda.shares': '0' });
  until(cluster, session, 'RUNNING');
  const after = cluster.resources.checkPresets(me, { group: 'default', scaling_group: 'default' });
  expect(after.keypair_limits).toEqual({ cpu: '64', mem: String(256 * GIB), 'cuda.device': '4', 'cuda.shares': '8' });
  expect(after.keypair_using).toEqual({ cpu: '4', mem: String(8 * GIB), 'cuda.device': '1', 'cuda.shares': '0' });
  expect(after.keypair_remaining).toMatchObject({ cpu: '60', 'cuda.device': '3' });
  expect(after.group_limits['cpu']).toBe('NaN');
  expect(after.scaling_groups['default']?.using).toEqual(after.keypair_using);
  expect(after.scaling_groups['default']?.remaining).toMatchObject({ cpu: '60', 'cuda.device': '1.000000' });
  // No agent of the group has fractions: the newest managers tell what the policy leaves of them.
  expect(after.scaling_group_remaining['cuda.shares']).toBe('8');
  expect(after.scaling_groups['default']?.remaining['cuda.shares']).toBe('8');
  const byName = Object.fromEntries(after.presets.map((preset) => [preset.name, preset]));
  expect(byName['cpu02-medium']).toMatchObject({
    resource_slots: { cpu: '4', mem: String(8 * GIB), 'cuda.device': '0', 'cuda.shares': '0' },
    shared_memory: String(GIB),
    allocatable: true,
  });
  expect([byName['gpu01-small']?.allocatable, byName['gpu02-large']?.allocatable]).toEqual([true, false]);
});

test('SES-C11: plain texts before 26; all groups of the project when none is named; no limit is Infinity', () => {
  const cluster = clusterWith();
  const answer = cluster.resources.checkPresets(requester(cluster, 'admin@example.com'), { group: 'default' });
  expect(Object.keys(answer.scaling_groups)).toEqual(['default', 'nvidia-h100', 'upload']);
  expect(answer.keypair_limits['cpu']).toBe('Infinity');
  expect(answer.scaling_groups['nvidia-h100']?.remaining).toMatchObject({ 'cuda.shares': '4', 'cuda.device': '0' });
});

test('SES-C11: unknown groups and projects, 400 before 26 and 404 from there', () => {
  const ask = (version: string, input: { group: string; scaling_group?: string }) => {
    const cluster = clusterWith({ version });
    return refusal(() => cluster.resources.checkPresets(requester(cluster), input));
  };
  expect(ask('25.5', { group: 'default', scaling_group: 'nowhere' })).toMatchObject({ status: 400, msg: 'Unknown scaling group' });
  expect(ask('25.5', { group: 'nowhere' })).toMatchObject({ status: 400, msg: 'Unknown project (name: nowhere)' });
  expect(ask('26.8', { group: 'default', scaling_group: 'nowhere' })).toMatchObject({
    status: 404,
    slug: 'object-not-found',
    title: 'No such scaling group.',
    msg: 'Scaling group not found or not allowed (name: nowhere)',
    errorCode: 'scaling-group_read_not-found',
  });
  expect(ask('26.8', { group: 'nowhere' })).toMatchObject({ status: 404, slug: 'project-not-found', errorCode: 'group_read_not-found' });
});

test('SES-C11: every known slot is named; one that the group lacks is 0, from 26.3 on what the policy leaves of it', () => {
  const ask = (version: string) => {
    const cluster = clusterWith({ version });
    return cluster.resources.checkPresets(requester(cluster), { group: 'default', scaling_group: 'nvidia-h100' });
  };
  for (const version of ['24.03', '24.09', '25.5', '25.13']) {
    expect(ask(version).scaling_groups['nvidia-h100']).toMatchObject({ using: { 'cuda.device': '0' }, remaining: { 'cuda.device': '0' } });
  }
  expect(ask('26.8').scaling_groups['nvidia-h100']).toMatchObject({ using: { 'cuda.device': '0' }, remaining: { 'cuda.device': '4' } });
  expect(ask('26.8').presets.find(({ name }) => name === 'gpu01-small')?.allocatable).toBe(false);
});

test('SES-C11: what older managers tell differently: agents that take nothing new, presets of groups, ids', () => {
  const ask = (version: string, group?: string) => {
    const cluster = clusterWith({ version });
    for (const [name, agent] of Object.entries(cluster.state.agents)) if (name !== 'i-cpu01' && agent.resourceGroup === 'default') agent.status = 'LOST';
    for (const preset of cluster.state.presets) if (preset.name === 'gpu01-small') preset.resourceGroup = 'default';
    const answer = cluster.resources.checkPresets(requester(cluster), { group: 'default', ...(group ? { scaling_group: group } : {}) });
    return { cpu: answer.scaling_groups['default']?.remaining['cpu'], hasOwn: answer.presets.some(({ name }) => name === 'gpu01-small'), hasId: 'id' in (answer.presets[0] ?? {}) };
  };
  expect(ask('24.03')).toEqual({ cpu: '24', hasOwn: true, hasId: false });
  expect(ask('25.5', 'default')).toEqual({ cpu: '24', hasOwn: true, hasId: true });
  expect(ask('25.13')).toEqual({ cpu: '24', hasOwn: false, hasId: true });
  // Not one agent counts: the newest managers then tell the policy's rest.
  expect(ask('26.8', 'default')).toEqual({ cpu: '64', hasOwn: true, hasId: true });
});

test('SES-C11: an admin asks for own projects only', () => {
  const cluster = clusterWith({ version: '25.5' });
  const admin = { ...requester(cluster, 'admin@example.com'), projectIds: [] };
  expect(refusal(() => cluster.resources.checkPresets(admin, { group: 'vision-lab' }))).toMatchObject({ status: 400, msg: 'Unknown project (name: vision-lab)' });
});

test('SES-R40: a limited project cuts what remains, and is told when the operator discloses it', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const project = Object.values(cluster.state.projects).find((one) => one.name === 'vision-lab');
  if (project) project.totalResourceSlots = { cpu: 10 };
  cluster.state.settings.discloseProjectResources = true;
  const answer = cluster.resources.checkPresets(me, { group: 'vision-lab', scaling_group: 'default' });
  expect(answer.keypair_remaining['cpu']).toBe('10');
  expect(answer.group_limits).toMatchObject({ cpu: '10', mem: 'Infinity' });
  expect(answer.group_remaining['cpu']).toBe('10');
});

test('SES-C10: groups of a project, details of a group’s slots only', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  expect(cluster.resources.accessibleGroups(me, 'default').map((group) => group.name)).toEqual(['default', 'nvidia-h100', 'upload']);
  expect(cluster.resources.accessibleGroups(me, 'nowhere')).toEqual([]);
  expect(Object.keys(cluster.resources.slotDetails('nvidia-h100'))).toEqual(['cpu', 'mem', 'cuda.shares']);
  expect(cluster.resources.slotDetails('default')['mem']?.slot_name).toBe('ram');
  cluster.state.settings.hideAgents = true;
  expect(refusal(() => cluster.resources.agentSummaries(me)).title).toBe('No such agent.');
});

test('SES-061, SES-063: images by who asks and what is installed', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const [uma, yuna] = [requester(cluster), requester(cluster, 'user2@example.com')];
  const installed = cluster.images.list(uma, { isInstalled: true });
  expect(installed.every((image) => image.installedAgents.length > 0)).toBe(true);
  expect(cluster.images.list(uma).length).toBe(installed.length + 1);
  expect(cluster.images.list(yuna).some((image) => image.customized)).toBe(false);
  expect(cluster.images.customized(uma).map((image) => image.customized?.name)).toEqual(['my-torch']);
  const torch = cluster.images.find('cr.example.org/stable/ngc-pytorch:24.12-py3-amd64', 'x86_64');
  expect(torch && cluster.images.tagParts(torch)).toEqual({ version: '24.12', tags: [{ key: 'py', value: '3' }, { key: 'amd', value: '64' }] });
});

test('DAT-290, SES-093: folders with what the requester may do', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const rows = cluster.folders.list(requester(cluster));
  const byName = Object.fromEntries(rows.map((row) => [row.name, row]));
  expect(byName['reference-data']).toMatchObject({ permission: 'ro', is_owner: false, ownership_type: 'user' });
  expect(byName['course-materials']).toMatchObject({ permission: 'ro', is_owner: false, ownership_type: 'group', user: null });
  expect(byName['datasets']).toMatchObject({ permission: 'rw', is_owner: true, user_email: 'user@example.com' });
  expect(byName['datasets']?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(byName['datasets']?.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  expect(byName['homework']).toBeUndefined();
  const project = Object.values(cluster.state.projects).find((one) => one.name === 'default');
  const narrowed = cluster.folders.list(requester(cluster), { groupId: project?.id ?? null }).map((row) => row.name);
  expect(narrowed).not.toContain('vision-shared');
  expect(cluster.folders.hosts(requester(cluster)).allowed).toEqual(['local:volume1', 'nas:archive']);
});
