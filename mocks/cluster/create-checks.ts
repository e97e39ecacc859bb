import { requesterOf } from './accounts';
import { duration } from './clock';
import type { Context } from './context';
import type { CreateRequest } from './create-request';
import { ManagerError, forbidden, invalidParams, notFound } from './errors';
import { imageMaximum, imageMinimum, imageReference, imageServices, roleFor } from './images';
import { accessibleGroups } from './resource-groups';
import { addSlots, amountText, humanized, parseSize, sizeText } from './slots';
import type { Image, Keypair, Project, Requester, ResourceGroup, Slots, User } from './types';

/** What the manager refuses of a new session (SES-C02), in the words of each version. */

/** From 26.4.5 on a session is checked as a whole, kernel by kernel, and told so. */
function byKernel(ctx: Context): boolean {
  return ctx.atLeast('26.4.5');
}

/** The server's default when neither the request nor the image says one. */
const DEFAULT_SHMEM = 64 * 2 ** 20;

/** A list as the manager writes it into its sentences. */
function pythonList(items: readonly (string | number)[]): string {
  return `[${items.map((item) => (typeof item === 'string' ? `'${item}'` : String(item))).join(', ')}]`;
}

export function quotaExceeded(ctx: Context, msg: string, data?: unknown): ManagerError {
  return new ManagerError({
    status: ctx.atLeast('26.0') ? 400 : 412,
    slug: 'quota-exceeded',
    title: 'You have reached your resource limit.',
    msg,
    data,
    errorCode: 'session_create_unavailable',
  });
}

export function checkAgentChoice(ctx: Context, requester: Requester, request: CreateRequest): void {
  if (request.agents.length === 0) return;
  if (ctx.state.settings.hideAgents && requester.role !== 'superadmin') {
    throw new ManagerError({
      status: 403,
      slug: 'insufficient-privilege',
      title: 'Insufficient privilege.',
      msg: 'You are not allowed to manually assign agents for your session.',
      errorCode: 'user_auth_forbidden',
    });
  }
  if (byKernel(ctx)) return;
  if (request.clusterMode === 'multi-node') {
    if (request.agents.length !== request.clusterSize) {
      throw invalidParams(
        'For multi-node cluster sessions, the number of manually assigned agents must be same to the cluster size. Note that you may specify duplicate agents in the list.',
      );
    }
  } else if (request.agents.length !== 1) {
    throw invalidParams('For non-cluster sessions and single-node cluster sessions, you may specify only one manually assigned agent.');
  }
}

/** From 26.4.5 on an agent that is not there is waited for. */
export function checkAgents(ctx: Context, request: CreateRequest): void {
  const unknown = request.agents.find((id) => !ctx.state.agents[id]);
  if (unknown !== undefined && !byKernel(ctx)) throw invalidParams(`No such agent: ${unknown}`);
}

/** Whether the requester may act for the holder of the key (SES-056). */
export function actFor(ctx: Context, requester: Requester, accessKey: string): { owner: User; keypair: Keypair } {
  const keypair = ctx.state.keypairs[accessKey];
  const owner = keypair ? ctx.state.users[keypair.userId] : undefined;
  if (!keypair || !owner) throw invalidParams('Unknown owner access key');
  if (accessKey === requester.accessKey || requester.role === 'superadmin') return { owner, keypair };
  if (requester.role !== 'admin') throw forbidden('Only admins can perform operations on behalf of other users.');
  if (owner.domain !== requester.domain) {
    throw forbidden('Domain-admins can perform operations on behalf of other users in the same domain only.');
  }
  if (owner.role === 'superadmin') throw forbidden('Domain-admins cannot perform operations on behalf of super-admins.');
  return { owner, keypair };
}

/** Who starts an own session must be a member; a role counts only where somebody else starts it for an admin. */
export function projectOf(ctx: Context, requester: Requester, owner: User, request: CreateRequest): Project {
  const role = owner.id === requester.userId ? 'user' : owner.role;
  if (request.domain !== owner.domain && role !== 'superadmin') {
    throw invalidParams(`You can only set the domain to ${role === 'admin' ? "the owner's" : 'your'} domain.`);
  }
  const project = Object.values(ctx.state.projects).find(
    (one) => one.name === request.project && one.domain === request.domain && one.isActive,
  );
  const isMember = role === 'superadmin' || role === 'admin' || (project && owner.projectIds.includes(project.id));
  if (project && isMember) return project;
  throw invalidParams(
    byKernel(ctx)
      ? `Invalid group (${request.project}): the group does not exist, is inactive, or the user is not a member.`
      : 'Invalid group',
  );
}

/** The server fails on what is neither a time nor a duration. */
export function startTime(ctx: Context, request: CreateRequest): number | null {
  if (request.startsAt === null) return null;
  const time = Date.parse(request.startsAt);
  if (!Number.isNaN(time)) return time;
  try {
    return ctx.now + duration(request.startsAt);
  } catch {
    throw new ManagerError({ status: 500, slug: 'internal-server-error', title: 'Internal server error.', errorCode: 'backendai_generic_internal-error' });
  }
}

export function checkContainers(ctx: Context, keypair: Keypair, request: CreateRequest): void {
  const most = ctx.state.keypairPolicies[keypair.resourcePolicy]?.maxContainersPerSession ?? 1;
  if (request.clusterSize <= most || (ctx.atLeast('26.0') && most <= 0)) return;
  throw quotaExceeded(
    ctx,
    byKernel(ctx)
      ? `Session requests ${String(request.clusterSize)} kernels, exceeding the keypair limit of ${String(most)} containers per session.`
      : `You cannot create session with more than ${String(most)} containers.`,
  );
}

export function groupOf(ctx: Context, keypair: Keypair, project: Project, request: CreateRequest): ResourceGroup {
  const who = requesterOf(ctx, keypair);
  const groups = accessibleGroups(ctx, who, project);
  const missing = (msg: string): ManagerError => notFound('No such scaling group.', msg, 'scaling-group_read_not-found');
  if (groups.length === 0) throw missing('You have no scaling groups allowed to use.');
  const { resourceGroup } = request;
  if (resourceGroup === null) {
    const first = groups.find((group) => group.schedulerOpts.allowedSessionTypes.includes(request.type));
    if (!first) throw missing(`No scaling groups accept the session type '${request.type}'.`);
    return first;
  }
  const group = groups.find((candidate) => candidate.name === resourceGroup);
  if (!group) {
    if (!byKernel(ctx)) {
      throw missing(`The scaling group '${resourceGroup}' does not exist or you do not have access to the scaling group '${resourceGroup}'.`);
    }
    if (!ctx.state.resourceGroups[resourceGroup]) throw missing(resourceGroup);
    throw invalidParams(`Resource group '${resourceGroup}' is not accessible`);
  }
  if (!group.schedulerOpts.allowedSessionTypes.includes(request.type)) {
    const msg = `The scaling group '${group.name}' does not accept the session type '${request.type}'.`;
    if (!ctx.atLeast('26.0')) throw missing(msg);
    throw new ManagerError({
      status: 422,
      slug: 'scaling-group-session-type-not-allowed',
      title: 'Scaling group session type not allowed.',
      msg,
      errorCode: 'scaling-group_create_not-allowed',
    });
  }
  return group;
}

export function checkRole(request: CreateRequest, image: Image): void {
  const role = image.labels['ai.backend.role'];
  if (role === undefined || role === roleFor(request.type)) return;
  throw invalidParams(`Cannot create ${request.type} session with the given image. (img: ${image.name}, img role: ${role})`);
}

/** The names and texts of amounts, before anything else is looked at. */
export function checkSlotNames(ctx: Context, request: CreateRequest): void {
  for (const [slot, given] of Object.entries(request.resources)) {
    if (given === 0 || given === null) continue;
    const why = 'Invalid resource allocation: ';
    if (!(slot in ctx.state.slotTypes)) throw invalidParams(`${why}Unknown slot type: '${slot}'`);
    if (Number.isNaN(amountOf(slot, given))) throw invalidParams(`${why}Cannot convert the slot '${slot}' to decimal: '${String(given)}'`);
  }
}

function amountOf(slot: string, given: unknown): number {
  return slot === 'mem' ? parseSize(given) : Number(given);
}

/** What the image needs; the shared memory comes on top (SES-R11). */
function leastOf(image: Image, shmem: number): Slots {
  return addSlots(imageMinimum(image), { mem: shmem });
}

/** Amounts per container; cores and memory that are not said are the least. */
export function amountsOf(ctx: Context, request: CreateRequest, image: Image): { slots: Slots; shmem: number } {
  const preferred = parseSize(image.labels['ai.backend.resource.preferred.shmem'] ?? DEFAULT_SHMEM);
  const shmem = request.shmem ?? preferred;
  const least = leastOf(image, shmem);
  const slots: Slots = {};
  for (const slot of Object.keys(ctx.state.slotTypes)) {
    const amount = amountOf(slot, request.resources[slot] ?? 0);
    if (amount !== 0) slots[slot] = amount;
    else if (slot === 'cpu' || slot === 'mem') slots[slot] = least[slot] ?? 0;
  }
  return { slots, shmem };
}

/** From 26.4.5 on some agent of the group, alive or lost, must have each slot. */
export function checkServed(ctx: Context, group: ResourceGroup, image: Image, slots: Slots): void {
  if (!byKernel(ctx)) return;
  const served = new Set(
    Object.values(ctx.state.agents).flatMap((agent) => (agent.resourceGroup === group.name ? Object.keys(agent.available) : [])),
  );
  if (served.size === 0) throw invalidParams(`resource group '${group.name}' has no agents serving any resource slot.`);
  const lacking = (amounts: Slots): string[] =>
    Object.keys(amounts).filter((slot) => slot in ctx.state.slotTypes && (amounts[slot] ?? 0) > 0 && !served.has(slot)).sort();
  const needed = lacking(imageMinimum(image));
  if (needed.length > 0) {
    throw invalidParams(
      `kernel_specs[0]: image '${imageReference(image)}' requires resource slot(s) ${pythonList(needed)} that resource group '${group.name}' does not serve. Pick an image whose required slots are available here, or switch to a resource group that supports these slots.`,
    );
  }
  const asked = lacking(slots);
  if (asked.length > 0) {
    throw invalidParams(
      `kernel_specs[0]: the request asks for resource slot(s) ${pythonList(asked)} that resource group '${group.name}' does not serve. Drop these slots from the request or switch to a resource group that supports them.`,
    );
  }
}

/** From 26.4.5 on the queue of a user is full when the session comes, not only while it waits (SES-420). */
export function checkPending(ctx: Context, owner: User, keypair: Keypair, wanted: Slots): void {
  if (!byKernel(ctx)) return;
  const main = ctx.state.keypairs[owner.mainAccessKey ?? keypair.accessKey] ?? keypair;
  const policy = ctx.state.keypairPolicies[main.resourcePolicy];
  const pending = [...(ctx.index.activeByUser.get(owner.id) ?? [])].filter((session) => session.status === 'PENDING');
  const limit = policy?.maxPendingSessionCount ?? 0;
  if (limit > 0 && pending.length + 1 > limit) {
    throw quotaExceeded(ctx, `You already have ${String(pending.length)} pending sessions, which exceeds the pending-session limit of ${String(limit)}.`);
  }
  const most = policy?.maxPendingSessionResourceSlots ?? {};
  const total = pending.reduce<Slots>((sum, session) => addSlots(sum, session.requestedSlots), wanted);
  const exceeded = Object.keys(most).filter((slot) => (total[slot] ?? 0) > (most[slot] ?? 0));
  if (exceeded.length === 0) return;
  const told = (amounts: Slots): string => exceeded.map((slot) => `${slot}=${amountText(amounts[slot] ?? 0)}`).join(', ');
  throw quotaExceeded(ctx, `Your pending sessions would occupy ${told(total)}, which exceeds the pending-session resource limit of ${told(most)}.`);
}

export function checkAmounts(ctx: Context, image: Image, slots: Slots, shmem: number): void {
  const least = leastOf(image, shmem);
  if (byKernel(ctx)) {
    if (Object.entries(least).some(([slot, amount]) => amount > (slots[slot] ?? 0))) {
      throw invalidParams(`kernel_specs[0] resource request is smaller than the image minimum (${humanized(least)}).`);
    }
  } else {
    // The older ones compare all amounts at once: one that is above its least makes up for those below.
    const names = Object.keys({ ...least, ...slots });
    const below = names.some((slot) => (least[slot] ?? 0) > (slots[slot] ?? 0));
    const above = names.some((slot) => (least[slot] ?? 0) < (slots[slot] ?? 0));
    if (below && !above) {
      throw invalidParams(`Your resource request is smaller than the minimum required by the image. (${humanized(least)})`);
    }
  }
  const most = imageMaximum(image);
  if (!ctx.atLeast('25.14') && Object.entries(most).some(([slot, amount]) => (slots[slot] ?? 0) > amount)) {
    throw invalidParams(`Your resource request is larger than the maximum allowed by the image. (${humanized(most)})`);
  }
  if (shmem < (slots['mem'] ?? 0)) return;
  const [shared, main] = [sizeText(shmem), sizeText(slots['mem'] ?? 0)];
  throw invalidParams(
    byKernel(ctx)
      ? `kernel_specs[0] shared-memory (${shared}) must be smaller than requested memory (${main}).`
      : `Shared memory should be less than the main memory. (s:${shared}, m:${main})`,
  );
}

const RESERVED_PORTS = [2000, 2001, 2200, 7681];

export function checkPorts(ctx: Context, request: CreateRequest, image: Image): void {
  const ports = [...new Set(request.preopenPorts)].sort((a, b) => a - b);
  const reserved = ports.filter((port) => RESERVED_PORTS.includes(port));
  if (reserved.length > 0) {
    throw invalidParams(
      byKernel(ctx)
        ? `kernel_specs[0] preopen_ports ${pythonList(reserved)} collide with reserved ports (${pythonList(RESERVED_PORTS)}).`
        : 'Port 2000, 2001, 2200 and 7681 are reserved for internal use',
    );
  }
  const services = new Set(imageServices(image).flatMap((app) => app.ports));
  const taken = ports.filter((port) => services.has(port));
  if (taken.length === 0) return;
  throw invalidParams(
    byKernel(ctx)
      ? `kernel_specs[0] preopen_ports ${pythonList(taken)} collide with ports declared by the image's service metadata.`
      : 'Preopen port allocation cannot overlap with service port predefined by image',
  );
}

export function checkDependencies(ctx: Context, owner: User, request: CreateRequest): void {
  for (const id of request.dependencies) {
    const other = ctx.state.sessions[id];
    // The newest ones take anybody's session.
    if (other && (byKernel(ctx) || other.userId === owner.id)) continue;
    throw invalidParams(`Unknown session ID ${byKernel(ctx) ? '' : 'or name '}in the dependency list`, { session_ref: id });
  }
}
