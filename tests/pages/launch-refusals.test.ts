// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCluster } from '../../mocks/cluster/cluster';
import { loggedIn } from '../../mocks/wire/test-calls';
import { fullVersion } from '../../mocks/wire/versions';
import { createWire } from '../../mocks/wire/wire';
import { GIB } from '../../src/lib/quantities';
import { errorOfAnswer } from '../../src/client/problem';
import { defaultLaunchValues } from '../../src/pages/launcher/launch-values';
import type { LaunchValues } from '../../src/pages/launcher/launch-values';
import { problemOfRefusal } from '../../src/pages/launcher/refusal';
import { toCreateRequest } from '../../src/pages/launcher/to-create-request';
import type { LaunchPlan } from '../../src/pages/launcher/to-create-request';

/** What managers of five versions refuse, in their own words, and the field at which the launcher tells it (SES-C02). */

const lines = ['24.03', '24.09', '25.5', '25.13', '26.8'] as const;
const image = 'cr.example.org/stable/python-pytorch:2.4-py312-cuda12.4';

interface Case {
  field: string;
  as?: string;
  values?: Partial<LaunchValues>;
  plan?: Partial<LaunchPlan>;
  /** Over the request, where the launcher itself would never send it. */
  request?: object;
  config?: object;
}

type Make = (cluster: ReturnType<typeof createCluster>) => Case;

const folder = (cluster: ReturnType<typeof createCluster>, name: string) => {
  const id = Object.values(cluster.state.folders).find((one) => one.name === name)?.id ?? '';
  return { id, name, alias: '', readOnly: false };
};
const owner: LaunchValues['owner'] = { typed: 'a@b.c', email: 'a@b.c', accessKey: null, project: null };

const cases: Record<string, Make> = {
  'a name in use': () => ({ field: 'name', request: { clientSessionToken: 'notebook' } }),
  'no startup command': () => ({ field: 'startupCommand', values: { type: 'batch', startupCommand: '' } }),
  'an unknown image': () => ({ field: 'image', plan: { image: 'cr.example.org/none/none:1' } }),
  'an unknown image by name': () => ({ field: 'imageName', values: { imageName: 'cr.example.org/none/none:1' }, plan: { image: 'cr.example.org/none/none:1' } }),
  'an image of another role': () => ({ field: 'image', plan: { image: 'cr.example.org/stable/vllm:0.9.1-cuda12.8-ubuntu24.04' } }),
  'less than the image needs': () => ({ field: 'allocation', plan: { cpu: 1, mem: GIB, shm: GIB / 2 } }),
  'an unknown slot': () => ({ field: 'allocation', plan: { accelerator: { slot: 'tpu.device', amount: 1 } } }),
  'a resource group that is not there': () => ({ field: 'resourceGroup', plan: { resourceGroup: 'nowhere' } }),
  'a resource group for others': () => ({ field: 'resourceGroup', plan: { resourceGroup: 'upload' } }),
  'too large a cluster': () => ({ field: 'clusterSize', values: { clusterSize: 9 } }),
  'agents while they are hidden': (cluster) => {
    cluster.state.settings.hideAgents = true;
    return { field: 'agents', plan: { agents: ['i-gpu01'] } };
  },
  'an unknown session to wait for': () => ({ field: 'dependencies', values: { dependencies: [{ id: '00000000-0000-4000-8000-000000000000', name: 'x' }] } }),
  'a port of the system': () => ({ field: 'ports', values: { ports: [2200] } }),
  'a port of an app': () => ({ field: 'ports', values: { ports: [8090] } }),
  'a folder in the trash': (cluster) => {
    const old = folder(cluster, 'old-experiments');
    return { field: `mount:${old.id}`, values: { mounts: [folder(cluster, 'datasets'), old] } };
  },
  'a reserved place': (cluster) => {
    const datasets = { ...folder(cluster, 'datasets'), alias: '/etc' };
    return { field: `mount:${datasets.id}`, values: { mounts: [folder(cluster, 'results'), datasets] } };
  },
  'two folders in one place': (cluster) => ({
    field: 'mounts',
    values: { mounts: [{ ...folder(cluster, 'datasets'), alias: 'x' }, { ...folder(cluster, 'results'), alias: 'x' }] },
  }),
  'on behalf of a superadmin': () => ({ field: 'owner', as: 'domain-admin', values: { owner }, plan: { ownerAccessKey: 'AKIAADMINEXAMPLE2345' } }),
  'on behalf of nobody': () => ({ field: 'owner', as: 'admin', values: { owner }, plan: { ownerAccessKey: 'AKIANOBODY' } }),
  'a project that is not the owner’s': () => ({
    field: 'ownerProject',
    as: 'admin',
    values: { owner },
    plan: { ownerAccessKey: 'AKIAUSERTWOEXAMPLE23', project: 'vision-lab' },
  }),
};

/** Up to 26.4.4. */
const early: Record<string, Make> = {
  'too many agents': () => ({ field: 'agents', plan: { agents: ['i-gpu01', 'i-arm01'] } }),
  'shared memory that leaves none': () => ({ field: 'shm', plan: { mem: GIB, shm: GIB } }),
  // The sentence names the host only.
  'a folder of a closed host': (cluster) => ({ field: 'mounts', values: { mounts: [folder(cluster, 'cold-archive')] } }),
};

/** From there on. */
const late: Record<string, Make> = {
  'a slot that the resource group lacks': () => ({ field: 'resourceGroup', plan: { accelerator: { slot: 'cuda.shares', amount: 1 } } }),
  'a resource group without agents': (cluster) => {
    for (const [id, agent] of Object.entries(cluster.state.agents)) if (agent.resourceGroup === 'default') delete cluster.state.agents[id];
    return { field: 'resourceGroup' };
  },
  'shared memory that leaves none': (cluster) => {
    for (const one of Object.values(cluster.state.images)) one.resourceLimits = one.resourceLimits.filter(({ key }) => key !== 'mem');
    return { field: 'shm', plan: { mem: GIB, shm: GIB } };
  },
  'a queue that is full': (cluster) => {
    for (const policy of Object.values(cluster.state.keypairPolicies)) policy.maxPendingSessionResourceSlots = { cpu: 1 };
    return { field: 'sessions' };
  },
  'a folder of a closed host': (cluster) => {
    const archive = folder(cluster, 'cold-archive');
    return { field: `mount:${archive.id}`, values: { mounts: [archive] } };
  },
};

describe.each(lines)('refusals of a manager %s', (line) => {
  it.each(Object.entries({ ...cases, ...(line === '26.8' ? late : early) }))('SES-C02 %s', async (_what, make) => {
    const version = fullVersion(line);
    const cluster = createCluster({ version, seed: 'demo' });
    const { field, as = 'user', values = {}, plan = {}, request = {}, config = {} } = make(cluster);
    const all: LaunchValues = { ...defaultLaunchValues(), ...values };
    const sent = toCreateRequest(
      {
        values: all, image, architecture: 'x86_64', resourceGroup: 'default', cpu: 2, mem: 4 * GIB, shm: GIB, accelerator: null,
        project: 'default', domain: 'default', ownerAccessKey: null, agents: [], managerVersion: version, ...plan,
      },
      'refused-1',
    );
    const browser = await loggedIn(createWire(cluster), as);
    const response = await browser.send('POST', '/func/session/_/create', { ...sent, ...request, config: { ...sent.config, ...config } });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    const error = errorOfAnswer({ status: response.status, headers: response.headers, text: await response.text() } as Parameters<typeof errorOfAnswer>[0], 'create-session');
    const problem = problemOfRefusal(error, all, error.detail ?? error.title);
    expect([error.title, error.detail, problem.field]).toEqual([error.title, error.detail, field]);
    expect(problem.level).toBe('error');
  });
});
