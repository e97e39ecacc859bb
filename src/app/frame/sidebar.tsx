import { ExportOutlined, InfoCircleOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { safeReturnPath } from '../../lib/safe-path';
import { paths } from '../../lib/paths';
import { useMe, useSiteConfig } from '../../parts/console-context';
import { useReturnFocus } from '../../ui/return-focus';
import { menuFor } from '../menu';
import type { MenuGroup } from '../menu';
import { useThemeFile } from '../theme-file';
import { Logo } from './logo';
import styles from './sidebar.module.css';

/** ACC-061…063 */
export function Sidebar({ collapsed, onToggle, onAbout }: { collapsed: boolean; onToggle: () => void; onAbout: () => void }) {
  const { t } = useTranslation();
  const label = collapsed ? t('frame.sidebar.expand') : t('frame.sidebar.collapse');
  return (
    <aside className={styles.sidebar} data-collapsed={collapsed || undefined}>
      <LogoLink collapsed={collapsed} />
      <MenuList collapsed={collapsed} />
      <button type="button" className={styles.about} aria-label={t('frame.user.about')} data-hint={collapsed ? t('frame.user.about') : undefined} onClick={onAbout}>
        <InfoCircleOutlined aria-hidden />
        {!collapsed && t('frame.user.about')}
      </button>
      <button
        type="button"
        className={styles.toggle}
        aria-label={label}
        aria-expanded={!collapsed}
        aria-keyshortcuts="["
        data-hint={t('frame.sidebar.hint', { label, key: '[' })}
        onClick={onToggle}
      >
        {collapsed ? <RightOutlined aria-hidden /> : <LeftOutlined aria-hidden />}
      </button>
    </aside>
  );
}

/** On a narrow screen the sidebar comes when asked for, and goes with the choice; drawn while it is open. */
export function SidebarDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Drawer open onClose={onClose} placement="left" size={264} title={<Logo />} classNames={{ body: styles.drawer }} aria-label={t('frame.sidebar.label')}>
      <MenuList collapsed={false} onChoose={onClose} />
    </Drawer>
  );
}

/** ACC-008 */
function LogoLink({ collapsed }: { collapsed: boolean }) {
  const href = useThemeFile()?.logo?.href;
  const inside = safeReturnPath(href);
  if (href && !inside && /^https?:\/\//i.test(href)) {
    return (
      <a className={styles.logo} href={href} rel="noopener noreferrer">
        <Logo collapsed={collapsed} />
      </a>
    );
  }
  return (
    <Link className={styles.logo} to={inside ?? paths.home()}>
      <Logo collapsed={collapsed} />
    </Link>
  );
}

function MenuList({ collapsed, onChoose }: { collapsed: boolean; onChoose?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { menu, pipeline } = useSiteConfig();
  const { pathname } = useLocation();
  const items = menuFor(me.role, menu);
  const groups = [...new Set(items.map(({ entry }) => entry.group))];
  return (
    <nav className={styles.nav} aria-label={t('frame.sidebar.label')}>
      {groups.map((group) => (
        <MenuGroupList key={group} group={group} collapsed={collapsed}>
          {items
            .filter(({ entry }) => entry.group === group)
            .map(({ entry, access }) => {
              const name = t(`frame.pages.${entry.key}`);
              return (
                <li key={entry.key}>
                  {access === 'inactive' ? (
                    // Reachable, so that the keyboard learns why it is closed (A11-02).
                    <span className={styles.item} aria-disabled role="link" tabIndex={0} aria-label={name} data-hint={t('frame.sidebar.inactive')}>
                      {entry.icon}
                      {!collapsed && <span className={styles.label}>{name}</span>}
                    </span>
                  ) : (
                    <Link
                      className={styles.item}
                      to={entry.to}
                      aria-current={entry.under.test(pathname) ? 'page' : undefined}
                      aria-label={name}
                      data-hint={collapsed ? name : undefined}
                      onClick={onChoose}
                    >
                      {entry.icon}
                      {!collapsed && <span className={styles.label}>{name}</span>}
                    </Link>
                  )}
                </li>
              );
            })}
        </MenuGroupList>
      ))}
      {/^https?:\/\//i.test(pipeline.frontendEndpoint) && !menu.blocklist.includes('pipeline') && (
        <ul className={styles.list}>
          <li>
            <a
              className={styles.item}
              href={pipeline.frontendEndpoint}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t('frame.sidebar.fastTrack')}
              data-hint={collapsed ? t('frame.sidebar.fastTrack') : undefined}
            >
              <ExportOutlined aria-hidden />
              {!collapsed && <span className={styles.label}>{t('frame.pages.pipeline')}</span>}
            </a>
          </li>
        </ul>
      )}
    </nav>
  );
}

function MenuGroupList({ group, collapsed, children }: { group: MenuGroup; collapsed: boolean; children: React.ReactNode }) {
  const { t } = useTranslation();
  const name = t(`frame.groups.${group}`);
  return (
    <section className={styles.group} aria-label={name}>
      <h2 className={styles.heading} data-collapsed={collapsed || undefined} aria-hidden>
        {name}
      </h2>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}
