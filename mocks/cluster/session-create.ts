import type { CreateAnswer } from './api';
import { duration } from './clock';
import type { Context } from './context';
import { isActive } from './context';
import type { CreateRequest } from './create-request';
import { readCreateRequest } from './create-request';
import { ManagerError, forbidden, invalidParams, notFound } from './errors';
import { findImage, imageMaximum, imageMinimum, imageReference, imageServices, mayUseImage, roleFor } from './images';
import { accessibleGroups, findProject } from './resource-groups';
import { unknownProject } from './resources';
import { hash, uuid } from './rng';
import { enqueue } from './session-life';
import { resolveMounts } from './session-mounts';
import { humanized, parseSize, sizeText, timesSlots } from './slots';
import type { Image, Kernel, Keypair, Project, Requester, ResourceGroup, Session, Slots, User } from './types';

/** The server's default when neither the request nor the image says one. */
const DEFAULT_SHMEM = 64 * 2 ** 20;

/** `POST /session/_/create`: every rule in the manager's order, then the queue. */
export function createSession(ctx: Context, requester: Requester, body: unknown): CreateAnswer {
  const request = readCreateRequest(ctx, body);
  const { owner, keypair } = ownerOf(ctx, requester, request);
  const project = projectOf(ctx, requester, owner, request);
  if (request.type !== 'batch') {
    if (request.startsAt !== null) throw invalidParams('Parameter starts_at should be used only for batch sessions');
    if (request.batchTimeout !== null) throw invalidParams('Parameter batch_timeout should be used only for batch sessions');
  } else if (!request.startupCommand) {
    throw invalidParams('Batch sessions must have a non-empty startup command.');
  }
  const startsAfter = startTime(ctx, request);

  const existing = liveByName(ctx, keypair, request.name);
  const image = imageOf(ctx, owner, keypair, request);
  if (existing) {
    if (request.reuse && existing.imageReference === imageReference(image)) return answer(existing, false);
    throw new ManagerError({
      status: 400,
      slug: 'session-already-exists',
      title: 'The session already exists but you requested not to reuse existing one.',
      data: { existingSessionId: existing.id },
      errorCode: 'session_create_already-exists',
    });
  }
  checkRole(request, image);
  const policy = ctx.state.keypairPolicies[keypair.resourcePolicy];
  const most = policy?.maxContainersPerSession ?? 1;
  if (request.clusterSize > most && !(ctx.atLeast('26.0') && most <= 0)) {
    throw quotaExceeded(ctx, `You cannot create session with more than ${String(most)} containers.`);
  }
  for (const id of request.dependencies) {
    const other = ctx.state.sessions[id];
    if (!other || other.userId !== owner.id) throw invalidParams('Unknown session ID or name in the dependency list', { session_ref: id });
  }
  const group = groupOf(ctx, owner, keypair, project, request);
  checkAgents(ctx, requester, request);
  const mounts = resolveMounts(ctx, request, owner, keypair.accessKey, project.id);
  const { slots, shmem } = amounts(ctx, request, image);
  checkPorts(request, image);

  const session = newSession(ctx, request, { owner, keypair, project, image, group: group.name, slots, shmem });
  session.mounts = mounts;
  session.startsAfter = startsAfter;
  session.failStart = request.environ['BAI_SIM_FAIL_START'] ? failureText(request) : (image.labels['sim.fail-start'] ?? null);
  enqueue(ctx, session);
  return answer(session, true);
}

/** The simulation's own switch: `BAI_SIM_FAIL_START=1`, or a text that becomes the cause. */
function failureText(request: CreateRequest): string {
  const value = request.environ['BAI_SIM_FAIL_START'] ?? '';
  return /^(1|true|yes)$/i.test(value) ? `failed to pull or start the image ${request.image}` : value;
}

function ownerOf(ctx: Context, requester: Requester, request: CreateRequest): { owner: User; keypair: Keypair } {
  const accessKey = request.ownerAccessKey ?? requester.accessKey;
  const keypair = ctx.state.keypairs[accessKey];
  const owner = keypair ? ctx.state.users[keypair.userId] : undefined;
  if (accessKey !== requester.accessKey) {
    if (requester.role !== 'superadmin' && requester.role !== 'admin') {
      throw forbidden('Only admins can perform operations on behalf of other users.');
    }
    if (!keypair || !owner) throw notFound('No such keypair.', 'Unknown owner access key', 'keypair_read_not-found');
    // SES-056: a domain admin only for users of the own domain, never for superadmins.
    if (requester.role === 'admin' && (owner.domain !== requester.domain || owner.role === 'superadmin')) {
      throw forbidden('The domain admin cannot perform operations on behalf of users of other domains or superadmins.');
    }
  }
  if (!keypair || !owner) throw notFound('No such keypair.', undefined, 'keypair_read_not-found');
  return { owner, keypair };
}

function projectOf(ctx: Context, requester: Requester, owner: User, request: CreateRequest): Project {
  if (!ctx.state.domains[request.domain]) throw notFound('No such domain.', `Unknown domain (name: ${request.domain})`, 'domain_read_not-found');
  if (request.domain !== owner.domain && requester.role !== 'superadmin') throw invalidParams('Invalid domain');
  const project = findProject(ctx, request.project, request.domain);
  const isAdmin = owner.role === 'superadmin' || owner.role === 'admin';
  if (!project || (!isAdmin && !owner.projectIds.includes(project.id))) {
    if (ctx.atLeast('26.0')) throw unknownProject(ctx, request.project);
    throw notFound('No such user group.', `Unknown or not joined project (name: ${request.project})`, 'group_read_not-found');
  }
  return project;
}

function startTime(ctx: Context, request: CreateRequest): number | null {
  if (request.startsAt === null) return null;
  const time = Date.parse(request.startsAt);
  if (!Number.isNaN(time)) return time;
  try {
    return ctx.now + duration(request.startsAt);
  } catch {
    throw invalidParams('starts_at parameter should be time duration or ISO 8601 datetime');
  }
}

/** Names are unique among the live sessions of a key (26.x: of a user). */
export function liveByName(ctx: Context, keypair: Keypair, name: string): Session | undefined {
  const own = ctx.atLeast('26.0')
    ? ctx.index.activeByUser.get(keypair.userId)
    : ctx.index.activeByKey.get(keypair.accessKey);
  for (const session of own ?? []) {
    if (session.name === name && isActive(session.status)) return session;
  }
  return undefined;
}

function imageOf(ctx: Context, owner: User, keypair: Keypair, request: CreateRequest): Image {
  const image = findImage(ctx, request.image, request.architecture);
  const who: Requester = {
    userId: owner.id,
    email: owner.email,
    username: owner.username,
    role: owner.role,
    domain: owner.domain,
    accessKey: keypair.accessKey,
    projectIds: owner.projectIds,
  };
  if (image && mayUseImage(ctx, who, image)) return image;
  const identifier = `ImageIdentifier(canonical='${request.image}', architecture='${request.architecture}')`;
  throw notFound(
    'No such environment image.',
    `Unknown image references: identifier:${identifier}, alias:'${request.image}'`,
    'image_read_not-found',
  );
}

function checkRole(request: CreateRequest, image: Image): void {
  const role = image.labels['ai.backend.role'] ?? 'COMPUTE';
  const needed = roleFor(request.type);
  if (role !== needed) {
    throw invalidParams(`Cannot create ${request.type} session with the image whose role is ${role}. (${imageReference(image)})`);
  }
}

export function quotaExceeded(ctx: Context, msg: string, data?: unknown): ManagerError {
  return new ManagerError({
    status: ctx.atLeast('26.0') ? 400 : 412,
    slug: 'quota-exceeded',
    title: 'You have reached your resource limit.',
    msg,
    data,
    errorCode: 'resource-policy_check_quota-exceeded',
  });
}

function groupOf(ctx: Context, owner: User, keypair: Keypair, project: Project, request: CreateRequest): ResourceGroup {
  const who: Requester = {
    userId: owner.id,
    email: owner.email,
    username: owner.username,
    role: owner.role,
    domain: owner.domain,
    accessKey: keypair.accessKey,
    projectIds: owner.projectIds,
  };
  const groups = accessibleGroups(ctx, who, project);
  const missing = (msg: string): ManagerError => notFound('No such scaling group.', msg, 'scaling-group_read_not-found');
  if (groups.length === 0) throw missing('You have no scaling groups allowed to use.');
  const { resourceGroup } = request;
  if (resourceGroup === null) {
    const first = groups.find((group) => group.schedulerOpts.allowedSessionTypes.includes(request.type));
    if (!first) throw typeNotAllowed(`No scaling groups accept the session type '${request.type}'.`);
    return first;
  }
  const group = groups.find((candidate) => candidate.name === resourceGroup);
  if (!group) throw missing(`The given scaling group does not exist or is not accessible: ${resourceGroup}`);
  if (!group.schedulerOpts.allowedSessionTypes.includes(request.type)) {
    throw typeNotAllowed(`The scaling group '${group.name}' does not accept the session type '${request.type}'.`);
  }
  return group;
}

function typeNotAllowed(msg: string): ManagerError {
  return new ManagerError({
    status: 422,
    slug: 'scaling-group-session-type-not-allowed',
    title: 'Scaling group session type not allowed.',
    msg,
    errorCode: 'scaling-group_create_not-allowed',
  });
}

function checkAgents(ctx: Context, requester: Requester, request: CreateRequest): void {
  if (request.agents.length === 0) return;
  if (ctx.state.settings.hideAgents && requester.role !== 'superadmin') {
    throw forbidden('You are not allowed to specify agents.');
  }
  const needed = request.clusterMode === 'single-node' ? 1 : request.clusterSize;
  if (request.agents.length !== needed) {
    throw invalidParams(`Agent list should have ${String(needed)} item(s) for the cluster mode ${request.clusterMode}.`);
  }
  for (const id of request.agents) {
    if (!ctx.state.agents[id]) throw notFound('No such agent.', `Unknown agent (id: ${id})`, 'agent_read_not-found');
  }
}

/** Amounts per container: the image's minimum has the shared memory added to it (SES-R11). */
function amounts(ctx: Context, request: CreateRequest, image: Image): { slots: Slots; shmem: number } {
  const minimum = imageMinimum(image);
  const preferred = parseSize(image.labels['ai.backend.resource.preferred.shmem'] ?? DEFAULT_SHMEM);
  const shmem = request.shmem ?? preferred;
  const least: Slots = {};
  for (const [slot, amount] of Object.entries(minimum)) least[slot] = slot === 'mem' ? amount + shmem : amount;
  const slots: Slots = {};
  for (const slot of Object.keys(ctx.state.slotTypes)) {
    const given = request.resources[slot];
    if (given === undefined || given === null) {
      if ((least[slot] ?? 0) > 0) slots[slot] = least[slot] ?? 0;
      continue;
    }
    const amount = slot === 'mem' ? parseSize(given) : Number(given);
    if (Number.isNaN(amount) || amount < 0) throw invalidParams(`Invalid amount of ${slot}: ${String(given)}`);
    if (amount > 0 || slot === 'cpu' || slot === 'mem') slots[slot] = amount;
  }
  for (const slot of Object.keys(request.resources)) {
    if (!(slot in ctx.state.slotTypes)) throw invalidParams(`Unknown slot type: ${slot}`);
  }
  const tooSmall = Object.entries(least).some(([slot, amount]) => amount > (slots[slot] ?? 0));
  if (tooSmall) {
    throw invalidParams(
      ctx.atLeast('26.0')
        ? `kernel_specs[0] resource request is smaller than the image minimum (${humanized(least)}).`
        : `Your resource request is smaller than the minimum required by the image. (${humanized(least)})`,
    );
  }
  const most = imageMaximum(image);
  if (!ctx.atLeast('25.14') && Object.entries(most).some(([slot, amount]) => (slots[slot] ?? 0) > amount)) {
    throw invalidParams(`Your resource request is larger than the maximum allowed by the image. (${humanized(most)})`);
  }
  if (shmem >= (slots['mem'] ?? 0)) {
    throw invalidParams(
      `Shared memory should be less than the main memory. (s:${sizeText(shmem)}, m:${sizeText(slots['mem'] ?? 0)})`,
    );
  }
  return { slots, shmem };
}

const SYSTEM_PORTS = new Set([2000, 2001, 2002, 2003, 2200, 7681]);

function checkPorts(request: CreateRequest, image: Image): void {
  const apps = imageServices(image);
  const seen = new Set<number>();
  for (const port of request.preopenPorts) {
    if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
      throw invalidParams(`Preopen port ${String(port)} must be between 1024 and 65535`);
    }
    if (SYSTEM_PORTS.has(port)) throw invalidParams(`Preopen port ${String(port)} is reserved for internal use`);
    if (seen.has(port)) throw invalidParams(`Preopen port ${String(port)} is given twice`);
    seen.add(port);
    const app = apps.find((one) => one.ports.includes(port));
    if (app) throw invalidParams(`Preopen port ${String(port)} is already used by the service ${app.name}`);
  }
}

export interface SessionParts {
  owner: User;
  keypair: Keypair;
  project: Project;
  image: Image;
  group: string;
  /** Per container. */
  slots: Slots;
  shmem: number;
}

/** A PENDING session with its kernels; not yet in the state. */
export function newSession(
  ctx: Context,
  request: Pick<
    CreateRequest,
    'name' | 'type' | 'clusterMode' | 'clusterSize' | 'priority' | 'environ' | 'preopenPorts' | 'startupCommand' | 'bootstrapScript' | 'callbackUrl' | 'tag' | 'batchTimeout' | 'dependencies' | 'agents'
  >,
  parts: SessionParts,
): Session {
  const id = uuid(ctx.state);
  const reference = imageReference(parts.image);
  const kernels = Array.from({ length: request.clusterSize }, (_x, i): Kernel => {
    const role = i === 0 ? 'main' : 'sub';
    const index = i === 0 ? 1 : i;
    const kernelId = uuid(ctx.state);
    return {
      id: kernelId,
      sessionId: id,
      role,
      index,
      localRank: i,
      hostname: `${role}${String(index)}`,
      status: 'PENDING',
      statusInfo: null,
      statusData: null,
      statusChangedAt: ctx.now,
      statusHistory: { PENDING: ctx.now },
      imageId: parts.image.id,
      imageReference: reference,
      architecture: parts.image.architecture,
      agentId: null,
      agentAddr: null,
      containerId: null,
      requestedSlots: { ...parts.slots },
      occupiedSlots: {},
      resourceOpts: { shmem: parts.shmem },
      preopenPorts: request.preopenPorts,
      startsAt: null,
      terminatedAt: null,
      lastStat: null,
      noise: hash(kernelId),
      exitCode: null,
    };
  });
  const total = timesSlots(parts.slots, request.clusterSize);
  return {
    id,
    name: request.name,
    type: request.type,
    status: 'PENDING',
    statusInfo: null,
    statusData: null,
    statusChangedAt: ctx.now,
    statusHistory: { PENDING: ctx.now },
    result: 'UNDEFINED',
    priority: request.priority,
    clusterMode: request.clusterMode,
    clusterSize: request.clusterSize,
    domain: parts.project.domain,
    projectId: parts.project.id,
    userId: parts.owner.id,
    accessKey: parts.keypair.accessKey,
    resourceGroup: parts.group,
    imageReference: reference,
    architecture: parts.image.architecture,
    requestedSlots: total,
    // 26.x tells what was asked as occupied from the start.
    occupiedSlots: ctx.atLeast('26.0') ? total : {},
    environ: request.environ,
    mounts: [],
    servicePorts: null,
    preopenPorts: request.preopenPorts,
    startupCommand: request.startupCommand,
    bootstrapScript: request.bootstrapScript ?? (parts.keypair.bootstrapScript || null),
    callbackUrl: request.callbackUrl,
    tag: request.tag,
    startsAfter: null,
    batchTimeout: request.batchTimeout,
    dependencies: request.dependencies,
    designatedAgents: request.agents,
    createdAt: ctx.now,
    scheduledAt: null,
    startsAt: null,
    terminatedAt: null,
    lastAccessAt: null,
    failStart: null,
    committing: false,
    numQueries: 0,
    mark: 0,
    kernels,
  };
}

function answer(session: Session, created: boolean): CreateAnswer {
  const ports = (session.servicePorts ?? []).map(({ name, protocol, container_ports }) => ({
    name,
    protocol,
    ports: container_ports,
  }));
  return { sessionId: session.id, sessionName: session.name, status: session.status, servicePorts: ports, created };
}

