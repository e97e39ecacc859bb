import type { Cluster } from '../../../cluster/api';
import { notFound } from '../../../cluster/errors';
import { addSlots } from '../../../cluster/slots';
import type { Agent, ResourceGroup, ResourcePreset, Slots } from '../../../cluster/types';
import type { GraphqlContext } from '../context';
import { toGlobalId } from '../schema';
import { superadminOnly } from './access';
import type { ConnectionArgs } from './paging';
import { connection, itemList, select } from './paging';
import { agentTable, presetTable, summaryTable } from './row-tables';
import { slotsOrEmpty } from './slots';

type Row = Record<string, unknown>;

const agentById = (a: Agent, b: Agent): number => (a.id < b.id ? -1 : 1);

function computePlugins(agent: Agent): Row {
  const plugins: Row = { cpu: { version: agent.version }, mem: { version: agent.version } };
  for (const kind of Object.keys(agent.devices)) plugins[kind] = { version: agent.version };
  return plugins;
}

function hardwareMetadata(agent: Agent): Row {
  return Object.fromEntries(
    Object.entries(agent.devices).map(([kind, devices]) => [
      kind,
      { status: 'healthy', status_info: null, metadata: { name: devices[0]?.model ?? kind, platform: 'Backend.AI', serial_number: 'N/A', version: agent.version } },
    ]),
  );
}

function nodeStat(cluster: Cluster, agent: Agent, metric: string): Record<string, string> | null {
  const stat = JSON.parse(cluster.admin.agentLiveStat(agent)) as { node?: Record<string, Record<string, string>> };
  return stat.node?.[metric] ?? null;
}

function agentFields(cluster: Cluster, agent: Agent): Row {
  return {
    row_id: agent.id,
    status: agent.status,
    status_changed: cluster.iso(agent.statusChangedAt),
    region: agent.region,
    scaling_group: agent.resourceGroup,
    schedulable: agent.schedulable,
    available_slots: slotsOrEmpty(agent.available),
    occupied_slots: slotsOrEmpty(agent.occupied),
    addr: agent.addr,
    architecture: agent.architecture,
    first_contact: cluster.iso(agent.firstContact),
    lost_at: cluster.iso(agent.lostAt),
    live_stat: () => cluster.admin.agentLiveStat(agent),
    version: agent.version,
    compute_plugins: () => computePlugins(agent),
    hardware_metadata: () => hardwareMetadata(agent),
    auto_terminate_abusing_kernel: agent.autoTerminateAbusingKernel,
    container_count: () => containerCount(cluster, agent),
    gpu_alloc_map: {},
    cpu_cur_pct: () => Number(nodeStat(cluster, agent, 'cpu_util')?.pct ?? 0),
    mem_cur_bytes: () => Number(nodeStat(cluster, agent, 'mem')?.current ?? 0),
  };
}

function containerCount(cluster: Cluster, agent: Agent): number {
  let count = 0;
  for (const session of Object.values(cluster.state.sessions)) {
    if (session.status === 'TERMINATED' || session.status === 'CANCELLED') continue;
    for (const kernel of session.kernels) if (kernel.agentId === agent.id && kernel.containerId !== null) count += 1;
  }
  return count;
}

function agentRow(cluster: Cluster, agent: Agent): Row {
  return { ...agentFields(cluster, agent), id: agent.id };
}

function agentNode(cluster: Cluster, agent: Agent): Row {
  return {
    ...agentFields(cluster, agent),
    id: toGlobalId('AgentNode', agent.id),
    permissions: ['read_attribute', 'update_attribute', 'create_compute_session', 'create_service'],
  };
}

function summaryRow(agent: Agent): Row {
  return {
    id: agent.id,
    status: agent.status,
    scaling_group: agent.resourceGroup,
    schedulable: agent.schedulable,
    available_slots: slotsOrEmpty(agent.available),
    occupied_slots: slotsOrEmpty(agent.occupied),
    architecture: agent.architecture,
  };
}

function presetRow(preset: ResourcePreset): Row {
  return {
    id: preset.id,
    name: preset.name,
    resource_slots: slotsOrEmpty(preset.resourceSlots),
    shared_memory: preset.sharedMemory,
    scaling_group_name: preset.resourceGroup,
  };
}

function groupAgents(cluster: Cluster, group: ResourceGroup, status: string | null | undefined): Agent[] {
  return Object.values(cluster.state.agents).filter((agent) => agent.resourceGroup === group.name && agent.status === (status ?? 'ALIVE'));
}

/** What managers put into the JSON text has grown (26.8 as recorded). */
function schedulerOpts(cluster: Cluster, group: ResourceGroup): Row {
  const { allowedSessionTypes, pendingTimeout, numRetriesToSkip, agentSelectionStrategy } = group.schedulerOpts;
  return {
    allowed_session_types: allowedSessionTypes,
    pending_timeout: pendingTimeout,
    config: numRetriesToSkip > 0 ? { num_retries_to_skip: String(numRetriesToSkip) } : {},
    agent_selection_strategy: agentSelectionStrategy,
    ...(cluster.atLeast('25.1.0')
      ? { agent_selector_config: {}, enforce_spreading_endpoint_replica: false, allow_fractional_resource_fragmentation: true }
      : {}),
    ...(cluster.atLeast('26.8.0')
      ? {
          route_cleanup_target_statuses: ['unhealthy'],
          preemption: { enabled: false, preemptible_priority: 5, order: 'oldest', mode: 'terminate', preemption_min_runtime: 0, victim_scope: 'user' },
        }
      : {}),
  };
}

function groupRow(context: GraphqlContext, group: ResourceGroup): Row {
  const { cluster, requester } = context;
  return {
    name: group.name,
    description: group.description,
    is_active: group.isActive,
    is_public: group.isPublic,
    created_at: cluster.iso(group.createdAt),
    wsproxy_addr: group.appProxyAddr,
    wsproxy_api_token: group.appProxyToken,
    driver: group.driver,
    driver_opts: {},
    scheduler: group.scheduler,
    scheduler_opts: schedulerOpts(cluster, group),
    use_host_network: group.useHostNetwork,
    accelerator_quantum_size: group.quantum,
    agent_count_by_status: (args: { status?: string | null }) => groupAgents(cluster, group, args.status).length,
    agent_total_resource_slots_by_status: (args: { status?: string | null }) => {
      const agents = groupAgents(cluster, group, args.status);
      const sum = (pick: (agent: Agent) => Slots): Record<string, string> => slotsOrEmpty(agents.map(pick).reduce(addSlots, {}));
      return { occupied_slots: sum((agent) => agent.occupied), available_slots: sum((agent) => agent.available) };
    },
    own_session_occupied_resource_slots: () => slotsOrEmpty(cluster.resources.ownOccupied(requester, group.name)),
  };
}

/** The query for all users tells four fields only; the rest stays null. */
function accessibleGroupRow(context: GraphqlContext, group: ResourceGroup): Row {
  const { name, is_active, own_session_occupied_resource_slots, accelerator_quantum_size } = groupRow(context, group);
  return { name, is_active, own_session_occupied_resource_slots, accelerator_quantum_size };
}

export const resourceResolvers = {
  resource_preset(args: { name?: string | null }, { cluster }: GraphqlContext): Row | null {
    const preset = cluster.resources.presets().find((row) => row.name === args.name);
    return preset ? presetRow(preset) : null;
  },

  resource_presets(args: { filter?: string | null; order?: string | null }, { cluster }: GraphqlContext): Row[] {
    return select(cluster.resources.presets(), presetTable(cluster), args, () => 0).map(presetRow);
  },

  scaling_group(args: { name?: string | null }, context: GraphqlContext): Row | null {
    superadminOnly(context.requester);
    const group = context.cluster.state.resourceGroups[args.name ?? ''];
    return group ? groupRow(context, group) : null;
  },

  scaling_groups(args: { name?: string | null; is_active?: boolean | null }, context: GraphqlContext): Row[] {
    superadminOnly(context.requester);
    return Object.values(context.cluster.state.resourceGroups)
      .filter((group) => !args.name || group.name === args.name)
      .filter((group) => args.is_active === null || args.is_active === undefined || group.isActive === args.is_active)
      .map((group) => groupRow(context, group));
  },

  accessible_scaling_groups(args: { project_id: string }, context: GraphqlContext): Row[] {
    return context.cluster.resources.accessibleGroups(context.requester, args.project_id).map((group) => accessibleGroupRow(context, group));
  },

  scaling_groups_for_user_group(args: { user_group: string; is_active?: boolean | null }, context: GraphqlContext): Row[] {
    superadminOnly(context.requester);
    return context.cluster.resources
      .accessibleGroups(context.requester, args.user_group)
      .filter((group) => args.is_active === null || args.is_active === undefined || group.isActive === args.is_active)
      .map((group) => groupRow(context, group));
  },

  agent(args: { agent_id: string }, context: GraphqlContext): Row | null {
    superadminOnly(context.requester);
    const agent = context.cluster.state.agents[args.agent_id];
    return agent ? agentRow(context.cluster, agent) : null;
  },

  agent_list(
    args: { limit: number; offset: number; filter?: string; order?: string; scaling_group?: string; status?: string },
    context: GraphqlContext,
  ): Row {
    superadminOnly(context.requester);
    const wanted = Object.values(context.cluster.state.agents).filter(
      (agent) => (!args.scaling_group || agent.resourceGroup === args.scaling_group) && (!args.status || agent.status === args.status),
    );
    return itemList(select(wanted, agentTable(context.cluster), args, agentById), args, (agent) => agentRow(context.cluster, agent));
  },

  /** Others than superadmins get an empty list, not a refusal (recordings). */
  agent_nodes(args: ConnectionArgs, context: GraphqlContext): Row {
    const { cluster, requester } = context;
    const all = requester.role === 'superadmin' ? Object.values(cluster.state.agents) : [];
    const rows = select(all, agentTable(cluster), args, agentById);
    return connection(cluster, rows, args, 'AgentNode', (row) => row.id, (row) => agentNode(cluster, row));
  },

  agent_summary(args: { agent_id: string }, context: GraphqlContext): Row {
    const agent = context.cluster.resources.agentSummaries(context.requester).find((row) => row.id === args.agent_id);
    if (!agent) throw notFound('No such agent.', undefined, 'agent_read_not-found');
    return summaryRow(agent);
  },

  agent_summary_list(
    args: { limit: number; offset: number; filter?: string; order?: string; scaling_group?: string; status?: string },
    context: GraphqlContext,
  ): Row {
    const wanted = context.cluster.resources
      .agentSummaries(context.requester)
      .filter((agent) => (!args.scaling_group || agent.resourceGroup === args.scaling_group) && (!args.status || agent.status === args.status));
    return itemList(select(wanted, summaryTable(context.cluster), args, agentById), args, summaryRow);
  },
};
