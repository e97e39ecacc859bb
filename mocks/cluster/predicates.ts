import { concurrency } from './accounts';
import { iso } from './clock';
import type { Context } from './context';
import { occupiedBy } from './resource-groups';
import { limitsOf } from './resources';
import { addSlots, amountText, fits, humanized, subtractSlots } from './slots';
import type { KeypairPolicy, Session, Slots } from './types';

interface Check {
  /** Up to 25.12. */
  name: string;
  /** From 25.13 on. */
  newName: string;
  /** From 26.8 on one check is of all policies: what it calls this part of it. Missing = a check by itself, null = none. */
  partOfPolicies?: string | null;
  /** A sentence when it fails. */
  fails(ctx: Context, session: Session): string | null;
}

function policyOf(ctx: Context, accessKey: string | null | undefined): KeypairPolicy | undefined {
  return accessKey ? ctx.state.keypairPolicies[ctx.state.keypairs[accessKey]?.resourcePolicy ?? ''] : undefined;
}

/** Limits that cannot be exceeded need not be summed up. */
function exceeds(finite: Slots, using: () => Slots, wanted: Slots): Slots | null {
  if (Object.keys(finite).length === 0) return null;
  const free = subtractSlots(finite, using());
  const limited = Object.fromEntries(Object.entries(wanted).filter(([slot]) => slot in finite));
  return fits(limited, free) ? null : finite;
}

function keypairLimits(ctx: Context, accessKey: string | null | undefined): Slots {
  const policy = policyOf(ctx, accessKey);
  if (!policy) return {};
  if (policy.defaultForUnspecified === 'UNLIMITED') return policy.totalResourceSlots;
  return limitsOf(Object.keys(ctx.state.slotTypes), policy.totalResourceSlots, 'LIMITED');
}

/** From 25.13 on the amounts are plain numbers. */
function exceeded(ctx: Context, whose: string, slots: Slots): string {
  const amounts = ctx.atLeast('25.13') ? Object.entries(slots).map(([slot, amount]) => `${slot}=${amountText(amount)}`).join(' ') : humanized(slots);
  return `Your ${whose} quota is exceeded. (${amounts})`;
}

function pendingOf(ctx: Context, session: Session): Session[] {
  return [...(ctx.index.activeByKey.get(session.accessKey) ?? [])].filter((other) => other.status === 'PENDING');
}

/** SES-R52, in the manager's order. */
const CHECKS: readonly Check[] = [
  {
    name: 'reserved_time',
    newName: 'ReservedBatchSessionValidator',
    fails(ctx, session) {
      if (session.type !== 'batch' || session.startsAfter === null || session.startsAfter <= ctx.now) return null;
      if (!ctx.atLeast('26.8')) return 'Before start time';
      return `Batch session is scheduled to start at ${iso(session.startsAfter)}; current time is before that.`;
    },
  },
  {
    name: 'dependencies',
    newName: 'SessionDependenciesValidator',
    fails(ctx, session) {
      const waiting = session.dependencies
        .map((id) => ctx.state.sessions[id])
        .filter((other): other is Session => other !== undefined && other.result !== 'SUCCESS');
      if (waiting.length === 0) return null;
      const names = waiting.map((other) => `${other.name} (${other.id})`).join(', ');
      return `Waiting dependency sessions to finish as success. (${names})`;
    },
  },
  {
    name: 'concurrency',
    newName: 'ConcurrencyLimitValidator',
    partOfPolicies: 'ConcurrencyLimitExceeded',
    fails(ctx, session) {
      const policy = policyOf(ctx, session.accessKey);
      const system = session.type === 'system';
      const limit = (system ? policy?.maxConcurrentSftpSessions : policy?.maxConcurrentSessions) ?? 0;
      if (limit <= 0 || concurrency(ctx, session.accessKey, system) < limit) return null;
      return `You cannot run more than ${String(limit)} ${system && ctx.atLeast('25.13') ? 'SFTP' : 'concurrent'} sessions`;
    },
  },
  {
    name: 'pending_session_count_limit',
    newName: 'PendingSessionCountLimitValidator',
    partOfPolicies: null,
    fails(ctx, session) {
      const limit = policyOf(ctx, session.accessKey)?.maxPendingSessionCount ?? null;
      // The session itself is among them.
      if (limit === null || pendingOf(ctx, session).length < limit) return null;
      return `You cannot create more than ${String(limit)} pending session(s).`;
    },
  },
  {
    name: 'pending_session_resource_limit',
    newName: 'PendingSessionResourceLimitValidator',
    partOfPolicies: null,
    fails(ctx, session) {
      const limit = policyOf(ctx, session.accessKey)?.maxPendingSessionResourceSlots ?? null;
      if (limit === null || Object.keys(limit).length === 0) return null;
      // It holds back once all of the limited amounts are reached, and tells what is waiting.
      const waiting = pendingOf(ctx, session).reduce<Slots>((sum, other) => addSlots(sum, other.requestedSlots), {});
      const reached = Object.entries(limit).every(([slot, amount]) => (waiting[slot] ?? 0) >= amount);
      return reached ? exceeded(ctx, 'pending session', waiting) : null;
    },
  },
  {
    name: 'keypair_resource_limit',
    newName: 'KeypairResourceLimitValidator',
    partOfPolicies: null,
    fails(ctx, session) {
      const over = exceeds(
        keypairLimits(ctx, session.accessKey),
        () => occupiedBy(ctx.index.activeByKey.get(session.accessKey) ?? []),
        session.requestedSlots,
      );
      return over ? exceeded(ctx, 'keypair resource', over) : null;
    },
  },
  {
    name: 'user_resource_limit',
    newName: 'UserResourceLimitValidator',
    partOfPolicies: 'UserResourceQuotaExceeded',
    fails(ctx, session) {
      const over = exceeds(
        keypairLimits(ctx, ctx.state.users[session.userId]?.mainAccessKey),
        () => occupiedBy(ctx.index.activeByUser.get(session.userId) ?? []),
        session.requestedSlots,
      );
      return over ? exceeded(ctx, 'main-keypair resource', over) : null;
    },
  },
  {
    name: 'user_group_resource_limit',
    newName: 'GroupResourceLimitValidator',
    partOfPolicies: 'ProjectResourceQuotaExceeded',
    fails(ctx, session) {
      const over = exceeds(
        ctx.state.projects[session.projectId]?.totalResourceSlots ?? {},
        () => occupiedBy(ctx.index.activeByProject.get(session.projectId) ?? []),
        session.requestedSlots,
      );
      return over ? exceeded(ctx, `${ctx.atLeast('26.8') ? 'project' : 'group'} resource`, over) : null;
    },
  },
  {
    name: 'domain_resource_limit',
    newName: 'DomainResourceLimitValidator',
    partOfPolicies: 'DomainResourceQuotaExceeded',
    fails(ctx, session) {
      const over = exceeds(
        ctx.state.domains[session.domain]?.totalResourceSlots ?? {},
        () => occupiedBy(ctx.index.active, (other) => other.domain === session.domain),
        session.requestedSlots,
      );
      return over ? exceeded(ctx, 'domain resource', over) : null;
    },
  },
];

/** Upload sessions do not count against compute limits (SES-003). */
const NOT_FOR_SYSTEM = new Set([
  'keypair_resource_limit',
  'user_resource_limit',
  'user_group_resource_limit',
  'domain_resource_limit',
]);

export interface Predicates {
  failed: { name: string; msg: string }[];
  passed: { name: string }[];
}

export function checkPredicates(ctx: Context, session: Session): Predicates {
  const modern = ctx.atLeast('25.13');
  const together = ctx.atLeast('26.8');
  const failed: Predicates['failed'] = [];
  const passed: Predicates['passed'] = [];
  const policies: { error: string; msg: string }[] = [];
  const tell = (name: string, msg: string | null): void => {
    if (msg === null) passed.push({ name });
    else failed.push({ name, msg });
  };
  for (const check of CHECKS) {
    if (session.type === 'system' && NOT_FOR_SYSTEM.has(check.name)) continue;
    if (!together || check.partOfPolicies === undefined) {
      tell(modern ? check.newName : check.name, check.fails(ctx, session));
    } else if (check.partOfPolicies !== null) {
      const msg = check.fails(ctx, session);
      if (msg !== null) policies.push({ error: check.partOfPolicies, msg });
    }
  }
  if (together) tell('ResourcePolicyValidator', inOne(policies));
  return { failed, passed };
}

/** Several sentences as the one that a check may have. */
function inOne(parts: readonly { error: string; msg: string }[]): string | null {
  if (parts.length <= 1) return parts[0]?.msg ?? null;
  return ['Multiple validation errors occurred:', ...parts.map(({ error, msg }) => `- ${error}: ${msg}`)].join('\n');
}
