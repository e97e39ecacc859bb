import type { Slots } from '../client/slots';
import { GIB, MIB } from '../lib/quantities';
import { canPlace } from './agent-fit';
import { slotsOf } from './session-launch';
import type { Amounts } from './session-launch';

/** Requests that are smaller than a waiting one and fit into what is free (UX-06). Pure. */

export interface SmallerRequest {
  /** Per container. */
  amounts: Amounts;
  containers: number;
  /** What was made less. */
  by: 'containers' | 'accelerator' | 'noAccelerator' | 'amounts';
}

export interface FreeFacts {
  amounts: Amounts;
  containers: number;
  mode: string;
  /** Free for all containers together: the least of what allowance and resource group leave. */
  free: Slots;
  /** What each agent has free; null = not told. */
  rooms: readonly Slots[] | null;
  /** Of the image, for one container. */
  minimum: Slots;
  /** The smallest part of the accelerator. */
  step: number;
}

const memoryStep = 256 * MIB;

function down(value: number, step: number): number {
  return Number((Math.floor(value / step + 1e-9) * step).toFixed(6));
}

function fits(facts: FreeFacts, amounts: Amounts, containers: number): boolean {
  const perContainer = slotsOf(amounts);
  const enough = Object.entries(perContainer).every(([slot, amount]) => amount * containers <= (facts.free[slot] ?? 0) + 1e-9);
  return enough && (facts.rooms === null || canPlace({ perContainer, containers, mode: facts.mode }, facts.rooms));
}

const minimumShm = 64 * MIB;

/** The image's least, to which the server adds the shared memory (SES-R11). */
function leastMemory(facts: FreeFacts, shmem: number): number {
  return Math.max(facts.minimum['mem'] ?? 0, minimumShm) + Math.max(shmem, minimumShm);
}

/** As much of the wish as `room` holds for each container; null where not even the least does. */
function within(facts: FreeFacts, wish: Amounts, room: Slots, containers: number): Amounts | null {
  const most = (slot: string, wanted: number) => Math.min(wanted, Math.max(0, room[slot] ?? 0) / containers);
  const cpu = Math.floor(most('cpu', wish.cpu) + 1e-9);
  if (cpu < Math.max(1, facts.minimum['cpu'] ?? 1)) return null;
  const enoughMemory = most('mem', wish.mem) >= wish.mem;
  const mem = enoughMemory ? wish.mem : down(most('mem', wish.mem), memoryStep);
  // Less memory leaves no room for the wished shared memory; the launcher then chooses it.
  const shmem = mem >= wish.mem || mem >= 4 * Math.max(wish.shmem, GIB) ? wish.shmem : 0;
  if (mem < leastMemory(facts, shmem)) return null;
  if (!wish.accelerator) return { cpu, mem, shmem, accelerator: null };
  const { slot, amount } = wish.accelerator;
  const whole = most(slot, amount) >= amount - 1e-9;
  const given = whole ? amount : down(most(slot, amount), containers > 1 ? Math.max(1, facts.step) : facts.step);
  if (given <= 0 || given < (facts.minimum[slot] ?? 0)) return null;
  return { cpu, mem, shmem, accelerator: { slot, amount: given } };
}

/** How much of the wish is kept, from 0 to 3. */
function kept(wish: Amounts, amounts: Amounts): number {
  const accelerator = wish.accelerator ? (amounts.accelerator?.amount ?? 0) / wish.accelerator.amount : 1;
  return amounts.cpu / wish.cpu + amounts.mem / wish.mem + accelerator;
}

/** The most of the wish that fits for so many containers, on the agent that keeps most of it where agents are known. */
function shrunk(facts: FreeFacts, wish: Amounts, containers: number): Amounts | null {
  // Containers of a multi-node session may lie apart, each on an agent that has room for one.
  const apart = facts.mode === 'multi-node' ? containers : 1;
  const rooms =
    facts.rooms === null
      ? [facts.free]
      : facts.rooms.map((room) =>
          Object.fromEntries(Object.entries(room).map(([slot, amount]) => [slot, Math.min(amount * apart, facts.free[slot] ?? 0)])),
        );
  return rooms
    .map((room) => within(facts, wish, room, containers))
    .filter((amounts): amounts is Amounts => amounts !== null && fits(facts, amounts, containers))
    .reduce<Amounts | null>((best, amounts) => (best === null || kept(wish, amounts) > kept(wish, best) ? amounts : best), null);
}

const print = ({ amounts, containers }: SmallerRequest) => JSON.stringify([amounts.cpu, amounts.mem, amounts.accelerator, containers]);

/** At most two, the nearest to the wish first; none where the wish itself fits. */
export function smallerRequests(facts: FreeFacts): SmallerRequest[] {
  const { amounts: wish, containers } = facts;
  if (fits(facts, wish, containers)) return [];
  const found: SmallerRequest[] = [];
  const add = (amounts: Amounts | null, count: number, by: SmallerRequest['by']) => {
    if (amounts) found.push({ amounts, containers: count, by });
  };
  for (let fewer = containers - 1; fewer >= 1; fewer -= 1) {
    if (!fits(facts, wish, fewer)) continue;
    add(wish, fewer, 'containers');
    break;
  }
  const less = shrunk(facts, wish, containers);
  const keepsAccelerator = less?.accelerator?.amount === wish.accelerator?.amount;
  add(less, containers, wish.accelerator && !keepsAccelerator ? 'accelerator' : 'amounts');
  if (wish.accelerator && (facts.minimum[wish.accelerator.slot] ?? 0) <= 0) {
    add(shrunk(facts, { ...wish, accelerator: null }, containers), containers, 'noAccelerator');
  }
  if (containers > 1) add(shrunk(facts, wish, 1), 1, 'containers');
  const half: Amounts = { ...wish, cpu: Math.max(1, Math.floor(wish.cpu / 2)), mem: down(wish.mem / 2, memoryStep) };
  if (!wish.accelerator) add(shrunk(facts, half, containers), containers, 'amounts');
  const seen = new Set<string>();
  return found
    .filter((one) => {
      const key = print(one);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, 2);
}
