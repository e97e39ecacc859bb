/** What the scheduler did with a session, step by step, as managers from 26.3 on tell it (SES-204). */
import { SECOND } from './clock';
import type { Context } from './context';
import type { Session, SessionStatus, StatusData } from './types';

export type SchedulingResult = 'SUCCESS' | 'FAILURE' | 'STALE' | 'NEED_RETRY' | 'EXPIRED' | 'GIVE_UP' | 'SKIPPED';

export interface SchedulingSubStep {
  step: string;
  result: SchedulingResult;
  errorCode: string | null;
  message: string | null;
  startedAt: number;
  endedAt: number;
}

export interface SchedulingStep {
  id: string;
  phase: string;
  fromStatus: SessionStatus | null;
  toStatus: SessionStatus | null;
  result: SchedulingResult;
  errorCode: string | null;
  message: string;
  attempts: number;
  createdAt: number;
  updatedAt: number;
  subSteps: SchedulingSubStep[];
}

/** Which handler brings a session into a status. */
const PHASES: Partial<Record<SessionStatus, string>> = {
  SCHEDULED: 'schedule-sessions',
  PREPARING: 'check-precondition',
  PULLING: 'check-precondition',
  PREPARED: 'promote-to-prepared',
  CREATING: 'start-sessions',
  RUNNING: 'promote-to-running',
  TERMINATING: 'mark-terminating',
  TERMINATED: 'promote-to-terminated',
  CANCELLED: 'promote-to-cancelled',
  ERROR: 'detect-termination',
  RUNNING_DEGRADED: 'detect-termination',
};

/** The checks of one round, those that failed last; one millisecond each. */
function checksOf(scheduler: NonNullable<StatusData['scheduler']>, at: number): SchedulingSubStep[] {
  const steps = [
    ...scheduler.passed_predicates.map(({ name }) => ({ step: name, result: 'SUCCESS' as const, errorCode: null, message: null })),
    ...scheduler.failed_predicates.map(({ name, msg }) => ({ step: name, result: 'FAILURE' as const, errorCode: 'scheduling_check_failed', message: msg })),
  ];
  if (scheduler.failed_predicates.length === 0) {
    steps.push({ step: 'AgentSelector', result: 'FAILURE', errorCode: 'scheduling_allocate_no-available-agent', message: scheduler.msg });
  }
  return steps.map((step, i) => ({ ...step, startedAt: at + i, endedAt: at + i + 1 }));
}

/** The rounds in which a session was looked at and left waiting: one row that counts them. */
function waitingStep(session: Session, scheduler: NonNullable<StatusData['scheduler']>): SchedulingStep {
  const last = Date.parse(scheduler.last_try);
  return {
    id: `${session.id.slice(0, -4)}0000`,
    phase: 'schedule-sessions',
    fromStatus: 'PENDING',
    toStatus: null,
    result: 'NEED_RETRY',
    errorCode: scheduler.failed_predicates.length > 0 ? 'scheduling_check_failed' : 'scheduling_allocate_no-available-agent',
    message: scheduler.failed_predicates[0]?.msg ?? scheduler.msg,
    attempts: Math.max(1, scheduler.retries),
    createdAt: Math.min(session.createdAt + SECOND, last),
    updatedAt: last,
    subSteps: checksOf(scheduler, last),
  };
}

/** Newest first, as the manager orders unless asked otherwise. */
export function schedulingHistory(ctx: Context, session: Session): SchedulingStep[] {
  const reached = Object.entries(session.statusHistory) as [SessionStatus, number][];
  const steps: SchedulingStep[] = [];
  const waited = (session.status === 'PENDING' ? session.statusData?.scheduler : undefined) ?? session.waited;
  if (waited) steps.push(waitingStep(session, waited));
  reached
    .toSorted(([, a], [, b]) => a - b)
    .forEach(([status, at], i, all) => {
      const before = all[i - 1];
      const phase = PHASES[status];
      if (!before || phase === undefined) return;
      const error = status === 'CANCELLED' || status === 'ERROR' ? session.statusData?.error : undefined;
      steps.push({
        id: `${session.id.slice(0, -4)}${String(i).padStart(4, '0')}`,
        phase,
        fromStatus: before[0],
        toStatus: status,
        result: error ? 'FAILURE' : 'SUCCESS',
        errorCode: error ? 'session_start_failed' : null,
        message: error ? error.repr : (session.status === status && session.statusInfo) || `${phase} completed successfully`,
        attempts: 1,
        createdAt: at,
        updatedAt: at,
        subSteps: [],
      });
    });
  const limit = ctx.now;
  return steps.filter(({ createdAt }) => createdAt <= limit).toSorted((a, b) => b.createdAt - a.createdAt);
}
