import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import { sessionQueries } from '../../client/sessions';
import styles from '../../parts/terminal.module.css';
import { useDocumentTitle } from '../../ui/page-header';

const TerminalDesk = lazy(async () => ({ default: (await import('../../parts/terminal-desk')).TerminalDesk }));

/** A terminal with the whole window to itself, without the frame (SES-295). */
export function TerminalPage() {
  const { t } = useTranslation();
  const { sessionId = '' } = useParams();
  const { data: session } = useQuery(sessionQueries.detail(sessionId));
  const title = session ? t('sessions.terminal.of', { name: session.name }) : t('sessions.terminal.title');
  useDocumentTitle(title);
  return (
    <main className={styles.page}>
      <header className={styles.pageHead}>
        <h1 className={styles.pageTitle}>{title}</h1>
      </header>
      <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
        <TerminalDesk key={sessionId} sessionId={sessionId} />
      </Suspense>
    </main>
  );
}
