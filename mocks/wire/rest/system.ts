import { invalidParams, notFound } from '../../cluster/errors';
import type { ErrorLog } from '../../cluster/types';
import type { SignedInCall } from '../context';
import { recordBody } from '../context';
import { json, noContent } from '../http';
import type { Route } from './route';
import { param, queryValue } from './route';

/** Announcement, manager status, configuration, error reports. */

function logRow(call: SignedInCall, log: ErrorLog): Record<string, unknown> {
  const row: Record<string, unknown> = {
    log_id: log.id,
    created_at: log.createdAt / 1000,
    severity: log.severity,
    source: log.source,
    user: log.userId,
    is_read: log.isRead,
    message: log.message,
    context_lang: log.contextLang,
    context_env: log.contextEnv,
    request_url: log.requestUrl,
    request_status: log.requestStatus,
    traceback: log.traceback,
  };
  if (call.requester.role === 'superadmin' || call.requester.role === 'admin') row.is_cleared = log.isCleared;
  return row;
}

function errorLogs(call: SignedInCall): Response {
  const size = Number(queryValue(call, 'page_size') ?? 20);
  const page = Number(queryValue(call, 'page_no') ?? 1);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw invalidParams('page_size: Input should be between 1 and 100');
  if (!Number.isInteger(page) || page < 1) throw invalidParams('page_no: Input should be greater than or equal to 1');
  const logs = call.cluster.admin.errorLogs(call.requester);
  const rows = logs.slice((page - 1) * size, page * size);
  const answer = json({ logs: rows.map((log) => logRow(call, log)), count: logs.length });
  if (queryValue(call, 'mark_read') === 'true') for (const log of rows) log.isRead = true;
  return answer;
}

export const systemRoutes: Route[] = [
  { method: 'GET', path: '/manager/announcement', handle: (call) => json(call.cluster.admin.announcement()) },
  {
    method: 'POST',
    path: '/manager/announcement',
    handle(call) {
      const body = recordBody(call);
      call.cluster.admin.setAnnouncement(call.requester, {
        enabled: body.enabled === true,
        ...(typeof body.message === 'string' ? { message: body.message } : {}),
      });
      return noContent();
    },
  },
  { method: 'GET', path: '/manager/status', handle: (call) => json(call.cluster.admin.managerStatus()) },
  { method: 'POST', path: '/config/get', handle: (call) => json({ result: call.cluster.admin.config(call.requester) }) },
  { method: 'GET', path: '/logs/error', handle: errorLogs },
  {
    method: 'POST',
    path: '/logs/error',
    handle(call) {
      call.cluster.admin.addErrorLog(call.requester, recordBody(call));
      return json({ success: true });
    },
  },
  {
    method: 'POST',
    path: '/logs/error/{id}/clear',
    handle(call) {
      const log = call.cluster.admin.errorLogs(call.requester).find((row) => row.id === param(call, 'id'));
      if (!log) throw notFound('No such log.', undefined, 'error-log_read_not-found');
      log.isCleared = true;
      return json({ success: true });
    },
  },
];
