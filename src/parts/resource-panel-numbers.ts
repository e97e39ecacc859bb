import type { PresetCheck } from '../client/presets';
import type { Slots } from '../client/slots';

/** The bars of the resource panel (SES-020), by "Resource numbers" of access-and-shell. Pure, tested. */

export interface Amount {
  used: number;
  /** Infinity = no limit; NaN = the manager does not tell. */
  total: number;
}

export interface SlotNumbers {
  slot: string;
  /** Mine in the chosen resource group, over what I could have there. */
  group: Amount;
  /** Mine in all, over my limit. */
  mine: Amount;
  /** The project's, when the manager discloses it (SES-022, SES-R40). */
  project: Amount | null;
}

const of = (slots: Slots | undefined, slot: string): number => Math.max(0, slots?.[slot] ?? 0);

/** A total is never below what is used. */
const amount = (used: number, total: number): Amount => ({ used, total: Math.max(used, total) });

/** `slots` in the order to show; a slot that a map leaves out counts as 0. */
export function slotNumbers(check: PresetCheck, resourceGroup: string, slots: readonly string[]): SlotNumbers[] {
  const group = check.resourceGroups[resourceGroup];
  return slots.map((slot) => {
    const usedHere = of(group?.using, slot);
    const freeHere = of(group?.remaining, slot);
    const usedInAll = of(check.keypair.using, slot);
    const limit = check.keypair.limits[slot];
    const finite = limit !== undefined && Number.isFinite(limit);
    const project = check.project;
    const projectLimit = project?.limits[slot];
    return {
      slot,
      group: amount(usedHere, usedHere + freeHere),
      mine: amount(usedInAll, finite ? limit : usedInAll + freeHere),
      project:
        project === null || projectLimit === undefined
          ? null
          : amount(of(project.using, slot), projectLimit),
    };
  });
}

/** 0…100; nothing can be used of nothing, and of the endless everything is little. */
export function percentOf({ used, total }: Amount): number {
  if (!(total > 0) || !Number.isFinite(total)) return 0;
  return Math.min(100, Math.max(0, (used / total) * 100));
}

/** CPU, memory, then accelerators by name: the order never moves while numbers do (UX-10). */
export function slotOrder(slots: Iterable<string>): string[] {
  const rank = (slot: string) => (slot === 'cpu' ? 0 : slot === 'mem' ? 1 : 2);
  return [...new Set(slots)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true }));
}
