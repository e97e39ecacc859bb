import type { Machine } from '../machine';

/** Directories on the way are made. */
export function writeDeep(shell: Machine, path: string, text: string): void {
  const parts = path.split('/').slice(1, -1);
  let at = '';
  for (const part of parts) {
    at += `/${part}`;
    if (!shell.files.find(at)) shell.files.mkdir(at);
  }
  shell.files.write(path, text);
}
