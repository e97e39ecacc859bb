import { noise } from '../../rng';
import type { Program } from './command';
import { options } from './command';
import { humanSize } from './files';

const say = (text: (shell: Parameters<Program>[0], args: string[]) => string): Program => (shell, args, io) => {
  io.out(`${text(shell, args)}\n`);
  return 0;
};

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function strftime(format: string, time: number): string {
  const date = new Date(time);
  const iso = date.toISOString();
  const known: Record<string, string> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: String(Math.floor(time / 1000)),
    N: `${iso.slice(20, 23)}000000`,
    a: DAYS[date.getUTCDay()] ?? '',
    b: MONTHS[date.getUTCMonth()] ?? '',
    e: String(date.getUTCDate()).padStart(2),
    Z: 'UTC',
    z: '+0000',
    '%': '%',
  };
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => known[letter] ?? whole);
}

const date: Program = (shell, args, io) => {
  const format = args.find((arg) => arg.startsWith('+'));
  io.out(`${strftime(format?.slice(1) ?? (args.includes('-Is') ? '%FT%T+00:00' : '%a %b %e %T %Z %Y'), shell.now)}\n`);
  return 0;
};

function seconds(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+|infinity)([smhd]?)$/.exec(text);
  if (!match) return null;
  if (match[1] === 'infinity') return 1e9;
  return Number(match[1]) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[match[2] ?? 's'] ?? 1);
}

const sleep: Program = (shell, args, io) => {
  if (args.length === 0) {
    io.err("sleep: missing operand\nTry 'sleep --help' for more information.\n");
    return 1;
  }
  for (const arg of args) {
    const time = seconds(arg);
    if (time === null) {
      io.err(`sleep: invalid time interval '${arg}'\nTry 'sleep --help' for more information.\n`);
      return 1;
    }
    shell.pass(time * 1000);
  }
  return 0;
};

const free: Program = (shell, args, io) => {
  const { has } = options(args);
  const { memory } = shell.host;
  const used = Math.round(memory * (0.08 + noise(shell.world.noise, 77) * 0.1));
  const cache = Math.round(memory * 0.12);
  const size = (bytes: number): string => (has('h') ? (bytes === 0 ? '0B' : `${humanSize(bytes)}i`) : String(Math.round(bytes / (has('m') ? 2 ** 20 : has('g') ? 2 ** 30 : 1024))));
  const row = (name: string, cells: number[]): string => name.padEnd(7) + cells.map((cell) => size(cell).padStart(12)).join('').padStart(12);
  io.out(`       ${['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map((name) => name.padStart(12)).join('')}\n`);
  io.out(`${row('Mem:', [memory, used, memory - used - cache, 2 ** 16, cache, memory - used])}\n${row('Swap:', [0, 0, 0])}\n`);
  return 0;
};

const nvidiaSmi: Program = (shell, args, io) => {
  const { gpus } = shell.host;
  if (gpus.length === 0) {
    io.err(`${shell.complaint}nvidia-smi: command not found\n`);
    return 127;
  }
  if (args.includes('-L')) {
    for (const [i, model] of gpus.entries()) io.out(`GPU ${String(i)}: ${model}\n`);
    return 0;
  }
  const line = `+${'-'.repeat(77)}+\n`;
  io.out(`${strftime('%a %b %e %T %Y', shell.now)}\n${line}`);
  io.out(`| NVIDIA-SMI 550.90.07    Driver Version: 550.90.07    CUDA Version: 12.4${' '.repeat(5)}|\n`);
  io.out(`|${'-'.repeat(41)}+${'-'.repeat(35)}|\n| GPU  Name${' '.repeat(22)}Temp   Perf |   Memory-Usage         GPU-Util     |\n|${'='.repeat(41)}+${'='.repeat(35)}|\n`);
  for (const [i, model] of gpus.entries()) {
    const dice = noise(shell.world.noise, Math.floor(shell.now / 5000) + i);
    const total = /80\s?GB/i.test(model) ? 81_559 : /40\s?GB/i.test(model) ? 40_960 : 24_576;
    const used = `${String(Math.round(400 + dice * total * 0.4))}MiB / ${String(total)}MiB`;
    io.out(`|  ${String(i).padStart(2)}  ${model.slice(0, 22).padEnd(22)}    ${String(Math.round(34 + dice * 25))}C    P0  | ${used.padStart(21)} ${`${String(Math.round(dice * 90))}%`.padStart(9)}   |\n`);
  }
  io.out(line);
  return 0;
};

const env: Program = (shell, args, io) => {
  const assigned = args.filter((arg) => /^\w+=/.test(arg));
  const command = args.slice(assigned.length);
  if (command.length > 0) {
    let code = 0;
    shell.inSubshell(() => {
      for (const pair of assigned) {
        const [name = '', value = ''] = pair.split(/=(.*)/s);
        shell.assign(name, value);
        shell.seat.exported.push(name);
      }
      code = shell.execute(command[0] ?? '', command.slice(1), io);
    });
    return code;
  }
  for (const [name, value] of shell.environment()) io.out(`${name}=${value}\n`);
  return 0;
};

const printenv: Program = (shell, args, io) => {
  if (args.length === 0) return env(shell, [], io);
  const known = new Map(shell.environment());
  for (const name of args) {
    const value = known.get(name);
    if (value === undefined) return 1;
    io.out(`${value}\n`);
  }
  return 0;
};

const exportVariables: Program = (shell, args, io) => {
  const names = args.filter((arg) => arg !== '-p');
  if (names.length === 0) {
    const sorted = shell.environment().sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, value] of sorted) io.out(`declare -x ${name}="${value.replace(/["\\$`]/g, '\\$&')}"\n`);
    return 0;
  }
  for (const arg of names) {
    const [name = '', value] = arg.split(/=(.*)/s);
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      io.err(`${shell.complaint}export: \`${arg}': not a valid identifier\n`);
      return 1;
    }
    if (value !== undefined) shell.assign(name, value);
    if (!shell.seat.exported.includes(name)) shell.seat.exported.push(name);
  }
  return 0;
};

const unset: Program = (shell, args) => {
  for (const name of args) {
    delete shell.seat.vars[name];
    shell.seat.exported = shell.seat.exported.filter((one) => one !== name);
  }
  return 0;
};

const cd: Program = (shell, args, io) => {
  const [given] = args;
  const target = given === undefined ? shell.home() : given === '-' ? (shell.variable('OLDPWD') ?? shell.home()) : given;
  const path = shell.path(target);
  const entry = shell.files.find(path);
  if (entry?.kind !== 'directory') {
    io.err(`${shell.complaint}cd: ${target}: ${entry ? 'Not a directory' : 'No such file or directory'}\n`);
    return 1;
  }
  shell.assign('OLDPWD', shell.seat.cwd);
  shell.seat.cwd = path;
  if (given === '-') io.out(`${path}\n`);
  return 0;
};

/** `test` and `[ … ]`. */
function holds(shell: Parameters<Program>[0], args: string[]): boolean {
  if (args[0] === '!') return !holds(shell, args.slice(1));
  const either = args.indexOf('-o');
  if (either > 0) return holds(shell, args.slice(0, either)) || holds(shell, args.slice(either + 1));
  const both = args.indexOf('-a');
  if (both > 0) return holds(shell, args.slice(0, both)) && holds(shell, args.slice(both + 1));
  const [a = '', operator = '', b = ''] = args;
  if (args.length === 1) return a !== '';
  if (args.length === 2) {
    const entry = shell.files.find(shell.path(operator));
    if (a === '-z') return operator === '';
    if (a === '-n') return operator !== '';
    if (a === '-d') return entry?.kind === 'directory';
    if (a === '-f') return entry?.kind === 'file';
    if (a === '-s') return entry?.kind === 'file' && entry.content !== '';
    if (a === '-w') return entry !== undefined && !shell.files.isReadOnly(shell.path(operator));
    if (a === '-x') return entry !== undefined && (entry.mode & 0o111) !== 0;
    return entry !== undefined;
  }
  const numbers: Record<string, (x: number, y: number) => boolean> = {
    '-eq': (x, y) => x === y,
    '-ne': (x, y) => x !== y,
    '-lt': (x, y) => x < y,
    '-le': (x, y) => x <= y,
    '-gt': (x, y) => x > y,
    '-ge': (x, y) => x >= y,
  };
  const compare = numbers[operator];
  if (compare) return compare(Number(a), Number(b));
  return operator === '!=' ? a !== b : a === b;
}

const test: Program = (shell, args) => (holds(shell, args) ? 0 : 1);

const set: Program = (shell, args) => {
  for (const arg of args) {
    const on = arg.startsWith('-');
    const wanted = arg === 'pipefail' || arg === '-o' ? null : arg === 'errexit' || /^[-+]\w*e/.test(arg) ? 'errexit' : null;
    if (wanted) shell.seat.options = on || arg === 'errexit' ? [...shell.seat.options, wanted] : shell.seat.options.filter((one) => one !== wanted);
  }
  return 0;
};

const shopt: Program = (shell, args) => {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const kept = shell.seat.options.filter((one) => !names.includes(one));
  shell.seat.options = args.includes('-u') ? kept : [...kept, ...names];
  return 0;
};

const exit: Program = (shell, [code]) => shell.exit(code === undefined ? shell.state.code : (Number.parseInt(code, 10) || 0) & 255);

const bash: Program = (shell, args, io) => {
  const at = args.findIndex((arg) => /^-\w*c$/.test(arg));
  const script = at >= 0 ? args[at + 1] : args.find((arg) => !arg.startsWith('-'));
  if (script === undefined) {
    if (io.input !== null) shell.inSubshell(() => shell.runText(io.input ?? '', io));
    return shell.state.code;
  }
  let text = script;
  if (at < 0) {
    const path = shell.path(script);
    if (!shell.files.find(path)) {
      io.err(`bash: ${script}: No such file or directory\n`);
      return 127;
    }
    text = shell.files.read(path).replace(/^#![^\n]*/, '');
  }
  shell.inSubshell(() => shell.runText(text, io));
  return shell.state.code;
};

const source: Program = (shell, [file = ''], io) => {
  const path = shell.path(file);
  if (shell.files.find(path)?.kind !== 'file') {
    io.err(`${shell.complaint}${file}: No such file or directory\n`);
    return 1;
  }
  return shell.runText(shell.files.read(path), io);
};

const id = say(() => 'uid=1000(work) gid=1000(work) groups=1000(work)');
const uname: Program = (shell, args, io) => {
  const { has } = options(args);
  const parts = { s: 'Linux', n: shell.host.hostname, r: '5.15.0-119-generic', v: '#129-Ubuntu SMP Fri Aug 2 19:25:20 UTC 2024', m: shell.host.architecture, o: 'GNU/Linux' };
  const shown = Object.entries(parts).filter(([letter]) => has('a') || has(letter)).map(([, text]) => text);
  io.out(`${shown.length > 0 ? shown.join(' ') : 'Linux'}\n`);
  return 0;
};

const history: Program = (shell, _args, io) => {
  for (const [i, line] of shell.state.history.entries()) io.out(`${String(i + 1).padStart(5)}  ${line}\n`);
  return 0;
};

const ps: Program = (_shell, args, io) => {
  if (args.length === 0) io.out('    PID TTY          TIME CMD\n    107 pts/0    00:00:00 bash\n    212 pts/0    00:00:00 ps\n');
  else io.out('USER         PID %CPU %MEM COMMAND\nwork           1  0.0  0.1 python -m ai.backend.kernel\nwork          61  0.0  0.0 ttyd -p 7681\nwork          99  0.0  0.0 tmux -2 attach\nwork         107  0.0  0.0 -bash\nwork         212  0.0  0.0 ps\n');
  return 0;
};

const which: Program = (shell, names, io) => {
  let code = 0;
  for (const name of names) {
    if (shell.knows(name)) io.out(`/usr/bin/${name}\n`);
    else code = 1;
  }
  return code;
};

const HELP = `GNU bash, version 5.1.16(1)-release (x86_64-pc-linux-gnu)
These shell commands are defined internally.  Type \`help' to see this list.

 cd [dir]        echo [arg ...]   exit [n]         export [name[=value]]
 history         pwd              set [-e]         source file
 test [expr]     unset [name]     shopt [-su]      true, false

Programs: cat chmod clear cp curl cut date df du env find free git grep head
 hostname id ls mkdir mv nvidia-smi pip ps python3 rm rmdir seq sleep sort ssh
 tail tar tee touch uname uniq unzip wc which whoami
`;

const help: Program = (_shell, _args, io) => {
  io.out(HELP);
  return 0;
};

const clear: Program = (_shell, _args, io) => {
  io.out('\u001b[H\u001b[2J\u001b[3J');
  return 0;
};

const done: Program = () => 0;

export const systemPrograms: Record<string, Program> = {
  pwd: say((shell) => shell.seat.cwd),
  whoami: say(() => 'work'),
  hostname: say((shell, args) => (args.includes('-I') || args.includes('-i') ? `10.0.0.${String(2 + shell.world.hosts.indexOf(shell.host))}` : shell.host.hostname)),
  nproc: say((shell) => String(shell.host.cpus)),
  arch: say((shell) => shell.host.architecture),
  id,
  uname,
  date,
  sleep,
  free,
  'nvidia-smi': nvidiaSmi,
  env,
  printenv,
  export: exportVariables,
  unset,
  cd,
  test,
  '[': (shell, args) => test(shell, args.at(-1) === ']' ? args.slice(0, -1) : args, { input: null, out: () => undefined, err: () => undefined, tty: false }),
  '[[': (shell, args) => test(shell, args.filter((arg) => arg !== ']]'), { input: null, out: () => undefined, err: () => undefined, tty: false }),
  set,
  shopt,
  exit,
  logout: exit,
  bash,
  sh: bash,
  source,
  '.': source,
  history,
  ps,
  which,
  help,
  clear,
  reset: clear,
  true: done,
  ':': done,
  false: () => 1,
  wait: done,
  sync: done,
  alias: done,
};
