import type { Cluster } from '../../../cluster/api';
import type { Kernel, Session } from '../../../cluster/types';
import type { FieldTable } from '../query-filter';
import type { OrderTable } from '../query-order';
import type { RowTable } from './paging';

/** What session lists may be filtered and ordered by (SES-C03). */

const STATUSES = [
  'PENDING',
  'DEPRIORITIZING',
  'RESERVED',
  'SCHEDULED',
  'PREPARING',
  'PULLING',
  'PREPARED',
  'CREATING',
  'RUNNING',
  'RESTARTING',
  'RUNNING_DEGRADED',
  'PREEMPTED',
  'RESCHEDULING',
  'TERMINATING',
  'TERMINATED',
  'ERROR',
  'CANCELLED',
];
const TYPES = ['interactive', 'batch', 'inference', 'system'];
const MODES = ['single-node', 'multi-node'];
const RESULTS = ['UNDEFINED', 'SUCCESS', 'FAILURE'];

function common(cluster: Cluster): FieldTable<Session> {
  const ownerOf = (row: Session) => cluster.accounts.user(row.userId);
  return {
    id: { kind: 'text', get: (row) => row.id },
    type: { kind: { enum: TYPES }, get: (row) => row.type },
    name: { kind: 'text', get: (row) => row.name },
    priority: { kind: 'number', get: (row) => row.priority },
    image: { kind: 'text', get: (row) => row.imageReference },
    images: { kind: 'list', get: (row) => row.kernels.map((kernel) => kernel.imageReference) },
    agent_ids: { kind: 'list', get: (row) => row.kernels.map((kernel) => kernel.agentId).filter((id) => id !== null) },
    domain_name: { kind: 'text', get: (row) => row.domain },
    project_id: { kind: 'text', get: (row) => row.projectId },
    user_id: { kind: 'text', get: (row) => row.userId },
    full_name: { kind: 'text', get: (row) => ownerOf(row)?.fullName },
    group_name: { kind: 'text', get: (row) => cluster.state.projects[row.projectId]?.name },
    user_email: { kind: 'text', get: (row) => ownerOf(row)?.email },
    access_key: { kind: 'text', get: (row) => row.accessKey },
    scaling_group: { kind: 'text', get: (row) => row.resourceGroup },
    cluster_mode: { kind: { enum: MODES }, get: (row) => row.clusterMode },
    cluster_size: { kind: 'number', get: (row) => row.clusterSize },
    status: { kind: { enum: STATUSES }, get: (row) => row.status },
    status_info: { kind: 'text', get: (row) => row.statusInfo },
    result: { kind: { enum: RESULTS }, get: (row) => row.result },
    created_at: { kind: 'date', get: (row) => row.createdAt },
    terminated_at: { kind: 'date', get: (row) => row.terminatedAt },
    starts_at: { kind: 'date', get: (row) => row.startsAt ?? row.startsAfter },
    scheduled_at: { kind: 'date', get: (row) => row.scheduledAt },
    startup_command: { kind: 'text', get: (row) => row.startupCommand },
  };
}

const NOT_ORDERED: ReadonlySet<string> = new Set(['full_name', 'group_name', 'user_email', 'startup_command']);

function orderOf(table: FieldTable<Session>, leftOut: ReadonlySet<string>): OrderTable<Session> {
  const order: Record<string, (row: Session) => unknown> = {};
  for (const [name, spec] of Object.entries(table)) {
    if (leftOut.has(name)) continue;
    order[name] = spec.kind === 'list' ? (row) => (spec.get(row) as string[]).join(',') : spec.get;
  }
  return order;
}

interface Tables {
  nodes: RowTable<Session>;
  old: RowTable<Session>;
}

const tables = new WeakMap<Cluster, Tables>();

function tablesOf(cluster: Cluster): Tables {
  const known = tables.get(cluster);
  if (known) return known;
  const fields = common(cluster);
  const made: Tables = {
    nodes: { filter: fields, order: orderOf(fields, NOT_ORDERED) },
    old: { filter: fields, order: orderOf(fields, new Set()) },
  };
  tables.set(cluster, made);
  return made;
}

export function nodeTable(cluster: Cluster): RowTable<Session> {
  return tablesOf(cluster).nodes;
}

export function oldListTable(cluster: Cluster): RowTable<Session> {
  return tablesOf(cluster).old;
}

export const containerTable: RowTable<Kernel> = {
  filter: {
    id: { kind: 'text', get: (row) => row.id },
    status: { kind: { enum: STATUSES }, get: (row) => row.status },
    cluster_role: { kind: 'text', get: (row) => row.role },
    cluster_idx: { kind: 'number', get: (row) => row.index },
    cluster_hostname: { kind: 'text', get: (row) => row.hostname },
    agent: { kind: 'text', get: (row) => row.agentId },
  },
  order: {
    id: (row) => row.id,
    status: (row) => row.status,
    cluster_role: (row) => row.role,
    cluster_idx: (row) => row.index,
    cluster_hostname: (row) => row.hostname,
    agent: (row) => row.agentId,
  },
};
