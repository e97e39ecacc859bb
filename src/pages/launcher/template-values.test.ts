import { describe, expect, it } from 'vitest';
import { templatePayload } from '../../client/session-templates';
import type { SessionTemplate } from '../../client/session-templates';
import { GIB } from '../../lib/quantities';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';
import { readLinkValues } from './link-values';
import { linkOfTemplate, toTemplate } from './template-values';
import type { LaunchPlan } from './to-create-request';

/** SES-044. */
const plan = (values: Partial<LaunchValues> = {}): LaunchPlan => ({
  values: { ...defaultLaunchValues('batch'), startupCommand: 'ls', ...values },
  image: 'cr.example.org/stable/python:3.13', architecture: 'aarch64', resourceGroup: 'gpu', cpu: 3, mem: 6.5 * GIB, shm: GIB,
  accelerator: { slot: 'cuda.shares', amount: 0.5 }, project: 'vision', domain: 'default', managerVersion: '25.5.0', ownerAccessKey: null, agents: [],
});
const entry = (name: string, value: string) => ({ key: name, name, value, missing: false });
const asKept = (p: LaunchPlan): SessionTemplate => {
  const { template } = toTemplate(p, 'my template');
  return { ...template, id: 'x', createdAt: null, isOwner: true, ownerEmail: null };
};

describe('a template of the manager', () => {
  it('brings back what was saved', () => {
    const mounts = [{ id: 'u-1', name: 'data', alias: '/home/work/in', readOnly: false }, { id: 'u-2', name: 'out', alias: '', readOnly: false }] as LaunchValues['mounts'];
    const link = linkOfTemplate(asKept(plan({ environ: [entry('EPOCHS', '3')], mounts, ports: [8000], clusterSize: 2, clusterMode: 'multi-node', bootstrapScript: 'echo hi', tag: 'a' })));
    expect(readLinkValues(JSON.stringify(link))).toMatchObject({
      type: 'batch', name: '', startupCommand: 'ls', image: 'cr.example.org/stable/python:3.13@aarch64', resourceGroup: 'gpu', allocation: 'custom',
      cpu: 3, mem: 6.5 * GIB, shm: GIB, shmAuto: false, acceleratorSlot: 'cuda.shares', accelerator: 0.5, clusterSize: 2, clusterMode: 'multi-node',
      mounts: [{ id: 'data', alias: '/home/work/in' }, { id: 'out', alias: '' }], ports: [8000], bootstrapScript: 'echo hi', tag: 'a',
      environ: [{ name: 'EPOCHS', value: '3' }],
    });
  });

  it('holds no secret, and says what it leaves out', () => {
    const given = plan({
      startupCommand: 'HF_TOKEN=hunter2 ls', bootstrapScript: 'curl --password hunter2', environ: [entry('HF_TOKEN', 'hunter2'), entry('REPO', 'https://me:hunter2@x'), entry('E', '1')],
      startEnabled: true, startAt: '2031-01-01T00:00', priority: 5, dependencies: [{ id: 'd', name: 'd' }],
    });
    const { template, leftOut } = toTemplate(given, 'x');
    expect(templatePayload(template)).not.toContain('hunter2');
    expect(template.environ).toEqual({ HF_TOKEN: '', REPO: '', E: '1' });
    expect(leftOut).toEqual(['secrets', 'start', 'dependencies', 'priority']);
    expect(toTemplate(plan(), 'x').leftOut).toEqual([]);
    const mount = (id: string, name: string, alias: string) => ({ id, name, alias, readOnly: false });
    expect(toTemplate(plan({ mounts: [mount('u-1', 'data', 'in'), mount('u-2', 'out', '')] }), 'x').leftOut).toEqual([]);
    expect(toTemplate(plan({ mounts: [mount('u-1', 'data', 'in'), mount('u-2', 'data', '')] }), 'x').leftOut).toEqual(['sameName']);
    // The form asks for the secret again.
    expect(readLinkValues(JSON.stringify(linkOfTemplate(asKept(given))))?.environ[0]).toMatchObject({ name: 'HF_TOKEN', value: '', missing: true });
  });

  it('is written as the manager takes it', () => {
    const [item] = JSON.parse(templatePayload(toTemplate(plan(), 'nightly').template)) as { name: string; template: Record<string, unknown> }[];
    expect(item).toMatchObject({
      name: 'nightly',
      template: { apiVersion: 'v1', kind: 'taskTemplate', metadata: { name: 'nightly' }, spec: { type: 'batch', kernel: { run: { bootstrap: null, startup: 'ls' } }, scaling_group: 'gpu', resources: { cpu: '3', mem: '6656m', 'cuda.shares': '0.5' } }, console: { cluster_size: 1, shmem: '1g' } },
    });
  });

  it('of others, with less in it, is taken as far as it goes', () => {
    const bare: SessionTemplate = { ...asKept(plan()), name: 'ab', type: 'interactive', resources: {}, environ: {}, mounts: {}, resourceGroup: null, more: {}, image: '', startupCommand: '', bootstrapScript: '' };
    expect(readLinkValues(JSON.stringify(linkOfTemplate(bare)))).toMatchObject({ type: 'interactive', name: '', allocation: 'auto', image: null, clusterSize: 1, mounts: [] });
  });
});
