import { addTimer } from './clock';
import type { EventHub } from './api';
import { noise, random } from './rng';
import type { ClusterState, Kernel, Session, SessionStatus, TimerKind } from './types';
import { atLeast } from './version';

/** Still alive in some way: neither ended nor never started. */
export function isActive(status: SessionStatus): boolean {
  return status !== 'TERMINATED' && status !== 'CANCELLED';
}

const HOLDING: ReadonlySet<SessionStatus> = new Set<SessionStatus>([
  'SCHEDULED',
  'PREPARING',
  'PULLING',
  'PREPARED',
  'CREATING',
  'RUNNING',
  'RUNNING_DEGRADED',
  'RESTARTING',
  'TERMINATING',
  'ERROR',
]);

/** Counts against limits and agents. */
export function holdsResources(status: SessionStatus): boolean {
  return HOLDING.has(status);
}

function put<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** Look-ups beside the state; made anew from it after a restore. */
export class SessionIndex {
  readonly all: Session[] = [];
  readonly byUser = new Map<string, Session[]>();
  readonly byDomain = new Map<string, Session[]>();
  readonly active = new Set<Session>();
  readonly activeByUser = new Map<string, Set<Session>>();
  readonly activeByKey = new Map<string, Set<Session>>();
  readonly activeByProject = new Map<string, Set<Session>>();
  readonly pendingByGroup = new Map<string, Set<Session>>();
  readonly kernels = new Map<string, { session: Session; kernel: Kernel }>();
  readonly kernelsByAgent = new Map<string, Set<Kernel>>();

  constructor(state: ClusterState) {
    for (const session of Object.values(state.sessions)) this.add(session);
  }

  add(session: Session): void {
    this.all.push(session);
    const own = this.byUser.get(session.userId);
    if (own) own.push(session);
    else this.byUser.set(session.userId, [session]);
    const domain = this.byDomain.get(session.domain);
    if (domain) domain.push(session);
    else this.byDomain.set(session.domain, [session]);
    for (const kernel of session.kernels) this.kernels.set(kernel.id, { session, kernel });
    this.refresh(session);
  }

  /** After every change of a session's status. */
  refresh(session: Session): void {
    const active = isActive(session.status);
    if (active && !this.active.has(session)) {
      this.active.add(session);
      put(this.activeByUser, session.userId, session);
      put(this.activeByKey, session.accessKey, session);
      put(this.activeByProject, session.projectId, session);
    } else if (!active && this.active.delete(session)) {
      this.activeByUser.get(session.userId)?.delete(session);
      this.activeByKey.get(session.accessKey)?.delete(session);
      this.activeByProject.get(session.projectId)?.delete(session);
    }
    if (session.status === 'PENDING') put(this.pendingByGroup, session.resourceGroup, session);
    else this.pendingByGroup.get(session.resourceGroup)?.delete(session);
    const placed = active && session.status !== 'PENDING';
    for (const kernel of session.kernels) {
      if (kernel.agentId === null) continue;
      if (placed) put(this.kernelsByAgent, kernel.agentId, kernel);
      else this.kernelsByAgent.get(kernel.agentId)?.delete(kernel);
    }
  }
}

/** What every rule of the cluster works with. `state` and `index` are replaced by a restore. */
export class Context {
  state: ClusterState;
  index: SessionIndex;
  readonly events: EventHub;
  /** By session; connections are no part of the state. */
  readonly openTunnels = new Map<string, number>();

  constructor(state: ClusterState, events: EventHub) {
    this.state = state;
    this.index = new SessionIndex(state);
    this.events = events;
  }

  replace(state: ClusterState): void {
    this.state = state;
    this.index = new SessionIndex(state);
  }

  get now(): number {
    return this.state.now;
  }

  atLeast(version: string): boolean {
    return atLeast(this.state.version, version);
  }

  /** After `delay` milliseconds. */
  later(kind: TimerKind, id: string, delay: number, mark?: number): void {
    addTimer(this.state, kind, id, this.state.now + delay, mark);
  }

  /** Between `low` and `high` milliseconds, drawn from the cluster's generator. */
  between(low: number, high: number): number {
    return Math.round(low + random(this.state) * (high - low));
  }

  noise(seed: number, step: number): number {
    return noise(seed, step);
  }
}
