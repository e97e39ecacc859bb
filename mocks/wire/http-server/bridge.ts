import type { IncomingMessage, ServerResponse } from 'node:http';

/** Between node:http and web-standard requests and answers. */

const NO_BODY = new Set(['GET', 'HEAD']);

async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

export async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
  }
  const method = incoming.method ?? 'GET';
  const url = `http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`;
  return new Request(url, { method, headers, signal, ...(NO_BODY.has(method) ? {} : { body: await readBody(incoming) }) });
}

/** Writes an answer; a failed one (`Response.error()`, or a body that breaks off) cuts the connection. */
export async function sendResponse(response: Response, outgoing: ServerResponse, headOnly: boolean): Promise<void> {
  if (response.type === 'error') {
    outgoing.destroy();
    return;
  }
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') outgoing.setHeader(name, value);
  });
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('Set-Cookie', cookies);
  if (response.body === null || headOnly) {
    outgoing.end();
    return;
  }
  if (!(response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) {
    try {
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch {
      // A promised length that never comes is how a cut answer looks on the wire.
      outgoing.setHeader('Content-Length', '1000000');
      outgoing.flushHeaders();
      outgoing.write('{"', () => outgoing.destroy());
    }
    return;
  }
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  outgoing.on('close', () => void reader.cancel().catch(() => undefined));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      outgoing.write(value);
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}
