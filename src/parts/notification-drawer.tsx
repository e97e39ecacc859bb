import { Button, Drawer, Switch } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state';
import { useReturnFocus } from '../ui/return-focus';
import { useDesktopNotices } from './desktop-notices';
import { NotificationCard } from './notification-card';
import styles from './notification-drawer.module.css';
import { clearNotifications, closeNotifications, dismiss, useNotifications } from './notification-store';

const filters = ['all', 'pending'] as const;

/** ACC-066: events and background work of this visit, newest first. */
export function NotificationDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const all = useNotifications();
  const [filter, setFilter] = useState<(typeof filters)[number]>('all');
  const shown = filter === 'all' ? all : all.filter((item) => item.pending);
  // What stands here need not pop up over it.
  useEffect(closeNotifications, [all]);
  return (
    <Drawer
      open
      onClose={onClose}
      size={400}
      title={t('frame.notifications.title')}
      extra={
        <Button size="small" onClick={clearNotifications} disabled={all.length === 0}>
          {t('frame.notifications.clear')}
        </Button>
      }
    >
      <fieldset className={styles.filter}>
        <legend className={styles.legend}>{t('frame.notifications.filter')}</legend>
        {filters.map((item) => (
          <label key={item} className={styles.choice}>
            <input type="radio" name="notification-filter" checked={filter === item} onChange={() => setFilter(item)} />
            <span>{t(`frame.notifications.filters.${item}`)}</span>
          </label>
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <EmptyState title={t(`frame.notifications.empty.${filter}`)} description={t('frame.notifications.emptyText')} />
      ) : (
        <ul className={styles.list} aria-label={t('frame.notifications.title')}>
          {shown.map((item) => (
            <li key={item.key}>
              <NotificationCard notification={item} closeLabel={t('frame.notifications.remove')} onClose={() => dismiss(item.key)} onFollow={onClose} />
            </li>
          ))}
        </ul>
      )}
      <DesktopChoice />
    </Drawer>
  );
}

/** UX-03: the end of long work, told on the desktop too; the browser is asked only when this is switched on. */
function DesktopChoice() {
  const { t } = useTranslation();
  const id = useId();
  const { notices, asking, set } = useDesktopNotices();
  if (notices === 'unsupported') return null;
  return (
    <div className={styles.desktop}>
      <div>
        <label htmlFor={id}>{t('frame.notifications.desktop.label')}</label>
        <p id={`${id}-hint`} className={styles.hint}>
          {notices === 'blocked' ? t('frame.notifications.desktop.blocked') : t('frame.notifications.desktop.hint')}
        </p>
      </div>
      <Switch
        id={id}
        aria-describedby={`${id}-hint`}
        checked={notices === 'on'}
        disabled={notices === 'blocked'}
        loading={asking}
        onChange={(on) => void set(on)}
      />
    </div>
  );
}
