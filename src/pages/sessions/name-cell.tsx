import { Link } from 'react-router-dom';
import type { SessionRow } from '../../client/sessions';
import { paths } from '../../lib/paths';
import { SessionIcons } from '../../parts/session-icons';
import type { SessionAction } from '../../parts/session-icons';
import styles from './list-page.module.css';

export interface RowActions {
  onOpen: (id: string) => void;
  onAct: (action: SessionAction, session: SessionRow) => void;
}

/** The name and, right of it, what can be done with the session (SES-011). */
export function NameCell({ session, actions }: { session: SessionRow; actions: RowActions }) {
  const { id, name } = session;
  return (
    <span className={styles.nameCell}>
      <SessionLink id={id} name={name} className={styles.name} hint={name} onOpen={actions.onOpen} />
      <span className={styles.rowActions}>
        <SessionIcons session={session} onAct={actions.onAct} />
      </span>
    </span>
  );
}

interface SessionLinkProps {
  id: string;
  name: string;
  className?: string;
  hint: string;
  onOpen: (id: string) => void;
}

/** Elsewhere (a new tab) the link leads to the same panel; here it opens over the list as it stands. */
export function SessionLink({ id, name, className, hint, onOpen }: SessionLinkProps) {
  return (
    <Link
      to={paths.sessions({ sessionDetail: id })}
      className={className}
      data-hint={hint}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      {name}
    </Link>
  );
}
