import { ws } from 'msw';
import type { WebSocketHandler } from 'msw';
import type { Tunnel } from './wire/tunnel/tunnel';
import type { CookieJar, Wire } from './wire/wire';

/** The terminal's tunnel where MSW stands in for the network: in the demo's browser and in page tests. */

async function bytesOf(data: unknown): Promise<Uint8Array> {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  if (data instanceof Blob) return new Uint8Array(await data.arrayBuffer());
  return new Uint8Array(data as ArrayBuffer).slice();
}

export function tunnelLink(wire: () => Wire, jar: CookieJar): WebSocketHandler[] {
  const link = ws.link(/\/func\/stream\//);
  const handler = link.addEventListener('connection', ({ client }) => {
    const url = new URL(client.url);
    const address = url.href.replace(/^ws/, 'http');
    const answer = wire().tunnel(new Request(address), { front: 'webserver', jar });
    if ('refused' in answer) {
      client.close(1006);
      return;
    }
    // After the handshake: what a tunnel says at once must not come before `open`.
    const opened = new Promise<Tunnel>((resolve) => {
      const peer = {
        send: (bytes: Uint8Array) => client.send(bytes.slice().buffer),
        // What was sent before arrives before: MSW would drop it.
        close: (code: number, reason: string) => void setTimeout(() => client.close(code, reason)),
      };
      setTimeout(() => resolve(answer.open(peer)));
    });
    let order: Promise<unknown> = opened;
    client.addEventListener('message', ({ data }) => {
      order = order.then(async () => (await opened).receive(await bytesOf(data)));
    });
    client.addEventListener('close', () => void opened.then((tunnel) => tunnel.closed()));
  });
  return [handler];
}
