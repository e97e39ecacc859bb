import type { Administration } from './api';
import { DAY, MINUTE, SECOND } from './clock';
import { endCommit } from './commit';
import type { Context } from './context';
import { ManagerError, forbidden, invalidParams } from './errors';
import { hash, noise, uuid } from './rng';
import { agentLiveStat } from './stats';
import type { BackgroundTask, ErrorLog, Requester, Timer } from './types';
import { apiVersionOf } from './version';

const SEVERITIES = ['critical', 'error', 'warning'] as const;

function demandSuperadmin(requester: Requester): void {
  if (requester.role !== 'superadmin') throw forbidden();
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function addErrorLog(ctx: Context, requester: Requester, input: Record<string, unknown>): ErrorLog {
  const severity = SEVERITIES.find((one) => one === input['severity']);
  for (const key of ['severity', 'source', 'message', 'context_lang', 'context_env']) {
    if (input[key] === undefined || (key === 'severity' && !severity)) {
      throw invalidParams('Input validation error', { [key]: 'is required' });
    }
  }
  const log: ErrorLog = {
    id: uuid(ctx.state),
    createdAt: ctx.now,
    severity: severity ?? 'error',
    source: text(input['source']),
    userId: requester.userId,
    isRead: false,
    isCleared: false,
    message: text(input['message']),
    contextLang: text(input['context_lang']),
    contextEnv: input['context_env'],
    requestUrl: typeof input['request_url'] === 'string' ? input['request_url'] : null,
    requestStatus: typeof input['request_status'] === 'number' ? input['request_status'] : null,
    traceback: typeof input['traceback'] === 'string' ? input['traceback'] : null,
  };
  ctx.state.errorLogs.unshift(log);
  return log;
}

/** Thirty days in quarters of an hour, made from the requester's id: working hours are busier. */
function usageMonth(ctx: Context, seed: number, factor: number): Record<string, unknown>[] {
  const step = 15 * MINUTE;
  const end = Math.floor(ctx.now / step) * step;
  return Array.from({ length: 2880 }, (_x, i) => {
    const at = end - (2880 - 1 - i) * step;
    const hour = (at % DAY) / (60 * MINUTE);
    const busy = Math.max(0, Math.sin(((hour - 6) / 24) * 2 * Math.PI)) * (0.5 + noise(seed, i));
    const sessions = Math.round(busy * 3 * factor);
    const count = (value: number) => ({ value, unit_hint: 'count' });
    const bytes = (value: number) => ({ value, unit_hint: 'bytes' });
    return {
      date: at / SECOND,
      num_sessions: count(sessions),
      cpu_allocated: count(sessions * 2),
      mem_allocated: bytes(sessions * 4 * 2 ** 30),
      gpu_allocated: count(Math.round(sessions / 2)),
      io_read_bytes: bytes(Math.round(sessions * noise(seed, i + 1) * 5e7)),
      io_write_bytes: bytes(Math.round(sessions * noise(seed, i + 2) * 2e7)),
      disk_used: bytes(sessions * 4096),
    };
  });
}

function taskEvent(ctx: Context, task: BackgroundTask, name: string, data: Record<string, unknown>): void {
  ctx.events.emit({
    name,
    data: { task_id: task.id, message: task.message, ...data },
    kind: 'task',
    about: { taskId: task.id, userId: task.userId },
  });
}

/** One step of a background task; `mark` of the timer is the step, `total + 1` the end. */
export function taskStep(ctx: Context, timer: Timer): void {
  const task = ctx.state.tasks[timer.id];
  const step = timer.mark ?? 0;
  if (task?.status !== 'started') return;
  if (step <= task.total) {
    task.current = step;
    task.message = task.messages[step - 1] ?? task.message;
    taskEvent(ctx, task, 'bgtask_updated', { current_progress: task.current, total_progress: task.total });
    return;
  }
  endCommit(ctx, task);
  task.finishedAt = ctx.now;
  task.status = task.failure === null ? 'done' : 'failed';
  task.message = task.failure ?? task.messages[task.total] ?? task.message;
  taskEvent(ctx, task, task.status === 'done' ? 'bgtask_done' : 'bgtask_failed', {});
}

export function createAdministration(ctx: Context): Administration {
  return {
    announcement: () => ctx.state.announcement,
    setAnnouncement(requester, input) {
      demandSuperadmin(requester);
      if (input.enabled && !input.message) throw invalidParams('Empty message not allowed to enable announcement');
      const kept = ctx.atLeast('26.8') ? ctx.state.announcement.message : '';
      ctx.state.announcement = { enabled: input.enabled, message: input.enabled ? (input.message ?? '') : kept };
    },
    managerStatus() {
      const [major, minor] = apiVersionOf(ctx.state.version).slice(1).split('.');
      let active = 0;
      for (const session of ctx.index.active) if (session.status === 'RUNNING') active += 1;
      const node = {
        id: 'i-manager',
        num_proc: 1,
        service_addr: '127.0.0.1:8081',
        heartbeat_timeout: 40,
        ssl_enabled: false,
        active_sessions: active,
        status: ctx.state.managerStatus,
        version: ctx.state.version,
        api_version: [Number(major), minor],
      };
      return { nodes: [node], status: ctx.state.managerStatus, active_sessions: active };
    },
    config(requester) {
      demandSuperadmin(requester);
      const resourceSlots = Object.entries(ctx.state.slotTypes).filter(([slot]) => slot !== 'cpu' && slot !== 'mem');
      return {
        api: { 'allow-graphql-schema-introspection': 'yes', 'allow-openapi-schema-introspection': 'yes', 'allow-origins': '*' },
        docker: { image: { auto_pull: 'digest' } },
        network: { subnet: { agent: '0.0.0.0/0', container: '0.0.0.0/0' } },
        resource_slots: Object.fromEntries(resourceSlots),
        system: { timezone: 'UTC' },
      };
    },
    addErrorLog: (requester, input) => addErrorLog(ctx, requester, input),
    errorLogs(requester) {
      return ctx.state.errorLogs.filter((log) => {
        if (requester.role === 'superadmin') return true;
        if (log.isCleared) return false;
        if (requester.role !== 'admin') return log.userId === requester.userId;
        return ctx.state.users[log.userId ?? '']?.domain === requester.domain;
      });
    },
    usageMonth(requester, scope) {
      if (scope === 'admin') demandSuperadmin(requester);
      return usageMonth(ctx, hash(scope === 'admin' ? 'all' : requester.userId), scope === 'admin' ? 6 : 1);
    },
    agentLiveStat: (agent) => agentLiveStat(ctx, agent),
    task(id) {
      const task = ctx.state.tasks[id];
      return task && ctx.now - task.createdAt <= DAY ? task : undefined;
    },
    startTask(requester, input) {
      if (input.total < 0) throw new ManagerError({ status: 500, slug: 'internal-server-error', title: 'Internal server error.' });
      const task: BackgroundTask = {
        id: uuid(ctx.state),
        name: input.name,
        userId: requester.userId,
        status: 'started',
        message: input.opening ?? null,
        current: 0,
        total: input.total,
        errors: [],
        messages: input.messages ?? [],
        failure: input.fail ?? null,
        commit: input.commit ?? null,
        createdAt: ctx.now,
        finishedAt: null,
      };
      ctx.state.tasks[task.id] = task;
      const pace = (input.seconds * SECOND) / (input.total + 1);
      for (let step = 1; step <= input.total + 1; step += 1) ctx.later('task', task.id, Math.round(pace * step), step);
      return task;
    },
  };
}
