import type { Cluster } from '../cluster/api';
import { ProxyRefusal } from '../cluster/app-proxy';
import { hash } from '../cluster/rng';
import { appPage, escapeHtml } from './app-pages';
import { isRecord, json } from './http';

/** The app proxy: coordinator and worker API on one address, each app on its own (SES-C41). */

const PROTOCOLS = new Set(['http', 'tcp', 'preopen', 'vnc', 'rdp', 'grpc', 'h2']);
const PERMIT = 'appproxy_permit';
const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*' };

/** Where a browser without real cookies keeps the worker's permit. */
export interface PermitJar {
  get(): string | null;
  set(permit: string): void;
}

export interface AppProxyFront {
  /** A visitor at this port of the worker; null = the coordinator and the worker's API. */
  port: number | null;
  clientIp?: string;
  permits?: PermitJar;
}

/** Of which front of the app proxy an address is, for doors that serve them all; `path` is the front's own. */
export function appProxyFrontOf(cluster: Cluster, url: URL): { port: number | null; path: string } | null {
  const { address, appAddress } = cluster.state.appProxy;
  const asked = `${url.origin}${url.pathname}`;
  const [before = '', after = ''] = appAddress.split('{port}');
  const port = asked.startsWith(before) ? (/^\d+/.exec(asked.slice(before.length))?.[0] ?? null) : null;
  const app = `${before}${String(port)}${after}`;
  if (port !== null && app !== address && `${asked}/`.startsWith(`${app}/`)) return { port: Number(port), path: asked.slice(app.length) || '/' };
  return `${asked}/`.startsWith(`${address}/`) ? { port: null, path: asked.slice(address.length) || '/' } : null;
}

const internal = new ProxyRefusal(500, 'internal-server-error', 'Internal server error.', 'agent_generic_internal-error');

/** To programs as a problem, to somebody who looks at it in a tab as a page; with a code from 25.18 on. */
function refused(cluster: Cluster, request: Request, error: unknown): Response {
  const { status, slug, title, errorCode, msg, data } = error instanceof ProxyRefusal ? error : internal;
  const accept = request.headers.get('Accept') ?? '';
  if (accept.includes('text/html') && !accept.includes('application/json')) {
    const text = [data, msg].filter((part) => part !== undefined).join(' ');
    const page = `<!DOCTYPE html>\n<html><head><meta charset="UTF-8"></head><body><h1>Backend.AI</h1><h2>${escapeHtml(title)}</h2><p>${escapeHtml(text)}</p></body></html>`;
    return new Response(page, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  }
  const code = cluster.atLeast('25.18') ? { error_code: errorCode } : {};
  const more = { ...(msg === undefined ? {} : { msg }), ...(data === undefined ? {} : { data }) };
  return json({ type: `https://api.backend.ai/probs/${slug}`, title, ...code, ...more }, { status, headers: CORS });
}

function invalid(msg: string): ProxyRefusal {
  return new ProxyRefusal(400, 'invalid-api-params', 'Missing or invalid API parameters.', 'agent_request_invalid-parameters', msg);
}

/** Looks like a signed token, and is one as far as this simulation goes. */
function signed(body: Record<string, string>): string {
  const part = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(body)}`;
  return `${text}.${hash(`app proxy ${text}`).toString(16)}`;
}

function unsigned(token: string): Record<string, unknown> {
  const [head = '', body = '', signature = ''] = token.split('.');
  // Nobody catches a token that is none.
  if (signature !== hash(`app proxy ${head}.${body}`).toString(16)) throw internal;
  const parsed = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/'))) as unknown;
  if (!isRecord(parsed)) throw internal;
  return parsed;
}

function flag(query: URLSearchParams, name: string): boolean {
  return ['true', '1', 'yes', 'on', 't', 'y'].includes((query.get(name) ?? '').toLowerCase());
}

function checked(query: URLSearchParams): { app: string; protocol: string; port: number | null } {
  const app = query.get('app') ?? '';
  const protocol = query.get('protocol') ?? '';
  if (app === '') throw invalid('app: Field required');
  if (!PROTOCOLS.has(protocol)) throw invalid(`protocol: Input should be one of ${[...PROTOCOLS].join(', ')}`);
  const port = query.get('port');
  if (port !== null && !/^\d+$/.test(port)) throw invalid('port: Input should be a valid integer');
  return { app, protocol, port: port === null ? null : Number(port) };
}

function permitOf(request: Request, front: AppProxyFront): string | null {
  if (front.permits) return front.permits.get();
  const cookies = (request.headers.get('Cookie') ?? '').split(';').map((part) => part.trim());
  return cookies.find((part) => part.startsWith(`${PERMIT}=`))?.slice(PERMIT.length + 1) ?? null;
}

function withPath(address: string, path: string): string {
  return path === '' ? address : `${address}${path.startsWith('/') ? '' : '/'}${path}`;
}

export function createAppProxyWire(cluster: Cluster) {
  /** Only builds the address to ask next. */
  function add(query: URLSearchParams, token: string, sessionId: string): Response {
    const { app, protocol, port } = checked(query);
    const next = new URLSearchParams({ app, protocol });
    if (flag(query, 'open_to_public')) next.set('open_to_public', 'True');
    for (const name of ['allowed_client_ips', 'redirect']) if (query.get(name)) next.set(name, query.get(name) ?? '');
    if (flag(query, 'no_reuse')) next.set('no_reuse', 'True');
    if (port !== null && !cluster.appProxy.isOld()) next.set('port', String(port));
    next.set('token', token);
    next.set('session_id', sessionId);
    return json({ code: 200, url: `${cluster.state.appProxy.address}/v2/proxy/auth?${next.toString()}` }, { headers: CORS });
  }

  function auth(request: Request, query: URLSearchParams): Response {
    const { app, protocol, port } = checked(query);
    const token = query.get('token') ?? '';
    const { circuit, reuse } = cluster.appProxy.open({
      token,
      sessionId: query.get('session_id') ?? '',
      app,
      protocol,
      port,
      openToPublic: flag(query, 'open_to_public'),
      allowedClientIps: query.get('allowed_client_ips'),
      noReuse: flag(query, 'no_reuse'),
    });
    const redirect = cluster.appProxy.isOld() && circuit.protocol === 'http' ? '' : (query.get('redirect') ?? '');
    const setup = `${cluster.state.appProxy.address}/setup?token=${signed({ id: token, version: 'v2', redirect, circuit: circuit.id })}`;
    if (request.headers.get('Accept') === 'application/json') return json({ redirect_url: setup, reuse }, { headers: CORS });
    return new Response(null, { status: 308, headers: { Location: setup, ...CORS } });
  }

  function setup(query: URLSearchParams, front: AppProxyFront): Response {
    const token = query.get('token') ?? '';
    const body = unsigned(token);
    const circuit = cluster.appProxy.circuit(String(body.circuit));
    const redirect = String(body.redirect ?? '');
    if (circuit.protocol === 'http') {
      const permit = cluster.appProxy.permitOf(circuit.userId);
      front.permits?.set(permit);
      const location = withPath(cluster.appProxy.appAddress(circuit), redirect);
      const cookie = `${PERMIT}=${permit}; HttpOnly; Max-Age=604800; Path=/; SameSite=Lax`;
      return new Response(null, { status: 302, headers: { Location: location, 'Set-Cookie': cookie, ...CORS } });
    }
    const { host } = new URL(cluster.state.appProxy.appAddress.replace('{port}', String(circuit.port)));
    const query2 = new URLSearchParams({ directTCP: 'true', auth: token, proto: 'tcp', gateway: `tcp://${host}` });
    const start = `http://localhost:45678/start?${query2.toString()}`;
    if (redirect !== '') return new Response(null, { status: 302, headers: { Location: start, ...CORS } });
    return json({ redirect: start, redirectURI: start }, { headers: CORS });
  }

  function atCoordinator(request: Request, path: string, query: URLSearchParams, front: AppProxyFront): Response {
    if (request.method === 'OPTIONS') {
      return new Response(null, { status: 200, headers: { ...CORS, 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS' } });
    }
    const [, first = '', sessionId = '', deed = ''] = /^\/v2\/proxy\/([^/]+)\/([^/]+)\/(add|delete)$/.exec(path) ?? [];
    if (request.method === 'GET') {
      if (path === '/status') return json({ api_version: 'v2' }, { headers: CORS });
      if (path === '/v2/proxy/auth') return auth(request, query);
      if (path === '/setup') return setup(query, front);
      if (deed === 'add') return add(query, first, sessionId);
      if (deed === 'delete' && cluster.appProxy.isOld()) {
        cluster.appProxy.close(first, sessionId);
        return json({ code: 200 }, { headers: CORS });
      }
    }
    throw new ProxyRefusal(404, 'url-not-found', 'Unknown URL path.', 'agent_request_not-found', undefined, path);
  }

  return {
    /** `path` without what leads to the front. */
    handle(request: Request, path: string, front: AppProxyFront): Response {
      const { searchParams } = new URL(request.url);
      try {
        if (front.port === null) return atCoordinator(request, path, searchParams, front);
        const visit = cluster.appProxy.visit(front.port, { permit: permitOf(request, front), clientIp: front.clientIp ?? '127.0.0.1' });
        return appPage(cluster, visit, path);
      } catch (error) {
        return refused(cluster, request, error);
      }
    },
    /** Puts what lets the console read a fault's answer onto it. */
    readable(response: Response): Response {
      if (response.type !== 'error') for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value);
      return response;
    },
  };
}
