import { Suspense, lazy, useEffect, useSyncExternalStore } from 'react';
import { authStore } from '../client/auth-store';
import type { ConfigProblem, SiteConfig } from '../client/config';
import { forgetNotifications } from '../parts/notification-store';
import { Announcer } from '../ui/announcer';
import { forgetToasts } from '../ui/toast';
import { CrashBoundary } from './crash-boundary';
import { Look } from './look';
import { Splash } from './splash';

const LoginScreen = lazy(() => import('./login-screen').then((module) => ({ default: module.LoginScreen })));
const SignedIn = lazy(() => import('./signed-in').then((module) => ({ default: module.SignedIn })));
const ReauthDialog = lazy(() => import('./reauth-dialog').then((module) => ({ default: module.ReauthDialog })));

export interface AppProps {
  config: SiteConfig;
  configProblem: ConfigProblem;
}

export function App(props: AppProps) {
  return (
    <Look>
      <CrashBoundary whole>
        <Suspense fallback={<Splash />}>
          <Gate {...props} />
        </Suspense>
      </CrashBoundary>
      <Announcer />
    </Look>
  );
}

/**
 * The log-in stands before every address (ACC-010) and leaves it as it is, so the page that was asked for opens
 * right after it. A log-in that ran out is asked for over the page, which stays as it is (ACC-053).
 */
function Gate({ config, configProblem }: AppProps) {
  const auth = useSyncExternalStore(authStore.subscribe, authStore.get);
  useEffect(
    () =>
      authStore.onLeave(() => {
        forgetNotifications();
        forgetToasts();
      }),
    [],
  );
  useEffect(() => {
    if (auth.phase === 'out') leaveLogin();
  }, [auth.phase]);
  if (auth.phase === 'starting') return <Splash />;
  if (auth.phase === 'out') return <LoginScreen config={config} configProblem={configProblem} />;
  return (
    <>
      {/* Another account is another frame: nothing of the former one stays. */}
      <SignedIn key={auth.me.uuid} me={auth.me} config={config} />
      {auth.phase === 'expired' && (
        <Suspense fallback={null}>
          <ReauthDialog config={config} />
        </Suspense>
      )}
    </>
  );
}

/** Links of older consoles lead to `/login`; after the log-in there is nothing there. */
function leaveLogin(): void {
  if (window.location.pathname === '/login') window.history.replaceState(null, '', '/');
}

