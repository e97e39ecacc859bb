import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { AppAutoOpen } from '../../parts/app-auto-open';
import { HistoryButton } from '../../parts/history-button';
import { useSessionPanels } from '../../parts/session-panels';
import { SessionStartCards } from '../../parts/session-start-cards';
import { SessionWindows } from '../../parts/session-windows';
import { PageHeader } from '../../ui/page-header';
import styles from './list-page.module.css';
import { SessionList } from './session-list';

/** SES-001: the sessions of the current project, what is left to start more, and the panels about one of them. */
export function SessionsPage() {
  const { t } = useTranslation();
  const panels = useSessionPanels();
  const listId = useId();
  return (
    <div className={styles.page}>
      <PageHeader title={t('sessions.list.title')} actions={<HistoryButton />} />
      <SessionStartCards />
      <SessionList id={listId} panels={panels} />
      <SessionWindows panels={panels} />
      <AppAutoOpen panels={panels} />
    </div>
  );
}
