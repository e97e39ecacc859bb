import { CheckOutlined, CloseOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { Modal } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import type { SessionRow } from '../client/sessions-types';
import { ActionButton } from '../ui/action-button';
import { useReturnFocus } from '../ui/return-focus';
import { TimeText } from '../ui/time-text';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useAgentsShown } from './console-context';
import styles from './session-explanation.module.css';
import { checkText, reasonText } from './session-explanation-words';
import { hasExplanation, isExplained } from './session-words';
import { StatusTag } from './status-tag';
import { Waiting } from './waiting';

const SchedulingHistory = lazy(() => import('./scheduling-history').then((module) => ({ default: module.SchedulingHistory })));

const infoIcon = <InfoCircleOutlined aria-hidden />;

function Checks({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const scheduler = session.statusData?.scheduler;
  if (!scheduler) return null;
  const { failed, passed } = scheduler;
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('sessions.explanation.retries')}</dt>
        <dd>{scheduler.retries ?? '-'}</dd>
        <dt>{t('sessions.explanation.lastTry')}</dt>
        <dd>{scheduler.lastTry === null ? '-' : <TimeText value={scheduler.lastTry} />}</dd>
        {scheduler.message ? (
          <>
            <dt>{t('sessions.explanation.message')}</dt>
            <dd>{scheduler.message}</dd>
          </>
        ) : null}
      </dl>
      {failed.length + passed.length > 0 ? (
        <section>
          <h3 className={styles.heading}>{t('sessions.explanation.checks')}</h3>
          <p className={styles.note}>
            {t('sessions.explanation.checkCount', { failed: failed.length, passed: passed.length })}
          </p>
          <ul className={styles.checks}>
            {failed.map((check, index) => (
              <li key={`f${index}`} className={styles.failed}>
                <CloseOutlined aria-label={t('sessions.explanation.failed')} />
                <div>
                  <code>{check.name}</code>
                  <div>{checkText(t, check.name) ?? t('sessions.explanation.otherCheck')}</div>
                  {check.message ? <div className={styles.message}>{check.message}</div> : null}
                </div>
              </li>
            ))}
            {passed.map((check, index) => (
              <li key={`p${index}`} className={styles.passed}>
                <CheckOutlined aria-label={t('sessions.explanation.passed')} />
                <code>{check.name}</code>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function Errors({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const agentsShown = useAgentsShown();
  const errors = session.statusData?.errors ?? [];
  if (errors.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('sessions.explanation.errors', { count: errors.length })}</h3>
      {errors.map((error, index) => (
        <div key={index} className={styles.error}>
          <strong>{error.name ?? t('sessions.explanation.unnamedError')}</strong>
          {error.agentId && agentsShown ? <span className={styles.note}>{t('sessions.explanation.onAgent', { agent: error.agentId })}</span> : null}
          {error.message ? <p className={styles.message}>{error.message}</p> : null}
          {error.traceback ? (
            <details>
              <summary>{t('sessions.explanation.traceback')}</summary>
              <pre className={styles.traceback} tabIndex={0}>
                {error.traceback}
              </pre>
            </details>
          ) : null}
        </div>
      ))}
    </section>
  );
}

/** SES-201…203: everything that the manager tells about a status, in words. */
export function SessionExplanation({ session, onLeave }: { session: SessionRow; onLeave?: () => void }) {
  const { t } = useTranslation();
  const { statusData } = session;
  return (
    <div className={styles.body}>
      <p className={styles.lead}>
        <StatusTag status={session.status} /> {session.statusInfo ? reasonText(t, session.statusInfo) : null}
      </p>
      {session.statusInfo ? (
        <p className={styles.note}>
          {t('sessions.explanation.managerSays')} <code>{session.statusInfo}</code>
        </p>
      ) : null}
      {session.status === 'PENDING' ? <Waiting session={session} onLeave={onLeave} /> : null}
      {can('schedulingHistory') ? (
        <Suspense fallback={null}>
          {/* It tells the checks as steps of its own. */}
          <SchedulingHistory sessionId={session.id} otherwise={<Checks session={session} />} />
        </Suspense>
      ) : (
        <Checks session={session} />
      )}
      <Errors session={session} />
      {statusData && (statusData.kernelExitCode !== null || statusData.sessionStatus !== null) ? (
        <dl className={styles.facts}>
          <dt>{t('sessions.explanation.exitCode')}</dt>
          <dd>{statusData.kernelExitCode ?? '-'}</dd>
          <dt>{t('sessions.explanation.sessionStatus')}</dt>
          <dd>{statusData.sessionStatus ?? '-'}</dd>
        </dl>
      ) : null}
    </div>
  );
}

function ExplanationDialog({ session, onClose }: { session: SessionRow; onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Modal open title={t('sessions.explanation.title', { name: session.name })} footer={null} width={can('schedulingHistory') ? 960 : undefined} onCancel={onClose}>
      <SessionExplanation session={session} onLeave={onClose} />
    </Modal>
  );
}

/** SES-016: beside the status of a waiting session. */
function QueuePlace({ position }: { position: number }) {
  const { t } = useTranslation();
  const words = t('sessions.explanation.queuePosition', { position });
  return (
    <span className={styles.place} data-hint={words}>
      <span aria-hidden>{t('sessions.explanation.placeShort', { position })}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  );
}

/** SES-200: the tag, the reason beside it, and a button for the whole explanation where there is one. */
export function SessionStatus({ session, compact = false }: { session: SessionRow; compact?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const explained = hasExplanation(session) || (can('schedulingHistory') && isExplained(session.status));
  return (
    <span className={styles.status}>
      <StatusTag status={session.status} />
      {session.status === 'PENDING' && session.queuePosition !== null && !compact ? <QueuePlace position={session.queuePosition + 1} /> : null}
      {session.statusInfo && !compact ? (
        <span className={styles.info} data-hint={reasonText(t, session.statusInfo)}>
          {session.statusInfo}
        </span>
      ) : null}
      {explained ? (
        <ActionButton type="text" size="small" icon={infoIcon} hint={t('sessions.explanation.open', { name: session.name })} onClick={() => setOpen(true)} />
      ) : null}
      {explained && open ? <ExplanationDialog session={session} onClose={() => setOpen(false)} /> : null}
    </span>
  );
}
