import type { Entry } from '../../files/entries';
import { FsError, sizeOf, usageOf } from '../../files/entries';
import { nameOf, parentOf } from '../../files/file-system';
import type { Io, Machine } from '../machine';
import type { Program } from './command';
import { options } from './command';

/** `-rw-r--r--`. */
function modeText(entry: Entry): string {
  const bits = [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1];
  return (entry.kind === 'directory' ? 'd' : '-') + bits.map((bit, i) => ((entry.mode & bit) === 0 ? '-' : ('rwx'[i % 3] ?? ''))).join('');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateText(time: number, now: number): string {
  const date = new Date(time);
  const day = `${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)}`;
  const old = now - time > 182 * 24 * 3600 * 1000;
  return `${day} ${old ? String(date.getUTCFullYear()).padStart(5) : date.toISOString().slice(11, 16)}`;
}

/** `1.2K`, `34M`: one digit after the point below ten, rounded up. */
export function humanSize(bytes: number): string {
  let rest = bytes;
  for (const unit of ['', 'K', 'M', 'G', 'T', 'P']) {
    if (rest < 1024 || unit === 'P') return unit === '' ? String(rest) : `${rest < 10 ? (Math.ceil(rest * 10) / 10).toFixed(1) : String(Math.ceil(rest))}${unit}`;
    rest /= 1024;
  }
  return String(bytes);
}

function coloured(name: string, entry: Entry, io: Io): string {
  if (!io.tty) return name;
  if (entry.kind === 'directory') return `\u001b[01;34m${name}\u001b[0m`;
  if ((entry.mode & 0o111) !== 0) return `\u001b[01;32m${name}\u001b[0m`;
  return /\.(?:zip|tar|gz|tgz)$/.test(name) ? `\u001b[01;31m${name}\u001b[0m` : name;
}

function width(text: string): number {
  let total = 0;
  for (const letter of text) total += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1;
  return total;
}

/** As many columns as fit, filled from top to bottom. */
function inColumns(items: { name: string; shown: string }[], columns: number): string {
  for (let count = Math.min(items.length, 40); count > 1; count -= 1) {
    const rows = Math.ceil(items.length / count);
    const widths: number[] = [];
    for (let i = 0; i < items.length; i += rows) widths.push(Math.max(...items.slice(i, i + rows).map(({ name }) => width(name))) + 2);
    if (widths.reduce((sum, one) => sum + one, 0) - 2 > columns) continue;
    const lines: string[] = [];
    for (let row = 0; row < rows; row += 1) {
      const cells = widths.map((size, column) => {
        const item = items[column * rows + row];
        const isLast = items[(column + 1) * rows + row] === undefined;
        return item ? item.shown + (isLast ? '' : ' '.repeat(size - width(item.name))) : '';
      });
      lines.push(cells.join(''));
    }
    return `${lines.join('\n')}\n`;
  }
  return items.map(({ shown }) => `${shown}\n`).join('');
}

const ls: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  const columns = shell.world.columns;
  let code = 0;
  const show = (items: { name: string; entry: Entry }[], withTotal: boolean): void => {
    const sorted = has('t') ? [...items].sort((a, b) => b.entry.modified - a.entry.modified) : has('S') ? [...items].sort((a, b) => sizeOf(b.entry) - sizeOf(a.entry)) : items;
    if (has('r')) sorted.reverse();
    if (has('l')) {
      if (withTotal) {
        const blocks = sorted.reduce((sum, { entry }) => sum + Math.ceil(sizeOf(entry) / 4096) * 4, 0);
        io.out(`total ${has('h') ? humanSize(blocks * 1024) : String(blocks)}\n`);
      }
      const sizes = sorted.map(({ entry }) => (has('h') ? humanSize(sizeOf(entry)) : String(sizeOf(entry))));
      const wide = Math.max(0, ...sizes.map((size) => size.length));
      for (const [i, { name, entry }] of sorted.entries()) {
        const owner = entry.owner ?? 'work';
        const links = entry.kind === 'directory' ? 2 : 1;
        io.out(`${modeText(entry)} ${String(links)} ${owner} ${owner} ${(sizes[i] ?? '').padStart(wide)} ${dateText(entry.modified, shell.now)} ${coloured(name, entry, io)}\n`);
      }
    } else if (has('1') || !io.tty || columns === null) {
      for (const { name, entry } of sorted) io.out(`${coloured(name, entry, io)}\n`);
    } else if (sorted.length > 0) {
      io.out(inColumns(sorted.map(({ name, entry }) => ({ name, shown: coloured(name, entry, io) })), columns));
    }
  };
  const inside = (path: string): { name: string; entry: Entry }[] => {
    const names = shell.files.list(path).filter((name) => has('a', 'A', 'all') || !name.startsWith('.'));
    const items = names.map((name) => ({ name, entry: shell.files.stat(path === '/' ? `/${name}` : `${path}/${name}`) }));
    if (!has('a', 'all')) return items;
    return [{ name: '.', entry: shell.files.stat(path) }, { name: '..', entry: shell.files.stat(parentOf(path)) }, ...items];
  };
  const targets = (rest.length > 0 ? rest : ['.']).flatMap((name) => {
    const path = shell.path(name);
    const entry = shell.files.find(path);
    if (entry) return [{ name, path, entry }];
    io.err(`ls: cannot access '${name}': ${shell.files.find(parentOf(path))?.kind === 'file' ? 'Not a directory' : 'No such file or directory'}\n`);
    code = 2;
    return [];
  });
  const isFile = ({ entry }: { entry: Entry }): boolean => entry.kind === 'file' || has('d');
  show(targets.filter(isFile), false);
  const directories = targets.filter((one) => !isFile(one));
  const queue = [...directories];
  let first = targets.length === directories.length;
  for (let one = queue.shift(); one; one = queue.shift()) {
    if (targets.length + (code === 0 ? 0 : 1) > 1 || has('R')) io.out(`${first ? '' : '\n'}${one.name}:\n`);
    first = false;
    show(inside(one.path), true);
    if (!has('R')) continue;
    const { name, path } = one;
    const below = inside(path).filter((item) => item.entry.kind === 'directory' && item.name !== '.' && item.name !== '..');
    queue.unshift(...below.map((item) => ({ name: `${name}/${item.name}`, path: `${path}/${item.name}`, entry: item.entry })));
  }
  return code;
};

/** Runs a step for each argument; a refusal is told and does not stop the others. */
function each(io: Io, targets: readonly string[], complain: (target: string) => string, act: (target: string) => void): number {
  let code = 0;
  for (const target of targets) {
    try {
      act(target);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      io.err(`${complain(target)}: ${error.message}\n`);
      code = 1;
    }
  }
  return code;
}

function missing(io: Io, name: string, what = 'operand'): number {
  io.err(`${name}: missing ${what}\nTry '${name} --help' for more information.\n`);
  return 1;
}

const mkdir: Program = (shell, args, io) => {
  const { has, rest } = options(args, 'm');
  if (rest.length === 0) return missing(io, 'mkdir');
  return each(io, rest, (target) => `mkdir: cannot create directory '${target}'`, (target) => {
    const path = shell.path(target);
    if (!has('p', 'parents')) {
      shell.files.mkdir(path);
      return;
    }
    let at = '';
    for (const part of path.split('/').filter((one) => one !== '')) {
      at += `/${part}`;
      const entry = shell.files.find(at);
      if (!entry) shell.files.mkdir(at);
      else if (entry.kind === 'file') throw new FsError(at === path ? 'EEXIST' : 'ENOTDIR');
    }
  });
};

const touch: Program = (shell, args, io) => {
  const { rest } = options(args, 'dtr');
  if (rest.length === 0) return missing(io, 'touch', 'file operand');
  return each(io, rest, (target) => `touch: cannot touch '${target}'`, (target) => {
    const path = shell.path(target);
    const entry = shell.files.find(path);
    if (!entry) shell.files.write(path, '');
    else if (entry.kind === 'file') shell.files.put(path, { ...entry, modified: shell.now });
    else if (shell.files.isReadOnly(path)) throw new FsError('EROFS');
  });
};

const rm: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  const recursive = has('r', 'R', 'recursive');
  const force = has('f', 'force');
  if (rest.length === 0) return force ? 0 : missing(io, 'rm');
  return each(io, rest, (target) => `rm: cannot remove '${target}'`, (target) => {
    const path = shell.path(target);
    const entry = shell.files.find(path);
    if (!entry && force) return;
    if (shell.files.stat(path).kind === 'directory') {
      if (!recursive) throw new FsError('EISDIR');
      // Its contents go before the mount itself refuses, as they do on a real one.
      if (shell.files.isMountPoint(path)) {
        for (const name of shell.files.list(path)) shell.files.remove(`${path}/${name}`);
        if (shell.files.isReadOnly(path)) throw new FsError('EROFS');
      }
      refuseMounts(shell, path);
    }
    shell.files.remove(path);
  });
};

function refuseMounts(shell: Machine, path: string): void {
  if (shell.files.mounts.some((mount) => mount.target === path || mount.target.startsWith(`${path}/`))) throw new FsError('EBUSY');
}

const rmdir: Program = (shell, args, io) =>
  each(io, options(args).rest, (target) => `rmdir: failed to remove '${target}'`, (target) => {
    const path = shell.path(target);
    if (shell.files.list(path).length > 0) throw new FsError('ENOTEMPTY');
    shell.files.remove(path);
  });

/** Where a copy lands: inside a directory that is there, else at the name itself. */
function landing(shell: Machine, source: string, target: string): string {
  const path = shell.path(target);
  const base = nameOf(shell.path(source));
  if (!shell.files.isDirectory(path)) {
    if (target.endsWith('/') && !shell.files.find(path)) throw new FsError('ENOENT');
    return path;
  }
  // `cp -r x/. y`: what is in `x`, not `x`.
  return /(?:^|\/)\.$/.test(source) ? path : `${path === '/' ? '' : path}/${base}`;
}

/** Merges a tree into another; files are replaced. */
function copyTree(shell: Machine, from: string, to: string, keepTimes: boolean): void {
  const entry = shell.files.stat(from);
  if (entry.kind === 'file') {
    if (shell.files.isDirectory(to)) throw new FsError('EISDIR');
    shell.files.put(to, { ...structuredClone(entry), modified: keepTimes ? entry.modified : shell.now });
    return;
  }
  const names = shell.files.list(from);
  if (!shell.files.find(to)) shell.files.mkdir(to);
  for (const name of names) copyTree(shell, `${from}/${name}`, `${to}/${name}`, keepTimes);
}

const cp: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  const target = rest.pop();
  if (target === undefined || rest.length === 0) return missing(io, 'cp', target === undefined ? 'file operand' : `destination file operand after '${target}'`);
  if (rest.length > 1 && !shell.files.isDirectory(shell.path(target))) {
    io.err(`cp: target '${target}' is not a directory\n`);
    return 1;
  }
  let omitted = false;
  const code = each(io, rest, (source) => (shell.files.find(shell.path(source)) ? `cp: cannot create regular file '${target}'` : `cp: cannot stat '${source}'`), (source) => {
    const from = shell.path(source);
    const entry = shell.files.stat(from);
    if (entry.kind === 'directory' && !has('r', 'R', 'a', 'recursive', 'archive')) {
      io.err(`cp: -r not specified; omitting directory '${source}'\n`);
      omitted = true;
      return;
    }
    const to = landing(shell, source, target);
    if (to === from) {
      io.err(`cp: '${source}' and '${target}' are the same file\n`);
      omitted = true;
      return;
    }
    if (to.startsWith(`${from}/`)) throw new FsError('EINVAL');
    copyTree(shell, from, to, has('a', 'p', 'archive'));
  });
  return omitted ? 1 : code;
};

const mv: Program = (shell, args, io) => {
  const { rest } = options(args);
  const target = rest.pop();
  if (target === undefined || rest.length === 0) return missing(io, 'mv', target === undefined ? 'file operand' : `destination file operand after '${target}'`);
  if (rest.length > 1 && !shell.files.isDirectory(shell.path(target))) {
    io.err(`mv: target '${target}' is not a directory\n`);
    return 1;
  }
  return each(io, rest, (source) => (shell.files.find(shell.path(source)) ? `mv: cannot move '${source}' to '${target}'` : `mv: cannot stat '${source}'`), (source) => {
    const from = shell.path(source);
    const entry = structuredClone(shell.files.stat(from));
    const to = landing(shell, source, target);
    if (to === from) return;
    if (to.startsWith(`${from}/`)) throw new FsError('EINVAL');
    refuseMounts(shell, from);
    if (shell.files.isReadOnly(from)) throw new FsError('EROFS');
    const there = shell.files.find(to);
    if (there?.kind === 'directory' && Object.keys(there.entries).length > 0) throw new FsError('ENOTEMPTY');
    shell.files.put(to, entry);
    shell.files.remove(from);
  });
};

const chmod: Program = (shell, args, io) => {
  const [mode = '', ...targets] = args.filter((arg) => !/^-[RvfcR]+$/.test(arg));
  return each(io, targets, (target) => `chmod: changing permissions of '${target}'`, (target) => {
    const path = shell.path(target);
    const entry = shell.files.stat(path);
    const symbolic = /^[ugoa]*([+-])([rwx]+)$/.exec(mode);
    const bits = [...(symbolic?.[2] ?? '')].reduce((sum, letter) => sum | ({ r: 0o444, w: 0o200, x: 0o111 }[letter] ?? 0), 0);
    const next = symbolic ? (symbolic[1] === '+' ? entry.mode | bits : entry.mode & ~bits) : Number.parseInt(mode, 8) & 0o777;
    shell.files.put(path, { ...structuredClone(entry), mode: next });
  });
};

const du: Program = (shell, args, io) => {
  const { has, rest } = options(args, 'd');
  return each(io, rest.length > 0 ? rest : ['.'], (target) => `du: cannot access '${target}'`, (target) => {
    const { bytes } = usageOf(shell.files.stat(shell.path(target)));
    io.out(`${has('h') ? humanSize(bytes + 4096) : String(Math.ceil(bytes / 1024) + 4)}\t${target}\n`);
  });
};

const find: Program = (shell, args, io) => {
  const starts = args.slice(0, Math.max(0, args.findIndex((arg) => arg.startsWith('-'))) || (args.some((arg) => arg.startsWith('-')) ? 0 : args.length));
  const after = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const type = after('-type');
  const depth = Number(after('-maxdepth') ?? 99);
  const pattern = after('-name');
  const test = pattern === undefined ? null : new RegExp(`^${pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
  const walk = (shown: string, path: string, level: number): void => {
    const entry = shell.files.stat(path);
    const fits = (type === undefined || (type === 'd') === (entry.kind === 'directory')) && (!test || test.test(nameOf(path)));
    if (fits) io.out(`${shown}\n`);
    if (entry.kind !== 'directory' || level >= depth) return;
    for (const name of shell.files.list(path)) walk(`${shown.replace(/\/$/, '')}/${name}`, `${path === '/' ? '' : path}/${name}`, level + 1);
  };
  return each(io, starts.length > 0 ? starts : ['.'], (target) => `find: '${target}'`, (target) => walk(target, shell.path(target), 0));
};

const df: Program = (shell, args, io) => {
  const human = options(args).has('h');
  const { kernelId } = shell.host;
  const size = (bytes: number): string => (human ? humanSize(bytes) : String(Math.round(bytes / 1024)));
  const rows = [['Filesystem', human ? 'Size' : '1K-blocks', 'Used', human ? 'Avail' : 'Available', 'Use%', 'Mounted on']];
  for (const target of [null, ...shell.files.mounts.map((mount) => mount.target)]) {
    const disk = shell.world.disk(kernelId, target);
    rows.push([disk.name, size(disk.size), size(disk.used), size(disk.size - disk.used), `${String(Math.ceil((disk.used / disk.size) * 100))}%`, target ?? '/']);
  }
  const wide = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  for (const row of rows) {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(wide(i)) : i === 5 ? cell : cell.padStart(wide(i))));
    io.out(`${cells.join(' ')}\n`);
  }
  return 0;
};

export const filePrograms: Record<string, Program> = { ls, mkdir, touch, rm, rmdir, cp, mv, chmod, du, find, df, ll: (shell, args, io) => ls(shell, ['-alF', ...args], io) };
