import { SearchOutlined } from '@ant-design/icons';
import { Modal } from 'antd';
import { useDeferredValue, useEffect, useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../ui/error-words';
import { useReturnFocus } from '../../ui/return-focus';
import type { FramePanel } from './frame-state';
import styles from './command-palette.module.css';
import { usePaletteActions, usePaletteSessions } from './palette-entries';
import type { PaletteEntry } from './palette-entries';

const groups = ['pages', 'actions', 'sessions'] as const;

export interface CommandPaletteProps {
  onClose: () => void;
  openPanel: (panel: FramePanel) => void;
}

/** Ctrl or ⌘ K (UX-01): type a part of a page's, an action's or a session's name, arrows, Enter. */
export function CommandPalette({ onClose, openPanel }: CommandPaletteProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const words = useErrorWords();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const asked = useSettled(text.trim(), 200);
  const actions = usePaletteActions(openPanel);
  const sessions = usePaletteSessions(asked);
  const fitting = useDeferredValue(filterEntries(actions, text));
  const entries = [...fitting, ...sessions.entries];
  const current = Math.min(at, entries.length - 1);
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      setAt((current + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[current]);
    }
  };
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={560} title={<span className={styles.hidden}>{t('frame.palette.title')}</span>} classNames={{ container: styles.dialog }}>
      <div className={styles.line}>
        <SearchOutlined aria-hidden />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
          aria-label={t('frame.palette.label')}
          placeholder={t('frame.palette.placeholder')}
          value={text}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div className={styles.list} id={`${id}-list`} role="listbox" aria-label={t('frame.palette.results')}>
        {groups.map((group) => {
          const inGroup = entries.filter((entry) => entry.group === group);
          if (inGroup.length === 0) return null;
          return (
            <div key={group} role="group" aria-label={t(`frame.palette.groups.${group}`)}>
              <p className={styles.group} aria-hidden>
                {t(`frame.palette.groups.${group}`)}
              </p>
              {inGroup.map((entry) => {
                const index = entries.indexOf(entry);
                return (
                  <div
                    key={entry.key}
                    id={`${id}-${index}`}
                    role="option"
                    aria-selected={index === current}
                    className={styles.entry}
                    ref={index === current ? scrollIntoList : undefined}
                    onMouseMove={() => setAt(index)}
                    onClick={() => run(entry)}
                  >
                    {entry.icon}
                    <span className={styles.label}>{entry.label}</span>
                    {entry.note && <span className={styles.note}>{entry.note}</span>}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
      <p className={styles.foot} role="status">
        {sessions.error
          ? words(sessions.error).summary
          : sessions.searching
            ? t('frame.palette.searching')
            : entries.length === 0
              ? t('frame.palette.nothing')
              : t('frame.palette.hint')}
      </p>
    </Modal>
  );
}

function scrollIntoList(element: HTMLElement | null): void {
  element?.scrollIntoView?.({ block: 'nearest' });
}

/** Every word typed must be in the label, in any order. */
function filterEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => wanted.every((word) => entry.label.toLowerCase().includes(word)));
}

/** The text once typing has paused: each letter is not worth a call. */
function useSettled(text: string, ms: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}
