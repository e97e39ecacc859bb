import { SECOND, iso } from './clock';
import type { Context } from './context';
import { checkPredicates } from './predicates';
import type { Predicates } from './predicates';
import { requestRound } from './rounds';
import { emitSession } from './session-events';
import { cancel, place } from './session-life';
import { addSlots, fits, subtractSlots } from './slots';
import type { Agent, ResourceGroup, Session, Slots, StatusData } from './types';

/** How long the next look at waiting sessions takes when nothing happens. */
const ROUND = 5 * SECOND;

/** Higher priority first, then first come, first served. */
export function queueOf(ctx: Context, group: string): Session[] {
  const pending = [...(ctx.index.pendingByGroup.get(group) ?? [])];
  return pending.sort((a, b) => b.priority - a.priority || a.createdAt - b.createdAt);
}

/** One round of a group: sessions in queue order, those that fail a check stay and are tried again. */
export function scheduleRound(ctx: Context, name: string): void {
  const group = ctx.state.resourceGroups[name];
  const queue = queueOf(ctx, name);
  if (!group || queue.length === 0) return;
  if (ctx.state.managerStatus === 'running') {
    for (const session of queue) {
      const checks = checkPredicates(ctx, session);
      if (checks.failed.length > 0) {
        note(ctx, session, 'predicate-checks-failed', checks, '');
        continue;
      }
      const agents = chooseAgents(ctx, group, session);
      if (agents) {
        place(ctx, session, agents);
        continue;
      }
      note(ctx, session, 'no-available-instances', checks, 'No agents are available for scheduling');
      // Strict order until the head was tried often enough (ADM-145); the newer scheduler goes on at once.
      const { numRetriesToSkip } = group.schedulerOpts;
      const retries = session.statusData?.scheduler?.retries ?? 0;
      if (!ctx.atLeast('25.13') && (numRetriesToSkip === 0 || retries < numRetriesToSkip)) break;
    }
  }
  if ((ctx.index.pendingByGroup.get(name)?.size ?? 0) > 0) requestRound(ctx, name, ROUND);
}

/** What the last try found, as the manager writes it (SES-R52). From 26.8 on only the session's history tells it. */
function note(ctx: Context, session: Session, info: string, checks: Predicates, msg: string): void {
  const before = session.statusData?.scheduler ?? session.waited;
  const scheduler: NonNullable<StatusData['scheduler']> = {
    failed_predicates: checks.failed,
    passed_predicates: checks.passed,
    retries: (before?.retries ?? -1) + 1,
    last_try: iso(ctx.now),
    msg,
  };
  if (ctx.atLeast('26.8')) session.waited = scheduler;
  else {
    session.statusInfo = info;
    session.statusData = { scheduler };
    for (const kernel of session.kernels) kernel.statusInfo = info;
  }
  const isNews = before === undefined || before.failed_predicates.length > 0;
  if (isNews && ctx.atLeast('26.1') && info === 'no-available-instances') {
    emitSession(ctx, session, 'session_pending', 'deprioritized-for-rescheduling');
  }
}

function candidates(ctx: Context, group: string, session: Session): Agent[] {
  return Object.values(ctx.state.agents).filter(
    (agent) =>
      agent.resourceGroup === group &&
      agent.status === 'ALIVE' &&
      agent.schedulable &&
      agent.architecture === session.architecture,
  );
}

function freeOf(agent: Agent, taken: Slots): Slots {
  return subtractSlots(subtractSlots(agent.available, agent.occupied), taken);
}

/** An agent for each kernel, or null when they cannot all be held now. */
function chooseAgents(ctx: Context, group: ResourceGroup, session: Session): Agent[] | null {
  const all = candidates(ctx, group.name, session);
  if (session.designatedAgents.length > 0) return chooseDesignated(session, all);
  // A multi-node session that fits on one agent is placed on one (SES-074).
  const whole = order(group, session, all).find((agent) => fits(session.requestedSlots, freeOf(agent, {})));
  if (whole) return session.kernels.map(() => whole);
  if (session.clusterMode === 'single-node') return null;
  const taken = new Map<string, Slots>();
  const chosen: Agent[] = [];
  for (const kernel of session.kernels) {
    const agent = order(group, session, all).find((one) => fits(kernel.requestedSlots, freeOf(one, taken.get(one.id) ?? {})));
    if (!agent) return null;
    taken.set(agent.id, addSlots(taken.get(agent.id) ?? {}, kernel.requestedSlots));
    chosen.push(agent);
  }
  return chosen;
}

function chooseDesignated(session: Session, all: Agent[]): Agent[] | null {
  const taken = new Map<string, Slots>();
  const chosen: Agent[] = [];
  for (const [i, kernel] of session.kernels.entries()) {
    const wanted = session.designatedAgents[Math.min(i, session.designatedAgents.length - 1)];
    const agent = all.find((one) => one.id === wanted);
    if (!agent || !fits(kernel.requestedSlots, freeOf(agent, taken.get(agent.id) ?? {}))) return null;
    taken.set(agent.id, addSlots(taken.get(agent.id) ?? {}, kernel.requestedSlots));
    chosen.push(agent);
  }
  return chosen;
}

/** Dispersed: the emptiest first; concentrated: the fullest. Agents with unwanted accelerators come last. */
function order(group: ResourceGroup, session: Session, agents: Agent[]): Agent[] {
  const { agentSelectionStrategy } = group.schedulerOpts;
  const spare = (agent: Agent): number =>
    Object.keys(agent.available).filter((slot) => slot.includes('.') && !((session.requestedSlots[slot] ?? 0) > 0)).length;
  const free = (agent: Agent): number =>
    1 - (agent.occupied['cpu'] ?? 0) / Math.max(1, agent.available['cpu'] ?? 1);
  const sign = agentSelectionStrategy === 'concentrated' ? 1 : -1;
  return [...agents].sort((a, b) => spare(a) - spare(b) || sign * (free(a) - free(b)) || (a.id < b.id ? -1 : 1));
}

/** A session waited longer than its resource group allows (ADM-144). */
export function pendingTimeout(ctx: Context, session: Session): void {
  if (session.status === 'PENDING') cancel(ctx, session, 'pending-timeout');
}
