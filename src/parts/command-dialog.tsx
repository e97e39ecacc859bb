import { Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/copy-text';
import { useReturnFocus } from '../ui/return-focus';
import styles from './command-dialog.module.css';
import { toCli, toCurl, toPython } from './launch-command';
import type { CommandSource } from './launch-command';

const makers = { cli: toCli, python: toPython, curl: toCurl };
type Kind = keyof typeof makers;

export interface CommandDialogProps {
  source: CommandSource;
  /** What the command can't know, in a sentence. */
  gaps?: string;
  onClose: () => void;
}

/** UX-09: the launch as something to run elsewhere. */
export function CommandDialog({ source, gaps, onClose }: CommandDialogProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('cli');
  useReturnFocus();
  const text = makers[kind](source);
  return (
    <Modal open title={t('launcher.command.title')} footer={null} onCancel={onClose} width={720}>
      <div className={styles.body}>
        <p className={styles.note}>{t(`launcher.command.note.${kind}`)}</p>
        <div className={styles.head}>
          <Segmented<Kind>
            aria-label={t('launcher.command.kind')}
            value={kind}
            onChange={setKind}
            options={[
              { value: 'cli', label: t('launcher.command.cli') },
              { value: 'python', label: t('launcher.command.python') },
              { value: 'curl', label: 'curl' },
            ]}
          />
          <CopyText text={text} label={t('launcher.command.text')}>
            {null}
          </CopyText>
        </div>
        {/* Scrolls, so it must be reachable by keyboard. */}
        <pre className={styles.text} tabIndex={0} aria-label={t('launcher.command.text')}>
          {text}
        </pre>
        <p className={styles.note}>{t('launcher.command.secrets')}</p>
        {gaps ? <p className={styles.note}>{gaps}</p> : null}
      </div>
    </Modal>
  );
}
