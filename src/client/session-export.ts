/** Sessions as CSV: made by the server (SES-C31), or read page by page for the console to write (SES-015). */
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { can } from './capabilities';
import { connection } from './connection';
import { fetchSessionPage } from './sessions';
import type { SessionListParams, SessionRow } from './sessions-types';
import { defineRoute, rest } from './transport';

export interface ExportField {
  key: string;
  name: string;
  description: string;
}

const textFilter = z.object({ equals: z.optional(z.string()), i_contains: z.optional(z.string()), not_equals: z.optional(z.string()) });
const range = z.object({ after: z.optional(z.string()), before: z.optional(z.string()) });

const exportBody = z.object({
  fields: z.array(z.string()),
  filter: z.object({
    name: z.optional(textFilter),
    session_type: z.optional(z.array(z.string())),
    status: z.optional(z.array(z.string())),
    scaling_group_name: z.optional(textFilter),
    access_key: z.optional(textFilter),
    created_at: z.optional(range),
  }),
  order: z.array(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) })),
  encoding: z.string(),
});
export type ExportBody = z.infer<typeof exportBody>;

const reportRoute = defineRoute({
  name: 'session-export-report',
  method: 'GET',
  path: '/export/reports/{report}',
  since: 'csvExport',
  result: z.object({
    report: z.object({ fields: z.array(z.object({ key: z.string(), name: z.nullish(z.string()), description: z.nullish(z.string()) })) }),
  }),
});

const csvRoute = defineRoute({
  name: 'export-sessions',
  method: 'POST',
  path: '/export/sessions/csv',
  since: 'csvExport',
  body: exportBody,
  answer: 'text',
  result: z.string(),
});

const ownCsvRoute = defineRoute({
  name: 'export-own-sessions',
  method: 'POST',
  path: '/v2/export/sessions/my/csv',
  since: 'scopedCsvExport',
  body: exportBody,
  answer: 'text',
  result: z.string(),
});

const projectCsvRoute = defineRoute({
  name: 'export-project-sessions',
  method: 'POST',
  path: '/v2/export/sessions/projects/{project}/csv',
  since: 'scopedCsvExport',
  body: exportBody,
  answer: 'text',
  result: z.string(),
});

export type ServerScope = { kind: 'system' } | { kind: 'own' } | { kind: 'project'; id: string };

/** Many rows take the server its time. */
const serverTimeoutMs = 15 * 60_000;

/** The server's CSV, as text. */
export async function exportOnServer(scope: ServerScope, body: ExportBody, fileName: string, signal: AbortSignal): Promise<string> {
  // Straight to the manager a browser may send four headers only; the name is the console's to give then.
  const headers = connection.get().mode === 'SESSION' ? { 'X-Export-Filename': encodeURIComponent(fileName) } : undefined;
  const call = { body, headers, signal, timeoutMs: serverTimeoutMs };
  if (scope.kind === 'system') return rest(csvRoute, call);
  return scope.kind === 'own' ? rest(ownCsvRoute, call) : rest(projectCsvRoute, { ...call, params: { project: scope.id } });
}

/** The statuses that the server's filter takes the place of "not ended" with, by what the manager knows. */
export function activeStatuses(): string[] {
  return [
    'PENDING',
    ...(can('deprioritizedState') ? ['DEPRIORITIZING'] : []),
    'SCHEDULED',
    ...(can('reservedState') ? ['RESERVED'] : []),
    'PREPARING',
    'PULLING',
    'PREPARED',
    'CREATING',
    'RUNNING',
    'RUNNING_DEGRADED',
    'RESTARTING',
    ...(can('reservedState') ? ['PREEMPTED', 'RESCHEDULING'] : []),
    'TERMINATING',
    'ERROR',
  ];
}

export const endedStatuses = ['TERMINATED', 'CANCELLED'];

const pageSize = 100;

/**
 * All rows of a list, page by page. Rows that come and go meanwhile shift the pages: none is told twice, and
 * `missed` is how many the manager counted beyond those that were read.
 */
export async function readAllSessions(
  params: Omit<SessionListParams, 'page' | 'pageSize'>,
  onProgress: (read: number, total: number) => void,
  signal: AbortSignal,
): Promise<{ rows: SessionRow[]; missed: number }> {
  const rows = new Map<string, SessionRow>();
  let total = 0;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const answer = await fetchSessionPage({ ...params, page, pageSize }, signal);
    total = answer.total;
    for (const row of answer.rows) rows.set(row.id, row);
    onProgress(Math.min(rows.size, total), total);
    if (answer.rows.length < pageSize || page * pageSize >= total) break;
  }
  return { rows: [...rows.values()], missed: Math.max(0, total - rows.size) };
}

export const exportQueries = {
  /** The columns that the server can write; superadmins only. */
  fields: () =>
    queryOptions({
      queryKey: ['session-export', 'fields'],
      queryFn: async ({ signal }): Promise<ExportField[]> => {
        const { report } = await rest(reportRoute, { params: { report: 'sessions' }, signal });
        return report.fields.map(({ key, name, description }) => ({ key, name: name ?? key, description: description ?? '' }));
      },
      staleTime: 60 * 60_000,
    }),
};
