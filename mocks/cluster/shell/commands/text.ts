import { FsError } from '../../files/entries';
import type { Io, Machine } from '../machine';
import { unescapeText } from '../lexer';
import type { Program } from './command';
import { options } from './command';

const MOST_LINES = 500_000;

/** Contents of the named files, or of standard input; a refusal is told under the program's name. */
function inputs(shell: Machine, name: string, files: readonly string[], io: Io): { texts: { file: string; text: string }[]; code: number } {
  if (files.length === 0) return { texts: [{ file: '', text: io.input ?? '' }], code: 0 };
  let code = 0;
  const texts = files.flatMap((file) => {
    if (file === '-') return [{ file, text: io.input ?? '' }];
    try {
      return [{ file, text: shell.files.read(shell.path(file)) }];
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      io.err(`${name}: ${file}: ${error.message}\n`);
      code = 1;
      return [];
    }
  });
  return { texts, code };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const echo: Program = (_shell, args, io) => {
  const flags = /^-[neE]+$/.test(args[0] ?? '') ? (args.shift() ?? '') : '';
  const text = args.join(' ');
  io.out((flags.includes('e') ? unescapeText(text) : text) + (flags.includes('n') ? '' : '\n'));
  return 0;
};

const printf: Program = (_shell, [format = '', ...args], io) => {
  let rest = args;
  do {
    let used = 0;
    io.out(
      unescapeText(format).replace(/%(-?\d*)(?:\.(\d+))?([sdif%])/g, (_m, wide: string, digits: string | undefined, kind: string) => {
        if (kind === '%') return '%';
        const value = rest[used] ?? '';
        used += 1;
        const text = kind === 's' ? value : kind === 'f' ? Number(value || 0).toFixed(Number(digits ?? 6)) : String(Math.trunc(Number(value) || 0));
        return wide.startsWith('-') ? text.padEnd(Number(wide.slice(1))) : text.padStart(Number(wide || 0), wide.startsWith('0') ? '0' : ' ');
      }),
    );
    rest = used === 0 ? [] : rest.slice(used);
  } while (rest.length > 0);
  return 0;
};

const cat: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  let number = 0;
  let result = 0;
  // One by one: refusals stand where they happen.
  for (const file of rest.length > 0 ? rest : ['-']) {
    const { texts, code } = inputs(shell, 'cat', [file], io);
    result ||= code;
    for (const { text } of texts) {
      if (has('n')) for (const line of linesOf(text)) io.out(`${String((number += 1)).padStart(6)}\t${line}\n`);
      else io.out(text);
    }
  }
  return result;
};

/** `-5`, `-n 5`, `-n +3`, `-c 10`. */
function ends(fromStart: boolean): Program {
  const name = fromStart ? 'head' : 'tail';
  return (shell, args, io) => {
    const short = args.find((arg) => /^-\d+$/.test(arg));
    const { value, rest } = options(args.filter((arg) => arg !== short), 'nc');
    const { texts, code } = inputs(shell, name, rest, io);
    const wanted = value('n') ?? (short ? short.slice(1) : '10');
    const bytes = value('c');
    for (const [i, { file, text }] of texts.entries()) {
      if (texts.length > 1) io.out(`${i > 0 ? '\n' : ''}==> ${file} <==\n`);
      if (bytes !== undefined) {
        io.out(fromStart ? text.slice(0, Number(bytes)) : text.slice(-Number(bytes)));
        continue;
      }
      const lines = linesOf(text);
      const count = Number(wanted);
      const kept = fromStart ? lines.slice(0, count) : wanted.startsWith('+') ? lines.slice(count - 1) : count > 0 ? lines.slice(-count) : [];
      for (const line of kept) io.out(`${line}\n`);
    }
    return code;
  };
}

const wc: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  const { texts, code } = inputs(shell, 'wc', rest, io);
  const all = !has('l', 'w', 'c', 'm');
  const rows = texts.map(({ file, text }) => ({
    file,
    counts: [
      ...(all || has('l') ? [text.split('\n').length - 1] : []),
      ...(all || has('w') ? [text.split(/\s+/).filter((word) => word !== '').length] : []),
      ...(all || has('c') ? [new TextEncoder().encode(text).length] : []),
      ...(has('m') ? [text.length] : []),
    ],
  }));
  if (rows.length > 1) rows.push({ file: 'total', counts: rows[0]?.counts.map((_x, i) => rows.reduce((sum, row) => sum + (row.counts[i] ?? 0), 0)) ?? [] });
  const wide = rows.length === 1 && (rows[0]?.counts.length ?? 0) === 1 ? 1 : Math.max(...rows.flatMap((row) => row.counts.map((count) => String(count).length)), rest.length === 0 ? 7 : 1);
  for (const { file, counts } of rows) io.out(`${counts.map((count) => String(count).padStart(wide)).join(' ')}${file === '' ? '' : ` ${file}`}\n`);
  return code;
};

const grep: Program = (shell, args, io) => {
  const { has, value, rest } = options(args, 'eABCm');
  const pattern = value('e') ?? rest.shift();
  if (pattern === undefined) {
    io.err('Usage: grep [OPTION]... PATTERNS [FILE]...\n');
    return 2;
  }
  let test: RegExp;
  try {
    const source = has('F') ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : has('E') || has('P') ? pattern : pattern.replace(/\\([|+?(){}])|([|+?(){}])/g, (_m, special?: string, plain?: string) => special ?? `\\${plain ?? ''}`);
    test = new RegExp(has('w') ? `\\b(?:${source})\\b` : source, has('i') ? 'i' : '');
  } catch {
    io.err('grep: Invalid regular expression\n');
    return 2;
  }
  const files = has('r', 'R') ? (rest.length > 0 ? rest : ['.']).flatMap((start) => below(shell, start)) : rest;
  const { texts, code } = inputs(shell, 'grep', files, io);
  const named = (texts.length > 1 || has('r', 'R', 'H')) && !has('h');
  let found = 0;
  for (const { file, text } of texts) {
    const hits = linesOf(text).map((line, i) => ({ line, at: i + 1 })).filter(({ line }) => test.test(line) !== has('v'));
    found += hits.length;
    if (has('q')) continue;
    if (has('c')) io.out(`${named ? `${file}:` : ''}${String(hits.length)}\n`);
    else if (has('l')) io.out(hits.length > 0 ? `${file}\n` : '');
    else {
      for (const { line, at } of hits) {
        const shown = io.tty && !has('v') ? line.replace(new RegExp(test, `${test.flags}g`), (hit) => (hit === '' ? '' : `\u001b[01;31m${hit}\u001b[0m`)) : line;
        io.out(`${named ? `${file}:` : ''}${has('n') ? `${String(at)}:` : ''}${shown}\n`);
      }
    }
  }
  return code > 0 ? 2 : found > 0 ? 0 : 1;
};

function below(shell: Machine, start: string): string[] {
  const entry = shell.files.find(shell.path(start));
  if (entry?.kind !== 'directory') return [start];
  return shell.files.list(shell.path(start)).flatMap((name) => below(shell, `${start.replace(/\/$/, '')}/${name}`));
}

const sort: Program = (shell, args, io) => {
  const { has, rest } = options(args, 'kt');
  const { texts, code } = inputs(shell, 'sort', rest, io);
  const lines = texts.flatMap(({ text }) => linesOf(text));
  lines.sort(has('n') ? (a, b) => (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0) : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (has('r')) lines.reverse();
  for (const line of has('u') ? new Set(lines) : lines) io.out(`${line}\n`);
  return code;
};

const uniq: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  const { texts, code } = inputs(shell, 'uniq', rest, io);
  const runs: { line: string; count: number }[] = [];
  for (const line of texts.flatMap(({ text }) => linesOf(text))) {
    const last = runs.at(-1);
    if (last?.line === line) last.count += 1;
    else runs.push({ line, count: 1 });
  }
  for (const { line, count } of runs) io.out(`${has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`);
  return code;
};

const cut: Program = (shell, args, io) => {
  const { value, rest } = options(args, 'dfc');
  const { texts, code } = inputs(shell, 'cut', rest, io);
  const fields = (value('f') ?? '1').split(',').map(Number);
  const mark = value('d') ?? '\t';
  for (const line of texts.flatMap(({ text }) => linesOf(text))) {
    const parts = line.split(mark);
    io.out(`${parts.length === 1 ? line : fields.map((field) => parts[field - 1] ?? '').join(mark)}\n`);
  }
  return code;
};

const tee: Program = (shell, args, io) => {
  const { has, rest } = options(args);
  let code = 0;
  io.out(io.input ?? '');
  for (const file of rest) {
    try {
      shell.files.write(shell.path(file), io.input ?? '', { append: has('a') });
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      io.err(`tee: ${file}: ${error.message}\n`);
      code = 1;
    }
  }
  return code;
};

const seq: Program = (_shell, args, io) => {
  const numbers = args.map(Number);
  const from = args.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = args.length > 2 ? (numbers[1] ?? 1) : 1;
  const to = numbers.at(-1) ?? 0;
  const count = step === 0 ? 0 : Math.max(0, Math.min(Math.floor((to - from) / step) + 1, MOST_LINES));
  const lines = Array.from({ length: count }, (_x, i) => String(from + i * step));
  if (lines.length > 0) io.out(`${lines.join('\n')}\n`);
  return 0;
};

const basename: Program = (_shell, [path = '', suffix = ''], io) => {
  const name = path.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, '');
  io.out(`${suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`);
  return 0;
};

const dirname: Program = (_shell, [path = ''], io) => {
  io.out(`${/^(.*[^/])\/+[^/]+\/*$/.exec(path)?.[1] ?? (path.startsWith('/') ? '/' : '.')}\n`);
  return 0;
};

export const textPrograms: Record<string, Program> = { echo, printf, cat, head: ends(true), tail: ends(false), wc, grep, sort, uniq, cut, tee, seq, basename, dirname };
