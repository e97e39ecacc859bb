import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './notification-bell.module.css';
import { useNotifications } from './notification-store';

/** The dot tells that something is still going on (ACC-066). */
export function NotificationBell({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const pending = useNotifications().filter((item) => item.pending).length;
  const label = pending > 0 ? t('frame.notifications.openPending', { count: pending }) : t('frame.notifications.open');
  return (
    <span className={styles.root} data-pending={pending > 0 || undefined}>
      <Button type="text" icon={<BellOutlined aria-hidden />} aria-label={label} data-hint={label} aria-keyshortcuts="]" onClick={onOpen} />
    </span>
  );
}
