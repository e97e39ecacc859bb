import type { Apps, Files } from './api';
import type { Context } from './context';
import { isActive } from './context';
import { ManagerError, badParameters, invalidParams, notFound } from './errors';
import { uuid } from './rng';
import { downloadSingle } from './session-home';
import { listenersOf } from './shell/session-world';
import type { Requester, RunningApp, ServicePort, Session } from './types';

/** Apps of a session: started, shut down and listed by the manager (SES-C41, SES-C44). */

type Lookup = (requester: Requester, idOrName: string) => Session;

/** An app answers a little later than the manager says that it was started (pitfall 7). */
const STARTS_IN = 1500;
/** These run in every container from its start. */
const ALWAYS_UP = new Set(['sshd', 'ttyd']);
/** Nothing starts these but the user, in the session. */
const BY_HAND = 'preopen';

/** What an image's own service definitions let a user pass (SES-281); without one nothing is looked at. */
const DEFINITIONS: readonly { image: RegExp; app: string; allowed_arguments: string[]; allowed_envs: string[] }[] = [
  { image: /\/(?:python-pytorch|python-tensorflow):/, app: 'tensorboard', allowed_arguments: ['--logdir', '--samples_per_plugin'], allowed_envs: ['TB_PLUGINS'] },
  { image: /\/r-base:/, app: 'rstudio', allowed_arguments: [], allowed_envs: ['R_LIBS_USER'] },
];

function definitionOf(session: Session, app: string): (typeof DEFINITIONS)[number] | undefined {
  return DEFINITIONS.find((one) => one.app === app && one.image.test(session.imageReference));
}

function unavailable(msg: string): ManagerError {
  // The manager's own spelling.
  return new ManagerError({ status: 503, slug: 'service-unavailable', title: 'Serivce unavailable.', msg, errorCode: 'backendai_generic_unavailable' });
}

function failedToLaunch(repr: string): ManagerError {
  return new ManagerError({
    status: 500,
    slug: 'internal-server-error',
    title: 'Internal server error.',
    msg: 'Failed to launch the app service',
    data: { src: 'other', name: 'RuntimeError', repr },
    errorCode: 'backendai_generic_internal-error',
  });
}

export function runningKey(sessionId: string, app: string): string {
  return `${sessionId}/${app}`;
}

/** Texts by name out of the JSON text that start-service takes. */
function options(text: string | null, what: string): Record<string, string> {
  if (text === null) return {};
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('no object');
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, value === null ? '' : String(value)]));
  } catch {
    throw invalidParams(`${what}: not a JSON object`);
  }
}

function checkAllowed(session: Session, app: string, args: Record<string, string>, envs: Record<string, string>): void {
  const definition = definitionOf(session, app);
  if (!definition) return;
  for (const name of Object.keys(args)) {
    if (!definition.allowed_arguments.includes(name)) throw failedToLaunch(`DisallowedArgument('Argument ${name} not allowed for service ${app}')`);
  }
  for (const name of Object.keys(envs)) {
    if (!definition.allowed_envs.includes(name)) throw failedToLaunch(`DisallowedEnvironment('Environment variable ${name} not allowed for service ${app}')`);
  }
}

function blocked(ctx: Context, session: Session): boolean {
  const image = ctx.state.images[session.kernels[0]?.imageId ?? ''];
  return ['1', 'true'].includes(image?.labels['ai.backend.internal.block-service-ports'] ?? '');
}

function findPort(ctx: Context, session: Session, app: string, port: number | null): ServicePort {
  const found = (session.servicePorts ?? []).find((one) => one.name === app);
  if (!found) throw notFound('No such app service.', `${session.name}:${app}`, 'backendai_read_not-found');
  if (found.is_inference) {
    throw badParameters(ctx, `${app} is an inference app. Starting inference apps can only be done by starting an inference service.`);
  }
  if (port !== null && !found.container_ports.includes(port)) throw badParameters(ctx, `Service ${app} does not open the port number ${String(port)}.`);
  return found;
}

function mustRun(session: Session): void {
  if (!isActive(session.status)) throw notFound('No such session.', undefined, 'session_read_not-found');
  if (session.status === 'RUNNING' || session.status === 'RUNNING_DEGRADED') return;
  if (session.kernels[0]?.agentId == null) {
    throw new ManagerError({
      status: 500,
      slug: 'agent-not-allocated',
      title: 'Agent ID has not been allocated for the session.',
      msg: `Session ${session.id} main kernel has no agent allocated`,
      errorCode: 'agent_access_internal-error',
    });
  }
  throw failedToLaunch("KernelNotReady('the container is not ready')");
}

/** The session behind a tunnel to one of its services (SES-C52): no app proxy has a say in it. */
export function tunnelTarget(ctx: Context, session: Session, app: string, port: number | null): Session {
  mustRun(session);
  findPort(ctx, session, app, port);
  return session;
}

/** The directory that is served on a preopened port, or null: nobody but the user starts something there. */
export function servedAt(ctx: Context, session: Session, app: string): string | null {
  const port = session.servicePorts?.find((one) => one.name === app && one.protocol === BY_HAND)?.container_ports[0];
  const main = session.kernels[0]?.id;
  return listenersOf(ctx, session).find((one) => one.port === port && one.kernelId === main)?.directory ?? null;
}

export function isAppUp(ctx: Context, session: Session, app: string): boolean {
  if (ALWAYS_UP.has(app)) return true;
  if (servedAt(ctx, session, app) !== null) return true;
  const started = ctx.state.appProxy.running[runningKey(session.id, app)];
  return started !== undefined && ctx.now - started.startedAt >= STARTS_IN;
}

export function createApps(ctx: Context, files: Files, lookup: Lookup): Apps {
  return {
    list(requester, idOrName) {
      const session = lookup(requester, idOrName);
      if (!isActive(session.status)) throw notFound('No such session.', undefined, 'session_read_not-found');
      return (session.servicePorts ?? []).map(({ name, protocol, container_ports }) => {
        const definition = definitionOf(session, name);
        const { allowed_arguments, allowed_envs } = definition ?? {};
        return { name, protocol, ports: container_ports, ...(definition ? { allowed_arguments, allowed_envs } : {}) };
      });
    },
    start(requester, idOrName, { app, port, envs, args }) {
      const session = lookup(requester, idOrName);
      mustRun(session);
      const address = ctx.state.resourceGroups[session.resourceGroup]?.appProxyAddr ?? null;
      if (address === null) throw unavailable('No coordinator configured for this resource group');
      const found = findPort(ctx, session, app, port);
      const given = { arguments: options(args, 'arguments'), envs: options(envs, 'envs') };
      session.numQueries += 1;
      session.lastAccessAt = ctx.now;
      if (blocked(ctx, session)) throw failedToLaunch("RuntimeError('operation blocked')");
      checkAllowed(session, app, given.arguments, given.envs);
      const key = runningKey(session.id, app);
      if (found.protocol !== BY_HAND) {
        // What runs already goes on with what it was started with.
        const started: RunningApp = ctx.state.appProxy.running[key] ?? { startedAt: ctx.now, ...given };
        ctx.state.appProxy.running[key] = started;
      }
      const token = { id: uuid(ctx.state), sessionId: session.id, userId: session.userId, accessKey: session.accessKey };
      ctx.state.appProxy.tokens[token.id] = token;
      return { token: token.id, wsproxy_addr: address };
    },
    shutdown(requester, idOrName, app) {
      const session = lookup(requester, idOrName);
      mustRun(session);
      delete ctx.state.appProxy.running[runningKey(session.id, app)];
    },
    readFile(requester, idOrName, path) {
      const session = lookup(requester, idOrName);
      mustRun(session);
      return downloadSingle(ctx, files, session, path);
    },
  };
}
