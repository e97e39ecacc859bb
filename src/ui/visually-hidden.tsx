import type { ReactNode } from 'react';
import styles from './announcer.module.css';

/** Text for readers of the page that only they meet. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
