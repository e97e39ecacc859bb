import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { can } from './capabilities';
import { sessionNodeOperation, sessionNodesOperation, toPage } from './sessions-node';

const kernel = {
  row_id: 'k', cluster_role: 'sub', cluster_idx: 10, cluster_hostname: 'sub10', status: 'RUNNING', status_info: '',
  agent_id: null, container_id: null, occupied_slots: '{}', live_stat: null,
  image: { name: 'stable/python', tag: '3.11', architecture: 'x86_64', registry: 'cr.example.org' },
};
const node = {
  row_id: 's1', name: 'train', type: 'INTERACTIVE', status: 'PENDING', status_info: 'None', status_data: null,
  status_history: '{"PENDING": "2026-11-22T00:30:37+00:00"}', cluster_mode: 'single-node', cluster_size: 3,
  scaling_group: 'default', agent_ids: null, access_key: 'AK', domain_name: 'default', project_id: 'p', user_id: 'u',
  priority: null, idle_checks: null,
  created_at: '2026-11-22T00:30:37+00:00', starts_at: null, scheduled_at: null, terminated_at: null, result: 'UNDEFINED',
  startup_command: null, occupied_slots: '{"cpu": "2"}', requested_slots: '{"cpu": "2", "mem": "4294967296"}',
  resource_opts: '{"main1": {"shmem": 1073741824}}', service_ports: null, vfolder_mounts: [], nonsense: true,
  kernel_nodes: {
    edges: [
      { node: kernel },
      null,
      { node: { ...kernel, row_id: 'k2', cluster_idx: 2, cluster_hostname: 'sub2' } },
      { node: { ...kernel, row_id: 'k1', cluster_role: 'main', cluster_idx: 1, cluster_hostname: 'main1' } },
    ],
  },
};

describe('a session node', () => {
  it('becomes a row with its kernels in order (SES-251, pitfall 6)', () => {
    const { session } = z.parse(sessionNodeOperation.data, { session: node });
    expect(session).toMatchObject({
      id: 's1', type: 'interactive', statusInfo: null, priority: null, agentIds: [], shmem: 2 ** 30, queuePosition: null,
      requestedSlots: { cpu: 2, mem: 2 ** 32 }, idleChecks: null, folderNames: null, servicePorts: [],
      image: { name: 'cr.example.org/stable/python:3.11', architecture: 'x86_64' },
    });
    expect(session?.kernels.map((item) => item.hostname)).toEqual(['main1', 'sub2', 'sub10']);
  });

  it('is null when gone (SES-253), and an error that names the field when malformed (REL-03)', () => {
    expect(z.parse(sessionNodeOperation.data, { session: null })).toEqual({ session: null });
    for (const [field, value] of [['row_id', null], ['status', null], ['name', 3], ['kernel_nodes', []]] as const) {
      const result = z.safeParse(sessionNodeOperation.data, { session: { ...node, [field]: value } });
      expect(result.error?.issues[0]?.path, field).toEqual(['session', field]);
    }
    const missing = Object.fromEntries(Object.entries(node).filter(([name]) => name !== 'cluster_mode'));
    expect(z.safeParse(sessionNodeOperation.data, { session: missing }).error?.issues[0]?.path).toEqual(['session', 'cluster_mode']);
  });

  it('comes in pages with the numbers of the tabs (SES-002)', () => {
    const counts = { all: { count: 3 }, interactive: { count: 2 }, batch: null, inference: { count: null }, system: { count: 1 } };
    const page = toPage(z.parse(sessionNodesOperation.data, { page: { count: 7, edges: [{ node }, { node: null }] }, ...counts }));
    expect(page.rows).toHaveLength(1);
    expect(page).toMatchObject({ total: 7, counts: { all: 3, interactive: 2, batch: 0, inference: 0, system: 1 } });
    const { rows } = toPage(z.parse(sessionNodesOperation.data, { page: null, ...counts }));
    expect(rows).toEqual([]);
  });

  it('is asked only for what the manager of that version knows', () => {
    const text = (version: string) => {
      const { document } = sessionNodesOperation;
      return typeof document === 'string' ? document : document((capability) => can(capability, version));
    };
    expect(text('25.12.0')).not.toMatch(/queue_position|owner/);
    expect(text('25.13.0')).toMatch(/queue_position[^]*owner @include/);
  });
});
