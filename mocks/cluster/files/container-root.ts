import { noise } from '../rng';
import type { Kernel, Session } from '../types';
import type { DirectoryEntry, Entry, FileEntry } from './entries';
import { child, directory, textFile } from './entries';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Letters that depend on the container alone: its keys stay the same for as long as it lives. */
function letters(seed: number, salt: number, count: number, from = LETTERS): string {
  let text = '';
  for (let i = 0; i < count; i += 1) text += from[Math.floor(noise(seed, salt * 4096 + i) * from.length)] ?? 'A';
  return text;
}

function privateKey(seed: number): string {
  const body = letters(seed, 11, 6 * 70 + 22);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${(body.match(/.{1,70}/g) ?? []).join('\n')}==\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function rooted(entry: Entry, mode: number): Entry {
  return { ...entry, mode, owner: 'root' };
}

const BASHRC = `export PS1="\\u@\\h[$BACKENDAI_SESSION_NAME]:\\w\\$ "
alias ls="ls --color=auto"
alias ll="ls -alF"
`;

const TMUX = `set -g mouse on
set -g history-limit 10000
set -g default-terminal "screen-256color"
`;

/** SES-284, SES-287: key and password of the container's services lie in its home. */
function home(session: Session, kernel: Kernel, now: number): DirectoryEntry {
  const made = directory(now);
  const main = session.kernels[0] ?? kernel;
  const ssh = directory(now);
  ssh.mode = 0o700;
  ssh.entries = { authorized_keys: textFile(`ssh-rsa AAAAB3NzaC1yc2E${letters(main.noise, 13, 353)} work@${main.hostname}\n`, now, 0o600) };
  const entries: Record<string, FileEntry | DirectoryEntry> = {
    '.bashrc': textFile(BASHRC, now),
    '.password': textFile(letters(main.noise, 12, 16, LETTERS.slice(0, 62)), now, 0o600),
    '.profile': textFile('. "$HOME/.bashrc"\n', now),
    '.ssh': ssh,
    '.tmux.conf': textFile(TMUX, now),
    id_container: textFile(privateKey(main.noise), now, 0o600),
  };
  made.entries = entries;
  return made;
}

function makeWay(root: DirectoryEntry, path: string, now: number): void {
  let at = root;
  for (const part of path.split('/').filter((one) => one !== '')) {
    let next = child(at, part);
    if (next?.kind !== 'directory') {
      next = directory(now, path.startsWith('/home/work/') && at !== root ? undefined : 'root');
      at.entries[part] = next;
    }
    at = next;
  }
}

/** A fresh container's own disk: what a program leaves there is gone with it. */
export function containerRoot(session: Session, kernel: Kernel, distro: string, now: number): DirectoryEntry {
  const root = directory(now, 'root');
  for (const path of ['/bin', '/dev', '/etc', '/home', '/lib', '/opt/kernel', '/proc', '/root', '/tmp', '/usr/bin', '/usr/local/bin', '/var/log', '/var/tmp']) makeWay(root, path, now);
  const at = (path: string): DirectoryEntry => {
    let entry: Entry | undefined = root;
    for (const part of path.split('/').filter((one) => one !== '')) entry = entry?.kind === 'directory' ? child(entry, part) : undefined;
    if (entry?.kind !== 'directory') throw new Error(`no ${path} in a fresh container`);
    return entry;
  };
  const [, name = 'ubuntu', version = '22.04'] = /^([a-z]+)([\d.]*)$/.exec(distro) ?? [];
  at('/home').entries['work'] = home(session, kernel, now);
  at('/tmp').mode = 0o777;
  at('/var/tmp').mode = 0o777;
  at('/root').mode = 0o700;
  const hosts = session.kernels.map((one, i) => `10.0.0.${String(i + 2)}\t${one.hostname}\n`).join('');
  at('/etc').entries = {
    hostname: rooted(textFile(`${kernel.hostname}\n`, now), 0o644),
    hosts: rooted(textFile(`127.0.0.1\tlocalhost\n${hosts}`, now), 0o644),
    'os-release': rooted(textFile(`NAME="${name}"\nVERSION_ID="${version}"\nID=${name}\nPRETTY_NAME="${name} ${version}"\n`, now), 0o644),
    passwd: rooted(textFile('root:x:0:0:root:/root:/bin/bash\nwork:x:1000:1000::/home/work:/bin/bash\n', now), 0o644),
  };
  for (const mount of session.mounts) makeWay(root, mount.target, now);
  return root;
}
