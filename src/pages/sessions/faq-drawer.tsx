import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from '../../ui/return-focus';
import styles from './faq-drawer.module.css';

const questions = ['list', 'jupyter', 'sftp', 'apps', 'waiting', 'ended', 'usage'] as const;

/** SES-421: what people ask about sessions, beside the list that raises the question. */
export function FaqDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Drawer open onClose={onClose} size={440} title={t('sessions.faq.title')} closable={{ 'aria-label': t('sessions.faq.close') }} classNames={{ wrapper: styles.wrapper, section: styles.section }}>
      <div className={styles.list}>
        {questions.map((key) => (
          <details key={key} className={styles.item}>
            <summary>{t(`sessions.faq.${key}.question`)}</summary>
            <p>{t(`sessions.faq.${key}.answer`)}</p>
          </details>
        ))}
      </div>
    </Drawer>
  );
}
