import { formatAmount, formatBytes } from '../../lib/quantities';
import { suitsAccelerator } from '../../client/images';
import type { Image } from '../../client/images';
import { sessionNamePattern } from '../../client/session-rules';
import { checkFit } from './launch-check-fit';
import { checkMore } from './launch-check-more';
import type { MoreFacts } from './launch-check-more';
import {
  acceleratorRange,
  clusterSizeMax,
  cpuRange,
  imageMinimumMemory,
  isWholeSteps,
  judgeAmount,
  memoryRange,
  sessionsMax,
  shmRange,
} from './launch-limits';
import type { LimitFacts, Range } from './launch-limits';
import type { ResolveFacts } from './launch-resolve';
import { presetObstacle } from './launch-resolve';
import { environNamePattern, isReservedEnviron } from './launch-values';
import type { LaunchValues, Step } from './launch-values';
import { isManual } from './manual-image';
import { aliasProblem, isSubpath } from './mount-rules';
import { isAmbiguous } from './mounted-folders';
import { portProblem } from './port-rules';
import { error, warning } from './problem';
import type { Problem } from './problem';

/** Everything that is wrong or worth a warning in a form, each at its field (SES-111). Pure. */

export interface CheckFacts extends MoreFacts {
  now: number;
  image: Image | null;
  imagesKnown: boolean;
  resourceGroup: string | null;
  resourceGroups: readonly string[] | null;
  resolve: ResolveFacts;
  limits: LimitFacts;
  /** Before the cluster has said what is there, amounts are not judged. */
  amountsKnown: boolean;
  maxConcurrent: number | null;
  maxContainers: number | null;
  slotName: (slot: string) => string;
  folders: readonly { id: string; name: string; obstacle: string | null }[] | null;
  automounts: readonly string[];
  apps: ReadonlyMap<number, string>;
  maxPorts: number;
  canTimeout: boolean;
  canSubpath: boolean;
  /** The site lets one name an image by hand (SES-062). */
  manualImage: boolean;
}

/** A cluster of several containers is started once (SES-074). */
export function sessionCount(values: LaunchValues): number {
  return (values.clusterSize ?? 1) > 1 ? 1 : (values.sessions ?? 1);
}

export function containerCount(values: LaunchValues): number {
  return Math.max(1, values.clusterSize ?? 1);
}

function checkType(values: LaunchValues, facts: CheckFacts): Problem[] {
  const problems: Problem[] = [];
  const name = values.name.trim();
  if (name !== '') {
    // N sessions are called <name>-<4 letters>-<number>, which must stay within the same rule.
    const room = sessionCount(values) > 1 ? 64 - 6 - String(sessionCount(values)).length : 64;
    if (!sessionNamePattern.test(name)) problems.push(error('type', 'name', name.length < 4 ? 'nameShort' : name.length > 64 ? 'nameLong' : 'nameFormat'));
    else if (name.length > room) problems.push(error('type', 'name', 'nameRoom', { max: room }));
  }
  if (values.type !== 'batch') return problems;
  if (values.startupCommand.trim() === '') {
    problems.push(error('type', 'startupCommand', values.dropped.includes('startupCommand') ? 'secretDropped' : 'commandMissing'));
  }
  if (values.startEnabled) {
    const at = Date.parse(values.startAt);
    if (Number.isNaN(at)) problems.push(error('type', 'startAt', 'startMissing'));
    else if (at <= facts.now) problems.push(error('type', 'startAt', 'startPast'));
  }
  if (values.timeoutEnabled && facts.canTimeout && !(Number.isInteger(values.timeout) && (values.timeout ?? 0) >= 1)) {
    problems.push(error('type', 'timeout', 'countMissing'));
  }
  return problems;
}

function checkEnviron(values: LaunchValues): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const { key, name, value, missing } of values.environ) {
    const at = (part: 'name' | 'value') => `environ:${key}:${part}`;
    if (name === '') problems.push(error('environment', at('name'), 'environNameMissing'));
    else if (!environNamePattern.test(name)) problems.push(error('environment', at('name'), 'environNameFormat'));
    else if (seen.has(name)) problems.push(error('environment', at('name'), 'environNameTwice', { name }));
    else if (isReservedEnviron(name)) problems.push(warning('environment', at('name'), 'environReserved', { name }));
    seen.add(name);
    if (value === '') problems.push(error('environment', at('value'), missing ? 'environSecret' : 'environValueMissing', { name }));
  }
  return problems;
}

function amountProblem(field: string, amount: number | null, range: Range, times: number, show: (n: number) => string): Problem[] {
  const verdict = judgeAmount(amount, range, times);
  if (verdict.level === 'ok') return [];
  const make = verdict.level === 'error' ? error : warning;
  return [
    make('environment', field, verdict.problem, {
      min: show(range.min),
      max: show(range.max),
      // Amounts in words have two decimals: a step of 0.125 would name others that are refused.
      step: isWholeSteps(range.step, 0.01) ? show(range.step) : range.step,
      remaining: show(range.remaining),
      wanted: show((amount ?? 0) * times),
    }),
  ];
}

function checkShm(facts: CheckFacts): Problem[] {
  const { shm, mem, shmAuto } = facts.amounts;
  if (shmAuto) return [];
  if (shm === null) return [error('environment', 'shm', 'missing')];
  const { min, max } = shmRange(facts.limits, null);
  if (shm < min) return [error('environment', 'shm', 'belowMin', { min: formatBytes(min) })];
  if (mem !== null && shm >= mem) return [error('environment', 'shm', 'shmAboveMemory')];
  if (shm > max) return [error('environment', 'shm', 'aboveMax', { max: formatBytes(max) })];
  const image = imageMinimumMemory(facts.limits);
  if (mem !== null && mem < image + shm) {
    return [error('environment', 'shm', 'shmLeavesTooLittle', { image: formatBytes(image) })];
  }
  return [];
}

function checkAccelerator(values: LaunchValues, facts: CheckFacts, times: number): Problem[] {
  const { accelerator } = facts.amounts;
  const size = containerCount(values);
  const needed = facts.resolve.accelerators.find(
    (slot) => slot !== accelerator?.slot && acceleratorRange(facts.limits, slot, size).min > 0,
  );
  if (needed) {
    const { min } = acceleratorRange(facts.limits, needed, size);
    return [error('environment', 'accelerator', 'acceleratorNeeded', { amount: facts.slotText(needed, min) })];
  }
  if (!accelerator || accelerator.amount === 0) return [];
  const { slot, amount } = accelerator;
  if (!facts.resolve.accelerators.includes(slot)) {
    return [error('environment', 'accelerator', 'acceleratorUnknown', { name: facts.slotName(slot) })];
  }
  if (facts.image && !suitsAccelerator(facts.image, slot)) {
    return [error('environment', 'accelerator', 'acceleratorUnsupported', { name: facts.slotName(slot) })];
  }
  const range = acceleratorRange(facts.limits, slot, size);
  return amountProblem('accelerator', amount, range, times, (n) => facts.slotText(slot, n));
}

function checkResources(values: LaunchValues, facts: CheckFacts): Problem[] {
  const problems: Problem[] = [];
  if (facts.resourceGroups !== null) {
    if (facts.resourceGroups.length === 0) return [error('environment', 'resourceGroup', 'resourceGroupNone')];
    if (facts.resourceGroup === null || !facts.resourceGroups.includes(facts.resourceGroup)) {
      return [error('environment', 'resourceGroup', 'resourceGroupGone', { name: facts.resourceGroup ?? '' })];
    }
  }
  if (!facts.amountsKnown) return [];
  if (values.allocation.startsWith('preset:')) {
    const preset = facts.amounts.preset;
    const name = values.allocation.slice('preset:'.length);
    if (!preset) return [error('environment', 'allocation', 'presetGone', { name })];
    const obstacle = presetObstacle(preset, facts.resolve, containerCount(values));
    // Where the amounts have fields of their own, theirs is the problem.
    const fieldless = !facts.resolve.allowCustom && (obstacle === 'belowImage' || obstacle === 'aboveMax' || obstacle === 'step');
    if (obstacle === 'slotUnknown' || obstacle === 'accelerator' || fieldless) {
      return [error('environment', 'allocation', 'presetUnfit', { name })];
    }
  }
  if (!facts.resolve.allowCustom && !facts.amounts.preset && facts.imagesKnown) {
    return [error('environment', 'allocation', 'presetNone')];
  }
  const times = containerCount(values) * sessionCount(values);
  problems.push(
    ...amountProblem('cpu', facts.amounts.cpu, cpuRange(facts.limits), times, (n) => formatAmount(n)),
    ...amountProblem('mem', facts.amounts.mem, memoryRange(facts.limits), times, (n) => formatBytes(n)),
    ...checkShm(facts),
    ...checkAccelerator(values, facts, times),
  );
  const maxSize = clusterSizeMax(facts.maxContainers);
  const size = values.clusterSize;
  if (size === null || !Number.isInteger(size) || size < 1) problems.push(error('environment', 'clusterSize', 'countMissing'));
  else if (size > maxSize && facts.maxContainers !== null) {
    problems.push(error('environment', 'clusterSize', 'aboveMax', { max: maxSize }));
  } else if (size === 1 && values.clusterMode === 'multi-node') {
    problems.push(warning('environment', 'clusterSize', 'multiNodeOfOne'));
  }
  if ((size ?? 1) <= 1) {
    const most = sessionsMax(facts.maxConcurrent);
    if (values.sessions === null || !Number.isInteger(values.sessions) || values.sessions < 1) {
      problems.push(error('environment', 'sessions', 'countMissing'));
    } else if (values.sessions > most) problems.push(error('environment', 'sessions', 'aboveMax', { max: most }));
  }
  return problems;
}

function checkImage(values: LaunchValues, facts: CheckFacts): Problem[] {
  if (facts.image || !facts.imagesKnown) return [];
  if (isManual(values, facts.manualImage)) return [error('environment', 'imageName', 'imageNameFormat')];
  const chosen = values.image ?? values.environment;
  return [chosen ? error('environment', 'image', 'imageGone', { name: chosen }) : error('environment', 'image', 'imageNone')];
}

function checkMounts(values: LaunchValues, facts: CheckFacts): Problem[] {
  const folders = facts.folders;
  if (folders === null) return [];
  return values.mounts.flatMap((mount) => {
    const field = `mount:${mount.id}`;
    const folder = folders.find((one) => one.id === mount.id);
    if (!folder) return [error('data', field, isAmbiguous(mount, folders) ? 'mountAmbiguous' : 'mountGone', { name: mount.name })];
    if (folder.obstacle) return [error('data', field, 'mountRefused', { name: mount.name })];
    if (facts.canSubpath && !isSubpath(mount.subpath ?? '')) return [error('data', field, 'subpath')];
    const problem = aliasProblem(mount.id, { mounts: values.mounts, folders, automounts: facts.automounts });
    return problem ? [error('data', field, problem, { name: mount.name })] : [];
  });
}

function checkPorts(values: LaunchValues, facts: CheckFacts): Problem[] {
  if (values.portText.trim() !== '' && facts.maxPorts > 0) {
    return [error('network', 'ports', 'portLeft', { text: values.portText.trim() })];
  }
  if (values.ports.length > facts.maxPorts) return [error('network', 'ports', 'portTooMany', { max: facts.maxPorts })];
  for (const port of values.ports) {
    const problem = portProblem(port, facts.apps);
    if (problem) return [error('network', 'ports', problem, { text: port, app: facts.apps.get(port) ?? '' })];
  }
  return [];
}

export function checkLaunch(values: LaunchValues, facts: CheckFacts): Problem[] {
  return [
    ...checkType(values, facts),
    ...checkImage(values, facts),
    ...checkEnviron(values),
    // First, because it lasts longer than having to wait.
    ...(facts.amountsKnown ? checkFit(values, facts) : []),
    ...checkResources(values, facts),
    ...checkMounts(values, facts),
    ...checkPorts(values, facts),
    ...checkMore(values, facts),
  ];
}

export type Missing = 'images' | 'resourceGroups' | 'presets' | 'folders';

const placeOfMissing: Record<Missing, readonly [Step, string]> = {
  images: ['environment', 'image'],
  resourceGroups: ['environment', 'resourceGroup'],
  presets: ['environment', 'allocation'],
  folders: ['data', 'mounts'],
};

/** What could not be loaded bars a launch, but for folders that nobody wants to mount. */
export function problemsOfMissing(missing: readonly Missing[], values: LaunchValues): Problem[] {
  return [...new Set(missing)].map((of) => {
    const [step, field] = placeOfMissing[of];
    const make = of === 'folders' && values.mounts.length === 0 ? warning : error;
    return make(step, field, 'unavailable');
  });
}
