import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../lib/paths';
import { copyToClipboard } from '../ui/clipboard';
import { useDocumentTitle } from '../ui/page-header';
import styles from './error-page.module.css';
import { isMissingChunk } from './stale-build';
import { consoleVersion } from './version';

/** What a page that broke leaves (ACC-123); also where a release of the console went by (REL-09). */
export function CrashPanel({ error, whole = false }: { error: unknown; whole?: boolean }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState('');
  const stale = isMissingChunk(error);
  const title = stale ? t('frame.stale.title') : t('frame.crash.title');
  useDocumentTitle(title);
  const copy = async () => {
    setCopied((await copyToClipboard(crashDetails(error))) ? t('frame.crash.copied') : t('ui.copy.refused'));
  };
  const Root = whole ? 'main' : 'section';
  return (
    <Root className={styles.root} role={whole ? undefined : 'alert'}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{stale ? t('frame.stale.text') : t('frame.crash.text')}</p>
      {!stale && <p className={styles.text}>{t('frame.crash.advice')}</p>}
      <div className={styles.actions}>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('frame.crash.reload')}
        </Button>
        {/* A real page load: the router may be what broke. */}
        <Button href={paths.home()}>{t('frame.crash.home')}</Button>
        {!stale && <Button onClick={() => void copy()}>{t('frame.crash.copy')}</Button>}
      </div>
      {/* Toasts stand in the frame, which may be gone. */}
      <p className={styles.text} role="status">
        {copied}
      </p>
    </Root>
  );
}

/** For a report. The address without its query: a filter may hold what is nobody's business (SEC-07). */
function crashDetails(error: unknown): string {
  const known = error instanceof Error ? error : new Error(String(error));
  return [
    `console ${consoleVersion}`,
    `${new Date().toISOString()} ${window.location.pathname}`,
    navigator.userAgent,
    `${known.name}: ${known.message}`,
    known.stack ?? '',
  ].join('\n');
}
