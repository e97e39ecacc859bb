import type { Sessions } from './api';
import { iso, spacedIso } from './clock';
import { planCommit } from './commit';
import type { Context } from './context';
import { isActive } from './context';
import { actFor } from './create-checks';
import { SESSION_NAME } from './create-request';
import { ManagerError, badParameters, forbidden, invalidParams, notFound } from './errors';
import { idleChecks } from './idle';
import { kernelLogs, taskOutput } from './logs';
import { queueOf } from './scheduler';
import { schedulingHistory } from './scheduling-history';
import { createSession, liveByName } from './session-create';
import { amountText } from './slots';
import { kernelLiveStat } from './stats';
import { terminateSession } from './terminate';
import type { Requester, Session, Slots } from './types';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** SES-004: own ones, the domain's for its admin, all for superadmin and monitor. */
function visibleTo(ctx: Context, requester: Requester): readonly Session[] {
  if (requester.role === 'superadmin' || requester.role === 'monitor') return ctx.index.all;
  if (requester.role === 'admin') return ctx.index.byDomain.get(requester.domain) ?? [];
  return ctx.index.byUser.get(requester.userId) ?? [];
}

export function canSee(requester: Requester, session: Session): boolean {
  if (requester.role === 'superadmin' || requester.role === 'monitor') return true;
  if (requester.role === 'admin') return session.domain === requester.domain;
  return session.userId === requester.userId;
}

function noSuchSession(idOrName: string): Error {
  const what = UUID.test(idOrName) ? 'id' : 'name';
  return notFound('No such session.', `Session (${what}=${idOrName}) does not exist.`, 'session_read_not-found');
}

/** Whose sessions the call is about: the requester's, or those of `owner_access_key` for admins. */
function scopeKey(ctx: Context, requester: Requester, ownerAccessKey: string | null | undefined): string {
  return ownerAccessKey ? actFor(ctx, requester, ownerAccessKey).keypair.accessKey : requester.accessKey;
}

function ownedBy(ctx: Context, session: Session, accessKey: string): boolean {
  if (session.accessKey === accessKey) return true;
  // 26.x goes by the user, not by the key.
  return ctx.atLeast('26.0') && session.userId === ctx.state.keypairs[accessKey]?.userId;
}

function getSession(ctx: Context, requester: Requester, idOrName: string, ownerAccessKey?: string | null): Session {
  const accessKey = scopeKey(ctx, requester, ownerAccessKey);
  if (UUID.test(idOrName)) {
    const plain = idOrName.toLowerCase().replaceAll('-', '');
    const id = `${plain.slice(0, 8)}-${plain.slice(8, 12)}-${plain.slice(12, 16)}-${plain.slice(16, 20)}-${plain.slice(20)}`;
    const session = ctx.state.sessions[id];
    if (!session || !ownedBy(ctx, session, accessKey)) throw noSuchSession(idOrName);
    return session;
  }
  const keypair = ctx.state.keypairs[accessKey];
  const session = keypair ? liveByName(ctx, keypair, idOrName) : undefined;
  if (!session) throw noSuchSession(idOrName);
  return session;
}

function rename(ctx: Context, session: Session, name: string): void {
  if (!ctx.atLeast('26.0') && !SESSION_NAME.test(name)) throw invalidParams('Invalid session name');
  const keypair = ctx.state.keypairs[session.accessKey];
  const other = keypair ? liveByName(ctx, keypair, name) : undefined;
  const isTaken = other !== undefined && other !== session;
  // From 25.13 on a free name is written before the status is looked at, and stays although the call is refused.
  if (ctx.atLeast('25.13')) {
    if (isTaken) throw nameTaken(ctx, name);
    session.name = name;
  }
  if (session.status !== 'RUNNING') throw badParameters(ctx, "Can't change name of not running session");
  if (isTaken) throw nameTaken(ctx, name);
  session.name = name;
}

function nameTaken(ctx: Context, name: string): ManagerError {
  if (!ctx.atLeast('25.13')) return invalidParams(`Duplicate session name: ${name}`);
  if (!ctx.atLeast('26.0')) return badParameters(ctx, `Session with name '${name}' already exists`);
  return new ManagerError({
    status: 400,
    slug: 'session-already-exists',
    title: 'The session already exists but you requested not to reuse existing one.',
    msg: `Session with name '${name}' already exists`,
    errorCode: 'session_create_already-exists',
  });
}

function pythonSlots(slots: Slots): string {
  return `{${Object.entries(slots)
    .map(([slot, amount]) => `'${slot}': Decimal('${amountText(amount)}')`)
    .join(', ')}}`;
}

function pythonDict(source: Record<string, string>): string {
  return `{${Object.entries(source)
    .map(([key, value]) => `'${key}': '${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`)
    .join(', ')}}`;
}

/** `GET /session/{id}`: amounts and variables come as Python texts. */
function info(ctx: Context, session: Session): Record<string, unknown> {
  const main = session.kernels[0];
  const shmem = session.kernels.map((kernel) => `'${kernel.hostname}': {'shmem': ${String(kernel.resourceOpts.shmem ?? 0)}}`);
  return {
    age: ctx.now - session.createdAt,
    domainName: session.domain,
    groupId: session.projectId,
    userId: session.userId,
    lang: session.imageReference,
    image: session.imageReference,
    architecture: session.architecture,
    registry: session.imageReference.split('/')[0] ?? '',
    tag: session.tag ?? '',
    containerId: main?.containerId ?? 'None',
    occupiedSlots: pythonSlots(main?.occupiedSlots ?? {}),
    occupyingSlots: '{}',
    requestedSlots: pythonSlots(session.requestedSlots),
    occupiedShares: '{}',
    environ: pythonDict(session.environ),
    resourceOpts: `{${shmem.join(', ')}}`,
    status: session.status,
    statusInfo: session.statusInfo ? session.statusInfo : 'None',
    statusData: session.statusData,
    creationTime: iso(session.createdAt),
    terminationTime: session.terminatedAt === null ? null : iso(session.terminatedAt),
    numQueriesExecuted: session.numQueries,
    lastStat: main?.lastStat ?? null,
    idleChecks: idleChecks(ctx, session),
  };
}

function logsOf(ctx: Context, session: Session, kernelId: string | null | undefined): string {
  const kernel = kernelId ? session.kernels.find((one) => one.id === kernelId) : session.kernels[0];
  if (!kernel) throw notFound('No such kernel.', `Kernel not found (id: ${kernelId ?? ''})`, 'kernel_read_not-found');
  if (kernel.agentId === null) {
    throw notFound('No such agent instance.', 'Kernel has not been assigned to an agent.', 'instance_read_not-found');
  }
  // Seen on a 26.8 server: the logs of what has ended are not always to be had, and it fails rather than says so.
  if (ctx.atLeast('26.8') && kernel.terminatedAt !== null && session.type !== 'batch') {
    throw new ManagerError({ status: 500, slug: 'internal-server-error', title: 'Internal server error.', errorCode: 'backendai_generic_internal-error' });
  }
  return kernelLogs(ctx, session, kernel);
}

/** The command's own output, kept in the automount folder `.logs` of who started the session, if there was one. */
function taskLogs(ctx: Context, requester: Requester, kernelId: string): string {
  const folder = Object.values(ctx.state.folders).find((one) => one.name === '.logs' && one.userId === requester.userId && one.status === 'ready');
  if (!folder) throw notFound('No such vfolder.', undefined, 'vfolder_read_not-found');
  const found = ctx.index.kernels.get(kernelId);
  const isKept = found?.session.type === 'batch' && found.kernel.role === 'main' && found.session.mounts.some((mount) => mount.folderId === folder.id);
  if (!isKept || found.kernel.startsAt === null) throw notFound('Storage proxy error.', 'Not Found', 'storage-proxy_read_not-found');
  return taskOutput(ctx, found.session, (found.kernel.terminatedAt ?? ctx.now) - found.kernel.startsAt);
}

function graphNode(ctx: Context, session: Session, seen: ReadonlySet<string>): Record<string, unknown> {
  const next = new Set([...seen, session.id]);
  return {
    session_id: session.id,
    session_name: session.name,
    status: session.status,
    status_changed: spacedIso(session.statusChangedAt),
    depends_on: session.dependencies
      .map((id) => ctx.state.sessions[id])
      .filter((other): other is Session => other !== undefined && !next.has(other.id))
      .map((other) => graphNode(ctx, other, next)),
  };
}

export function createSessions(ctx: Context): Sessions {
  return {
    create: (requester, body) => createSession(ctx, requester, body),
    visible: (requester) => visibleTo(ctx, requester),
    canSee: (requester, session) => canSee(requester, session),
    byId: (id) => ctx.state.sessions[id],
    kernel: (id) => ctx.index.kernels.get(id),
    get: (requester, idOrName, owner) => getSession(ctx, requester, idOrName, owner),
    info: (requester, idOrName, owner) => info(ctx, getSession(ctx, requester, idOrName, owner)),
    rename(requester, idOrName, name, owner) {
      rename(ctx, getSession(ctx, requester, idOrName, owner), name);
    },
    modify(requester, id, patch) {
      const session = ctx.state.sessions[id];
      if (!session || !canSee(requester, session)) throw noSuchSession(id);
      if (requester.role === 'monitor') throw forbidden();
      if (patch.name !== undefined && patch.name !== session.name) rename(ctx, session, patch.name);
      if (patch.priority !== undefined) {
        if (patch.priority < 0 || patch.priority > 100) throw invalidParams('The priority value must be between 0 and 100');
        if (session.status !== 'PENDING') throw invalidParams('Cannot change the priority of a session that is not pending');
        session.priority = patch.priority;
      }
      return session;
    },
    terminate(requester, idOrName, options = {}) {
      const other = ctx.state.sessions[idOrName];
      const isForeign = other !== undefined && !ownedBy(ctx, other, requester.accessKey);
      // SES-C06: another's session only with the owner's key, and only for admins.
      if (isForeign && !options.ownerAccessKey) throw forbidden();
      const session = getSession(ctx, requester, idOrName, options.ownerAccessKey);
      // Up to 25.12 only live ones are looked up.
      if (!ctx.atLeast('25.13') && !isActive(session.status)) throw noSuchSession(idOrName);
      return terminateSession(ctx, requester, session, options);
    },
    planCommit: (requester, idOrName, input) => planCommit(ctx, requester, getSession(ctx, requester, idOrName), input),
    commitStatus(requester, idOrName) {
      const session = getSession(ctx, requester, idOrName);
      return { status: session.committing ? 'ongoing' : 'ready', kernel: session.kernels[0]?.id ?? '' };
    },
    logs: (requester, idOrName, options = {}) =>
      logsOf(ctx, getSession(ctx, requester, idOrName, options.ownerAccessKey), options.kernelId),
    taskLogs: (requester, kernelId) => taskLogs(ctx, requester, kernelId),
    statusHistory(requester, idOrName, owner) {
      const session = getSession(ctx, requester, idOrName, owner);
      return Object.fromEntries(Object.entries(session.statusHistory).map(([status, time]) => [status, iso(time)]));
    },
    dependencyGraph: (requester, idOrName, owner) =>
      graphNode(ctx, getSession(ctx, requester, idOrName, owner), new Set()),
    directAccess(requester, idOrName) {
      const session = getSession(ctx, requester, idOrName);
      if (session.type !== 'system') return {};
      const agent = ctx.state.agents[session.kernels[0]?.agentId ?? ''];
      const sshd = (session.servicePorts ?? []).find((port) => port.name === 'sshd');
      return {
        kernel_role: 'SYSTEM',
        session_type: 'SYSTEM',
        public_host: agent?.publicHost ?? null,
        sshd_ports: sshd?.host_ports ?? [],
      };
    },
    pendingQueue(requester, group) {
      if (requester.role !== 'superadmin') throw forbidden('superadmin privilege required');
      return queueOf(ctx, group);
    },
    queuePosition(session) {
      if (session.status !== 'PENDING') return null;
      const position = queueOf(ctx, session.resourceGroup).indexOf(session);
      return position < 0 ? null : position;
    },
    // Those that are over are remembered as well.
    dependents: (session) => ctx.index.all.filter((other) => other.dependencies.includes(session.id)),
    schedulingHistory(requester, id) {
      const session = ctx.state.sessions[id];
      if (!session || !canSee(requester, session)) throw noSuchSession(id);
      return schedulingHistory(ctx, session);
    },
    servicePorts: (session) => session.servicePorts,
    touch(session) {
      session.lastAccessAt = ctx.now;
    },
    liveStat(kernel) {
      const found = ctx.index.kernels.get(kernel.id);
      return found ? kernelLiveStat(ctx, found.session, kernel) : null;
    },
    idleChecks: (session) => idleChecks(ctx, session),
  };
}
