import { useSyncExternalStore } from 'react';
import styles from './announcer.module.css';

let message = '';
const listeners = new Set<() => void>();

/** Says a change of state to those who do not see it (A11-03). Needs one `<Announcer>` on the page. */
export function announce(text: string): void {
  // The same text twice would be silent; a no-break space makes it another one.
  message = text === message ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => message,
  );
  return (
    <div role="status" className={styles.hidden}>
      {text}
    </div>
  );
}
