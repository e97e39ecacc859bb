import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './copy-text.module.css';
import { announce } from './announcer';
import { copyToClipboard } from './clipboard';
import { useToast } from './toast';

export interface CopyTextProps {
  /** What is copied. */
  text: string;
  /** What it is, for the button's name: "Copy session ID". */
  label: string;
  /** What is shown instead of the text itself; `null` shows the button alone. */
  children?: ReactNode;
  /** Names and ids are easier to compare in equal widths. */
  mono?: boolean;
}

export function CopyText({ text, label, children, mono = false }: CopyTextProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const done = await copyToClipboard(text);
    setCopied(done);
    if (done) announce(t('ui.copy.done', { label }));
    else toast.error(t('ui.copy.refused'));
  };
  return (
    <span className={styles.root}>
      {children !== null && <span className={mono ? styles.mono : styles.text}>{children ?? text}</span>}
      <button type="button" className={styles.button} onClick={() => void copy()} aria-label={t('ui.copy.action', { label })} data-hint={t('ui.copy.action', { label })}>
        {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      </button>
    </span>
  );
}
