import { GIB, MIB, parseAmount } from '../../lib/quantities';

/**
 * How much of each resource one container may have (SES-R10…R16), per container. Pure.
 * Amounts come from the manager and from config.toml: numbers, or texts such as "16", "Infinity", "NaN", or nothing
 * at all. A limit that is missing, endless or not disclosed is no limit.
 */

export type AmountMap = Readonly<Record<string, unknown>>;


/** Smallest shared memory (SES-069), and the room that the server wants beside an image's minimum (SES-R11). */
export const minimumShm = 64 * MIB;
const memoryStep = 0.05;

/** The number behind a value of the manager; null where there is none. */
export function readAmount(value: unknown): number | null {
  const amount = parseAmount(value);
  return Number.isNaN(amount) ? null : amount;
}

/** The least of an image; what is endless or below nothing says nothing. */
function minimumOf(facts: LimitFacts, slot: string): number {
  const amount = readAmount(facts.imageMinimum[slot]);
  return amount !== null && Number.isFinite(amount) ? Math.max(0, amount) : 0;
}

function limitOf(map: AmountMap | null | undefined, slot: string): number {
  const amount = readAmount(map?.[slot]);
  return amount === null ? Infinity : amount;
}

export interface LimitFacts {
  /** Section `[resources]` of config.toml. */
  caps: AmountMap;
  keypairLimits: AmountMap | null;
  projectLimits: AmountMap | null;
  keypairRemaining: AmountMap | null;
  projectRemaining: AmountMap | null;
  /** What I use in this resource group and what is free there for me; null while not known. */
  groupUsing: AmountMap | null;
  groupRemaining: AmountMap | null;
  /** Smallest amounts of the image, memory in bytes. */
  imageMinimum: AmountMap;
  /** Smallest part of an accelerator in this group (25.5+). */
  quantum: number | null;
  /** For somebody else: what is free is told as whoever asks may have it. It warns and bars nothing (pitfall 12). */
  advisory?: boolean;
}

export interface Range {
  min: number;
  /** Above it the server never starts the session; Infinity = no limit. */
  max: number;
  step: number;
  /** Free now for me in this group, never below 0; Infinity = not known (SES-R13). */
  remaining: number;
}

/** A slot that the group's maps leave out is not there: 0. Before the maps are known nothing is said. */
function groupBound(facts: LimitFacts, slot: string): number {
  if (!facts.groupRemaining) return Infinity;
  const remaining = readAmount(facts.groupRemaining[slot]) ?? 0;
  const using = readAmount(facts.groupUsing?.[slot]) ?? 0;
  return Math.max(0, remaining) + Math.max(0, using);
}

/** SES-R13. */
export function remainingOf(facts: LimitFacts, slot: string): number {
  const group = facts.groupRemaining ? (readAmount(facts.groupRemaining[slot]) ?? 0) : Infinity;
  return Math.max(0, Math.min(group, limitOf(facts.keypairRemaining, slot), limitOf(facts.projectRemaining, slot)));
}

function upperBound(facts: LimitFacts, slot: string, cap: number, min: number): number {
  const lasting = Math.max(0, Math.min(cap, limitOf(facts.keypairLimits, slot), limitOf(facts.projectLimits, slot)));
  if (facts.advisory) return lasting;
  const group = groupBound(facts, slot);
  // A group that has nothing left for the smallest session is full for now, not too small for ever: such a session
  // may be launched and waits (SES-071).
  return group >= min ? Math.min(lasting, group) : lasting;
}

export function cpuRange(facts: LimitFacts): Range {
  const min = Math.max(1, Math.ceil(minimumOf(facts, 'cpu')));
  const cap = readAmount(facts.caps['maxCPUCoresPerContainer']) ?? 64;
  return { min, max: Math.floor(upperBound(facts, 'cpu', cap, min)), step: 1, remaining: remainingOf(facts, 'cpu') };
}

export function imageMinimumMemory(facts: LimitFacts): number {
  return Math.max(minimumOf(facts, 'mem'), 64 * MIB);
}

/** Bytes. The server adds the shared memory to the image's minimum, so that much more is the least (SES-R11). */
export function memoryRange(facts: LimitFacts): Range {
  const min = imageMinimumMemory(facts) + minimumShm;
  const cap = (readAmount(facts.caps['maxMemoryPerContainer']) ?? 64) * GIB;
  return {
    min,
    max: upperBound(facts, 'mem', cap, min),
    step: Math.round(memoryStep * GIB),
    remaining: remainingOf(facts, 'mem'),
  };
}

/** Bytes; `memory` is the container's. The server wants strictly less than the memory. */
export function shmRange(facts: LimitFacts, memory: number | null): { min: number; max: number } {
  const cap = Math.max(0, (readAmount(facts.caps['maxShmPerContainer']) ?? 2) * GIB);
  return { min: minimumShm, max: memory === null ? cap : Math.min(cap, Math.max(0, memory - MIB)) };
}

/** SES-R15: what is taken when the user leaves it to the console. `preferred` = the image's own wish, in bytes. */
export function automaticShm(facts: LimitFacts, memory: number, preferred: number | null): number {
  const image = imageMinimumMemory(facts);
  const { min, max } = shmRange(facts, memory);
  if (preferred !== null && preferred >= min && preferred <= max && memory >= image + preferred) return preferred;
  const roomy = memory >= 4 * GIB && memory >= image + GIB && max >= GIB;
  return roomy ? GIB : minimumShm;
}

interface AcceleratorRule {
  caps: readonly string[];
  fallback: number;
  /** Can be split: the step is the group's quantum. */
  fractional?: boolean;
}

const acceleratorRules: Record<string, AcceleratorRule> = {
  'cuda.device': { caps: ['maxCUDADevicesPerContainer'], fallback: 16 },
  'cuda.shares': { caps: ['maxCUDASharesPerContainer'], fallback: 16, fractional: true },
  'rocm.device': { caps: ['maxROCMDevicesPerContainer'], fallback: 10 },
  'tpu.device': { caps: ['maxTPUDevicesPerContainer'], fallback: 8 },
  'ipu.device': { caps: ['maxIPUDevicesPerContainer'], fallback: 8 },
  'atom.device': { caps: ['maxATOMDevicesPerContainer'], fallback: 8 },
  // The webserver spells it with a small l.
  'atom-plus.device': {
    caps: ['maxATOMPlUSDevicesPerContainer', 'maxATOMPlusDevicesPerContainer', 'maxATOMPLUSDevicesPerContainer'],
    fallback: 8,
  },
  'gaudi2.device': { caps: ['maxGaudi2DevicesPerContainer'], fallback: 8 },
  'warboy.device': { caps: ['maxWarboyDevicesPerContainer'], fallback: 8 },
  'hyperaccel-lpu.device': { caps: ['maxHyperaccelLPUDevicesPerContainer'], fallback: 8 },
};

/** SES-R12. */
export function acceleratorRange(facts: LimitFacts, slot: string, clusterSize: number): Range {
  const rule = acceleratorRules[slot] ?? { caps: [], fallback: 8 };
  const cap = rule.caps.map((key) => readAmount(facts.caps[key])).find((value) => value !== null) ?? rule.fallback;
  const quantum = facts.quantum !== null && facts.quantum > 0 && Number.isFinite(facts.quantum) ? facts.quantum : 0.1;
  const step = rule.fractional && clusterSize <= 1 ? quantum : 1;
  // The least that can be asked for: an image's 0.1 is a whole one in a cluster.
  const min = ceilTo(minimumOf(facts, slot), step);
  return {
    min,
    max: floorTo(upperBound(facts, slot, cap, Math.max(min, step)), step),
    step,
    remaining: remainingOf(facts, slot),
  };
}

/** Down to a whole number of steps, without the dust of binary fractions. */
export function floorTo(value: number, step: number): number {
  if (!Number.isFinite(value)) return value;
  return Number((Math.floor(value / step + 1e-9) * step).toFixed(6));
}

function ceilTo(value: number, step: number): number {
  return Number((Math.ceil(value / step - 1e-9) * step).toFixed(6));
}

export function isWholeSteps(value: number, step: number): boolean {
  const parts = value / step;
  return Math.abs(parts - Math.round(parts)) < 1e-6;
}

/** Where no policy limits it; each session is a request of its own. */
const mostSessionsAtOnce = 100;

/** SES-R14. */
export function sessionsMax(maxConcurrent: unknown): number {
  const limit = readAmount(maxConcurrent);
  return limit === null || limit <= 0 || limit === Infinity ? mostSessionsAtOnce : Math.floor(limit);
}

/** SES-R14, SES-350: never above 100. */
export function clusterSizeMax(maxContainers: unknown): number {
  const limit = readAmount(maxContainers);
  return limit === null || limit < 1 ? 1 : Math.min(100, Math.floor(limit));
}

export type AmountVerdict =
  | { level: 'ok' }
  | { level: 'error'; problem: 'missing' | 'belowMin' | 'aboveMax' | 'step' }
  | { level: 'warning'; problem: 'queue' };

/** `times`: containers × sessions. */
export function judgeAmount(amount: number | null, range: Range, times: number): AmountVerdict {
  if (amount === null || !Number.isFinite(amount)) return { level: 'error', problem: 'missing' };
  if (amount < range.min) return { level: 'error', problem: 'belowMin' };
  if (amount > range.max) return { level: 'error', problem: 'aboveMax' };
  if (range.step <= 1 && !isWholeSteps(amount, range.step)) return { level: 'error', problem: 'step' };
  if (amount * times > range.remaining + 1e-9) return { level: 'warning', problem: 'queue' };
  return { level: 'ok' };
}
