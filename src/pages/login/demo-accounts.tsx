import { useTranslation } from 'react-i18next';
import styles from './demo-accounts.module.css';

interface DemoAccount {
  email: string;
  password: string;
}

/** What the simulated cluster puts on the window of a demo build; absent everywhere else. */
function demoAccounts(): DemoAccount[] {
  const demo = (window as { __baiDemo?: { accounts?: DemoAccount[] } }).__baiDemo;
  return demo?.accounts ?? [];
}

export function DemoAccounts({ onChoose }: { onChoose: (email: string, password: string) => void }) {
  const { t } = useTranslation();
  const accounts = demoAccounts();
  if (accounts.length === 0) return null;
  return (
    <section className={styles.demo} aria-label={t('login.demo.title')}>
      <p className={styles.lead}>{t('login.demo.lead')}</p>
      <div className={styles.accounts}>
        {accounts.map(({ email, password }) => (
          <button key={email} type="button" className={styles.account} data-hint={email} onClick={() => onChoose(email, password)}>
            {email.split('@', 1)[0]}
          </button>
        ))}
      </div>
    </section>
  );
}
