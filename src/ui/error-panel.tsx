import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './error-panel.module.css';
import { CopyText } from './copy-text';
import type { ErrorFacts } from './error-facts';
import { useErrorWords } from './error-words';

export interface ErrorPanelProps {
  /** A client error, or anything thrown. */
  error: unknown;
  /** What could not be done, in the page's own words: "The sessions could not be loaded." */
  title?: string;
  onRetry?: () => void;
  retrying?: boolean;
}

/** An error in the place where its answer would stand. */
export function ErrorPanel({ error, title, onRetry, retrying = false }: ErrorPanelProps) {
  const { t } = useTranslation();
  const { facts, what, advice, said } = useErrorWords()(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title ?? what}
      description={
        <>
          <p className={styles.line}>{title ? `${what} ${advice}` : advice}</p>
          {said && <p className={styles.said}>{t('ui.error.said', { text: said })}</p>}
          <TechnicalLine facts={facts} />
          {onRetry && (
            <Button className={styles.retry} onClick={onRetry} loading={retrying}>
              {t('ui.error.retry')}
            </Button>
          )}
        </>
      }
    />
  );
}

/** What an administrator asks for when the reader turns to them. */
function TechnicalLine({ facts }: { facts: ErrorFacts }) {
  const { t } = useTranslation();
  const parts = [facts.operation, facts.status && `HTTP ${facts.status}`, facts.requestId].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <p className={styles.technical}>
      <CopyText text={`${parts.join(' · ')} · ${facts.title} ${facts.detail ?? ''}`.trim()} label={t('ui.error.details')} mono>
        {parts.join(' · ')}
      </CopyText>
    </p>
  );
}
