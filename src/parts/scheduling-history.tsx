import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, DownOutlined, MinusCircleOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { schedulingHistoryQueries } from '../client/scheduling-history';
import type { SchedulingStep, SchedulingSubStep } from '../client/scheduling-history';
import { formatDuration, parseTime } from '../lib/time';
import { ErrorPanel } from '../ui/error-panel';
import { useFormat } from '../ui/use-format';
import styles from './scheduling-history.module.css';
import { checkText } from './session-explanation-words';

const icons: Record<string, ReactNode> = {
  SUCCESS: <CheckCircleOutlined />,
  FAILURE: <CloseCircleOutlined />,
  GIVE_UP: <CloseCircleOutlined />,
  EXPIRED: <CloseCircleOutlined />,
  NEED_RETRY: <ClockCircleOutlined />,
  STALE: <MinusCircleOutlined />,
  SKIPPED: <MinusCircleOutlined />,
};
const tones: Record<string, string> = { SUCCESS: 'success', FAILURE: 'error', GIVE_UP: 'error', EXPIRED: 'error', NEED_RETRY: 'warning' };

/** The manager's own word, with a shape beside it (A11-03). */
function Result({ result }: { result: string }) {
  return (
    <span className={styles.result} data-tone={tones[result]}>
      <span aria-hidden>{icons[result] ?? <MinusCircleOutlined />}</span>
      {result}
    </span>
  );
}

/** SES-204: what the scheduler did with the session, newest first; the checks of a step unfold. */
export function SchedulingHistory({ sessionId, otherwise }: { sessionId: string; /** Shown where it can't be had. */ otherwise?: ReactNode }) {
  const { t } = useTranslation();
  const { data, error, refetch, isFetching } = useQuery(schedulingHistoryQueries.of(sessionId));
  if (data === undefined) {
    return error ? (
      <>
        <ErrorPanel error={error} title={t('sessions.scheduling.failed')} onRetry={() => void refetch()} retrying={isFetching} />
        {otherwise}
      </>
    ) : (
      <Skeleton active title={false} paragraph={{ rows: 4 }} aria-label={t('sessions.scheduling.title')} />
    );
  }
  return (
    <section>
      <h3 className={styles.heading}>{t('sessions.scheduling.title')}</h3>
      {data.steps.length === 0 ? (
        <p className={styles.note}>{t('sessions.scheduling.empty')}</p>
      ) : (
        <div className={styles.scroll} role="region" tabIndex={0} aria-label={t('sessions.scheduling.title')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('sessions.scheduling.phase')}</th>
                <th scope="col">{t('sessions.scheduling.change')}</th>
                <th scope="col">{t('sessions.scheduling.result')}</th>
                <th scope="col" data-align="end">
                  {t('sessions.scheduling.attempts')}
                </th>
                <th scope="col">{t('sessions.scheduling.time')}</th>
              </tr>
            </thead>
            {data.steps.map((step, index) => (
              // Counted from the oldest: what comes on top leaves the others as they were unfolded (UX-10).
              <Step key={data.total - index} step={step} />
            ))}
          </table>
        </div>
      )}
      {data.total > data.steps.length ? <p className={styles.note}>{t('sessions.scheduling.cut', { shown: data.steps.length, count: data.total })}</p> : null}
    </section>
  );
}

function Step({ step }: { step: SchedulingStep }) {
  const { t } = useTranslation();
  const { exact, locale } = useFormat();
  const id = useId();
  // What went wrong is what one came to see.
  const [open, setOpen] = useState(step.result !== 'SUCCESS' && step.subSteps.length > 0);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const [first, last] = [parseTime(step.createdAt), parseTime(step.updatedAt)];
  const lasted = first !== null && last !== null && last - first >= 1000 ? formatDuration((last - first) / 1000, locale) : null;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup">
          {step.subSteps.length > 0 ? (
            <button
              type="button"
              className={styles.fold}
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              aria-label={t('sessions.scheduling.subSteps', { phase: step.phase, count: step.subSteps.length })}
              onClick={() => setOpen(!open)}
            >
              {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
            </button>
          ) : null}
          <code>{step.phase}</code>
        </th>
        <td>{step.toStatus === null || step.toStatus === step.fromStatus ? (step.fromStatus ?? '-') : `${step.fromStatus ?? '-'} → ${step.toStatus}`}</td>
        <td>
          <Result result={step.result} />
        </td>
        <td data-align="end">{step.attempts}</td>
        <td>
          {first === null ? (
            '-'
          ) : (
            <time dateTime={new Date(first).toISOString()} title={exact(first)}>
              {moment.format(first)}
            </time>
          )}
          {lasted ? <div className={styles.note}>{t('sessions.history.lasted', { duration: lasted })}</div> : null}
        </td>
      </tr>
      {step.message || step.errorCode ? (
        <tr>
          <td colSpan={5} className={styles.below}>
            {step.message}
            {step.errorCode ? <div className={styles.note}>{step.errorCode}</div> : null}
          </td>
        </tr>
      ) : null}
      {open ? (
        <tr id={id}>
          <td colSpan={5} className={styles.below}>
            <ul className={styles.subSteps}>
              {step.subSteps.map((sub, index) => (
                <SubStep key={`${sub.step}-${index}`} sub={sub} />
              ))}
            </ul>
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

function SubStep({ sub }: { sub: SchedulingSubStep }) {
  const { t } = useTranslation();
  const words = sub.result === 'SUCCESS' ? null : checkText(t, sub.step);
  return (
    <li>
      <Result result={sub.result} />
      <span>
        <code>{sub.step}</code>
        {words ? <div>{words}</div> : null}
        {sub.message ? <div className={styles.note}>{sub.message}</div> : null}
      </span>
    </li>
  );
}
