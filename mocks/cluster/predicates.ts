import { concurrency } from './accounts';
import type { Context } from './context';
import { occupiedBy } from './resource-groups';
import { limitsOf } from './resources';
import { addSlots, fits, humanized, subtractSlots } from './slots';
import type { KeypairPolicy, Session, Slots } from './types';

interface Check {
  /** Up to 25.12. */
  name: string;
  /** From 25.13 on. */
  newName: string;
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

function pendingOf(ctx: Context, session: Session): Session[] {
  return [...(ctx.index.activeByKey.get(session.accessKey) ?? [])].filter((other) => other.status === 'PENDING');
}

/** SES-R52, in the manager's order. */
const CHECKS: readonly Check[] = [
  {
    name: 'reserved_time',
    newName: 'ReservedBatchSessionValidator',
    fails(ctx, session) {
      return session.type === 'batch' && session.startsAfter !== null && session.startsAfter > ctx.now
        ? 'Before start time'
        : null;
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
    fails(ctx, session) {
      const policy = policyOf(ctx, session.accessKey);
      const system = session.type === 'system';
      const limit = (system ? policy?.maxConcurrentSftpSessions : policy?.maxConcurrentSessions) ?? 0;
      if (limit <= 0 || concurrency(ctx, session.accessKey, system) < limit) return null;
      return `You cannot run more than ${String(limit)} concurrent ${system ? 'SFTP ' : ''}sessions`;
    },
  },
  {
    name: 'pending_session_count_limit',
    newName: 'PendingSessionCountLimitValidator',
    fails(ctx, session) {
      const limit = policyOf(ctx, session.accessKey)?.maxPendingSessionCount ?? null;
      if (limit === null || pendingOf(ctx, session).length <= limit) return null;
      return `You cannot create more than ${String(limit)} pending session(s).`;
    },
  },
  {
    name: 'pending_session_resource_limit',
    newName: 'PendingSessionResourceLimitValidator',
    fails(ctx, session) {
      const limit = policyOf(ctx, session.accessKey)?.maxPendingSessionResourceSlots ?? null;
      if (limit === null || Object.keys(limit).length === 0) return null;
      const wanted = pendingOf(ctx, session).reduce<Slots>((sum, other) => addSlots(sum, other.requestedSlots), {});
      const over = exceeds(limit, () => ({}), wanted);
      return over ? `Your pending session quota is exceeded. (${humanized(over)})` : null;
    },
  },
  {
    name: 'keypair_resource_limit',
    newName: 'KeypairResourceLimitValidator',
    fails(ctx, session) {
      const over = exceeds(
        keypairLimits(ctx, session.accessKey),
        () => occupiedBy(ctx.index.activeByKey.get(session.accessKey) ?? []),
        session.requestedSlots,
      );
      return over ? `Your keypair resource quota is exceeded. (${humanized(over)})` : null;
    },
  },
  {
    name: 'user_resource_limit',
    newName: 'UserResourceLimitValidator',
    fails(ctx, session) {
      const over = exceeds(
        keypairLimits(ctx, ctx.state.users[session.userId]?.mainAccessKey),
        () => occupiedBy(ctx.index.activeByUser.get(session.userId) ?? []),
        session.requestedSlots,
      );
      return over ? `Your main-keypair resource quota is exceeded. (${humanized(over)})` : null;
    },
  },
  {
    name: 'user_group_resource_limit',
    newName: 'GroupResourceLimitValidator',
    fails(ctx, session) {
      const over = exceeds(
        ctx.state.projects[session.projectId]?.totalResourceSlots ?? {},
        () => occupiedBy(ctx.index.activeByProject.get(session.projectId) ?? []),
        session.requestedSlots,
      );
      return over ? `Your group resource quota is exceeded. (${humanized(over)})` : null;
    },
  },
  {
    name: 'domain_resource_limit',
    newName: 'DomainResourceLimitValidator',
    fails(ctx, session) {
      const over = exceeds(
        ctx.state.domains[session.domain]?.totalResourceSlots ?? {},
        () => occupiedBy(ctx.index.active, (other) => other.domain === session.domain),
        session.requestedSlots,
      );
      return over ? `Your domain resource quota is exceeded. (${humanized(over)})` : null;
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
  const failed: Predicates['failed'] = [];
  const passed: Predicates['passed'] = [];
  for (const check of CHECKS) {
    if (session.type === 'system' && NOT_FOR_SYSTEM.has(check.name)) continue;
    const name = modern ? check.newName : check.name;
    const msg = check.fails(ctx, session);
    if (msg === null) passed.push({ name });
    else failed.push({ name, msg });
  }
  return { failed, passed };
}
