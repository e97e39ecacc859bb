import { Input } from 'antd';
import type { InputRef } from 'antd';
import { useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/copy-text';
import styles from './log-viewer.module.css';

interface LogFootProps {
  ref: Ref<InputRef>;
  /** What is known about the text: size, age. */
  children: ReactNode;
  /** As in the address; null for none. */
  line: string | null;
  /** The line is not among those that are shown. */
  lineMissing: boolean;
  /** The address that leads to the line. */
  link: string;
  onLine: (line: string | null) => void;
}

/** Facts about the text, and the way to a line: by its number, and as a link for others. */
export function LogFoot({ ref, children, line, lineMissing, link, onLine }: LogFootProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ line, text: line ?? '' });
  const text = typed.line === line ? typed.text : (line ?? '');
  return (
    <div className={styles.foot}>
      <div className={styles.facts}>{children}</div>
      <form
        className={styles.lineForm}
        onSubmit={(event) => {
          event.preventDefault();
          onLine(text.trim() || null);
        }}
      >
        <span role="status" className={styles.missing}>
          {lineMissing ? t('sessions.logs.lineMissing', { line }) : ''}
        </span>
        <label className={styles.lineLabel}>
          {t('sessions.logs.line')}
          <Input ref={ref} size="small" className={styles.lineField} value={text} autoComplete="off" spellCheck={false} onChange={(event) => setTyped({ line, text: event.target.value })} />
        </label>
        {line !== null && !lineMissing ? <CopyText text={link} label={t('sessions.logs.lineLink', { line })}>{null}</CopyText> : null}
      </form>
    </div>
  );
}
