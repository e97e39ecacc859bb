import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { liveStore } from '../../client/live-store';
import styles from './live-indicator.module.css';

/** Whether changes arrive by themselves (REL-05). Told by a word, not by the dot alone. */
export function LiveIndicator() {
  const { t } = useTranslation();
  const state = useSyncExternalStore(liveStore.subscribe, liveStore.get);
  return (
    <span className={styles.root} data-state={state} title={t(`frame.live.${state}.hint`)} role="status">
      <span className={styles.dot} aria-hidden />
      <span className={styles.word}>{t(`frame.live.${state}.word`)}</span>
    </span>
  );
}
