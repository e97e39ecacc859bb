import { beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from './api';
import { createCluster } from './cluster';
import { requester, TORCH } from './test-helpers';

/** SES-C30. */
const template = (more: object = {}, spec: object = {}) => ({
  template: {
    apiVersion: 'v1', kind: 'taskTemplate', metadata: { name: 'train' },
    spec: { type: 'batch', kernel: { image: TORCH, environ: { A: '1' }, run: { bootstrap: null, startup: 'python x.py' } }, scaling_group: 'default', mounts: { datasets: '/home/work/in' }, resources: { cpu: '1', mem: '4g' }, ...spec },
    ...more,
  },
});
const payload = (...items: unknown[]) => ({ group: 'default', domain: 'default', payload: JSON.stringify(items) });

let cluster: Cluster;
beforeEach(() => {
  cluster = createCluster({ seed: 'demo' });
});

describe('session templates', () => {
  it('are kept with the manager’s names and told to everybody', () => {
    const [made] = cluster.templates.create(requester(cluster), payload({ ...template({ console: { cluster_size: 2 } }), name: 'mine' }));
    expect(made?.id).toMatch(/^[0-9a-f]{32}$/);
    const seen = (email: string) => cluster.templates.list(requester(cluster, email)).find((one) => one['id'] === made?.id);
    expect(seen('user@example.com')).toMatchObject({ name: 'mine', is_owner: true, user_email: 'user@example.com', group_name: 'default', type: 'task' });
    expect(seen('user2@example.com')).toMatchObject({ is_owner: false });
    expect(seen('user@example.com')?.['template']).toMatchObject({
      api_version: 'v1', metadata: { tag: null }, console: { cluster_size: 2 },
      spec: { session_type: 'batch', kernel: { architecture: 'x86_64', run: { startup_command: 'python x.py' } } },
    });
    expect(seen('user@example.com')?.['template']).not.toHaveProperty('apiVersion');
  });

  it.each([
    ['no list', { payload: '{}' }],
    ['no JSON', { payload: 'x' }],
    ['another kind', payload(template({ kind: 'clusterTemplate' }))],
    ['no image', payload(template({}, { kernel: {} }))],
    ['a reserved place', payload(template({}, { mounts: { data: '/home/work/.ssh' } }))],
    ['a variable that is no text', payload(template({}, { kernel: { image: TORCH, environ: { A: 1 } } }))],
  ])('refuses %s', (_what, body) => {
    expect(() => cluster.templates.create(requester(cluster), body)).toThrow();
  });

  it('are changed and deleted by their id; a deleted one is gone', () => {
    const [made] = cluster.templates.create(requester(cluster), payload(template()));
    cluster.templates.update(requester(cluster), made?.id ?? '', payload({ ...template(), name: 'renamed' }));
    expect(cluster.templates.get(requester(cluster), made?.id ?? '')).toMatchObject({ name: 'renamed' });
    cluster.templates.remove(requester(cluster), made?.id ?? '');
    expect(cluster.templates.get(requester(cluster), made?.id ?? '')).toEqual({});
    expect(() => cluster.templates.remove(requester(cluster), made?.id ?? '')).toThrow(/No such task template/);
  });

  it('start a session, with what the request says over what the template says', () => {
    const [made] = cluster.templates.create(requester(cluster), payload(template()));
    const answer = cluster.templates.createSession(requester(cluster), { template_id: made?.id, name: 'from-it', config: { resources: { cpu: 2, mem: '4g' } } });
    const session = cluster.state.sessions[answer.sessionId];
    expect(session).toMatchObject({ name: 'from-it', type: 'batch', startupCommand: 'python x.py', environ: { A: '1' }, resourceGroup: 'default', requestedSlots: { cpu: 2 } });
    expect(session?.mounts.map(({ name, target }) => `${name} ${target}`)).toContain('datasets /home/work/in');
    expect(() => cluster.templates.createSession(requester(cluster), { template_id: 'nope' })).toThrow();
  });
});
