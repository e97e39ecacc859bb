import { suitsAccelerator } from '../../client/images';
import type { Image } from '../../client/images';
import type { Preset } from '../../client/presets';
import { environmentKey, imageId } from '../../parts/image-catalog';
import type { Environment } from '../../parts/image-catalog';
import { splitReference } from '../../parts/image-names';
import {
  acceleratorRange,
  automaticShm,
  cpuRange,
  imageMinimumMemory,
  isWholeSteps,
  judgeAmount,
  memoryRange,
  shmRange,
} from './launch-limits';
import type { LimitFacts } from './launch-limits';
import type { LaunchValues } from './launch-values';

/** From what was chosen to what it comes to: image, resource group and amounts (SES-061, SES-066). Pure. */

export interface Preselection {
  /** Last used image of this browser, `reference@architecture`. */
  lastImage: string | null;
  /** `[general] defaultSessionEnvironment` */
  configured: string;
}

function findEnvironment(environments: readonly Environment[], wished: string): Environment | undefined {
  const { registry, name } = splitReference(wished);
  const key = registry ? `${registry}/${name}` : name;
  return environments.find((one) => one.key === key) ?? environments.find((one) => one.key.endsWith(`/${key}`));
}

/** The very version where it is named, else the newest of the environment. */
function imageNamed(environments: readonly Environment[], wished: string): Image | null {
  const exact = environments.flatMap((one) => one.images).find((image) => imageId(image) === wished || image.reference === wished);
  return exact ?? findEnvironment(environments, wished)?.images[0] ?? null;
}

/** The image that stands in the selects before the user touches them. */
export function preselectedImage(environments: readonly Environment[], wish: Preselection): Image | null {
  for (const wished of [wish.lastImage, wish.configured]) {
    const found = wished && imageNamed(environments, wished);
    if (found) return found;
  }
  return environments[0]?.images[0] ?? null;
}

export function resolveImage(
  values: Pick<LaunchValues, 'environment' | 'image'>,
  environments: readonly Environment[],
  wish: Preselection,
): Image | null {
  if (values.image !== null) {
    for (const environment of environments) {
      // A link may name an image without its architecture.
      const found = environment.images.find((image) => imageId(image) === values.image || image.reference === values.image);
      if (found) return found;
    }
    return null;
  }
  // A name of the site's configuration may hold a tag too (SES-R95).
  if (values.environment !== null) return imageNamed(environments, values.environment);
  return preselectedImage(environments, wish);
}

export function environmentOf(image: Image | null, environments: readonly Environment[]): Environment | null {
  if (!image) return null;
  const key = environmentKey(image);
  return environments.find((one) => one.key === key) ?? null;
}

export type PresetObstacle = 'notAllocatable' | 'belowImage' | 'aboveMax' | 'accelerator' | 'slotUnknown' | 'step';

const isAccelerator = (slot: string): boolean => slot !== 'cpu' && slot !== 'mem';

/** The accelerator of a preset: the first kind with an amount. */
export function presetAccelerator(preset: Preset): { slot: string; amount: number } | null {
  const slot = Object.keys(preset.slots)
    .filter(isAccelerator)
    .find((one) => (preset.slots[one] ?? 0) > 0);
  return slot === undefined ? null : { slot, amount: preset.slots[slot] ?? 0 };
}

export interface ResolveFacts {
  limits: LimitFacts;
  image: Image | null;
  presets: readonly Preset[];
  /** Accelerator slots that the resource group has. */
  accelerators: readonly string[];
  allowCustom: boolean;
}

const suits = (facts: ResolveFacts, slot: string): boolean => !facts.image || suitsAccelerator(facts.image, slot);

/** SES-R16 and `allocatable`: why a preset can't be taken; null = it can. */
export function presetObstacle(preset: Preset, facts: ResolveFacts, clusterSize: number): PresetObstacle | null {
  const cpu = preset.slots['cpu'] ?? 0;
  const mem = preset.slots['mem'] ?? 0;
  const cpuLimits = cpuRange(facts.limits);
  const memLimits = memoryRange(facts.limits);
  const used = Object.keys(preset.slots).filter((slot) => isAccelerator(slot) && (preset.slots[slot] ?? 0) > 0);
  if (used.some((slot) => !facts.accelerators.includes(slot))) return 'slotUnknown';
  if (used.some((slot) => !suits(facts, slot))) return 'accelerator';
  if (cpu < cpuLimits.min || mem < memLimits.min) return 'belowImage';
  if (cpu > cpuLimits.max || mem > memLimits.max) return 'aboveMax';
  for (const slot of facts.accelerators) {
    const amount = preset.slots[slot] ?? 0;
    const range = acceleratorRange(facts.limits, slot, clusterSize);
    if (amount < range.min) return 'belowImage';
    if (amount > range.max) return 'aboveMax';
    if (!isWholeSteps(amount, range.step)) return 'step';
  }
  return preset.allocatable || facts.limits.advisory ? null : 'notAllocatable';
}

function bySize(a: Preset, b: Preset): number {
  const size = (preset: Preset) => [preset.slots['mem'] ?? 0, preset.slots['cpu'] ?? 0, presetAccelerator(preset)?.amount ?? 0];
  const left = size(a);
  const right = size(b);
  for (let i = 0; i < left.length; i += 1) {
    const difference = (right[i] ?? 0) - (left[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function fitsNow(preset: Preset, limits: LimitFacts, clusterSize: number): boolean {
  const fits = (amount: number, range: ReturnType<typeof cpuRange>) =>
    judgeAmount(amount, { ...range, min: 0, max: Infinity, step: 2 }, clusterSize).level === 'ok';
  if (!fits(preset.slots['cpu'] ?? 0, cpuRange(limits)) || !fits(preset.slots['mem'] ?? 0, memoryRange(limits))) return false;
  const accelerator = presetAccelerator(preset);
  return !accelerator || fits(accelerator.amount, acceleratorRange(limits, accelerator.slot, clusterSize));
}

/** The automatic choice (SES-066): the largest that fits the image and what remains, else the first allocatable. */
export function chooseAutomatically(facts: ResolveFacts, clusterSize: number): Preset | null {
  const suited = facts.presets.filter((preset) => presetObstacle(preset, facts, clusterSize) === null);
  const fitting = suited.filter((preset) => fitsNow(preset, facts.limits, clusterSize)).sort(bySize);
  return fitting[0] ?? suited[0] ?? null;
}

export interface Amounts {
  cpu: number | null;
  mem: number | null;
  shm: number | null;
  shmAuto: boolean;
  accelerator: { slot: string; amount: number | null } | null;
  /** Which preset the amounts are from. */
  preset: Preset | null;
}

/** Kinds of accelerators to choose from: the group's that the image can use. */
export function usableAccelerators(facts: ResolveFacts): string[] {
  return facts.accelerators.filter((slot) => suits(facts, slot));
}

function minimumAmounts(facts: ResolveFacts, clusterSize: number): Omit<Amounts, 'shm' | 'shmAuto' | 'preset'> {
  const needed = facts.accelerators
    .map((slot) => ({ slot, amount: acceleratorRange(facts.limits, slot, clusterSize).min }))
    .find((one) => one.amount > 0);
  return { cpu: cpuRange(facts.limits).min, mem: memoryRange(facts.limits).min, accelerator: needed ?? null };
}

/** Where the site allows presets only, a link's own amounts fall back to the automatic choice (SES-066). */
export function effectiveAllocation(values: LaunchValues, allowCustom: boolean): string {
  return !allowCustom && ['custom', 'minimum'].includes(values.allocation) ? 'auto' : values.allocation;
}

export function resolveAmounts(values: LaunchValues, facts: ResolveFacts): Amounts {
  const clusterSize = values.clusterSize ?? 1;
  const allocation = effectiveAllocation(values, facts.allowCustom);
  const wished = allocation.startsWith('preset:') ? allocation.slice('preset:'.length) : null;
  const preset =
    wished !== null
      ? (facts.presets.find((one) => one.name === wished) ?? null)
      : allocation === 'auto'
        ? chooseAutomatically(facts, clusterSize)
        : null;
  if (allocation === 'custom') {
    const shm =
      values.shmAuto && values.mem !== null ? automatic(facts, values.mem) : values.shm;
    const slot = values.acceleratorSlot;
    return {
      cpu: values.cpu,
      mem: values.mem,
      shm,
      shmAuto: values.shmAuto,
      accelerator: slot === null ? null : { slot, amount: values.accelerator },
      preset: null,
    };
  }
  const base = preset
    ? { cpu: preset.slots['cpu'] ?? null, mem: preset.slots['mem'] ?? null, accelerator: presetAccelerator(preset) }
    : minimumAmounts(facts, clusterSize);
  // Where the site allows presets only, the shared memory of a link has no field either.
  const shmAuto = values.shmAuto || !facts.allowCustom;
  const fromPreset = preset?.shmem ?? null;
  const shm = !shmAuto
    ? values.shm
    : fromPreset !== null && fromPreset > 0 && base.mem !== null
      ? presetShm(facts.limits, base.mem, fromPreset)
      : base.mem === null
        ? null
        : automatic(facts, base.mem);
  return { ...base, shm, shmAuto, preset };
}

/** As much of the preset's own as leaves the image its minimum: the server wants both together (pitfall 17). */
function presetShm(limits: LimitFacts, mem: number, wished: number): number {
  const { min, max } = shmRange(limits, mem);
  return Math.min(wished, max, Math.max(min, mem - imageMinimumMemory(limits)));
}

function automatic(facts: ResolveFacts, mem: number): number {
  return automaticShm(facts.limits, mem, facts.image?.preferredShmem ?? null);
}

/** Turns what a preset came to into the user's own amounts: touching a slider does this first (SES-066). */
export function toCustom(values: LaunchValues, amounts: Amounts): LaunchValues {
  if (values.allocation === 'custom') return values;
  return {
    ...values,
    allocation: 'custom',
    cpu: amounts.cpu,
    mem: amounts.mem,
    shm: amounts.shm,
    acceleratorSlot: amounts.accelerator?.slot ?? null,
    accelerator: amounts.accelerator?.amount ?? null,
  };
}
