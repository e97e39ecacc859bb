import { SECOND } from './clock';
import type { Context } from './context';
import { holdsResources } from './context';
import { idleDeadline } from './idle';
import { imageServices } from './images';
import { forgetContainers } from './files/volumes';
import { applyChanges, batchRun, bootstrapRun } from './kernel-run';
import { hex, randomInt } from './rng';
import { requestRound } from './rounds';
import { emitKernel, emitSession } from './session-events';
import { addSlots, subtractSlots, tidy } from './slots';
import { kernelLiveStat } from './stats';
import type { Agent, Kernel, ServicePort, Session, SessionStatus, Slots, StatusData } from './types';

/** Moves a session and its kernels to a status; earlier timers of the session become stale. */
export function setStatus(
  ctx: Context,
  session: Session,
  status: SessionStatus,
  why: { info?: string | null; data?: StatusData | null } = {},
): void {
  session.mark += 1;
  session.status = status;
  session.statusChangedAt = ctx.now;
  session.statusHistory[status] ??= ctx.now;
  if (why.info !== undefined) session.statusInfo = why.info;
  if (why.data !== undefined) session.statusData = why.data;
  for (const kernel of session.kernels) {
    kernel.status = status;
    kernel.statusChangedAt = ctx.now;
    kernel.statusHistory[status] ??= ctx.now;
    if (why.info !== undefined) kernel.statusInfo = why.info;
    if (why.data !== undefined) kernel.statusData = why.data;
  }
  ctx.index.refresh(session);
}

/** Newer managers also tell every single transition (SES-C12). */
function emitTransition(ctx: Context, session: Session, status: string): void {
  if (ctx.atLeast('25.13')) emitSession(ctx, session, `session_${status}`);
}

export function enqueue(ctx: Context, session: Session): void {
  ctx.state.sessions[session.id] = session;
  ctx.index.add(session);
  emitSession(ctx, session, 'session_enqueued');
  const timeout = ctx.state.resourceGroups[session.resourceGroup]?.schedulerOpts.pendingTimeout ?? 0;
  if (timeout > 0) ctx.later('pending-timeout', session.id, timeout * SECOND, session.mark);
  requestRound(ctx, session.resourceGroup, 800);
}

/** Agents were chosen: their amounts are held from here to the end. */
export function place(ctx: Context, session: Session, agents: readonly Agent[]): void {
  session.kernels.forEach((kernel, i) => {
    const agent = agents[i];
    if (!agent) return;
    kernel.agentId = agent.id;
    kernel.agentAddr = agent.addr;
    kernel.occupiedSlots = { ...kernel.requestedSlots };
    agent.occupied = addSlots(agent.occupied, kernel.occupiedSlots);
  });
  session.occupiedSlots = sumOf(session.kernels);
  session.scheduledAt = ctx.now;
  if (session.statusData?.scheduler) session.waited = session.statusData.scheduler;
  const old = !ctx.atLeast('26.0');
  setStatus(ctx, session, 'SCHEDULED', { info: old ? 'scheduled' : '', data: old ? session.statusData : null });
  emitSession(ctx, session, 'session_scheduled');
  nextStep(ctx, session, 1100, 1700);
}

function sumOf(kernels: readonly Kernel[]): Slots {
  return kernels.reduce<Slots>((sum, kernel) => addSlots(sum, kernel.occupiedSlots), {});
}

function nextStep(ctx: Context, session: Session, low: number, high: number): void {
  ctx.later('step', session.id, ctx.between(low, high), session.mark);
}

/** One step of the way from SCHEDULED to RUNNING (SES-R50). */
export function step(ctx: Context, session: Session): void {
  const modern = ctx.atLeast('24.12');
  switch (session.status) {
    case 'SCHEDULED':
      setStatus(ctx, session, 'PREPARING', { info: ctx.atLeast('26.0') ? '' : null });
      emitSession(ctx, session, 'session_checking_precondition');
      emitTransition(ctx, session, 'preparing');
      for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_preparing');
      nextStep(ctx, session, 1500, 2300);
      return;
    case 'PREPARING':
      if (missingImage(ctx, session)) {
        setStatus(ctx, session, 'PULLING');
        emitTransition(ctx, session, 'pulling');
        for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_pulling');
        nextStep(ctx, session, 5000, 9000);
      } else if (modern) prepared(ctx, session);
      else createOld(ctx, session);
      return;
    case 'PULLING':
      installImage(ctx, session);
      if (modern) prepared(ctx, session);
      else createOld(ctx, session);
      return;
    case 'PREPARED':
      setStatus(ctx, session, 'CREATING');
      emitTransition(ctx, session, 'creating');
      for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_creating');
      makeContainers(ctx, session);
      return;
    default:
  }
}

/** A bootstrap script runs before the session counts as started (SES-076). */
function makeContainers(ctx: Context, session: Session): void {
  ctx.later('create', session.id, ctx.between(2800, 3800) + (bootstrapRun(ctx, session)?.duration ?? 0), session.mark);
}

export function create(ctx: Context, session: Session): void {
  if (session.failStart === null) start(ctx, session);
  else cancel(ctx, session, 'failed-to-start', { error: startError(session, session.failStart) });
}

function prepared(ctx: Context, session: Session): void {
  setStatus(ctx, session, 'PREPARED');
  emitTransition(ctx, session, 'prepared');
  nextStep(ctx, session, 1200, 1800);
}

/** Before 24.12 containers are made while the status still says PREPARING or PULLING. */
function createOld(ctx: Context, session: Session): void {
  for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_creating');
  setStatus(ctx, session, 'PREPARING');
  makeContainers(ctx, session);
}

function missingImage(ctx: Context, session: Session): boolean {
  return session.kernels.some((kernel) => {
    const image = ctx.state.images[kernel.imageId];
    return image !== undefined && kernel.agentId !== null && !image.installedAgents.includes(kernel.agentId);
  });
}

function installImage(ctx: Context, session: Session): void {
  for (const kernel of session.kernels) {
    const image = ctx.state.images[kernel.imageId];
    if (image && kernel.agentId !== null && !image.installedAgents.includes(kernel.agentId)) {
      image.installedAgents.push(kernel.agentId);
    }
  }
}

function start(ctx: Context, session: Session): void {
  session.startsAt = ctx.now;
  session.lastAccessAt = ctx.now;
  for (const kernel of session.kernels) {
    kernel.startsAt = ctx.now;
    kernel.containerId = hex(ctx.state, 64);
  }
  applyChanges(ctx, session, bootstrapRun(ctx, session)?.changes ?? []);
  session.servicePorts = openPorts(ctx, session);
  setStatus(ctx, session, 'RUNNING', { info: ctx.atLeast('26.0') ? '' : null, data: null });
  for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_started');
  emitSession(ctx, session, 'session_started');
  watch(ctx, session);
}

/** Timers of a running session: the end of its task, its time limit, the idle checks. */
export function watch(ctx: Context, session: Session): void {
  const since = session.startsAt ?? ctx.now;
  if (session.type === 'batch') {
    ctx.later('batch-done', session.id, since + batchRun(ctx, session).duration - ctx.now, session.mark);
    if (session.batchTimeout !== null) {
      ctx.later('batch-timeout', session.id, since + session.batchTimeout * SECOND - ctx.now, session.mark);
    }
  }
  const deadline = idleDeadline(ctx, session);
  if (deadline !== null) ctx.later('idle', session.id, deadline.at - ctx.now, session.mark);
}

/** Ports of the main container: the system's, the image's apps, the preopened ones. */
export function openPorts(ctx: Context, session: Session): ServicePort[] {
  const main = session.kernels[0];
  const image = main ? ctx.state.images[main.imageId] : undefined;
  const inference = (image?.labels['ai.backend.endpoint-ports'] ?? '').split(',');
  const services = [
    { name: 'sshd', protocol: 'tcp', ports: [2200] },
    { name: 'ttyd', protocol: 'http', ports: [7681] },
    ...(image ? imageServices(image) : []),
    ...session.preopenPorts.map((port) => ({ name: String(port), protocol: 'preopen', ports: [port] })),
  ];
  return services.map(({ name, protocol, ports }) => ({
    name,
    protocol,
    host_ports: ports.map(() => randomInt(ctx.state, 30_000, 30_999)),
    is_inference: inference.includes(name),
    container_ports: ports,
  }));
}

function release(ctx: Context, session: Session): void {
  for (const kernel of session.kernels) {
    const agent = kernel.agentId === null ? undefined : ctx.state.agents[kernel.agentId];
    if (!agent) continue;
    const rest = subtractSlots(agent.occupied, kernel.occupiedSlots);
    agent.occupied = Object.fromEntries(Object.entries(rest).map(([slot, n]) => [slot, Math.max(0, tidy(n))]));
  }
  requestRound(ctx, session.resourceGroup, 500);
  for (const other of dependentsOf(ctx, session)) requestRound(ctx, other.resourceGroup, 500);
}

export function dependentsOf(ctx: Context, session: Session): Session[] {
  return [...ctx.index.active].filter((other) => other.dependencies.includes(session.id));
}

/** What a container leaves behind: exit code, told up to 25.x. */
function endData(ctx: Context, exitCode: number | null, status: string): StatusData | null {
  return ctx.atLeast('26.0') ? null : { kernel: { exit_code: exitCode }, session: { status } };
}

/** RUNNING (or any earlier one with containers) → TERMINATING; the rest follows by the clock. */
export function beginEnd(ctx: Context, session: Session, reason: string, exitCode: number | null = null): void {
  // What a startup command has written so far stays in its folders.
  if (session.type === 'batch' && session.startsAt !== null) {
    applyChanges(ctx, session, batchRun(ctx, session).changes, ctx.now - session.startsAt);
  }
  for (const kernel of session.kernels) {
    kernel.exitCode = exitCode;
    if (kernel.containerId !== null) kernel.lastStat = kernelLiveStat(ctx, session, kernel);
  }
  setStatus(ctx, session, 'TERMINATING', { info: reason, data: endData(ctx, exitCode, 'terminating') });
  emitSession(ctx, session, 'session_terminating', reason);
  if (!ctx.atLeast('26.0')) {
    for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_terminating', reason);
  }
  ctx.later('finish', session.id, ctx.between(2500, 3500), session.mark);
}

/** The end: TERMINATED, or CANCELLED when it never ran (SES-301). */
export function finish(ctx: Context, session: Session, reason = session.statusInfo ?? ''): void {
  const ran = session.startsAt !== null;
  const exitCode = session.kernels[0]?.exitCode ?? null;
  if (holdsResources(session.status)) release(ctx, session);
  session.terminatedAt = ctx.now;
  for (const kernel of session.kernels) kernel.terminatedAt = ctx.now;
  forgetContainers(ctx, session);
  if (ran) {
    setStatus(ctx, session, 'TERMINATED', { info: reason, data: endData(ctx, exitCode, 'terminated') });
  } else {
    setStatus(ctx, session, 'CANCELLED', { info: reason });
  }
  for (const kernel of session.kernels) {
    emitKernel(ctx, session, kernel, ran ? 'kernel_terminated' : 'kernel_cancelled', reason, exitCode);
  }
  if (!ran) emitSession(ctx, session, 'session_cancelled', reason);
  else emitSession(ctx, session, 'session_terminated', ctx.atLeast('26.0') ? 'triggered-by-scheduler' : reason, exitCode);
}

/** Out of the queue, at once. */
export function cancel(ctx: Context, session: Session, reason: string, data?: StatusData): void {
  if (session.status === 'PENDING' && session.statusData?.scheduler) session.waited = session.statusData.scheduler;
  if (holdsResources(session.status)) release(ctx, session);
  session.terminatedAt = ctx.now;
  for (const kernel of session.kernels) kernel.terminatedAt = ctx.now;
  setStatus(ctx, session, 'CANCELLED', data ? { info: reason, data } : { info: reason });
  for (const kernel of session.kernels) emitKernel(ctx, session, kernel, 'kernel_cancelled', reason);
  emitSession(ctx, session, 'session_cancelled', reason);
}

/** What the agents report (SES-202): one error, or one for each container. */
export function startError(session: Session, cause: string): NonNullable<StatusData['error']> {
  const errors = session.kernels.map((kernel) => ({
    src: 'agent',
    agent_id: kernel.agentId ?? '',
    name: 'ContainerCreationError',
    repr: `<ContainerCreationError: ${cause} (kernel: ${kernel.id})>`,
    traceback: [
      'Traceback (most recent call last):',
      '  File "/opt/backend.ai/lib/python3.12/site-packages/ai/backend/agent/agent.py", line 2113, in create_kernel',
      '    container_data = await ctx.start_container(kernel_obj, cmdargs, resource_opts, preopen_ports)',
      `ai.backend.agent.exception.ContainerCreationError: ${cause}`,
    ].join('\n'),
  }));
  const [first] = errors;
  if (errors.length === 1 && first) return first;
  return { src: 'agent', name: 'MultiAgentError', repr: `<MultiAgentError: ${cause}>`, collection: errors };
}

/** A batch session ran longer than it was given (SES-054). */
export function batchTimeout(ctx: Context, session: Session): void {
  session.result = 'FAILURE';
  emitSession(ctx, session, 'session_failure', 'task-timeout', 137);
  beginEnd(ctx, session, 'task-timeout', 137);
}

/** A batch session's command is over (SES-003). */
export function batchDone(ctx: Context, session: Session): void {
  if (session.status !== 'RUNNING') return;
  const { exitCode } = batchRun(ctx, session);
  const success = exitCode === 0;
  const reason = success ? 'task-finished' : 'task-failed';
  session.result = success ? 'SUCCESS' : 'FAILURE';
  emitSession(ctx, session, success ? 'session_success' : 'session_failure', reason, exitCode);
  beginEnd(ctx, session, reason, exitCode);
}
