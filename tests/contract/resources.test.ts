// @vitest-environment jsdom
/** The client's resource modules against the simulation at every version whose ways differ. */
import { QueryClient } from '@tanstack/react-query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulation } from '../../mocks/node';
import type { Simulation } from '../../mocks/node';
import { accountMutations, fetchMe, isOldPasswordMismatch } from '../../src/client/account';
import { announcementQueries } from '../../src/client/announcement';
import { authStore } from '../../src/client/auth-store';
import { connection } from '../../src/client/connection';
import { folderQueries } from '../../src/client/folders';
import { imageQueries, offeredImages } from '../../src/client/images';
import { keypairPolicyQueries } from '../../src/client/keypair-policy';
import { handshake } from '../../src/client/login';
import { presetQueries } from '../../src/client/presets';
import { resourceGroupQueries } from '../../src/client/resource-groups';
import { slotDetail, slotQueries } from '../../src/client/resource-slots';
import { sessionMutations, sessionQueries } from '../../src/client/sessions';
import type { CreateSessionRequest, SessionListParams, SessionPage } from '../../src/client/sessions';
import { buildFilter } from '../../src/lib/filter-language';
import { filterOf, offeredFields } from '../../src/pages/sessions/list-filter';
import { orderFields } from '../../src/pages/sessions/list-params';

async function enter() {
  connection.reset();
  await handshake();
  const me = await fetchMe();
  if (!me) throw new Error('the demo has no such account');
  const project = me.projects.find(({ name }) => name === 'default');
  if (!project) throw new Error('the demo has no project default');
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const params: SessionListParams = { projectId: project.id, type: 'all', finished: false, page: 1, pageSize: 20, order: '', filter: '' };
  const list = (over: Partial<SessionListParams> = {}): Promise<SessionPage> => {
    client.clear();
    return client.fetchQuery(sessionQueries.list({ ...params, ...over }));
  };
  return { me, project, client, list };
}

/** Runs a mutation as a page would, without React. */
function run<T, V>(options: { mutationFn?: unknown }, variables: V): Promise<T> {
  return (options.mutationFn as (variables: V) => Promise<T>)(variables);
}

const versions = ['24.03.0', '24.09.0', '24.12.0', '25.5.0', '25.13.0', '26.8.1'];

describe.each(versions)('manager %s', (version) => {
  let sim: Simulation;
  let here: Awaited<ReturnType<typeof enter>>;

  beforeAll(async () => {
    sim = startSimulation({ version, account: 'user' });
    here = await enter();
  });

  afterAll(() => {
    sim.stop();
    connection.reset();
  });

  it('tells who is logged in with one request', () => {
    const { me } = here;
    expect(me).toMatchObject({ email: 'user@example.com', role: 'user', domain: 'default', needPasswordChange: false });
    expect(me.projects.map(({ name }) => name)).toContain('default');
    expect(sim.requests.map(({ operation }) => operation)).toEqual([null, 'Me']);
  });

  it('lists, counts and filters sessions with one request (SES-002, SES-008, SES-009)', async () => {
    const { list } = here;
    sim.requests.length = 0;
    const page = await list();
    expect(sim.requests).toHaveLength(1);
    expect(page.rows.length).toBeGreaterThan(0);
    expect(page.total).toBe(page.counts.all);
    expect(page.counts.all).toBe(page.counts.interactive + page.counts.batch + page.counts.inference + page.counts.system);
    expect(page.rows.every((row) => !['TERMINATED', 'CANCELLED'].includes(row.status))).toBe(true);
    const finished = await list({ finished: true });
    expect(finished.rows.every((row) => ['TERMINATED', 'CANCELLED'].includes(row.status))).toBe(true);
    const batch = await list({ type: 'batch' });
    expect(batch.rows.every((row) => row.type === 'batch')).toBe(true);
    const named = await list({ filter: buildFilter([{ field: 'name', op: 'contains', value: page.rows[0]?.name ?? '' }]) });
    expect(named.rows.map(({ id }) => id)).toContain(page.rows[0]?.id);
    expect((await list({ filter: buildFilter([{ field: 'name', op: 'contains', value: '%' }]) })).rows).toEqual([]);
    const sorted = await list({ order: '+name' });
    expect(sorted.rows.map(({ name }) => name)).toEqual(sorted.rows.map(({ name }) => name).sort());
  });

  it.each(['user', 'superadmin'] as const)('is asked by a %s for orders and filters that it takes (SES-008, SES-009)', async (role) => {
    const { list } = here;
    const [row] = (await list()).rows;
    for (const field of orderFields) await list({ order: `-${field}` });
    for (const { key, kind } of offeredFields({ role }, true)) {
      const value = key === 'id' ? (row?.id ?? '') : kind === 'date' ? '2026-01-01' : 'x';
      const { filter, unusable } = filterOf([kind === 'date' ? `${key}>=${value}` : kind === 'text' ? `${key}~${value}` : `${key}=${value}`], offeredFields({ role }, true));
      expect(unusable).toEqual([]);
      const found = await list({ filter });
      if (key === 'id') expect(found.rows.map(({ id }) => id)).toEqual([value]);
    }
  });

  it('tells of one session as the list does (SES-250, SES-253)', async () => {
    const { client, list } = here;
    const [row] = (await list()).rows;
    const detail = await client.fetchQuery(sessionQueries.detail(row?.id ?? ''));
    expect({ ...detail, folderNames: null }).toEqual(row);
    expect(detail?.kernels.length).toBe(detail?.clusterSize);
    expect(detail?.folderNames === null).toBe(['24.03.0', '24.09.0', '24.12.0'].includes(version));
    expect(await client.fetchQuery(sessionQueries.detail('00000000-0000-4000-8000-000000000000'))).toBeNull();
    expect(await client.fetchQuery(sessionQueries.detail('../../x'))).toBeNull();
  });

  it('gives the launcher what it asks (SES-C10)', async () => {
    const { client, me, project } = here;
    const groups = await client.fetchQuery(resourceGroupQueries.accessible(project));
    expect(groups.map(({ name }) => name)).toContain('default');
    const check = await client.fetchQuery(presetQueries.check({ project: project.name, resourceGroup: 'default' }));
    expect(check.presets.length).toBeGreaterThan(0);
    expect(check.resourceGroups['default']?.remaining.cpu).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(check)).not.toContain('NaN');
    const slots = await client.fetchQuery(slotQueries.details('default'));
    expect(slotDetail(slots, 'mem')).toMatchObject({ unit: 'GiB', binary: true });
    const images = offeredImages(await client.fetchQuery(imageQueries.installed()), { myUuid: me.uuid });
    expect(images.length).toBeGreaterThan(3);
    expect(images.every(({ installed, role, minimum }) => installed && role === 'COMPUTE' && (minimum.cpu ?? 0) > 0)).toBe(true);
    const policy = await client.fetchQuery(keypairPolicyQueries.byName(me.keypairPolicy));
    expect(policy).toMatchObject({ name: me.keypairPolicy, concurrencyUsed: expect.any(Number) as number });
    const folders = await client.fetchQuery(folderQueries.mountable(project));
    expect(folders.length).toBeGreaterThan(0);
    expect(folders.every(({ id, projectId }) => id.includes('-') && (projectId === null || projectId === project.id))).toBe(true);
    expect(folders.some(({ unmountable }) => unmountable === null)).toBe(true);
    expect(await client.fetchQuery(folderQueries.uploadResourceGroups(project))).toEqual(expect.any(Array));
    await client.fetchQuery(announcementQueries.current());
  });

  it('makes, renames, logs and ends a session (SES-C01, SES-C04 … SES-C06)', async () => {
    const { client, me, project, list } = here;
    const [image] = offeredImages(await client.fetchQuery(imageQueries.installed()), { myUuid: me.uuid }).filter(
      ({ baseName, architecture }) => baseName === 'python' && architecture === 'x86_64',
    );
    const request: CreateSessionRequest = {
      clientSessionToken: 'contract-1', image: image?.reference ?? '', architecture: 'x86_64', type: 'interactive',
      group: project.name, domain: me.domain, clusterSize: 1, clusterMode: 'single-node',
      enqueueOnly: true, maxWaitSeconds: 15, reuseIfExists: false,
      config: { scaling_group: 'default', resources: { cpu: 1, mem: '2g' }, resource_opts: { shmem: '64m' } },
    };
    const created = await run<{ sessionId: string }, CreateSessionRequest>(sessionMutations.create(), request);
    const { sessionId } = created;
    expect(created).toMatchObject({ sessionName: 'contract-1', status: 'PENDING', created: true });
    expect((await list()).rows[0]?.id).toBe(sessionId);
    await expect(run(sessionMutations.create(), request)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await client.fetchQuery(sessionQueries.logs(sessionId))).toEqual({ text: '', state: 'not-yet' });
    sim.cluster.advance('2m');
    client.clear();
    const running = await client.fetchQuery(sessionQueries.detail(sessionId));
    expect(running).toMatchObject({ status: 'RUNNING', statusInfo: null, shmem: 64 * 2 ** 20, userId: me.uuid });
    expect(running?.image?.name).toBe(image?.reference);
    const logs = await client.fetchQuery(sessionQueries.logs(sessionId, running?.kernels[0]?.id));
    expect(logs).toMatchObject({ state: 'ready', text: expect.stringMatching(/\S/) as string });
    await run(sessionMutations.rename(), { id: sessionId, name: 'contract-2' });
    await run(sessionMutations.terminate(), { id: sessionId, forced: false });
    sim.cluster.advance('2m');
    expect((await list({ finished: true })).rows.find(({ id }) => id === sessionId)).toMatchObject({ name: 'contract-2', status: 'TERMINATED' });
  });
});

describe('roles', () => {
  let sim: Simulation;

  beforeAll(() => {
    sim = startSimulation({ version: '26.8.1' });
  });

  afterAll(() => {
    authStore.reset();
    sim.stop();
    connection.reset();
  });

  it('let administrators see owners and end what is not theirs (SES-004, SES-C06)', async () => {
    sim.loginAs('user');
    const [row] = (await (await enter()).list()).rows.filter(({ status }) => status === 'RUNNING');
    expect(row?.ownerEmail).toBeNull();
    sim.loginAs('admin');
    await authStore.enter();
    const { list } = await enter();
    expect((await list()).rows.find(({ id }) => id === row?.id)?.ownerEmail).toBe('user@example.com');
    await run(sessionMutations.terminate(), { id: row?.id ?? '', forced: true, ownerAccessKey: row?.accessKey ?? undefined });
    sim.cluster.advance('1m');
    expect((await list({ finished: true })).rows.map(({ id }) => id)).toContain(row?.id);
  });

  it('cannot mount folders of a host that does not allow it (SES-094)', async () => {
    sim.loginAs('user');
    const { client, project } = await enter();
    const before = await client.fetchQuery(folderQueries.mountable(project));
    const { domains, projects, keypairPolicies } = sim.cluster.state;
    for (const owner of [domains, projects, keypairPolicies].flatMap((records) => Object.values(records))) {
      owner.allowedFolderHosts = { 'local:volume1': ['create-vfolder'] };
    }
    client.clear();
    const after = await client.fetchQuery(folderQueries.mountable(project));
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(new Set(after.map(({ unmountable }) => unmountable ?? 'none'))).not.toContain('none');
    expect(after.some(({ unmountable }) => unmountable === 'host')).toBe(true);
  });

  it('tell a wrong old password from a lost log-in', async () => {
    sim.loginAs('user');
    await enter();
    const change = { oldPassword: 'wrong-Old-1', newPassword: 'Another-1!' };
    const error: unknown = await run(accountMutations.updatePassword(), change).catch((e: unknown) => e);
    expect(isOldPasswordMismatch(error)).toBe(true);
    await run(accountMutations.updateFullName(), { email: 'user@example.com', fullName: '한글 이름' });
    expect((await fetchMe())?.fullName).toBe('한글 이름');
  });
});
