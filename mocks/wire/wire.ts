import type { Cluster } from '../cluster/api';
import type { Fault } from '../cluster/types';
import type { AppProxyFront } from './app-proxy';
import { createAppProxyWire } from './app-proxy';
import type { CookieJar, Setting, WireContext, WireOptions } from './context';
import { refusal, spoil } from './faults';
import { operationName } from './graphql/execute';
import { managerProblem, webserverProblem } from './http';
import { localProxy } from './local-proxy';
import { callManager, preflight, withCors } from './manager';
import { createStreamHub } from './sse';
import type { TunnelAnswer } from './tunnel/tunnel';
import { createTunnelHub } from './tunnel/tunnel';
import { createWebserver } from './webserver';

export type { CookieJar, WireContext, WireOptions };

export interface Wire {
  /** Answers one request; never rejects. `Response.error()` stands for a connection that fails. */
  handle(request: Request, context: WireContext): Promise<Response>;
  /** The same at the app proxy; `path` is the front's own. */
  handleAppProxy(request: Request, path: string, front: AppProxyFront): Promise<Response>;
  handleLocalProxy(request: Request): Promise<Response>;
  /** The handshake of a WebSocket (SES-C52). */
  tunnel(request: Request, context: WireContext): TunnelAnswer;
  /** Cuts every open event stream and tunnel, as a restarting proxy does. */
  dropStreams(): void;
  openStreams(): number;
  openTunnels(): number;
}

const GRAPHQL_PATH = /\/admin\/(?:gql(?:\/strawberry)?|graphql)$/;

function operationOf(path: string, body: string): string | null {
  if (!GRAPHQL_PATH.test(path)) return null;
  try {
    const parsed = JSON.parse(body) as { query?: unknown; operationName?: string | null };
    return typeof parsed.query === 'string' ? operationName({ query: parsed.query, operationName: parsed.operationName }) : null;
  } catch {
    return null;
  }
}

/** The wire over a cluster: thin translation, web-standard requests and answers, no rule of its own. */
export function createWire(cluster: Cluster, options: WireOptions = {}): Wire {
  const streams = createStreamHub();
  const setting: Setting = {
    cluster,
    options: {
      config: options.config ?? {},
      wall: options.wall ?? (() => Date.now()),
      delay: options.delay ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
      pingEvery: options.pingEvery ?? null,
    },
    streams,
  };
  const webserver = createWebserver(setting);
  const tunnels = createTunnelHub(setting);

  async function answer(request: Request, url: URL, body: string, context: WireContext, fault: Fault | null): Promise<Response> {
    if (context.front === 'webserver') return webserver.handle(request, url, body, context, fault?.kind === 'expired');
    if (request.method === 'OPTIONS') return preflight();
    if (fault?.kind === 'expired') return withCors(webserverProblem(401, 'auth-failed', 'Credential/signature mismatch.'));
    const response = await callManager(setting, {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      signal: request.signal,
      url,
    });
    return withCors(response);
  }

  async function handle(request: Request, context: WireContext): Promise<Response> {
    const url = new URL(request.url);
    const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text();
    // Faults are named by the webserver's paths; the same fault strikes the bare path.
    const path = context.front === 'manager' ? `/func${url.pathname}` : url.pathname;
    const fault = request.method === 'OPTIONS' ? null : cluster.faults.take({ path, method: request.method, operation: operationOf(path, body) });
    // A browser that asks the bare manager may read a spoilt answer, too.
    const readable = (response: Response): Response => (context.front === 'manager' ? withCors(response) : response);
    try {
      if (fault?.kind === 'latency') await setting.options.delay(fault.ms ?? 1000);
      const refused = fault && refusal(fault);
      if (refused) return readable(refused);
      const response = await answer(request, url, body, context, fault);
      return fault ? readable(await spoil(fault, response, setting.options.delay)) : response;
    } catch (error) {
      return readable(managerProblem(error, true));
    }
  }

  const appProxy = createAppProxyWire(cluster);

  /** Its faults are named `/app-proxy/…`, those of the apps `/app/…`. */
  async function handleAppProxy(request: Request, path: string, front: AppProxyFront): Promise<Response> {
    const named = `${front.port === null ? '/app-proxy' : '/app'}${path}`;
    const fault = request.method === 'OPTIONS' ? null : cluster.faults.take({ path: named, method: request.method });
    if (fault?.kind === 'latency') await setting.options.delay(fault.ms ?? 1000);
    const refused = fault && refusal(fault);
    if (refused) return appProxy.readable(refused);
    const response = appProxy.handle(request, path, front);
    return fault ? appProxy.readable(await spoil(fault, response, setting.options.delay)) : response;
  }

  return {
    handle,
    handleAppProxy,
    handleLocalProxy: async (request) => localProxy(cluster, request, await request.clone().text()),
    tunnel(request, context) {
      const url = new URL(request.url);
      const path = context.front === 'manager' ? `/func${url.pathname}` : url.pathname;
      const fault = cluster.faults.take({ path, method: 'GET' });
      // A browser cannot sign a handshake: at the bare manager there is nobody to let in.
      const accessKey = context.front === 'manager' || fault?.kind === 'expired' ? null : webserver.keyOf(request, context);
      return tunnels.ask({ url, accessKey, fault });
    },
    dropStreams() {
      streams.dropAll();
      tunnels.dropAll();
    },
    openStreams: () => streams.count(),
    openTunnels: () => tunnels.count(),
  };
}
