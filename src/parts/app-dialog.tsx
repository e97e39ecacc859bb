import { useQuery } from '@tanstack/react-query';
import { Modal, Skeleton } from 'antd';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQueries } from '../client/sessions';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { useReturnFocus } from '../ui/return-focus';

/** The apps with all that opens them are loaded when somebody looks at them (PER-01). */
const AppDialogBody = lazy(async () => ({ default: (await import('./app-dialog-body')).AppDialogBody }));

export interface AppDialogProps {
  /** From the address: may be anything (SEC-10). */
  sessionId: string;
  onLogs: (sessionId: string) => void;
  onClose: () => void;
}

/** The dialog of a session's apps (SES-280). Opens cold from its address. */
export function AppDialog({ sessionId, onLogs, onClose }: AppDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const { data: session, error, refetch, isFetching } = useQuery(sessionQueries.detail(sessionId));
  return (
    <Modal
      open
      footer={null}
      width="min(680px, calc(100vw - 32px))"
      style={{ top: 48 }}
      // Above the detail panel, whichever of the two came first.
      zIndex={1020}
      title={session ? t('apps.title', { name: session.name }) : t('apps.untitled')}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {session ? (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 5 }} />}>
          <AppDialogBody session={session} onLogs={() => onLogs(session.id)} />
        </Suspense>
      ) : session === null ? (
        <EmptyState title={t('sessions.detail.notFound')} description={t('sessions.detail.notFoundHint')} />
      ) : error ? (
        <ErrorPanel error={error} title={t('sessions.detail.loadFailed')} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <Skeleton active paragraph={{ rows: 5 }} />
      )}
    </Modal>
  );
}
