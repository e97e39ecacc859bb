import { useQuery } from '@tanstack/react-query';
import { Modal, Skeleton } from 'antd';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQueries } from '../client/sessions';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { useReturnFocus } from '../ui/return-focus';
import { NARROW, useMedia } from '../ui/use-media';
import styles from './log-viewer.module.css';

/** The reader with its colours and virtual rows is loaded when logs are looked at, not before (PER-01). */
const LogReader = lazy(async () => ({ default: (await import('./log-viewer-reader')).LogReader }));

export interface LogViewerProps {
  sessionId: string;
  /** Kernel id, `main`, `all` or `task`: from the address, so it may be anything. */
  kernel: string;
  /** Also from the address. */
  line: string | null;
  onKernel: (kernelId: string) => void;
  onLine: (line: string | null) => void;
  onClose: () => void;
}

/** The window of container logs (SES-265). Opens cold from its address. */
export function LogViewer({ sessionId, kernel, line, onKernel, onLine, onClose }: LogViewerProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const narrow = useMedia(NARROW);
  const { data: session, error, refetch, isFetching } = useQuery(sessionQueries.detail(sessionId));
  return (
    <Modal
      open
      footer={null}
      width={narrow ? '100vw' : 'min(1440px, calc(100vw - 48px))'}
      style={narrow ? { top: 0, maxWidth: '100vw', margin: 0, padding: 0 } : { top: 24, padding: 0 }}
      classNames={{ container: narrow ? `${styles.window} ${styles.windowWhole}` : styles.window, body: styles.body }}
      // Above the detail panel, whichever of the two came first.
      zIndex={1020}
      title={session ? t('sessions.logs.title', { name: session.name }) : t('sessions.logs.untitled')}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {session ? (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
          <LogReader session={session} kernel={kernel} line={line} onKernel={onKernel} onLine={onLine} />
        </Suspense>
      ) : session === null ? (
        <EmptyState title={t('sessions.detail.notFound')} description={t('sessions.detail.notFoundHint')} />
      ) : error ? (
        <ErrorPanel error={error} title={t('sessions.detail.loadFailed')} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} />
      )}
    </Modal>
  );
}
