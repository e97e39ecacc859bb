import { BookOutlined, InfoCircleOutlined, LogoutOutlined, QuestionCircleOutlined, UserOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router-dom';
import { authStore } from '../../client/auth-store';
import { paths } from '../../lib/paths';
import { useMe, useSiteConfig } from '../../parts/console-context';
import { ActionMenu } from '../../ui/action-menu';
import type { MenuEntry } from '../../ui/action-menu';
import { helpAddress } from '../help-map';
import type { FramePanel } from './frame-state';
import { masked } from './mask';
import styles from './user-menu.module.css';

/** ACC-069 */
export function UserMenu({ openPanel }: { openPanel: (panel: FramePanel) => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { general } = useSiteConfig();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const show = (text: string) => (general.maskUserInfo ? masked(text) : text);
  const name = show(me.fullName || me.username || me.email);
  const entries: MenuEntry[] = [
    {
      key: 'who',
      heading: (
        <span className={styles.who}>
          <strong>{name}</strong>
          <span>{show(me.email)}</span>
          <span>{t(`frame.roles.${me.role}`)}</span>
        </span>
      ),
    },
    { key: 'line', divider: true },
    { key: 'about', icon: <InfoCircleOutlined aria-hidden />, label: t('frame.user.about'), run: () => openPanel('about') },
    { key: 'account', icon: <UserOutlined aria-hidden />, label: t('frame.user.account'), run: () => openPanel('account') },
    {
      key: 'help',
      icon: <QuestionCircleOutlined aria-hidden />,
      label: t('frame.header.help'),
      run: () => window.open(helpAddress(pathname, i18n.language), '_blank', 'noopener,noreferrer'),
    },
    { key: 'builtInHelp', icon: <BookOutlined aria-hidden />, label: t('help.open'), run: () => void navigate(paths.help()) },
    { key: 'line2', divider: true },
    { key: 'logout', icon: <LogoutOutlined aria-hidden />, label: t('frame.user.logOut'), run: () => void authStore.leave('logged-out') },
  ];
  return (
    <ActionMenu label={t('frame.user.menu')} entries={entries}>
      {(trigger) => (
        <Button {...trigger} type="text" icon={<UserOutlined aria-hidden />} aria-label={t('frame.user.open', { name })} data-hint={t('frame.user.menu')}>
          <span className={styles.name}>{name}</span>
        </Button>
      )}
    </ActionMenu>
  );
}
