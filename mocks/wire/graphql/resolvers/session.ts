import type { Cluster } from '../../../cluster/api';
import type { Image, Kernel, Requester, Session } from '../../../cluster/types';
import { hasSince } from '../../versions';
import type { GraphqlContext } from '../context';
import { shown } from '../minilang';
import { toGlobalId } from '../schema';
import { superadminOnly } from './access';
import { folderConnection } from './folder';
import { imageNode } from './image';
import type { ConnectionArgs } from './paging';
import { connection, itemList, refuseArguments, select } from './paging';
import { containerTable, nodeTable, oldListTable, sessionStatuses } from './session-tables';
import { historyText, slotsOrEmpty } from './slots';
import { userNode } from './account-rows';

type Scope = { kind: 'system' | 'domain' | 'project' | 'user'; id: string };
type Row = Record<string, unknown>;

/** Everything a role may do to a session it sees. */
const PERMISSIONS = ['read_attribute', 'update_attribute', 'delete_session', 'start_app', 'execute', 'convert_to_image'];

function sessionOpts(session: Session): Record<string, unknown> {
  return Object.fromEntries(session.kernels.map((kernel) => [kernel.hostname, kernel.resourceOpts]));
}

/** Whoever agents are hidden from is told no agent and no container (pitfall 15). */
function hides({ cluster, requester }: GraphqlContext): boolean {
  return cluster.state.settings.hideAgents && requester.role !== 'superadmin';
}

function agentsOf(context: GraphqlContext, session: Session): string[] | null {
  if (hides(context)) return null;
  const agents = [...new Set(session.kernels.map((kernel) => kernel.agentId).filter((id): id is string => id !== null))];
  return agents.length > 0 ? agents : null;
}

/** Folder ids; names on managers that keep only those (before 25.3 and its back-ports). */
function mountsOf(cluster: Cluster, session: Session): string[] {
  const byId = hasSince(cluster.version, '25.3.0, 24.09.8');
  return session.mounts.map((mount) => (byId ? mount.folderId : mount.name));
}

function kernelImage(cluster: Cluster, kernel: Kernel): Image | undefined {
  return cluster.images.byId(kernel.imageId);
}

function kernelNode(context: GraphqlContext, session: Session, kernel: Kernel): Row {
  const { cluster } = context;
  const hidden = hides(context);
  return {
    id: toGlobalId('KernelNode', kernel.id),
    row_id: kernel.id,
    cluster_idx: kernel.index,
    local_rank: kernel.localRank,
    cluster_role: kernel.role,
    cluster_hostname: kernel.hostname,
    session_id: kernel.sessionId,
    image: () => {
      const image = kernelImage(cluster, kernel);
      return image ? imageNode(cluster, image) : null;
    },
    image_reference: kernel.imageReference,
    architecture: kernel.architecture,
    status: kernel.status,
    status_changed: cluster.iso(kernel.statusChangedAt),
    status_info: kernel.statusInfo,
    status_data: kernel.statusData,
    created_at: cluster.iso(session.createdAt),
    terminated_at: cluster.iso(kernel.terminatedAt),
    starts_at: cluster.iso(kernel.startsAt),
    scheduled_at: cluster.iso(session.scheduledAt),
    agent_id: hidden ? null : kernel.agentId,
    agent_addr: hidden ? null : kernel.agentAddr,
    container_id: hidden ? null : kernel.containerId,
    resource_opts: kernel.resourceOpts,
    occupied_slots: slotsOrEmpty(kernel.occupiedSlots),
    live_stat: () => cluster.sessions.liveStat(kernel),
    abusing_report: null,
    preopen_ports: kernel.preopenPorts,
  };
}

function nestedSessions(context: GraphqlContext, field: string, list: () => Session[]) {
  return (args: ConnectionArgs): Row => {
    refuseArguments('ComputeSessionNode', field, args);
    const rows = list();
    return connection(context.cluster, rows, { first: Math.min(rows.length, 100) }, 'ComputeSessionNode', (row) => row.id, (row) => sessionNode(context, row));
  };
}

export function sessionNode(context: GraphqlContext, session: Session): Row {
  const { cluster } = context;
  const dependees = (): Session[] =>
    session.dependencies.map((id) => cluster.sessions.byId(id)).filter((row): row is Session => row !== undefined);
  const dependents = (): Session[] => cluster.sessions.dependents(session);
  return {
    id: toGlobalId('ComputeSessionNode', session.id),
    row_id: session.id,
    tag: session.tag,
    name: session.name,
    type: session.type,
    priority: session.priority,
    cluster_template: null,
    cluster_mode: session.clusterMode,
    cluster_size: session.clusterSize,
    domain_name: session.domain,
    project_id: session.projectId,
    user_id: session.userId,
    owner: () => {
      const owner = cluster.accounts.user(session.userId);
      return owner ? userNode(cluster, owner) : null;
    },
    access_key: session.accessKey,
    permissions: PERMISSIONS,
    status: session.status,
    status_info: session.statusInfo,
    status_data: session.statusData,
    status_history: () => historyText(cluster, session.statusHistory),
    created_at: cluster.iso(session.createdAt),
    terminated_at: cluster.iso(session.terminatedAt),
    starts_at: cluster.iso(session.startsAt ?? session.startsAfter),
    scheduled_at: cluster.iso(session.scheduledAt),
    queue_position: () => cluster.sessions.queuePosition(session),
    startup_command: session.startupCommand,
    result: session.result,
    commit_status: session.committing ? 'ongoing' : 'ready',
    abusing_reports: null,
    idle_checks: () => cluster.sessions.idleChecks(session),
    agent_ids: () => agentsOf(context, session),
    resource_opts: () => sessionOpts(session),
    scaling_group: session.resourceGroup,
    service_ports: () => cluster.sessions.servicePorts(session),
    vfolder_mounts: () => mountsOf(cluster, session),
    occupied_slots: slotsOrEmpty(session.occupiedSlots),
    requested_slots: slotsOrEmpty(session.requestedSlots),
    image_references: () => [...new Set(session.kernels.map((kernel) => kernel.imageReference))],
    vfolder_nodes: (args: ConnectionArgs) => {
      refuseArguments('ComputeSessionNode', 'vfolder_nodes', args);
      return folderConnection(cluster, session.mounts.map((mount) => mount.folderId));
    },
    num_queries: session.numQueries,
    inference_metrics: null,
    kernel_nodes: (args: ConnectionArgs) => {
      refuseArguments('ComputeSessionNode', 'kernel_nodes', args);
      const rows = session.kernels;
      return connection(cluster, rows, { first: Math.min(rows.length, 100) }, 'KernelNode', (row) => row.id, (row) => kernelNode(context, session, row));
    },
    dependents: nestedSessions(context, 'dependents', dependents),
    dependees: nestedSessions(context, 'dependees', dependees),
    graph: nestedSessions(context, 'graph', () => [session, ...dependees(), ...dependents()]),
  };
}

function containerRow(context: GraphqlContext, session: Session, kernel: Kernel): Row {
  const { cluster } = context;
  const image = kernelImage(cluster, kernel);
  return {
    ...kernelNode(context, session, kernel),
    id: kernel.id,
    idx: kernel.index,
    role: kernel.role,
    hostname: kernel.hostname,
    kernel_id: kernel.id,
    image: kernel.imageReference,
    image_object: () => (image ? imageNode(cluster, image) : null),
    registry: image?.registry ?? kernel.imageReference.split('/')[0],
    agent: hides(context) ? null : kernel.agentId,
    last_stat: () => kernel.lastStat ?? cluster.sessions.liveStat(kernel),
  };
}

/** A row of the list that managers without session nodes have. */
function sessionRow(context: GraphqlContext, session: Session): Row {
  const { cluster } = context;
  const main = session.kernels.find((kernel) => kernel.role === 'main') ?? session.kernels[0];
  const owner = cluster.accounts.user(session.userId);
  const agents = (): string[] => agentsOf(context, session) ?? [];
  return {
    ...sessionNode(context, session),
    id: session.id,
    session_id: session.id,
    main_kernel_id: main?.id ?? null,
    type: session.type.toUpperCase(),
    // What a kernel's role was called long ago; who made a session was never told.
    main_kernel_role: session.type.toUpperCase(),
    image: session.imageReference,
    architecture: session.architecture,
    registry: session.imageReference.split('/')[0],
    group_name: cluster.state.projects[session.projectId]?.name ?? null,
    group_id: session.projectId,
    user_email: owner?.email ?? null,
    full_name: owner?.fullName ?? null,
    created_user_email: null,
    created_user_id: null,
    status_changed: cluster.iso(session.statusChangedAt),
    agent_ids: agents,
    agents,
    mounts: session.mounts.map((mount) => mount.name),
    occupying_slots: slotsOrEmpty(session.occupiedSlots),
    containers: () => session.kernels.map((kernel) => containerRow(context, session, kernel)),
    dependencies: () =>
      session.dependencies
        .map((id) => cluster.sessions.byId(id))
        .filter((row): row is Session => row !== undefined)
        .map((row) => sessionRow(context, row)),
  };
}

const byId = (a: Session, b: Session): number => (a.id < b.id ? -1 : 1);
const newestFirst = (a: Session, b: Session): number => b.createdAt - a.createdAt || byId(a, b);

function inScope(session: Session, scope: Scope): boolean {
  if (scope.kind === 'project') return session.projectId === scope.id;
  if (scope.kind === 'domain') return session.domain === scope.id;
  if (scope.kind === 'user') return session.userId === scope.id;
  return true;
}

function* scoped(rows: readonly Session[], scope: Scope | null): Generator<Session> {
  for (const row of rows) if (scope === null || inScope(row, scope)) yield row;
}

interface ScopeArgs {
  scope_id?: Scope | null;
  project_id?: string | null;
}

/** Up to 24.11 sessions are told of one project only. */
function scopeOf(cluster: Cluster, field: string, args: ScopeArgs): Scope | null {
  if (args.project_id) return { kind: 'project', id: args.project_id };
  if (!cluster.atLeast('24.12')) throw new Error(`Field '${field}' argument 'project_id' of type 'UUID!' is required, but it was not provided.`);
  return args.scope_id ?? null;
}

function visibleById(cluster: Cluster, requester: Requester, id: string): Session | null {
  const session = cluster.sessions.byId(id);
  return session && cluster.sessions.canSee(requester, session) ? session : null;
}

export const sessionResolvers = {
  compute_session_nodes(args: ConnectionArgs & ScopeArgs, context: GraphqlContext): Row {
    const { cluster, requester } = context;
    const rows = select(scoped(cluster.sessions.visible(requester), scopeOf(cluster, 'compute_session_nodes', args)), nodeTable(cluster), args, byId);
    return connection(cluster, rows, args, 'ComputeSessionNode', (row) => row.id, (row) => sessionNode(context, row));
  },

  compute_session_node(args: ScopeArgs & { id: string }, context: GraphqlContext): Row | null {
    const session = visibleById(context.cluster, context.requester, args.id);
    const scope = scopeOf(context.cluster, 'compute_session_node', args);
    return session && (scope === null || inScope(session, scope)) ? sessionNode(context, session) : null;
  },

  session_pending_queue(args: ConnectionArgs & { resource_group_id: string }, context: GraphqlContext): Row {
    superadminOnly(context.requester);
    const rows = context.cluster.sessions.pendingQueue(context.requester, args.resource_group_id);
    return connection(context.cluster, rows, args, 'ComputeSessionNode', (row) => row.id, (row) => sessionNode(context, row));
  },

  compute_session_list(
    args: { limit: number; offset: number; filter?: string; order?: string; domain_name?: string; group_id?: string; access_key?: string; status?: string },
    context: GraphqlContext,
  ): Row {
    const { cluster, requester } = context;
    const statuses = args.status ? new Set(args.status.split(',')) : null;
    // Python names the key that its enum lacks, and nothing else.
    const unknown = [...(statuses ?? [])].find((name) => !sessionStatuses(cluster).includes(name));
    if (unknown !== undefined) throw new Error(shown(unknown));
    const wanted = cluster.sessions.visible(requester).filter(
      (row) =>
        (statuses === null || statuses.has(row.status)) &&
        (!args.domain_name || row.domain === args.domain_name) &&
        (!args.group_id || row.projectId === args.group_id) &&
        (!args.access_key || row.accessKey === args.access_key),
    );
    return itemList(select(wanted, oldListTable(cluster), args, newestFirst), args, (row) => sessionRow(context, row));
  },

  compute_session(args: { id: string }, context: GraphqlContext): Row | null {
    const session = visibleById(context.cluster, context.requester, args.id);
    return session ? sessionRow(context, session) : null;
  },

  compute_container(args: { id: string }, context: GraphqlContext): Row | null {
    const found = context.cluster.sessions.kernel(args.id);
    if (!found || !context.cluster.sessions.canSee(context.requester, found.session)) return null;
    return containerRow(context, found.session, found.kernel);
  },

  compute_container_list(
    args: { limit: number; offset: number; filter?: string; order?: string; session_id: string; role?: string },
    context: GraphqlContext,
  ): Row {
    const session = visibleById(context.cluster, context.requester, args.session_id);
    const kernels = (session?.kernels ?? []).filter((kernel) => !args.role || kernel.role === args.role);
    const rows = select(kernels, containerTable(context.cluster), args, (a, b) => a.localRank - b.localRank);
    return itemList(rows, args, (row) => containerRow(context, session as Session, row));
  },

  modify_compute_session(
    args: { input: { id: string; name?: string | null; priority?: number | null; clientMutationId?: string | null } },
    context: GraphqlContext,
  ): Row {
    const { id, name, priority, clientMutationId } = args.input;
    const session = context.cluster.sessions.modify(context.requester, id, {
      ...(name === null || name === undefined ? {} : { name }),
      ...(priority === null || priority === undefined ? {} : { priority }),
    });
    return { item: sessionNode(context, session), clientMutationId: clientMutationId ?? null };
  },
};
