import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { sessionQueries } from '../../client/sessions';
import { buildFilter } from '../../lib/filter-language';
import { paths } from '../../lib/paths';
import { useProject } from '../../parts/console-context';
import { SessionElapsed } from '../../parts/session-elapsed';
import { StatusTag } from '../../parts/status-tag';
import { StaleNote } from '../../ui/stale-note';
import styles from './start-page.module.css';

const SHOWN = 5;

/** What is running already, to go on with; nothing where nothing runs. It is the list's own first page, so the list is there at once. */
export function LatestSessions() {
  const { t } = useTranslation();
  const project = useProject();
  const { data, error, dataUpdatedAt, refetch } = useQuery(
    sessionQueries.list({
      projectId: project.id,
      type: 'all',
      finished: false,
      page: 1,
      pageSize: 20,
      order: '-created_at',
      filter: buildFilter([]),
      withDependencies: false,
    }),
  );
  if (!data || data.rows.length === 0) return null;
  return (
    <section className={styles.latest} aria-labelledby="start-latest">
      <div className={styles.latestHead}>
        <h2 id="start-latest" className={styles.latestTitle}>
          {t('start.latest')}
        </h2>
        <Link to={paths.sessions()}>{t('start.allSessions', { count: data.total })}</Link>
      </div>
      <StaleNote error={error} updatedAt={dataUpdatedAt} onRetry={() => void refetch()} />
      <ul className={styles.latestList}>
        {data.rows.slice(0, SHOWN).map((session) => (
          <li key={session.id} className={styles.latestRow}>
            <Link to={paths.sessions({ sessionDetail: session.id })} className={styles.latestName}>
              {session.name}
            </Link>
            <StatusTag status={session.status} />
            <span className={styles.latestTime}>
              <SessionElapsed session={session} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
