import type { Fault } from '../cluster/types';
import { json, problem } from './http';

/** Faults strike at the door (`cluster.faults`): before the call is run, or at its answer. */

const SLUGS: Readonly<Record<number, [slug: string, title: string]>> = {
  400: ['invalid-api-params', 'Missing or invalid API parameters.'],
  401: ['auth-failed', 'Credential/signature mismatch.'],
  403: ['generic-forbidden', 'Forbidden operation.'],
  404: ['object-not-found', 'No such object.'],
  409: ['conflict', 'Conflict'],
  412: ['quota-exceeded', 'You have reached your resource limit.'],
  429: ['rate-limit-exceeded', 'You have reached your API query rate limit.'],
  500: ['internal-server-error', 'Internal server error.'],
  502: ['bad-gateway', 'The proxy target server is inaccessible.'],
  503: ['manager-connection-unavailable', 'The manager is unavailable.'],
};

const HTML = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>';

/** The answer instead of the call; null when the call shall run. */
export function refusal(fault: Fault): Response | null {
  switch (fault.kind) {
    case 'status': {
      const status = fault.status ?? 500;
      if (typeof fault.body === 'string') return new Response(fault.body, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...fault.headers } });
      if (fault.body !== undefined) return json(fault.body, { status, headers: fault.headers });
      const [slug, title] = SLUGS[status] ?? ['generic-error', 'Error'];
      return problem({ status, slug, title, headers: fault.headers });
    }
    case 'html':
      return new Response(HTML, { status: fault.status ?? 502, headers: { 'Content-Type': 'text/html; charset=utf-8', ...fault.headers } });
    case 'throttle':
      return problem({
        status: 429,
        slug: 'rate-limit-exceeded',
        title: 'You have reached your API query rate limit.',
        headers: fault.headers,
      });
    case 'network':
      return Response.error();
    default:
      return null;
  }
}

function isStream(response: Response): boolean {
  return (response.headers.get('Content-Type') ?? '').startsWith('text/event-stream');
}

/** A body that ends with an error after its first half. */
function cut(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) {
        controller.error(new TypeError('The connection was cut.'));
        return;
      }
      sent = true;
      controller.enqueue(bytes.slice(0, Math.floor(bytes.length / 2)));
    },
  });
}

/** Ends an open stream after a while, without a word. */
function droppedAfter(body: ReadableStream<Uint8Array>, ms: number, delay: (ms: number) => Promise<void>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const over = delay(ms).then(() => ({ done: true as const, value: undefined }));
  return new ReadableStream({
    async pull(controller) {
      const next = await Promise.race([reader.read(), over]);
      if (next.done) {
        void reader.cancel();
        controller.close();
        return;
      }
      controller.enqueue(next.value);
    },
    cancel: () => reader.cancel(),
  });
}

/** What a fault makes of a good answer. */
export async function spoil(fault: Fault, response: Response, delay: (ms: number) => Promise<void>): Promise<Response> {
  const headers = new Headers(response.headers);
  switch (fault.kind) {
    case 'broken-json': {
      const body = await response.text();
      return new Response(`${body.slice(0, Math.max(1, Math.floor(body.length / 2)))}<`, { status: response.status === 204 ? 200 : response.status, headers });
    }
    case 'truncated': {
      if (isStream(response)) return new Response(cut(new TextEncoder().encode('event: session_')), { status: 200, headers });
      return new Response(cut(new Uint8Array(await response.arrayBuffer())), { status: response.status === 204 ? 200 : response.status, headers });
    }
    case 'drop': {
      if (!isStream(response) || response.body === null) return Response.error();
      return new Response(droppedAfter(response.body, fault.ms ?? 0, delay), { status: 200, headers });
    }
    default:
      return response;
  }
}
