import { cleanup, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useSyncExternalStore } from 'react';
import { startI18n } from '../../src/app/i18n';
import { LoginScreen } from '../../src/app/login-screen';
import { Look } from '../../src/app/look';
import { ReauthDialog } from '../../src/app/reauth-dialog';
import { authStore } from '../../src/client/auth-store';
import { loadSiteConfig } from '../../src/client/config';
import type { ConfigProblem, SiteConfig } from '../../src/client/config';
import { connection } from '../../src/client/connection';
import { loginGuard } from '../../src/parts/login-guard';
import { startSimulation } from '../../mocks/node';
import type { Simulation, SimulationOptions } from '../../mocks/node';

// What is hidden is also unmounted here, and asking the computed style of every element takes most of the time.
configure({ defaultHidden: true, asyncUtilTimeout: 8000 });

/** Log-in page, a page with a form, and the log-in over it: the gate of the app without its frame. */
function Gate({ config, problem }: { config: SiteConfig; problem: ConfigProblem }) {
  const auth = useSyncExternalStore(authStore.subscribe, authStore.get);
  if (auth.phase === 'starting') return <p>starting</p>;
  if (auth.phase === 'out') return <LoginScreen config={config} configProblem={problem} />;
  return (
    <>
      <p>inside as {auth.me.email}</p>
      <input aria-label="Draft" />
      {auth.phase === 'expired' && <ReauthDialog config={config} />}
    </>
  );
}

let running: Simulation | null = null;

export interface LoginSetup extends SimulationOptions {
  /** In place of what the site's file says. */
  general?: Partial<SiteConfig['general']>;
  /** Before the first request. */
  prepare?: (simulation: Simulation) => void;
  /** A plugin's or a proxy's answers, which the simulated cluster has none of. */
  problem?: ConfigProblem;
}

export async function openLogin({ general, prepare, problem, ...options }: LoginSetup = {}) {
  await startI18n();
  running = startSimulation(options);
  prepare?.(running);
  const loaded = await loadSiteConfig();
  const config = { ...loaded.config, general: { ...loaded.config.general, ...general } };
  const reload: { count: number } = { count: 0 };
  const show = async () => {
    await authStore.start(config, { reload: () => (reload.count += 1) });
    return render(
      <Look>
        <Gate config={config} problem={problem ?? loaded.problem} />
      </Look>,
    );
  };
  const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
  const view = await show();
  /** The page loads anew: what was in memory is gone, what the browser keeps is not. */
  const reopen = async () => {
    cleanup();
    connection.reset();
    await show();
  };
  return { user, view, reload, reopen, simulation: running };
}

export function closeLogin(): void {
  cleanup();
  authStore.reset();
  loginGuard.reset();
  running?.stop();
  running = null;
  localStorage.clear();
  sessionStorage.clear();
  window.history.replaceState(null, '', '/');
}

export const field = {
  id: () => screen.getByLabelText<HTMLInputElement>('E-mail or Username'),
  password: () => screen.getByLabelText<HTMLInputElement>('Password'),
  endpoint: () => screen.getByLabelText<HTMLInputElement>('Endpoint'),
  code: () => screen.getByLabelText<HTMLInputElement>('One-time password'),
};

type User = ReturnType<typeof userEvent.setup>;

/** Types by pasting: a key at a time draws the page as often. Enter, if wanted, is a key. */
export async function fill(user: User, element: HTMLElement, text: string, then = ''): Promise<void> {
  await user.clear(element);
  await user.paste(text);
  if (then) await user.keyboard(then);
}

export const button = (name: string | RegExp) => screen.getByRole('button', { name });

export const logins = (simulation: Simulation) => simulation.requests.filter((request) => request.path === '/server/login');
