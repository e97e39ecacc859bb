import { AppstoreOutlined, CodeOutlined, FileTextOutlined, PoweroffOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { sessionRules } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import type { SessionRow } from '../client/sessions';
import { paths } from '../lib/paths';
import { ActionButton } from '../ui/action-button';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { StaleNote } from '../ui/stale-note';
import { useMe } from './console-context';
import styles from './session-drawer.module.css';
import { CommitAction } from './session-commit';
import { SessionFacts } from './session-facts';
import { SessionGraph } from './session-graph';
import { SessionHistory } from './session-history';
import { SessionKernels } from './session-kernels';
import { SessionLaunchMenu } from './session-launch-menu';
import { refusalText } from './session-refusals';
import { SessionName } from './session-rename';
import { SessionUsage } from './session-usage';
import { TerminateDialog } from './terminate-dialog';

export interface SessionDrawerProps {
  /** From the address: may be anything (SEC-10); null = closed. */
  sessionId: string | null;
  onClose: () => void;
  onLogs: (sessionId: string, kernelId?: string) => void;
  onApps: (sessionId: string) => void;
  onTerminal: (sessionId: string) => void;
}

/** The detail panel (SES-250). It opens cold, from its address alone. */
export function SessionDrawer({ sessionId, onClose, onLogs, onApps, onTerminal }: SessionDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={sessionId !== null}
      onClose={onClose}
      size={720}
      title={t('sessions.detail.title')}
      closable={{ 'aria-label': t('sessions.detail.close') }}
      classNames={{ body: styles.body, section: styles.section }}
      destroyOnHidden
    >
      {sessionId === null ? null : <Panel key={sessionId} sessionId={sessionId} onLogs={onLogs} onApps={onApps} onTerminal={onTerminal} />}
    </Drawer>
  );
}

type Opening = Pick<SessionDrawerProps, 'onLogs' | 'onApps' | 'onTerminal'>;

function Panel({ sessionId, onLogs, onApps, onTerminal }: { sessionId: string } & Opening) {
  const { t } = useTranslation();
  const query = useQuery(sessionQueries.detail(sessionId, { watch: true }));
  const { data: session, error, refetch, isFetching, dataUpdatedAt } = query;
  if (session === undefined) {
    return error ? (
      <ErrorPanel error={error} title={t('sessions.detail.loadFailed')} onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <Skeleton active title paragraph={{ rows: 8 }} aria-label={t('sessions.detail.loading')} />
    );
  }
  if (session === null) {
    return (
      <EmptyState
        title={t('sessions.detail.notFound')}
        description={t('sessions.detail.notFoundHint')}
        action={<Link to={paths.sessions()}>{t('sessions.detail.toList')}</Link>}
      />
    );
  }
  return (
    <>
      <StaleNote error={error} updatedAt={dataUpdatedAt} onRetry={() => void refetch()} />
      <Head session={session} onLogs={onLogs} onApps={onApps} onTerminal={onTerminal} />
      <SessionFacts session={session} />
      <SessionUsage session={session} />
      <SessionKernels session={session} onLogs={onLogs} />
      <SessionGraph session={session} />
      <SessionHistory session={session} />
    </>
  );
}

function Head({ session, onLogs, onApps, onTerminal }: { session: SessionRow } & Opening) {
  const { t } = useTranslation();
  const me = useMe();
  const [ending, setEnding] = useState<readonly SessionRow[]>([]);
  return (
    <div className={styles.head}>
      <h2 className={styles.heading}>
        <SessionName session={session} />
      </h2>
      <div className={styles.actions}>
        <ActionButton icon={<AppstoreOutlined aria-hidden />} reason={refusalText(t, sessionRules.apps(session, me))} onClick={() => onApps(session.id)}>
          {t('sessions.action.apps')}
        </ActionButton>
        <ActionButton icon={<CodeOutlined aria-hidden />} reason={refusalText(t, sessionRules.apps(session, me))} onClick={() => onTerminal(session.id)}>
          {t('sessions.action.terminal')}
        </ActionButton>
        <ActionButton icon={<FileTextOutlined aria-hidden />} reason={refusalText(t, sessionRules.logs(session, me))} onClick={() => onLogs(session.id)}>
          {t('sessions.action.logs')}
        </ActionButton>
        <CommitAction session={session} />
        <ActionButton
          danger
          icon={<PoweroffOutlined aria-hidden />}
          reason={refusalText(t, sessionRules.forceTerminate(session, me))}
          onClick={() => setEnding([session])}
        >
          {t('sessions.action.terminate')}
        </ActionButton>
        <SessionLaunchMenu session={session} />
      </div>
      <TerminateDialog sessions={ending} onClose={() => setEnding([])} />
    </div>
  );
}
