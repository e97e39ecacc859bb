import { CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { idleState, orderedChecks } from '../client/idle-rules';
import type { IdleLevel, IdleState } from '../client/idle-rules';
import type { SessionRow } from '../client/sessions-types';
import { formatElapsed } from '../lib/time';
import { HelpHint } from '../ui/help-hint';
import { useFormat } from '../ui/use-format';
import { useNow } from '../ui/use-now';
import styles from './idle-checks.module.css';
import { checkHelp, checkName, resourceName } from './idle-words';

/** A shape of its own for each level: colour alone tells nothing (A11-03). */
const icons: Record<IdleLevel, ReactNode> = {
  fine: <CheckCircleOutlined />,
  low: <ExclamationCircleOutlined />,
  critical: <WarningOutlined />,
};

/** SES-270…273: the configured checks with what is left, counted down between the manager's reports. */
export function IdleChecksFact({ session }: { session: Pick<SessionRow, 'name' | 'idleChecks'> }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const checks = orderedChecks(session.idleChecks);
  if (checks.length === 0) return <>{t('sessions.idle.notSet')}</>;
  return (
    <ul className={styles.checks}>
      {checks.map(([name, check]) => {
        const help = checkHelp(t, name);
        return (
          <li key={name} className={styles.check}>
            <span className={styles.name}>
              {checkName(t, name)}
              {help ? <HelpHint about={checkName(t, name)}>{help}</HelpHint> : null}
            </span>
            <CheckState state={idleState(check, now)} />
          </li>
        );
      })}
    </ul>
  );
}

function Level({ level, icon, children }: { level: IdleLevel | 'none'; icon: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.level} data-level={level}>
      <span aria-hidden>{icon}</span>
      {children}
    </span>
  );
}

function CheckState({ state }: { state: IdleState }) {
  const { t } = useTranslation();
  const { exact } = useFormat();
  switch (state.kind) {
    case 'none':
      return <span>-</span>;
    case 'over':
      return (
        <Level level="critical" icon={icons.critical}>
          {t('sessions.idle.over')}
        </Level>
      );
    case 'counting':
      return (
        <Level level={state.level} icon={icons[state.level]}>
          <time dateTime={new Date(state.endsAt).toISOString()} title={exact(state.endsAt)} className={styles.time}>
            {formatElapsed(state.secondsLeft * 1000)}
          </time>
          <span className={styles.word}>{t(`sessions.idle.timeLevel.${state.level}`)}</span>
        </Level>
      );
    case 'grace':
      return (
        <Level level="none" icon={<ClockCircleOutlined />}>
          <span className={styles.word}>{t('sessions.idle.grace')}</span>
          <time dateTime={new Date(state.endsAt).toISOString()} title={exact(state.endsAt)} className={styles.time}>
            {formatElapsed(state.secondsLeft * 1000)}
          </time>
        </Level>
      );
    case 'watched':
      return <Watched state={state} />;
  }
}

/** SES-271: what is measured stands in a pop-up that pointer and keyboard open alike. */
function Watched({ state }: { state: Extract<IdleState, { kind: 'watched' }> }) {
  const { t } = useTranslation();
  const { level } = state;
  if (level === null) {
    return (
      <Level level="none" icon={<MinusCircleOutlined />}>
        {t('sessions.idle.notMeasured')}
      </Level>
    );
  }
  return (
    <span className={styles.watched}>
      <Level level={level} icon={icons[level]}>
        {t(`sessions.idle.useLevel.${level}`)}
      </Level>
      <Popover trigger="click" title={t('sessions.idle.measured')} content={<Measured state={state} />} destroyOnHidden>
        <Button size="small" className={styles.details}>
          {t('sessions.idle.details')}
        </Button>
      </Popover>
    </span>
  );
}

function Measured({ state }: { state: Extract<IdleState, { kind: 'watched' }> }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const percent = (value: number | null) => (value === null ? '-' : `${number(value, { maximumFractionDigits: 1 })} %`);
  return (
    <div className={styles.measured}>
      <table className={styles.table} aria-label={t('sessions.idle.measured')}>
        <thead>
          <tr>
            <th scope="col">{t('sessions.idle.resource')}</th>
            <th scope="col">{t('sessions.idle.average')}</th>
            <th scope="col">{t('sessions.idle.threshold')}</th>
          </tr>
        </thead>
        <tbody>
          {state.resources.map(({ name, average, threshold, level }) => (
            <tr key={name}>
              <th scope="row">{resourceName(t, name)}</th>
              <td>
                {level === null ? (
                  percent(average)
                ) : (
                  <Level level={level} icon={icons[level]}>
                    {percent(average)}
                  </Level>
                )}
              </td>
              <td>{percent(threshold)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t(`sessions.idle.operator.${state.operator}`)}</p>
    </div>
  );
}
