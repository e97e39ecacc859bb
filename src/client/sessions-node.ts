/** Sessions by the node query: managers from 24.12 on (SES-C03). */
import * as z from 'zod/mini';
import { buildFilter } from '../lib/filter-language';
import type { Capability } from './capabilities';
import { idleChecks } from './sessions-parse';
import { complain, sharedOfKernel, sharedOfSession, sortKernels, text, toKernel, toSession, whole } from './sessions-shared';
import { sessionTypes } from './sessions-types';
import type { ImageName, Kernel, SessionPage, SessionRow, SessionTab } from './sessions-types';
import { defineOperation, vars } from './transport';

type Can = (capability: Capability) => boolean;

const image = z.nullable(z.object({ name: text, tag: text, architecture: text, registry: text }));

function toImage(raw: z.infer<typeof image>): ImageName | null {
  if (!raw?.name) return null;
  const path = raw.registry ? `${raw.registry}/${raw.name}` : raw.name;
  return { name: raw.tag ? `${path}:${raw.tag}` : path, architecture: raw.architecture ?? 'x86_64' };
}

const kernelNode = z.pipe(
  z.object({ row_id: text, agent_id: text, image, ...sharedOfKernel }),
  z.transform((raw, context): Kernel => {
    if (raw.row_id === null) return complain(context, 'row_id');
    return toKernel(raw, { id: raw.row_id, agentId: raw.agent_id, image: toImage(raw.image) });
  }),
);

/** Edges and nodes may be null by the schema; those are left out. */
export function edgesOf<T>(connection: { edges: ({ node: T | null } | null)[] } | null | undefined): T[] {
  return (connection?.edges ?? []).flatMap((edge) => (edge?.node ? [edge.node] : []));
}

const listed = z.object({
  row_id: text,
  priority: whole,
  project_id: text,
  owner: z.nullish(z.object({ email: text })),
  idle_checks: idleChecks,
  queue_position: z.optional(whole),
  kernel_nodes: z.nullable(
    z.object({ edges: z.array(z.nullable(z.object({ node: z.nullable(kernelNode) }))) }),
  ),
  ...sharedOfSession,
});

/** Only the list asks for it, and only where its column is shown. */
const withDependees = z.extend(listed, {
  dependees: z.nullish(
    z.object({
      edges: z.array(z.nullable(z.object({ node: z.nullable(z.object({ row_id: text, name: text, status: text })) }))),
    }),
  ),
});

/** What the list does not ask for, to spare the manager the join. */
const detailed = z.extend(listed, {
  vfolder_nodes: z.nullish(
    z.object({
      edges: z.array(z.nullable(z.object({ node: z.nullable(z.object({ row_id: text, name: text })) }))),
    }),
  ),
});

function toRow(raw: z.infer<typeof detailed> & Partial<Pick<z.infer<typeof withDependees>, 'dependees'>>, context: z.core.ParsePayload): SessionRow {
  if (raw.row_id === null) return complain(context, 'row_id');
  if (raw.status === null) return complain(context, 'status');
  const kernels = sortKernels(edgesOf(raw.kernel_nodes));
  const names = edgesOf(raw.vfolder_nodes).flatMap(({ row_id, name }) => (row_id && name ? [[row_id, name]] : []));
  return toSession(raw, {
    id: raw.row_id,
    status: raw.status,
    priority: raw.priority,
    projectId: raw.project_id,
    ownerEmail: raw.owner?.email ?? null,
    idleChecks: raw.idle_checks,
    folderNames: raw.vfolder_nodes ? (Object.fromEntries(names) as Record<string, string>) : null,
    queuePosition: raw.queue_position ?? null,
    dependencies: raw.dependees
      ? edgesOf(raw.dependees).flatMap(({ row_id, name, status }) => (row_id ? [{ id: row_id, name: name ?? row_id, status: status ?? '' }] : []))
      : null,
    image: kernels.find((kernel) => kernel.image !== null)?.image ?? null,
    kernels,
  });
}

export const listedNode = z.pipe(listed, z.transform((raw, context) => toRow(raw, context)));
const listNode = z.pipe(withDependees, z.transform((raw, context) => toRow(raw, context)));
const detailedNode = z.pipe(detailed, z.transform((raw, context) => toRow(raw, context)));

const kernelFields = `row_id cluster_role cluster_idx cluster_hostname status status_info agent_id container_id
  occupied_slots live_stat image { name tag architecture registry }`;

/** Nested connections are asked for without arguments: the manager's resolvers take none and fail (SES-C03). */
export function nodeFields(can: Can, more: string): string {
  return `row_id name type status status_info status_data status_history priority
    cluster_mode cluster_size scaling_group agent_ids access_key domain_name project_id user_id
    created_at starts_at scheduled_at terminated_at result startup_command occupied_slots requested_slots
    resource_opts service_ports vfolder_mounts idle_checks
    ${can('pendingQueue') ? 'queue_position owner @include(if: $withOwner) { email }' : ''} ${more}
    kernel_nodes { edges { node { ${kernelFields} } } }`;
}

function ownerVariable(can: Can): string {
  return can('pendingQueue') ? ', $withOwner: Boolean!' : '';
}

export const runningFilter = 'status != "TERMINATED" & status != "CANCELLED"';
export const finishedFilter = '(status == "TERMINATED" | status == "CANCELLED")';

function countOf(tab: SessionTab): string {
  const filter = buildFilter([{ text: runningFilter }, tab !== 'all' && { field: 'type', op: '==', value: tab }]);
  return `${tab}: compute_session_nodes(scope_id: $scope, filter: ${JSON.stringify(filter)}, first: 0, offset: 0) { count }`;
}

const tabs: readonly SessionTab[] = ['all', ...sessionTypes];
const count = z.nullable(z.object({ count: whole }));

interface Page {
  page: { count: number | null; edges: ({ node: SessionRow | null } | null)[] } | null;
  all: { count: number | null } | null;
  interactive: { count: number | null } | null;
  batch: { count: number | null } | null;
  inference: { count: number | null } | null;
  system: { count: number | null } | null;
}

export interface NodeScope {
  scope?: string;
  withOwner?: boolean;
  withDependencies?: boolean;
}

/** The page and the numbers on the tabs in one request. */
export const sessionNodesOperation = defineOperation({
  name: 'Sessions',
  kind: 'query',
  since: 'sessionNodes',
  document: (can) => `query Sessions($scope: ScopeField, $filter: String, $order: String, $offset: Int, $first: Int, $withDependencies: Boolean!${ownerVariable(can)}) {
    page: compute_session_nodes(scope_id: $scope, filter: $filter, order: $order, offset: $offset, first: $first) {
      count
      edges { node { ${nodeFields(can, 'dependees @include(if: $withDependencies) { edges { node { row_id name status } } }')} } }
    }
    ${tabs.map(countOf).join('\n')}
  }`,
  data: z.object({
    page: z.nullable(
      z.object({ count: whole, edges: z.array(z.nullable(z.object({ node: z.nullable(listNode) }))) }),
    ),
    all: count,
    interactive: count,
    batch: count,
    inference: count,
    system: count,
  }),
  variables: vars<NodeScope & { filter: string; order: string; offset: number; first: number }>(),
});

export function toPage(data: Page): SessionPage {
  const counts = Object.fromEntries(tabs.map((tab) => [tab, data[tab]?.count ?? 0])) as Record<SessionTab, number>;
  return { rows: edgesOf(data.page), total: data.page?.count ?? 0, counts };
}

export const sessionNodeOperation = defineOperation({
  name: 'Session',
  kind: 'query',
  since: 'sessionNodes',
  document: (can) => {
    const folders = can('sessionFolderNodes') ? 'vfolder_nodes { edges { node { row_id name } } }' : '';
    return `query Session($id: GlobalIDField!${ownerVariable(can)}) {
      session: compute_session_node(id: $id) { ${nodeFields(can, folders)} }
    }`;
  },
  data: z.object({ session: z.nullable(detailedNode) }),
  variables: vars<{ id: string; withOwner?: boolean }>(),
});
