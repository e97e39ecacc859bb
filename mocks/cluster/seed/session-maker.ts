import { SECOND, iso } from '../clock';
import type { Context } from '../context';
import { holdsResources, isActive } from '../context';
import { imageReference } from '../images';
import { hex } from '../rng';
import { newSession } from '../session-create';
import { openPorts } from '../session-life';
import { addSlots } from '../slots';
import { idles } from '../stats';
import type { Image, Keypair, Project, Session, SessionStatus, SessionType, Slots, StatusData, User } from '../types';

/** A session that was made some time ago and has come as far as `status` says. */
export interface Past {
  name: string;
  owner: User;
  keypair: Keypair;
  project: Project;
  image: Image;
  group: string;
  slots: Slots;
  shmem?: number;
  type?: SessionType;
  status: SessionStatus;
  info?: string | null;
  data?: StatusData | null;
  result?: Session['result'];
  /** Milliseconds before now. */
  created: number;
  /** Time in the queue before it was scheduled. */
  waited?: number;
  /** How long it ran, for ended ones. */
  ran?: number;
  agents?: string[];
  size?: number;
  mode?: Session['clusterMode'];
  command?: string;
  startsAfter?: number;
  dependencies?: string[];
  environ?: Record<string, string>;
  priority?: number;
  exitCode?: number | null;
  folders?: string[];
  /** Milliseconds since the user last opened an app; ten minutes unless said. */
  unused?: number;
}

const WAY: readonly [SessionStatus, number][] = [
  ['SCHEDULED', 0],
  ['PREPARING', 1 * SECOND],
  ['PREPARED', 2.2 * SECOND],
  ['CREATING', 3.4 * SECOND],
  ['RUNNING', 6.3 * SECOND],
];

/** Times of the statuses that lie behind a session; before 24.12 two of them did not exist. */
function history(ctx: Context, past: Past, createdAt: number): Record<string, number> {
  const times: Record<string, number> = { PENDING: createdAt };
  if (past.status === 'PENDING') return times;
  const scheduled = createdAt + (past.waited ?? 1.2 * SECOND);
  // An image is pulled while the session is prepared.
  const last = past.status === 'PULLING' ? 'PREPARING' : past.status;
  const reached = WAY.findIndex(([status]) => status === last);
  const ran = past.ran !== undefined;
  const never = past.status === 'CANCELLED' && (past.agents ?? []).length === 0;
  for (const [i, [status, offset]] of WAY.entries()) {
    if (never || (reached >= 0 && i > reached) || (reached < 0 && !ran && status === 'RUNNING')) continue;
    if (!ctx.atLeast('24.12') && (status === 'PREPARED' || status === 'CREATING')) continue;
    times[status] = scheduled + offset;
  }
  const end = scheduled + 6.3 * SECOND + (past.ran ?? 0);
  if (past.status === 'PULLING') times['PULLING'] = ctx.now - 20 * SECOND;
  if (past.status === 'CANCELLED') times['CANCELLED'] = end;
  if (past.status === 'TERMINATING' || past.status === 'TERMINATED') times['TERMINATING'] = end;
  if (past.status === 'TERMINATED') times['TERMINATED'] = end + 3 * SECOND;
  if (past.status === 'ERROR' || past.status === 'RUNNING_DEGRADED') times[past.status] = end;
  return times;
}

/** Made as if at its own time; the caller adds it to the state in order of creation. */
export function makePast(ctx: Context, past: Past): Session {
  const { now } = ctx.state;
  const createdAt = now - past.created;
  ctx.state.now = createdAt;
  const session = newSession(
    ctx,
    {
      name: past.name,
      type: past.type ?? 'interactive',
      clusterMode: past.mode ?? 'single-node',
      clusterSize: past.size ?? 1,
      priority: past.priority ?? 10,
      environ: past.environ ?? {},
      preopenPorts: [],
      startupCommand: past.command ?? null,
      bootstrapScript: null,
      callbackUrl: null,
      tag: null,
      batchTimeout: null,
      dependencies: past.dependencies ?? [],
      agents: [],
    },
    { ...past, shmem: past.shmem ?? 64 * 2 ** 20 },
  );
  ctx.state.now = now;
  const times = history(ctx, past, createdAt);
  session.status = past.status;
  // 26.x clears the text where older ones forget it.
  session.statusInfo = past.info ?? (ctx.atLeast('26.0') && past.status !== 'PENDING' ? '' : null);
  session.statusData = past.data ?? null;
  // What such a manager tells of waiting is in the history only.
  if (past.status === 'PENDING' && ctx.atLeast('26.8')) {
    session.waited = past.data?.scheduler;
    session.statusInfo = null;
    session.statusData = null;
  }
  session.statusHistory = times;
  session.statusChangedAt = Math.max(...Object.values(times));
  session.result = past.result ?? 'UNDEFINED';
  session.startsAfter = past.startsAfter ?? null;
  session.scheduledAt = times['SCHEDULED'] ?? null;
  session.startsAt = times['RUNNING'] ?? null;
  session.lastAccessAt = times['RUNNING'] === undefined ? null : Math.max(times['RUNNING'], now - (past.unused ?? 600 * SECOND));
  session.terminatedAt = times['TERMINATED'] ?? times['CANCELLED'] ?? null;
  session.imageReference = imageReference(past.image);
  for (const name of past.folders ?? []) {
    const folder = Object.values(ctx.state.folders).find((one) => one.name === name);
    if (folder) {
      session.mounts.push({ folderId: folder.id, name, subpath: '', target: `/home/work/${name}`, permission: folder.permission });
    }
  }
  dress(ctx, past, session, times);
  return session;
}

function dress(ctx: Context, past: Past, session: Session, times: Record<string, number>): void {
  const agents = past.agents ?? [];
  session.kernels.forEach((kernel, i) => {
    kernel.status = past.status;
    kernel.statusInfo = session.statusInfo;
    kernel.statusData = session.statusData;
    // What is over never changes again: session and kernel may share it.
    kernel.statusHistory = isActive(past.status) ? { ...times } : times;
    kernel.statusChangedAt = session.statusChangedAt;
    kernel.startsAt = session.startsAt;
    kernel.terminatedAt = session.terminatedAt;
    kernel.exitCode = past.exitCode ?? null;
    // What the seed says runs is in use, or the utilization check would end it as soon as the clock starts.
    while (past.status === 'RUNNING' && idles(kernel)) kernel.noise += 1;
    const id = agents[Math.min(i, agents.length - 1)];
    const agent = id === undefined ? undefined : ctx.state.agents[id];
    if (!agent) return;
    kernel.agentId = agent.id;
    kernel.agentAddr = agent.addr;
    kernel.occupiedSlots = { ...kernel.requestedSlots };
    if (session.startsAt !== null) kernel.containerId = hex(ctx.state, 64);
    if (holdsResources(past.status)) agent.occupied = addSlots(agent.occupied, kernel.occupiedSlots);
  });
  if (agents.length > 0) session.occupiedSlots = { ...session.requestedSlots };
  if (session.startsAt !== null && isActive(past.status)) session.servicePorts = openPorts(ctx, session);
}

/** What the scheduler wrote while the session waited. */
export function waiting(
  ctx: Context,
  failed: { name: string; msg: string }[],
  passed: string[],
  retries: number,
  msg = '',
): StatusData | null {
  return {
    scheduler: {
      failed_predicates: failed,
      passed_predicates: passed.map((name) => ({ name })),
      retries,
      last_try: iso(ctx.now - 4 * SECOND),
      msg,
    },
  };
}
