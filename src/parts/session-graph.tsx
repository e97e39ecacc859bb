import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { sessionGraphQueries } from '../client/session-graph';
import type { RelatedSession } from '../client/session-graph';
import type { SessionRow } from '../client/sessions';
import { paths } from '../lib/paths';
import { useErrorWords } from '../ui/error-words';
import drawer from './session-drawer.module.css';
import styles from './session-graph.module.css';
import { useSessionPanels } from './session-panels';
import { StatusTag } from './status-tag';

/** SES-C07: what the session waits for above it, what waits for it below; nothing where it stands alone. */
export function SessionGraph({ session }: { session: SessionRow }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { data, error, refetch, isFetching } = useQuery(sessionGraphQueries.of(session.id));
  if (data === undefined) {
    return error ? (
      <p className={styles.failed}>
        {t('sessions.graph.failed')} {words(error).summary}
        <Button size="small" loading={isFetching} onClick={() => void refetch()}>
          {t('ui.error.retry')}
        </Button>
      </p>
    ) : null;
  }
  if (data.dependees.length + data.dependents.length === 0) return null;
  return (
    <section>
      <h3 className={drawer.subheading}>{t('sessions.graph.title')}</h3>
      <div className={styles.graph}>
        {data.dependees.length > 0 ? (
          <div>
            <p className={styles.label}>{t('sessions.graph.dependees')}</p>
            <Tree sessions={data.dependees} label={t('sessions.graph.dependees')} />
          </div>
        ) : null}
        {data.dependents.length > 0 ? (
          <div>
            <p className={styles.label}>{t('sessions.graph.dependents')}</p>
            <Tree sessions={data.dependents} label={t('sessions.graph.dependents')} />
          </div>
        ) : null}
      </div>
    </section>
  );
}

/** Nested lists: every reader tells how deep one stands; the lines are drawn by the style sheet. */
function Tree({ sessions, label }: { sessions: readonly RelatedSession[]; label?: string }) {
  const panels = useSessionPanels();
  return (
    <ul className={styles.tree} aria-label={label}>
      {sessions.map(({ id, name, status, next }) => (
        <li key={id}>
          <span className={styles.node}>
            <Link
              to={paths.sessions({ sessionDetail: id })}
              className={styles.name}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
                event.preventDefault();
                panels.openDetail(id);
              }}
            >
              {name}
            </Link>
            <StatusTag status={status} />
          </span>
          {next.length > 0 ? <Tree sessions={next} /> : null}
        </li>
      ))}
    </ul>
  );
}
