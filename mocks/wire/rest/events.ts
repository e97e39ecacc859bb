import type { ClusterEvent } from '../../cluster/api';
import { invalidParams, notFound } from '../../cluster/errors';
import type { BackgroundTask } from '../../cluster/types';
import type { SignedInCall } from '../context';
import { eventText } from '../sse';
import type { Route } from './route';
import { queryValue } from './route';

/** Users see their own, domain admins the domain's (SES-C12). */
function mayHear(call: SignedInCall, event: ClusterEvent): boolean {
  const { requester } = call;
  if (requester.role === 'superadmin' || requester.role === 'monitor') return true;
  if (requester.role === 'admin') return event.about.domain === requester.domain;
  return event.about.userId === requester.userId;
}

function sessionEvents(call: SignedInCall): Response {
  const name = queryValue(call, 'sessionName') ?? '*';
  const group = queryValue(call, 'groupName', 'group') ?? '*';
  const ownerKey = queryValue(call, 'ownerAccessKey');
  const scope = queryValue(call, 'scope') ?? '*';
  const kinds = new Set(scope === '*' ? ['session', 'kernel'] : scope.split(','));
  // 26.x does not look at it; older managers let it win over the name.
  const id = call.cluster.atLeast('26.1.0') ? null : queryValue(call, 'sessionId');
  const wanted = (event: ClusterEvent): boolean => {
    const { about } = event;
    if (!kinds.has(event.kind) || !mayHear(call, event)) return false;
    if (ownerKey !== null && about.accessKey !== ownerKey) return false;
    if (group !== '*' && about.projectName !== group && about.projectId !== group) return false;
    return id !== null ? about.sessionId === id : name === '*' || about.sessionName === name;
  };
  return call.setting.streams.open(
    call.cluster.events,
    { write: (event) => (wanted(event) ? eventText(event.name, event.data) : null) },
    { signal: call.signal, pingEvery: call.setting.options.pingEvery },
  );
}

const FINAL: ReadonlySet<string> = new Set(['bgtask_done', 'bgtask_failed', 'bgtask_cancelled']);
/** Milliseconds after which a reader may come back; sent with progress only. */
const RETRY = 5;

function lastWords(call: SignedInCall, task: BackgroundTask): string[] {
  const data: Record<string, unknown> = { task_id: task.id, message: task.message };
  if (!call.cluster.atLeast('25.7.0')) {
    data.current_progress = String(task.current);
    data.total_progress = String(task.total);
  }
  if (task.errors.length > 0) data.errors = task.errors;
  return [eventText(`bgtask_${task.status}`, data), eventText('server_close', {})];
}

function taskEvents(call: SignedInCall): Response {
  const id = queryValue(call, 'task_id', 'taskId');
  if (id === null) throw invalidParams('task_id: Field required');
  const task = call.cluster.admin.task(call.requester, id);
  if (!task) throw notFound('No such background task.', undefined, 'bgtask_read_not-found');
  const options = { signal: call.signal, pingEvery: call.setting.options.pingEvery };
  if (task.status !== 'started') {
    return call.setting.streams.open(call.cluster.events, { opening: lastWords(call, task), ended: true, write: () => null }, options);
  }
  const current = { task_id: task.id, message: task.message ?? 'Task started', current_progress: task.current, total_progress: task.total };
  return call.setting.streams.open(
    call.cluster.events,
    {
      opening: [eventText('bgtask_updated', current, RETRY)],
      write(event) {
        if (event.kind !== 'task' || event.about.taskId !== task.id) return null;
        if (FINAL.has(event.name)) return eventText(event.name, event.data) + eventText('server_close', {});
        return eventText(event.name, event.data, RETRY);
      },
      isLast: (event) => event.about.taskId === task.id && FINAL.has(event.name),
    },
    options,
  );
}

export const eventRoutes: Route[] = [
  { method: 'GET', path: '/events/session', handle: sessionEvents },
  { method: 'GET', path: '/events/background-task', handle: taskEvents },
];
