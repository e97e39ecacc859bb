import { requesterOf } from './accounts';
import type { CreateAnswer } from './api';
import type { Context } from './context';
import { isActive } from './context';
import {
  actFor,
  amountsOf,
  checkAgentChoice,
  checkAgents,
  checkAmounts,
  checkContainers,
  checkDependencies,
  checkPending,
  checkPorts,
  checkRole,
  checkServed,
  checkSlotNames,
  groupOf,
  projectOf,
  startTime,
} from './create-checks';
import type { CreateRequest } from './create-request';
import { readCreateRequest } from './create-request';
import { ManagerError, invalidParams, notFound } from './errors';
import { findImage, imageReference, mayUseImage } from './images';
import { hash, uuid } from './rng';
import { enqueue } from './session-life';
import { checkAliases, resolveMounts } from './session-mounts';
import { timesSlots } from './slots';
import type { Image, Kernel, Keypair, Project, Requester, Session, Slots, User } from './types';

/** `POST /session/_/create`: every rule in the manager's order, then the queue. */
export function createSession(ctx: Context, requester: Requester, body: unknown): CreateAnswer {
  const request = readCreateRequest(ctx, body);
  checkAgentChoice(ctx, requester, request);
  const { owner, keypair } = actFor(ctx, requester, request.ownerAccessKey ?? requester.accessKey);
  const project = projectOf(ctx, requester, owner, request);
  const image = imageOf(ctx, keypair, request);
  checkAliases(ctx, request);
  checkSlotNames(ctx, request);

  const existing = liveByName(ctx, keypair, request.name);
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
  if (request.type === 'batch') {
    if (!request.startupCommand) throw invalidParams('Batch sessions must have a non-empty startup command.');
  } else {
    if (request.startsAt !== null) throw invalidParams('Parameter starts_at should be used only for batch sessions');
    if (request.batchTimeout !== null) throw invalidParams('Parameter batch_timeout should be used only for batch sessions');
  }
  const startsAfter = startTime(ctx, request);

  checkContainers(ctx, keypair, request);
  const group = groupOf(ctx, keypair, project, request);
  const mounts = resolveMounts(ctx, request, owner, keypair.accessKey, project.id);
  checkRole(request, image);
  const { slots, shmem } = amountsOf(ctx, request, image);
  checkPending(ctx, owner, keypair, timesSlots(slots, request.clusterSize));
  checkServed(ctx, group, image, slots);
  checkAmounts(ctx, image, slots, shmem);
  checkPorts(ctx, request, image);
  checkAgents(ctx, request);
  checkDependencies(ctx, owner, request);

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

function imageOf(ctx: Context, keypair: Keypair, request: CreateRequest): Image {
  const image = findImage(ctx, request.image, request.architecture);
  const who = requesterOf(ctx, keypair);
  if (image && mayUseImage(ctx, who, image)) return image;
  const identifier = `ImageIdentifier(canonical='${request.image}', architecture='${request.architecture}')`;
  throw notFound(
    'No such environment image.',
    `Unknown image references: identifier:${identifier}, alias:'${request.image}'`,
    'image_read_not-found',
  );
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

