/**
 * The whole console over the simulated cluster, as a browser would have it.
 *
 *   const { user, sim } = await renderConsole({ path: '/session', as: 'user' });
 *   await screen.findByRole('heading', { name: 'Sessions' });
 *   await user.click(screen.getByRole('button', { name: 'Start' }));
 *   sim.cluster.advance('30s');                 // the cluster's time; nothing happens there by itself
 *   sim.faults.add({ match: 'Sessions', kind: 'status', status: 502 });
 *   sim.requests.filter((request) => request.operation === 'Sessions');
 *   screen.debug(); window.location.search;     // the real router over the window's own address
 *
 * - It is a plain *user* unless said otherwise; `as: null` shows the log-in page.
 * - Ends by itself after each test: cluster, log-in, storages, address. An unknown call fails the test.
 * - `config` goes over what the webserver writes into config.toml: `{ menu: { blocklist: 'session' } }`.
 * - `language: 'ko'`, `theme: 'dark'`, `width: 360` set up the browser.
 */
import { act } from '@testing-library/react';
import { waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import type { UserEvent } from '@testing-library/user-event';
import { onTestFinished } from 'vitest';
import type { ConfigOverrides } from '../../mocks/wire/config-toml';
import { startSimulation } from '../../mocks/node';
import type { Simulation } from '../../mocks/node';
import { startConsole } from '../../src/app/start';
import { authStore } from '../../src/client/auth-store';
import { forgetNotifications } from '../../src/parts/notification-store';
import { forgetToasts } from '../../src/ui/toast';

export type Account = 'user' | 'user2' | 'domainAdmin' | 'admin' | 'monitor';

export interface RenderConsoleOptions {
  path?: string;
  as?: Account | null;
  /** Of the manager, `25.5.0` unless said. */
  version?: string;
  seed?: 'demo' | 'empty' | 'large';
  /** How many sessions the seed has (see the cluster's options). */
  sessions?: number;
  config?: ConfigOverrides;
  language?: string;
  theme?: 'light' | 'dark';
  /** Of the window, in pixels. */
  width?: number;
  /** Changes the cluster before the page sees it. */
  prepare?: (sim: Simulation) => void;
}

export interface RenderedConsole {
  user: UserEvent;
  sim: Simulation;
  cluster: Simulation['cluster'];
  faults: Simulation['faults'];
  /** Takes the page away before the test ends, e.g. to open it anew with `reopen`. */
  unmount: () => void;
  /** What a reload of the tab does: storages and cookie stay. */
  reload: (path?: string) => Promise<void>;
}

/** Ends the console that stands now: there is one at a time, as in a tab. */
let endCurrent: () => void = () => undefined;

const accounts: Record<Account, string> = { user: 'user', user2: 'user2', domainAdmin: 'domain-admin', admin: 'admin', monitor: 'monitor' };

export async function renderConsole(options: RenderConsoleOptions = {}): Promise<RenderedConsole> {
  const { path = '/', as = 'user', version, seed, sessions, config, language = 'en', theme = 'light', width = 1280, prepare } = options;
  endCurrent();
  const sim = startSimulation({ version, seed, sessions, config });
  window.localStorage.clear();
  window.sessionStorage.clear();
  window.localStorage.setItem('bai.language', JSON.stringify(language));
  window.localStorage.setItem('bai.themeMode', JSON.stringify(theme));
  Object.defineProperty(window, 'innerWidth', { value: width, configurable: true, writable: true });
  if (as) sim.loginAs(accounts[as]);
  prepare?.(sim);

  let unmount = await open(path);
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    endCurrent = () => undefined;
    unmount();
    authStore.reset();
    forgetNotifications();
    forgetToasts();
    sim.stop();
    window.localStorage.clear();
    window.sessionStorage.clear();
    window.history.replaceState(null, '', '/');
  };
  endCurrent = end;
  onTestFinished(end);
  return {
    user: userEvent.setup({ delay: null }),
    sim,
    cluster: sim.cluster,
    faults: sim.faults,
    unmount: () => unmount(),
    reload: async (next) => {
      unmount();
      unmount = await open(next ?? window.location.pathname + window.location.search);
    },
  };
}

/** Mounts the console at `path`; resolves once it is past its start. */
async function open(path: string): Promise<() => void> {
  window.history.replaceState(null, '', path);
  authStore.reset();
  const element = document.createElement('div');
  element.id = 'root';
  document.body.append(element);
  const root = await act(() => startConsole(element));
  await waitFor(() => {
    if (authStore.get().phase === 'starting') throw new Error('the console is still starting');
  });
  let mounted = true;
  return () => {
    if (!mounted) return;
    mounted = false;
    act(() => root.unmount());
    element.remove();
  };
}
