import { CheckOutlined, CloseOutlined, DeleteOutlined, EditOutlined, PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../lib/quantities';
import { ActionButton } from '../ui/action-button';
import { EmptyState } from '../ui/empty-state';
import { useReturnFocus } from '../ui/return-focus';
import { TimeText } from '../ui/time-text';
import { useFormat } from '../ui/use-format';
import { useMe, useProject } from './console-context';
import styles from './history-dialog.module.css';
import { describeReference } from './image-names';
import { changeEntry, inOrder, removeEntry, useLaunchHistory } from './launch-history';
import type { LaunchEntry } from './launch-history';
import { useOpenLauncher } from './launch-link';
import { amountWithUnit } from './session-amounts';
import { renewedName } from './session-launch';

function useEntryText(): (entry: LaunchEntry) => { title: string; image: string; amounts: string } {
  const { t } = useTranslation();
  const { locale } = useFormat();
  return (entry) => {
    const { title, version, tags } = describeReference(entry.image);
    const each = Object.entries(entry.slots)
      .filter(([, amount]) => amount > 0)
      .map(([slot, amount]) => (slot === 'mem' ? formatBytes(amount, locale) : amountWithUnit(undefined, slot, amount, locale)))
      .join(' · ');
    const times = entry.containers * entry.sessions;
    return {
      title: entry.label || entry.name || t('launcher.history.unnamed'),
      image: [`${title} ${version}`.trim(), ...tags].join(' · '),
      amounts: times > 1 ? t('sessions.waiting.times', { count: times, amounts: each }) : each,
    };
  };
}

function Rename({ entry, onDone }: { entry: LaunchEntry; onDone: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const [text, setText] = useState(entry.label || entry.name);
  const save = () => {
    changeEntry(me.uuid, entry.id, { label: text.trim() });
    onDone();
  };
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Input
        aria-label={t('launcher.history.newName')}
        value={text}
        maxLength={64}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // Not the dialog's.
          event.stopPropagation();
          onDone();
        }}
      />
      <ActionButton htmlType="submit" type="text" icon={<CheckOutlined aria-hidden />} hint={t('launcher.history.save')} />
      <ActionButton type="text" icon={<CloseOutlined aria-hidden />} hint={t('common.cancel')} onClick={onDone} />
    </form>
  );
}

function Entry({ entry, onChosen }: { entry: LaunchEntry; onChosen: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const project = useProject();
  const openLauncher = useOpenLauncher();
  const [renaming, setRenaming] = useState(false);
  const { title, image, amounts } = useEntryText()(entry);
  const { link } = entry;
  return (
    <li className={styles.entry}>
      {renaming ? (
        <Rename entry={entry} onDone={() => setRenaming(false)} />
      ) : (
        <button
          type="button"
          className={styles.fill}
          aria-label={t('launcher.history.use', { name: title })}
          onClick={() => {
            onChosen();
            // The old name may still be in use.
            openLauncher({ ...link, ...(link.sessionName ? { sessionName: renewedName(link.sessionName) } : {}) }, { owner: entry.owner });
          }}
        >
          <span className={styles.title}>{title}</span>
          {link.sessionType === 'batch' && <Tag>{t('launcher.type.batch')}</Tag>}
          <span className={styles.facts}>{image}</span>
          <span className={styles.facts}>{[amounts, link.resourceGroup, entry.project === project.name ? null : entry.project].filter(Boolean).join(' · ')}</span>
          {entry.owner && <span className={styles.facts}>{t('launcher.history.for', { email: entry.owner.email })}</span>}
        </button>
      )}
      <span className={styles.side}>
        <span className={styles.time}>
          <TimeText value={entry.at} />
        </span>
        <span className={styles.actions}>
          <ActionButton
            type="text"
            size="small"
            icon={entry.pinned ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
            aria-pressed={entry.pinned}
            aria-label={t('launcher.history.pin', { name: title })}
            hint={t(entry.pinned ? 'launcher.history.pinned' : 'launcher.history.pinHint')}
            onClick={() => changeEntry(me.uuid, entry.id, { pinned: !entry.pinned })}
          />
          <ActionButton type="text" size="small" icon={<EditOutlined aria-hidden />} aria-label={t('launcher.history.rename', { name: title })} hint={t('launcher.history.renameHint')} onClick={() => setRenaming(true)} />
          <ActionButton type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('launcher.history.remove', { name: title })} hint={t('launcher.history.removeHint')} onClick={() => removeEntry(me.uuid, entry.id)} />
        </span>
      </span>
    </li>
  );
}

/** SES-043: a click fills the form with one of the last launches and goes to the review. */
export function HistoryDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const entries = inOrder(useLaunchHistory(me.uuid));
  useReturnFocus();
  return (
    <Modal
      open
      title={t('launcher.history.button')}
      width={640}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('launcher.history.close')}</Button>}
    >
      {entries.length === 0 ? (
        <EmptyState title={t('launcher.history.empty')} description={t('launcher.history.emptyText')} />
      ) : (
        <>
          <p className={styles.lead}>{t('launcher.history.lead')}</p>
          <ul className={styles.list}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} onChosen={onClose} />
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}
