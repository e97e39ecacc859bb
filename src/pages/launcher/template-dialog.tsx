import { DeleteOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Modal, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateMutations, templateQueries } from '../../client/session-templates';
import type { SessionTemplate } from '../../client/session-templates';
import { formatBytes, parseSize } from '../../lib/quantities';
import { useMe } from '../../parts/console-context';
import { describeReference } from '../../parts/image-names';
import { useOpenLauncher } from '../../parts/launch-link';
import { amountWithUnit } from '../../parts/session-amounts';
import { ActionButton } from '../../ui/action-button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { useReturnFocus } from '../../ui/return-focus';
import { TimeText } from '../../ui/time-text';
import { useFormat } from '../../ui/use-format';
import styles from './template-dialog.module.css';
import { linkOfTemplate } from './template-values';

function amountsText(resources: Record<string, string>, locale: string): string {
  return Object.entries(resources)
    .map(([slot, amount]) => {
      const bytes = slot === 'mem' ? parseSize(amount) : null;
      if (slot === 'mem') return bytes === null ? '' : formatBytes(bytes, locale);
      return Number(amount) > 0 ? amountWithUnit(undefined, slot, Number(amount), locale) : '';
    })
    .filter(Boolean)
    .join(' · ');
}

function Template({ template, onChosen, onDelete }: { template: SessionTemplate; onChosen: () => void; onDelete: () => void }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const me = useMe();
  const openLauncher = useOpenLauncher();
  const { name, isOwner, ownerEmail } = template;
  const { title, version, tags } = describeReference(template.image);
  const admin = me.role === 'superadmin' || me.role === 'admin';
  return (
    <li className={styles.template}>
      <button
        type="button"
        className={styles.fill}
        aria-label={t('launcher.template.use', { name })}
        onClick={() => {
          onChosen();
          openLauncher(linkOfTemplate(template));
        }}
      >
        <span className={styles.title}>{name}</span>
        {template.type === 'batch' && <Tag>{t('launcher.type.batch')}</Tag>}
        <span className={styles.facts}>{[`${title} ${version}`.trim(), ...tags].join(' · ')}</span>
        <span className={styles.facts}>{[amountsText(template.resources, locale), template.resourceGroup, template.project].filter(Boolean).join(' · ')}</span>
        <span className={styles.facts}>
          {isOwner ? t('launcher.template.mine') : (ownerEmail ?? '-')} · <TimeText value={template.createdAt} />
        </span>
      </button>
      <ActionButton
        type="text"
        size="small"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('launcher.template.delete', { name })}
        hint={t('launcher.template.deleteHint')}
        reason={isOwner || admin ? null : t('launcher.template.notYours')}
        onClick={onDelete}
      />
    </li>
  );
}

/** SES-044: templates that the manager keeps; a click fills the form with one. */
export function TemplateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useQuery(templateQueries.list());
  const { mutateAsync: remove } = useMutation(templateMutations.remove());
  const [deleting, setDeleting] = useState<SessionTemplate | null>(null);
  useReturnFocus();
  const templates = [...(data ?? [])].sort((a, b) => Number(b.isOwner) - Number(a.isOwner) || a.name.localeCompare(b.name, 'en', { numeric: true }));
  return (
    <Modal open title={t('launcher.template.title')} width={640} onCancel={onClose} footer={<Button onClick={onClose}>{t('launcher.history.close')}</Button>}>
      {error ? (
        <ErrorPanel error={error} title={t('launcher.template.failed')} onRetry={() => void refetch()} retrying={isFetching} />
      ) : !data ? (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      ) : templates.length === 0 ? (
        <EmptyState title={t('launcher.template.empty')} description={t('launcher.template.emptyText')} />
      ) : (
        <>
          <p className={styles.lead}>{t('launcher.template.lead')}</p>
          <ul className={styles.list}>
            {templates.map((template) => (
              <Template key={template.id} template={template} onChosen={onClose} onDelete={() => setDeleting(template)} />
            ))}
          </ul>
        </>
      )}
      <ConfirmDialog
        open={deleting !== null}
        danger
        title={t('launcher.template.deleteTitle')}
        confirmLabel={t('launcher.template.deleteHint')}
        onConfirm={() => deleting && remove(deleting.id)}
        onClose={() => setDeleting(null)}
      >
        {t('launcher.template.deleteText', { name: deleting?.name ?? '' })}
      </ConfirmDialog>
    </Modal>
  );
}
