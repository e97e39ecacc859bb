import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Cluster, ClusterOptions, Faults } from './cluster/api';
import { createCluster } from './cluster/cluster';
import type { ConfigOverrides } from './wire/config-toml';
import { demoAccounts } from './wire/demo-accounts';
import { startAppProxyServer } from './wire/http-server/app-proxy-server';
import { sendResponse, toRequest } from './wire/http-server/bridge';
import { close, listen } from './wire/http-server/listening';
import type { StaticFiles } from './wire/http-server/static-files';
import { createStaticFiles } from './wire/http-server/static-files';
import { STEERING_PATH, steer } from './wire/http-server/steering';
import { serveTunnels } from './wire/http-server/tunnels';
import { json } from './wire/http';
import { LOCAL_PROXY } from './wire/local-proxy';
import { fullVersion } from './wire/versions';
import type { Wire } from './wire/wire';
import { createWire } from './wire/wire';

/** The simulated cluster as HTTP servers: a webserver, the bare manager on the next port, the app proxy on its own. */

export interface ServerOptions extends ClusterOptions {
  /** 0 picks a free one. */
  port?: number;
  host?: string;
  managerPort?: number;
  appProxyPort?: number;
  /** Cluster seconds in a second; 0 stands still until it is told to go on. */
  speed?: number;
  /** Added to every answer, in ms. */
  latency?: number;
  /** Folder of a built console. */
  static?: string;
  config?: ConfigOverrides;
}

export interface RunningServer {
  url: string;
  managerUrl: string;
  appProxyUrl: string;
  /** The cluster at work; another one after a new seed. */
  readonly cluster: Cluster;
  readonly faults: Faults;
  stop(): Promise<void>;
}

const TICK_MS = 100;
/** 10200, where app proxies are by habit, for the default port. */
const APP_PROXY_OFFSET = 2110;
const PING_MS = 15_000;
const WIRE_PATHS = /^\/(?:func|server)(?:\/|$)|^\/config\.toml$/;

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { port = 8090, host = '127.0.0.1', latency = 0, config } = options;
  const appProxy = await startAppProxyServer({
    host,
    port: options.appProxyPort ?? (port === 0 ? 0 : port + APP_PROXY_OFFSET),
    wire: () => wire,
    cluster: () => cluster,
  });
  let speed = options.speed ?? 1;
  let cluster: Cluster;
  let wire: Wire;
  let lastTick = Date.now();

  function build(clusterOptions: ClusterOptions): void {
    const { seed, version, sessions, rng, clock = Date.now() } = clusterOptions;
    cluster = createCluster({
      seed: seed ?? 'demo',
      clock,
      ...(version === undefined ? {} : { version: fullVersion(version) }),
      ...(sessions === undefined ? {} : { sessions }),
      ...(rng === undefined ? {} : { rng }),
      appProxy: { address: appProxy.url, appAddress: appProxy.appAddress, ports: appProxy.ports },
    });
    wire = createWire(cluster, { pingEvery: PING_MS, ...(config ? { config } : {}) });
    lastTick = Date.now();
  }
  build(options);

  const ticking = setInterval(() => {
    const now = Date.now();
    if (speed > 0) cluster.advance((now - lastTick) * speed);
    lastTick = now;
  }, TICK_MS);

  const steered = {
    cluster: () => cluster,
    wire: () => wire,
    reseed: (changed: ClusterOptions) => build({ ...options, ...changed }),
    setSpeed: (changed: number) => {
      speed = changed;
    },
  };

  let managerUrl = '';
  let staticFiles: StaticFiles | null = null;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, front: 'webserver' | 'manager'): Promise<void> {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    const toWire = front === 'manager' || WIRE_PATHS.test(path);
    const wantsPage = (incoming.headers.accept ?? '').includes('text/html');
    const readsFile = !toWire && staticFiles !== null && !path.startsWith(STEERING_PATH) && (incoming.method === 'GET' || incoming.method === 'HEAD');
    if (readsFile && staticFiles && (path !== '/' || wantsPage)) {
      await staticFiles.serve(incoming, outgoing, path);
      return;
    }
    const aborted = new AbortController();
    outgoing.on('close', () => aborted.abort());
    const request = await toRequest(incoming, aborted.signal);
    const clientIp = incoming.socket.remoteAddress ?? '127.0.0.1';
    let response: Response;
    if (path.startsWith(STEERING_PATH)) response = await steer(steered, request, path);
    else if (toWire) {
      if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
      response = await wire.handle(request, { front, clientIp });
    } else if (path === '/') response = json({ version: cluster.apiVersion, manager: cluster.version });
    else response = new Response('404: Not Found', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
    await sendResponse(response, outgoing, incoming.method === 'HEAD');
  }

  function serve(front: 'webserver' | 'manager'): Server {
    return createServer((incoming, outgoing) => {
      answer(incoming, outgoing, front).catch((error: unknown) => {
        console.error(error);
        outgoing.destroy();
      });
    });
  }

  const webserver = serve('webserver');
  const manager = serve('manager');
  serveTunnels(webserver, 'webserver', () => wire);
  serveTunnels(manager, 'manager', () => wire);
  const webPort = await listen(webserver, port, host);
  const managerPort = await listen(manager, options.managerPort ?? (port === 0 ? 0 : webPort + 1), host);
  managerUrl = `http://${host}:${String(managerPort)}`;
  if (options.static !== undefined) staticFiles = createStaticFiles(options.static, [managerUrl, appProxy.url, LOCAL_PROXY]);

  return {
    url: `http://${host}:${String(webPort)}`,
    managerUrl,
    appProxyUrl: appProxy.url,
    get cluster() {
      return cluster;
    },
    get faults() {
      return cluster.faults;
    },
    async stop() {
      clearInterval(ticking);
      wire.dropStreams();
      await Promise.all([close(webserver), close(manager), appProxy.stop()]);
    },
  };
}

function number(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw new Error(`not a number: ${value}`);
  return parsed;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'manager-port': { type: 'string' },
      'app-proxy-port': { type: 'string' },
      version: { type: 'string' },
      seed: { type: 'string' },
      speed: { type: 'string' },
      sessions: { type: 'string' },
      latency: { type: 'string' },
      static: { type: 'string' },
    },
  });
  const seed = values.seed;
  if (seed !== undefined && seed !== 'demo' && seed !== 'empty' && seed !== 'large') throw new Error(`no such seed: ${seed}`);
  const options: ServerOptions = {};
  const set = <Key extends keyof ServerOptions>(key: Key, value: ServerOptions[Key] | undefined): void => {
    if (value !== undefined) options[key] = value;
  };
  set('port', number(values.port));
  set('host', values.host);
  set('managerPort', number(values['manager-port']));
  set('appProxyPort', number(values['app-proxy-port']));
  set('version', values.version);
  set('seed', seed);
  set('speed', number(values.speed));
  set('sessions', number(values.sessions));
  set('latency', number(values.latency));
  set('static', values.static);
  const server = await startServer(options);
  const lines = [`Simulated Backend.AI cluster, manager ${server.cluster.version}`, `  webserver  ${server.url}`, `  manager    ${server.managerUrl}`, `  app proxy  ${server.appProxyUrl}`];
  if (server.cluster.state.seed !== 'empty') {
    for (const account of demoAccounts) lines.push(`  ${account.role.padEnd(10)} ${account.email} / ${account.password}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  const stop = (): void => {
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
