import { QuestionCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import styles from './help-hint.module.css';

/** A small question mark beside a label; its text comes by pointer, key, click and touch (`hint.tsx`). */
export function HelpHint({ children, about }: { children: string; about?: string }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.button} aria-label={about ? t('ui.help.about', { about }) : t('ui.help.label')} data-hint={children} data-hint-click>
      <QuestionCircleOutlined aria-hidden />
    </button>
  );
}
