import type { Me } from './account';
import { statusFacts } from './session-status';
import type { Phase } from './session-status';
import type { SessionRow } from './sessions-types';

export type RefusalReason =
  | 'not-running'
  | 'not-pending'
  | 'not-owner'
  | 'ended'
  | 'terminating'
  | 'monitor'
  | 'no-container'
  | 'no-apps'
  | 'other-domain'
  | 'not-interactive';
export type Verdict = { allowed: true } | { allowed: false; reason: RefusalReason };

const yes: Verdict = { allowed: true };
const no = (reason: RefusalReason): Verdict => ({ allowed: false, reason });

export function phaseOf(status: string): Phase {
  return statusFacts(status).phase;
}

/** Any status but TERMINATED and CANCELLED. */
export function isActive(status: string): boolean {
  return phaseOf(status) !== 'ended';
}

/** Whether the status changes soon without anybody's doing; a session in the queue counts too. */
export function isTransitional(status: string): boolean {
  return ['waiting', 'starting', 'ending'].includes(phaseOf(status));
}

type Session = Pick<SessionRow, 'status' | 'userId' | 'accessKey' | 'domain'> & Partial<Pick<SessionRow, 'kernels' | 'servicePorts'>>;
type Person = Pick<Me, 'uuid' | 'accessKey' | 'role' | 'domain'>;

export function isMine(session: Session, me: Person): boolean {
  return session.userId !== null ? session.userId === me.uuid : session.accessKey === me.accessKey;
}

/** Whose sessions one may end (SES-C06): own ones, as domain admin those of the domain, as superadmin all. */
function governs(session: Session, me: Person): Verdict {
  if (me.role === 'monitor') return no('monitor');
  if (me.role === 'superadmin' || isMine(session, me)) return yes;
  if (me.role !== 'admin') return no('not-owner');
  return session.domain === null || session.domain === me.domain ? yes : no('other-domain');
}

/** SES-R01: 4–64 ASCII letters, digits, `-`, `_`, `.`; begins and ends with a letter, digit or `_`. */
export const sessionNamePattern = /^(?=.{4,64}$)[A-Za-z0-9_][A-Za-z0-9_.-]*[A-Za-z0-9_]$/;

/** Statuses before any container exists (SES-C05: "not been assigned to an agent"). */
const beforeContainers = ['PENDING', 'DEPRIORITIZING', 'SCHEDULED', 'RESERVED', 'RESCHEDULING'];

/** SES-304 and SES-300 … 302. */
export const sessionRules = {
  terminate(session: Session, me: Person): Verdict {
    if (!isActive(session.status)) return no('ended');
    const verdict = governs(session, me);
    if (!verdict.allowed) return verdict;
    return session.status === 'TERMINATING' ? no('terminating') : yes;
  },
  /** Also what a session stuck in TERMINATING leaves. */
  forceTerminate(session: Session, me: Person): Verdict {
    return isActive(session.status) ? governs(session, me) : no('ended');
  },
  rename(session: Session, me: Person): Verdict {
    if (me.role === 'monitor') return no('monitor');
    if (!isActive(session.status)) return no('ended');
    if (!isMine(session, me)) return no('not-owner');
    return session.status === 'RUNNING' ? yes : no('not-running');
  },
  /** SES-C04: only what waits is moved in the queue. */
  priority(session: Session, me: Person): Verdict {
    const verdict = governs(session, me);
    if (!verdict.allowed) return verdict;
    return session.status === 'PENDING' ? yes : no('not-pending');
  },
  /** Into an image (SES-330). */
  commit(session: Session & Pick<SessionRow, 'type'>, me: Person): Verdict {
    if (me.role === 'monitor') return no('monitor');
    if (!isActive(session.status)) return no('ended');
    if (!isMine(session, me)) return no('not-owner');
    if (session.type !== 'interactive') return no('not-interactive');
    return session.status === 'RUNNING' ? yes : no('not-running');
  },
  /** SES-304. The manager starts apps for the owner only, whoever else may see the session (pitfall 16). */
  apps(session: Session, me: Person): Verdict {
    if (!isMine(session, me)) return no(me.role === 'monitor' ? 'monitor' : 'not-owner');
    if (!isActive(session.status)) return no('ended');
    if (session.status !== 'RUNNING' && session.status !== 'RUNNING_DEGRADED') return no('not-running');
    return session.servicePorts?.length === 0 ? no('no-apps') : yes;
  },
  /** Everyone who sees the session reads its logs, monitors too, once there is a container. */
  logs(session: Session, _me: Person): Verdict {
    if (beforeContainers.includes(session.status)) return no('no-container');
    const kernels = session.kernels ?? [];
    // A session cancelled in the queue never had one; whoever may not see container ids gets the benefit of the doubt.
    const never =
      session.status === 'CANCELLED' && kernels.every((kernel) => kernel.agentId === null && kernel.containerId === null);
    return never ? no('no-container') : yes;
  },
};

/** What other people's sessions need in calls by id: the key of their owner; undefined for one's own. */
export function ownerAccessKey(session: Session, me: Person): string | undefined {
  return isMine(session, me) ? undefined : (session.accessKey ?? undefined);
}
