import { MenuOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router-dom';
import { NotificationBell } from '../../parts/notification-bell';
import { commandKey } from '../../ui/command-key';
import { helpAddress } from '../help-map';
import type { FramePanel } from './frame-state';
import styles from './header.module.css';
import { LanguageMenu } from './language-menu';
import { LiveIndicator } from './live-indicator';
import { ProjectSelect } from './project-select';
import { SessionClock } from './session-clock';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

export interface HeaderProps {
  narrow: boolean;
  openPanel: (panel: FramePanel) => void;
}

/** ACC-065…069 */
export function Header({ narrow, openPanel }: HeaderProps) {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  return (
    <header className={styles.header}>
      {narrow && (
        <Button type="text" icon={<MenuOutlined aria-hidden />} aria-label={t('frame.header.menu')} onClick={() => openPanel('menu')} />
      )}
      <ProjectSelect />
      <LiveIndicator />
      <div className={styles.space} />
      <span className={styles.clock}>
        <SessionClock />
      </span>
      <Button
        type="text"
        className={styles.search}
        icon={<SearchOutlined aria-hidden />}
        aria-label={t('frame.header.search')}
        aria-keyshortcuts="Control+K Meta+K"
        data-hint={t('frame.header.search')}
        onClick={() => openPanel('palette')}
      >
        <kbd className={styles.kbd}>{t('frame.header.searchKey', { key: commandKey })}</kbd>
      </Button>
      <LanguageMenu />
      <ThemeMenu />
      {!narrow && (
        <Button
          type="text"
          icon={<QuestionCircleOutlined aria-hidden />}
          aria-label={t('frame.header.help')}
          data-hint={t('frame.header.help')}
          href={helpAddress(pathname, i18n.language)}
          target="_blank"
          rel="noopener noreferrer"
        />
      )}
      <NotificationBell onOpen={() => openPanel('notifications')} />
      <UserMenu openPanel={openPanel} />
    </header>
  );
}
