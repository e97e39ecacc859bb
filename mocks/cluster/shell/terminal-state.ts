import type { Change } from '../files/entries';
import type { Requester, Session } from '../types';
import type { EditedLine } from './line-editor';
import type { Listener, ShellState } from './world';

/** A command that has not ended yet; it goes on by the cluster's clock. */
export interface RunningCommand {
  startedAt: number;
  output: { at: number; text: string }[];
  changes: Change[];
  duration: number;
  listener: Listener | null;
  /** The shell as it will be afterwards. */
  after: ShellState;
  ended: boolean;
  /** How much of it has been shown and made true. */
  shown: number;
  made: number;
}

/** A window of tmux; plain data. */
export interface TerminalWindow {
  number: number;
  /** Everything it has printed, cut at the front. */
  screen: string;
  shell: ShellState;
  edited: EditedLine;
  /** Lines of a command that is not complete yet. */
  pending: string;
  running: RunningCommand | null;
  /** Typed while a command runs. */
  ahead: string;
}

/** SES-296: what runs behind the service `ttyd` lives on when nobody looks. */
export interface TerminalState {
  windows: TerminalWindow[];
  current: number;
  previous: number;
  nextNumber: number;
  columns: number;
  rows: number;
  /** The prefix key was pressed, or a question of tmux waits for its answer. */
  waitsFor: '' | 'prefix' | 'kill' | 'choice';
  /** The one under the bar in the list of windows. */
  chosen: number;
}

export interface TerminalListener {
  output(text: string): void;
  /** The last shell has ended, or the client has detached. */
  ended(): void;
}

export interface AttachedTerminal {
  input(text: string): void;
  resize(columns: number, rows: number): void;
  /** The client goes; the screen stays. */
  close(): void;
}

export interface Terminals {
  /** The running session of a tunnel to one of its services, or the refusal (SES-C52): own sessions only. */
  target(requester: Requester, idOrName: string, app: string, port: number | null): Session;
  /** A tunnel is open: the network idle check waits; the answer ends that. */
  opened(sessionId: string): () => void;
  /** Shows the session's screen; a first visitor finds a fresh shell. The smaller of several windows sets the size. */
  attach(session: Session, size: { columns: number; rows: number }, listener: TerminalListener): AttachedTerminal;
  /** How many look on. */
  viewers(sessionId: string): number;
  /** By the clock. */
  tick(sessionId: string): void;
}
