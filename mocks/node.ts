import { http } from 'msw';
import { setupServer } from 'msw/node';
import type { Cluster, ClusterOptions, Faults } from './cluster/api';
import { createCluster } from './cluster/cluster';
import { tunnelLink } from './tunnel-link';
import { appProxyFrontOf } from './wire/app-proxy';
import type { ConfigOverrides } from './wire/config-toml';
import { demoAccounts } from './wire/demo-accounts';
import { operationName } from './wire/graphql/execute';
import { GITHUB_API, answerGithub } from './wire/github';
import { LOCAL_PROXY } from './wire/local-proxy';
import { fullVersion } from './wire/versions';
import type { CookieJar } from './wire/wire';
import { createWire } from './wire/wire';

export interface SimulationOptions extends ClusterOptions {
  /** Over what the webserver writes into `/config.toml`, by section. */
  config?: ConfigOverrides;
  /** Address of the bare manager for API mode. */
  managerUrl?: string;
  /** Logged in from the start. */
  account?: string;
}

export interface SeenRequest {
  method: string;
  /** As the browser asked: `/func/session/…`; of the app proxies without their host. */
  path: string;
  /** `http://127.0.0.1:10200` for calls to the app proxy. */
  origin: string;
  query: URLSearchParams;
  /** Parsed JSON where it is JSON, else the text. */
  body: unknown;
  /** Name of a GraphQL operation. */
  operation: string | null;
  headers: Headers;
}

export interface Simulation {
  readonly cluster: Cluster;
  readonly faults: Faults;
  /** Everything asked so far, oldest first; `requests.length = 0` forgets it. */
  readonly requests: SeenRequest[];
  readonly managerUrl: string;
  /** What the browser's cookie would hold. */
  readonly jar: CookieJar;
  /** Logs in without a request: `user`, `user2`, `domain-admin`, `admin`, `monitor` or an e-mail address. */
  loginAs(account: string): void;
  /** Forgets the cookie, as a browser that is told to. */
  logout(): void;
  /** The log-in ends at the server while the browser keeps its cookie. */
  expireLogin(): void;
  /** Cuts every open event stream. */
  dropStreams(): void;
  openStreams(): number;
  openTunnels(): number;
  /** Back to the seed: state, faults, cookie, requests. */
  reset(): void;
  stop(): void;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

async function seen(request: Request, url: URL): Promise<SeenRequest> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : parsed(await request.clone().text());
  const query = typeof body === 'object' && body !== null && 'query' in body && typeof body.query === 'string' ? body.query : null;
  return {
    method: request.method,
    path: url.pathname,
    origin: url.origin,
    query: url.searchParams,
    body,
    operation: query === null ? null : operationName({ query }),
    headers: request.headers,
  };
}

/** The simulated cluster behind `fetch` in Node: for tests. Anything that is not the cluster's is an error. */
export function startSimulation(options: SimulationOptions = {}): Simulation {
  const { config, managerUrl = 'http://manager.example.org:8091', account, ...clusterOptions } = options;
  const cluster = createCluster({
    ...clusterOptions,
    ...(clusterOptions.version === undefined ? {} : { version: fullVersion(clusterOptions.version) }),
  });
  const wire = createWire(cluster, config ? { config } : {});
  const requests: SeenRequest[] = [];
  let cookie: string | null = null;
  const jar: CookieJar = {
    get: () => cookie,
    set: (value) => {
      cookie = value;
    },
  };

  let permit: string | null = null;
  const permits = {
    get: () => permit,
    set: (value: string) => {
      permit = value;
    },
  };

  const worker = setupServer(
    ...tunnelLink(() => wire, jar),
    http.all('*', async ({ request }) => {
      const url = new URL(request.url);
      if (url.origin === LOCAL_PROXY) {
        requests.push(await seen(request, url));
        return wire.handleLocalProxy(request);
      }
      if (url.origin === GITHUB_API) return answerGithub(url);
      const front = appProxyFrontOf(cluster, url);
      if (front) {
        requests.push(await seen(request, url));
        return wire.handleAppProxy(request, front.path, { port: front.port, permits });
      }
      const toManager = url.origin === new URL(managerUrl).origin;
      if (!toManager && !/^\/(?:func|server)(?:\/|$)|^\/config\.toml$/.test(url.pathname)) return undefined;
      requests.push(await seen(request, url));
      return wire.handle(request, toManager ? { front: 'manager' } : { front: 'webserver', jar });
    }),
  );
  worker.listen({ onUnhandledRequest: 'error' });

  const simulation: Simulation = {
    cluster,
    faults: cluster.faults,
    requests,
    managerUrl,
    jar,
    loginAs(name) {
      const known = demoAccounts.find((row) => row.name === name || row.email === name);
      if (!known) throw new Error(`no such demo account: ${name}`);
      const user = cluster.accounts.userByEmail(known.email);
      const result = cluster.accounts.login({ username: known.email, password: user?.password ?? known.password });
      if (result.kind !== 'in') throw new Error(`${name} needs a one-time password`);
      cookie = result.loginSessionId.replaceAll('-', '');
    },
    logout() {
      cookie = null;
    },
    expireLogin() {
      for (const login of Object.values(cluster.state.loginSessions)) {
        if (login.id.replaceAll('-', '') === cookie) cluster.accounts.logout(login.id);
      }
    },
    dropStreams: () => wire.dropStreams(),
    openStreams: () => wire.openStreams(),
    openTunnels: () => wire.openTunnels(),
    reset() {
      wire.dropStreams();
      cluster.reset();
      cluster.faults.clear();
      cookie = null;
      permit = null;
      requests.length = 0;
      if (account !== undefined) simulation.loginAs(account);
    },
    stop() {
      wire.dropStreams();
      worker.close();
    },
  };
  if (account !== undefined) simulation.loginAs(account);
  return simulation;
}
