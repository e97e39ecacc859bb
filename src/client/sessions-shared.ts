/** What sessions look like in either query: of nodes (SES-C03), or of the older list (24.03). */
import * as z from 'zod/mini';
import { liveStat, servicePorts, sharedMemory, statusData, statusHistory } from './sessions-parse';
import type { Kernel, SessionRow } from './sessions-types';
import { slotText } from './slots';

export const text = z.nullable(z.string());
export const texts = z.nullable(z.array(z.nullable(z.string())));
export const whole = z.nullable(z.number());

/** '' and the text "None" both mean that there is no reason. */
function reasonText(raw: string | null): string | null {
  return raw === null || raw === '' || raw === 'None' ? null : raw;
}

const byRole: Record<string, number> = { main: 0, sub: 1 };

/** Main first, then by number: `sub2` before `sub10`. */
export function sortKernels(kernels: Kernel[]): Kernel[] {
  return kernels.sort(
    (a, b) =>
      (byRole[a.role] ?? 2) - (byRole[b.role] ?? 2) ||
      a.role.localeCompare(b.role) ||
      a.index - b.index ||
      a.hostname.localeCompare(b.hostname, 'en', { numeric: true }),
  );
}

/** Raised by the mappings as an issue of the very field, so that the error names it. */
export function complain(context: z.core.ParsePayload, field: string): never {
  context.issues.push({ code: 'custom', message: `${field} is null`, path: [field], input: context.value });
  return z.NEVER;
}

export const sharedOfKernel = {
  cluster_role: text,
  cluster_idx: whole,
  cluster_hostname: text,
  status: text,
  status_info: text,
  container_id: text,
  occupied_slots: slotText,
  live_stat: liveStat,
};
const kernelShape = z.object(sharedOfKernel);

export function toKernel(raw: z.infer<typeof kernelShape>, own: Pick<Kernel, 'id' | 'agentId' | 'image'>): Kernel {
  return {
    role: raw.cluster_role ?? 'main',
    index: raw.cluster_idx ?? 1,
    hostname: raw.cluster_hostname ?? '',
    status: raw.status ?? '',
    statusInfo: reasonText(raw.status_info),
    containerId: raw.container_id,
    occupiedSlots: raw.occupied_slots,
    liveStat: raw.live_stat,
    ...own,
  };
}

export const sharedOfSession = {
  name: text,
  type: text,
  status: text,
  status_info: text,
  status_data: statusData,
  status_history: statusHistory,
  cluster_mode: text,
  cluster_size: whole,
  scaling_group: text,
  agent_ids: texts,
  access_key: text,
  domain_name: text,
  user_id: text,
  created_at: text,
  starts_at: text,
  scheduled_at: text,
  terminated_at: text,
  result: text,
  startup_command: text,
  occupied_slots: slotText,
  requested_slots: slotText,
  resource_opts: sharedMemory,
  service_ports: servicePorts,
  vfolder_mounts: texts,
};
const sessionShape = z.object(sharedOfSession);

/** What each query tells in its own way. */
type Own = Pick<
  SessionRow,
  'id' | 'status' | 'priority' | 'projectId' | 'ownerEmail' | 'idleChecks' | 'folderNames' | 'queuePosition' | 'dependencies' | 'image' | 'kernels'
>;

export function toSession(raw: z.infer<typeof sessionShape>, own: Own): SessionRow {
  return {
    name: raw.name ?? '',
    // In upper case in the older list, in lower case in nodes.
    type: (raw.type ?? 'interactive').toLowerCase(),
    statusInfo: reasonText(raw.status_info),
    statusData: raw.status_data,
    statusHistory: raw.status_history,
    clusterMode: raw.cluster_mode ?? 'single-node',
    clusterSize: raw.cluster_size ?? 1,
    resourceGroup: raw.scaling_group,
    agentIds: (raw.agent_ids ?? []).filter((id) => id !== null),
    accessKey: raw.access_key,
    domain: raw.domain_name,
    userId: raw.user_id,
    createdAt: raw.created_at,
    startsAt: raw.starts_at,
    scheduledAt: raw.scheduled_at,
    terminatedAt: raw.terminated_at,
    result: raw.result,
    startupCommand: raw.startup_command,
    occupiedSlots: raw.occupied_slots,
    requestedSlots: raw.requested_slots,
    shmem: raw.resource_opts,
    servicePorts: raw.service_ports,
    folders: (raw.vfolder_mounts ?? []).filter((folder) => folder !== null),
    ...own,
  };
}
