import { createAccounts } from './accounts';
import { createAdministration, taskStep } from './admin';
import { createAppProxy } from './app-proxy';
import { createApps, tunnelTarget } from './apps';
import type { Cluster, ClusterOptions } from './api';
import type { Terminals } from './shell/terminal-state';
import { duration, iso, takeDue } from './clock';
import { Context } from './context';
import { createEventHub } from './events';
import { createFaults } from './faults';
import { createFiles } from './files/files';
import { createFolders } from './folders';
import { idleDeadline } from './idle';
import { createImages } from './images';
import { createResources } from './resources';
import { uuid } from './rng';
import { isDueRound } from './rounds';
import { pendingTimeout, scheduleRound } from './scheduler';
import { seedState } from './seed/seed';
import { batchDone, batchTimeout, beginEnd, create, finish, step } from './session-life';
import { exportSessions } from './session-export';
import { createSessions } from './sessions';
import { createTemplates } from './templates';
import { createTerminals } from './shell/terminals';
import type { ClusterState, Timer } from './types';
import { apiVersionOf, fullVersion } from './version';

/** 2 March 2026, a Monday: where the clock starts unless said otherwise. */
const START = Date.UTC(2026, 2, 2, 1, 0, 0);

/** What is due happens; a timer of an earlier transition of its session is stale. */
function happen(ctx: Context, terminals: Terminals, timer: Timer): void {
  if (timer.kind === 'schedule') {
    if (isDueRound(ctx, timer.id)) scheduleRound(ctx, timer.id);
    return;
  }
  if (timer.kind === 'terminal') {
    terminals.tick(timer.id);
    return;
  }
  if (timer.kind === 'task') {
    taskStep(ctx, timer);
    return;
  }
  const session = ctx.state.sessions[timer.id];
  if (!session || session.mark !== timer.mark) return;
  switch (timer.kind) {
    case 'step':
      step(ctx, session);
      return;
    case 'create':
      create(ctx, session);
      return;
    case 'finish':
      finish(ctx, session);
      return;
    case 'batch-done':
      batchDone(ctx, session);
      return;
    case 'batch-timeout':
      batchTimeout(ctx, session);
      return;
    case 'pending-timeout':
      pendingTimeout(ctx, session);
      return;
    case 'idle': {
      const deadline = idleDeadline(ctx, session);
      if (!deadline) return;
      if (deadline.at <= ctx.now) beginEnd(ctx, session, deadline.reason, 137);
      else ctx.later('idle', session.id, deadline.at - ctx.now, session.mark);
    }
  }
}

export function createCluster(options: ClusterOptions = {}): Cluster {
  const version = fullVersion(options.version ?? '25.5.0');
  const start = typeof options.clock === 'string' ? Date.parse(options.clock) : (options.clock ?? START);
  const fresh = (): ClusterState => {
    const state = seedState(options.seed ?? 'demo', version, start, options.rng ?? 20_260_302, options.sessions);
    const { address } = state.appProxy;
    Object.assign(state.appProxy, options.appProxy);
    for (const group of Object.values(state.resourceGroups)) {
      if (group.appProxyAddr === address) group.appProxyAddr = state.appProxy.address;
    }
    return state;
  };
  const events = createEventHub();
  const ctx = new Context(fresh(), events);

  function isoText(time: number): string;
  function isoText(time: number | null): string | null;
  function isoText(time: number | null): string | null {
    return time === null ? null : iso(time);
  }

  const sessions = createSessions(ctx);
  const terminals = createTerminals(ctx, (requester, id, app, port) => tunnelTarget(ctx, sessions.get(requester, id), app, port));
  const files = createFiles(ctx);
  return {
    get state() {
      return ctx.state;
    },
    get version() {
      return ctx.state.version;
    },
    get apiVersion() {
      return apiVersionOf(ctx.state.version);
    },
    get now() {
      return ctx.state.now;
    },
    iso: isoText,
    advance(by) {
      const end = ctx.state.now + duration(by);
      for (;;) {
        const timer = takeDue(ctx.state, end);
        if (!timer) break;
        ctx.state.now = timer.at;
        happen(ctx, terminals, timer);
      }
      ctx.state.now = end;
    },
    snapshot: () => JSON.stringify(ctx.state),
    restore(json) {
      ctx.replace(JSON.parse(json) as ClusterState);
    },
    reset() {
      ctx.replace(fresh());
    },
    atLeast: (required) => ctx.atLeast(required),
    uuid: () => uuid(ctx.state),
    events,
    faults: createFaults(ctx),
    accounts: createAccounts(ctx),
    resources: createResources(ctx),
    images: createImages(ctx),
    folders: createFolders(ctx),
    sessions,
    templates: createTemplates(ctx),
    apps: createApps(ctx, files, (requester, id) => sessions.get(requester, id)),
    appProxy: createAppProxy(ctx),
    files,
    terminals,
    admin: createAdministration(ctx),
    exportSessions: (requester, scope, body) => exportSessions(ctx, requester, scope, body),
  };
}
