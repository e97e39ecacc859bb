import { sha1 } from '@noble/hashes/legacy.js';
import type { Cluster } from '../../cluster/api';
import type { AttachedTerminal } from '../../cluster/shell/terminal-state';
import type { Session } from '../../cluster/types';
import { OPCODE, closeFrame, frame, joined, takeFrames } from './frames';

/** One end of a TCP connection to a service inside the container. */
export interface Socket {
  data(bytes: Uint8Array): void;
  /** The other end is gone. */
  end(): void;
}

/** What the service writes, and that it hangs up. */
export interface Reply {
  write(bytes: Uint8Array): void;
  end(): void;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MOST_HEADER = 16 * 1024;

const encoder = new TextEncoder();

function acceptKey(key: string): string {
  return btoa(String.fromCharCode(...sha1(encoder.encode(key + GUID))));
}

function answer(status: string, type: string, body: string): Uint8Array {
  return encoder.encode(`HTTP/1.1 ${status}\r\nserver: ttyd/1.6.1\r\ncontent-type: ${type}\r\ncontent-length: ${String(encoder.encode(body).length)}\r\n\r\n${body}`);
}

function headerEnd(buffer: Uint8Array): number {
  for (let i = 3; i < buffer.length; i += 1) {
    if (buffer[i - 3] === 13 && buffer[i - 2] === 10 && buffer[i - 1] === 13 && buffer[i] === 10) return i + 1;
  }
  return -1;
}

/** SES-C50: HTTP with `/token` and `/ws`, then ttyd's own frames around the session's screen. */
export function ttyd(cluster: Cluster, session: Session, reply: Reply): Socket {
  let buffer: Uint8Array = new Uint8Array();
  let upgraded = false;
  let over = false;
  let message: Uint8Array = new Uint8Array();
  let terminal: AttachedTerminal | null = null;
  let paused: Uint8Array[] | null = null;
  const decoder = new TextDecoder();

  function finish(): void {
    if (over) return;
    over = true;
    terminal?.close();
    reply.end();
  }

  function push(bytes: Uint8Array): void {
    if (over) return;
    if (paused) paused.push(bytes);
    else reply.write(bytes);
  }

  function tell(type: string, text: string): void {
    push(frame(OPCODE.binary, joined(encoder.encode(type), encoder.encode(text))));
  }

  function closeWith(code: number, reason = ''): void {
    reply.write(closeFrame(code, reason));
    finish();
  }

  function json(text: string): Record<string, unknown> | null {
    try {
      const parsed = JSON.parse(text) as unknown;
      return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }

  function size(fields: Record<string, unknown>): { columns: number; rows: number } {
    const number = (value: unknown, otherwise: number): number => (typeof value === 'number' && value > 0 ? Math.floor(value) : otherwise);
    return { columns: number(fields['columns'], 80), rows: number(fields['rows'], 24) };
  }

  /** The first message has no type: it starts the process. */
  function begin(text: string): void {
    const hello = json(text);
    if (hello?.['AuthToken'] !== '') {
      closeWith(1008, 'wrong token');
      return;
    }
    tell('1', `tmux -2 attach (${session.kernels[0]?.hostname ?? 'main1'})`);
    tell('2', '{ }');
    terminal = cluster.terminals.attach(session, size(hello), {
      output: (output) => tell('0', output),
      ended: () => closeWith(1000),
    });
  }

  function receive(bytes: Uint8Array): void {
    if (!terminal) {
      begin(new TextDecoder().decode(bytes));
      return;
    }
    const type = String.fromCharCode(bytes[0] ?? 0);
    const rest = bytes.subarray(1);
    if (type === '0') terminal.input(decoder.decode(rest, { stream: true }));
    else if (type === '1') {
      const wanted = json(new TextDecoder().decode(rest));
      if (!wanted) return;
      const { columns, rows } = size(wanted);
      terminal.resize(columns, rows);
    } else if (type === '2') paused ??= [];
    else if (type === '3') {
      const waiting = paused ?? [];
      paused = null;
      for (const one of waiting) push(one);
    }
  }

  function frames(): void {
    const taken = takeFrames(buffer);
    buffer = taken.rest;
    for (const { opcode, final, payload } of taken.frames) {
      if (over) return;
      if (opcode === OPCODE.ping) reply.write(frame(OPCODE.pong, payload));
      else if (opcode === OPCODE.close) {
        reply.write(frame(OPCODE.close, payload.slice(0, 2)));
        finish();
      } else if (opcode === OPCODE.text || opcode === OPCODE.binary || opcode === OPCODE.more) {
        message = opcode === OPCODE.more ? joined(message, payload) : payload;
        if (final) receive(message);
      }
    }
    if (taken.broken) closeWith(1002, 'frames of a client are masked');
  }

  function request(): void {
    const end = headerEnd(buffer);
    if (end < 0) {
      if (buffer.length > MOST_HEADER) finish();
      return;
    }
    const [line = '', ...fields] = new TextDecoder().decode(buffer.subarray(0, end)).split('\r\n');
    buffer = buffer.slice(end);
    const headers = new Map(fields.map((field): [string, string] => [field.slice(0, field.indexOf(':')).trim().toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]));
    const path = line.split(' ')[1]?.split('?')[0] ?? '';
    if (path === '/token') reply.write(answer('200 OK', 'application/json;charset=utf-8', '{"token": ""}'));
    else if (path === '/ws' && headers.get('upgrade')?.toLowerCase() === 'websocket') {
      const protocols = (headers.get('sec-websocket-protocol') ?? '').split(',').map((one) => one.trim());
      const key = headers.get('sec-websocket-key') ?? '';
      if (headers.get('sec-websocket-version') !== '13' || key === '' || !protocols.includes('tty')) {
        reply.write(answer('400 Bad Request', 'text/plain', 'unsupported websocket'));
        finish();
        return;
      }
      upgraded = true;
      reply.write(encoder.encode(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\nSec-WebSocket-Protocol: tty\r\n\r\n`));
    } else if (path === '/') reply.write(answer('200 OK', 'text/html', '<!doctype html><title>ttyd - Terminal</title>'));
    else reply.write(answer('404 Not Found', 'text/html', '<h1>404</h1>'));
    if (buffer.length > 0) data(new Uint8Array());
  }

  function data(bytes: Uint8Array): void {
    if (over) return;
    buffer = joined(buffer, bytes);
    if (upgraded) frames();
    else request();
  }

  return {
    data,
    end() {
      over = true;
      terminal?.close();
    },
  };
}
