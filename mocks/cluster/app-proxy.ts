import type { AppProxy, AppVisit } from './api';
import { isAppUp, runningKey, servedAt } from './apps';
import type { Context } from './context';
import { hash, randomInt, uuid } from './rng';
import type { Circuit, Session } from './types';

/** The coordinator's and the worker's rules (SES-C41): tokens, circuits, ports, who may visit. */

/** What the app proxy says when it refuses. */
export class ProxyRefusal extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly msg: string | undefined;
  readonly errorCode: string;
  readonly data: unknown;

  constructor(status: number, slug: string, title: string, errorCode: string, msg?: string, data?: unknown) {
    super(msg ?? title);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.msg = msg;
    this.errorCode = errorCode;
    this.data = data;
  }
}

const unauthorized = (msg?: string): ProxyRefusal =>
  new ProxyRefusal(401, 'invalid-credentials', 'Authentication credentials not valid.', 'agent_auth_unauthorized', msg);

function lives(session: Session | undefined): session is Session {
  return session?.status === 'RUNNING' || session?.status === 'RUNNING_DEGRADED';
}

function toBits(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Entries that are no address are ignored, as the worker does. */
function isAmong(clientIp: string, list: string): boolean {
  const client = toBits(clientIp);
  return list.split(',').some((entry) => {
    const [network = '', size = '32'] = entry.trim().split('/');
    const base = toBits(network);
    const bits = Number(size);
    if (client === null || base === null || !Number.isInteger(bits) || bits < 0 || bits > 32) return false;
    const share = 2 ** (32 - bits);
    return Math.floor(client / share) === Math.floor(base / share);
  });
}

export function permitOf(userId: string): string {
  return hash(`permit ${userId}`).toString(16).padStart(8, '0');
}

export function createAppProxy(ctx: Context): AppProxy {
  /** Circuits end with their session. */
  function circuits(): Circuit[] {
    const { circuits: all } = ctx.state.appProxy;
    for (const circuit of Object.values(all)) {
      if (!lives(ctx.state.sessions[circuit.sessionId])) delete all[circuit.id];
    }
    return Object.values(all);
  }

  function freePort(wished: number | null): number {
    const [first, last] = ctx.state.appProxy.ports;
    const taken = new Set(circuits().map(({ port }) => port));
    const free: number[] = [];
    for (let port = first; port <= last; port += 1) if (!taken.has(port)) free.push(port);
    if (free.length === 0) throw new ProxyRefusal(503, 'appproxy/worker-not-available', 'Worker not available.', 'agent_access_not-found');
    // Up to 25.10 a wish is not heard.
    if (wished !== null && ctx.atLeast('25.11')) {
      if (taken.has(wished)) throw new ProxyRefusal(409, 'appproxy/port-not-available', 'Designated port already occupied.', 'agent_setup_already-exists');
      if (free.includes(wished)) return wished;
    }
    return free[randomInt(ctx.state, 0, free.length - 1)] ?? first;
  }

  return {
    isOld: () => !ctx.atLeast('25.11'),
    open({ token: tokenId, sessionId, app, protocol, port, openToPublic, allowedClientIps, noReuse }) {
      const token = ctx.state.appProxy.tokens[tokenId];
      if (!token) throw new ProxyRefusal(404, 'object-not-found', 'E00002: No such token.', 'agent_read_not-found');
      if (token.sessionId !== sessionId) throw unauthorized('E20007: Session ID mismatch');
      const known = circuits().find(
        (one) => one.sessionId === sessionId && one.app === app && one.openToPublic === openToPublic && one.allowedClientIps === allowedClientIps,
      );
      if (known && !noReuse) return { circuit: known, reuse: protocol !== 'tcp' };
      const circuit: Circuit = {
        id: uuid(ctx.state),
        sessionId,
        userId: token.userId,
        app,
        protocol: ['tcp', 'vnc', 'rdp'].includes(protocol) ? 'tcp' : 'http',
        port: freePort(port),
        openToPublic,
        allowedClientIps,
      };
      ctx.state.appProxy.circuits[circuit.id] = circuit;
      return { circuit, reuse: false };
    },
    circuit(id) {
      const found = circuits().find((one) => one.id === id);
      if (!found) throw new ProxyRefusal(404, 'object-not-found', 'E00002: No such circuit.', 'agent_read_not-found');
      return found;
    },
    appAddress: (circuit) => ctx.state.appProxy.appAddress.replace('{port}', String(circuit.port)),
    ports: () => circuits().filter(({ protocol }) => protocol === 'http').map(({ port }) => port),
    permitOf,
    visit(port, { permit, clientIp }): AppVisit {
      const circuit = circuits().find((one) => one.port === port && one.protocol === 'http');
      const session = circuit && ctx.state.sessions[circuit.sessionId];
      if (!circuit || !session) throw new ProxyRefusal(404, 'object-not-found', 'E00002: No such circuit.', 'agent_read_not-found');
      if (circuit.openToPublic) {
        if (circuit.allowedClientIps !== null && !isAmong(clientIp, circuit.allowedClientIps)) {
          throw new ProxyRefusal(403, 'client-ip-not-allowed', 'Client address not allowed.', 'appproxy_access_forbidden', 'E20011: Client address not allowed');
        }
      } else {
        if (permit === null) throw unauthorized('E20004: Authorization cookie not provided');
        if (permit !== permitOf(circuit.userId)) throw unauthorized('E20005: Invalid authorization cookie');
      }
      if (!isAppUp(ctx, session, circuit.app)) {
        throw new ProxyRefusal(502, 'appproxy/container-connection-refused', 'Cannot connect to Backend.AI kernel.', 'kernel_access_unreachable');
      }
      session.lastAccessAt = ctx.now;
      const running = ctx.state.appProxy.running[runningKey(session.id, circuit.app)];
      return { session, app: circuit.app, arguments: running?.arguments ?? {}, envs: running?.envs ?? {}, directory: servedAt(ctx, session, circuit.app) };
    },
    close(owner, sessionId) {
      for (const one of circuits()) {
        const session = ctx.state.sessions[one.sessionId];
        if (one.sessionId === sessionId && (owner === one.userId || owner === session?.accessKey)) delete ctx.state.appProxy.circuits[one.id];
      }
    },
  };
}
