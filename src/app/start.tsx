import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { authStore } from '../client/auth-store';
import { loadSiteConfig } from '../client/config';
import { paths } from '../lib/paths';
import { endpointHistory, lastLoginMode } from '../parts/login-endpoint';
import { captureLoginLink } from '../parts/login-link';
import { App } from './app';
import { startI18n } from './i18n';
import { Look } from './look';
import { Splash } from './splash';

/** A server that answers later than this shall not leave the page blank, in ms. */
const patienceMs = 300;

/** Brings the console up inside `element`: configuration and texts first, then the frame while the log-in is tried. */
export async function startConsole(element: HTMLElement): Promise<Root> {
  captureLoginLink();
  const settings = loadSiteConfig();
  await startI18n();
  const root = createRoot(element);
  const late = setTimeout(
    () =>
      root.render(
        <Look>
          <Splash />
        </Look>,
      ),
    patienceMs,
  );
  const { config, problem } = await settings;
  clearTimeout(late);
  root.render(<App config={config} configProblem={problem} />);
  // Where the site names no endpoint, the one typed last is where the log-in may still live (ACC-012, ACC-020).
  await authStore.start(config, {
    endpoint: endpointHistory.list()[0],
    mode: config.general.allowChangeSigninMode ? lastLoginMode.get() : null,
    onKnown: fetchAhead,
  });
  return root;
}

/** What is drawn next, on its way while the manager says who this is (PER-02). Whoever needs it tells where it fails. */
function fetchAhead(): void {
  const parts: Promise<unknown>[] = [import('./signed-in')];
  if (window.location.pathname === paths.sessions()) parts.push(import('../pages/sessions/list-page'));
  void Promise.allSettled(parts);
}
