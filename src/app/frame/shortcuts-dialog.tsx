import { Modal, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { commandKey } from '../../ui/command-key';
import { useReturnFocus } from '../../ui/return-focus';
import styles from './shortcuts-dialog.module.css';

export interface ShortcutsDialogProps {
  onClose: () => void;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
}

/** UX-01, and where single keys are turned off (A11-05). */
export function ShortcutsDialog({ onClose, singleKeys, onSingleKeys }: ShortcutsDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const rows = [
    [t('frame.header.searchKey', { key: commandKey }), t('frame.shortcuts.palette')],
    ['[', t('frame.shortcuts.sidebar')],
    [']', t('frame.shortcuts.notifications')],
    ['?', t('frame.shortcuts.list')],
  ] as const;
  return (
    <Modal open title={t('frame.shortcuts.title')} onCancel={onClose} footer={null} width={440}>
      <dl className={styles.list}>
        {rows.map(([key, what]) => (
          <div key={key} className={styles.row}>
            <dt>{what}</dt>
            <dd>
              <kbd className={styles.key}>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <label className={styles.switch}>
        <Switch checked={singleKeys} onChange={onSingleKeys} aria-label={t('frame.shortcuts.single')} />
        <span>
          {t('frame.shortcuts.single')}
          <span className={styles.note}>{t('frame.shortcuts.singleNote', { key: commandKey })}</span>
        </span>
      </label>
    </Modal>
  );
}
