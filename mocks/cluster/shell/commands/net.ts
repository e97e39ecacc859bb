import { FsError } from '../../files/entries';
import { nameOf } from '../../files/file-system';
import type { Machine } from '../machine';
import { newSeat } from '../world';
import type { Program } from './command';
import { options } from './command';
import { writeDeep } from './deep';
import { ask, repositoryFiles, unpacked } from './web';

const REDIRECTS = 10;

const curl: Program = (shell, args, io) => {
  const { has, value, rest } = options(args, 'oXHdwmuA');
  const [address] = rest;
  if (address === undefined) {
    io.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
    return 2;
  }
  const silent = has('s', 'silent');
  const complain = (code: number, text: string): number => {
    if (!silent || has('S', 'show-error')) io.err(`curl: (${String(code)}) ${text}\n`);
    return code;
  };
  shell.pass(600);
  let url = address;
  let answer = ask(url);
  for (let i = 0; i < REDIRECTS && has('L', 'location') && answer?.location !== undefined; i += 1) {
    url = answer.location;
    answer = ask(url);
  }
  if (!answer) {
    const host = /^(?:https?:\/\/)?([^/:]*)/.exec(address)?.[1] ?? address;
    if (host === 'localhost' || host.startsWith('127.')) return complain(7, `Failed to connect to ${host}: Connection refused`);
    return complain(6, `Could not resolve host: ${host}`);
  }
  if (answer.status >= 400 && has('f', 'fail')) return complain(22, `The requested URL returned error: ${String(answer.status)}`);
  const named = has('O', 'remote-name') ? (/\/([^/?#]+)(?:[?#].*)?$/.exec(address)?.[1] ?? '') : (value('o') ?? value('output'));
  if (named === '') return complain(23, 'Failed writing received data to disk/application');
  if (named === undefined || named === '-') {
    io.out(answer.body);
    return 0;
  }
  shell.pass(900);
  if (named !== '/dev/null') {
    try {
      shell.files.write(shell.path(named), answer.body);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      if (!silent) io.err(`Warning: Failed to open the file ${named}: ${error.message}\n`);
      return complain(23, 'Failure writing output to destination');
    }
  }
  if (!silent) {
    const size = String(answer.body.length);
    io.err('  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n');
    io.err(`100 ${size.padStart(5)}  100 ${size.padStart(5)}    0     0  ${size.padStart(6)}      0  0:00:01  0:00:01 --:--:-- ${size.padStart(5)}\n`);
  }
  return 0;
};

const wget: Program = (shell, args, io) => {
  const { value, rest } = options(args, 'OP');
  const address = rest[0] ?? '';
  let answer = ask(address);
  while (answer?.location !== undefined) answer = ask(answer.location);
  shell.pass(1500);
  if (!answer) {
    io.err(`wget: unable to resolve host address\n`);
    return 4;
  }
  if (answer.status >= 400) {
    io.err(`ERROR ${String(answer.status)}: Not Found.\n`);
    return 8;
  }
  const target = value('O') ?? (nameOf(address.replace(/[?#].*$/, '')) || 'index.html');
  if (target === '-') io.out(answer.body);
  else {
    shell.files.write(shell.path(target), answer.body);
    io.err(`'${target}' saved [${String(answer.body.length)}]\n`);
  }
  return 0;
};

function extract(shell: Machine, files: Record<string, string>, into: string, tell: (name: string) => void, drop = 0): void {
  for (const [name, text] of Object.entries(files)) {
    const kept = name.split('/').slice(drop).join('/');
    if (kept === '') continue;
    writeDeep(shell, `${into}/${kept}`, text);
    tell(kept);
  }
}

/** Read and refused in the program's own words; null when it was refused. */
function archiveText(shell: Machine, path: string, refuse: (why: string) => void): string | null {
  try {
    return shell.files.read(path);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    refuse(error.message);
    return null;
  }
}

const unzip: Program = (shell, args, io) => {
  const { has, value, rest } = options(args, 'd');
  const [name = ''] = rest;
  const content = archiveText(shell, shell.path(name), () => io.err(`unzip:  cannot find or open ${name}, ${name}.zip or ${name}.ZIP.\n`));
  if (content === null) return 9;
  const files = unpacked('zip', content);
  if (!files) {
    io.err('  End-of-central-directory signature not found.\nunzip:  cannot find zipfile directory\n');
    return 9;
  }
  if (has('l')) {
    for (const [file, text] of Object.entries(files)) io.out(`${String(text.length).padStart(9)}  ${file}\n`);
    return 0;
  }
  if (!has('q')) io.out(`Archive:  ${name}\n`);
  const into = value('d');
  extract(shell, files, shell.path(into ?? '.'), (file) => {
    if (!has('q')) io.out(`  inflating: ${into === undefined ? '' : `${into}/`}${file}\n`);
  });
  shell.pass(300);
  return 0;
};

const tar: Program = (shell, args, io) => {
  const dashed = /^[a-zA-Z]/.test(args[0] ?? '') ? [`-${args[0] ?? ''}`, ...args.slice(1)] : args;
  const { has, value } = options(dashed, 'fC');
  const name = value('f') ?? value('file');
  if (!has('x', 'extract', 't')) {
    io.err('tar: You must specify one of the \'-Acdtrux\', \'--delete\' or \'--test-label\' options\n');
    return 2;
  }
  const content = name === undefined || name === '-' ? (io.input ?? '') : archiveText(shell, shell.path(name), (why) => io.err(`tar: ${name}: Cannot open: ${why}\ntar: Error is not recoverable: exiting now\n`));
  if (content === null) return 2;
  const files = unpacked('tar', content);
  if (!files) {
    io.err('gzip: stdin: not in gzip format\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now\n');
    return 2;
  }
  if (has('t')) for (const file of Object.keys(files)) io.out(`${file}\n`);
  else {
    const tell = (file: string): void => (has('v') ? io.out(`${file}\n`) : undefined);
    extract(shell, files, shell.path(value('C') ?? value('directory') ?? '.'), tell, Number(value('strip-components') ?? 0));
    shell.pass(300);
  }
  return 0;
};

const git: Program = (shell, args, io) => {
  const { value, rest } = options(args, 'b');
  const [verb, address = '', given] = rest.filter((arg) => !/^\d+$/.test(arg));
  if (verb !== 'clone') {
    io.err('fatal: not a git repository (or any of the parent directories): .git\n');
    return 128;
  }
  const name = nameOf(address.replace(/\/+$/, '').replace(/\.git$/, ''));
  const target = given ?? name;
  io.err(`Cloning into '${target}'...\n`);
  shell.pass(1200);
  const answer = ask(address);
  if (!answer || answer.status >= 400) {
    io.err(answer ? `fatal: repository '${address}' not found\n` : `fatal: unable to access '${address}': Could not resolve host\n`);
    return 128;
  }
  const path = shell.path(target);
  if (shell.files.isDirectory(path) && shell.files.list(path).length > 0) {
    io.err(`fatal: destination path '${target}' already exists and is not an empty directory.\n`);
    return 128;
  }
  extract(shell, repositoryFiles(name, value('b') ?? 'main'), path, () => undefined);
  io.err('Receiving objects: 100% (24/24), done.\n');
  return 0;
};

/** SES-350: containers of a cluster session reach each other by name, without a password. */
const ssh: Program = (shell, args, io) => {
  const { rest } = options(args, 'pilo');
  const [target = '', ...command] = rest;
  const name = target.replace(/^.*@/, '');
  if (name === '') {
    io.err('usage: ssh [-p port] destination [command [argument ...]]\n');
    return 255;
  }
  const host = shell.world.hosts.find((one) => one.hostname === name || (name === 'localhost' && one === shell.host));
  if (!host) {
    io.err(`ssh: Could not resolve hostname ${name}: Name or service not known\n`);
    return 255;
  }
  shell.pass(200);
  if (command.length === 0) {
    if (shell.interactive) shell.enter(newSeat(host));
    return 0;
  }
  shell.inSubshell(() => {
    shell.enter(newSeat(host));
    shell.runText(command.join(' '), { ...io, tty: false });
  });
  return shell.state.code;
};

export const netPrograms: Record<string, Program> = { curl, wget, unzip, tar, git, ssh };
