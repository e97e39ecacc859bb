/** Sessions of managers without the node query of all projects (24.03, 24.09): `compute_session_list`, read into the same rows. */
import * as z from 'zod/mini';
import type { Capability } from './capabilities';
import { idleChecks } from './sessions-parse';
import { complain, sharedOfKernel, sharedOfSession, sortKernels, text, toKernel, toSession, whole } from './sessions-shared';
import { sessionTypes } from './sessions-types';
import type { ImageName, Kernel, SessionPage, SessionRow, SessionTab } from './sessions-types';
import { defineOperation, vars } from './transport';

type Can = (capability: Capability) => boolean;

function toImage({ image, architecture }: { image: string | null; architecture: string | null }): ImageName | null {
  return image ? { name: image, architecture: architecture ?? 'x86_64' } : null;
}

const container = z.pipe(
  z.object({ id: text, image: text, architecture: text, agent: text, ...sharedOfKernel }),
  z.transform((raw, context): Kernel => {
    if (raw.id === null) return complain(context, 'id');
    return toKernel(raw, { id: raw.id, agentId: raw.agent, image: toImage(raw) });
  }),
);

const one = z.object({
  session_id: text,
  image: text,
  architecture: text,
  group_id: text,
  user_email: text,
  priority: z.optional(whole),
  idle_checks: idleChecks,
  containers: z.nullable(z.array(z.nullable(container))),
  ...sharedOfSession,
});

/** Only the list asks for it, and only where its column is shown. */
const withDependencies = z.extend(one, {
  dependencies: z.nullish(z.array(z.nullable(z.object({ session_id: text, name: text, status: text })))),
});

type Raw = z.infer<typeof one> & Partial<Pick<z.infer<typeof withDependencies>, 'dependencies'>>;

function toRow(raw: Raw, context: z.core.ParsePayload): SessionRow {
  if (raw.session_id === null) return complain(context, 'session_id');
  if (raw.status === null) return complain(context, 'status');
  return toSession(raw, {
    id: raw.session_id,
    status: raw.status,
    priority: raw.priority ?? null,
    projectId: raw.group_id,
    ownerEmail: raw.user_email,
    idleChecks: raw.idle_checks,
    folderNames: null,
    queuePosition: null,
    dependencies: raw.dependencies
      ? raw.dependencies.flatMap((one) => (one?.session_id ? [{ id: one.session_id, name: one.name ?? one.session_id, status: one.status ?? '' }] : []))
      : null,
    image: toImage(raw),
    kernels: sortKernels((raw.containers ?? []).filter((item) => item !== null)),
  });
}

const session = z.pipe(one, z.transform((raw, context) => toRow(raw, context)));
const listedSession = z.pipe(withDependencies, z.transform((raw, context) => toRow(raw, context)));

const fieldsOf = (can: Can): string => `session_id ${can('priority') ? 'priority' : ''} name type image architecture status status_info status_data status_history cluster_mode
  cluster_size scaling_group agent_ids access_key domain_name group_id user_id user_email created_at starts_at
  scheduled_at terminated_at result startup_command occupied_slots requested_slots resource_opts service_ports
  idle_checks vfolder_mounts
  containers { id cluster_role cluster_idx cluster_hostname image architecture status status_info agent container_id
    occupied_slots live_stat }`;

/** Statuses as 24.03 knows them: the manager refuses a list that names a newer one. */
export const olderRunning =
  'PENDING,SCHEDULED,PREPARING,PULLING,RUNNING,RESTARTING,RUNNING_DEGRADED,TERMINATING,ERROR';
export const olderFinished = 'TERMINATED,CANCELLED';

const tabs: readonly SessionTab[] = ['all', ...sessionTypes];

function countOf(tab: SessionTab): string {
  const filter = tab === 'all' ? '' : `, filter: ${JSON.stringify(`type == "${tab}"`)}`;
  return `${tab}: compute_session_list(limit: 1, offset: 0, group_id: $group, status: "${olderRunning}"${filter}) { total_count }`;
}

const count = z.nullable(z.object({ total_count: z.number() }));

export const sessionListOperation = defineOperation({
  name: 'SessionList',
  kind: 'query',
  document: (can) => `query SessionList($group: String, $status: String, $filter: String, $order: String, $offset: Int!, $limit: Int!, $withDependencies: Boolean!) {
    page: compute_session_list(limit: $limit, offset: $offset, filter: $filter, order: $order, group_id: $group, status: $status) {
      total_count
      items { ${fieldsOf(can)} dependencies @include(if: $withDependencies) { session_id name status } }
    }
    ${tabs.map(countOf).join('\n')}
  }`,
  data: z.object({
    page: z.nullable(z.object({ total_count: z.number(), items: z.array(z.nullable(listedSession)) })),
    all: count,
    interactive: count,
    batch: count,
    inference: count,
    system: count,
  }),
  variables: vars<{ group: string; status: string; filter: string | null; order: string; offset: number; limit: number; withDependencies: boolean }>(),
});

type ListData = {
  page: { total_count: number; items: (SessionRow | null)[] } | null;
} & Record<SessionTab, { total_count: number } | null>;

export function toOlderPage(data: ListData): SessionPage {
  const counts = Object.fromEntries(tabs.map((tab) => [tab, data[tab]?.total_count ?? 0])) as Record<SessionTab, number>;
  return {
    rows: (data.page?.items ?? []).filter((row) => row !== null),
    total: data.page?.total_count ?? 0,
    counts,
  };
}

export const sessionOperation = defineOperation({
  name: 'OlderSession',
  kind: 'query',
  document: (can) => `query OlderSession($id: UUID!) { session: compute_session(id: $id) { ${fieldsOf(can)} } }`,
  data: z.object({ session: z.nullable(session) }),
  variables: vars<{ id: string }>(),
});
