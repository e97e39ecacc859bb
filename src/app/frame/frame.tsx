import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useLocation } from 'react-router-dom';
import { NotificationPopups } from '../../parts/notification-popups';
import { useSafetyClock } from '../../parts/use-safety-clock';
import { useSessionNews } from '../../parts/use-session-news';
import { requestTitleFocus } from '../../ui/title-focus';
import { Toaster } from '../../ui/toast';
import { NARROW, TIGHT, useMedia } from '../../ui/use-media';
import { CrashBoundary } from '../crash-boundary';
import { AnnouncementBar } from './announcement-bar';
import { ManagerBar } from './manager-bar';
import { PasswordBar } from './password-bar';
import { useKeptFlag } from './frame-state';
import type { FramePanel } from './frame-state';
import styles from './frame.module.css';
import { Header } from './header';
import { Sidebar, SidebarDrawer } from './sidebar';
import { useShortcuts } from './use-shortcuts';

const AboutDialog = lazy(() => import('./about-dialog').then((module) => ({ default: module.AboutDialog })));
const AccountDialog = lazy(() => import('./account-dialog').then((module) => ({ default: module.AccountDialog })));
const CommandPalette = lazy(() => import('./command-palette').then((module) => ({ default: module.CommandPalette })));
const ShortcutsDialog = lazy(() => import('./shortcuts-dialog').then((module) => ({ default: module.ShortcutsDialog })));
const NotificationDrawer = lazy(() => import('../../parts/notification-drawer').then((module) => ({ default: module.NotificationDrawer })));

/** Sidebar, header and bars around every page (ACC-060…074). */
export function Frame() {
  const { t } = useTranslation();
  const narrow = useMedia(NARROW);
  const [collapsed, setCollapsed] = useKeptFlag('sidebarCollapsed', false);
  const [singleKeys, setSingleKeys] = useKeptFlag('singleKeys', true);
  const [panel, setPanel] = useState<FramePanel>(null);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const toggle = (name: FramePanel) => setPanel((open) => (open === name ? null : name));
  const close = () => setPanel(null);
  // On middling screens the sidebar folds by itself; unfolding it there is for the moment.
  const tight = useMedia(TIGHT);
  const [unfolded, setUnfolded] = useState(false);
  const folded = tight ? !unfolded : collapsed;
  const toggleSidebar = () => {
    if (narrow) toggle('menu');
    else if (tight) setUnfolded(!unfolded);
    else setCollapsed(!collapsed);
  };
  useShortcuts({
    keys: { '[': toggleSidebar, ']': () => toggle('notifications'), '?': () => toggle('shortcuts') },
    palette: () => toggle('palette'),
    singleKeys,
  });
  usePageChange(main, pathname);
  useSafetyClock();
  useSessionNews();
  return (
    <div className={styles.frame} data-collapsed={folded || undefined}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('frame.skip')}
      </a>
      {!narrow && <Sidebar collapsed={folded} onToggle={toggleSidebar} onAbout={() => setPanel('about')} />}
      {narrow && panel === 'menu' && <SidebarDrawer onClose={close} />}
      <div className={styles.column}>
        <Header narrow={narrow} openPanel={setPanel} />
        <ManagerBar />
        <PasswordBar onChange={() => setPanel('account')} />
        <AnnouncementBar />
        <main ref={main} id="main" tabIndex={-1} className={styles.main}>
          <CrashBoundary resetKey={pathname}>
            <Outlet />
          </CrashBoundary>
        </main>
      </div>
      <div className={styles.popups}>
        <NotificationPopups />
        <Toaster />
      </div>
      <CrashBoundary resetKey={panel ?? ''}>
        <Suspense fallback={null}>
          {panel === 'notifications' && <NotificationDrawer onClose={close} />}
          {panel === 'about' && <AboutDialog onClose={close} />}
          {panel === 'account' && <AccountDialog onClose={close} />}
          {panel === 'shortcuts' && <ShortcutsDialog onClose={close} singleKeys={singleKeys} onSingleKeys={setSingleKeys} />}
          {panel === 'palette' && <CommandPalette onClose={close} openPanel={setPanel} />}
        </Suspense>
      </CrashBoundary>
      <ScrollRestoration />
    </div>
  );
}

/** Focus goes to the new page's heading; the first page leaves it where the browser put it. */
function usePageChange(main: React.RefObject<HTMLElement | null>, pathname: string): void {
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    requestTitleFocus(main.current);
  }, [main, pathname]);
}
