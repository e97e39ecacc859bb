import { CodeOutlined, FieldTimeOutlined, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { paths } from '../lib/paths';
import styles from './session-start-cards.module.css';

/** SES-001: the two ways to start; each opens the launcher with its type chosen. */
export function SessionStartCards() {
  const { t } = useTranslation();
  return (
    <nav className={styles.cards} aria-label={t('sessions.start.label')}>
      <Link to={paths.launcher({ type: 'interactive' })} className={styles.card}>
        <CodeOutlined className={styles.icon} aria-hidden />
        <span className={styles.text}>
          <span className={styles.title}>{t('sessions.start.interactive')}</span>
          <span className={styles.note}>{t('sessions.start.interactiveNote')}</span>
        </span>
        <RightOutlined className={styles.arrow} aria-hidden />
      </Link>
      <Link to={paths.launcher({ type: 'batch' })} className={styles.card}>
        <FieldTimeOutlined className={styles.icon} aria-hidden />
        <span className={styles.text}>
          <span className={styles.title}>{t('sessions.start.batch')}</span>
          <span className={styles.note}>{t('sessions.start.batchNote')}</span>
        </span>
        <RightOutlined className={styles.arrow} aria-hidden />
      </Link>
    </nav>
  );
}
