import type { ClusterEvent } from '../../cluster/api';
import { badParameters, invalidParams, ManagerError, notFound } from '../../cluster/errors';
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

/** Names that the manager's version reads a parameter by. */
function asked(call: SignedInCall, older: string, newer: string, underscored: string): string {
  return (call.cluster.atLeast('26.3') ? queryValue(call, newer, underscored) : queryValue(call, older, newer)) ?? '*';
}

const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

function refused(call: SignedInCall, name: string, msg: string): ManagerError {
  if (call.cluster.atLeast('26.3')) return badParameters(call.cluster, `${name}: ${msg}`);
  return invalidParams('Input validation error', { [name]: msg });
}

function uuidOf(call: SignedInCall, name: string, value: string): string {
  if (!UUID.test(value)) throw refused(call, name, 'value is not a uuid');
  const hex = value.replaceAll('-', '').toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function kindsOf(call: SignedInCall): Set<string> {
  const scope = queryValue(call, 'scope') ?? '*';
  const kinds = scope === '*' ? ['session', 'kernel'] : scope.split(',');
  if (kinds.every((kind) => kind === 'session' || kind === 'kernel')) {
    if (kinds.length === 1 || scope === '*' || call.cluster.atLeast('25.13')) return new Set(kinds);
  }
  if (call.cluster.atLeast('25.13')) throw invalidParams(`Invalid scope: ${scope}`);
  throw refused(call, 'scope', "value doesn't match any variant");
}

/** The id of the project that a stream is narrowed to. */
function projectOf(call: SignedInCall, name: string): string | null {
  if (name === '*') return null;
  const { cluster } = call;
  const found = Object.values(cluster.state.projects).find((project) => project.name === name);
  if (!cluster.atLeast('26.3')) {
    if (!found) throw notFound('No such user group (or project).', undefined, 'group_read_not-found');
    return found.id;
  }
  if (!found) throw new ManagerError({ status: 404, slug: 'project-not-found', title: 'Project not found.', errorCode: 'group_read_not-found' });
  // These managers read the id that they find as a text, which it is not.
  throw new ManagerError({ status: 500, slug: 'internal-server-error', title: 'Internal server error.', errorCode: 'backendai_generic_internal-error' });
}

/** From 25.13 on a name is looked up at once, and the id that is asked for no longer counts. */
function sessionOf(call: SignedInCall, name: string, accessKey: string): (event: ClusterEvent) => boolean {
  const { cluster } = call;
  const id = queryValue(call, 'sessionId');
  const sessionId = id === null ? null : uuidOf(call, 'sessionId', id);
  if (!cluster.atLeast('25.13')) {
    if (sessionId !== null) return ({ about }) => about.sessionId === sessionId;
    return ({ about }) => name === '*' || (about.sessionName === name && about.accessKey === accessKey);
  }
  if (name === '*') {
    if (!cluster.atLeast('25.15')) throw invalidParams('Wildcard session ID is not yet supported in the Event Hub.');
    return () => true;
  }
  const found = Object.values(cluster.state.sessions).find((session) => session.name === name && session.accessKey === accessKey);
  if (!found) throw notFound('No such session.', undefined, 'session_read_not-found');
  return ({ about }) => about.sessionId === found.id;
}

function sessionEvents(call: SignedInCall): Response {
  const { requester } = call;
  const kinds = kindsOf(call);
  const accessKey = queryValue(call, 'ownerAccessKey') ?? requester.accessKey;
  if (requester.role === 'user' && accessKey !== requester.accessKey) {
    throw new ManagerError({ status: 403, slug: 'generic-forbidden', title: 'Forbidden operation.', errorCode: 'backendai_generic_forbidden' });
  }
  const isWanted = sessionOf(call, asked(call, 'name', 'sessionName', 'session_name'), accessKey);
  const project = projectOf(call, asked(call, 'group', 'groupName', 'group_name'));
  const wanted = (event: ClusterEvent): boolean =>
    kinds.has(event.kind) && mayHear(call, event) && (project === null || event.about.projectId === project) && isWanted(event);
  return call.setting.streams.open(
    call.cluster.events,
    { write: (event) => (wanted(event) ? eventText(event.name, event.data) : null) },
    { signal: call.signal, pingEvery: call.setting.options.pingEvery },
  );
}

const FINAL: ReadonlySet<string> = new Set(['bgtask_done', 'bgtask_failed', 'bgtask_cancelled']);
/** Milliseconds after which a reader may come back; sent with progress only. */
const RETRY = 5;
const CLOSE = eventText('server_close', {});

/** Of a task that is over already. */
function lastWords(call: SignedInCall, task: BackgroundTask): string[] {
  const data: Record<string, unknown> = { task_id: task.id, message: task.message };
  if (!call.cluster.atLeast('25.8')) {
    data.status = task.status;
    data.current_progress = String(task.current);
    data.total_progress = String(task.total);
  }
  if (task.errors.length > 0) data.errors = task.errors;
  return [eventText(`bgtask_${task.status}`, data), CLOSE];
}

/** How a task ends while one listens: up to 25.4 a success says nothing of itself, up to 24.03 a failure is not told. */
function ending(call: SignedInCall, event: ClusterEvent): string {
  if (call.cluster.atLeast('25.5')) return eventText(event.name, event.data) + CLOSE;
  if (event.name === 'bgtask_done') return eventText(event.name, {}) + CLOSE;
  return call.cluster.atLeast('24.09') ? eventText(event.name, event.data) + CLOSE : CLOSE;
}

/** Whoever knows a task's id may listen. One that is not known stays silent, or ends at once before 25.8. */
function taskEvents(call: SignedInCall): Response {
  const { cluster } = call;
  const id = queryValue(call, 'task_id', 'taskId');
  if (id === null) throw refused(call, 'task_id', cluster.atLeast('26.3') ? 'Field required' : 'is required');
  const taskId = uuidOf(call, 'task_id', id);
  const task = cluster.admin.task(taskId);
  const options = { signal: call.signal, pingEvery: call.setting.options.pingEvery };
  if (!task) return call.setting.streams.open(cluster.events, { ended: !cluster.atLeast('25.8'), write: () => null }, options);
  if (task.status !== 'started') {
    return call.setting.streams.open(cluster.events, { opening: lastWords(call, task), ended: true, write: () => null }, options);
  }
  const current = { task_id: task.id, message: task.message ?? 'Task started', current_progress: task.current, total_progress: task.total };
  return call.setting.streams.open(
    cluster.events,
    {
      // The last word of a task is kept from 25.11 on; before, one waits for the next.
      opening: cluster.atLeast('25.11') ? [eventText('bgtask_updated', current, RETRY)] : [],
      write(event) {
        if (event.kind !== 'task' || event.about.taskId !== task.id) return null;
        return FINAL.has(event.name) ? ending(call, event) : eventText(event.name, event.data, RETRY);
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
