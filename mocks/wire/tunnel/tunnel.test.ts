// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { requester } from '../../cluster/test-helpers';
import type { RunningServer } from '../../server';
import { startServer } from '../../server';
import { FrameReader, answerHead, closeCode, concat, encodeFrame, encodeTtyd, opcode, upgradeRequest } from '../../../src/client/terminal-frames';

/** SES-C50, SES-C52 over a real socket; the frames are the console's own, so that both ends are held against each other. */

let server: RunningServer;
let cookie = '';

beforeAll(async () => {
  server = await startServer({ port: 0, speed: 0 });
  const answer = await fetch(`${server.url}/server/login`, { method: 'POST', body: JSON.stringify({ username: 'user@example.com', password: 'user-Demo-1' }) });
  cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});
afterAll(() => server.stop());

function sessionNamed(name: string) {
  const found = Object.values(server.cluster.state.sessions).find((one) => one.name === name);
  if (!found) throw new Error(`no session ${name}`);
  return found;
}

interface Opened {
  socket: WebSocket;
  /** Everything the terminal printed. */
  text(): string;
  raw(): string;
  closed: Promise<number>;
  /** The inner close frame. */
  inner(): number | null;
  send(bytes: Uint8Array): void;
}

function open(id: string, query = 'app=ttyd', headers: Record<string, string> = { Cookie: cookie }): Promise<Opened | number> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/func/stream/session/${id}/tcpproxy?${query}`, { headers });
  let head: Uint8Array | null = new Uint8Array();
  const reader = new FrameReader();
  let text = '';
  let raw = '';
  let inner: number | null = null;
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => {
    let bytes = new Uint8Array(data);
    raw += data.toString();
    if (head) {
      const all: Uint8Array = concat(head, bytes);
      const answer = answerHead(all);
      if (!answer) {
        head = all;
        return;
      }
      head = answer.status === 101 ? null : new Uint8Array();
      bytes = all.slice(answer.end);
      if (head) return;
    }
    for (const message of reader.read(bytes)) {
      if (message.opcode === opcode.close) inner = closeCode(message.payload);
      else if (message.opcode === opcode.pong) text += '(pong)';
      else if (message.payload[0] === 0x30) text += new TextDecoder().decode(message.payload.subarray(1));
    }
  });
  const opened: Opened = { socket, text: () => text, raw: () => raw, closed, inner: () => inner, send: (bytes) => socket.send(bytes) };
  return new Promise((resolve) => {
    socket.on('open', () => resolve(opened));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => resolve(0));
  });
}

async function terminal(id: string): Promise<Opened> {
  const opened = await open(id);
  if (typeof opened === 'number') throw new Error(`refused with ${String(opened)}`);
  opened.send(upgradeRequest('dGhlIHNhbXBsZSBub25jZQ=='));
  opened.send(encodeTtyd('', '{"AuthToken":"","columns":80,"rows":24}'));
  await expect.poll(opened.text).toContain('$ ');
  return opened;
}

test('SES-C52: a shell is reached through the tunnel, byte for byte as RFC 6455 has it', async () => {
  const session = sessionNamed('notebook');
  const one = await terminal(session.id);
  expect(one.raw()).toContain('HTTP/1.1 101 Switching Protocols');
  // Key and answer of the example in RFC 6455, 1.3.
  expect(one.raw()).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
  expect(one.raw()).toContain('Sec-WebSocket-Protocol: tty');
  one.send(encodeTtyd('0', 'echo 한글 $((6*7)); ls\r'));
  await expect.poll(one.text).toContain('\r\n한글 42\r\n');
  expect(one.text()).toContain('datasets');
  one.send(encodeFrame(opcode.ping, new Uint8Array()));
  await expect.poll(one.text).toContain('(pong)');
  one.send(encodeTtyd('2', ''));
  one.send(encodeTtyd('0', 'echo held\r'));
  one.send(encodeFrame(opcode.ping, new Uint8Array()));
  await expect.poll(() => one.text().split('(pong)').length).toBe(3);
  expect(one.text()).not.toContain('\r\nheld\r\n');
  one.send(encodeTtyd('3', ''));
  await expect.poll(one.text).toContain('\r\nheld\r\n');
  one.send(encodeTtyd('0', 'exit\r'));
  expect(await one.closed).toBe(1001);
  expect(one.inner()).toBe(1000);
});

test('SES-C52: plain HTTP inside, and what is no terminal', async () => {
  const opened = await open(sessionNamed('notebook').id);
  if (typeof opened === 'number') throw new Error('refused');
  opened.send(new TextEncoder().encode('GET /token HTTP/1.1\r\nHost: localhost\r\n\r\n'));
  await expect.poll(opened.raw).toContain('{"token": ""}');
  opened.send(new TextEncoder().encode('GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n'));
  await expect.poll(opened.raw).toContain('404 Not Found');
  opened.send(new TextEncoder().encode('GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a2V5\r\n\r\n'));
  expect(await opened.closed).toBe(1001);
  expect(opened.raw()).toContain('400 Bad Request');
});

test('SES-C52: own running sessions only, with the cookie', async () => {
  const own = sessionNamed('notebook').id;
  expect(await open(own, 'app=ttyd', {})).toBe(401);
  expect(await open(sessionNamed('lecture-1').id)).toBe(404);
  expect(await open(sessionNamed('yesterday').id)).toBe(404);
  expect(await open(own, 'app=nothing')).toBe(404);
  expect(await open(own, 'app=ttyd&port=1')).toBe(400);
});

test('SES-C52: close codes and faults by name', async () => {
  const { id } = sessionNamed('notebook');
  const match = '/func/stream/session/*/tcpproxy';
  const closing = async (): Promise<number> => {
    const opened = await open(id);
    return typeof opened === 'number' ? opened : opened.closed;
  };
  for (const status of [1013, 1011]) {
    server.faults.add({ match, kind: 'status', status, times: 1 });
    expect(await closing()).toBe(status);
  }
  server.faults.add({ match, kind: 'status', status: 503, times: 1 });
  expect(await closing()).toBe(503);
  server.faults.add({ match, kind: 'network', times: 1 });
  expect(await closing()).toBe(0);
  server.faults.add({ match, kind: 'drop', ms: 30, times: 1 });
  expect(await closing()).toBe(1006);
  const steady = await terminal(id);
  await fetch(`${server.url}/__simulation/drop-streams`, { method: 'POST', body: '{}' });
  expect(await steady.closed).toBe(1006);
});

test('SES-270 SES-C52: an open tunnel holds the network idle check back; the end of the session closes it', async () => {
  const { cluster } = server;
  const session = sessionNamed('annotate');
  cluster.state.settings.idleCheckers.networkTimeout = true;
  const remaining = (): number => {
    const check = cluster.sessions.idleChecks(session)?.['network_timeout'] as { remaining: number } | undefined;
    return check?.remaining ?? -1;
  };
  const before = remaining();
  const opened = await terminal(session.id);
  const full = remaining();
  expect(full).toBeGreaterThan(before);
  cluster.advance('5m');
  expect(remaining()).toBe(full);
  opened.socket.close();
  await opened.closed;
  await expect.poll(() => cluster.terminals.viewers(session.id)).toBe(0);
  cluster.advance('5m');
  expect(remaining()).toBe(full - 300);
  const again = await terminal(session.id);
  cluster.sessions.terminate(requester(cluster), session.id);
  expect(await again.closed).toBe(1001);
});
