/** A small fake of the network, for the unit tests of this folder only. */
import { vi } from 'vitest';

export interface FakeCall {
  method: string;
  /** Path and query. */
  path: string;
  url: string;
  headers: Headers;
  /** Text of the body, '' for none. */
  body: string;
  credentials: string | undefined;
}

type Answer = Response | Error | 'hang';
type Handler = Answer | ((call: FakeCall) => Answer | Promise<Answer>);

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } });
}

export function html(status: number): Response {
  return new Response('<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>', {
    status,
    headers: { 'Content-Type': 'text/html' },
  });
}

/** An answer of 200 whose body breaks off: `clean` ends too early, otherwise the connection fails. */
export function cut(text: string, clean = true): Response {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (clean) controller.close();
      else controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status: 200, headers: { 'Content-Type': 'application/json' } });
}

export interface FakeNetwork {
  calls: FakeCall[];
  /** Answers of a path from now on. */
  on(route: string, handler: Handler): void;
  count(route: string): number;
}

function copy(answer: Answer): Response {
  if (answer instanceof Error) throw answer;
  return (answer as Response).clone();
}

/** Replaces `fetch`; routes are `METHOD /path` without the query, unknown ones fail the test loudly. */
export function fakeFetch(routes: Record<string, Handler>): FakeNetwork {
  const handlers = new Map(Object.entries(routes));
  const calls: FakeCall[] = [];
  const nameOf = (call: FakeCall) => `${call.method} ${call.path.split('?', 1)[0] ?? ''}`;
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://console.test');
    const call: FakeCall = {
      method: init.method ?? 'GET',
      path: url.pathname + url.search,
      url: url.href,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? init.body : '',
      credentials: init.credentials,
    };
    calls.push(call);
    const handler = handlers.get(nameOf(call));
    if (handler === undefined) throw new TypeError(`no fake answer for ${nameOf(call)}`);
    const answer = typeof handler === 'function' ? await handler(call) : handler;
    if (answer !== 'hang') return copy(answer);
    return new Promise<Response>((_, reject) => {
      const abort = () => reject(new DOMException('aborted', 'AbortError'));
      if (init.signal?.aborted) abort();
      init.signal?.addEventListener('abort', abort);
    });
  });
  return {
    calls,
    on: (route, handler) => void handlers.set(route, handler),
    count: (route) => calls.filter((call) => nameOf(call) === route).length,
  };
}
