import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useMe, useSiteConfig } from '../parts/console-context';
import { commandKey } from '../ui/command-key';
import { PageHeader } from '../ui/page-header';
import { helpAddress } from './help-map';
import styles from './help-page.module.css';
import { menuFor } from './menu';

/** For sites that the manual's address can't be reached from ("Help map"): the pages open to the user, in short. */
export function HelpPage() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { menu } = useSiteConfig();
  const pages = menuFor(me.role, menu).filter(({ access }) => access === 'open');
  return (
    <div className={styles.page}>
      <PageHeader title={t('help.title')} description={t('help.lead')} />
      {pages.map(({ entry: { key, to, icon } }) => (
        <section key={key} className={styles.section} aria-labelledby={`help-${key}`}>
          <h2 id={`help-${key}`} className={styles.title}>
            {icon} <Link to={to}>{t(`frame.pages.${key}`)}</Link>
          </h2>
          <p>{t(`help.${key}.what`)}</p>
          <p>{t(`help.${key}.how`, { action: t('sessions.commit.action') })}</p>
          {key === 'session' && (
            <>
              <p>{t('help.session.launch')}</p>
              <p>{t('help.session.end')}</p>
            </>
          )}
          <a href={helpAddress(to, i18n.language)} target="_blank" rel="noopener noreferrer">
            {t('help.chapter', { page: t(`frame.pages.${key}`) })}
          </a>
        </section>
      ))}
      <section className={styles.section} aria-labelledby="help-keys">
        <h2 id="help-keys" className={styles.title}>
          {t('frame.shortcuts.title')}
        </h2>
        <p>{t('help.keys', { key: commandKey })}</p>
      </section>
    </div>
  );
}
