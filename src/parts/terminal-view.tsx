import { CopyOutlined, FontSizeOutlined, QuestionCircleOutlined, SnippetsOutlined, SoundOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TerminalState } from '../client/terminal';
import type { SessionRow } from '../client/sessions';
import { ActionButton } from '../ui/action-button';
import { ErrorPanel } from '../ui/error-panel';
import { Terminal } from '../ui/terminal';
import type { TerminalHandle } from '../ui/terminal';
import { useNow } from '../ui/use-now';
import { TerminalHelp } from './terminal-help';
import { useTerminalLink } from './terminal-link';
import { nextFontSize } from './terminal-settings';
import type { TerminalSettings } from './terminal-settings';
import styles from './terminal.module.css';

export interface TerminalViewProps {
  session: SessionRow;
  settings: TerminalSettings;
  onSettings: (patch: Partial<TerminalSettings>) => void;
  /** Further buttons at the end of the bar: other ways to this terminal, closing it. */
  children?: ReactNode;
  /** Not the tab in front: it stays connected, and takes no focus. */
  hidden?: boolean;
}

/** One terminal with its bar: what it is doing, and what can be done with it. */
export function TerminalView({ session, settings, onSettings, children, hidden = false }: TerminalViewProps) {
  const { t } = useTranslation();
  const hintId = useId();
  const screen = useRef<TerminalHandle>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [helping, setHelping] = useState(false);
  // What became of the clipboard, until one types on.
  const [said, setSaid] = useState('');
  const { state, start, send, resize, reconnect } = useTerminalLink(session.id, screen);
  const { fontSize, screenReader } = settings;
  const smaller = nextFontSize(fontSize, -1);
  const larger = nextFontSize(fontSize, 1);
  const label = t('sessions.terminal.screen', { name: session.name });

  // The screen takes the focus first: programs that ask for it are told so, which counts as typing.
  const copy = async (): Promise<void> => {
    const done = await screen.current?.copy();
    screen.current?.focus();
    setSaid(done ? t('sessions.terminal.copied') : t('sessions.terminal.nothingSelected'));
  };
  const paste = async (): Promise<void> => {
    const done = await screen.current?.paste();
    screen.current?.focus();
    setSaid(done ? '' : t('sessions.terminal.pasteRefused'));
  };

  return (
    <div className={styles.view} hidden={hidden}>
      <div ref={bar} className={styles.bar} role="toolbar" aria-label={t('sessions.terminal.toolbar')}>
        <StateText state={state} />
        <span role="status" className={styles.said}>
          {said}
        </span>
        <span className={styles.group}>
          <ActionButton
            type="text"
            icon={<ZoomOutOutlined aria-hidden />}
            hint={t('sessions.terminal.smaller')}
            reason={smaller === null ? t('sessions.terminal.smallest') : null}
            onClick={() => onSettings({ fontSize: smaller ?? fontSize })}
          />
          <span className={styles.size}>
            <FontSizeOutlined aria-hidden /> {fontSize}
          </span>
          <ActionButton
            type="text"
            icon={<ZoomInOutlined aria-hidden />}
            hint={t('sessions.terminal.larger')}
            reason={larger === null ? t('sessions.terminal.largest') : null}
            onClick={() => onSettings({ fontSize: larger ?? fontSize })}
          />
        </span>
        <span className={styles.group}>
          <ActionButton type="text" icon={<CopyOutlined aria-hidden />} hint={t('sessions.terminal.copy')} onClick={() => void copy()} />
          <ActionButton type="text" icon={<SnippetsOutlined aria-hidden />} hint={t('sessions.terminal.paste')} onClick={() => void paste()} />
          <ActionButton
            type={screenReader ? 'default' : 'text'}
            icon={<SoundOutlined aria-hidden />}
            aria-pressed={screenReader}
            hint={t('sessions.terminal.screenReader')}
            onClick={() => onSettings({ screenReader: !screenReader })}
          />
          <ActionButton
            type={helping ? 'default' : 'text'}
            icon={<QuestionCircleOutlined aria-hidden />}
            aria-expanded={helping}
            hint={t('sessions.terminal.help.open')}
            onClick={() => setHelping(!helping)}
          />
        </span>
        {children}
      </div>
      <Interruption state={state} name={session.name} onReconnect={reconnect} />
      <div className={styles.desk}>
        <Terminal
          ref={screen}
          label={label}
          describedBy={hintId}
          fontSize={fontSize}
          screenReader={screenReader}
          onReady={() => {
            start();
            if (!hidden) screen.current?.focus();
          }}
          onInput={(text) => {
            setSaid('');
            send(text);
          }}
          onResize={resize}
          onLeave={() => bar.current?.querySelector<HTMLElement>('button, a')?.focus()}
          onCopied={() => setSaid(t('sessions.terminal.copied'))}
        />
        {helping ? <TerminalHelp session={session} onClose={() => setHelping(false)} /> : null}
      </div>
      <p id={hintId} className={styles.hint}>
        {t('sessions.terminal.leaveHint')}
      </p>
    </div>
  );
}

function StateText({ state }: { state: TerminalState }) {
  const { t } = useTranslation();
  const words: Record<TerminalState['kind'], string> = {
    connecting: t('sessions.terminal.state.connecting'),
    open: t('sessions.terminal.state.open'),
    waiting: t('sessions.terminal.state.waiting'),
    exited: t('sessions.terminal.state.exited'),
    refused: t('sessions.terminal.state.refused'),
    closed: t('sessions.terminal.state.exited'),
  };
  return (
    <span role="status" className={styles.state} data-state={state.kind}>
      <span className={styles.dot} aria-hidden />
      {words[state.kind]}
    </span>
  );
}

/** Told in the place between bar and screen, which stays as it was. */
function Interruption({ state, name, onReconnect }: { state: TerminalState; name: string; onReconnect: () => void }) {
  const { t } = useTranslation();
  if (state.kind === 'waiting') {
    return (
      <Alert
        className={styles.notice}
        type={state.why === 'starting' ? 'info' : 'warning'}
        showIcon
        title={
          <>
            {t(`sessions.terminal.interrupted.${state.why}`)} <Countdown until={state.retryAt} />
          </>
        }
        action={
          <Button size="small" onClick={onReconnect}>
            {t('sessions.terminal.reconnect')}
          </Button>
        }
      />
    );
  }
  if (state.kind === 'exited') {
    return (
      <Alert
        className={styles.notice}
        type="info"
        showIcon
        title={t('sessions.terminal.exited')}
        action={
          <Button size="small" onClick={onReconnect}>
            {t('sessions.terminal.startAgain')}
          </Button>
        }
      />
    );
  }
  if (state.kind !== 'refused') return null;
  if (state.error.slug === 'needs-webserver') {
    return <Alert className={styles.notice} type="info" showIcon title={t('sessions.terminal.needsWebserver')} description={t('sessions.terminal.needsWebserverHint')} />;
  }
  return (
    <div className={styles.notice}>
      <ErrorPanel error={state.error} title={t('sessions.terminal.refused', { name })} onRetry={onReconnect} />
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return <span className={styles.countdown}>{seconds > 0 ? t('sessions.terminal.retryIn', { count: seconds }) : t('sessions.terminal.retryNow')}</span>;
}
