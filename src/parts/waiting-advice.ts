import type { KeypairPolicy } from '../client/keypair-policy';
import type { Dependency, OwnSession } from '../client/own-sessions';
import type { PresetCheck } from '../client/presets';
import type { SchedulingStep } from '../client/scheduling-history';
import { predicateOf } from '../client/session-status';
import type { Predicate } from '../client/session-status';
import type { SessionRow } from '../client/sessions-types';
import type { Slots } from '../client/slots';
import { parseTime } from '../lib/time';
import { canPlace, ofArchitecture } from './agent-fit';
import type { Room } from './agent-fit';
import { amountsPerContainer, slotsOf } from './session-launch';
import { smallerRequests } from './smaller-request';
import type { SmallerRequest } from './smaller-request';

/**
 * Why a session waits and what would let it start (UX-06), out of what the manager says of it and what the asking
 * user may see of the rest. Pure; worded in `waiting-words.ts`.
 */

export type Cause =
  | Predicate
  /** No agent can hold it now. */
  | 'noAgent'
  | 'schedulerError'
  /** A check that a plugin added. */
  | 'otherCheck'
  /** Nothing stands against it but those before it. */
  | 'turn';

export interface Shortage {
  slot: string;
  wanted: number;
  /** Never below 0. */
  free: number;
}

export interface WaitingAdvice {
  cause: Cause;
  /** As the manager calls the check. */
  check: string | null;
  message: string | null;
  /** The manager did not say it; it follows from what is free. */
  inferred: boolean;
  /** Of whom too little is left: of my allowance, of the resource group, or of any single agent. */
  scope: 'allowance' | 'group' | 'agent' | null;
  shortages: Shortage[];
  /** No agent could ever hold it. */
  never: boolean;
  /** Of its image, where no agent has that one. */
  architecture: string | null;
  /** Moment before which it does not start. */
  notBefore: number | null;
  dependencies: readonly Dependency[];
  /** Sessions at once: how many run, how many may. */
  running: { used: number; limit: number } | null;
  /** Own sessions whose end would free what is missing, those with most of it first. */
  holders: { id: string; name: string; slots: Slots }[];
  /** From 1; null = not told. */
  place: number | null;
  /** Own waiting sessions that come first, where the manager tells no place. */
  ownAhead: number;
  smaller: SmallerRequest[];
}

export type WaitingSession = Pick<
  SessionRow,
  | 'id' | 'type' | 'status' | 'statusInfo' | 'statusData' | 'queuePosition' | 'requestedSlots' | 'shmem'
  | 'clusterSize' | 'clusterMode' | 'resourceGroup' | 'startsAt' | 'createdAt' | 'priority' | 'accessKey' | 'image'
>;

export interface WaitingFacts {
  session: WaitingSession;
  now: number;
  /** Of my keypair, in the session's project and resource group; null = not mine or not known (yet). */
  check: PresetCheck | null;
  policy: KeypairPolicy | null;
  own: readonly OwnSession[] | null;
  /** null = hidden or not known (yet). */
  agents: readonly Room[] | null;
  dependencies: readonly Dependency[];
  /** What the scheduler did with it (26.3+), in any order. */
  history: readonly SchedulingStep[];
  /** Least amounts of its image; null = not known, and then nothing smaller is proposed. */
  imageMinimum: Slots | null;
  /** The smallest part of the group's shared accelerators. */
  quantum: number | null;
}

const allowanceCauses: readonly Cause[] = ['keypairResource', 'userResource', 'projectResource', 'domainResource', 'resourcePolicy'];

/** Where less would help: not while time, order or number of sessions stand against it. */
const smallerHelps: readonly Cause[] = [...allowanceCauses, 'noAgent', 'resourceGroupResource'];

interface Said {
  cause: Cause;
  check: string | null;
  message: string | null;
}

function saidBy({ statusInfo, statusData }: WaitingSession): Said | null {
  const failed = statusData?.scheduler?.failed[0];
  if (failed) return { cause: predicateOf(failed.name) ?? 'otherCheck', check: failed.name, message: failed.message };
  const message = statusData?.scheduler?.message ?? null;
  if (statusInfo === 'no-available-instances') return { cause: 'noAgent', check: null, message };
  if (statusInfo === 'scheduler-error') return { cause: 'schedulerError', check: null, message };
  return null;
}

/** From 26.3 on the record itself may tell nothing, but the scheduler's history does: what its last try failed at. */
function saidByHistory(history: readonly SchedulingStep[]): Said | null {
  const moment = (step: SchedulingStep) => parseTime(step.updatedAt) ?? parseTime(step.createdAt) ?? 0;
  const last = history
    .filter((step) => step.fromStatus === 'PENDING' && step.result !== 'SUCCESS')
    .reduce<SchedulingStep | null>((latest, step) => (latest === null || moment(step) >= moment(latest) ? step : latest), null);
  if (!last) return null;
  const failed = last.subSteps.find((step) => step.result !== 'SUCCESS' && step.result !== 'SKIPPED');
  const cause = failed && predicateOf(failed.step);
  if (failed && cause) return { cause, check: failed.step, message: failed.message };
  const words = `${failed?.step ?? ''} ${failed?.errorCode ?? last.errorCode ?? ''} ${failed?.message ?? last.message ?? ''}`;
  if (/agent|instance/i.test(words)) return { cause: 'noAgent', check: null, message: failed?.message ?? last.message };
  return failed ? { cause: 'otherCheck', check: failed.step, message: failed.message } : null;
}

/** Free of each slot that a limit names; a slot that it leaves out is not limited. */
function allowance(facts: WaitingFacts): Slots | null {
  const { check } = facts;
  if (!check) return null;
  const left: Slots = { ...check.keypair.remaining };
  for (const [slot, amount] of Object.entries(check.project?.remaining ?? {})) left[slot] = Math.min(left[slot] ?? Infinity, amount);
  return left;
}

function groupFree({ check, session }: WaitingFacts): Slots | null {
  if (!check || session.resourceGroup === null) return null;
  return check.resourceGroups[session.resourceGroup]?.remaining ?? check.groupRemaining;
}

function shortOf(wanted: Slots, free: Slots, missing: number): Shortage[] {
  return Object.entries(wanted)
    .filter(([, amount]) => amount > 0)
    .map(([slot, amount]) => ({ slot, wanted: amount, free: Math.max(0, free[slot] ?? missing) }))
    .filter((one) => one.wanted > one.free + 1e-9);
}

/** Slots of which no single agent has enough for what must lie together. */
function shortOfAgents(wanted: Slots, rooms: readonly Slots[]): Shortage[] {
  const best = (slot: string) => rooms.reduce((most, room) => Math.max(most, room[slot] ?? 0), 0);
  return Object.entries(wanted)
    .filter(([slot, amount]) => amount > best(slot) + 1e-9)
    .map(([slot, amount]) => ({ slot, wanted: amount, free: Math.max(0, best(slot)) }));
}

interface Found {
  scope: WaitingAdvice['scope'];
  shortages: Shortage[];
  never: boolean;
  architecture?: string;
}
const nothing: Found = { scope: null, shortages: [], never: false };

function whatIsMissing(facts: WaitingFacts, cause: Cause): Found {
  const { session, agents } = facts;
  const wanted = session.requestedSlots;
  const left = allowance(facts);
  const byAllowance = allowanceCauses.includes(cause);
  if (!byAllowance && cause !== 'noAgent' && cause !== 'resourceGroupResource' && cause !== 'turn') return nothing;
  const placement = { perContainer: slotsOf(amountsPerContainer(session)), containers: session.clusterSize, mode: session.clusterMode };
  const together = session.clusterMode === 'multi-node' ? placement.perContainer : wanted;
  // A group without any agent is empty for now, not too small for ever.
  const suited = agents?.length ? ofArchitecture(agents, session.image?.architecture ?? null) : null;
  if (suited?.length === 0) return { scope: 'agent', shortages: [], never: true, architecture: session.image?.architecture ?? '' };
  if (suited && !canPlace(placement, suited.map((agent) => agent.available))) {
    return { scope: 'agent', shortages: shortOfAgents(together, suited.map((agent) => agent.available)), never: true };
  }
  // Only now: what a larger allowance would not help with is not told as if it did.
  if (byAllowance) return left ? { scope: 'allowance', shortages: shortOf(wanted, left, Infinity), never: false } : nothing;
  const free = groupFree(facts);
  // The group's figures are cut by my allowance, which then is the narrower of the two.
  if (left && free) {
    const narrow = shortOf(wanted, left, Infinity);
    if (narrow.length > 0 && cause === 'turn') return { scope: 'allowance', shortages: narrow, never: false };
  }
  const inGroup = free ? shortOf(wanted, free, 0) : [];
  if (inGroup.length > 0) return { scope: 'group', shortages: inGroup, never: false };
  if (suited && !canPlace(placement, suited.map((agent) => agent.free))) {
    return { scope: 'agent', shortages: shortOfAgents(together, suited.map((agent) => agent.free)), never: false };
  }
  return nothing;
}

/** As many sessions run as may. */
function isFull({ policy }: WaitingFacts): boolean {
  const { maxConcurrentSessions: limit, concurrencyUsed: used } = policy ?? {};
  return Boolean(limit) && used !== null && used !== undefined && used >= (limit ?? Infinity);
}

/** A manager that tells nothing (26.3+) leaves it to be found out. */
function inferredCause(facts: WaitingFacts, notBefore: number | null): Cause {
  const { dependencies, agents } = facts;
  if (notBefore !== null) return 'reservedTime';
  if (dependencies.length > 0) return 'dependencies';
  if (isFull(facts)) return 'concurrency';
  const { scope } = whatIsMissing(facts, 'turn');
  if (scope === 'allowance') return 'keypairResource';
  if (scope === 'group' || (scope === 'agent' && agents)) return 'noAgent';
  return 'turn';
}

function holdersOf(facts: WaitingFacts, cause: Cause, found: Found): WaitingAdvice['holders'] {
  const { session } = facts;
  const others = (facts.own ?? []).filter((one) => one.id !== session.id);
  const named = (list: readonly OwnSession[]) => list.map(({ id, name, slots }) => ({ id, name, slots }));
  const waiting = (one: OwnSession) => one.status === 'PENDING';
  const sameKey = (one: OwnSession) => session.accessKey === null || one.accessKey === null || one.accessKey === session.accessKey;
  if (cause === 'concurrency') return named(others.filter((one) => !waiting(one) && sameKey(one) && (one.type === 'system') === (session.type === 'system')));
  if (cause === 'pendingSessionCount' || cause === 'pendingSessionResource') return named(others.filter((one) => waiting(one) && sameKey(one)));
  if (found.shortages.length === 0 || found.never) return [];
  const slots = found.shortages.map(({ slot }) => slot);
  const share = (one: OwnSession) => slots.reduce((sum, slot) => sum + (one.slots[slot] ?? 0), 0);
  return named(
    others
      .filter((one) => !waiting(one) && share(one) > 0 && (found.scope === 'allowance' ? sameKey(one) : one.resourceGroup === session.resourceGroup))
      .sort((a, b) => share(b) - share(a)),
  );
}

function smallerOnes(facts: WaitingFacts, cause: Cause): SmallerRequest[] {
  const { session, imageMinimum, check, quantum } = facts;
  if (!smallerHelps.includes(cause) || imageMinimum === null || !check) return [];
  const bounds = [check.keypair.remaining, check.project?.remaining ?? {}];
  const group = groupFree(facts) ?? {};
  const free = Object.fromEntries(
    Object.keys(session.requestedSlots).map((slot) => [slot, Math.max(0, Math.min(group[slot] ?? 0, ...bounds.map((bound) => bound[slot] ?? Infinity)))]),
  );
  const amounts = amountsPerContainer(session);
  return smallerRequests({
    amounts,
    containers: session.clusterSize,
    mode: session.clusterMode,
    free,
    rooms: facts.agents ? ofArchitecture(facts.agents, session.image?.architecture ?? null).map((agent) => agent.free) : null,
    minimum: imageMinimum,
    step: amounts.accelerator?.slot.endsWith('.shares') ? (quantum ?? 0.1) : 1,
  });
}

/** Own sessions that the queue takes first: of higher priority, else older. */
function ownAhead({ session, own }: WaitingFacts): number {
  if (session.queuePosition !== null || !own) return 0;
  const since = parseTime(session.createdAt) ?? 0;
  return own.filter(
    (one) =>
      one.id !== session.id &&
      one.status === 'PENDING' &&
      one.resourceGroup === session.resourceGroup &&
      ((one.priority ?? 10) > (session.priority ?? 10) || ((one.priority ?? 10) === (session.priority ?? 10) && (parseTime(one.createdAt) ?? 0) < since)),
  ).length;
}

/** Ended and still waited for: it can never succeed any more. */
export function hasEnded({ status }: Pick<Dependency, 'status'>): boolean {
  return status === 'TERMINATED' || status === 'CANCELLED';
}

/** null for a session that does not wait in the queue. */
export function waitingAdvice(facts: WaitingFacts): WaitingAdvice | null {
  const { session, policy, now } = facts;
  if (session.status !== 'PENDING') return null;
  const said = saidBy(session) ?? saidByHistory(facts.history);
  const start = parseTime(session.startsAt);
  const notBefore = start !== null && start > now ? start : null;
  // The manager's message names those that are missing; without it those count that have not ended.
  const message = said?.message ?? '';
  const told = facts.dependencies.some((one) => message.includes(one.id));
  const unmet = facts.dependencies.filter((one) => (told ? message.includes(one.id) : !hasEnded(one)));
  const named = said?.cause ?? inferredCause({ ...facts, dependencies: unmet }, notBefore);
  // One check of 26.8 is of all policies, the number of sessions among them.
  const cause = named === 'resourcePolicy' && isFull(facts) ? 'concurrency' : named;
  const found = whatIsMissing(facts, cause);
  const limit = policy?.maxConcurrentSessions ?? null;
  const used = policy?.concurrencyUsed ?? null;
  return {
    cause,
    check: said?.check ?? null,
    message: said?.message ?? null,
    inferred: said === null,
    ...found,
    architecture: found.architecture ?? null,
    notBefore: cause === 'reservedTime' ? notBefore : null,
    dependencies: cause === 'dependencies' ? unmet : [],
    running: cause === 'concurrency' && limit !== null && used !== null ? { used, limit } : null,
    holders: holdersOf(facts, cause, found),
    place: session.queuePosition === null ? null : session.queuePosition + 1,
    // Order counts only where it is agents that are waited for.
    ownAhead: (cause === 'noAgent' || cause === 'turn') && !found.never ? ownAhead(facts) : 0,
    smaller: smallerOnes(facts, cause),
  };
}
