import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { isActive, phaseOf } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import type { SessionRow } from '../client/sessions';
import { parseTime } from '../lib/time';
import { paths } from '../lib/paths';
import { useErrorWords } from '../ui/error-words';
import { useNow } from '../ui/use-now';
import { reasonText } from './session-explanation-words';
import { SessionIcons } from './session-icons';
import type { SessionAction } from './session-icons';
import styles from './session-notification.module.css';
import { ResultTag, StatusTag } from './status-tag';
import { TerminateDialog } from './terminate-dialog';
import { Waiting } from './waiting';

/** Waiting is worth a word when it lasts (SES-130). */
const LONG = 10_000;
/** SES-132 */
const CLOSES_AFTER = 5000;

export interface SessionNotificationProps {
  sessionId: string;
  /** Called once, 5 s after the session has ended while this was shown. */
  onEnded?: () => void;
  /** Called once it runs and has nothing left to be waited for. */
  onArrived?: () => void;
  /** Told the session's name, which may be another one than at the launch (SES-300). */
  onNamed?: (name: string) => void;
}

/** Body of a session's notification under its name: its status, followed live, and what can be done with it (SES-130). */
export function SessionNotification({ sessionId, onEnded, onArrived, onNamed }: SessionNotificationProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { data: session, error } = useQuery(sessionQueries.detail(sessionId));
  const ended = session ? !isActive(session.status) : false;
  useEffect(() => {
    if (!ended || !onEnded) return;
    const timer = setTimeout(onEnded, CLOSES_AFTER);
    return () => clearTimeout(timer);
  }, [ended, onEnded]);
  const arrived = session ? session.type !== 'batch' && phaseOf(session.status) === 'running' : false;
  useEffect(() => {
    if (arrived) onArrived?.();
  }, [arrived, onArrived]);
  const name = session?.name;
  useEffect(() => {
    if (name) onNamed?.(name);
  }, [name, onNamed]);
  if (session) return <Body session={session} />;
  if (session === null) return <p className={styles.note}>{t('sessions.detail.notFound')}</p>;
  return <p className={styles.note}>{error ? words(error).summary : t('sessions.detail.loading')}</p>;
}

function LongWait({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  // The server's clock may be ahead of this one: what was watched that long has waited that long.
  const [shownAt] = useState(now);
  const since = Math.min(parseTime(session.createdAt) ?? shownAt, shownAt);
  if (now - since < LONG) return null;
  return (
    <p className={styles.note}>
      {t('sessions.notification.waiting')} <Waiting session={session} short />
    </p>
  );
}

function Body({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [ending, setEnding] = useState<readonly SessionRow[]>([]);
  const act = (action: SessionAction) => {
    if (action === 'terminate') return setEnding([session]);
    const window = { apps: { apps: 'open' }, terminal: { terminal: 'main' }, logs: { logs: 'main' } } as const;
    void navigate(paths.sessions({ sessionDetail: session.id, ...window[action] }));
  };
  return (
    <div className={styles.body}>
      {session.status === 'PENDING' ? <LongWait session={session} /> : null}
      {session.status === 'ERROR' || session.status === 'CANCELLED' ? (
        <p className={styles.note}>{session.statusInfo ? reasonText(t, session.statusInfo) : null}</p>
      ) : null}
      <div className={styles.foot}>
        <span role="status" className={styles.status}>
          <StatusTag status={session.status} />
          {session.type === 'batch' && session.result !== null && session.result !== 'UNDEFINED' ? <ResultTag result={session.result} /> : null}
        </span>
        <span className={styles.actions}>
          <SessionIcons session={session} onAct={act} />
        </span>
      </div>
      <TerminateDialog sessions={ending} onClose={() => setEnding([])} />
    </div>
  );
}
