import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authStore } from '../client/auth-store';
import type { SiteConfig } from '../client/config';
import { connection } from '../client/connection';
import { LoginDialog } from '../parts/login-dialog';
import { LoginForm } from '../parts/login-form';
import { useSingleFlight } from '../ui/use-single-flight';
import styles from './reauth-dialog.module.css';

/**
 * The log-in over the page (ACC-053): shown while the auth store's phase is 'expired'. The page behind it stays as
 * it is, with all that was typed (REL-04); only another user makes it load anew.
 */
export function ReauthDialog({ config }: { config: SiteConfig }) {
  const { t } = useTranslation();
  const [state] = useState(() => authStore.get());
  const [asOther, setAsOther] = useState(false);
  const [leave, leaving] = useSingleFlight(() => authStore.leave('logged-out'));
  if (state.phase !== 'expired') return null;
  const { me } = state;
  const { mode } = connection.get();

  return (
    <LoginDialog title={t('login.reauth.title')} lead={asOther ? t('login.reauth.switchNote') : t('login.reauth.lead')}>
      <div className={styles.body}>
        <LoginForm
          key={asOther ? 'other' : 'same'}
          config={config}
          over={{ mode, user: asOther ? undefined : { id: me.email, accessKey: me.accessKey } }}
          onIn={async () => {
            await authStore.resume();
            // Still asked for: the server does not know us at the next call, so the cookie was not kept.
            return authStore.get().phase === 'expired' ? { code: 'cookieLost', field: 'form' } : null;
          }}
        >
          {() => (
            <div className={styles.ways}>
              <Button type="text" htmlType="button" onClick={() => setAsOther(!asOther)}>
                {asOther ? t('login.reauth.sameUser', { id: me.email }) : t('login.reauth.switchUser')}
              </Button>
              <Button type="text" htmlType="button" loading={leaving} onClick={leave}>
                {t('login.reauth.logOut')}
              </Button>
            </div>
          )}
        </LoginForm>
      </div>
    </LoginDialog>
  );
}
