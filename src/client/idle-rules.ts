/** What the idle checks mean for a session (SES-270…273, SES-R64, SES-R65): pure, without words of a language. */
import type { IdleCheck, IdleChecks } from './sessions-types';

export type IdleLevel = 'fine' | 'low' | 'critical';

export interface IdleResource {
  name: string;
  /** Percent; null while the manager has no figure. */
  average: number | null;
  threshold: number | null;
  level: IdleLevel | null;
}

export type IdleState =
  /** It does not apply to this session, or nothing is known yet. */
  | { kind: 'none' }
  /** Its time is over: the session is about to be ended. */
  | { kind: 'over' }
  /** Ends the session when the time is over. */
  | { kind: 'counting'; secondsLeft: number; endsAt: number; level: IdleLevel }
  /** Nothing is judged before the time is over. */
  | { kind: 'grace'; secondsLeft: number; endsAt: number }
  /** Judged now by what it uses; no level while nothing is measured. */
  | { kind: 'watched'; level: IdleLevel | null; operator: 'and' | 'or'; resources: IdleResource[] };

const HOUR = 3600;

function levelOfTime(seconds: number): IdleLevel {
  if (seconds < HOUR) return 'critical';
  return seconds < 4 * HOUR ? 'low' : 'fine';
}

function levelOfUse(average: number | null, threshold: number | null): IdleLevel | null {
  if (average === null || threshold === null) return null;
  if (average < 2 * threshold) return 'critical';
  return average < 10 * threshold ? 'low' : 'fine';
}

const severity: readonly IdleLevel[] = ['fine', 'low', 'critical'];

/** `or`: one that falls short ends the session, so the worst counts; `and`: all must, so the best does. */
function overall(resources: readonly IdleResource[], operator: 'and' | 'or'): IdleLevel | null {
  const ranks = resources.flatMap(({ level }) => (level === null ? [] : [severity.indexOf(level)]));
  if (ranks.length === 0) return null;
  return severity[operator === 'or' ? Math.max(...ranks) : Math.min(...ranks)] ?? null;
}

function watched(check: IdleCheck): IdleState {
  const operator = check.operator ?? 'and';
  const resources = Object.entries(check.resources)
    .filter(([, { average }]) => average !== null)
    .map(([name, { average, threshold }]) => ({ name, average, threshold, level: levelOfUse(average, threshold) }));
  return { kind: 'watched', operator, resources, level: overall(resources, operator) };
}

/** `now` in epoch milliseconds: between two reports the time is counted down here. */
export function idleState(check: IdleCheck, now: number): IdleState {
  if (check.remaining === null) return { kind: 'none' };
  const secondsLeft = check.endsAt === null ? 0 : Math.max(0, Math.ceil((check.endsAt - now) / 1000));
  if (check.type === 'grace_period') {
    return check.endsAt === null || secondsLeft === 0 ? watched(check) : { kind: 'grace', secondsLeft, endsAt: check.endsAt };
  }
  if (check.endsAt === null || secondsLeft === 0) return { kind: 'over' };
  return { kind: 'counting', secondsLeft, endsAt: check.endsAt, level: levelOfTime(secondsLeft) };
}

const order = ['session_lifetime', 'network_timeout', 'utilization'];

/** The configured checks in the order in which the panel shows them. */
export function orderedChecks(checks: IdleChecks | null): [name: string, check: IdleCheck][] {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(checks ?? {}).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

export interface IdleDanger {
  /** `network_timeout`, `session_lifetime`, `utilization` */
  check: string;
  /** null: at any moment. */
  endsAt: number | null;
  secondsLeft: number;
}

function fallsShort({ average, threshold }: IdleResource): boolean {
  return average !== null && threshold !== null && average < threshold;
}

/** The check by which the session ends within the hour, the nearest one first; null when none does (SES-272). */
export function idleDanger(checks: IdleChecks | null, now: number): IdleDanger | null {
  let nearest: IdleDanger | null = null;
  for (const [name, check] of orderedChecks(checks)) {
    const state = idleState(check, now);
    let danger: IdleDanger | null = null;
    if (state.kind === 'over') danger = { check: name, endsAt: null, secondsLeft: 0 };
    if (state.kind === 'counting' && state.level === 'critical') danger = { check: name, endsAt: state.endsAt, secondsLeft: state.secondsLeft };
    if (state.kind === 'watched' && state.resources.length > 0) {
      const short = state.operator === 'or' ? state.resources.some(fallsShort) : state.resources.every(fallsShort);
      if (short) danger = { check: name, endsAt: null, secondsLeft: 0 };
    }
    if (danger && (nearest === null || danger.secondsLeft < nearest.secondsLeft)) nearest = danger;
  }
  return nearest;
}

/** Only what runs is checked; a report on what has ended is a memory. */
export function isChecked(status: string): boolean {
  return status === 'RUNNING' || status === 'RUNNING_DEGRADED';
}
