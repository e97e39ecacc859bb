import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Tunnel } from '../tunnel/tunnel';
import type { Wire } from '../wire';
import { toRequest } from './bridge';

function refuse(socket: Duplex, response: Response, body: string): void {
  if (response.type === 'error') {
    socket.destroy();
    return;
  }
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${String(response.status)} ${STATUS_CODES[response.status] ?? ''}\r\n${headers}Content-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`);
}

function join(socket: WebSocket, open: (peer: Parameters<Extract<ReturnType<Wire['tunnel']>, { open: unknown }>['open']>[0]) => Tunnel): void {
  const tunnel = open({
    send: (bytes) => socket.send(bytes),
    close: (code, reason) => (code === 1006 ? socket.terminate() : socket.close(code, reason)),
  });
  socket.on('message', (data: Buffer | ArrayBuffer | Buffer[]) => tunnel.receive(new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer))));
  socket.on('close', () => tunnel.closed());
  socket.on('error', () => tunnel.closed());
}

/** WebSockets of a front; everything but the tunnels is refused as the wire refuses it. */
export function serveTunnels(server: Server, front: 'webserver' | 'manager', wire: () => Wire): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    void toRequest(incoming, new AbortController().signal).then(async (request) => {
      const answer = wire().tunnel(request, { front });
      if ('refused' in answer) refuse(socket, answer.refused, answer.refused.type === 'error' ? '' : await answer.refused.text());
      else sockets.handleUpgrade(incoming, socket, head, (accepted) => join(accepted, (peer) => answer.open(peer)));
    });
  });
}
