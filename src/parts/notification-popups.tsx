import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../ui/announcer';
import { NotificationCard } from './notification-card';
import styles from './notification-popups.module.css';
import { closeNotification, useNotifications } from './notification-store';
import type { ConsoleNotification } from './notification-store';

const WorkFollower = lazy(() => import('./task-notification').then((module) => ({ default: module.WorkFollower })));

const SHOWN_MS = 6000;
const MAX_SHOWN = 3;

/** New events at the bottom right for a few seconds; what still runs stays until it ends or is closed (ACC-066). */
export function NotificationPopups() {
  const { t } = useTranslation();
  const all = useNotifications();
  const open = all.filter((item) => item.open).slice(0, MAX_SHOWN);
  useAnnounced(open);
  return (
    <section className={styles.stack} aria-label={t('frame.notifications.new')}>
      {open.map((item) => (
        <Popup key={item.key} notification={item} />
      ))}
      <Suspense fallback={null}>
        {all.map(({ key, pending, work }) => (pending && work ? <WorkFollower key={`${key}-${work.id}`} entry={key} work={work} /> : null))}
      </Suspense>
    </section>
  );
}

/** Said once each; the region is not live itself, or every step of a progress would be read out. */
function useAnnounced(open: readonly ConsoleNotification[]): void {
  const said = useRef(new Set<string>());
  useEffect(() => {
    for (const { key, title, description, createdAt } of open) {
      const mark = `${key}@${createdAt}`;
      if (said.current.has(mark)) continue;
      said.current.add(mark);
      announce([title, description].filter(Boolean).join(' '));
    }
  }, [open]);
}

function Popup({ notification }: { notification: ConsoleNotification }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const { key, pending, createdAt, kind } = notification;
  // A failure, a warning, and what asks for an answer, waits to be read; a session's card goes with its session
  // (SES-132).
  const lasting = pending || kind === 'session' || kind === 'error' || kind === 'warning' || Boolean(notification.actions?.length);
  useEffect(() => {
    if (held || lasting) return;
    const timer = setTimeout(() => closeNotification(key), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, lasting, key, createdAt]);
  return (
    <div
      className={styles.popup}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <NotificationCard notification={notification} closeLabel={t('frame.notifications.close')} onClose={() => closeNotification(key)} />
    </div>
  );
}
