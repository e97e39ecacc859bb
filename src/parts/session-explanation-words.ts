import type { TFunction } from 'i18next';
import { predicateOf, statusReason } from '../client/session-status';
import type { SessionRow } from '../client/sessions-types';

/** A reason in words; one that we do not know stands as the manager wrote it. */
export function reasonText(t: TFunction, statusInfo: string): string {
  const key = statusReason(statusInfo);
  return key === null ? statusInfo : t(`sessions.reason.${key}`);
}

export function checkText(t: TFunction, name: string): string | null {
  const key = predicateOf(name);
  return key === null ? null : t(`sessions.check.${key}`);
}

/** UX-06: why a session waits, in one sentence; null when there is nothing to tell yet. */
export function waitingReason(t: TFunction, session: Pick<SessionRow, 'status' | 'statusInfo' | 'statusData'>): string | null {
  if (session.status !== 'PENDING') return null;
  const failed = session.statusData?.scheduler?.failed[0];
  if (failed) return checkText(t, failed.name) ?? failed.message ?? failed.name;
  return session.statusInfo === null ? null : reasonText(t, session.statusInfo);
}
