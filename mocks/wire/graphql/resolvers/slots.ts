import type { Cluster } from '../../../cluster/api';
import { slotsText } from '../../../cluster/slots';
import type { Slots } from '../../../cluster/types';

export function slotsOrEmpty(slots: Slots | null | undefined): Record<string, string> {
  return slotsText(slots ?? {});
}

/** The database keeps objects with shorter keys first, equal lengths by letter: times of statuses arrive so, not in order. */
export function historyText(cluster: Cluster, history: Record<string, number>): Record<string, string> {
  const names = Object.keys(history).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, cluster.iso(history[name] ?? 0)]));
}

