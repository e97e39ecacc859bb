import type { Kernel, LiveMetric, LiveStat } from '../client/sessions-types';
import type { Slots } from '../client/slots';

/** What containers use of what they were given, out of `live_stat` (SES-R60). Pure, tested. */

export interface UsageFigure {
  /** `cpu`, `mem`, or the accelerator's figure as the manager names it (`cuda_util`, `cuda_mem`). */
  key: string;
  /** Kind of accelerator (`cuda`), null for CPU and memory. */
  kind: string | null;
  measure: 'percent' | 'bytes';
  /** 0…100 of the allotted amount; null = no figure. */
  percent: number | null;
  /** Bytes, for memory figures. */
  used: number | null;
  total: number | null;
}

export interface Measured {
  liveStat: LiveStat | null;
  occupiedSlots: Slots;
}

/** Which of the manager's figures: of now, their average or their highest since the start. */
export const usageModes = ['now', 'average', 'highest'] as const;
export type UsageMode = (typeof usageModes)[number];

/**
 * The figure of a mode, in the unit of `current`. The manager writes 0 for what it does not collect: an average or
 * maximum that the figure of now contradicts is none.
 */
function figureOf(metric: LiveMetric | undefined, mode: UsageMode): number | null {
  if (!metric) return null;
  if (mode === 'now') return metric.current;
  const value = mode === 'average' ? metric.avg : metric.max;
  if (value === null) return null;
  const now = metric.current ?? 0;
  return (mode === 'highest' && value < now) || (value === 0 && now > 0) ? null : value;
}

const cap = (percent: number) => Math.min(100, Math.max(0, percent));

function average(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function total(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/**
 * 100 % of `cpu_util` is one core. Newer managers give `pct` of all cores already, with a capacity of 100 for each;
 * `current` stays in cores' percent everywhere, so it is divided by the cores.
 */
function cpuPercent({ liveStat, occupiedSlots }: Measured, mode: UsageMode): number | null {
  const metric = liveStat?.cpu_util;
  const ofCores = figureOf(metric, mode) ?? (mode === 'now' ? (metric?.pct ?? null) : null);
  return ofCores === null ? null : cap(ofCores / Math.max(1, occupiedSlots.cpu ?? 1));
}

function bytesFigure(
  key: string,
  kind: string | null,
  containers: readonly Measured[],
  mode: UsageMode,
  given: (one: Measured) => number | null,
): UsageFigure {
  const measured = containers.filter((one) => figureOf(one.liveStat?.[key], mode) !== null);
  const used = total(measured.map((one) => figureOf(one.liveStat?.[key], mode)));
  const allotted = total(measured.map(given));
  const percent = used === null || allotted === null || allotted <= 0 ? null : cap((used / allotted) * 100);
  return { key, kind, measure: 'bytes', percent, used, total: allotted };
}

/** Of the allotted devices: `pct` is of all of them, the other figures add them up as `current` does. */
function utilPercent(metric: LiveMetric | undefined, mode: UsageMode): number | null {
  if (mode === 'now') return metric?.pct ?? metric?.current ?? null;
  const value = figureOf(metric, mode);
  if (value === null || !metric?.current || metric.pct === null) return value;
  return (value * metric.pct) / metric.current;
}

/** Several containers: the percents' average, the bytes' sum. [] while nothing is measured. */
export function usageOf(containers: readonly Measured[], mode: UsageMode = 'now'): UsageFigure[] {
  const metrics = new Set(containers.flatMap((one) => Object.keys(one.liveStat ?? {})));
  if (metrics.size === 0) return [];
  const figures: UsageFigure[] = [
    { key: 'cpu', kind: null, measure: 'percent', percent: average(containers.map((one) => cpuPercent(one, mode))), used: null, total: null },
    // The capacity of `mem` may be the host's: what was allotted is the measure.
    bytesFigure('mem', null, containers, mode, (one) => one.occupiedSlots.mem ?? one.liveStat?.mem?.capacity ?? null),
  ];
  // Load before memory, as with the CPU.
  for (const key of [...metrics].sort().reverse()) {
    const [, kind, part] = /^(.+)_(util|mem)$/.exec(key) ?? [];
    if (!kind || kind === 'cpu') continue;
    if (part === 'util') {
      const percent = average(containers.map((one) => utilPercent(one.liveStat?.[key], mode)));
      figures.push({ key, kind, measure: 'percent', percent: percent === null ? null : cap(percent), used: null, total: null });
    } else figures.push(bytesFigure(key, kind, containers, mode, (one) => one.liveStat?.[key]?.capacity ?? null));
  }
  return figures;
}

/** A container that has ended is measured no more: its last figures would be taken for live ones. */
export function liveContainers(kernels: readonly Kernel[]): Kernel[] {
  return kernels.filter((kernel) => kernel.liveStat !== null && kernel.status !== 'TERMINATED' && kernel.status !== 'CANCELLED');
}

export interface IoFigure {
  key: 'netRx' | 'netTx' | 'ioRead' | 'ioWrite' | 'scratch';
  /** Bytes a second; null where the manager tells none. */
  rate: number | null;
  /** Bytes since the start, or now for the scratch space. */
  total: number | null;
}

/** SES-260: traffic, reads and writes, scratch space, summed over the containers. Only what is measured. */
export function ioOf(containers: readonly Measured[]): IoFigure[] {
  const sum = (metric: string, part: 'current' | 'rate') => total(containers.map((one) => one.liveStat?.[metric]?.[part] ?? null));
  const figures: IoFigure[] = [
    // What the network's metrics count is bytes a second already.
    { key: 'netRx', rate: sum('net_rx', 'current'), total: null },
    { key: 'netTx', rate: sum('net_tx', 'current'), total: null },
    { key: 'ioRead', rate: sum('io_read', 'rate'), total: sum('io_read', 'current') },
    { key: 'ioWrite', rate: sum('io_write', 'rate'), total: sum('io_write', 'current') },
    { key: 'scratch', rate: null, total: sum('io_scratch_size', 'current') },
  ];
  return figures.filter(({ rate, total: all }) => rate !== null || all !== null);
}
