import type { Context } from './context';
import { isActive } from './context';
import { ManagerError, forbidden } from './errors';
import { beginEnd, cancel, dependentsOf, finish } from './session-life';
import type { Requester, Session, SessionStatus } from './types';

/** Up to 25.12 these need `forced` (SES-C06). */
const BUSY: ReadonlySet<SessionStatus> = new Set(['SCHEDULED', 'PREPARING', 'PULLING', 'PREPARED', 'CREATING', 'TERMINATING', 'ERROR']);

function refuse(ctx: Context, session: Session, forced: boolean): void {
  if (!ctx.atLeast('25.13') && BUSY.has(session.status)) {
    // Before 24.12 nothing ends a session whose image is pulled.
    const old = !ctx.atLeast('24.12');
    if (old && session.status === 'PULLING') throw forbidden('Cannot destroy sessions in pulling status');
    const which = old ? 'scheduled/preparing/terminating/error' : 'scheduled/preparing/pulling/prepared/creating/terminating/error';
    if (!forced) throw forbidden(`Cannot destroy sessions in ${which} status`);
  }
  if (session.committing && !forced) {
    throw new ManagerError({
      status: 400,
      slug: 'generic-bad-request',
      title: 'Bad request.',
      msg: 'Cannot destroy sessions while an image commit is in progress',
      errorCode: 'session_delete_bad-request',
    });
  }
}

/** The `stats` of the answer. */
function terminateOne(ctx: Context, requester: Requester, session: Session, forced: boolean): Record<string, unknown> {
  if (!isActive(session.status)) return {};
  if (session.status === 'PENDING' || session.status === 'DEPRIORITIZING') {
    cancel(ctx, session, forced ? 'force-terminated' : 'user-requested');
    return { status: 'cancelled' };
  }
  if (forced) {
    // For superadmins the record is closed at once; containers may stay behind (SES-302). 26.x: for everybody.
    const atOnce = requester.role === 'superadmin' || ctx.atLeast('26.0');
    if (session.status !== 'TERMINATING') beginEnd(ctx, session, 'force-terminated', exitCodeOf(session));
    if (atOnce) finish(ctx, session, 'force-terminated');
    else ctx.later('finish', session.id, 1000, session.mark);
  } else if (session.status === 'TERMINATING') {
    // Asked for once more: nothing to do, and nothing is told (26.x).
    return {};
  } else {
    beginEnd(ctx, session, 'user-requested', exitCodeOf(session));
  }
  return { status: 'terminated' };
}

/** A container that is killed ends with 137; one that never was, with nothing. */
function exitCodeOf(session: Session): number | null {
  return session.startsAt === null ? null : 137;
}

export function terminateSession(
  ctx: Context,
  requester: Requester,
  session: Session,
  options: { forced?: boolean; recursive?: boolean },
): Record<string, unknown> | Record<string, unknown>[] {
  const forced = options.forced === true;
  const all = options.recursive ? [session, ...descendants(ctx, session)] : [session];
  // Where a list is told, what can't be ended is left out of it without a word.
  const asList = options.recursive === true && !ctx.atLeast('25.13');
  const stats = all.flatMap((one) => {
    try {
      refuse(ctx, one, forced);
    } catch (error) {
      if (asList) return [];
      throw error;
    }
    return [terminateOne(ctx, requester, one, forced)];
  });
  return asList ? stats : (stats[0] ?? {});
}

function descendants(ctx: Context, session: Session, seen = new Set([session.id])): Session[] {
  const found: Session[] = [];
  for (const other of dependentsOf(ctx, session)) {
    if (seen.has(other.id)) continue;
    seen.add(other.id);
    found.push(other, ...descendants(ctx, other, seen));
  }
  return found;
}
