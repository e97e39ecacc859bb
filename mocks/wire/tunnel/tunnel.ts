import { ManagerError } from '../../cluster/errors';
import type { Fault } from '../../cluster/types';
import type { Setting } from '../context';
import { refusal } from '../faults';
import { managerProblem, problem } from '../http';
import type { Socket } from './ttyd';
import { ttyd } from './ttyd';

/** SES-C52: raw TCP to a service of a session, inside a WebSocket. */

export interface TunnelPeer {
  send(bytes: Uint8Array): void;
  /** 1006: cut without a word. */
  close(code: number, reason: string): void;
}

export interface Tunnel {
  receive(bytes: Uint8Array): void;
  /** The browser has gone. */
  closed(): void;
}

export interface TunnelRequest {
  url: URL;
  accessKey: string | null;
  fault: Fault | null;
}

/** Either the handshake is refused, or the tunnel waits for its other end. */
export type TunnelAnswer = { refused: Response } | { open(peer: TunnelPeer): Tunnel };

export const TUNNEL_PATH = /^\/func\/stream\/session\/([^/]+)\/(?:tcpproxy|httpproxy)$/;

export interface TunnelHub {
  ask(request: TunnelRequest): TunnelAnswer;
  /** Cuts all of them, as a restarting proxy does. */
  dropAll(): void;
  count(): number;
}

export function createTunnelHub(setting: Setting): TunnelHub {
  const { cluster } = setting;
  const cuts = new Set<() => void>();

  function ask({ url, accessKey, fault }: TunnelRequest): TunnelAnswer {
    const id = TUNNEL_PATH.exec(url.pathname)?.[1];
    if (id === undefined) return { refused: problem({ status: 404, slug: 'url-not-found', title: 'Unknown URL path.', data: url.pathname }) };
    // From 1000 on it is no status of HTTP but a close code of the open tunnel.
    const code = fault?.kind === 'status' && (fault.status ?? 0) >= 1000 ? (fault.status ?? 1011) : null;
    const refused = fault && code === null ? refusal(fault) : null;
    if (refused) return { refused };
    try {
      if (accessKey === null) throw new ManagerError({ status: 401, slug: 'auth-failed', title: 'Unauthorized access' });
      const app = url.searchParams.get('app') ?? '';
      const port = url.searchParams.get('port');
      const session = cluster.terminals.target(cluster.accounts.requester(accessKey), decodeURIComponent(id), app, port === null ? null : Number(port));
      return { open: (peer) => opened(peer, session.id, app, code ?? (fault?.kind === 'truncated' ? 1006 : null), fault?.kind === 'drop' ? (fault.ms ?? 0) : null) };
    } catch (error) {
      return { refused: managerProblem(error, true) };
    }
  }

  function opened(peer: TunnelPeer, sessionId: string, app: string, code: number | null, dropAfter: number | null): Tunnel {
    const session = cluster.sessions.byId(sessionId);
    let socket: Socket | null = null;
    let open = true;
    const release = cluster.terminals.opened(sessionId);
    const unsubscribe = cluster.events.subscribe(({ kind, name, about }) => {
      const ends = kind === 'session' && (name === 'session_terminating' || name === 'session_terminated');
      if (ends && about.sessionId === sessionId) finish(1001, '');
    });
    function finish(closeCode: number | null, reason: string): void {
      if (!open) return;
      open = false;
      unsubscribe();
      release();
      cuts.delete(cut);
      socket?.end();
      if (closeCode !== null) peer.close(closeCode, reason);
    }
    const cut = (): void => finish(1006, '');
    cuts.add(cut);
    if (dropAfter !== null) void setting.options.delay(dropAfter).then(cut);
    if (code !== null) finish(code, code === 1013 ? 'The service does not accept connections yet.' : '');
    // Only the terminal's service is simulated; nothing listens on the other ports.
    else if (!session || app !== 'ttyd') finish(1013, '');
    else {
      socket = ttyd(cluster, session, {
        write: (bytes) => {
          if (open) peer.send(bytes);
        },
        end: () => finish(1001, ''),
      });
    }
    return {
      receive(bytes) {
        if (!open) return;
        if (session) cluster.sessions.touch(session);
        socket?.data(bytes);
      },
      closed: () => finish(null, ''),
    };
  }

  return {
    ask,
    dropAll() {
      for (const cut of cuts) cut();
    },
    count: () => cuts.size,
  };
}
