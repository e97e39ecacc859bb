import type { Cluster } from '../../../cluster/api';
import type { Agent, Keypair, Project, ResourcePreset, User } from '../../../cluster/types';
import type { FieldTable } from '../query-filter';
import type { RowTable } from './paging';
import { enumKind, orderOf, tableOf } from './paging';

/** What lists of accounts and resources may be filtered and ordered by. */

const bySlots: RowTable<Agent>['order'] = {
  available_slots: (row) => row.available.cpu ?? 0,
  occupied_slots: (row) => row.occupied.cpu ?? 0,
};

/** Agent summaries take fewer fields (access-and-shell "Agent summary"). */
function summaries(cluster: Cluster): RowTable<Agent> {
  const filter: FieldTable<Agent> = {
    id: { kind: 'text', get: (row) => row.id },
    status: { kind: enumKind(cluster, 'AgentStatus', ['ALIVE', 'LOST', 'RESTARTING', 'TERMINATED']), get: (row) => row.status },
    scaling_group: { kind: 'text', get: (row) => row.resourceGroup },
    schedulable: { kind: 'bool', get: (row) => row.schedulable },
  };
  return { filter, order: { ...orderOf(filter, []), ...bySlots } };
}

function agents(cluster: Cluster): RowTable<Agent> {
  const filter: FieldTable<Agent> = {
    ...summaries(cluster).filter,
    status_changed: { kind: 'date', get: (row) => row.statusChangedAt },
    region: { kind: 'text', get: (row) => row.region },
    addr: { kind: 'text', get: (row) => row.addr },
    first_contact: { kind: 'date', get: (row) => row.firstContact },
    lost_at: { kind: 'date', get: (row) => row.lostAt },
    version: { kind: 'text', get: (row) => row.version },
  };
  return { filter, order: { ...orderOf(filter, ['addr']), ...bySlots } };
}

function presets(): RowTable<ResourcePreset> {
  const filter: FieldTable<ResourcePreset> = {
    id: { kind: 'uuid', get: (row) => row.id },
    name: { kind: 'text', get: (row) => row.name },
    scaling_group_name: { kind: 'text', get: (row) => row.resourceGroup },
  };
  return { filter, order: orderOf(filter, []) };
}

function users(cluster: Cluster): RowTable<User> {
  const statuses = ['ACTIVE', 'INACTIVE', 'DELETED', 'BEFORE_VERIFICATION'];
  const filter: FieldTable<User> = {
    uuid: { kind: 'uuid', get: (row) => row.id },
    username: { kind: 'text', get: (row) => row.username },
    email: { kind: 'text', get: (row) => row.email },
    need_password_change: { kind: 'bool', get: (row) => row.needPasswordChange },
    full_name: { kind: 'text', get: (row) => row.fullName },
    description: { kind: 'text', get: (row) => row.description },
    is_active: { kind: 'bool', get: (row) => row.status === 'active' },
    status: { kind: enumKind(cluster, 'UserStatus', statuses), get: (row) => row.status },
    status_info: { kind: 'text', get: (row) => row.statusInfo },
    created_at: { kind: 'date', get: (row) => row.createdAt },
    modified_at: { kind: 'date', get: (row) => row.modifiedAt },
    domain_name: { kind: 'text', get: (row) => row.domain },
    role: { kind: enumKind(cluster, 'UserRole', ['SUPERADMIN', 'ADMIN', 'USER', 'MONITOR']), get: (row) => row.role },
    resource_policy: { kind: 'text', get: (row) => row.resourcePolicy },
    totp_activated: { kind: 'bool', get: (row) => row.totpActivated },
    totp_activated_at: { kind: 'date', get: (row) => row.totpActivatedAt },
    sudo_session_enabled: { kind: 'bool', get: (row) => row.sudoSessionEnabled },
    main_access_key: { kind: 'text', get: (row) => row.mainAccessKey },
  };
  return { filter, order: orderOf(filter, ['description']) };
}

function keypairs(cluster: Cluster): RowTable<Keypair> {
  const ownerOf = (row: Keypair) => cluster.accounts.user(row.userId);
  const filter: FieldTable<Keypair> = {
    access_key: { kind: 'text', get: (row) => row.accessKey },
    user_id: { kind: 'uuid', get: (row) => row.userId },
    email: { kind: 'text', get: (row) => ownerOf(row)?.email },
    full_name: { kind: 'text', get: (row) => ownerOf(row)?.fullName },
    is_active: { kind: 'bool', get: (row) => row.isActive },
    is_admin: { kind: 'bool', get: (row) => row.isAdmin },
    resource_policy: { kind: 'text', get: (row) => row.resourcePolicy },
    created_at: { kind: 'date', get: (row) => row.createdAt },
    last_used: { kind: 'date', get: (row) => row.lastUsed },
    rate_limit: { kind: 'number', get: (row) => row.rateLimit },
    num_queries: { kind: 'number', get: (row) => row.numQueries },
    ssh_public_key: { kind: 'text', get: (row) => row.sshPublicKey },
    projects: { kind: 'list', get: (row) => ownerOf(row)?.projectIds.map((id) => cluster.state.projects[id]?.name ?? '') ?? [] },
  };
  return { filter, order: orderOf(filter, ['user_id', 'ssh_public_key']) };
}

function projects(cluster: Cluster): RowTable<Project> {
  const id: FieldTable<Project>[string] = { kind: 'uuid', get: (row) => row.id };
  const filter: FieldTable<Project> = {
    id,
    ...(cluster.atLeast('25.7') ? {} : { row_id: id }),
    name: { kind: 'text', get: (row) => row.name },
    is_active: { kind: 'bool', get: (row) => row.isActive },
    created_at: { kind: 'date', get: (row) => row.createdAt },
    modified_at: { kind: 'date', get: (row) => row.modifiedAt },
    domain_name: { kind: 'text', get: (row) => row.domain },
    resource_policy: { kind: 'text', get: (row) => row.resourcePolicy },
  };
  return { filter, order: orderOf(filter, []) };
}

export const summaryTable = tableOf(summaries);
export const agentTable = tableOf(agents);
export const presetTable = tableOf(presets);
export const userTable = tableOf(users);
export const keypairTable = tableOf(keypairs);
export const projectTable = tableOf(projects);
