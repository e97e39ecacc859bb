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

/** SES-R05: these very places, not what lies below them. `name` has lost its `/home/work/`. */
function isReserved(ctx: Context, name: string): boolean {
  if (SYSTEM_PLACES.has(name) || RESERVED_NAMES.has(name)) return true;
  if (name === '/home/work') return ctx.atLeast('26.0');
  return /^\.[a-z0-9]+rc$/.test(name) || /^\.[a-z0-9]+_profile$/.test(name);
}

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
  const wanted = [...namedMounts(ctx, request, reached, projectId), ...identifiedMounts(ctx, request, reached)];
  const grants = hostGrants(ctx, { domain: owner.domain, accessKey, projectIds: owner.projectIds }, projectId);
  const mounts: Mount[] = [];
  for (const { key, entry, subpath, alias, permission } of wanted) {
    const { folder } = entry;
    if (subpath.startsWith('/') || subpath.split('/').includes('..')) {
      throw invalidParams(
        ctx.atLeast('26.0')
          ? `The subpath '${subpath}' must not escape the vfolder root.`
          : `The subpath '${subpath}' should designate a subdirectory of the vfolder '${folder.name}'.`,
      );
    }
    if (!grants[folder.host]?.includes('mount-in-session')) throw hostRefuses(ctx, folder.name, folder.host);
    // Only what is shared for reading can be asked for too much.
    if (permission && permission !== 'ro' && entry.permission === 'ro') {
      throw new ManagerError({
        status: 400,
        slug: 'vfolder-permission-error',
        title: 'The virtual folder does not permit the specified permission.',
        msg: `VFolder ${folder.name} is allowed to be accessed in 'ro' mode, but attempted with '${permission}' mode.`,
        errorCode: 'vfolder_access_forbidden',
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
  const all = [...mounts, ...automaticMounts(reached, mounts, grants, projectId)];
  checkSources(mounts);
  checkTargets(ctx, all);
  return all;
}

function namedMounts(ctx: Context, request: CreateRequest, reached: Reached[], projectId: string): Wanted[] {
  const wanted: Wanted[] = [];
  for (const key of request.mounts) {
    const [name = '', ...sub] = key.split('/');
    const matches = reached.filter((entry) => isThere(entry) && (entry.folder.name === name || entry.folder.id === name));
    if (matches.length === 0) throw notAccessible(ctx, `VFolder ${name} is not found or accessible.`);
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

function identifiedMounts(ctx: Context, request: CreateRequest, reached: Reached[]): Wanted[] {
  return request.mountIds.map((id) => {
    const plain = id.replaceAll('-', '').toLowerCase();
    const entry = reached.find((one) => isThere(one) && one.folder.id.replaceAll('-', '') === plain);
    if (!entry) throw notAccessible(ctx, `VFolder(s) not found or accessible: ${id}`);
    return {
      key: id,
      entry,
      subpath: request.mountSubpaths[id] ?? '',
      alias: request.mountIdMap[id],
      permission: request.mountOptions[id] ?? null,
    };
  });
}

/** What is in the trash is not there to be mounted. */
function isThere({ folder }: Reached): boolean {
  return folder.status === 'ready' || folder.status === 'mounted';
}

function notAccessible(ctx: Context, msg: string): ManagerError {
  const named = ctx.atLeast('26.0') ? { slug: 'vfolder-not-found', title: 'Virtual Folder Not Found' } : { slug: 'object-not-found', title: 'No such virtual folder.' };
  return new ManagerError({ status: 404, ...named, msg, errorCode: 'vfolder_read_not-found' });
}

function hostRefuses(ctx: Context, name: string, host: string): ManagerError {
  const why = `\`mount-in-session\` Not allowed in vfolder host(\`${host}\`)`;
  if (!ctx.atLeast('26.0')) return invalidParams(why);
  return new ManagerError({
    status: 400,
    slug: 'storage-permission-not-allowed',
    title: 'The specified storage permission is not allowed.',
    msg: `Permission denied to mount VFolder '${name}' on host '${host}'. ${why}`,
    errorCode: 'storage_access_forbidden',
  });
}

function targetOf(name: string, alias: string | undefined): string {
  if (alias === undefined) return name === '.linuxbrew' ? '/home/linuxbrew/.linuxbrew' : `/home/work/${name}`;
  return alias.startsWith('/') ? alias.replace(/(.)\/+$/, '$1') : `/home/work/${alias}`;
}

/** The asked places, before anything is known of the folders. */
export function checkAliases(ctx: Context, request: CreateRequest): void {
  const aliases = [...Object.values(request.mountMap), ...Object.values(request.mountIdMap)];
  if (new Set(aliases).size < aliases.length) throw invalidParams('Duplicate alias folder name exists.');
  // From 26.x on folders that are asked for by name are looked up first, and only ids are compared.
  const keys = new Set([...(ctx.atLeast('26.0') ? [] : Object.keys(request.mountMap)), ...Object.keys(request.mountIdMap)]);
  for (const alias of aliases) {
    const name = alias.startsWith('/home/work/') ? alias.replaceAll('/home/work/', '') : alias;
    if (name === '') throw invalidParams('Alias name cannot be empty.');
    if (isReserved(ctx, name)) throw invalidParams(`${name} is reserved for internal path.`);
    if (keys.has(name)) throw invalidParams(`Alias name cannot be set to an existing folder name: ${name}`);
  }
}

/** Sources may not repeat or contain one another. */
function checkSources(mounts: Mount[]): void {
  const path = (mount: Mount): string => (mount.subpath ? `${mount.name}/${mount.subpath}` : mount.name);
  for (const [i, a] of mounts.entries()) {
    for (const b of mounts.slice(i + 1)) {
      if (a.folderId !== b.folderId || !within(a.subpath, b.subpath)) continue;
      const [outer, inner] = a.subpath.length <= b.subpath.length ? [a, b] : [b, a];
      throw invalidParams(`VFolder source path '${path(inner)}' overlaps with '${path(outer)}'`);
    }
  }
}

/** Targets may not contain one another, the automatic ones among them, nor repeat. */
function checkTargets(ctx: Context, mounts: Mount[]): void {
  const pairs = mounts.flatMap((a, i) => mounts.slice(i + 1).map((b): [Mount, Mount] => (a.target.length <= b.target.length ? [a, b] : [b, a])));
  for (const [outer, inner] of pairs) {
    const repeats = inner.target === outer.target;
    if (repeats && ctx.atLeast('26.4.5')) throw invalidParams(`kernel_specs[0].vfolder_mounts has duplicate kernel_path '${inner.target}'.`);
    if (repeats || inner.target.startsWith(`${outer.target}/`)) throw invalidParams(`VFolder path '${inner.target}' overlaps with '${outer.target}'`);
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
