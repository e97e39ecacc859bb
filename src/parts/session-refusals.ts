import type { TFunction } from 'i18next';
import type { RefusalReason, Verdict } from '../client/session-rules';

const keys = {
  'not-running': 'notRunning',
  'not-pending': 'notPending',
  'not-owner': 'notOwner',
  ended: 'ended',
  terminating: 'terminating',
  monitor: 'monitor',
  'no-apps': 'noApps',
  'no-container': 'noContainer',
  'other-domain': 'otherDomain',
  'not-interactive': 'notInteractive',
} as const satisfies Record<RefusalReason, string>;

/** Why an action is not allowed now, in words; null where it is (SES-304). */
export function refusalText(t: TFunction, verdict: Verdict): string | null {
  return verdict.allowed ? null : t(`sessions.refusal.${keys[verdict.reason]}`);
}
