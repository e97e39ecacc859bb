import type { Context } from './context';
import type { Kernel, Session } from './types';

function about(ctx: Context, session: Session) {
  return {
    sessionId: session.id,
    sessionName: session.name,
    userId: session.userId,
    accessKey: session.accessKey,
    domain: session.domain,
    projectId: session.projectId,
    projectName: ctx.state.projects[session.projectId]?.name ?? '',
  };
}

/** `exitCode` is always null from 25.13 on (SES-C12). */
function payload(ctx: Context, session: Session, reason: string, exitCode: number | null): Record<string, unknown> {
  return {
    reason,
    sessionName: session.name,
    ownerAccessKey: session.accessKey,
    sessionId: session.id,
    exitCode: ctx.atLeast('25.13') ? null : exitCode,
  };
}

export function emitSession(
  ctx: Context,
  session: Session,
  name: string,
  reason = '',
  exitCode: number | null = null,
): void {
  ctx.events.emit({ name, data: payload(ctx, session, reason, exitCode), kind: 'session', about: about(ctx, session) });
}

export function emitKernel(
  ctx: Context,
  session: Session,
  kernel: Kernel,
  name: string,
  reason = '',
  exitCode: number | null = null,
): void {
  ctx.events.emit({
    name,
    data: {
      ...payload(ctx, session, reason, exitCode),
      kernelId: kernel.id,
      clusterRole: kernel.role,
      clusterIdx: kernel.index,
    },
    kind: 'kernel',
    about: about(ctx, session),
  });
}
