import { useTranslation } from 'react-i18next';
import styles from './login-page.module.css';

/** Help with the log-in itself (ACC-013, ACC-024). */
export function LoginHelp() {
  const { t } = useTranslation();
  return (
    <details className={styles.help}>
      <summary className={styles.helpTitle}>{t('login.help.title')}</summary>
      <ul className={styles.helpList}>
        <li>{t('login.help.forgotten')}</li>
        <li>{t('login.help.browser')}</li>
        <li>{t('login.help.blocked')}</li>
      </ul>
    </details>
  );
}
