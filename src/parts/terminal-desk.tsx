import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionRules } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { useMe } from './console-context';
import { refusalText } from './session-refusals';
import { useTerminalSettings } from './terminal-settings';
import { TerminalView } from './terminal-view';
import styles from './terminal.module.css';

export interface TerminalDeskProps {
  /** From the address: may be anything (SEC-10). */
  sessionId: string;
  hidden?: boolean;
  /** At the end of the terminal's bar. */
  children?: ReactNode;
}

/** A session's terminal, or why there is none. It begins by itself once the session runs. */
export function TerminalDesk({ sessionId, hidden = false, children }: TerminalDeskProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [settings, changeSettings] = useTerminalSettings();
  const { data: session, error, refetch, isFetching } = useQuery(sessionQueries.detail(sessionId, { watch: true }));
  if (session) {
    const reason = refusalText(t, sessionRules.apps(session, me));
    if (reason === null) {
      return (
        <TerminalView session={session} settings={settings} onSettings={changeSettings} hidden={hidden}>
          {children}
        </TerminalView>
      );
    }
    return <Nothing hidden={hidden} title={t('sessions.terminal.none', { name: session.name })} description={reason} />;
  }
  if (session === null) return <Nothing hidden={hidden} title={t('sessions.detail.notFound')} description={t('sessions.detail.notFoundHint')} />;
  return (
    <div className={styles.view} hidden={hidden}>
      {error ? (
        <ErrorPanel error={error} title={t('sessions.detail.loadFailed')} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} aria-label={t('sessions.detail.loading')} />
      )}
    </div>
  );
}

function Nothing({ title, description, hidden }: { title: string; description: ReactNode; hidden: boolean }) {
  return (
    <div className={styles.view} hidden={hidden}>
      <EmptyState title={title} description={description} />
    </div>
  );
}
