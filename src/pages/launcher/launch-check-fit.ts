import { largest, ofArchitecture } from '../../parts/agent-fit';
import type { MoreFacts } from './launch-check-more';
import { readAmount } from './launch-limits';
import type { LimitFacts } from './launch-limits';
import type { LaunchValues } from './launch-values';
import { warning } from './problem';
import type { Problem } from './problem';

/**
 * Amounts that the manager takes and never serves (UX-08): more than the largest agent has, or, with all containers
 * together, more than policy or project allow. They warn: agents are added and policies changed. Pure.
 */

export type FitFacts = Pick<MoreFacts, 'agents' | 'amounts' | 'architecture' | 'slotText'> & { limits: LimitFacts };

const fields: Record<string, string> = { cpu: 'cpu', mem: 'mem' };

export function checkFit(values: LaunchValues, facts: FitFacts): Problem[] {
  const { amounts, limits, slotText } = facts;
  const { cpu, mem, accelerator } = amounts;
  const containers = Math.max(1, values.clusterSize ?? 1);
  const wanted: [string, number | null][] = [['cpu', cpu], ['mem', mem], ...(accelerator ? [[accelerator.slot, accelerator.amount] as [string, number | null]] : [])];
  const rooms = facts.agents.offered && ofArchitecture(facts.agents.offered, facts.architecture);
  const unrunnable =
    rooms?.length === 0 && (facts.agents.offered?.length ?? 0) > 0
      ? [warning('environment', 'image', 'neverArchitecture', { architecture: facts.architecture ?? '' })]
      : [];
  const short = wanted.flatMap(([slot, amount]) => {
    if (!amount) return [];
    const field = fields[slot] ?? 'accelerator';
    const total = amount * containers;
    for (const map of [limits.keypairLimits, limits.projectLimits]) {
      const most = readAmount(map?.[slot]);
      // A single container's own limit is an error of its own (SES-071).
      if (most !== null && total > most + 1e-9 && amount <= most) return [warning('environment', field, 'neverAllowed', { wanted: slotText(slot, total), most: slotText(slot, most) })];
    }
    if (rooms && rooms.length > 0) {
      const most = largest(rooms, slot);
      const together = values.clusterMode === 'multi-node' ? amount : total;
      if (together > most + 1e-9) return [warning('environment', field, 'neverAgent', { wanted: slotText(slot, together), most: slotText(slot, most) })];
    }
    return [];
  });
  return [...unrunnable, ...short];
}
