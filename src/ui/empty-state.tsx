import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  /** What would be here (UX-04). */
  title: string;
  description?: ReactNode;
  /** How to make the first one. */
  action?: ReactNode;
}

export function EmptyState({ title, description, action }: EmptyStateProps) {
  return (
    <div className={styles.root}>
      <svg className={styles.mark} viewBox="0 0 64 40" aria-hidden focusable="false">
        <rect x="4" y="6" width="44" height="10" rx="3" />
        <rect x="10" y="20" width="44" height="10" rx="3" />
        <path d="M2 38h60" />
      </svg>
      <p className={styles.title}>{title}</p>
      {description && <p className={styles.description}>{description}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
