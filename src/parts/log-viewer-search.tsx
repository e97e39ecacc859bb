import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { InputRef } from 'antd';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/use-format';
import type { LogQuery } from './log-viewer-find';
import type { Found } from './log-viewer-use-find';
import styles from './log-viewer.module.css';

interface LogSearchProps {
  ref: Ref<InputRef>;
  query: LogQuery;
  found: Found;
  /** Number of the current hit. */
  hit: number | null;
  onQuery: (query: LogQuery) => void;
  onStep: (by: 1 | -1) => void;
}

function Toggle({ pressed, label, sign, onToggle }: { pressed: boolean; label: string; sign: string; onToggle: () => void }) {
  return (
    <button type="button" className={styles.toggle} aria-pressed={pressed} aria-label={label} data-hint={label} onClick={onToggle}>
      {sign}
    </button>
  );
}

/** Search with next and previous: Enter and Shift+Enter in the field, or the buttons. */
export function LogSearch({ ref, query, found, hit, onQuery, onStep }: LogSearchProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { hits, state } = found;
  const none = hits.rows.length === 0;
  const total = format.number(hits.rows.length) + (hits.more ? '+' : '');
  const said = {
    none: '',
    searching: t('sessions.logs.searching'),
    invalid: t('sessions.logs.notRegular'),
    'too-slow': t('sessions.logs.tooSlow'),
    done: none ? t('sessions.logs.noHit') : t('sessions.logs.hits', { at: format.number((hit ?? -1) + 1), total }),
  }[state];
  return (
    <search className={styles.search}>
      <Input
        ref={ref}
        className={styles.field}
        aria-label={t('sessions.logs.search')}
        placeholder={t('sessions.logs.search')}
        value={query.text}
        status={state === 'invalid' || state === 'too-slow' ? 'error' : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onQuery({ ...query, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape' && query.text !== '') {
            // The first one empties the field, the next one closes the window.
            event.stopPropagation();
            onQuery({ ...query, text: '' });
          }
        }}
        suffix={
          <>
            <Toggle pressed={query.matchCase} label={t('sessions.logs.matchCase')} onToggle={() => onQuery({ ...query, matchCase: !query.matchCase })} sign="Aa" />
            <Toggle pressed={query.regex} label={t('sessions.logs.regex')} onToggle={() => onQuery({ ...query, regex: !query.regex })} sign=".*" />
          </>
        }
      />
      <Button icon={<ArrowUpOutlined aria-hidden />} aria-label={t('sessions.logs.previous')} data-hint={t('sessions.logs.previous')} disabled={none} onClick={() => onStep(-1)} />
      <Button icon={<ArrowDownOutlined aria-hidden />} aria-label={t('sessions.logs.next')} data-hint={t('sessions.logs.next')} disabled={none} onClick={() => onStep(1)} />
      <span className={styles.count} role="status">
        {said}
      </span>
    </search>
  );
}
