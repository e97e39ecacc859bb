import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { buildFilter } from '../lib/filter-language';
import { closeCircuits } from './app-circuits';
import { authStore } from './auth-store';
import { can } from './capabilities';
import { toClientError } from './errors';
import { livePaceMs, liveStore } from './live-store';
import { isActive, isTransitional } from './session-rules';
import {
  finishedFilter,
  runningFilter,
  sessionNodeOperation,
  sessionNodesOperation,
  toPage,
} from './sessions-node';
import { olderFinished, olderRunning, sessionListOperation, sessionOperation, toOlderPage } from './sessions-older';
import { createSessionRequest } from './sessions-types';
import type {
  CreatedSession,
  CreateSessionRequest,
  SessionListParams,
  SessionLogs,
  SessionPage,
  SessionRow,
} from './sessions-types';
import { defineOperation, defineRoute, gql, rest, vars } from './transport';

export type {
  CreatedSession,
  CreateSessionRequest,
  IdleCheck,
  IdleChecks,
  ImageName,
  Kernel,
  LiveMetric,
  LiveStat,
  MountOption,
  ServicePort,
  SessionListParams,
  SessionLogs,
  SessionPage,
  SessionRow,
  SessionTab,
  StatusData,
} from './sessions-types';

const newestFirst = '-created_at';

/** An order that the manager does not know, out of an address made elsewhere, would cost the whole list. */
function orderFor(order: string): string {
  const field = order.replace(/^[+-]/, '');
  const known = field === 'project_id' ? can('nodeFilters') : field !== 'priority' || can('priority');
  return order !== '' && known ? order : newestFirst;
}

/** Only administrators are told owners; asking as a user would put the whole answer at risk. */
function mayKnowOwners(): boolean {
  const state = authStore.get();
  return 'me' in state && state.me.role !== 'user';
}

export async function fetchSessionPage(params: SessionListParams, signal: AbortSignal): Promise<SessionPage> {
  const order = orderFor(params.order);
  const offset = (params.page - 1) * params.pageSize;
  const type = params.type !== 'all' && { field: 'type', op: '==' as const, value: params.type };
  if (!can('sessionNodes')) {
    const filter = buildFilter([type, { text: params.filter }]);
    const status = params.finished ? olderFinished : olderRunning;
    // An empty filter is a broken one to the manager.
    const variables = { group: params.projectId, status, filter: filter || null, order, offset, limit: params.pageSize, withDependencies: params.withDependencies ?? false };
    return toOlderPage(await gql(sessionListOperation, variables, { signal }));
  }
  const filter = buildFilter([{ text: params.finished ? finishedFilter : runningFilter }, type, { text: params.filter }]);
  const scope = { scope: `project:${params.projectId}`, withOwner: mayKnowOwners(), withDependencies: params.withDependencies ?? false };
  return toPage(await gql(sessionNodesOperation, { ...scope, filter, order, offset, first: params.pageSize }, { signal }));
}

const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

async function fetchOne(id: string, signal: AbortSignal): Promise<SessionRow | null> {
  // An id out of the address bar (SEC-10): what is no UUID is no session.
  if (!uuidPattern.test(id)) return null;
  if (!can('sessionNodes')) return (await gql(sessionOperation, { id }, { signal })).session;
  const variables = { id: btoa(`ComputeSessionNode:${id}`), withOwner: mayKnowOwners() };
  return (await gql(sessionNodeOperation, variables, { signal })).session;
}

const listKey = ['sessions', 'list'] as const;
const detailKey = (id: string) => ['sessions', 'detail', id] as const;

/** Lists, panel and notifications must agree: whoever hears of a session first tells the others. */
function spreadRows(client: QueryClient, rows: readonly SessionRow[]): void {
  for (const row of rows) {
    client.setQueryData<SessionRow | null>(detailKey(row.id), (known) =>
      known ? { ...row, folderNames: row.folderNames ?? known.folderNames, dependencies: row.dependencies ?? known.dependencies } : undefined,
    );
  }
}

/** What a list is told of one row makes it neither fresh nor complete: it stays as old, and as invalidated, as it was. */
function spreadRow(client: QueryClient, row: SessionRow): void {
  for (const query of client.getQueryCache().findAll({ queryKey: listKey })) {
    const page = query.state.data as SessionPage | undefined;
    if (!page?.rows.some((other) => other.id === row.id)) continue;
    const { dataUpdatedAt, isInvalidated } = query.state;
    const rows = page.rows.map((other) =>
      other.id === row.id ? { ...row, dependencies: row.dependencies ?? other.dependencies } : other,
    );
    client.setQueryData<SessionPage>(query.queryKey, { ...page, rows }, { updatedAt: dataUpdatedAt });
    if (isInvalidated) void client.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType: 'none' });
  }
}

const second = 1000;

/** PER-04: with live events the interval is a safety net only; without them it is the one source. */
function pace(rows: readonly SessionRow[]): number {
  if (liveStore.get() === 'live') return livePaceMs;
  return rows.some((row) => isTransitional(row.status)) ? 5 * second : 15 * second;
}

/** Keeps the numbers of the last page on the screen while the next one of the same list comes. */
function lastOfSameList(params: SessionListParams) {
  return (previous: SessionPage | undefined, query: Query<SessionPage, Error, SessionPage, QueryKey> | undefined) => {
    const before = query?.queryKey[2] as SessionListParams | undefined;
    return before?.projectId === params.projectId && before.type === params.type && before.finished === params.finished
      ? previous
      : undefined;
  };
}

const identified = z.object({
  sessionId: z.string(),
  sessionName: z.nullish(z.string()),
  status: z.nullish(z.string()),
  created: z.nullish(z.boolean()),
});

/** SES-C01. The ports of the answer, under `servicePorts` or `service_ports`, are read later with the session. */
const createRoute = defineRoute({
  name: 'create-session',
  method: 'POST',
  path: '/session/_/create',
  body: createSessionRequest,
  result: identified,
});

/** SES-C06; up to 25.x `recursive` answers a list. Nothing of it is read: the session itself tells. */
const terminateRoute = defineRoute({
  name: 'terminate-session',
  method: 'DELETE',
  path: '/session/{id}',
  result: z.unknown(),
});

/** SES-C04: managers differ in where they look, so both the query and the body carry the name. */
const renameRoute = defineRoute({
  name: 'rename-session',
  method: 'POST',
  path: '/session/{id}/rename',
  body: z.object({ name: z.string() }),
  result: z.unknown(),
});

const logsRoute = defineRoute({
  name: 'session-logs',
  method: 'GET',
  path: '/session/{id}/logs',
  result: z.object({ result: z.object({ logs: z.nullish(z.string()) }) }),
});

async function fetchLogs(
  id: string,
  kernelId: string | undefined,
  ownerAccessKey: string | undefined,
  signal: AbortSignal,
): Promise<SessionLogs> {
  try {
    const query = {
      owner_access_key: ownerAccessKey,
      // Managers before 24.03.7 refuse a key that they do not know.
      kernel_id: can('kernelLogs') ? kernelId : undefined,
    };
    // A live container's whole output comes in one answer.
    const answer = await rest(logsRoute, { params: { id }, query, signal, timeoutMs: 60 * second });
    return { text: answer.result.logs ?? '', state: 'ready' };
  } catch (e) {
    const error = toClientError(e, logsRoute.name);
    // Two things are a 404 here, a session that is gone and one without containers, and only the text tells
    // them apart (SES-C05).
    if (error.kind === 'not-found' && /assigned to an agent/i.test(`${error.title} ${error.detail ?? ''}`)) {
      return { text: '', state: 'not-yet' };
    }
    throw error;
  }
}

/** What a batch session's command wrote, kept in its owner's automount folder `.logs` (SES-C05). */
const taskLogsRoute = defineRoute({
  name: 'task-logs',
  method: 'GET',
  path: '/session/_/logs',
  result: z.string(),
  answer: 'text',
});

async function fetchTaskLogs(kernelId: string, signal: AbortSignal): Promise<SessionLogs> {
  try {
    return { text: await rest(taskLogsRoute, { query: { task_id: kernelId }, signal, timeoutMs: 60 * second }), state: 'ready' };
  } catch (e) {
    const error = toClientError(e, taskLogsRoute.name);
    if (error.kind === 'not-found') return { text: '', state: 'none-kept' };
    throw error;
  }
}

export interface DetailOptions {
  /** Ask every 10 s while the session is active: for a panel that shows live usage (SES-252). */
  watch?: boolean;
}

export const sessionQueries = {
  list: (params: SessionListParams) =>
    queryOptions({
      queryKey: [...listKey, params] as QueryKey,
      queryFn: async ({ signal, client }) => {
        const page = await fetchSessionPage(params, signal);
        spreadRows(client, page.rows);
        return page;
      },
      placeholderData: lastOfSameList(params),
      refetchInterval: (query: Query<SessionPage>) => pace(query.state.data?.rows ?? []),
    }),

  /** null = gone, or not mine to see (SES-253). */
  detail: (id: string, options: DetailOptions = {}) =>
    queryOptions({
      queryKey: detailKey(id),
      queryFn: async ({ signal, client }) => {
        const row = await fetchOne(id, signal);
        if (row) spreadRow(client, row);
        return row;
      },
      refetchInterval: (query) => {
        const row = query.state.data;
        if (!row || !isActive(row.status)) return false;
        return options.watch ? Math.min(10 * second, pace([row])) : pace([row]);
      },
    }),

  /** Logs may be many MB: they are dropped from the cache as soon as nobody looks. */
  logs: (id: string, kernelId?: string, ownerAccessKey?: string) =>
    queryOptions({
      queryKey: ['sessions', 'logs', id, kernelId ?? null],
      queryFn: ({ signal }) => fetchLogs(id, kernelId, ownerAccessKey, signal),
      gcTime: 0,
    }),

  /** Of one's own batch sessions only: the folder is the reader's. */
  taskLogs: (kernelId: string) =>
    queryOptions({
      queryKey: ['sessions', 'task-logs', kernelId],
      queryFn: ({ signal }) => fetchTaskLogs(kernelId, signal),
      gcTime: 0,
    }),
};

/** SES-C04; its answer repeats the session, which is asked for anew anyway. */
const prioritizeOperation = defineOperation({
  name: 'PrioritizeSession',
  kind: 'mutation',
  since: 'priority',
  document: `mutation PrioritizeSession($input: ModifyComputeSessionInput!) {
    modify_compute_session(input: $input) { item { row_id priority } }
  }`,
  data: z.object({
    modify_compute_session: z.nullable(
      z.object({ item: z.nullable(z.object({ row_id: z.nullable(z.string()), priority: z.nullable(z.number()) })) }),
    ),
  }),
  variables: vars<{ input: { id: string; priority: number } }>(),
});

/** What a session's coming and going changes: the lists, and what may still be taken. */
const touched: readonly QueryKey[] = [['sessions'], ['presets']];

export interface TerminateRequest {
  id: string;
  forced: boolean;
  /** Sessions that depend on this one are ended too. */
  recursive?: boolean;
  /** For another's session, as administrator. */
  ownerAccessKey?: string;
}

export const sessionMutations = {
  create: () =>
    mutationOptions({
      mutationKey: ['sessions', 'create'],
      mutationFn: async (request: CreateSessionRequest): Promise<CreatedSession> => {
        // A session may take long to be written where the manager is asked to wait for it.
        const timeoutMs = (request.maxWaitSeconds + 30) * second;
        const answer = await rest(createRoute, { body: request, timeoutMs });
        return {
          sessionId: answer.sessionId,
          sessionName: answer.sessionName ?? request.clientSessionToken,
          status: answer.status ?? 'PENDING',
          created: answer.created ?? true,
        };
      },
      meta: { invalidates: touched },
    }),

  terminate: () =>
    mutationOptions({
      mutationKey: ['sessions', 'terminate'],
      mutationFn: async (request: TerminateRequest): Promise<void> => {
        const query = {
          forced: request.forced ? 'true' : undefined,
          recursive: request.recursive ? 'true' : undefined,
          owner_access_key: request.ownerAccessKey,
        };
        await closeCircuits(request.id);
        await rest(terminateRoute, { params: { id: request.id }, query });
      },
      meta: { invalidates: touched },
    }),

  prioritize: () =>
    mutationOptions({
      mutationKey: ['sessions', 'prioritize'],
      mutationFn: async ({ id, priority }: { id: string; priority: number }): Promise<void> => {
        await gql(prioritizeOperation, { input: { id: btoa(`ComputeSessionNode:${id}`), priority } });
      },
      meta: { invalidates: [['sessions']] },
    }),

  rename: () =>
    mutationOptions({
      mutationKey: ['sessions', 'rename'],
      mutationFn: async ({ id, name }: { id: string; name: string }): Promise<void> => {
        await rest(renameRoute, { params: { id }, query: { name }, body: { name } });
      },
      meta: { invalidates: [['sessions']] },
    }),
};
