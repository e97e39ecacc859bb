import { canPlace, largest, ofArchitecture, place } from '../../parts/agent-fit';
import type { Placement, Room } from '../../parts/agent-fit';
import type { Slots } from '../../client/slots';
import { chosenAgents } from './agent-rules';
import { containerCount, sessionCount } from './launch-check';
import { readAmount, remainingOf } from './launch-limits';
import type { LaunchFacts } from './use-launch-facts';

/** Whether what is chosen starts at once, waits, or never fits (SES-071, UX-08). Pure. */

interface Shortage {
  slot: string;
  wanted: number;
  most: number;
}

export interface Forecast {
  state: 'now' | 'later' | 'partly' | 'queue' | 'never' | 'unknown';
  /** Slots of which too little is free in all. */
  short: string[];
  /** There is enough in all, but not together on one agent. */
  scattered: boolean;
  /** More sessions than the policy lets run at once: their number above it. */
  overLimit: number;
  /** Of the sessions to be started those that start now. */
  starting: number;
  /** What stands against it for ever. */
  never: (Shortage & { by: 'agent' | 'together' | 'architecture' | 'keypair' | 'project' }) | null;
  /** The group has neither a core nor memory left. */
  nothingLeft: boolean;
}

export type ForecastFacts = Pick<LaunchFacts, 'values' | 'presetCheck' | 'amounts' | 'limits' | 'policy'> & {
  agents: LaunchFacts['agents'];
  image: Pick<NonNullable<LaunchFacts['image']>, 'architecture'> | null;
};

const unknown: Forecast = { state: 'unknown', short: [], scattered: false, overLimit: 0, starting: 0, never: null, nothingLeft: false };

/** The agents that may take it; null = not told. */
function roomsOf({ values, agents, image }: ForecastFacts): Room[] | null {
  if (agents.offered === null) return null;
  const chosen = chosenAgents(values, agents);
  const offered = chosen.length > 0 ? agents.offered.filter((agent) => chosen.includes(agent.id)) : agents.offered;
  return ofArchitecture(offered, image?.architecture ?? null);
}

/** A session of its own that can't be had, whatever ends: by the limits of policy or project, or by the largest agent. */
function neverOf(facts: ForecastFacts, perContainer: Slots, placement: Placement, rooms: Room[] | null): Forecast['never'] {
  const { limits } = facts;
  for (const [slot, amount] of Object.entries(perContainer)) {
    const wanted = amount * placement.containers;
    const bounds = [['keypair', limits.keypairLimits], ['project', limits.projectLimits]] as const;
    for (const [by, map] of bounds) {
      const most = readAmount(map?.[slot]);
      if (most !== null && wanted > most + 1e-9) return { slot, wanted, most, by };
    }
  }
  // Agents there are, but none that could run the image.
  if (rooms?.length === 0 && (facts.agents.offered?.length ?? 0) > 0) return { slot: 'cpu', wanted: 0, most: 0, by: 'architecture' };
  if (rooms === null || rooms.length === 0 || canPlace(placement, rooms.map((room) => room.available))) return null;
  const apart = placement.mode === 'multi-node' ? 1 : placement.containers;
  const found = Object.entries(perContainer)
    .map(([slot, amount]) => ({ slot, wanted: amount * apart, most: largest(rooms, slot) }))
    .find((one) => one.wanted > one.most + 1e-9);
  // Each amount is there on some agent, but no agent has them all.
  return found ? { ...found, by: 'agent' } : { slot: 'cpu', wanted: 0, most: 0, by: 'together' };
}

/** How many of the sessions find room one after the other. */
function startingNow(facts: ForecastFacts, perContainer: Slots, placement: Placement, rooms: Room[] | null, allowed: number): number {
  const bySlots = Object.entries(perContainer).map(([slot, amount]) => {
    const each = amount * placement.containers;
    return each > 0 ? Math.floor(remainingOf(facts.limits, slot) / each + 1e-9) : Infinity;
  });
  const most = Math.min(sessionCount(facts.values), allowed, ...bySlots);
  if (rooms === null) return Math.max(0, most);
  let left: Slots[] | null = rooms.map((room) => room.free);
  for (let started = 0; started < most; started += 1) {
    left = place(placement, left);
    if (left === null) return started;
  }
  return Math.max(0, most);
}

export function forecastOf(facts: ForecastFacts): Forecast {
  const { values, presetCheck, amounts, limits, policy } = facts;
  if (!presetCheck || amounts.cpu === null || amounts.mem === null) return unknown;
  const count = sessionCount(values);
  const perContainer: Slots = {
    cpu: amounts.cpu,
    mem: amounts.mem,
    ...(amounts.accelerator?.amount ? { [amounts.accelerator.slot]: amounts.accelerator.amount } : {}),
  };
  const placement = { perContainer, containers: containerCount(values), mode: values.clusterMode };
  const rooms = roomsOf(facts);
  const times = placement.containers * count;
  const short = Object.keys(perContainer).filter((slot) => (perContainer[slot] ?? 0) * times > remainingOf(limits, slot) + 1e-9);
  const allowed = Math.max(0, (policy?.maxConcurrentSessions ?? Infinity) - (policy?.concurrencyUsed ?? 0));
  const starting = startingNow(facts, perContainer, placement, rooms, allowed);
  const never = neverOf(facts, perContainer, placement, rooms);
  const later = (values.type === 'batch' && values.startEnabled) || values.dependencies.length > 0;
  const state = never ? 'never' : starting >= count ? (later ? 'later' : 'now') : starting > 0 && !later ? 'partly' : 'queue';
  return {
    state,
    short,
    scattered: short.length === 0 && starting < Math.min(count, allowed),
    overLimit: Math.max(0, count - allowed),
    starting,
    never,
    nothingLeft: remainingOf(limits, 'cpu') <= 0 || remainingOf(limits, 'mem') <= 0,
  };
}

/** What a choice in a list would come to, in a word. */
export type Fit = 'now' | 'queue' | 'never';

export function fitOf(forecast: Forecast): Fit | null {
  switch (forecast.state) {
    case 'unknown':
      return null;
    case 'never':
      return 'never';
    case 'now':
    case 'later':
      return 'now';
    default:
      return 'queue';
  }
}

/**
 * What the amount of one slot comes to by itself; null where nothing is asked of it, or where it is the amounts
 * together that decide.
 */
export function fitOfSlot({ state, short, scattered, never }: Forecast, slot: string, amount: number | null): Fit | null {
  if (state === 'unknown' || amount === null || amount <= 0) return null;
  if (never !== null) {
    if (never.by === 'together' || never.by === 'architecture') return null;
    if (never.slot === slot) return 'never';
  }
  if (short.includes(slot)) return 'queue';
  return scattered && never === null ? null : 'now';
}
