import { Suspense, lazy } from 'react';
import type { ReactElement } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import type { RouteObject } from 'react-router-dom';
import { readOlderBadge } from '../lib/import-links';
import { paths } from '../lib/paths';
import { CrashPanelRoute } from './crash-route';
import { NotFoundPage, UnauthorizedPage } from './error-page';
import { Frame } from './frame/frame';
import { Home } from './home';
import type { PageKey } from './menu';
import { PageGate } from './page-gate';
import { Splash } from './splash';

const StartPage = lazy(() => import('../pages/start/start-page').then((module) => ({ default: module.StartPage })));
const ImportPage = lazy(() => import('../pages/import/import-page').then((module) => ({ default: module.ImportPage })));
const SessionsPage = lazy(() => import('../pages/sessions/list-page').then((module) => ({ default: module.SessionsPage })));
const SchedulerPage = lazy(() => import('../pages/sessions/scheduler-page').then((module) => ({ default: module.SchedulerPage })));
const LauncherPage = lazy(() => import('../pages/launcher/launcher-page').then((module) => ({ default: module.LauncherPage })));

const TerminalPage = lazy(() => import('../pages/terminal/terminal-page').then((module) => ({ default: module.TerminalPage })));

const MyEnvironmentsPage = lazy(() =>
  import('../pages/my-environment/my-environments-page').then((module) => ({ default: module.MyEnvironmentsPage })),
);

const HelpPage = lazy(() => import('./help-page').then((module) => ({ default: module.HelpPage })));

const page = (key: PageKey, element: ReactElement) => <PageGate page={key}>{element}</PageGate>;

/** The addresses of the table "Menus and pages", as far as their pages are built. */
export const routes: RouteObject[] = [
  // A window of its own: no frame around it.
  { path: '/session/:sessionId/terminal', element: page('session', <TerminalPage />), errorElement: <CrashPanelRoute /> },
  {
    path: '/',
    element: <Frame />,
    errorElement: <CrashPanelRoute />,
    children: [
      { index: true, element: <Home /> },
      { path: 'start', element: page('start', <StartPage />) },
      { path: 'session', element: page('session', <SessionsPage />) },
      { path: 'session/start', element: page('session', <LauncherPage />) },
      { path: 'scheduler', element: page('scheduler', <SchedulerPage />) },
      { path: 'import', element: page('import', <ImportPage />) },
      { path: 'github', element: <OlderBadge /> },
      { path: 'my-environment', element: page('my-environment', <MyEnvironmentsPage />) },
      {
        path: 'help',
        element: (
          <Suspense fallback={<Splash />}>
            <HelpPage />
          </Suspense>
        ),
      },
      { path: 'job/*', element: <OlderAddress to={paths.sessions()} /> },
      { path: 'unauthorized', element: <UnauthorizedPage /> },
      { path: 'error', element: <NotFoundPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

/** Badges of older consoles: `/github?<owner/repository/branch/path>` (SES-R95). */
function OlderBadge() {
  const { search } = useLocation();
  const url = readOlderBadge(search);
  return <Navigate to={paths.start(url === null ? {} : { type: 'url', data: JSON.stringify({ url }) })} replace />;
}

/** Bookmarks of older consoles go on working, what they ask for included. */
function OlderAddress({ to }: { to: string }) {
  const { search } = useLocation();
  return <Navigate to={to + search} replace />;
}
