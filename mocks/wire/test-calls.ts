import type { Cluster } from '../cluster/api';
import { demoAccounts } from './demo-accounts';
import type { CookieJar } from './context';
import type { Wire } from './wire';

/** A browser in small for the wire's own tests: keeps the cookie, sends JSON. */

export const ORIGIN = 'http://console.example.org';

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Client {
  jar: CookieJar;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  gql(query: string, variables?: Record<string, unknown>): Promise<{ data: Record<string, unknown> | null; errors: { message: string; path?: string[]; extensions?: { code: string } }[] | null }>;
}

export function client(wire: Wire): Client {
  let cookie: string | null = null;
  const jar: CookieJar = { get: () => cookie, set: (value) => (cookie = value) };
  const send: Client['send'] = (method, path, body, headers = {}) =>
    wire.handle(
      new Request(ORIGIN + path, {
        method,
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
      { front: 'webserver', jar },
    );
  const call: Client['call'] = async (method, path, body, headers) => {
    const response = await send(method, path, body, headers);
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Plain text stays text.
    }
    return { status: response.status, headers: response.headers, body: parsed };
  };
  return {
    jar,
    send,
    call,
    gql: async (query, variables) => (await call('POST', '/func/admin/gql', { query, variables })).body as Awaited<ReturnType<Client['gql']>>,
  };
}

export async function loggedIn(wire: Wire, account: string): Promise<Client> {
  const { email, password } = demoAccounts.find((row) => row.name === account) ?? { email: account, password: '' };
  const browser = client(wire);
  const answer = await browser.call('POST', '/server/login', { username: email, password });
  if (answer.status !== 200) throw new Error(`log-in of ${account}: ${JSON.stringify(answer.body)}`);
  return browser;
}

/** Reads an event stream in the background; `events()` tells what has come so far. */
export function listen(response: Response): { raw: () => string; events: () => { event: string; data: Record<string, unknown> }[]; done: Promise<void> } {
  let raw = '';
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const done = (async () => {
    for (;;) {
      const { done: over, value } = await reader.read();
      if (over) return;
      raw += decoder.decode(value, { stream: true });
    }
  })();
  return {
    raw: () => raw,
    done,
    events: () =>
      raw
        .split('\r\n\r\n')
        .filter((block) => block !== '')
        .map((block) => {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]?.replace(/\r$/, '') ?? '';
          return { event: field('event'), data: JSON.parse(field('data') || '{}') as Record<string, unknown> };
        }),
  };
}

/** Lets streams deliver what has been written. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export function projectId(cluster: Cluster, name = 'default'): string {
  return Object.values(cluster.state.projects).find((project) => project.name === name)?.id ?? '';
}
