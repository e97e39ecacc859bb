import { useTranslation } from 'react-i18next';
import styles from './splash.module.css';

/** While nothing can be shown yet. It waits a moment before it appears, so that quick starts do not flicker. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <div className={styles.root} role="status">
      <span className={styles.bar} aria-hidden />
      <span>{t('common.loading')}</span>
    </div>
  );
}
