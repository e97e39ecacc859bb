import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionRow } from '../client/sessions';
import styles from './terminal.module.css';

/** Keys as they stand on the keyboard; the words beside them are the language's. */
const TMUX = [
  { keys: 'Ctrl+B, c', text: 'newWindow' },
  { keys: 'Ctrl+B, w', text: 'listWindows' },
  { keys: 'Ctrl+B, x', text: 'closeWindow' },
  { keys: 'Page Up, Page Down', text: 'scroll' },
  { keys: 'q', text: 'leaveScroll' },
  { keys: ':set -g mouse off', text: 'mouseOff' },
  { keys: ':set -g mouse on', text: 'mouseOn' },
] as const;

const HERE = [
  { keys: 'Ctrl+Shift+C', text: 'copy' },
  { keys: 'Ctrl+Shift+V', text: 'paste' },
  { keys: 'Ctrl+F6', text: 'leave' },
] as const;

const VARIABLES = 'env | grep BACKENDAI_';

/** SES-296, SES-351: tmux, the way out for the keyboard, and the other containers. */
export function TerminalHelp({ session, onClose }: { session: SessionRow; onClose: () => void }) {
  const { t } = useTranslation();
  const others = session.kernels.map(({ hostname }) => hostname).filter((host): host is string => host !== null && host !== '' && host !== 'main1');
  return (
    <aside className={styles.help} aria-label={t('sessions.terminal.help.title')}>
      <div className={styles.helpHead}>
        <h2 className={styles.helpTitle}>{t('sessions.terminal.help.title')}</h2>
        <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={t('sessions.terminal.help.close')} onClick={onClose} />
      </div>
      {/* It scrolls where the window is low: the keyboard must reach it. */}
      <div className={styles.helpBody} tabIndex={0} role="region" aria-label={t('sessions.terminal.help.title')}>
        <p>{t('sessions.terminal.help.tmux')}</p>
        <dl className={styles.keys}>
          {TMUX.map(({ keys, text }) => (
            <div key={text}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t(`sessions.terminal.help.${text}`)}</dd>
            </div>
          ))}
        </dl>
        <h3>{t('sessions.terminal.help.here')}</h3>
        <dl className={styles.keys}>
          {HERE.map(({ keys, text }) => (
            <div key={text}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t(`sessions.terminal.help.${text}`)}</dd>
            </div>
          ))}
        </dl>
        <p>{t('sessions.terminal.help.ownSettings')}</p>
        <p>{t('sessions.terminal.help.filesLost')}</p>
        {others.length > 0 ? (
          <>
            <h3>{t('sessions.terminal.help.cluster')}</h3>
            <p>{t('sessions.terminal.help.clusterHint', { command: `ssh ${others[0] ?? ''}`, hosts: others.join(', ') })}</p>
            <p>
              {t('sessions.terminal.help.variables')} <code>{VARIABLES}</code>
            </p>
          </>
        ) : null}
      </div>
    </aside>
  );
}
