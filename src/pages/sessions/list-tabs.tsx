import { useId } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionTab } from '../../client/sessions';
import { useFormat } from '../../ui/use-format';
import styles from './list-page.module.css';
import { phases, tabs } from './list-params';
import type { ListState } from './list-params';

interface ListTabsProps {
  value: SessionTab;
  /** Sessions that are not ended, by type (SES-002); undefined until they are known. */
  counts: Record<SessionTab, number> | undefined;
  /** Id of the element that the tabs rule. */
  panelId: string;
  onChange: (tab: SessionTab) => void;
}

export function ListTabs({ value, counts, panelId, onChange }: ListTabsProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const move = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])];
    const at = all.indexOf(event.currentTarget);
    const next = by ? (at + by + all.length) % all.length : event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <div role="tablist" aria-label={t('sessions.list.types')} className={styles.tabs}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === value}
          aria-controls={panelId}
          tabIndex={tab === value ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(tab)}
          onKeyDown={move}
        >
          {t(`sessions.tab.${tab}`)} <span className={styles.count}>{counts ? number(counts[tab]) : '–'}</span>
        </button>
      ))}
    </div>
  );
}

/** SES-002: beside the tabs, running or finished. */
export function PhaseChoice({ value, onChange }: { value: ListState['status']; onChange: (phase: ListState['status']) => void }) {
  const { t } = useTranslation();
  const group = useId();
  return (
    <div role="radiogroup" aria-label={t('sessions.list.phase')} className={styles.phases}>
      {phases.map((phase) => (
        <label key={phase} className={styles.phase}>
          <input type="radio" name={group} checked={phase === value} onChange={() => onChange(phase)} />
          {t(`sessions.list.${phase}`)}
        </label>
      ))}
    </div>
  );
}
