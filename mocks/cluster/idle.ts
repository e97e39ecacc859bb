import { MINUTE, SECOND } from './clock';
import type { Context } from './context';
import { accelerators, utilization } from './stats';
import type { KeypairPolicy, Session } from './types';

/** The checkers go round this often, and what they wrote stays readable for ten rounds (SES-R64). */
const ROUND = 15 * SECOND;
const REPORT_LIFE = 150 * SECOND;
/** How often the simulation judges a session's use after its grace period. */
const JUDGE = 5 * MINUTE;
/** Readings that make an average over the window. */
const SAMPLES = 10;

function policyOf(ctx: Context, session: Session): KeypairPolicy | undefined {
  return ctx.state.keypairPolicies[ctx.state.keypairs[session.accessKey]?.resourcePolicy ?? ''];
}

/** When the network check ends a session; batch sessions are exempt (SES-270). */
function networkEnd(ctx: Context, session: Session): number | null {
  const timeout = policyOf(ctx, session)?.idleTimeout ?? 0;
  // An open tunnel counts as traffic (SES-C52).
  const since = (ctx.openTunnels.get(session.id) ?? 0) > 0 ? ctx.now : (session.lastAccessAt ?? session.startsAt);
  if (timeout <= 0 || since === null || session.type === 'batch' || session.type === 'system') return null;
  return since + timeout * SECOND;
}

/** Counts from the reservation, the time in the queue included. */
function lifetimeEnd(ctx: Context, session: Session): number | null {
  const lifetime = policyOf(ctx, session)?.maxSessionLifetime ?? 0;
  return lifetime > 0 ? session.createdAt + lifetime * SECOND : null;
}

/** When the use of a session is judged next: now, if it falls short. Services and uploads are not judged. */
function utilizationEnd(ctx: Context, session: Session): number | null {
  const rule = ctx.state.settings.idleCheckers.utilization;
  if (!rule || session.startsAt === null || session.type === 'system' || session.type === 'inference') return null;
  const first = session.startsAt + (rule.gracePeriod + rule.window) * SECOND;
  if (ctx.now < first) return first;
  const used = Object.values(averages(ctx, session, rule.thresholds, rule.window, ctx.now));
  const short = ([average, threshold]: [number, number]) => average < threshold;
  const over = used.length > 0 && (rule.operator === 'or' ? used.some(short) : used.every(short));
  return over ? ctx.now : ctx.now + JUDGE;
}

/** The first moment at which an idle check ends the session or looks at it again. */
export function idleDeadline(ctx: Context, session: Session): { at: number; reason: string } | null {
  const { networkTimeout, sessionLifetime } = ctx.state.settings.idleCheckers;
  const ends: [number | null, string][] = [
    [networkTimeout ? networkEnd(ctx, session) : null, 'idle-timeout'],
    [sessionLifetime ? lifetimeEnd(ctx, session) : null, 'idle-session-lifetime'],
    [utilizationEnd(ctx, session), 'idle-utilization'],
  ];
  let first: { at: number; reason: string } | null = null;
  for (const [at, reason] of ends) if (at !== null && (first === null || at < first.at)) first = { at, reason };
  return first;
}

/** The moment of the last report on the session; null before the first one and once the last one is forgotten. */
function reportedAt(ctx: Context, session: Session): number | null {
  if (session.startsAt === null) return null;
  const until = session.status === 'RUNNING' ? ctx.now : session.statusChangedAt;
  const last = session.startsAt + Math.floor((until - session.startsAt) / ROUND) * ROUND;
  if (last <= session.startsAt || (session.status !== 'RUNNING' && ctx.now - last > REPORT_LIFE)) return null;
  return last;
}

/** SES-R64. The checks are named from PENDING on; amounts come with the first report on a running session. */
export function idleChecks(ctx: Context, session: Session): Record<string, unknown> | null {
  const checkers = ctx.state.settings.idleCheckers;
  const at = reportedAt(ctx, session);
  const left = (end: number | null): number | null => (at === null || end === null ? null : Math.max(-1, (end - at) / SECOND));
  const report: Record<string, unknown> = {};
  if (checkers.networkTimeout) {
    report['network_timeout'] = { remaining: left(networkEnd(ctx, session)), remaining_time_type: 'expire_after', extra: null };
  }
  if (checkers.sessionLifetime) {
    report['session_lifetime'] = { remaining: left(lifetimeEnd(ctx, session)), remaining_time_type: 'expire_after', extra: null };
  }
  if (checkers.utilization) {
    const { gracePeriod, window, operator, thresholds } = checkers.utilization;
    const age = at === null ? null : (at - (session.startsAt ?? at)) / SECOND;
    const watched = at !== null && age !== null && age >= gracePeriod + window;
    report['utilization'] = {
      remaining: age === null ? null : age >= gracePeriod ? -1 : gracePeriod - age,
      remaining_time_type: 'grace_period',
      extra: watched ? { thresholds_check_operator: operator, resources: averages(ctx, session, thresholds, window, at) } : null,
    };
  }
  return Object.keys(report).length > 0 ? report : null;
}

/** `[average over the window, threshold]` for what the session holds; the rest is left out (SES-271). */
function averages(
  ctx: Context,
  session: Session,
  thresholds: Record<string, number>,
  window: number,
  at: number,
): Record<string, [number, number]> {
  const kinds = new Set(session.kernels.flatMap((kernel) => accelerators(kernel)));
  const used: Record<string, [number, number]> = {};
  for (const [metric, threshold] of Object.entries(thresholds)) {
    const kind = /^(\w+?)_(?:util|mem)$/.exec(metric)?.[1] ?? metric;
    if (kind !== 'cpu' && kind !== 'mem' && !kinds.has(kind)) continue;
    let sum = 0;
    for (const kernel of session.kernels) {
      for (let i = 0; i < SAMPLES; i += 1) sum += utilization(ctx, kernel, metric, at - (window * SECOND * i) / SAMPLES);
    }
    used[metric] = [Math.round((sum / Math.max(1, session.kernels.length * SAMPLES)) * 100) / 100, threshold];
  }
  return used;
}
