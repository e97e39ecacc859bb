import type { FolderRow, Folders } from './api';
import { spacedIso } from './clock';
import type { Context } from './context';
import { ManagerError, forbidden } from './errors';
import { createFolder } from './folder-create';
import type { Folder, FolderPermission, HostGrants, Requester, User } from './types';

export interface Reached {
  folder: Folder;
  /** Effective for this user: what a share or the folder itself allows. */
  permission: FolderPermission;
  isOwner: boolean;
}

/** Own folders, shared ones and those of the user's projects (DAT-290). */
export function reachedFolders(ctx: Context, user: Pick<User, 'id' | 'projectIds' | 'role' | 'domain'>): Reached[] {
  const shares = new Map(
    ctx.state.folderShares.filter((share) => share.userId === user.id).map((share) => [share.folderId, share]),
  );
  const reached: Reached[] = [];
  for (const folder of Object.values(ctx.state.folders)) {
    if (folder.status === 'delete-complete') continue;
    const share = shares.get(folder.id);
    if (folder.ownershipType === 'user') {
      if (folder.userId === user.id) reached.push({ folder, permission: folder.permission, isOwner: true });
      else if (share) reached.push({ folder, permission: share.permission, isOwner: false });
      continue;
    }
    if (folder.projectId === null || !isMember(ctx, user, folder.projectId)) continue;
    const isAdmin = user.role === 'superadmin' || user.role === 'admin';
    reached.push({ folder, permission: share?.permission ?? folder.permission, isOwner: isAdmin });
  }
  return reached;
}

function isMember(ctx: Context, user: Pick<User, 'projectIds' | 'role' | 'domain'>, projectId: string): boolean {
  if (user.projectIds.includes(projectId)) return true;
  if (user.role === 'superadmin') return true;
  return user.role === 'admin' && ctx.state.projects[projectId]?.domain === user.domain;
}

/** DAT-300: the union of what domain, project(s) and keypair policy grant. */
export function hostGrants(
  ctx: Context,
  who: { domain: string; accessKey: string; projectIds: string[] },
  projectId?: string | null,
): HostGrants {
  const policy = ctx.state.keypairPolicies[ctx.state.keypairs[who.accessKey]?.resourcePolicy ?? ''];
  const projects = projectId ? [projectId] : who.projectIds;
  const sources: (HostGrants | undefined)[] = [
    ctx.state.domains[who.domain]?.allowedFolderHosts,
    policy?.allowedFolderHosts,
    ...projects.map((id) => ctx.state.projects[id]?.allowedFolderHosts),
  ];
  const union: HostGrants = {};
  for (const source of sources) {
    for (const [host, permissions] of Object.entries(source ?? {})) {
      union[host] = [...new Set([...(union[host] ?? []), ...permissions])];
    }
  }
  return union;
}

function row(ctx: Context, { folder, permission, isOwner }: Reached): FolderRow {
  // The last six keys carry values up to 25.5; 26.3+ sends them empty.
  const old = !ctx.atLeast('25.6');
  return {
    id: folder.id.replaceAll('-', ''),
    name: folder.name,
    quota_scope_id: folder.quotaScopeId,
    host: folder.host,
    usage_mode: folder.usageMode,
    created_at: spacedIso(folder.createdAt),
    permission,
    creator: folder.creator,
    ownership_type: folder.ownershipType,
    user: folder.userId,
    group: folder.projectId,
    cloneable: folder.cloneable,
    status: folder.status,
    is_owner: isOwner,
    max_size: old ? folder.maxSize : 0,
    user_email: old && folder.userId ? (ctx.state.users[folder.userId]?.email ?? '') : '',
    group_name: old && folder.projectId ? (ctx.state.projects[folder.projectId]?.name ?? '') : '',
    type: old ? folder.ownershipType : '',
    max_files: old ? folder.maxFiles : 0,
    cur_size: old ? folder.curSize : 0,
  };
}

function reachOf(ctx: Context, requester: Requester): Reached[] {
  const user = ctx.state.users[requester.userId];
  return user ? reachedFolders(ctx, user) : [];
}

export function createFolders(ctx: Context): Folders {
  return {
    list(requester, options = {}) {
      let reached = reachOf(ctx, requester);
      if (options.ownerEmail && options.ownerEmail !== requester.email) {
        if (requester.role !== 'superadmin' && requester.role !== 'admin') throw forbidden();
        const owner = Object.values(ctx.state.users).find((user) => user.email === options.ownerEmail);
        if (!owner || (requester.role === 'admin' && owner.domain !== requester.domain)) {
          throw new ManagerError({ status: 404, slug: 'object-not-found', title: 'No such user.' });
        }
        reached = reachedFolders(ctx, owner);
      }
      // Up to 25.5 the project narrows project folders; later it is ignored.
      if (options.groupId && !ctx.atLeast('25.6')) {
        reached = reached.filter(({ folder }) => folder.projectId === null || folder.projectId === options.groupId);
      }
      return reached.map((entry) => row(ctx, entry));
    },
    create(requester, body) {
      const folder = createFolder(ctx, requester, body, {
        folders: reachOf(ctx, requester).map((reached) => reached.folder),
        grants: (projectId) => hostGrants(ctx, requester, projectId),
      });
      const full = row(ctx, { folder, permission: folder.permission, isOwner: true });
      // 26.3+ answers as its list does, with an empty time; before, a shorter record.
      if (ctx.atLeast('26.3')) return { ...full, created_at: '' };
      const { id, name, quota_scope_id, host, usage_mode, permission, max_size, creator, ownership_type, user, group, cloneable, status } = full;
      return { id, name, quota_scope_id, host, usage_mode, permission, max_size, creator, ownership_type, user, group, cloneable, status };
    },
    accessible: (requester) => reachOf(ctx, requester),
    hostGrants: (requester, projectId) => hostGrants(ctx, requester, projectId),
    hosts(requester, projectId) {
      const allowed = Object.keys(hostGrants(ctx, requester, projectId)).filter((host) => ctx.state.storageHosts[host]);
      const info = allowed.map((name) => {
        const host = ctx.state.storageHosts[name];
        return [
          name,
          {
            backend: host?.backend ?? 'vfs',
            capabilities: host?.capabilities ?? [],
            usage: { percentage: host ? (host.usedBytes / host.capacityBytes) * 100 : 0 },
            sftp_scaling_groups: host?.sftpResourceGroups ?? [],
          },
        ] as const;
      });
      return { default: allowed[0] ?? null, allowed, volume_info: Object.fromEntries(info) };
    },
  };
}
