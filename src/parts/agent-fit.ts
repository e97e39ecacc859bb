import type { Slots } from '../client/slots';

/** Whether containers find room on agents, as the scheduler looks for it. Pure. */

export interface Room {
  architecture: string;
  /** What the agent has in all. */
  available: Slots;
  /** What of it is not taken. */
  free: Slots;
}

/** Binary fractions of shares leave dust. */
const dust = 1e-9;

export function fitsInto(wanted: Slots, room: Slots): boolean {
  return Object.entries(wanted).every(([slot, amount]) => amount <= 0 || amount <= (room[slot] ?? 0) + dust);
}

function minus(room: Slots, taken: Slots): Slots {
  return Object.fromEntries(Object.entries(room).map(([slot, amount]) => [slot, amount - (taken[slot] ?? 0)]));
}

export interface Placement {
  perContainer: Slots;
  containers: number;
  mode: string;
}

/**
 * What is left of the rooms when all containers have found a place: on one agent together, or in a multi-node session
 * each where there is room. null where they find none. `rooms` are what the agents have left, or what they have in all.
 */
export function place({ perContainer, containers, mode }: Placement, rooms: readonly Slots[]): Slots[] | null {
  const together = Object.fromEntries(Object.entries(perContainer).map(([slot, amount]) => [slot, amount * containers]));
  const left = [...rooms];
  const takeAt = (wanted: Slots): boolean => {
    const at = left.findIndex((room) => fitsInto(wanted, room));
    const found = left[at];
    if (!found) return false;
    left[at] = minus(found, wanted);
    return true;
  };
  if (takeAt(together)) return left;
  if (mode !== 'multi-node') return null;
  for (let i = 0; i < containers; i += 1) if (!takeAt(perContainer)) return null;
  return left;
}

export function canPlace(placement: Placement, rooms: readonly Slots[]): boolean {
  return place(placement, rooms) !== null;
}

/** Of a slot the most that one agent has, in all. */
export function largest(rooms: readonly Room[], slot: string): number {
  return rooms.reduce((most, room) => Math.max(most, room.available[slot] ?? 0), 0);
}

export function ofArchitecture<T extends Room>(rooms: readonly T[], architecture: string | null): T[] {
  return architecture === null ? [...rooms] : rooms.filter((room) => room.architecture === architecture);
}
