import { http } from 'msw';
import { setupWorker } from 'msw/browser';
import type { Cluster } from './cluster/api';
import { createCluster } from './cluster/cluster';
import type { DemoControls } from './demo-controls';
import { APP_PATH, answerAppTabs, showAppTab } from './demo-app-tab';
import { mountDemoPanel } from './demo-panel';
import { tunnelLink } from './tunnel-link';
import { appProxyFrontOf } from './wire/app-proxy';
import { demoAccounts } from './wire/demo-accounts';
import { GITHUB_API, answerGithub } from './wire/github';
import { LOCAL_PROXY } from './wire/local-proxy';
import { fullVersion } from './wire/versions';
import { createWire } from './wire/wire';

/** The simulated cluster inside the page, behind a service worker: the demo needs no server but one for files. */

declare global {
  interface Window {
    __baiDemo?: DemoControls;
  }
}

const STATE_KEY = 'bai-demo.state';
const COOKIE_KEY = 'bai-demo.cookie';
const PERMIT_KEY = 'bai-demo.permit';
const VERSION_KEY = 'bai-demo.version';
const SPEED_KEY = 'bai-demo.speed';
const VERSIONS = ['24.03', '24.09', '25.5', '25.13', '26.8'];
const DEFAULT_VERSION = '25.5';
const TICK_MS = 250;
const SAVE_MS = 5000;
/** A page that slept for longer starts where it stopped rather than running hours through at once. */
const MAX_CATCH_UP_MS = 10 * 60_000;

interface Saved {
  at: number;
  snapshot: string;
}

function restored(cluster: Cluster, speed: number): void {
  const text = sessionStorage.getItem(STATE_KEY);
  if (text === null) return;
  try {
    const saved = JSON.parse(text) as Saved;
    if (!saved.snapshot.includes('"appProxy":')) throw new Error('of an older build');
    cluster.restore(saved.snapshot);
    cluster.advance(Math.max(0, Math.min(Date.now() - saved.at, MAX_CATCH_UP_MS)) * speed);
  } catch {
    // A state of another build: begin with the seed.
    sessionStorage.removeItem(STATE_KEY);
    cluster.reset();
  }
}

/** Starts the worker and the cluster's clock; resolves when requests are answered. Null: this tab is an app's. */
export async function startDemo(): Promise<DemoControls | null> {
  if (location.pathname.startsWith(`${APP_PATH}/`)) {
    await showAppTab();
    return null;
  }
  const version = sessionStorage.getItem(VERSION_KEY) ?? DEFAULT_VERSION;
  let speed = Number(sessionStorage.getItem(SPEED_KEY) ?? 1);
  let forgetting = false;
  const proxyAddress = location.origin + APP_PATH;
  const cluster = createCluster({ seed: 'demo', version: fullVersion(version), clock: Date.now(), appProxy: { address: proxyAddress, appAddress: `${proxyAddress}/apps/{port}` } });
  restored(cluster, speed);
  const wire = createWire(cluster);
  const jar = {
    get: () => sessionStorage.getItem(COOKIE_KEY),
    set: (value: string | null) => {
      if (value === null) sessionStorage.removeItem(COOKIE_KEY);
      else sessionStorage.setItem(COOKIE_KEY, value);
    },
  };

  const permits = {
    get: () => sessionStorage.getItem(PERMIT_KEY),
    set: (permit: string) => sessionStorage.setItem(PERMIT_KEY, permit),
  };
  answerAppTabs(cluster, wire, permits);

  const worker = setupWorker(
    ...tunnelLink(() => wire, jar),
    http.all('*', ({ request }) => {
      const url = new URL(request.url);
      // Nothing of the demo reaches for the visitor's own machine.
      if (url.origin === LOCAL_PROXY) return wire.handleLocalProxy(request);
      if (url.origin === GITHUB_API) return answerGithub(url);
      const front = appProxyFrontOf(cluster, url);
      if (front) return wire.handleAppProxy(request, front.path, { port: front.port, permits });
      if (url.origin !== location.origin || !/^\/(?:func|server)(?:\/|$)|^\/config\.toml$/.test(url.pathname)) return undefined;
      return wire.handle(request, { front: 'webserver', jar });
    }),
  );
  await worker.start({ serviceWorker: { url: '/mockServiceWorker.js' }, onUnhandledRequest: 'bypass', quiet: true });

  function save(): void {
    if (forgetting) return;
    try {
      const saved: Saved = { at: Date.now(), snapshot: cluster.snapshot() };
      sessionStorage.setItem(STATE_KEY, JSON.stringify(saved));
    } catch {
      // The tab's storage is full: the demo goes on, it just starts over at the next load.
      sessionStorage.removeItem(STATE_KEY);
    }
  }

  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    cluster.advance(Math.min(now - last, MAX_CATCH_UP_MS) * speed);
    last = now;
  }, TICK_MS);
  setInterval(save, SAVE_MS);
  addEventListener('pagehide', save);

  const controls: DemoControls = {
    accounts: demoAccounts,
    cluster,
    faults: cluster.faults,
    version,
    versions: VERSIONS,
    get speed() {
      return speed;
    },
    startOver(otherVersion) {
      forgetting = true;
      for (const key of [STATE_KEY, COOKIE_KEY, PERMIT_KEY]) sessionStorage.removeItem(key);
      sessionStorage.setItem(VERSION_KEY, otherVersion ?? version);
      location.assign('/');
    },
    advance: (by) => cluster.advance(by),
    setSpeed(changed) {
      speed = changed;
      sessionStorage.setItem(SPEED_KEY, String(changed));
    },
    dropStreams: () => wire.dropStreams(),
    openStreams: () => wire.openStreams(),
    expireLogin() {
      for (const login of Object.values(cluster.state.loginSessions)) cluster.accounts.logout(login.id);
    },
  };
  window.__baiDemo = controls;
  mountDemoPanel(controls);
  return controls;
}
