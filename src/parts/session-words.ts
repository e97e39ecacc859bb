import { parseTime } from '../lib/time';
import type { StatusData } from '../client/sessions-types';

/** What a session's record tells beyond its fields: pure, without words of a language. */

const explained = ['PENDING', 'TERMINATED', 'CANCELLED', 'ERROR'];

/** The statuses that are asked about; from 26.3 on each of them has the scheduler's history (SES-204). */
export function isExplained(status: string): boolean {
  return explained.includes(status);
}

/** Whether the status has more to tell than its tag (SES-200). */
export function hasExplanation(session: { status: string; statusInfo: string | null; statusData: StatusData | null }): boolean {
  const told = session.statusInfo !== null || session.statusData !== null;
  return told && isExplained(session.status);
}

export interface HistoryStep {
  status: string;
  at: number;
  /** Milliseconds until the next step; null for the last one. */
  lasted: number | null;
}

/** SES-205: the statuses in the order they were reached, each with how long it lasted. */
export function statusSteps(history: Record<string, string> | null): HistoryStep[] {
  const reached = Object.entries(history ?? {})
    .map(([status, time]) => ({ status, at: parseTime(time) ?? Number.NaN }))
    .filter((step) => Number.isFinite(step.at))
    .sort((a, b) => a.at - b.at);
  return reached.map((step, index) => {
    const next = reached[index + 1];
    return { ...step, lasted: next ? next.at - step.at : null };
  });
}

/**
 * SES-006: from the start (or the making) to the end or now; null when it never started. The start may lie ahead:
 * a batch session waits for its wished time.
 */
export function elapsedRange(session: {
  startsAt: string | null;
  createdAt: string | null;
  terminatedAt: string | null;
  statusHistory: Record<string, string> | null;
  status: string;
}): { from: number; to: number | null } | null {
  const ended = session.status === 'TERMINATED' || session.status === 'CANCELLED';
  if (session.status === 'CANCELLED' && !session.statusHistory?.RUNNING) return null;
  const from = parseTime(session.startsAt) ?? parseTime(session.createdAt);
  if (from === null) return null;
  if (!ended) return { from, to: null };
  const to = parseTime(session.terminatedAt);
  return to === null ? null : { from, to };
}
