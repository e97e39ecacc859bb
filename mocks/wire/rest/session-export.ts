import { forbidden, notFound } from '../../cluster/errors';
import { sessionReport } from '../../cluster/session-export';
import type { ExportScope } from '../../cluster/session-export';
import type { SignedInCall } from '../context';
import { jsonBody } from '../context';
import { json } from '../http';
import type { Route } from './route';
import { param } from './route';

function superadmin(call: SignedInCall): void {
  if (call.requester.role !== 'superadmin') throw forbidden('Insufficient privileges');
}

function stamp(call: SignedInCall): string {
  return (call.cluster.iso(call.cluster.now)).slice(0, 19).replace(/\D/g, '');
}

function csv(call: SignedInCall, scope: ExportScope): Response {
  const body = call.cluster.exportSessions(call.requester, scope, jsonBody(call));
  const name = call.headers.get('X-Export-Filename') ?? `sessions-${stamp(call)}.csv`;
  return new Response(body, {
    status: 200,
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"` },
  });
}

/** SES-C31. */
export const exportRoutes: Route[] = [
  {
    method: 'GET',
    path: '/export/reports',
    since: '26.2.0',
    handle(call) {
      superadmin(call);
      return json({ reports: [sessionReport()] });
    },
  },
  {
    method: 'GET',
    path: '/export/reports/{key}',
    since: '26.2.0',
    handle(call) {
      superadmin(call);
      if (param(call, 'key') !== 'sessions') throw notFound('Report not found.', `Unknown report: ${param(call, 'key')}`, 'export_read_not-found');
      return json({ report: sessionReport() });
    },
  },
  { method: 'POST', path: '/export/sessions/csv', since: '26.2.0', handle: (call) => csv(call, { kind: 'system' }) },
  { method: 'POST', path: '/v2/export/sessions/my/csv', since: '26.4.0', handle: (call) => csv(call, { kind: 'own' }) },
  {
    method: 'POST',
    path: '/v2/export/sessions/projects/{id}/csv',
    since: '26.4.0',
    handle: (call) => csv(call, { kind: 'project', id: param(call, 'id') }),
  },
];
