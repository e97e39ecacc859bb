import type { Step } from './launch-values';
import type { AliasProblem } from './mount-rules';
import type { PortProblem } from './port-rules';

/** What is wrong or worth a warning, at its field. */

type AmountProblem = 'missing' | 'belowMin' | 'aboveMax' | 'step' | 'queue';

/** Keys below `launcher.problem`. */
export type ProblemId =
  | AmountProblem
  | AliasProblem
  | PortProblem
  | 'countMissing'
  | 'nameShort'
  | 'nameLong'
  | 'nameFormat'
  | 'nameRoom'
  | 'nameTaken'
  | 'commandMissing'
  | 'startMissing'
  | 'startPast'
  | 'imageGone'
  | 'imageNone'
  | 'environNameMissing'
  | 'environNameFormat'
  | 'environNameTwice'
  | 'environReserved'
  | 'environValueMissing'
  | 'environSecret'
  | 'resourceGroupNone'
  | 'resourceGroupGone'
  | 'presetGone'
  | 'presetUnfit'
  | 'presetNone'
  | 'shmAboveMemory'
  | 'shmLeavesTooLittle'
  | 'acceleratorNeeded'
  | 'acceleratorUnknown'
  | 'acceleratorUnsupported'
  | 'multiNodeOfOne'
  | 'mountAmbiguous'
  | 'mountGone'
  | 'mountRefused'
  | 'subpath'
  | 'secretDropped'
  | 'portLeft'
  | 'ownerMissing'
  | 'ownerDropped'
  | 'ownerUnknown'
  | 'ownerFailed'
  | 'ownerForbidden'
  | 'ownerNoKeypair'
  | 'ownerNoProject'
  | 'priorityRange'
  | 'tagLong'
  | 'callbackFormat'
  | 'imageNameFormat'
  | 'threads'
  | 'environThreads'
  | 'agentGone'
  | 'agentCount'
  | 'agentArchitecture'
  | 'agentSmall'
  | 'agentBusy'
  | 'neverAllowed'
  | 'neverAgent'
  | 'neverArchitecture'
  | 'partly'
  | 'unavailable'
  | 'refused';

export interface Problem {
  step: Step;
  /** `name`, `cpu`, `environ:<key>:name`, `mount:<id>` … */
  field: string;
  level: 'error' | 'warning';
  id: ProblemId;
  params?: Record<string, string | number>;
}

type Make = (step: Step, field: string, id: ProblemId, params?: Problem['params']) => Problem;
export const error: Make = (step, field, id, params) => ({ step, field, level: 'error', id, params });
export const warning: Make = (step, field, id, params) => ({ step, field, level: 'warning', id, params });

/** Errors before warnings: what a step's mark and a card's border tell. */
export function levelOf(problems: readonly Problem[]): Problem['level'] | null {
  if (problems.some((one) => one.level === 'error')) return 'error';
  return problems.length > 0 ? 'warning' : null;
}
