import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { DialogActions, LoginDialog } from './login-dialog';

/** Other devices are logged in with this account (ACC-021). */
export function ConcurrentDialog({ busy, onForce, onCancel }: { busy: boolean; onForce: () => void; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <LoginDialog title={t('login.concurrent.title')} lead={t('login.concurrent.lead')} onCancel={onCancel}>
      <DialogActions>
        <Button onClick={onCancel}>{t('login.concurrent.cancel')}</Button>
        <Button type="primary" loading={busy} onClick={onForce}>
          {t('login.concurrent.force')}
        </Button>
      </DialogActions>
    </LoginDialog>
  );
}
