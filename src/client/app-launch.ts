/** Opening an app, from the click to an address (SES-C20, C40, C41), and every way it may fail (SES-290). */
import { rememberProxy } from './app-circuits';
import { openByLocalProxy } from './app-local-proxy';
import { isGatewayProtocol } from './app-protocol';
import type { CircuitWish } from './app-proxy';
import { allotment, askGateway, authUrl, isMixedContent, isWebAddress, openCircuit } from './app-proxy';
import { appNames, appProxyVersion, shutDownApp, startApp } from './apps';
import type { ClientError } from './errors';
import { toClientError } from './errors';
import { gatewayOf } from './gateway';
import type { Gateway } from './gateway';

export const launchSteps = ['proxy', 'start', 'address'] as const;
export type LaunchStep = (typeof launchSteps)[number];

/**
 * - `no-app-proxy`: the resource group has none
 * - `proxy-check-failed`: the manager could not tell or reach it
 * - `local-proxy-unreachable`, `proxy-unreachable`: the browser does not reach the one at `address` (ACC-003)
 * - `session-not-running`, `app-not-found`, `app-refused`, `app-not-started`: the manager's refusals
 * - `worker-full`, `port-taken`, `client-not-allowed`, `proxy-refused`, `app-not-up`: the app proxy's
 * - `slow`: not done in 30 s
 * - `mixed-content`: what this page may not ask over http
 * - `no-address`: the proxy named none
 * - `other`: `cause` says it
 */
export type LaunchFailure =
  | 'no-app-proxy'
  | 'proxy-check-failed'
  | 'local-proxy-unreachable'
  | 'proxy-unreachable'
  | 'session-not-running'
  | 'app-not-found'
  | 'app-refused'
  | 'app-not-started'
  | 'worker-full'
  | 'port-taken'
  | 'client-not-allowed'
  | 'proxy-refused'
  | 'app-not-up'
  | 'slow'
  | 'mixed-content'
  | 'no-address'
  | 'other';

export class LaunchError extends Error {
  readonly failure: LaunchFailure;
  readonly error: ClientError | null;
  /** Of the proxy that was asked. */
  readonly address: string | null;

  constructor(failure: LaunchFailure, error: ClientError | null = null, address: string | null = null) {
    super(failure, { cause: error ?? undefined });
    this.name = 'LaunchError';
    this.failure = failure;
    this.error = error;
    this.address = address;
  }
}

export interface LaunchRequest {
  session: { id: string; resourceGroup: string | null; projectId: string | null };
  /** Service to start; several faces may stand on one (`vscode-desktop` on `sshd`). */
  service: string;
  wish: CircuitWish;
  envs?: Record<string, string>;
  arguments?: Record<string, string>;
  /** Ends the running one first, so that it takes the new arguments (SES-285). */
  restart?: boolean;
  /** `[wsproxy] proxyURL` */
  localProxy: string;
}

export type LaunchedApp =
  | { kind: 'web'; url: string; mixed: boolean }
  | { kind: 'gateway'; gateway: Gateway };

/** What a refused start-service stands for. Its 404 is told apart by what the manager lists now, not by its words. */
async function ofStart(error: ClientError, request: LaunchRequest, signal: AbortSignal | undefined): Promise<LaunchError> {
  if (error.status === 503 && error.slug === 'service-unavailable') return new LaunchError('no-app-proxy', error);
  if (error.slug === 'agent-not-allocated') return new LaunchError('session-not-running', error);
  if (error.status === 500) return new LaunchError('app-not-started', error);
  if (error.kind === 'invalid') return new LaunchError('app-refused', error);
  if (error.kind !== 'not-found') return new LaunchError('other', error);
  const there = await appNames(request.session.id, signal).catch(() => null);
  return new LaunchError(there === null ? 'session-not-running' : 'app-not-found', error);
}

/** What a proxy's refusal, or its silence, stands for. */
export function ofProxy(error: ClientError, address: string): LaunchError {
  const failures: Partial<Record<number, LaunchFailure>> = {
    400: 'proxy-refused',
    401: 'proxy-refused',
    403: 'client-not-allowed',
    404: 'proxy-refused',
    409: 'port-taken',
    500: 'app-not-up',
    501: 'app-not-up',
    502: 'app-not-up',
    503: 'worker-full',
  };
  if (error.kind === 'timeout') return new LaunchError('slow', error, address);
  if (error.kind === 'network') return new LaunchError('proxy-unreachable', error, address);
  const failure = error.kind === 'shape' ? 'proxy-refused' : (failures[error.status ?? 0] ?? 'proxy-refused');
  return new LaunchError(failure, error, address);
}

interface Run {
  onStep: (step: LaunchStep) => void;
  signal?: AbortSignal;
}

/** The caller's own giving up goes through as it is. */
function failWith(cause: unknown, signal: AbortSignal | undefined, of: (error: ClientError) => LaunchError): never {
  if (signal?.aborted || cause instanceof LaunchError) throw cause;
  throw of(toClientError(cause));
}

async function byLocalProxy(request: LaunchRequest, { onStep, signal }: Run): Promise<LaunchedApp> {
  const { localProxy, session, wish } = request;
  const base = localProxy.replace(/\/+$/, '');
  if (isMixedContent(window.location.protocol, base)) throw new LaunchError('mixed-content', null, base);
  onStep('address');
  const time = allotment();
  const answer = await openByLocalProxy(base, session.id, wish, { time, signal }).catch((cause: unknown) =>
    failWith(cause, signal, (error) => (error.kind === 'network' ? new LaunchError('local-proxy-unreachable', error, base) : ofProxy(error, base))),
  );
  const gateway = isGatewayProtocol(wish.protocol) ? gatewayOf(answer.proxy ?? answer.url ?? '') : null;
  if (gateway) return { kind: 'gateway', gateway };
  if (isGatewayProtocol(wish.protocol) || answer.url === null || !isWebAddress(answer.url)) throw new LaunchError('no-address', null, base);
  return { kind: 'web', url: answer.url, mixed: false };
}

async function byAppProxy(request: LaunchRequest, { onStep, signal }: Run): Promise<LaunchedApp> {
  const { session, service, wish } = request;
  onStep('start');
  let started: { token: string; address: string };
  try {
    // Where it does not run there is nothing to end.
    if (request.restart) await shutDownApp(session.id, service, signal).catch(() => undefined);
    started = await startApp({ sessionId: session.id, app: service, envs: request.envs, arguments: request.arguments }, signal);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw await ofStart(toClientError(cause), request, signal);
  }
  const { token, address } = started;
  if (!isWebAddress(address)) throw new LaunchError('no-app-proxy', null, address);
  rememberProxy(session.id, address);
  const isGateway = isGatewayProtocol(wish.protocol);
  if (isMixedContent(window.location.protocol, address)) {
    // This page may not ask over http, but a tab of its own may go there (pitfall 7).
    if (isGateway) throw new LaunchError('mixed-content', null, address);
    return { kind: 'web', url: authUrl(address, token, session.id, wish), mixed: true };
  }
  onStep('address');
  const time = allotment();
  try {
    const setup = await openCircuit({ address, token, sessionId: session.id, wish }, { time, signal });
    if (!isWebAddress(setup)) throw new LaunchError('no-address', null, address);
    if (!isGateway) return { kind: 'web', url: setup, mixed: false };
    const gateway = await askGateway(setup, { time, signal });
    if (!gateway) throw new LaunchError('no-address', null, address);
    return { kind: 'gateway', gateway };
  } catch (cause) {
    return failWith(cause, signal, (error) => ofProxy(error, address));
  }
}

/** Throws a LaunchError, or the signal's reason where the caller gave up. */
export async function launchApp(request: LaunchRequest, run: Run): Promise<LaunchedApp> {
  const { session } = request;
  run.onStep('proxy');
  if (session.resourceGroup === null) throw new LaunchError('no-app-proxy');
  const version = await appProxyVersion(session.resourceGroup, session.projectId, run.signal).catch((cause: unknown) =>
    failWith(cause, run.signal, (error) => {
      if (error.kind === 'not-found') return new LaunchError('no-app-proxy', error);
      return new LaunchError(error.kind === 'server' ? 'proxy-check-failed' : 'other', error);
    }),
  );
  return version === 'v1' ? byLocalProxy(request, run) : byAppProxy(request, run);
}
