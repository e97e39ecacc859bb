import { Button } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import type { SessionRow } from '../client/sessions';
import { formatDuration } from '../lib/time';
import { useFormat } from '../ui/use-format';
import styles from './session-drawer.module.css';
import { statusSteps } from './session-words';
import { StatusTag } from './status-tag';

const SchedulingHistory = lazy(() => import('./scheduling-history').then((module) => ({ default: module.SchedulingHistory })));

/** SES-205: when each status was reached and how long it lasted. */
export function SessionHistory({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  // To the second: these steps follow each other quickly.
  const moment = new Intl.DateTimeFormat(format.locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const steps = statusSteps(session.statusHistory);
  if (steps.length === 0) return null;
  return (
    <section>
      <h3 className={styles.subheading}>{t('sessions.history.title')}</h3>
      <ol className={styles.history}>
        {steps.map((step) => (
          <li key={step.status}>
            <StatusTag status={step.status} past={step.lasted !== null} />
            <time dateTime={new Date(step.at).toISOString()} title={format.exact(step.at)}>
              {moment.format(step.at)}
            </time>
            <span className={styles.note}>
              {step.lasted === null ? '' : t('sessions.history.lasted', { duration: formatDuration(step.lasted / 1000, format.locale) })}
            </span>
          </li>
        ))}
      </ol>
      {can('schedulingHistory') ? <More sessionId={session.id} /> : null}
    </section>
  );
}

/** SES-204: what the scheduler did, asked for only when somebody wants to know. */
function More({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.more}>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('sessions.scheduling.hide') : t('sessions.scheduling.show')}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <SchedulingHistory sessionId={sessionId} />
        </Suspense>
      ) : null}
    </div>
  );
}
