import { FsError } from '../../files/entries';
import { hash, noise } from '../../rng';
import type { Io, Machine } from '../machine';
import { options } from './command';
import type { Program } from './command';
import { writeDeep } from './deep';

type Value = string | number | boolean | null;

/** A program that stops with a traceback. */
class PythonError extends Error {}

class Left extends Error {
  constructor(readonly code: number) {
    super('exit');
  }
}

const STANDARD = new Set(['sys', 'os', 'time', 'json', 'math', 're', 'random', 'pathlib', 'platform', 'socket', 'subprocess', 'datetime']);

function shown(value: Value): string {
  return value === null ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

/** Statements one by one: imports, prints, sleeps, files. Enough for what one types after `python -c`. */
class Interpreter {
  readonly modules: Map<string, string>;
  readonly names: Map<string, Value>;

  constructor(
    private readonly shell: Machine,
    private readonly io: Io,
    /** At the prompt, where a value that is not taken is shown. */
    private readonly prompt: NonNullable<Machine['state']['python']> | null = null,
  ) {
    this.modules = new Map(Object.entries(prompt?.modules ?? {}));
    this.names = new Map(Object.entries(prompt?.names ?? {}));
  }

  run(code: string): void {
    for (const statement of split(code, /[;\n]/)) this.statement(statement.trim());
  }

  private statement(text: string): void {
    if (text === '' || text.startsWith('#')) return;
    const imported = /^(?:import\s+(.+)|from\s+([\w.]+)\s+import\s+(.+))$/.exec(text);
    if (imported) {
      for (const part of (imported[1] ?? imported[2] ?? '').split(',')) {
        const [, path = '', alias] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
        const name = path.split('.')[0] ?? '';
        if (!STANDARD.has(name) && installed(this.shell)[packageOf(name)] === undefined) throw new PythonError(`ModuleNotFoundError: No module named '${name}'`);
        this.modules.set(alias ?? name, name);
      }
      return;
    }
    const printed = /^print\(([\s\S]*)\)$/.exec(text);
    if (printed) {
      const parts = split(printed[1] ?? '', /,/).map((part) => part.trim());
      const end = parts.find((part) => /^end\s*=/.test(part));
      const values = parts.filter((part) => part !== '' && !/^(?:end|sep|flush|file)\s*=/.test(part));
      this.io.out(values.map((part) => shown(this.value(part))).join(' ') + (end === undefined ? '\n' : shown(this.value(end.replace(/^end\s*=/, '')))));
      return;
    }
    const left = /^(?:sys\.)?exit\((.*)\)$|^quit\(\)$/.exec(text);
    if (left) throw new Left(Number(left[1] ?? 0) || 0);
    const slept = /^(?:time\.)?sleep\((.+)\)$/.exec(text);
    if (slept) {
      this.shell.pass(Number(this.value(slept[1] ?? '0')) * 1000);
      return;
    }
    const raised = /^raise\s+(\w+)(?:\((.*)\))?$/.exec(text);
    if (raised) throw new PythonError((raised[1] ?? '') + (raised[2] ? `: ${shown(this.value(raised[2]))}` : ''));
    const assigned = /^([A-Za-z_]\w*)\s*=(?!=)\s*([\s\S]+)$/.exec(text);
    if (assigned) {
      this.names.set(assigned[1] ?? '', this.value(assigned[2] ?? ''));
      return;
    }
    const written = /^open\((['"])(.+?)\1\s*,\s*(['"])([wa])\3\)\.write\(([\s\S]+)\)$/.exec(text);
    if (written) {
      this.file(written[2] ?? '', (path) => this.shell.files.write(path, shown(this.value(written[5] ?? '')), { append: written[4] === 'a' }));
      return;
    }
    const value = this.value(text);
    if (this.prompt && value !== null) this.io.out(`${typeof value === 'string' ? `'${value.replaceAll('\n', '\\n')}'` : shown(value)}\n`);
  }

  private file<T>(name: string, act: (path: string) => T): T {
    try {
      return act(this.shell.path(name));
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      const kinds = { ENOENT: 'FileNotFoundError: [Errno 2]', EROFS: 'OSError: [Errno 30]', EACCES: 'PermissionError: [Errno 13]', EISDIR: 'IsADirectoryError: [Errno 21]' } as Record<string, string>;
      throw new PythonError(`${kinds[error.code] ?? 'OSError: [Errno 5]'} ${error.message}: '${name}'`);
    }
  }

  private value(source: string): Value {
    const text = source.trim();
    const quoted = /^[rf]?(["'])((?:\\.|(?!\1)[^\\])*)\1$/s.exec(text);
    if (quoted) {
      const inside = (quoted[2] ?? '').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
      return text.startsWith('f') ? inside.replace(/\{([^{}]+)\}/g, (_m, code: string) => shown(this.value(code))) : inside;
    }
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
    const sum = /^(-?[\d.]+)\s*([-+*/]|\*\*|\/\/|%)\s*(-?[\d.]+)$/.exec(text);
    if (sum) return calculate(Number(sum[1]), sum[2] ?? '', Number(sum[3]));
    if (text === 'True' || text === 'False') return text === 'True';
    if (text === 'None') return null;
    const known = this.names.get(text);
    if (known !== undefined) return known;
    return this.attribute(text);
  }

  private attribute(text: string): Value {
    const { host } = this.shell;
    const read = /^open\((['"])(.+?)\1.*?\)\.read\(\)$/.exec(text);
    if (read) return this.file(read[2] ?? '', (path) => this.shell.files.read(path));
    const variable = /^os\.(?:environ\[(['"])(\w+)\1\]|(?:environ\.get|getenv)\((['"])(\w+)\3.*\))$/.exec(text);
    if (variable) {
      const name = variable[2] ?? variable[4] ?? '';
      const found = this.shell.variable(name);
      if (found === undefined && variable[2] !== undefined) throw new PythonError(`KeyError: '${name}'`);
      return found ?? null;
    }
    const [, alias = '', rest = ''] = /^(\w+)\.(.+)$/.exec(text) ?? [];
    const module = this.modules.get(alias);
    if (module === undefined) throw new PythonError(`NameError: name '${/^\w+/.exec(text)?.[0] ?? text}' is not defined`);
    if (rest === '__version__') {
      const version = installed(this.shell)[packageOf(module)];
      if (version !== undefined) return version;
    }
    const facts: Record<string, Value> = {
      'torch.cuda.is_available()': host.gpus.length > 0,
      'torch.cuda.device_count()': host.gpus.length,
      'torch.cuda.get_device_name(0)': host.gpus[0] ?? null,
      'sys.version': `${host.python ?? ''} (main, Nov  6 2024, 20:22:13) [GCC 11.4.0]`,
      'platform.python_version()': host.python,
      'socket.gethostname()': host.hostname,
      'os.getcwd()': this.shell.seat.cwd,
      'os.cpu_count()': host.cpus,
      'time.time()': this.shell.now / 1000,
    };
    const key = `${module}.${rest}`;
    if (Object.hasOwn(facts, key)) return facts[key] ?? null;
    throw new PythonError(`AttributeError: module '${module}' has no attribute '${/^\w+/.exec(rest)?.[0] ?? rest}'`);
  }
}

/** Where `pip install` puts what the image lacks: below `.local`, which may be a folder that outlives the session. */
function sitePackages(shell: Machine): string {
  return `${shell.home()}/.local/lib/python${(shell.host.python ?? '3').split('.').slice(0, 2).join('.')}/site-packages`;
}

/** The image's packages and the user's own. */
function installed(shell: Machine): Record<string, string> {
  const path = sitePackages(shell);
  const own = shell.files.isDirectory(path) ? shell.files.list(path) : [];
  const found = own.flatMap((entry): [string, string][] => {
    const match = /^(.+)-([\w.]+)\.dist-info$/.exec(entry);
    return match ? [[match[1] ?? '', match[2] ?? '']] : [];
  });
  return { ...shell.host.packages, ...Object.fromEntries(found) };
}

function packageOf(module: string): string {
  return { sklearn: 'scikit-learn', PIL: 'pillow', cv2: 'opencv-python', yaml: 'PyYAML' }[module] ?? module;
}

function calculate(a: number, operator: string, b: number): number {
  if ((operator === '/' || operator === '//' || operator === '%') && b === 0) throw new PythonError('ZeroDivisionError: division by zero');
  const results: Record<string, number> = { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '**': a ** b, '//': Math.floor(a / b), '%': ((a % b) + b) % b };
  return results[operator] ?? 0;
}

/** At marks outside quotes and brackets. */
function split(code: string, mark: RegExp): string[] {
  const parts = [''];
  let quote = '';
  let depth = 0;
  for (let i = 0; i < code.length; i += 1) {
    const letter = code[i] ?? '';
    if (quote !== '') {
      if (letter === '\\') {
        parts[parts.length - 1] += letter + (code[(i += 1)] ?? '');
        continue;
      }
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    else if (depth === 0 && mark.test(letter)) {
      parts.push('');
      continue;
    }
    parts[parts.length - 1] += letter;
  }
  return parts;
}

/** One line at Python's own prompt. */
export function pythonLine(shell: Machine, code: string, io: Io): void {
  const { python: state } = shell.state;
  if (!state) return;
  const interpreter = new Interpreter(shell, io, state);
  try {
    interpreter.run(code);
  } catch (error) {
    if (error instanceof Left) {
      delete shell.state.python;
      shell.state.code = error.code;
      return;
    }
    if (!(error instanceof PythonError)) throw error;
    io.err(`Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n${error.message}\n`);
  }
  shell.state.python = { modules: Object.fromEntries(interpreter.modules), names: Object.fromEntries(interpreter.names) };
}

function interpret(shell: Machine, code: string, io: Io, from: string): number {
  try {
    new Interpreter(shell, io).run(code);
    return 0;
  } catch (error) {
    if (error instanceof Left) return error.code;
    if (!(error instanceof PythonError)) throw error;
    io.err(`Traceback (most recent call last):\n  File "${from}", line 1, in <module>\n${error.message}\n`);
    return 1;
  }
}

/** Epochs with a progress line that rewrites itself, as tqdm does. */
function train(shell: Machine, args: string[], io: Io): number {
  const at = args.findIndex((arg) => arg.startsWith('--epochs'));
  const given = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  const epochs = Math.min(1000, Math.max(1, Number(given ?? shell.variable('EPOCHS') ?? 3) || 3));
  // `EPOCH_SECONDS` slows it down: two seconds unless said.
  const pace = Math.max(0.1, Number(shell.variable('EPOCH_SECONDS') ?? 2) || 2) * 100;
  const { gpus } = shell.host;
  io.out(`\u001b[1mdevice\u001b[0m: ${gpus.length > 0 ? `cuda (${gpus[0] ?? ''})` : 'cpu'}\n`);
  shell.pass(800);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    for (let step = 0; step <= 10; step += 1) {
      const bar = '█'.repeat(step * 2).padEnd(20, ' ');
      const loss = 2.3 * Math.exp(-(epoch - 1 + step / 10) / 2) + noise(shell.world.noise, epoch * 16 + step) * 0.05;
      io.out(`\rEpoch ${String(epoch)}/${String(epochs)}: ${String(step * 10).padStart(3)}%|${bar}| loss=${loss.toFixed(4)}`);
      if (step < 10) shell.pass(pace);
    }
    io.out(`\n\u001b[32mepoch ${String(epoch)} done\u001b[0m val_acc=${(1 - 0.6 * Math.exp(-epoch / 2)).toFixed(4)}\n`);
  }
  io.out('Model saved to model.pt\n');
  return 0;
}

const python: Program = (shell, args, io) => {
  const { python: version } = shell.host;
  const called = args[0] === 'torchrun' ? (args.shift() ?? '') : 'python3';
  if (version === null) {
    io.err(`${shell.complaint}${called}: command not found\n`);
    return 127;
  }
  const inline = args.indexOf('-c');
  if (inline >= 0) return interpret(shell, args[inline + 1] ?? '', io, '<string>');
  if (args[0] === '-m' && args[1] === 'pip') return pip(shell, args.slice(2), io);
  if (args[0] === '-m' && args[1] === 'http.server') return serve(shell, args.slice(2), io);
  if (args.some((arg) => arg === '-V' || arg === '--version')) {
    io.out(`Python ${version}\n`);
    return 0;
  }
  const script = args.find((arg) => arg.endsWith('.py'));
  if (script !== undefined) {
    if (shell.files.find(shell.path(script)) === undefined && (shell.interactive || script.includes('missing'))) {
      io.err(`python: can't open file '${shell.path(script)}': [Errno 2] No such file or directory\n`);
      return 2;
    }
    return runScriptFile(shell, shell.path(script), args.slice(args.indexOf(script) + 1), io);
  }
  if (io.input !== null) return interpret(shell, io.input, io, '<stdin>');
  io.out(`Python ${version} (main, Nov  6 2024, 20:22:13) [GCC 11.4.0] on linux\nType "help", "copyright", "credits" or "license" for more information.\n`);
  if (shell.interactive && io.tty) shell.state.python = { modules: {}, names: {} };
  return 0;
};

/** `python3 -m http.server`: what a preopened port is tried with. */
function serve(shell: Machine, args: string[], io: Io): number {
  const given = options(args.map((arg) => (arg === '--directory' ? '-d' : arg === '--bind' ? '-b' : arg)), 'db');
  const [text = '8000'] = given.rest;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    io.err(`usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [port]\nserver.py: error: argument port: invalid int value: '${text}'\n`);
    return 2;
  }
  const refusal = port < 1024 ? 'PermissionError: [Errno 13] Permission denied' : shell.serve(port, shell.path(given.value('d') ?? '.')) ? null : 'OSError: [Errno 98] Address already in use';
  if (refusal !== null) {
    io.err(`Traceback (most recent call last):\n${refusal}\n`);
    return 1;
  }
  io.out(`Serving HTTP on 0.0.0.0 port ${text} (http://0.0.0.0:${text}/) ...\n`);
  shell.wait();
}

/** A program by its file. Scripts of startup commands lie in folders that are too large to be kept: those train. */
export function runScriptFile(shell: Machine, path: string, args: string[], io: Io): number {
  const entry = shell.files.find(path);
  if (entry?.kind !== 'file') return train(shell, args, io);
  const code = shell.files.read(path);
  if (!path.endsWith('.py') && !/^#!.*python/.test(code)) {
    shell.inSubshell(() => shell.runText(code.replace(/^#![^\n]*/, ''), io));
    return shell.state.code;
  }
  if (/\b(?:epoch|DataLoader|optimizer|\.fit\()/.test(code)) return train(shell, args, io);
  return interpret(shell, code.replace(/^#![^\n]*/, ''), io, path);
}

const pip: Program = (shell, args, io) => {
  const { python: version } = shell.host;
  const packages = installed(shell);
  if (version === null) {
    io.err(`${shell.complaint}pip: command not found\n`);
    return 127;
  }
  const [verb, ...rest] = args;
  const names = rest.filter((arg) => !arg.startsWith('-'));
  if (verb === 'list' || verb === 'freeze') {
    const rows = Object.entries(packages).sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    if (verb === 'freeze' || rest.includes('--format=freeze')) {
      for (const [name, one] of rows) io.out(`${name}==${one}\n`);
      return 0;
    }
    const wide = Math.max(7, ...rows.map(([name]) => name.length));
    const second = Math.max(7, ...rows.map(([, one]) => one.length));
    io.out(`${'Package'.padEnd(wide)} Version\n${'-'.repeat(wide)} ${'-'.repeat(second)}\n`);
    for (const [name, one] of rows) io.out(`${name.padEnd(wide)} ${one}\n`);
    return 0;
  }
  if (verb === 'show') {
    const one = packages[names[0] ?? ''];
    if (one === undefined) {
      io.err(`WARNING: Package(s) not found: ${names.join(', ')}\n`);
      return 1;
    }
    io.out(`Name: ${names[0] ?? ''}\nVersion: ${one}\n`);
    return 0;
  }
  if (verb === 'install') return install(shell, names, io);
  io.out(`pip 24.2 from /usr/local/lib/python${version.split('.').slice(0, 2).join('.')}/site-packages/pip (python ${version.split('.').slice(0, 2).join('.')})\n`);
  return 0;
};

function install(shell: Machine, names: string[], io: Io): number {
  for (const wanted of names) {
    const [name = wanted, asked] = wanted.split('==');
    const present = installed(shell)[name];
    if (present !== undefined && (asked === undefined || asked === present)) {
      io.out(`Requirement already satisfied: ${name} (${present})\n`);
      continue;
    }
    const version = asked ?? `${String(1 + (hash(name) % 4))}.${String(hash(name) % 13)}.0`;
    io.out(`Collecting ${wanted}\n`);
    for (let percent = 0; percent <= 100; percent += 20) {
      const bar = '━'.repeat(percent / 5).padEnd(20, ' ');
      io.out(`\r   \u001b[32m${bar}\u001b[0m ${String(percent)}%`);
      shell.pass(300);
    }
    try {
      writeDeep(shell, `${sitePackages(shell)}/${name}-${version}.dist-info/METADATA`, `Name: ${name}\nVersion: ${version}\n`);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      io.err(`\nERROR: Could not install packages due to an OSError: ${error.message}\n`);
      return 1;
    }
    io.out(`\n\u001b[32mSuccessfully installed ${name}-${version}\u001b[0m\n`);
  }
  return 0;
}

export const pythonPrograms: Record<string, Program> = {
  python,
  python3: python,
  torchrun: (shell, args, io) => python(shell, ['torchrun', ...args], io),
  pip,
  pip3: pip,
};
