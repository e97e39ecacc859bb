import { can } from '../../client/capabilities';
import type { Folder } from '../../client/folders';
import type { LaunchValues } from './launch-values';

/** The folders of the mount step (SES-090, SES-092, SES-094). Pure. */

export type MountObstacle = 'status' | 'host' | 'sameName';

export interface MountableFolder extends Folder {
  /** Why it can't be chosen; null = it can. */
  obstacle: MountObstacle | null;
}

export interface FolderSplit {
  folders: MountableFolder[];
  /** Names of the folders that the server mounts by itself. */
  automounts: string[];
}

export function splitFolders(all: readonly Folder[], managerVersion: string): FolderSplit {
  const choosable = all.filter((folder) => !folder.autoMount);
  // Before mounts by id a name is all that the manager is told, and it would take either of two.
  const byName = !can('mountById', managerVersion);
  const twice = (folder: Folder) => byName && choosable.some((other) => other.id !== folder.id && other.name === folder.name);
  return {
    folders: choosable
      .map((folder) => ({ ...folder, obstacle: folder.unmountable ?? (twice(folder) ? ('sameName' as const) : null) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }) || (a.id < b.id ? -1 : 1)),
    automounts: [...new Set(all.filter((folder) => folder.autoMount && folder.unmountable === null).map((one) => one.name))].sort(),
  };
}

/** Told by a name that several folders have: which of them is meant is the user's to say. */
export function isAmbiguous(mount: { id: string }, folders: readonly { name: string }[]): boolean {
  return folders.filter((folder) => folder.name === mount.id).length > 1;
}

/** A link may name its folders instead of giving their ids: each is looked up, and taken where only one fits; once. */
export function settleMounts(
  mounts: LaunchValues['mounts'],
  folders: readonly { id: string; name: string }[] | null,
): LaunchValues['mounts'] {
  if (!folders) return mounts;
  const found = mounts.map((mount) => {
    const own = folders.find((folder) => folder.id === mount.id);
    if (own) return own.name === mount.name ? mount : { ...mount, name: own.name };
    const named = folders.filter((folder) => folder.name === mount.id);
    return named.length === 1 && named[0] ? { ...mount, id: named[0].id, name: named[0].name } : mount;
  });
  return found.filter((mount, i) => found.findIndex((other) => other.id === mount.id) === i);
}
