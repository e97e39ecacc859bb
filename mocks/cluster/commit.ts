import type { TaskInput } from './api';
import type { Context } from './context';
import { quotaExceeded } from './create-checks';
import { badParameters, invalidParams } from './errors';
import { imageReference } from './images';
import { hex, randomInt, uuid } from './rng';
import type { BackgroundTask, Image, Project, Requester, Session } from './types';

/** Turning a running session into an image (SES-C60). */

/** Commit, push and rescan, in seconds together. */
const SECONDS = 24;
const STEPS = ['Committed image', 'Pushed image to registry', 'Completed', ''];
const NAME = /^[a-zA-Z0-9.\-_]+$/;

function ownImages(ctx: Context, userId: string): Image[] {
  return Object.values(ctx.state.images).filter((image) => image.status === 'ALIVE' && image.customized?.ownerId === userId);
}

function quota(ctx: Context, requester: Requester): { limit: number; current: number } {
  const policy = ctx.state.userPolicies[ctx.state.users[requester.userId]?.resourcePolicy ?? ''];
  return { limit: policy?.maxCustomizedImageCount ?? 0, current: ownImages(ctx, requester.userId).length };
}

function registryOf(ctx: Context, session: Session): NonNullable<Project['containerRegistry']> {
  const registry = ctx.state.projects[session.projectId]?.containerRegistry;
  if (registry) return registry;
  const msg = 'Project not ready to convert session image (registry configuration not populated)';
  throw badParameters(ctx, msg);
}

/** The checks before the task; what it is to do. Managers before 25.13 count the images only within the task. */
export function planCommit(ctx: Context, requester: Requester, session: Session, input: { name: unknown; visibility: unknown }): TaskInput {
  const { name, visibility } = input;
  if (typeof name !== 'string' || !NAME.test(name)) throw invalidParams('image_name: String should match the pattern');
  if (visibility !== undefined && visibility !== 'user') throw badParameters(ctx, `Unsupported visibility scope ${String(visibility)}`);
  const { limit, current } = quota(ctx, requester);
  const full = limit <= current;
  const words = 'You have reached your customized image count quota';
  if (full && ctx.atLeast('25.13')) {
    throw quotaExceeded(ctx, `${words}. (current: ${current}, limit: ${limit})`, { limit, current });
  }
  registryOf(ctx, session);
  if (session.status !== 'RUNNING') throw invalidParams('The session is not running.');
  const fail = full ? words : session.committing ? 'Another commit of the session is in progress' : undefined;
  if (!fail) session.committing = true;
  return {
    name: `convert_session_to_image ${session.id}`,
    seconds: fail ? 2 : SECONDS,
    total: fail ? 0 : STEPS.length - 1,
    messages: fail ? [] : STEPS,
    opening: 'Commit started',
    fail,
    commit: { sessionId: session.id, name },
  };
}

/** The push has happened: the image is there, or the task fails instead. Called right before the task's end is told. */
export function endCommit(ctx: Context, task: BackgroundTask): void {
  if (!task.commit || task.failure !== null) return;
  const session = ctx.state.sessions[task.commit.sessionId];
  if (!session) return;
  session.committing = false;
  const kernel = session.kernels[0];
  const base = kernel ? ctx.state.images[kernel.imageId] : undefined;
  if (session.status !== 'RUNNING' || !kernel || !base) {
    task.failure = 'The session ended while its image was being made';
    return;
  }
  addImage(ctx, session, base, task.commit.name, kernel.agentId);
}

function addImage(ctx: Context, session: Session, base: Image, name: string, agentId: string | null): void {
  const { state } = ctx;
  const owner = state.users[session.userId];
  const registry = registryOf(ctx, session);
  if (!owner) return;
  const tag = base.tag
    .split('-')
    .filter((part) => !part.startsWith('customized_'))
    .join('-');
  const path = `${registry.project}/${base.baseName}`;
  // The same name of the same base once more: the earlier image keeps its id and gets the new contents (SES-331).
  const earlier = ownImages(ctx, owner.id).find(
    (image) => image.customized?.name === name && imageReference(image).startsWith(`${registry.registry}/${path}:${tag}-customized_`),
  );
  const customId = earlier?.customized?.id ?? hex(state, 32);
  const id = earlier?.id ?? uuid(state);
  state.images[id] = {
    ...base,
    id,
    registry: registry.registry,
    project: registry.project,
    name: path,
    tag: `${tag}-customized_${customId}`,
    digest: `sha256:${hex(state, 64)}`,
    sizeBytes: base.sizeBytes + randomInt(state, 20, 900) * 1_000_000,
    labels: {
      ...base.labels,
      'ai.backend.customized-image.owner': `user:${owner.id}`,
      'ai.backend.customized-image.name': name,
      'ai.backend.customized-image.id': customId,
      'ai.backend.customized-image.user.email': owner.email,
    },
    aliases: [],
    // Elsewhere it is pulled from the registry first.
    installedAgents: agentId === null ? [] : [agentId],
    createdAt: ctx.now,
    customized: { ownerId: owner.id, ownerEmail: owner.email, name, id: customId },
  };
}
