import { AppstoreOutlined, CodeOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { idleDanger, isChecked } from '../client/idle-rules';
import type { IdleDanger } from '../client/idle-rules';
import { sessionRules } from '../client/session-rules';
import type { SessionRow } from '../client/sessions-types';
import { useFormat } from '../ui/use-format';
import { useNow } from '../ui/use-now';
import { useMe } from './console-context';
import styles from './idle-checks.module.css';
import { dangerReason, dangerText } from './idle-words';
import { useSessionPanels } from './session-panels';

/** UX-07, SES-272: stands beside the status of what an idle check ends within the hour, tells why, and offers what keeps it. */
export function IdleWarning({ session }: { session: SessionRow }) {
  return session.idleChecks !== null && isChecked(session.status) ? <Ticking session={session} /> : null;
}

function Ticking({ session }: { session: SessionRow }) {
  const now = useNow(10_000);
  const danger = idleDanger(session.idleChecks, now);
  return danger ? <Warning session={session} danger={danger} /> : null;
}

function Warning({ session, danger }: { session: SessionRow; danger: IdleDanger }) {
  const { t } = useTranslation();
  const { locale, exact } = useFormat();
  const trigger = useRef<HTMLButtonElement>(null);
  const actions = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const text = dangerText(t, danger, locale);
  const { why, keep } = dangerReason(t, danger);
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next && actions.current?.contains(document.activeElement)) trigger.current?.focus();
      }}
      // The pop-up stands elsewhere in the page: who came by keyboard is led to what can be done.
      afterOpenChange={(shown) => {
        if (shown) actions.current?.querySelector('button')?.focus();
      }}
      trigger="click"
      title={text}
      content={
        <div
          ref={actions}
          role="dialog"
          aria-label={text}
          className={styles.danger}
        >
          <p>{why}</p>
          <p>{keep}</p>
          {danger.check === 'network_timeout' ? <KeepActions session={session} onDone={() => setOpen(false)} /> : null}
        </div>
      }
      destroyOnHidden
    >
      <button
        ref={trigger}
        type="button"
        className={styles.warning}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={t('sessions.idle.warning', { name: session.name, text })}
        data-hint={danger.endsAt === null ? undefined : exact(danger.endsAt)}
      >
        <WarningOutlined aria-hidden />
        {text}
      </button>
    </Popover>
  );
}

/** Traffic starts the network check's time anew; only the owner can make it. */
function KeepActions({ session, onDone }: { session: SessionRow; onDone: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const panels = useSessionPanels();
  if (!sessionRules.apps(session, me).allowed) return null;
  return (
    <div className={styles.keep}>
      <Button
        size="small"
        icon={<CodeOutlined aria-hidden />}
        onClick={() => {
          onDone();
          panels.openTerminal(session.id);
        }}
      >
        {t('sessions.action.terminal')}
      </Button>
      <Button
        size="small"
        icon={<AppstoreOutlined aria-hidden />}
        onClick={() => {
          onDone();
          panels.openApps(session.id);
        }}
      >
        {t('sessions.action.apps')}
      </Button>
    </div>
  );
}
