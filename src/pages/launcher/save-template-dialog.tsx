import { useMutation } from '@tanstack/react-query';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateMutations } from '../../client/session-templates';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { useToast } from '../../ui/toast';
import styles from './template-dialog.module.css';
import { toTemplate } from './template-values';
import type { LaunchPlan } from './to-create-request';

/** The manager's column. */
const longestName = 128;

/** SES-044: keeps the form at the manager, and says what of it does not go along. */
export function SaveTemplateDialog({ plan, onClose }: { plan: LaunchPlan; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const fieldId = useId();
  const [name, setName] = useState(plan.values.name.trim());
  const { mutateAsync: create } = useMutation(templateMutations.create());
  const { template, leftOut } = toTemplate(plan, name.trim());
  return (
    <ConfirmDialog
      open
      title={t('launcher.template.saveTitle')}
      confirmLabel={t('launcher.template.save')}
      confirmDisabled={name.trim() === ''}
      onConfirm={async () => {
        await create(template);
        toast.success(t('launcher.template.saved', { name: name.trim() }));
      }}
      onClose={onClose}
    >
      <p className={styles.note}>{t('launcher.template.everybody')}</p>
      <div className={styles.field}>
        <label htmlFor={fieldId}>{t('launcher.template.name')}</label>
        <Input id={fieldId} value={name} maxLength={longestName} autoComplete="off" autoFocus onChange={(event) => setName(event.target.value)} />
      </div>
      {leftOut.length > 0 && (
        <>
          <p className={styles.note}>{t('launcher.template.leftOut')}</p>
          <ul className={styles.left}>
            {leftOut.map((what) => (
              <li key={what}>{t(`launcher.template.left.${what}`)}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
