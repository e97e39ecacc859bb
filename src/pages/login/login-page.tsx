import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { authStore } from '../../client/auth-store';
import type { OutNotice } from '../../client/auth-store';
import type { ConfigProblem, SiteConfig } from '../../client/config';
import { LoginForm } from '../../parts/login-form';
import { captureLoginLink, takeLoginLink } from '../../parts/login-link';
import type { LoginLink } from '../../parts/login-link';
import { FormProblem, LoginNote } from '../../parts/login-problem-view';
import type { LoginProblem } from '../../parts/login-problems';
import { DemoAccounts } from './demo-accounts';
import { LoginArtwork } from './login-artwork';
import { LoginHelp } from './login-help';
import styles from './login-page.module.css';

declare const __DEMO__: boolean;

export interface LoginPageProps {
  config: SiteConfig;
  /** Why the defaults are in use instead of the site's own configuration (ACC-005). */
  configProblem: ConfigProblem;
  /** The app's mark and name. */
  brand?: ReactNode;
  /** Language and theme. */
  corner?: ReactNode;
  /** A try begins: time to fetch what comes after it. */
  onTry?: () => void;
}

/** What anyone sees who is not logged in, at whatever address (ACC-010). */
export function LoginPage({ config, configProblem, brand, corner, onTry }: LoginPageProps) {
  const { t } = useTranslation();
  const [link] = useState(readLink);
  const usable = link?.token && config.general.apiEndpoint !== '' ? link : undefined;

  useEffect(() => {
    document.title = `${t('login.title')} · ${t('common.appName')}`;
  }, [t]);

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <div className={styles.brand}>{brand ?? t('common.appName')}</div>
        <div className={styles.corner}>{corner}</div>
      </header>
      <div className={styles.picture}>
        <LoginArtwork />
      </div>
      <p className={styles.tagline}>{t('login.tagline')}</p>
      <main className={styles.main}>
        <div className={styles.panel}>
          <h1 className={styles.title}>{t('login.title')}</h1>
          {config.general.siteDescription && <p className={styles.site}>{config.general.siteDescription}</p>}
          {configProblem && <ConfigWarning problem={configProblem} />}
          <LoginForm config={config} notice={<Notice link={link} config={config} />} link={usable} onIn={enter} onTry={onTry}>
            {(fill) => (
              <>
                <LoginHelp />
                {__DEMO__ && <DemoAccounts onChoose={fill} />}
              </>
            )}
          </LoginForm>
        </div>
      </main>
    </div>
  );
}

function readLink(): LoginLink | null {
  captureLoginLink();
  return takeLoginLink();
}

/** From the server's yes to a console: who this is, or why there is none for them (ACC-018, ACC-019). */
async function enter(): Promise<LoginProblem | null> {
  const state = await authStore.enter();
  return state.phase === 'out' ? problemOfNotice(state.notice) : null;
}

function problemOfNotice(notice: OutNotice | undefined): LoginProblem {
  if (notice === 'no-account') return { code: 'noAccount', field: 'form' };
  if (notice === 'monitor') return { code: 'monitor', field: 'form' };
  return { code: 'other', field: 'form' };
}

/** Why the log-in page is here, if not simply because nobody is logged in. */
function Notice({ link, config }: { link: LoginLink | null; config: SiteConfig }) {
  const { t } = useTranslation();
  const [state] = useState(() => authStore.get());
  if (link && !link.token) return <FormProblem problem={{ code: 'tokenMissing', field: 'form' }} />;
  if (link && config.general.apiEndpoint === '') return <FormProblem problem={{ code: 'tokenEndpoint', field: 'form' }} />;
  const notice = state.phase === 'out' ? state.notice : undefined;
  switch (notice) {
    case undefined:
      return null;
    case 'no-account':
    case 'monitor':
      return <FormProblem problem={problemOfNotice(notice)} />;
    case 'logged-out':
      return <LoginNote tone="info">{t('login.notice.loggedOut')}</LoginNote>;
    case 'other-tab':
      return <LoginNote tone="info">{t('login.notice.otherTab')}</LoginNote>;
    case 'unreachable':
      return <LoginNote tone="warning">{t('login.notice.unreachable')}</LoginNote>;
  }
}

function ConfigWarning({ problem }: { problem: NonNullable<ConfigProblem> }) {
  const { t } = useTranslation();
  const words = {
    unreachable: t('login.configProblem.unreachable'),
    unparsable: t('login.configProblem.unparsable'),
    'not-toml': t('login.configProblem.notToml'),
  };
  return (
    <LoginNote tone="warning" title={t('login.configProblem.title')}>
      {words[problem]}
    </LoginNote>
  );
}
