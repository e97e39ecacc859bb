import type { Context } from './context';
import { ManagerError, forbidden, invalidParams, notFound } from './errors';
import { uuid } from './rng';
import type { Folder, FolderPermission, HostGrants, Project, Requester } from './types';

/** What the requester reaches already, and what may be done where. */
export interface FolderReach {
  folders: readonly Folder[];
  grants(projectId?: string): HostGrants;
}

/** Names that a session needs for itself (data chapter, "Names"). */
const RESERVED = new Set(['.terminfo', '.jupyter', '.tmux.conf', '.ssh']);
const RESERVED_PATTERNS = [/^\.[a-z0-9]+rc$/, /^\.[a-z0-9]+_profile$/];
/** What managers before 24.09 demand of a name. */
const SLUG = /^(?!\.\.)[A-Za-z0-9.](?:[._-]?[A-Za-z0-9])*$/;
const NAME_MAX = 64;

const USAGE_MODES: readonly string[] = ['general', 'model', 'data'] satisfies Folder['usageMode'][];
const PERMISSIONS: readonly string[] = ['ro', 'rw', 'wd'] satisfies FolderPermission[];

function oneOf<T extends string>(value: unknown, key: string, known: readonly string[], fallback: T): T {
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || !known.includes(value)) throw invalidParams(`${key}: ${JSON.stringify(value)} is not a valid choice`);
  return value as T;
}

function demandName(ctx: Context, name: unknown): string {
  if (typeof name !== 'string' || name === '') throw invalidParams('name: Field required');
  if (name.length > NAME_MAX) throw invalidParams(`name: String should have at most ${NAME_MAX} characters`);
  if (!ctx.atLeast('24.09') && !SLUG.test(name)) throw invalidParams('name: value does not match the slug pattern');
  if (RESERVED.has(name) || RESERVED_PATTERNS.some((pattern) => pattern.test(name))) {
    throw invalidParams(`${name} is reserved for internal operations.`);
  }
  return name;
}

function projectOf(ctx: Context, requester: Requester, group: unknown, name: string): Project | null {
  if (group === undefined || group === null) return null;
  const projects = Object.values(ctx.state.projects).filter((project) => project.domain === requester.domain);
  const byName = !ctx.atLeast('26.3');
  const project = projects.find((one) => one.id === group || (byName && one.name === group));
  if (!project) throw notFound('No such project.', String(group), 'group_read_not-found');
  if (!ctx.state.settings.allowGroupFolders) throw invalidParams('group-owned vfolder is not allowed in this cluster');
  // Anybody of a model store adds models to it; elsewhere project folders are an administrator's.
  if (requester.role !== 'superadmin' && requester.role !== 'admin' && project.type !== 'MODEL_STORE') {
    if (ctx.atLeast('25.6') && !ctx.atLeast('25.12')) throw invalidParams('no permission');
    throw forbidden('no permission');
  }
  if (name.startsWith('.') && name !== '.local') throw invalidParams('dot-prefixed vfolders cannot be a group folder.');
  return project;
}

function demandHost(ctx: Context, host: unknown, grants: HostGrants): string {
  const name = host ?? Object.keys(ctx.state.storageHosts)[0];
  if (typeof name !== 'string') {
    throw invalidParams('You must specify the vfolder host because the default host is not configured.');
  }
  if (!ctx.state.storageHosts[name] || !grants[name]?.includes('create-vfolder')) {
    throw new ManagerError({
      status: 400,
      slug: 'storage-permission-not-allowed',
      title: 'The specified storage permission is not allowed.',
      msg: `\`create-vfolder\` Not allowed in vfolder host(\`${name}\`)`,
      errorCode: 'storage_access_forbidden',
    });
  }
  return name;
}

/** DAT-302: folders in the trash count until they are erased. */
function demandRoom(ctx: Context, requester: Requester, project: Project | null): void {
  const policies = ctx.state;
  const limit = project
    ? policies.projectPolicies[project.resourcePolicy]?.maxFolderCount
    : policies.userPolicies[ctx.state.users[requester.userId]?.resourcePolicy ?? '']?.maxFolderCount;
  if (!limit) return;
  const used = Object.values(ctx.state.folders).filter(
    (folder) =>
      (project ? folder.projectId === project.id : folder.userId === requester.userId) &&
      folder.status !== 'delete-complete' &&
      folder.status !== 'delete-error',
  ).length;
  if (used >= limit) throw invalidParams('You cannot create more vfolders.');
}

/** Among all folders that the requester reaches, on every host and in the trash too (DAT-070). */
function demandFreeName(ctx: Context, name: string, reached: readonly Folder[]): void {
  if (!reached.some((folder) => folder.name === name && folder.status !== 'delete-error')) return;
  const title = 'The virtual folder already exists with the same name.';
  if (!ctx.atLeast('25.6')) {
    throw new ManagerError({ status: 400, slug: 'vfolder-already-exists', title, data: name, errorCode: 'vfolder_create_already-exists' });
  }
  const msg = `VFolder with the given name already exists. (${name})`;
  throw invalidParams(ctx.atLeast('26.0') ? `${title} (${msg})` : msg);
}

/** `POST /folders`; keys that are unknown are ignored there. */
export function createFolder(ctx: Context, requester: Requester, body: Record<string, unknown>, reach: FolderReach): Folder {
  const name = demandName(ctx, body.name);
  const usageMode = oneOf<Folder['usageMode']>(body.usage_mode, 'usage_mode', USAGE_MODES, 'general');
  const permission = oneOf<FolderPermission>(body.permission, 'permission', PERMISSIONS, 'rw');
  const project = projectOf(ctx, requester, body.group, name);
  const host = demandHost(ctx, body.host, reach.grants(project?.id));
  if (project?.type === 'MODEL_STORE' && usageMode !== 'model') {
    throw invalidParams('Only Model VFolder can be created under the model store project');
  }
  demandRoom(ctx, requester, project);
  demandFreeName(ctx, name, reach.folders);
  const id = uuid(ctx.state);
  const folder: Folder = {
    id,
    name,
    host,
    quotaScopeId: project ? `project:${project.id}` : `user:${requester.userId}`,
    usageMode,
    // Members of a model store read; whoever made the folder is given more by a share of their own.
    permission: project?.type === 'MODEL_STORE' ? 'ro' : permission,
    ownershipType: project ? 'group' : 'user',
    userId: project ? null : requester.userId,
    projectId: project?.id ?? null,
    creator: requester.email,
    domain: requester.domain,
    cloneable: body.cloneable === true,
    status: 'ready',
    maxFiles: 0,
    maxSize: 0,
    curSize: 0,
    numFiles: 0,
    createdAt: ctx.now,
    lastUsed: null,
    unmanagedPath: null,
  };
  ctx.state.folders[id] = folder;
  if (project?.type === 'MODEL_STORE') {
    ctx.state.folderShares.push({ id: uuid(ctx.state), folderId: id, userId: requester.userId, permission: 'rw' });
  }
  return folder;
}
