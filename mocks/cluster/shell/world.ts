import type { Change } from '../files/entries';
import type { FileSystem } from '../files/file-system';

/** What a program finds in its container. */
export interface Host {
  kernelId: string;
  hostname: string;
  /** Between brackets in the prompt. */
  sessionName: string;
  environ: Record<string, string>;
  python: string | null;
  /** Package → version. */
  packages: Record<string, string>;
  gpus: string[];
  cpus: number;
  /** Bytes. */
  memory: number;
  architecture: string;
  distro: string;
}

export interface World {
  /** Containers of the session, `main1` first. */
  hosts: readonly Host[];
  now: number;
  noise: number;
  /** Columns of the terminal; null where nobody looks on. */
  columns: number | null;
  /** Every change is handed to `journal`; the true files stay as they are. */
  open(kernelId: string, now: () => number, journal: (change: Pick<Change, 'path' | 'entry'>) => void): FileSystem;
  /** Ports of this session's containers that something listens on already. */
  listening: readonly Listener[];
  /** Of the volume at a mount's target, or of the container's own disk. */
  disk(kernelId: string, target: string | null): { name: string; size: number; used: number };
}

/** A web server that serves a directory, for as long as its command runs. */
export interface Listener {
  kernelId: string;
  port: number;
  directory: string;
}

/** One log-in: the first in `main1`, more by `ssh`. Plain data. */
export interface Seat {
  kernelId: string;
  cwd: string;
  vars: Record<string, string>;
  exported: string[];
  options: string[];
}

export interface ShellState {
  seats: Seat[];
  /** `$?` */
  code: number;
  history: string[];
  /** Python's own prompt: what was imported (alias → module) and named there. */
  python?: { modules: Record<string, string>; names: Record<string, string | number | boolean | null> };
}

/** What a command line prints and changes, and when (milliseconds after its start). */
export interface ShellRun {
  output: { at: number; text: string }[];
  changes: Change[];
  duration: number;
  /** What listens on a port until then. */
  listener: Listener | null;
  exitCode: number;
  state: ShellState;
  /** The first log-in has ended. */
  ended: boolean;
  /** What it prints depends on files. */
  usesFiles: boolean;
}

export const HOME = '/home/work';

export function newSeat(host: Host): Seat {
  const vars: Record<string, string> = {
    HOME,
    USER: 'work',
    LOGNAME: 'work',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    PATH: '/usr/local/nvidia/bin:/usr/local/cuda/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: host.hostname,
    ...host.environ,
  };
  return { kernelId: host.kernelId, cwd: HOME, vars, exported: Object.keys(vars), options: [] };
}

export function newShell(world: Pick<World, 'hosts'>): ShellState {
  const [main] = world.hosts;
  return { seats: main ? [newSeat(main)] : [], code: 0, history: [] };
}

/** `~` for the home. */
export function shortPath(path: string): string {
  return path === HOME ? '~' : path.startsWith(`${HOME}/`) ? `~${path.slice(HOME.length)}` : path;
}
