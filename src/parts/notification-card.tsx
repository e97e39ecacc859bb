import { CheckCircleFilled, CloseCircleFilled, DesktopOutlined, InfoCircleFilled, SyncOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, lazy, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { CloseButton } from '../ui/close-button';
import { ProgressBar } from '../ui/progress-bar';
import { TimeText } from '../ui/time-text';
import styles from './notification-card.module.css';
import { updateNotification } from './notification-store';
import type { ConsoleNotification } from './notification-store';

const SessionNotification = lazy(() => import('./session-notification').then((module) => ({ default: module.SessionNotification })));

const icons = {
  info: InfoCircleFilled,
  success: CheckCircleFilled,
  warning: WarningFilled,
  error: CloseCircleFilled,
  progress: SyncOutlined,
  session: DesktopOutlined,
};

export interface NotificationCardProps {
  notification: ConsoleNotification;
  /** What the cross does: close the pop-up, or remove the entry. */
  closeLabel: string;
  onClose: () => void;
  /** A link was followed. */
  onFollow?: () => void;
}

/** One notification, as it stands in the pop-ups and in the drawer (ACC-066). */
export function NotificationCard({ notification, closeLabel, onClose, onFollow }: NotificationCardProps) {
  const { t } = useTranslation();
  const { key, kind, title, description, link, progress, sessionId, actions, createdAt } = notification;
  const Icon = icons[kind];
  // SES-132: once the session has ended its pop-up goes, the entry stays.
  // Once it runs nothing is in progress any more; a batch session works on to its end (SES-130).
  const arrived = useCallback(() => updateNotification(key, { pending: false }), [key]);
  const ended = useCallback(() => updateNotification(key, { open: false, pending: false }), [key]);
  const named = useCallback((name: string) => name !== title && updateNotification(key, { title: name }), [key, title]);
  return (
    <article className={styles.card} data-kind={kind} aria-label={title}>
      <Icon className={styles.icon} aria-hidden />
      <div className={styles.body}>
        <p className={styles.title}>
          {link ? (
            <Link to={link} onClick={onFollow}>
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        {description && <p className={styles.description}>{description}</p>}
        {sessionId && (
          <Suspense fallback={null}>
            <SessionNotification sessionId={sessionId} onEnded={ended} onArrived={arrived} onNamed={named} />
          </Suspense>
        )}
        {progress !== undefined && <ProgressBar value={progress} label={t('frame.notifications.progress', { title })} />}
        <p className={styles.foot}>
          <TimeText value={createdAt} />
          {actions?.map((action) => (
            <Button key={action.label} size="small" onClick={action.run}>
              {action.label}
            </Button>
          ))}
        </p>
      </div>
      <CloseButton label={t('frame.notifications.named', { action: closeLabel, title })} hint={closeLabel} onClick={onClose} />
    </article>
  );
}
