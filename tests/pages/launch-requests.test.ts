// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCluster } from '../../mocks/cluster/cluster';
import { fullVersion } from '../../mocks/wire/versions';
import { GIB, MIB } from '../../src/lib/quantities';
import { defaultLaunchValues } from '../../src/pages/launcher/launch-values';
import type { LaunchValues } from '../../src/pages/launcher/launch-values';
import { sessionNames, toCreateRequest } from '../../src/pages/launcher/to-create-request';
import type { LaunchPlan } from '../../src/pages/launcher/to-create-request';

/** Every kind of launch, key by key, at every manager; and the simulated manager of that version takes each (SES-C01). */

const lines = ['24.03', '24.09', '25.5', '25.13', '26.8'] as const;
type Line = (typeof lines)[number];
const from = (line: Line, first: Line) => lines.indexOf(line) >= lines.indexOf(first);

const image = 'cr.example.org/stable/python-pytorch:2.4-py312-cuda12.4';

function world(line: Line) {
  const cluster = createCluster({ version: fullVersion(line), seed: 'demo' });
  const requester = (email: string) => {
    const user = cluster.accounts.userByEmail(email);
    const found = user?.mainAccessKey ? cluster.accounts.requester(user.mainAccessKey) : undefined;
    if (!found) throw new Error(`no ${email}`);
    return found;
  };
  const folder = (name: string) => Object.values(cluster.state.folders).find((one) => one.name === name)?.id ?? '';
  const session = (name: string) => Object.values(cluster.state.sessions).find((one) => one.name === name)?.id ?? '';
  return { cluster, requester, folder, session };
}

function plan(line: Line, values: Partial<LaunchValues>, rest: Partial<LaunchPlan> = {}): LaunchPlan {
  return {
    values: { ...defaultLaunchValues(), ...values },
    image,
    architecture: 'x86_64',
    resourceGroup: 'default',
    cpu: 2,
    mem: 4 * GIB,
    shm: GIB,
    accelerator: null,
    project: 'default',
    domain: 'default',
    ownerAccessKey: null,
    agents: [],
    managerVersion: fullVersion(line),
    ...rest,
  };
}

const base = {
  image,
  architecture: 'x86_64',
  type: 'interactive',
  group: 'default',
  domain: 'default',
  clusterSize: 1,
  clusterMode: 'single-node',
  enqueueOnly: true,
  maxWaitSeconds: 15,
  reuseIfExists: false,
};
const config = { scaling_group: 'default', resources: { cpu: 2, mem: '4g' }, resource_opts: { shmem: '1g' } };

interface Case {
  values: Partial<LaunchValues>;
  rest?: Partial<LaunchPlan>;
  /** Beside `clientSessionToken` and the base. */
  expected: object;
  expectedConfig?: object;
  as?: string;
}

const soon = '2031-03-01T09:00';

const cases: Record<string, (line: Line, made: ReturnType<typeof world>) => Case> = {
  'interactive, plain': () => ({ values: {}, expected: {} }),
  'interactive with everything (SES-064, SES-070, SES-075, SES-076, SES-100)': (line, made) => ({
    values: {
      environ: [{ key: 'a', name: 'EPOCHS', value: '3', missing: false }],
      ports: [8000, 9001],
      hpcAuto: false,
      ompThreads: 2,
      openblasThreads: 1,
      priority: 42,
      dependencies: [{ id: made.session('train-resnet'), name: 'train-resnet' }],
      bootstrapScript: 'pip install einops\n',
      tag: ' nightly ',
      callbackUrl: ' https://hooks.example.org/done ',
    },
    rest: { accelerator: { slot: 'cuda.device', amount: 1 }, shm: 512 * MIB },
    expected: {
      ...(from(line, '24.09') ? { priority: 42 } : {}),
      dependencies: [made.session('train-resnet')],
      bootstrap_script: 'pip install einops\n',
      tag: 'nightly',
      callback_url: 'https://hooks.example.org/done',
    },
    expectedConfig: {
      resources: { cpu: 2, mem: '4g', 'cuda.device': 1 },
      resource_opts: { shmem: '512m' },
      environ: { OMP_NUM_THREADS: '2', OPENBLAS_NUM_THREADS: '1', EPOCHS: '3' },
      preopen_ports: [8000, 9001],
    },
  }),
  'batch with start time and timeout (SES-052, SES-053, SES-054)': (line) => ({
    values: { type: 'batch', startupCommand: 'python train.py', startEnabled: true, startAt: soon, timeoutEnabled: true, timeout: 90, timeoutUnit: 'm' },
    expected: {
      type: 'batch',
      startupCommand: 'python train.py',
      starts_at: expect.stringMatching(/^2031-03-01T09:00:00[+-]\d\d:\d\d$/) as string,
      ...(from(line, '25.5') ? { batch_timeout: '90m' } : {}),
    },
  }),
  'a cluster on one node (SES-074)': () => ({ values: { clusterSize: 2 }, expected: { clusterSize: 2 } }),
  'a cluster over several nodes (SES-074)': () => ({
    values: { clusterSize: 3, clusterMode: 'multi-node' },
    expected: { clusterSize: 3, clusterMode: 'multi-node' },
  }),
  'for another user (SES-055)': () => ({
    as: 'domain-admin@example.com',
    values: { owner: { typed: 'user2@example.com', email: 'user2@example.com', accessKey: null, project: null } },
    rest: { ownerAccessKey: 'AKIAUSERTWOEXAMPLE23' },
    expected: { owner_access_key: 'AKIAUSERTWOEXAMPLE23' },
  }),
  'an image by name, of another architecture (SES-062)': () => ({
    values: { imageName: 'cr.example.org/stable/python:3.12-ubuntu22.04@aarch64' },
    rest: { image: 'cr.example.org/stable/python:3.12-ubuntu22.04', architecture: 'aarch64' },
    expected: { image: 'cr.example.org/stable/python:3.12-ubuntu22.04', architecture: 'aarch64' },
  }),
  'on a chosen agent (SES-073)': () => ({ values: {}, rest: { agents: ['i-gpu01'] }, expected: {}, expectedConfig: { agent_list: ['i-gpu01'] } }),
  'with folders, by name or by id (SES-091, SES-093)': (line, made) => {
    const ids = [made.folder('datasets'), made.folder('results')] as const;
    return {
      values: {
        mounts: [
          { id: ids[0], name: 'datasets', alias: 'in', readOnly: false, subpath: 'coco/2017/' },
          { id: ids[1], name: 'results', alias: '', readOnly: true },
        ],
      },
      expected: {},
      expectedConfig: from(line, '25.13')
        ? {
            mount_ids: [...ids],
            mount_id_map: { [ids[0]]: '/home/work/in' },
            mount_options: {
              ...(from(line, '26.8') ? { [ids[0]]: { type: 'bind', subpath: 'coco/2017' } } : {}),
              [ids[1]]: { type: 'bind', permission: 'ro' },
            },
          }
        : { mounts: ['datasets', 'results'], mount_map: { datasets: '/home/work/in' }, mount_options: { results: { type: 'bind', permission: 'ro' } } },
    };
  },
};

describe.each(lines)('requests to a manager %s', (line) => {
  it.each(Object.entries(cases))('%s', (_title, make) => {
    const made = world(line);
    const { values, rest, expected, expectedConfig, as = 'user@example.com' } = make(line, made);
    const request = toCreateRequest(plan(line, values, rest), 'golden-1');
    expect(request).toEqual({ ...base, ...expected, clientSessionToken: 'golden-1', config: { ...config, ...expectedConfig } });

    const answer = made.cluster.sessions.create(made.requester(as), JSON.parse(JSON.stringify(request)));
    expect(answer).toMatchObject({ sessionName: 'golden-1', status: 'PENDING', created: true });
    const session = made.cluster.state.sessions[answer.sessionId];
    if (request.owner_access_key) expect(session?.accessKey).toBe(request.owner_access_key);
    if (values.mounts) {
      expect(session?.mounts.filter((mount) => !mount.name.startsWith('.')).map((mount) => [mount.name, mount.target, mount.permission])).toEqual([
        ['datasets', '/home/work/in', 'rw'],
        ['results', '/home/work/results', 'ro'],
      ]);
      expect(session?.mounts[0]?.subpath).toBe(from(line, '26.8') ? 'coco/2017' : '');
    }
  });

  it('several sessions are several requests that differ in the name alone (SES-072)', () => {
    const made = world(line);
    const names = sessionNames('sweep', 3);
    const requests = names.map((name) => toCreateRequest(plan(line, { sessions: 3, name: 'sweep' }), name));
    expect(names).toEqual([1, 2, 3].map((n) => expect.stringMatching(new RegExp(`^sweep-[a-z0-9]{4}-${String(n)}$`)) as string));
    expect(new Set(requests.map((one) => JSON.stringify({ ...one, clientSessionToken: '' }))).size).toBe(1);
    const user = made.requester('user@example.com');
    expect(requests.map((one) => made.cluster.sessions.create(user, one).created)).toEqual([true, true, true]);
  });

  it('a key that came later is refused by name', () => {
    const made = world(line);
    const user = made.requester('user@example.com');
    const request = { ...toCreateRequest(plan(line, { type: 'batch', startupCommand: 'true' }), 'golden-2') };
    const refused = (more: object, inConfig: object = {}) => {
      try {
        made.cluster.sessions.create(user, { ...request, ...more, config: { ...request.config, ...inConfig } });
        return null;
      } catch (e) {
        return (e as { slug?: string }).slug ?? 'no refusal of the manager';
      }
    };
    const later: [Line, object, object?][] = [
      ['24.09', { priority: 5 }],
      ['24.09', {}, { attach_network: null }],
      ['25.5', { batch_timeout: '5m' }],
      ['25.13', {}, { mount_ids: [] }],
      ['25.13', {}, { mount_id_map: {} }],
    ];
    for (const entry of later) {
      const [first, more, inConfig] = entry;
      // Names are free again: what is taken would be in the way of the next.
      request.clientSessionToken = `golden-${String(later.indexOf(entry))}`;
      expect([first, more, inConfig, refused(more, inConfig)]).toEqual([first, more, inConfig, from(line, first) ? null : 'invalid-api-params']);
    }
  });
});
