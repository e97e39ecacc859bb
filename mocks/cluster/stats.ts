import { SECOND } from './clock';
import type { Context } from './context';
import { noise } from './rng';
import { pythonJson } from './slots';
import type { Agent, Kernel, Session } from './types';

/** "No capacity", as 26.5 and later write it. */
const NONE = '9223372036854775807';
/** Agents collect every five seconds. */
const INTERVAL = 5;

/** A slow wave with a little noise, 0…1: the same kernel at the same time always reads the same. */
function wave(seed: number, metric: number, time: number): number {
  const tick = Math.floor(time / INTERVAL);
  const phase = noise(seed, metric) * 6.283;
  const speed = 0.02 + noise(seed, metric + 50) * 0.05;
  const base = 0.5 + 0.38 * Math.sin(phase + tick * speed);
  return Math.min(1, Math.max(0, base + (noise(seed, tick * 131 + metric) - 0.5) * 0.16));
}

/** Kinds of accelerators a kernel holds: `cuda.shares` → `cuda`. */
export function accelerators(kernel: Kernel): string[] {
  const kinds = Object.entries(kernel.requestedSlots)
    .filter(([slot, amount]) => slot.includes('.') && amount > 0)
    .map(([slot]) => slot.split('.')[0] ?? slot);
  return [...new Set(kinds)];
}

/** One kernel in five idles: idle checks and colours need both. */
export function idles(kernel: Pick<Kernel, 'noise'>): boolean {
  return noise(kernel.noise, 7) < 0.2;
}

function busy(kernel: Kernel): number {
  return idles(kernel) ? 0.03 : 1;
}

/** Percent in use at a moment (now unless said), for the utilization check too. */
export function utilization(ctx: Context, kernel: Kernel, metric: string, at = ctx.now): number {
  const time = ageOf(kernel, at);
  const load = busy(kernel);
  if (metric === 'mem') return wave(kernel.noise, 3, time) * 80 * load;
  if (metric.startsWith('cpu')) return wave(kernel.noise, 1, time) * 90 * load;
  return wave(kernel.noise, metric.endsWith('_mem') ? 5 : 4, time) * 95 * load;
}

function ageOf(kernel: Kernel, now: number): number {
  const end = Math.min(kernel.terminatedAt ?? now, now);
  return kernel.startsAt === null ? 0 : Math.max(0, (end - kernel.startsAt) / SECOND);
}

interface Reading {
  current: number;
  capacity: number | null;
  pct: number;
  unit: string;
  stats?: Partial<Record<'min' | 'max' | 'sum' | 'avg' | 'diff' | 'rate', number>>;
}

function metricText(reading: Reading, sentinel: boolean): Record<string, string | null> {
  const decimal = (n: number): string => String(Math.round(n * 1e6) / 1e6);
  const capacity = reading.capacity === null ? (sentinel ? NONE : null) : decimal(reading.capacity);
  const stats = reading.stats ?? {};
  const entry = (name: keyof typeof stats): string => decimal(stats[name] ?? 0);
  return {
    current: decimal(reading.current),
    capacity,
    pct: reading.pct.toFixed(2),
    unit_hint: reading.unit,
    'stats.min': entry('min'),
    'stats.max': entry('max'),
    'stats.sum': entry('sum'),
    'stats.avg': entry('avg'),
    'stats.diff': entry('diff'),
    'stats.rate': entry('rate'),
    'stats.version': null,
  };
}

/** SES-R60. Null without a container, and until the first collection. */
export function kernelLiveStat(ctx: Context, session: Session, kernel: Kernel): string | null {
  if (kernel.containerId === null || kernel.startsAt === null) return null;
  const time = ageOf(kernel, ctx.now);
  if (time < INTERVAL) return null;
  if (kernel.lastStat !== null && session.status === 'TERMINATED') return kernel.lastStat;
  const seed = kernel.noise;
  const tick = Math.floor(time / INTERVAL) * INTERVAL;
  const cores = kernel.requestedSlots['cpu'] ?? 1;
  const memory = kernel.requestedSlots['mem'] ?? 0;
  const load = utilization(ctx, kernel, 'cpu_util');
  const memUsed = Math.round((memory * utilization(ctx, kernel, 'mem')) / 100);
  const rx = Math.round(wave(seed, 8, time) * 180_000 * busy(kernel));
  const tx = Math.round(wave(seed, 9, time) * 60_000 * busy(kernel));
  const readRate = Math.round(wave(seed, 10, time) * 4e6);
  const writeRate = Math.round(wave(seed, 11, time) * 2e6);
  // From 26.5 on the share is of all cores; before, 100 % is one core.
  const newer = ctx.atLeast('26.5');
  const cpu: Reading = newer
    ? { current: load * cores, capacity: cores * 100, pct: load, unit: 'percent' }
    : { current: load * cores, capacity: 100, pct: load * cores, unit: 'percent' };
  const readings: Record<string, Reading> = {
    cpu_used: { current: tick * 1000 * cores * 0.45 * busy(kernel), capacity: null, pct: 0, unit: 'msec' },
    cpu_util: { ...cpu, stats: { max: cpu.current * 1.1, avg: cpu.current * 0.9 } },
    ...acceleratorReadings(ctx, kernel),
    io_read: { current: readRate * tick * 0.05, capacity: null, pct: 0, unit: 'bytes', stats: { rate: readRate } },
    io_scratch_size: { current: 4096, capacity: 0, pct: 0, unit: 'bytes' },
    io_write: { current: writeRate * tick * 0.05, capacity: null, pct: 0, unit: 'bytes', stats: { rate: writeRate } },
    mem: { current: memUsed, capacity: memory, pct: memory > 0 ? (memUsed / memory) * 100 : 0, unit: 'bytes', stats: { max: memUsed } },
    net_rx: { current: rx, capacity: null, pct: 0, unit: 'bps', stats: { rate: rx } },
    net_tx: { current: tx, capacity: null, pct: 0, unit: 'bps', stats: { rate: tx } },
  };
  return pythonJson(
    Object.fromEntries(Object.entries(readings).map(([name, reading]) => [name, metricText(reading, newer)])),
  );
}

function acceleratorReadings(ctx: Context, kernel: Kernel): Record<string, Reading> {
  const readings: Record<string, Reading> = {};
  const agent = kernel.agentId === null ? undefined : ctx.state.agents[kernel.agentId];
  for (const kind of accelerators(kernel)) {
    const device = agent?.devices[kind]?.[0];
    const amount = kernel.requestedSlots[`${kind}.shares`] ?? kernel.requestedSlots[`${kind}.device`] ?? 1;
    const capacity = Math.round(((device?.memory ?? 40 * 2 ** 30) / (device?.shares ?? 1)) * amount);
    const memory = utilization(ctx, kernel, `${kind}_mem`);
    const util = utilization(ctx, kernel, `${kind}_util`);
    readings[`${kind}_mem`] = { current: Math.round((capacity * memory) / 100), capacity, pct: memory, unit: 'bytes' };
    readings[`${kind}_util`] = {
      current: util * Math.ceil(amount),
      capacity: 100 * Math.ceil(amount),
      pct: util,
      unit: 'percent',
      stats: { avg: util },
    };
  }
  return readings;
}

/** `live_stat` of an agent: the node's sums and each device. */
export function agentLiveStat(ctx: Context, agent: Agent): string {
  const seed = agent.firstContact % 1_000_003;
  const time = ctx.now / SECOND;
  const text = (n: number): string => String(Math.round(n * 1000) / 1000);
  const entry = (current: number, capacity: number, unit: string): Record<string, string> => ({
    current: text(current),
    capacity: text(capacity),
    pct: text(capacity > 0 ? (current / capacity) * 100 : 0),
    unit_hint: unit,
  });
  const cores = agent.available['cpu'] ?? 0;
  const memory = agent.available['mem'] ?? 0;
  const share = (slot: string): number => (agent.occupied[slot] ?? 0) / Math.max(1, agent.available[slot] ?? 1);
  const node: Record<string, unknown> = {
    cpu_util: entry(share('cpu') * wave(seed, 1, time) * cores * 100, cores * 100, 'percent'),
    mem: entry((0.05 + share('mem') * wave(seed, 2, time) * 0.9) * memory, memory, 'bytes'),
  };
  const devices: Record<string, unknown> = {};
  for (const [kind, list] of Object.entries(agent.devices)) {
    const util = list.map((device, i) => [device.id, wave(seed, 20 + i, time)] as const);
    const total = list.reduce((sum, device) => sum + device.memory, 0);
    const mean = util.reduce((sum, [, n]) => sum + n, 0) / Math.max(1, list.length);
    node[`${kind}_util`] = entry(mean * 100 * list.length, 100 * list.length, 'percent');
    node[`${kind}_mem`] = entry(mean * total, total, 'bytes');
    devices[`${kind}_util`] = Object.fromEntries(util.map(([id, n]) => [id, entry(n * 100, 100, 'percent')]));
    devices[`${kind}_mem`] = Object.fromEntries(
      util.map(([id, n], i) => [id, entry(n * (list[i]?.memory ?? 0), list[i]?.memory ?? 0, 'bytes')]),
    );
  }
  return pythonJson({ node, devices });
}
