import type { Context } from './context';
import type { CreateRequest } from './create-request';
import { ManagerError, invalidParams } from './errors';
import type { Reached } from './folders';
import { hostGrants, reachedFolders } from './folders';
import type { FolderPermission, Mount, User } from './types';

const SYSTEM_PLACES = new Set(
  '/bin /boot /dev /etc /home /lib /lib64 /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /var'.split(' '),
);
const RESERVED_NAMES = new Set(['.terminfo', '.jupyter', '.tmux.conf', '.ssh']);

/** SES-R05. */
function isReserved(ctx: Context, target: string): boolean {
  if (SYSTEM_PLACES.has(target)) return true;
  if (target === '/home/work') return ctx.atLeast('26.0');
  const below = target.startsWith('/home/work/') ? (target.slice('/home/work/'.length).split('/')[0] ?? '') : '';
  return RESERVED_NAMES.has(below) || /^\.[a-z0-9]+rc$/.test(below) || /^\.[a-z0-9]+_profile$/.test(below);
}

const RANK: Record<FolderPermission, number> = { ro: 0, rw: 1, wd: 2 };

interface Wanted {
  key: string;
  entry: Reached;
  subpath: string;
  alias: string | undefined;
  permission: FolderPermission | null;
}

/** Asked and automatic mounts of a session, or the refusal (SES-C02, SES-R05, SES-R06). */
export function resolveMounts(
  ctx: Context,
  request: CreateRequest,
  owner: User,
  accessKey: string,
  projectId: string,
): Mount[] {
  const reached = reachedFolders(ctx, owner);
  const wanted = [...namedMounts(request, reached, projectId), ...identifiedMounts(request, reached)];
  checkAliases(ctx, request, wanted);
  const grants = hostGrants(ctx, { domain: owner.domain, accessKey, projectIds: owner.projectIds }, projectId);
  const mounts: Mount[] = [];
  for (const { key, entry, subpath, alias, permission } of wanted) {
    const { folder } = entry;
    if (folder.status !== 'ready' && folder.status !== 'mounted') {
      throw invalidParams(`VFolder (${key}) is not in a mountable status (${folder.status}).`);
    }
    if (subpath.startsWith('/') || subpath.split('/').includes('..')) {
      throw invalidParams(`VFolder (${key}) subpath ${subpath} is outside of the folder.`);
    }
    if (!grants[folder.host]?.includes('mount-in-session')) {
      throw new ManagerError({
        status: 400,
        slug: 'invalid-api-params',
        title: 'Missing or invalid API parameters.',
        msg: `\`mount-in-session\` Not allowed in vfolder host(\`${folder.host}\`)`,
        errorCode: 'api_generic_invalid-parameters',
      });
    }
    if (permission && RANK[permission] > RANK[entry.permission]) {
      throw new ManagerError({
        status: 403,
        slug: 'vfolder-permission-error',
        title: 'The virtual folder does not permit the specified permission.',
        msg: `VFolder (${key}) permission ${entry.permission} does not allow ${permission}.`,
        errorCode: 'vfolder_generic_forbidden',
      });
    }
    mounts.push({
      folderId: folder.id,
      name: folder.name,
      subpath,
      // A part that was asked for beside an id is mounted in the whole folder's place.
      target: targetOf(folder.name + (subpath && key !== folder.id ? `/${subpath}` : ''), alias),
      permission: permission ?? entry.permission,
    });
  }
  checkTargets(mounts);
  return [...mounts, ...automaticMounts(reached, mounts, grants, projectId)];
}

function namedMounts(request: CreateRequest, reached: Reached[], projectId: string): Wanted[] {
  const wanted: Wanted[] = [];
  for (const key of request.mounts) {
    const [name = '', ...sub] = key.split('/');
    const matches = reached.filter(({ folder }) => folder.name === name || folder.id === name);
    if (matches.length === 0) throw notAccessible(key);
    // Project folders of other projects are left out without a word (SES-R06).
    const entry = matches.find(({ folder }) => folder.projectId === null || folder.projectId === projectId);
    if (!entry) continue;
    wanted.push({
      key,
      entry,
      subpath: sub.join('/'),
      alias: request.mountMap[key],
      permission: request.mountOptions[key] ?? null,
    });
  }
  return wanted;
}

function identifiedMounts(request: CreateRequest, reached: Reached[]): Wanted[] {
  return request.mountIds.map((id) => {
    const plain = id.replaceAll('-', '').toLowerCase();
    const entry = reached.find(({ folder }) => folder.id.replaceAll('-', '') === plain);
    if (!entry) throw notAccessible(id);
    return {
      key: id,
      entry,
      subpath: request.mountSubpaths[id] ?? '',
      alias: request.mountIdMap[id],
      permission: request.mountOptions[id] ?? null,
    };
  });
}

function notAccessible(key: string): ManagerError {
  return new ManagerError({
    status: 400,
    slug: 'vfolder-not-found',
    title: 'No such virtual folder.',
    msg: `VFolder (${key}) is not found or accessible.`,
    errorCode: 'vfolder_read_not-found',
  });
}

function targetOf(name: string, alias: string | undefined): string {
  if (alias === undefined) return name === '.linuxbrew' ? '/home/linuxbrew/.linuxbrew' : `/home/work/${name}`;
  return alias.startsWith('/') ? alias.replace(/(.)\/+$/, '$1') : `/home/work/${alias}`;
}

function checkAliases(ctx: Context, request: CreateRequest, wanted: Wanted[]): void {
  const aliases = [...Object.values(request.mountMap), ...Object.values(request.mountIdMap)];
  if (new Set(aliases).size < aliases.length) throw invalidParams('Duplicate alias folder name exists');
  const names = new Set(wanted.map(({ entry }) => entry.folder.name));
  for (const alias of aliases) {
    if (alias === '') throw invalidParams('Alias name cannot be empty');
    const target = targetOf('', alias);
    if (isReserved(ctx, target)) throw invalidParams(`${alias} is reserved for internal path`);
    const name = target.startsWith('/home/work/') ? target.slice('/home/work/'.length) : alias;
    if (names.has(name)) throw invalidParams(`Alias name cannot be set to an existing folder name: ${name}`);
  }
  for (const { entry, alias } of wanted) {
    if (alias === undefined && isReserved(ctx, targetOf(entry.folder.name, undefined))) {
      throw invalidParams(`${entry.folder.name} is reserved for internal path`);
    }
  }
}

/** Neither sources nor targets may repeat or contain one another. */
function checkTargets(mounts: Mount[]): void {
  for (const [i, a] of mounts.entries()) {
    for (const b of mounts.slice(i + 1)) {
      if (a.folderId === b.folderId && within(a.subpath, b.subpath)) {
        throw invalidParams(`VFolder source path '${a.name}' overlaps with '${b.name}'`);
      }
      if (within(a.target, b.target)) {
        throw invalidParams(`VFolder path '${a.target}' overlaps with '${b.target}'`);
      }
    }
  }
}

function within(a: string, b: string): boolean {
  return a === b || a === '' || b === '' || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Every reachable dot folder, unless it was asked for or its host does not allow it. */
function automaticMounts(
  reached: Reached[],
  mounts: Mount[],
  grants: Record<string, string[]>,
  projectId: string,
): Mount[] {
  const automatic: Mount[] = [];
  for (const { folder, permission } of reached) {
    if (!folder.name.startsWith('.') || folder.status !== 'ready') continue;
    if (folder.projectId !== null && folder.projectId !== projectId) continue;
    if (mounts.some((mount) => mount.folderId === folder.id)) continue;
    if (!grants[folder.host]?.includes('mount-in-session')) continue;
    automatic.push({
      folderId: folder.id,
      name: folder.name,
      subpath: '',
      target: targetOf(folder.name, undefined),
      permission,
    });
  }
  return automatic;
}
