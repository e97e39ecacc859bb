import type { FileSystem } from '../files/file-system';
import { absolute } from '../files/file-system';
import { commands } from './commands/table';
import type { Seat } from './world';

export interface Completion {
  /** What goes behind the cursor. */
  insert: string;
  /** Several fit: shown below the line. */
  choices: string[];
}

function common(words: readonly string[]): string {
  let prefix = words[0] ?? '';
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function escaped(name: string): string {
  return name.replace(/[ \t'"\\$&;|<>()*?[\]#`!]/g, '\\$&');
}

/** Commands for a first word, paths otherwise, hosts after `ssh`, variables after `$`. */
export function complete(text: string, seat: Seat, files: FileSystem, hosts: readonly string[]): Completion {
  const word = /(?:\\.|[^\s;|&<>()\\])*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - word.length);
  const isFirst = /(?:^|[;|&(]|\bdo|\bthen)\s*$/.test(before);
  let fits: string[];
  let typed = word;
  let quote = escaped;
  let tail = (_choice: string): string => ' ';
  if (/\$\w*$/.test(word)) {
    typed = /\w*$/.exec(word)?.[0] ?? '';
    fits = Object.keys(seat.vars).filter((name) => name.startsWith(typed));
  } else if (isFirst && !word.includes('/')) {
    fits = Object.keys(commands).filter((name) => name.startsWith(word));
  } else if (/(?:^|[;|&]\s*)ssh\s+$/.test(before)) {
    fits = hosts.filter((name) => name.startsWith(word));
  } else {
    const plain = word.replace(/\\(.)/g, '$1');
    const slash = plain.lastIndexOf('/');
    const directory = absolute(plain.slice(0, slash + 1).replace(/^~(?=\/|$)/, seat.vars['HOME'] ?? '') || '.', seat.cwd);
    typed = plain.slice(slash + 1);
    const names = files.isDirectory(directory) ? files.list(directory) : [];
    fits = names.filter((name) => name.startsWith(typed) && (typed !== '' || !name.startsWith('.')));
    const isDirectory = (name: string): boolean => files.isDirectory(`${directory === '/' ? '' : directory}/${name}`);
    tail = (name) => (isDirectory(name) ? '/' : ' ');
  }
  fits.sort();
  if (fits.length === 0) return { insert: '', choices: [] };
  const [only = ''] = fits;
  if (fits.length === 1) return { insert: quote(only.slice(typed.length)) + tail(only), choices: [] };
  const shared = common(fits).slice(typed.length);
  return { insert: quote(shared), choices: shared === '' ? fits : [] };
}
