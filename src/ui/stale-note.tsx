import { WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './stale-note.module.css';
import { useErrorWords } from './error-words';
import { useFormat } from './use-format';

export interface StaleNoteProps {
  /** Why the refresh failed; nothing is drawn without. */
  error: unknown;
  /** When what is shown was last true, epoch ms (TanStack's `dataUpdatedAt`). */
  updatedAt: number;
  onRetry?: () => void;
}

/** Marks data that could not be refreshed as old (REL-02). */
export function StaleNote({ error, updatedAt, onRetry }: StaleNoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useErrorWords();
  if (!error) return null;
  return (
    <div role="status" className={styles.note}>
      <WarningOutlined aria-hidden className={styles.icon} />
      <span>{t('ui.stale.note', { time: format.dateTime(updatedAt), cause: words(error).what })}</span>
      {onRetry && (
        <Button size="small" type="link" onClick={onRetry}>
          {t('ui.error.retry')}
        </Button>
      )}
    </div>
  );
}
