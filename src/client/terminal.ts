/** A terminal in a session, through the manager's tunnel: no app proxy is needed for it (SES-C50, SES-C52). */
import { appNames } from './apps';
import { connection } from './connection';
import { ClientError, toClientError } from './errors';
import { backOff, pause } from './event-stream';
import { addressOf } from './http';
import { requestPath } from './request-path';
import { FrameReader, answerHead, closeCode, concat, encodeFrame, encodeTtyd, opcode, randomKey, upgradeRequest } from './terminal-frames';

/** - `starting`: the service does not accept connections yet
 *  - `lost`: the connection broke off
 *  - `fault`: the manager or what lies between gave up on it */
export type TerminalInterruption = 'starting' | 'lost' | 'fault';

export type TerminalState =
  | { kind: 'connecting' }
  | { kind: 'open' }
  /** Tries again by itself at `retryAt` (Date.now()), for the `failures`th time. */
  | { kind: 'waiting'; why: TerminalInterruption; failures: number; retryAt: number }
  /** The last shell was left. */
  | { kind: 'exited' }
  /** Trying again would not help. */
  | { kind: 'refused'; error: ClientError }
  | { kind: 'closed' };

export interface TerminalListener {
  /** A piece of the terminal's stream; UTF-8 may be cut between pieces. */
  output: (bytes: Uint8Array) => void;
  state: (state: TerminalState) => void;
}

export interface TerminalSize {
  columns: number;
  rows: number;
}

export interface TerminalConnection {
  /** What was typed; dropped while there is no connection. */
  send: (text: string) => void;
  resize: (size: TerminalSize) => void;
  /** Whether the far side should hold its output back. */
  hold: (on: boolean) => void;
  /** At once, instead of waiting; also after the shell was left. */
  reconnect: () => void;
  close: () => void;
}

const operation = 'terminal';
const service = 'ttyd';
/** A quiet tunnel is kept alive by an inner ping: scripts can't ping the outer end (SES-C52). */
const pingMs = 30_000;
/** No answer to a ping for this long: the tunnel is dead, though nobody says so. */
const silenceMs = 15_000;
const startingMs = 1000;
const handshakeMs = 20_000;

/** In API mode every call is signed, and a browser can't sign the handshake of a WebSocket. */
export function canOpenTerminal(): boolean {
  return connection.get().mode === 'SESSION';
}

function tunnelAddress(sessionId: string): string {
  const path = requestPath('/stream/session/{id}/tcpproxy', { id: sessionId }, { app: service }, operation);
  return addressOf('manager', path).replace(/^http/, 'ws');
}

/** How one tunnel ended. */
interface End {
  code: number;
  /** The inner handshake had succeeded. */
  wasOpen: boolean;
  /** The process ended by itself. */
  exited: boolean;
}

interface Tunnel {
  frame: (bytes: Uint8Array) => void;
  close: () => void;
}

function openTunnel(sessionId: string, size: () => TerminalSize, output: TerminalListener['output'], on: { open: () => void; end: (end: End) => void }): Tunnel {
  const socket = new WebSocket(tunnelAddress(sessionId));
  socket.binaryType = 'arraybuffer';
  let head: Uint8Array | null = new Uint8Array();
  const reader = new FrameReader();
  let exited = false;
  let wasOpen = false;
  let ended = false;
  let pings: ReturnType<typeof setInterval> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const end = (code: number): void => {
    if (ended) return;
    ended = true;
    clearInterval(pings);
    clearTimeout(patience);
    socket.close();
    on.end({ code, wasOpen, exited });
  };
  const send = (bytes: Uint8Array): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>);
  };
  const expect = (ms: number): void => {
    clearTimeout(patience);
    patience = setTimeout(() => end(1006), ms);
  };

  function upgraded(): void {
    wasOpen = true;
    clearTimeout(patience);
    send(encodeTtyd('', JSON.stringify({ AuthToken: '', ...size() })));
    pings = setInterval(() => {
      send(encodeFrame(opcode.ping, new Uint8Array()));
      expect(silenceMs);
    }, pingMs);
    on.open();
  }

  function frames(bytes: Uint8Array): void {
    for (const { opcode: kind, payload } of reader.read(bytes)) {
      if (kind === opcode.ping) send(encodeFrame(opcode.pong, payload));
      else if (kind === opcode.close) {
        exited = closeCode(payload) === 1000;
        end(closeCode(payload));
        return;
      } else if (kind === opcode.text || kind === opcode.binary) {
        // '0' output; '1' the window's title and '2' preferences of the server are not ours.
        if (payload[0] === 0x30) output(payload.subarray(1));
      }
    }
  }

  expect(handshakeMs);
  socket.addEventListener('open', () => send(upgradeRequest(randomKey())));
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    if (ended) return;
    let bytes = new Uint8Array(data);
    if (wasOpen) clearTimeout(patience);
    try {
      if (head) {
        const all: Uint8Array = concat(head, bytes);
        const answer = answerHead(all);
        head = answer ? null : all;
        if (!answer) return;
        if (answer.status !== 101) {
          end(1011);
          return;
        }
        bytes = all.slice(answer.end);
        upgraded();
      }
      frames(bytes);
    } catch {
      end(1011);
    }
  });
  socket.addEventListener('close', ({ code }) => end(code));
  return {
    frame: (bytes) => {
      if (wasOpen) send(bytes);
    },
    close: () => end(1000),
  };
}

/** Connects and stays connected until `close()`; state and output go to `listener`. */
export function connectTerminal(sessionId: string, first: TerminalSize, listener: TerminalListener): TerminalConnection {
  let size = first;
  let tunnel: Tunnel | null = null;
  let failures = 0;
  let closed = false;
  let held = false;
  let wait = new AbortController();

  const tell = (state: TerminalState): void => {
    if (!closed) listener.state(state);
  };

  async function retry(why: TerminalInterruption, error?: unknown): Promise<void> {
    failures += 1;
    const ms = why === 'starting' ? startingMs * Math.min(failures, 5) : backOff(failures - 1, error);
    wait = new AbortController();
    tell({ kind: 'waiting', why, failures, retryAt: Date.now() + ms });
    const { signal } = wait;
    await pause(ms, signal);
    if (!closed && wait.signal === signal) connect();
  }

  /**
   * What the close code alone doesn't tell, and a refused handshake not at all, is asked over plain HTTP: whether the
   * session is still there, and the log-in.
   */
  async function interrupted({ code }: End): Promise<void> {
    if (code === 1013) return retry('starting');
    const { signal } = wait;
    try {
      const names = await appNames(sessionId, signal);
      if (closed || signal.aborted) return;
      if (names.includes(service)) return await retry(code === 1011 ? 'fault' : 'lost');
      tell({ kind: 'refused', error: new ClientError({ kind: 'not-found', title: 'no such service', detail: service, operation }) });
    } catch (thrown) {
      if (closed || signal.aborted) return;
      const error = toClientError(thrown, operation);
      if (['not-found', 'forbidden', 'invalid', 'auth'].includes(error.kind)) tell({ kind: 'refused', error });
      else await retry('lost', error);
    }
  }

  function connect(): void {
    if (failures === 0) tell({ kind: 'connecting' });
    held = false;
    wait = new AbortController();
    const mine = openTunnel(sessionId, () => size, listener.output, {
      open() {
        failures = 0;
        tell({ kind: 'open' });
      },
      end(end) {
        if (tunnel !== mine) return;
        tunnel = null;
        if (closed) return;
        if (end.exited) tell({ kind: 'exited' });
        else void interrupted(end);
      },
    });
    tunnel = mine;
  }

  const reconnect = (): void => {
    if (closed || tunnel) return;
    wait.abort();
    failures = 0;
    connect();
  };
  const online = (): void => {
    if (failures > 0) reconnect();
  };
  window.addEventListener('online', online);

  if (canOpenTerminal()) connect();
  else tell({ kind: 'refused', error: new ClientError({ kind: 'forbidden', slug: 'needs-webserver', title: 'the terminal needs a webserver', operation }) });

  return {
    send: (text) => tunnel?.frame(encodeTtyd('0', text)),
    resize(next) {
      if (next.columns === size.columns && next.rows === size.rows) return;
      size = next;
      tunnel?.frame(encodeTtyd('1', JSON.stringify(size)));
    },
    hold(on) {
      if (on === held) return;
      held = on;
      tunnel?.frame(encodeTtyd(on ? '2' : '3', ''));
    },
    reconnect,
    close() {
      if (closed) return;
      tell({ kind: 'closed' });
      closed = true;
      window.removeEventListener('online', online);
      wait.abort();
      tunnel?.close();
    },
  };
}
