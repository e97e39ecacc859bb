/**
 * The app proxy in front of the apps (SES-C41): another server than the manager, asked without cookie and without
 * keys. The token in its addresses is the right to open one app; the log never shows it (SEC-07).
 */
import * as z from 'zod/mini';
import { ClientError } from './errors';
import { gatewayOf } from './gateway';
import type { Gateway } from './gateway';
import { errorOfAnswer } from './problem';
import type { WireAnswer } from './problem';
import { requestLog } from './request-log';
import { mask } from './mask-secrets';
import { parseAnswer } from './transport';
import type { Schema } from './transport';

export interface CircuitWish {
  app: string;
  /** http, preopen, tcp, vnc, rdp */
  protocol: string;
  /** Path of the app to land at, with its query. */
  path?: string;
  port?: number;
  openToPublic?: boolean;
  /** Addresses and networks, joined by commas. */
  allowedClientIps?: string;
}

/** What is asked of the proxy, in the order in which it writes them itself. */
function circuitQuery(wish: CircuitWish): URLSearchParams {
  const query = new URLSearchParams({ app: wish.app, protocol: wish.protocol });
  if (wish.openToPublic) query.set('open_to_public', 'true');
  if (wish.openToPublic && wish.allowedClientIps) query.set('allowed_client_ips', wish.allowedClientIps);
  if (wish.path) query.set('redirect', wish.path);
  if (wish.port !== undefined) query.set('port', String(wish.port));
  return query;
}

export function addUrl(address: string, token: string, sessionId: string, wish: CircuitWish): string {
  return `${address}/v2/proxy/${encodeURIComponent(token)}/${encodeURIComponent(sessionId)}/add?${circuitQuery(wish).toString()}`;
}

/** Where `add` leads to. A tab that is sent there goes on to the app by itself. */
export function authUrl(address: string, token: string, sessionId: string, wish: CircuitWish): string {
  const query = circuitQuery(wish);
  query.set('token', token);
  query.set('session_id', sessionId);
  return `${address}/v2/proxy/auth?${query.toString()}`;
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

/** A page that came over https may not ask a server over http, save one on the same machine (pitfall 7). */
export function isMixedContent(pageProtocol: string, address: string): boolean {
  if (pageProtocol !== 'https:') return false;
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === 'http:' && !isThisMachine(hostname);
  } catch {
    return false;
  }
}

/** Only web addresses are ever opened. */
export function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

const tcpAnswer = z.object({ redirectURI: z.nullish(z.string()), redirect: z.nullish(z.string()) });

/** Host and port out of the worker's answer for an app that is no web page. */
export function gatewayIn(answer: z.infer<typeof tcpAnswer>): Gateway | null {
  for (const address of [answer.redirectURI, answer.redirect]) {
    try {
      const gateway = new URL(address ?? '').searchParams.get('gateway');
      const found = gateway === null ? null : gatewayOf(gateway);
      if (found) return found;
    } catch {
      continue;
    }
  }
  return null;
}

const TRIES = 6;
const PAUSE_MS = 1000;
const LIMIT_MS = 30_000;

/** Milliseconds left of the 30 s for all calls of one launch. */
export interface Allotment {
  until: number;
}

export function allotment(): Allotment {
  return { until: performance.now() + LIMIT_MS };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function once(url: string, init: RequestInit, signal: AbortSignal): Promise<WireAnswer> {
  const headers = { Accept: 'application/json', ...init.headers };
  const response = await fetch(url, { ...init, headers, credentials: 'omit', cache: 'no-store', signal });
  const { status, statusText } = response;
  return { status, statusText, headers: response.headers, text: await response.text() };
}

function log(operation: string, url: string, secret: string, answer: WireAnswer | null, error: ClientError | null): void {
  requestLog.add({
    isError: error !== null,
    type: error ? (error.slug ?? error.kind) : operation,
    requestUrl: secret === '' ? url : url.replaceAll(secret, mask),
    requestMethod: 'GET',
    statusCode: answer?.status ?? 0,
    statusText: answer?.statusText ?? '',
    title: error?.title ?? '',
    message: error?.detail ?? '',
  });
}

function jsonOf(answer: WireAnswer, operation: string): unknown {
  try {
    return JSON.parse(answer.text) as unknown;
  } catch {
    throw new ClientError({ kind: 'shape', status: answer.status, title: 'unexpected answer', detail: 'the answer is no complete JSON', operation });
  }
}

export interface ProxyCall {
  operation: string;
  /** Part of the address that the log must not show. */
  secret: string;
  init?: RequestInit;
  time: Allotment;
  signal?: AbortSignal;
}

/**
 * One answer of a proxy, parsed. 500 to 502 are asked again, five times, a second apart (SES-C41). Throws a
 * ClientError of kind `timeout`, `network`, or what the refusal stands for; the signal's reason where the caller gave up.
 */
export async function askProxy<T>(url: string, schema: Schema<T>, { operation, secret, init = {}, time, signal }: ProxyCall): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), Math.max(0, time.until - performance.now()));
  const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  try {
    for (let tried = 1; ; tried += 1) {
      const answer = await once(url, init, either);
      if (answer.status >= 500 && answer.status <= 502 && tried < TRIES) {
        await pause(PAUSE_MS, either);
        continue;
      }
      const error = answer.status >= 400 ? errorOfAnswer(answer, operation) : null;
      log(operation, url, secret, answer, error);
      if (error) throw error;
      return parseAnswer(schema, jsonOf(answer, operation), operation, answer.status);
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof ClientError) throw cause;
    const kind = late.signal.aborted ? 'timeout' : 'network';
    const error = new ClientError({ kind, title: kind === 'timeout' ? 'no answer in 30 s' : String(cause), operation, cause });
    log(operation, url, secret, null, error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const added = z.object({ url: z.string() });
const authorized = z.object({ redirect_url: z.string(), reuse: z.nullish(z.boolean()) });

/** From the token to the worker's address: what a tab opens, or asks for the gateway. */
export async function openCircuit(
  start: { address: string; token: string; sessionId: string; wish: CircuitWish },
  options: { time: Allotment; signal?: AbortSignal },
): Promise<string> {
  const { address, token, sessionId, wish } = start;
  const call = { ...options, secret: token };
  const { url } = await askProxy(addUrl(address, token, sessionId, wish), added, { ...call, operation: 'app-proxy-add' });
  const { redirect_url: setup } = await askProxy(url, authorized, { ...call, operation: 'app-proxy-auth' });
  return setup;
}

export async function askGateway(setup: string, options: { time: Allotment; signal?: AbortSignal }): Promise<Gateway | null> {
  const secret = new URL(setup).searchParams.get('token') ?? '';
  return gatewayIn(await askProxy(setup, tcpAnswer, { ...options, secret, operation: 'app-proxy-gateway' }));
}
