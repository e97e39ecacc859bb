import type { Cluster } from '../../../cluster/api';
import type { Kernel, Session } from '../../../cluster/types';
import type { FieldSpec, FieldTable } from '../query-filter';
import type { RowTable } from './paging';
import { enumKind, orderOf, tableOf } from './paging';

/** What session lists may be filtered and ordered by (SES-C03). */

const STATUSES: readonly (readonly [name: string, since: string])[] = [
  ['PENDING', '24.03'],
  ['DEPRIORITIZING', '26.1'],
  ['RESERVED', '26.8'],
  ['SCHEDULED', '24.03'],
  ['PREPARING', '24.03'],
  ['PULLING', '24.03'],
  ['PREPARED', '24.12'],
  ['CREATING', '24.12'],
  ['RUNNING', '24.03'],
  ['RESTARTING', '24.03'],
  ['RUNNING_DEGRADED', '24.03'],
  ['PREEMPTED', '26.8'],
  ['RESCHEDULING', '26.8'],
  ['TERMINATING', '24.03'],
  ['TERMINATED', '24.03'],
  ['ERROR', '24.03'],
  ['CANCELLED', '24.03'],
];

export function sessionStatuses(cluster: Cluster): string[] {
  return STATUSES.filter(([, since]) => cluster.atLeast(since)).map(([name]) => name);
}

/** Fields of both lists of sessions. */
function common(cluster: Cluster): FieldTable<Session> {
  return {
    id: { kind: 'uuid', get: (row) => row.id },
    type: { kind: enumKind(cluster, 'SessionTypes', ['INTERACTIVE', 'BATCH', 'INFERENCE', 'SYSTEM']), get: (row) => row.type },
    name: { kind: 'text', get: (row) => row.name },
    ...(cluster.atLeast('24.09') ? { priority: { kind: 'number', get: (row: Session) => row.priority } as const } : {}),
    agent_ids: agentIds,
    domain_name: { kind: 'text', get: (row) => row.domain },
    user_id: { kind: 'uuid', get: (row) => row.userId },
    access_key: { kind: 'text', get: (row) => row.accessKey },
    scaling_group: { kind: 'text', get: (row) => row.resourceGroup },
    cluster_mode: { kind: enumKind(cluster, 'ClusterMode', ['SINGLE_NODE', 'MULTI_NODE']), get: (row) => row.clusterMode },
    cluster_size: { kind: 'number', get: (row) => row.clusterSize },
    status: { kind: enumKind(cluster, 'SessionStatus', sessionStatuses(cluster)), get: (row) => row.status },
    status_info: { kind: 'text', get: (row) => row.statusInfo },
    result: { kind: enumKind(cluster, 'SessionResult', ['UNDEFINED', 'SUCCESS', 'FAILURE']), get: (row) => row.result },
    created_at: { kind: 'date', get: (row) => row.createdAt },
    terminated_at: { kind: 'date', get: (row) => row.terminatedAt },
    starts_at: { kind: 'date', get: (row) => row.startsAt ?? row.startsAfter },
    scheduled_at: { kind: 'history', get: (row) => row.scheduledAt },
    startup_command: { kind: 'text', get: (row) => row.startupCommand },
  };
}

const agentIds: FieldSpec<Session> = { kind: 'list', get: (row) => row.kernels.map((kernel) => kernel.agentId).filter((id) => id !== null) };
const images: FieldSpec<Session> = { kind: 'list', get: (row) => row.kernels.map((kernel) => kernel.imageReference) };

function owner(cluster: Cluster): FieldTable<Session> {
  const ownerOf = (row: Session) => cluster.accounts.user(row.userId);
  return {
    full_name: { kind: 'text', get: (row) => ownerOf(row)?.fullName },
    user_email: { kind: 'text', get: (row) => ownerOf(row)?.email },
  };
}

/** The name of a column that managers before 25.5 look for in vain. */
const broken = "type object 'SessionRow' has no attribute 'project_id'";

/** Of the nodes, 25.5 brings images, owner and project. */
function nodes(cluster: Cluster): RowTable<Session> {
  const fields = common(cluster);
  const ordered = orderOf(fields, ['startup_command']);
  if (!cluster.atLeast('25.5')) {
    return {
      filter: { ...fields, project_id: { kind: { broken }, get: (row) => row.projectId } },
      order: { ...ordered, project_id: { broken }, ...orderOf({ image: images }, []) },
    };
  }
  const more: FieldTable<Session> = { images, image: images, project_id: { kind: 'uuid', get: (row) => row.projectId } };
  return {
    filter: { ...fields, ...more, ...owner(cluster), group_name: { kind: 'text', get: (row) => cluster.state.projects[row.projectId]?.name } },
    order: { ...ordered, ...orderOf(more, []) },
  };
}

/** `group_name` stands in the manager's table, too, but names no column of its query: refused as unknown. */
function oldList(cluster: Cluster): RowTable<Session> {
  const fields: FieldTable<Session> = { ...common(cluster), image: images, agent_id: agentIds, agents: agentIds, ...owner(cluster) };
  return { filter: fields, order: orderOf(fields, ['startup_command']) };
}

function containers(cluster: Cluster): RowTable<Kernel> {
  const sessionOf = (row: Kernel) => cluster.sessions.byId(row.sessionId);
  const filter: FieldTable<Kernel> = {
    image: { kind: 'text', get: (row) => row.imageReference },
    architecture: { kind: 'text', get: (row) => row.architecture },
    agent: { kind: 'text', get: (row) => row.agentId },
    agent_addr: { kind: 'text', get: (row) => row.agentAddr },
    cluster_idx: { kind: 'number', get: (row) => row.index },
    local_rank: { kind: 'number', get: (row) => row.localRank },
    cluster_role: { kind: 'text', get: (row) => row.role },
    cluster_hostname: { kind: 'text', get: (row) => row.hostname },
    status: { kind: enumKind(cluster, 'KernelStatus', sessionStatuses(cluster)), get: (row) => row.status },
    status_info: { kind: 'text', get: (row) => row.statusInfo },
    created_at: { kind: 'date', get: (row) => sessionOf(row)?.createdAt },
    status_changed: { kind: 'date', get: (row) => row.statusChangedAt },
    terminated_at: { kind: 'date', get: (row) => row.terminatedAt },
    scheduled_at: { kind: 'history', get: (row) => sessionOf(row)?.scheduledAt },
  };
  return { filter, order: orderOf(filter, []) };
}

export const nodeTable = tableOf(nodes);
export const oldListTable = tableOf(oldList);
export const containerTable = tableOf(containers);
