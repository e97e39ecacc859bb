import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Cluster } from '../../cluster/api';
import type { Wire } from '../wire';
import { sendResponse, toRequest } from './bridge';
import { close, listen } from './listening';

/** The app proxy on a port of its own, and a further port for each app that has a circuit. */
export interface AppProxyServer {
  url: string;
  appAddress: string;
  ports: [number, number];
  stop(): Promise<void>;
}

/** Below the ports that systems give out by themselves; servers side by side take different ones. */
const FIRST_PORT = 20_000;
const PORTS_EACH = 24;

export async function startAppProxyServer(options: { host: string; port: number; wire: () => Wire; cluster: () => Cluster }): Promise<AppProxyServer> {
  const { host, wire, cluster } = options;
  const apps = new Map<number, Server>();

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, port: number | null): Promise<void> {
    const aborted = new AbortController();
    outgoing.on('close', () => aborted.abort());
    const request = await toRequest(incoming, aborted.signal);
    const clientIp = incoming.socket.remoteAddress ?? '127.0.0.1';
    const response = await wire().handleAppProxy(request, new URL(request.url).pathname, { port, clientIp });
    await openPorts();
    await sendResponse(response, outgoing, incoming.method === 'HEAD');
  }

  function serve(port: number | null): Server {
    return createServer((incoming, outgoing) => {
      answer(incoming, outgoing, port).catch((error: unknown) => {
        console.error(error);
        outgoing.destroy();
      });
    });
  }

  /** Before an answer names an address, somebody listens there. */
  async function openPorts(): Promise<void> {
    for (const port of cluster().appProxy.ports()) {
      if (apps.has(port)) continue;
      const server = serve(port);
      apps.set(port, server);
      await listen(server, port, host).catch(() => apps.delete(port));
    }
  }

  const front = serve(null);
  const port = await listen(front, options.port, host);
  const first = FIRST_PORT + (port % 400) * PORTS_EACH;
  return {
    url: `http://${host}:${String(port)}`,
    appAddress: `http://${host}:{port}`,
    ports: [first, first + PORTS_EACH - 1],
    async stop() {
      await Promise.all([close(front), ...[...apps.values()].map(close)]);
    },
  };
}
