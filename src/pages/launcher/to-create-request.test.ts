// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { GIB, MIB } from '../../lib/quantities';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';
import { memoryText, sessionNames, toCreateRequest, withOffset } from './to-create-request';
import type { LaunchPlan } from './to-create-request';

const plan = (values: Partial<LaunchValues> = {}, rest: Partial<LaunchPlan> = {}): LaunchPlan => ({
  values: { ...defaultLaunchValues(), ...values },
  image: 'cr.example.org/stable/python-pytorch:2.4-py312-cuda12.4',
  architecture: 'x86_64',
  resourceGroup: 'default',
  cpu: 4,
  mem: 16 * GIB,
  shm: GIB,
  accelerator: { slot: 'cuda.shares', amount: 1.5 },
  project: 'vision',
  domain: 'default',
  ownerAccessKey: null,
  agents: [],
  managerVersion: '25.5.0',
  ...rest,
});

const datasets = { id: '11111111-2222-4333-8444-555555555555', name: 'datasets', alias: 'in', readOnly: false };
const results = { id: '66666666-2222-4333-8444-555555555555', name: 'results', alias: '', readOnly: true };

const versions = ['24.03.10', '25.5.0', '26.8.1'];
const plainInteractive = {
  clientSessionToken: 'my-work',
  image: 'cr.example.org/stable/python-pytorch:2.4-py312-cuda12.4',
  architecture: 'x86_64',
  type: 'interactive',
  group: 'vision',
  domain: 'default',
  clusterSize: 1,
  clusterMode: 'single-node',
  enqueueOnly: true,
  maxWaitSeconds: 15,
  reuseIfExists: false,
  config: {
    scaling_group: 'default',
    resources: { cpu: 4, mem: '16g', 'cuda.shares': 1.5 },
    resource_opts: { shmem: '1g' },
  },
};

describe('the request of a launch (SES-C01)', () => {
  it.each(versions)('a plain interactive session, the same for every manager: %s', (managerVersion) => {
    expect(toCreateRequest(plan({}, { managerVersion }), 'my-work')).toEqual(plainInteractive);
  });

  it.each([
    ['24.03.10', undefined],
    ['24.09.3', undefined],
    ['24.12.0', '2h'],
    ['25.5.0', '2h'],
    ['26.8.1', '2h'],
  ])('a batch session; its timeout only where %s knows it (SES-052…054)', (managerVersion, timeout) => {
    const values: Partial<LaunchValues> = {
      type: 'batch',
      startupCommand: 'python train.py',
      timeoutEnabled: true,
      timeout: 2,
      timeoutUnit: 'h',
    };
    const { config: _config, ...rest } = plainInteractive;
    expect(toCreateRequest(plan(values, { managerVersion }), 'train-7')).toEqual({
      ...rest,
      clientSessionToken: 'train-7',
      type: 'batch',
      startupCommand: 'python train.py',
      ...(timeout ? { batch_timeout: timeout } : {}),
      config: plainInteractive.config,
    });
  });

  it('a start time goes with the offset of that moment (SES-053)', () => {
    const request = toCreateRequest(plan({ type: 'batch', startupCommand: 'x', startEnabled: true, startAt: '2026-03-01T09:00' }), 'n');
    expect(request.starts_at).toMatch(/^2026-03-01T09:00:00[+-]\d\d:\d\d$/);
    expect(new Date(request.starts_at ?? '').getTime()).toBe(new Date('2026-03-01T09:00').getTime());
    expect(withOffset('2026-07-01T09:00:30')).toMatch(/^2026-07-01T09:00:30[+-]/);
  });

  it('batch fields left over from a change of type are not sent', () => {
    const request = toCreateRequest(
      plan({ startupCommand: 'x', startEnabled: true, startAt: '2026-03-01T09:00', timeoutEnabled: true, timeout: 1 }),
      'n',
    );
    expect(request).not.toHaveProperty('startupCommand');
    expect(request).not.toHaveProperty('starts_at');
    expect(request).not.toHaveProperty('batch_timeout');
  });

  it.each(['24.03.10', '25.5.0', '25.11.2'])('mounts by name up to 25.11, never the default place: %s (SES-091)', (managerVersion) => {
    expect(toCreateRequest(plan({ mounts: [datasets, results] }, { managerVersion }), 'n').config).toEqual({
      ...plainInteractive.config,
      mounts: ['datasets', 'results'],
      mount_map: { datasets: '/home/work/in' },
      mount_options: { results: { type: 'bind', permission: 'ro' } },
    });
  });

  it.each(['25.12.0', '26.8.1'])('mounts by id from 25.12 on: %s (REL-12)', (managerVersion) => {
    expect(toCreateRequest(plan({ mounts: [datasets, results] }, { managerVersion }), 'n').config).toEqual({
      ...plainInteractive.config,
      mount_ids: [datasets.id, results.id],
      mount_id_map: { [datasets.id]: '/home/work/in' },
      mount_options: { [results.id]: { type: 'bind', permission: 'ro' } },
    });
  });

  it.each(versions)('variables, ports and cluster: %s (SES-064, SES-074, SES-100)', (managerVersion) => {
    const values: Partial<LaunchValues> = {
      environ: [{ key: 'a', name: 'EPOCHS', value: '3', missing: false }],
      ports: [8080, 9000],
      clusterMode: 'multi-node',
      clusterSize: 3,
    };
    const request = toCreateRequest(plan(values, { managerVersion }), 'n');
    expect(request).toMatchObject({ clusterSize: 3, clusterMode: 'multi-node' });
    expect(request.config).toMatchObject({ environ: { EPOCHS: '3' }, preopen_ports: [8080, 9000] });
  });

  it('leaves out what is empty', () => {
    const request = toCreateRequest(plan({}, { accelerator: null, shm: null }), 'n');
    expect(request.config).toEqual({ scaling_group: 'default', resources: { cpu: 4, mem: '16g' } });
  });

  it.each([
    [4 * GIB, '4g'],
    [512 * MIB, '512m'],
    [1.5 * GIB, '1536m'],
    [1127428915, '1076m'],
  ])('memory %i is sent as %s (SES-R11)', (bytes, text) => {
    expect(memoryText(bytes)).toBe(text);
  });
});

describe('names of sessions (SES-051, SES-072)', () => {
  const chance = (length: number) => 'abcdefgh'.slice(0, length);
  it.each([
    ['', 1, ['abcdefgh-session']],
    ['  ', 1, ['abcdefgh-session']],
    ['work', 1, ['work']],
    ['work', 3, ['work-abcd-1', 'work-abcd-2', 'work-abcd-3']],
    ['', 2, ['abcdefgh-session-abcd-1', 'abcdefgh-session-abcd-2']],
  ])('%j, %i at once', (name, count, expected) => {
    expect(sessionNames(name, count, chance)).toEqual(expected);
  });
  it('made-up names differ', () => {
    expect(sessionNames('', 1)[0]).toMatch(/^[a-z0-9]{8}-session$/);
    expect(sessionNames('', 1)).not.toEqual(sessionNames('', 1));
  });
});
