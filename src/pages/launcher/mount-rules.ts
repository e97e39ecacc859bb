/** Where a folder ends up in the session's container (SES-091, SES-R05). Pure. */

const home = '/home/work';

const systemPlaces = new Set(
  ['bin', 'boot', 'dev', 'etc', 'home', 'lib', 'lib64', 'media', 'mnt', 'opt', 'proc', 'root', 'run', 'sbin', 'srv',
    'sys', 'tmp', 'usr', 'var'].map((name) => `/${name}`),
);

const homePlaces = new Set(['.terminfo', '.jupyter', '.tmux.conf', '.ssh']);

export const aliasPattern = /^[A-Za-z0-9_/.-]*$/;

function tidy(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

/** The place of a folder: `alias` as typed, '' = the default. */
export function mountTarget(folderName: string, alias: string): string {
  if (alias === '') return `${home}/${folderName}`;
  return tidy(alias.startsWith('/') ? alias : `${home}/${alias}`);
}

export function defaultTarget(folderName: string): string {
  return `${home}/${folderName}`;
}

export function isReservedTarget(target: string): boolean {
  if (target === '/' || target === home || systemPlaces.has(target)) return true;
  if (!target.startsWith(`${home}/`)) return false;
  const inHome = target.slice(home.length + 1);
  const first = inHome.split('/')[0] ?? '';
  if (homePlaces.has(inHome) || homePlaces.has(first)) return true;
  return /^\.[a-z0-9]+rc$/.test(inHome) || /^\.[a-z0-9]+_profile$/.test(inHome);
}

/** Where the server puts automount folders (SES-092). */
export function automountTarget(folderName: string): string {
  return folderName === '.linuxbrew' ? '/home/linuxbrew/.linuxbrew' : `${home}/${folderName}`;
}

/** A path below the folder: relative, without ways out (SES-093). */
export function isSubpath(text: string): boolean {
  return text === '' || (aliasPattern.test(text) && !text.startsWith('/') && !text.split('/').includes('..'));
}

export type AliasProblem = 
  | 'aliasCharacters'
  | 'aliasClimbs'
  | 'aliasReserved'
  | 'aliasTwice'
  | 'aliasAutomount'
  | 'aliasOverlap'
  | 'aliasOtherFolder';

export interface AliasFacts {
  /** The checked folders, this one included. */
  mounts: readonly { id: string; name: string; alias: string }[];
  /** Names of all folders of the table. */
  folders: readonly { id: string; name: string }[];
  automounts: readonly string[];
}

/** What is wrong with the place of one checked folder; null = nothing. */
export function aliasProblem(id: string, facts: AliasFacts): AliasProblem | null {
  const mount = facts.mounts.find((one) => one.id === id);
  if (!mount) return null;
  if (!aliasPattern.test(mount.alias)) return 'aliasCharacters';
  if (mount.alias.split('/').includes('..')) return 'aliasClimbs';
  const target = mountTarget(mount.name, mount.alias);
  if (mount.alias !== '' && isReservedTarget(target)) return 'aliasReserved';
  const others = facts.mounts.filter((one) => one.id !== id).map((one) => mountTarget(one.name, one.alias));
  if (others.includes(target)) return 'aliasTwice';
  if (facts.automounts.some((name) => automountTarget(name) === target)) return 'aliasAutomount';
  // The server refuses an alias that equals the name of another folder, mounted or not.
  if (mount.alias !== '' && facts.folders.some((one) => one.id !== id && defaultTarget(one.name) === target)) {
    return 'aliasOtherFolder';
  }
  // One mount inside another hides the files below it.
  if (others.some((other) => other.startsWith(`${target}/`) || target.startsWith(`${other}/`))) return 'aliasOverlap';
  return null;
}
