import type { Change } from '../files/entries';
import { FsError } from '../files/entries';
import type { FileSystem } from '../files/file-system';
import { absolute } from '../files/file-system';
import { commands } from './commands/table';
import { pythonLine, runScriptFile } from './commands/python';
import type { Surroundings } from './expand';
import { expandWhole, expandWord } from './expand';
import { ShellSyntaxError } from './lexer';
import type { Chain, Command, List, Pipeline, Redirect } from './syntax';
import { parse } from './syntax';
import type { Host, Listener, Seat, ShellRun, ShellState, World } from './world';
import { HOME } from './world';

/** A program that would run longer is cut off: a time limit or the user ends it. */
const LONGEST = 30 * 24 * 3600 * 1000;
const MOST_STEPS = 5000;
const MOST_OUTPUT = 8 * 2 ** 20;

/** `exit`, from wherever it is said. */
class Exit extends Error {
  constructor(readonly code: number) {
    super('exit');
  }
}

/** Where a command reads from and writes to. */
export interface Io {
  input: string | null;
  out(text: string): void;
  err(text: string): void;
  /** Standard output is the terminal itself. */
  tty: boolean;
}

/** Runs a text at once and notes what is printed and changed when. */
export function runShell(script: string, world: World, state: ShellState, startedAt = world.now): ShellRun {
  return new Machine(world, structuredClone(state), startedAt).go(script);
}

export class Machine {
  time = 0;
  private readonly output: ShellRun['output'] = [];
  private printed = 0;
  private readonly changes: Change[] = [];
  private readonly systems = new Map<string, FileSystem>();
  private usesFiles = false;
  private steps = 0;
  private ended = false;
  private inTest = 0;
  private listener: Listener | null = null;

  constructor(
    readonly world: World,
    readonly state: ShellState,
    private readonly startedAt: number,
  ) {}

  go(script: string): ShellRun {
    const io: Io = { input: null, out: (text) => this.print(text), err: (text) => this.print(text), tty: this.world.columns !== null };
    try {
      if (this.state.python) pythonLine(this, script, io);
      else this.runText(script.replace(/^#![^\n]*/, ''), io);
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      this.state.code = error.code;
      if (this.interactive) this.leave();
    }
    return {
      output: this.output,
      changes: this.changes,
      duration: Math.min(this.time, LONGEST),
      listener: this.listener,
      exitCode: this.state.code,
      state: this.state,
      ended: this.ended,
      usesFiles: this.usesFiles,
    };
  }

  get interactive(): boolean {
    return this.world.columns !== null;
  }

  get seat(): Seat {
    const seat = this.state.seats.at(-1);
    if (!seat) throw new Error('a shell without a log-in');
    return seat;
  }

  get host(): Host {
    const host = this.world.hosts.find((one) => one.kernelId === this.seat.kernelId);
    if (!host) throw new Error('a log-in without its container');
    return host;
  }

  get now(): number {
    return this.startedAt + this.time;
  }

  /** Files of the container that is logged in to. */
  get files(): FileSystem {
    this.usesFiles = true;
    const { kernelId } = this.seat;
    const known = this.systems.get(kernelId);
    if (known) return known;
    const opened = this.world.open(kernelId, () => this.now, (change) => {
      this.changes.push({ at: this.time, kernelId, ...change });
    });
    this.systems.set(kernelId, opened);
    return opened;
  }

  path(path: string): string {
    return absolute(path, this.seat.cwd);
  }

  variable(name: string): string | undefined {
    if (name === '?') return String(this.state.code);
    if (name === '$') return '107';
    if (name === '0') return 'bash';
    if (name === '#') return '0';
    if (name === 'PWD') return this.seat.cwd;
    const { vars } = this.seat;
    return Object.hasOwn(vars, name) ? vars[name] : undefined;
  }

  assign(name: string, value: string): void {
    this.seat.vars[name] = value;
  }

  /** Names and values that programs see. */
  environment(): [string, string][] {
    const names = [...new Set([...this.seat.exported, 'PWD'])];
    return names.flatMap((name): [string, string][] => {
      const value = this.variable(name);
      return value === undefined ? [] : [[name, value]];
    });
  }

  exit(code: number): never {
    throw new Exit(code);
  }

  pass(milliseconds: number): void {
    this.time += milliseconds;
    if (this.time > LONGEST) throw new Exit(this.state.code);
  }

  /** Listens on a port until somebody ends the command; false where the port is taken. */
  serve(port: number, directory: string): boolean {
    const { kernelId } = this.seat;
    if (this.world.listening.some((one) => one.kernelId === kernelId && one.port === port)) return false;
    this.listener = { kernelId, port, directory };
    return true;
  }

  /** Goes on until it is ended from outside. */
  wait(): never {
    this.time = LONGEST + 1;
    throw new Exit(this.state.code);
  }

  /** `bash: ` or `bash: line 1: `. */
  get complaint(): string {
    return this.interactive ? 'bash: ' : 'bash: line 1: ';
  }

  private print(text: string): void {
    if (text === '' || this.printed > MOST_OUTPUT) return;
    this.printed += text.length;
    this.output.push({ at: this.time, text });
  }

  /** The end of the innermost log-in. */
  private leave(): void {
    if (this.state.seats.length <= 1) {
      this.ended = true;
      return;
    }
    const { hostname } = this.host;
    this.state.seats.pop();
    this.print(`logout\nConnection to ${hostname} closed.\n`);
  }

  runText(script: string, io: Io): number {
    let list: List;
    try {
      list = parse(script);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      io.err(`${this.complaint}${error.message}\n`);
      this.state.code = 2;
      return 2;
    }
    this.list(list, io);
    return this.state.code;
  }

  private list(list: List, io: Io): void {
    for (const chain of list) this.chain(chain, io);
  }

  private chain(chain: Chain, io: Io): void {
    const last = chain.parts.length - 1;
    for (const [i, { when, pipeline }] of chain.parts.entries()) {
      const skip = (when === '&&' && this.state.code !== 0) || (when === '||' && this.state.code === 0);
      if (skip) continue;
      this.pipeline(pipeline, io);
      const counts = i === last && !pipeline.negate && this.inTest === 0;
      if (counts && this.state.code !== 0 && this.seat.options.includes('errexit')) throw new Exit(this.state.code);
    }
  }

  private pipeline({ negate, commands: parts }: Pipeline, io: Io): void {
    let input = io.input;
    for (const [i, part] of parts.entries()) {
      const isLast = i === parts.length - 1;
      let text = '';
      const next: Io = isLast ? { ...io, input } : { input, err: io.err, tty: false, out: (piece) => (text += piece) };
      if (parts.length > 1) this.inSubshell(() => this.command(part, next));
      else this.command(part, next);
      input = text;
    }
    if (negate) this.state.code = this.state.code === 0 ? 1 : 0;
  }

  /** What happens to directory and variables in there is forgotten; `exit` ends only it. */
  inSubshell(body: () => void): void {
    const { cwd, vars, exported, options } = this.seat;
    const seats = this.state.seats.length;
    Object.assign(this.seat, { vars: { ...vars }, exported: [...exported], options: [...options] });
    try {
      body();
    } catch (error) {
      if (!(error instanceof Exit) || this.time > LONGEST || this.steps > MOST_STEPS) throw error;
      this.state.code = error.code;
    } finally {
      this.state.seats.length = seats;
      Object.assign(this.seat, { cwd, vars, exported, options });
    }
  }

  private command(command: Command, outer: Io): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new Exit(this.state.code);
    const opened = this.redirected(command.redirects, outer);
    if (!opened) {
      this.state.code = 1;
      return;
    }
    try {
      if (command.kind === 'simple') this.simple(command, opened.io);
      else this.compound(command, opened.io);
    } finally {
      opened.close();
    }
  }

  private compound(command: Exclude<Command, { kind: 'simple' }>, io: Io): void {
    switch (command.kind) {
      case 'group':
        if (command.subshell) this.inSubshell(() => this.list(command.body, io));
        else this.list(command.body, io);
        return;
      case 'for':
        this.state.code = 0;
        for (const value of command.words.flatMap((word) => expandWord(word, this.surroundings(io)))) {
          this.assign(command.name, value);
          this.list(command.body, io);
        }
        return;
      case 'while': {
        let code = 0;
        while (this.test(command.test, io) !== command.until) {
          this.list(command.body, io);
          ({ code } = this.state);
        }
        this.state.code = code;
        return;
      }
      case 'if': {
        for (const branch of command.branches) {
          if (!this.test(branch.test, io)) continue;
          this.state.code = 0;
          this.list(branch.body, io);
          return;
        }
        this.state.code = 0;
        if (command.otherwise) this.list(command.otherwise, io);
      }
    }
  }

  /** A condition may fail without ending a script of `set -e`. */
  private test(list: List, io: Io): boolean {
    this.inTest += 1;
    try {
      this.list(list, io);
    } finally {
      this.inTest -= 1;
    }
    return this.state.code === 0;
  }

  private surroundings(io: Io): Surroundings {
    return {
      variable: (name) => this.variable(name),
      assign: (name, value) => this.assign(name, value),
      output: (script) => {
        let text = '';
        this.inSubshell(() => {
          this.runText(script, { input: null, err: io.err, tty: false, out: (piece) => (text += piece) });
        });
        return text;
      },
      files: this.files,
      cwd: this.seat.cwd,
      option: (name) => this.seat.options.includes(name),
    };
  }

  /** Files opened for a command, or nothing when one could not be. */
  private redirected(redirects: readonly Redirect[], outer: Io): { io: Io; close: () => void } | null {
    const io = { ...outer };
    const waiting: { path: string; text: string }[] = [];
    for (const { fd, mode, target } of redirects) {
      const name = expandWhole(target, this.surroundings(outer));
      if (mode === 'text') io.input = name;
      else if (mode === 'copy') {
        if (name === '1' && fd === 2) io.err = io.out;
        else if (name === '2' && fd === 1) Object.assign(io, { out: io.err, tty: false });
      } else {
        try {
          if (mode === 'read') {
            io.input = name === '/dev/null' ? '' : this.files.read(this.path(name));
            continue;
          }
          const sink = this.sink(name, mode === 'append', outer, waiting);
          if (fd !== 2) Object.assign(io, { out: sink, tty: false });
          if (fd !== 1) io.err = sink;
        } catch (error) {
          if (!(error instanceof FsError)) throw error;
          outer.err(`${this.complaint}${name}: ${error.message}\n`);
          return null;
        }
      }
    }
    const close = (): void => {
      for (const { path, text } of waiting) {
        if (text !== '') this.files.write(path, text, { append: true });
      }
    };
    return { io, close };
  }

  private sink(name: string, append: boolean, outer: Io, waiting: { path: string; text: string }[]): (text: string) => void {
    if (name === '/dev/null') return () => undefined;
    if (name === '/dev/stderr') return outer.err;
    if (name === '/dev/stdout' || name === '/dev/tty') return outer.out;
    const file = { path: this.path(name), text: '' };
    if (!append || !this.files.find(file.path)) this.files.write(file.path, '');
    else if (this.files.isReadOnly(file.path)) throw new FsError('EROFS');
    else if (this.files.isDirectory(file.path)) throw new FsError('EISDIR');
    waiting.push(file);
    return (text) => (file.text += text);
  }

  private simple(command: Extract<Command, { kind: 'simple' }>, io: Io): void {
    const around = this.surroundings(io);
    const before = this.state.code;
    const assignments = command.assignments.map(({ name, value }): [string, string] => [name, expandWhole(value, around)]);
    const words = command.words.flatMap((word) => expandWord(word, around));
    const [name, ...args] = words;
    if (name === undefined) {
      for (const [variable, value] of assignments) this.assign(variable, value);
      if (!command.assignments.some(({ value }) => value.some((part) => part.text.includes('$(') || part.text.includes('`')))) this.state.code = 0;
      return;
    }
    const { vars, exported } = this.seat;
    if (assignments.length > 0) {
      this.seat.vars = { ...vars, ...Object.fromEntries(assignments) };
      this.seat.exported = [...exported, ...assignments.map(([variable]) => variable)];
    }
    const seat = this.seat;
    this.state.code = name === 'exit' ? before : 0;
    try {
      this.state.code = this.execute(name, args, io);
    } finally {
      if (assignments.length > 0) Object.assign(seat, { vars, exported });
    }
  }

  /** A command by its name, or a program by its path. */
  execute(name: string, args: string[], io: Io): number {
    const known = commands[name.replace(/^\/(?:usr\/)?bin\//, '')];
    if (known && Object.hasOwn(commands, name.replace(/^\/(?:usr\/)?bin\//, ''))) {
      try {
        return known(this, args, io);
      } catch (error) {
        if (!(error instanceof FsError)) throw error;
        io.err(`${name}: ${error.message}\n`);
        return 1;
      }
    }
    if (name.includes('/')) {
      const path = this.path(name);
      const entry = this.files.find(path);
      const refused = !entry ? 'No such file or directory' : entry.kind === 'directory' ? 'Is a directory' : (entry.mode & 0o111) === 0 ? 'Permission denied' : null;
      if (refused === null) return runScriptFile(this, path, args, io);
      io.err(`${this.complaint}${name}: ${refused}\n`);
      return entry ? 126 : 127;
    }
    io.err(`${this.complaint}${name}: command not found\n`);
    return 127;
  }

  knows(name: string): boolean {
    return Object.hasOwn(commands, name);
  }

  /** A further log-in, in another container. */
  enter(seat: Seat): void {
    this.state.seats.push(seat);
  }

  home(): string {
    return this.variable('HOME') ?? HOME;
  }
}
