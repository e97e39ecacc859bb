import type { ImageGroup } from '../client/images-names';
import styles from './image-icon.module.css';

/** A quiet mark for an environment: its first letters on the colour of its group. */
export function ImageIcon({ title, group }: { title: string; group: ImageGroup }) {
  const letters = /^[A-Za-z0-9+]{1,2}/.exec(title.replace(/[^A-Za-z0-9+]/g, ''))?.[0] ?? '?';
  return (
    <span className={styles.icon} data-group={group} aria-hidden>
      {letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase()}
    </span>
  );
}
