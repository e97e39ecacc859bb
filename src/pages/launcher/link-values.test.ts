import { describe, expect, it } from 'vitest';
import { GIB, MIB } from '../../lib/quantities';
import { readLinkValues } from './link-values';
import { toLaunchLink } from './to-launch-link';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';

const entry = (name: string, value: string) => ({ key: name, name, value, missing: false });
const mount = (id: string, alias = '', readOnly = false) => ({ id, name: id, alias, readOnly });

const forms: Record<string, Partial<LaunchValues>> = {
  'as it is at first': {},
  'a batch with all': {
    type: 'batch', name: 'night & "day"', startupCommand: 'python train.py --x "a\n\'b\'"', startEnabled: true, startAt: '2031-03-01T09:00',
    timeoutEnabled: true, timeout: 30, timeoutUnit: 'm',
  },
  'amounts of one’s own': {
    allocation: 'custom', cpu: 3, mem: 5.5 * GIB, shmAuto: false, shm: 640 * MIB, acceleratorSlot: 'cuda.shares', accelerator: 0.3, resourceGroup: 'nvidia-h100',
  },
  'a preset': { allocation: 'preset:gpu 01/large', resourceGroup: '한글' },
  'the least': { allocation: 'minimum', sessions: 4 },
  'a cluster': { clusterMode: 'multi-node', clusterSize: 3 },
  'the advanced part': {
    priority: 20, bootstrapScript: 'echo "hi"\nls', tag: 'a=b', callbackUrl: 'https://example.org/hook?x=1',
    hpcAuto: false, ompThreads: 2, openblasThreads: 4, agents: ['i-1', 'i-2'], imageName: 'cr.example.org/x/y:1@aarch64',
  },
  'an image, folders, ports, variables': {
    environment: 'cr.example.org:5000/stable/python', image: 'cr.example.org:5000/stable/python:3.13@aarch64',
    mounts: [mount('11111111-2222-3333-4444-555555555555', '/home/work/in'), mount('aaaaaaaa-2222-3333-4444-555555555555', '', true)],
    ports: [8000, 9001], environ: [entry('EPOCHS', '3'), entry('NOTE', '=&?#%')],
  },
};

const withoutKeys = (values: LaunchValues | null) => values && { ...values, environ: values.environ.map(({ name, value, missing }) => ({ name, value, missing })) };

describe('a launch link (SES-041)', () => {
  it.each(Object.entries(forms))('%s comes back as it was', (_what, form) => {
    const values = { ...defaultLaunchValues(), ...form };
    const back = readLinkValues(JSON.stringify(toLaunchLink(values)));
    const names = (one: LaunchValues | null) => one && { ...one, mounts: one.mounts.map(({ id, alias, readOnly }) => ({ id, alias, readOnly })) };
    expect(withoutKeys(names(back) as LaunchValues)).toEqual(withoutKeys(names(values) as LaunchValues));
  });

  it('speaks in the WebUI’s names', () => {
    expect(toLaunchLink({ ...defaultLaunchValues('batch'), name: 'a-name', startupCommand: 'ls', allocation: 'custom', cpu: 2, mem: 4 * GIB })).toEqual({
      sessionType: 'batch', sessionName: 'a-name', batch: { command: 'ls' }, allocationPreset: 'custom', enabledAutomaticShmem: true,
      resource: { cpu: 2, mem: '4g' }, num_of_sessions: 1, cluster_mode: 'single-node', cluster_size: 1,
    });
  });

  it('holds no secret: neither a value whose name looks so, nor a command with one (SEC-07)', () => {
    const values: LaunchValues = {
      ...defaultLaunchValues('batch'),
      startupCommand: 'HF_TOKEN=hunter2 python x.py',
      environ: [entry('HF_TOKEN', 'hunter2'), entry('EPOCHS', '3')],
      bootstrapScript: 'export TOKEN=hunter2',
      callbackUrl: 'https://me:hunter2@example.org',
      owner: { typed: 'other@example.com', email: 'other@example.com', accessKey: 'AK', project: null },
    };
    const text = JSON.stringify(toLaunchLink(values));
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('other@example.com');
    const back = readLinkValues(text);
    expect(back?.startupCommand).toBe('');
    expect(back?.environ).toMatchObject([{ name: 'HF_TOKEN', value: '', missing: true }, { name: 'EPOCHS', value: '3', missing: false }]);
  });

  it('a port that is named twice is one (SES-100)', () => {
    expect(readLinkValues(JSON.stringify({ ports: [8000, '8001', 8000, 8001] }))?.ports).toEqual([8000, 8001]);
  });

  it('a secret value in somebody else’s link is not taken', () => {
    const back = readLinkValues(JSON.stringify({ envvars: [{ variable: 'API_TOKEN', value: 'x' }], owner: { email: 'a@b' }, environments: { image: {} } }));
    expect(back?.environ).toMatchObject([{ name: 'API_TOKEN', value: '', missing: true }]);
  });
});
