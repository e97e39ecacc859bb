import { can } from './capabilities';

/** What may be wrong with the name of a new folder (DAT-061 and the data chapter's "Names"); null = nothing. Pure. */
export type FolderNameFlaw = 'empty' | 'tooLong' | 'characters' | 'reserved' | 'slug' | 'dotProject';

export const folderNameMax = 64;

const reserved = ['.', '..', '.terminfo', '.jupyter', '.tmux.conf', '.ssh'];
const reservedPatterns = [/^\.[a-z0-9]+rc$/, /^\.[a-z0-9]+_profile$/];
/** Managers before 24.09: no two separators in a row, none at the end, at the beginning at most one dot. */
const slug = /^\.?[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/;

export function folderNameFlaw(name: string, options: { ofProject: boolean; managerVersion: string }): FolderNameFlaw | null {
  if (name === '') return 'empty';
  if (name.length > folderNameMax) return 'tooLong';
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) return 'characters';
  if (reserved.includes(name) || reservedPatterns.some((pattern) => pattern.test(name))) return 'reserved';
  if (!can('freeFolderNames', options.managerVersion) && !slug.test(name)) return 'slug';
  if (options.ofProject && name.startsWith('.') && name !== '.local') return 'dotProject';
  return null;
}
