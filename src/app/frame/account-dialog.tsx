import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountMutations, accountQueries, isOldPasswordMismatch } from '../../client/account';
import { authStore } from '../../client/auth-store';
import { useMe } from '../../parts/console-context';
import { passwordFlaw, passwordMaxLength } from '../../parts/password-rule';
import { ErrorPanel } from '../../ui/error-panel';
import { PasswordInput } from '../../ui/password-input';
import { useReturnFocus } from '../../ui/return-focus';
import { useSingleFlight } from '../../ui/use-single-flight';
import { useToast } from '../../ui/toast';

interface AccountValues {
  fullName: string;
  oldPassword: string;
  newPassword: string;
  repeat: string;
}

const NAME_MAX = 64;

/** My Account Information (ACC-071): only what changed is sent, name and password by calls of their own. */
export function AccountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const me = useMe();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<AccountValues>();
  const rename = useMutation(accountMutations.updateFullName());
  const changePassword = useMutation(accountMutations.updatePassword());
  const [error, setError] = useState<unknown>(null);
  const [save, saving] = useSingleFlight(async (values: AccountValues) => {
    setError(null);
    const renames = values.fullName.trim() !== me.fullName;
    const newPassword = values.newPassword;
    if (!renames && !newPassword) return onClose();
    let passwordChanged = false;
    try {
      // The password first: if it is refused nothing has been done yet.
      if (newPassword) {
        await changePassword.mutateAsync({ oldPassword: values.oldPassword, newPassword });
        passwordChanged = true;
        form.resetFields(['oldPassword', 'newPassword', 'repeat']);
      }
      if (renames) await rename.mutateAsync({ email: me.email, fullName: values.fullName.trim() });
      toast.success(t('frame.account.saved'));
      onClose();
    } catch (cause) {
      if (isOldPasswordMismatch(cause)) form.setFields([{ name: 'oldPassword', errors: [t('frame.account.wrongPassword')] }]);
      else setError(cause);
      if (!passwordChanged) return;
      // Only the name was refused: whoever took the error for both would log in with the old password next.
      toast.success(t('frame.account.passwordSaved'));
    }
    // The header's name and the password bar follow the account's new record; if it can't be had, the old one stays.
    const now = await queryClient.fetchQuery({ ...accountQueries.me(), staleTime: 0 }).catch(() => null);
    if (now) authStore.updateMe(now);
  });
  return (
    <Modal
      open
      title={t('frame.user.account')}
      okText={t('frame.account.update')}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: saving }}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      width={460}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ fullName: me.fullName, oldPassword: '', newPassword: '', repeat: '' }} onFinish={(values: AccountValues) => void save(values)}>
        <Form.Item name="fullName" label={t('frame.account.fullName')} rules={[{ max: NAME_MAX, message: t('frame.account.nameTooLong', { max: NAME_MAX }) }]}>
          <Input autoComplete="name" maxLength={NAME_MAX} />
        </Form.Item>
        <Form.Item
          name="oldPassword"
          label={t('frame.account.oldPassword')}
          dependencies={['newPassword']}
          rules={[({ getFieldValue }) => ({ required: Boolean(getFieldValue('newPassword')), message: t('frame.account.oldPasswordNeeded') })]}
        >
          <PasswordInput autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="newPassword"
          label={t('frame.account.newPassword')}
          extra={t('frame.account.passwordRule')}
          rules={[
            {
              validator: (_rule, value: string) =>
                !value || passwordFlaw(value) === null ? Promise.resolve() : Promise.reject(new Error(t('frame.account.weakPassword'))),
            },
          ]}
        >
          <PasswordInput autoComplete="new-password" maxLength={passwordMaxLength} />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('frame.account.repeatPassword')}
          dependencies={['newPassword']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_rule, value: string) =>
                (value || '') === (getFieldValue('newPassword') || '') ? Promise.resolve() : Promise.reject(new Error(t('frame.account.mismatch'))),
            }),
          ]}
        >
          <PasswordInput autoComplete="new-password" maxLength={passwordMaxLength} />
        </Form.Item>
        {error !== null && <ErrorPanel error={error} />}
      </Form>
    </Modal>
  );
}
