import type { Cluster } from '../cluster/api';
import { invalidParams } from '../cluster/errors';
import type { Requester } from '../cluster/types';
import type { ConfigOverrides } from './config-toml';
import type { StreamHub } from './sse';

/** Where a browser front keeps the cookie: scripts can neither read nor set the real one. */
export interface CookieJar {
  get(): string | null;
  set(sessionId: string | null): void;
}

export interface WireContext {
  /** `webserver`: `/server/*`, `/func/*`, `/config.toml`. `manager`: bare REST with signatures. */
  front: 'webserver' | 'manager';
  jar?: CookieJar;
  clientIp?: string;
}

export interface WireOptions {
  /** Over what the webserver writes into `/config.toml`, by section. */
  config?: ConfigOverrides;
  /** The wall clock that signatures are checked against. */
  wall?: () => number;
  delay?: (ms: number) => Promise<void>;
  /** Comment lines that keep an event stream open through proxies, in ms; none by default. */
  pingEvery?: number;
}

/** What all handlers share. */
export interface Setting {
  cluster: Cluster;
  options: Required<Pick<WireOptions, 'config' | 'wall' | 'delay'>> & { pingEvery: number | null };
  streams: StreamHub;
}

/** A call that has reached the manager, whichever front it came through. */
export interface ManagerCall {
  setting: Setting;
  cluster: Cluster;
  method: string;
  /** Without `/func`, decoded no further. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
  signal: AbortSignal;
}

export interface SignedInCall extends ManagerCall {
  requester: Requester;
  params: Record<string, string>;
}

/** The body as JSON; an empty one is an empty object. */
export function jsonBody(call: { body: string }): unknown {
  if (call.body.trim() === '') return {};
  try {
    return JSON.parse(call.body) as unknown;
  } catch {
    throw invalidParams('Malformed request body');
  }
}

export function recordBody(call: { body: string }): Record<string, unknown> {
  const body = jsonBody(call);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidParams('The request body must be an object');
  return body as Record<string, unknown>;
}
