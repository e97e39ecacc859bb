import { CloseOutlined, ExportOutlined, FullscreenExitOutlined, FullscreenOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Drawer, Skeleton } from 'antd';
import { Suspense, lazy, useEffect, useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQueries } from '../client/sessions';
import { paths } from '../lib/paths';
import { ActionButton } from '../ui/action-button';
import { useReturnFocus } from '../ui/return-focus';
import { NARROW, useMedia } from '../ui/use-media';
import { useTerminalTabs } from './terminal-tabs';
import { TtydButton } from './terminal-ttyd';
import styles from './terminal.module.css';

/** The terminal itself is loaded when one is opened, not before (PER-01). */
const TerminalDesk = lazy(async () => ({ default: (await import('./terminal-desk')).TerminalDesk }));

export interface TerminalPanelProps {
  /** Whose terminal is in front: from the address, so it may be anything. */
  sessionId: string;
  onChoose: (sessionId: string) => void;
  onApps: (sessionId: string) => void;
  onClose: () => void;
}

/** Terminals of sessions at the bottom of the window, a tab for each (SES-295). Opens cold from its address. */
export function TerminalPanel({ sessionId, onChoose, onApps, onClose }: TerminalPanelProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const narrow = useMedia(NARROW);
  const [whole, setWhole] = useState(false);
  const panelId = useId();
  const { ids, open, close } = useTerminalTabs();
  // On every change of the address; a tab that is closed must not open itself again.
  useEffect(() => open(sessionId), [open, sessionId]);
  // Until the effect has run, the tab of the address is not among them.
  const shown = ids.includes(sessionId) ? ids : [...ids, sessionId];

  const { data: session } = useQuery(sessionQueries.detail(sessionId));

  const closeTab = (): void => {
    const next = close(sessionId);
    if (next === null) onClose();
    else onChoose(next);
  };
  // Escape belongs to the shell; outside of it, it closes the panel as everywhere.
  const escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !(event.target as Element).closest('.xterm')) onClose();
  };
  return (
    <Drawer
      open
      placement="bottom"
      size={whole || narrow ? '100dvh' : '64vh'}
      keyboard={false}
      mask={{ closable: false }}
      onClose={onClose}
      zIndex={1020}
      title={shown.length === 1 && session ? t('sessions.terminal.of', { name: session.name }) : t('sessions.terminal.title')}
      closable={{ 'aria-label': t('sessions.terminal.close') }}
      extra={
        narrow ? null : (
          <ActionButton
            type="text"
            icon={whole ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />}
            aria-pressed={whole}
            hint={whole ? t('sessions.terminal.lower') : t('sessions.terminal.higher')}
            onClick={() => setWhole(!whole)}
          />
        )
      }
      classNames={{ body: styles.body }}
      styles={{ header: { padding: '8px 16px' }, body: { padding: '6px 16px 10px' } }}
    >
      {/* Keys of everything inside bubble through here. */}
      <div className={styles.panel} onKeyDown={escape} role="presentation">
        {shown.length > 1 ? (
          <div className={styles.tabRow}>
            <Tabs ids={shown} current={sessionId} panelId={panelId} onChoose={onChoose} />
            <ActionButton type="text" size="small" icon={<CloseOutlined aria-hidden />} hint={t('sessions.terminal.closeTab')} onClick={closeTab} />
          </div>
        ) : null}
        <div id={panelId} className={styles.front} {...(shown.length > 1 ? { role: 'tabpanel', 'aria-labelledby': `${panelId}-${sessionId}` } : {})}>
          <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
            {shown.map((id) => (
              <TerminalDesk key={id} sessionId={id} hidden={id !== sessionId}>
                <ActionButton type="text" icon={<ExportOutlined aria-hidden />} hint={t('sessions.terminal.ownWindow')} href={paths.terminal(id)} target="_blank" rel="noopener" />
                <TtydButton sessionId={id} onApps={onApps} />
              </TerminalDesk>
            ))}
          </Suspense>
        </div>
      </div>
    </Drawer>
  );
}

function Tabs({ ids, current, panelId, onChoose }: { ids: readonly string[]; current: string; panelId: string; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const move = (event: KeyboardEvent, at: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = ids[(at + step + ids.length) % ids.length];
    if (step === 0 || next === undefined) return;
    onChoose(next);
    document.getElementById(`${panelId}-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t('sessions.terminal.tabs')} className={styles.tabs}>
      {ids.map((id, at) => (
        <button
          key={id}
          id={`${panelId}-${id}`}
          type="button"
          role="tab"
          aria-selected={id === current}
          aria-controls={panelId}
          tabIndex={id === current ? 0 : -1}
          className={styles.tab}
          onClick={() => onChoose(id)}
          onKeyDown={(event) => move(event, at)}
        >
          <SessionLabel id={id} />
        </button>
      ))}
    </div>
  );
}

function SessionLabel({ id }: { id: string }) {
  const { data: session } = useQuery(sessionQueries.detail(id));
  return <>{session?.name ?? id.slice(0, 8)}</>;
}
