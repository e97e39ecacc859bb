import { describe, expect, it } from 'vitest';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';
import { readLinkValues } from './link-values';
import { toLaunchLink } from './to-launch-link';

const form = (values: Partial<LaunchValues>): LaunchValues => ({ ...defaultLaunchValues(), ...values });

describe('links of what most launches leave alone (SES-041)', () => {
  it.each<[string, Partial<LaunchValues>]>([
    ['an image by name (SES-062)', { imageName: 'cr.example.org/lab/own:1@aarch64' }],
    ['threads (SES-075)', { hpcAuto: false, ompThreads: 2, openblasThreads: 4 }],
    ['one agent (SES-073)', { agents: ['i-gpu01'] }],
    ['several agents (SES-073)', { agents: ['i-1', 'i-2'], clusterMode: 'multi-node', clusterSize: 2 }],
    ['the advanced block (SES-076)', { priority: 0, bootstrapScript: 'pip install x\n', tag: 'nightly', callbackUrl: 'https://hooks.example.org/a' }],
  ])('%s comes back as it was', (_title, values) => {
    expect(readLinkValues(JSON.stringify(toLaunchLink(form(values))))).toEqual(form(values));
  });

  it('in the WebUI’s own shapes', () => {
    const peer = { agent: 'auto', hpcOptimization: { autoEnabled: false, OMP_NUM_THREADS: '8', OPENBLAS_NUM_THREADS: '1' }, bootstrap_script: 'true' };
    expect(readLinkValues(JSON.stringify(peer))).toMatchObject({ agents: [], hpcAuto: false, ompThreads: 8, openblasThreads: 1, bootstrapScript: 'true' });
  });

  it('an owner, sessions to wait for and secrets in scripts stay out (SES-055, pitfall 18)', () => {
    const values = form({
      owner: { typed: 'a@b.c', email: 'a@b.c', accessKey: 'AKIA', project: null },
      dependencies: [{ id: 'd', name: 'before' }],
      bootstrapScript: 'export HF_TOKEN=hunter2',
      callbackUrl: 'https://me:hunter2@hooks.example.org',
    });
    const text = JSON.stringify(toLaunchLink(values));
    for (const secret of ['a@b.c', 'AKIA', 'before', 'hunter2']) expect(text).not.toContain(secret);
  });
});
