import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { connection } from '../../client/connection';
import { useSiteConfig } from '../../parts/console-context';
import { useReturnFocus } from '../../ui/return-focus';
import { useFormat } from '../../ui/use-format';
import { helpAddress } from '../help-map';
import { consoleVersion } from '../version';
import styles from './about-dialog.module.css';
import { Logo } from './logo';

/** ACC-070 */
export function AboutDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  useReturnFocus();
  const format = useFormat();
  const { license } = useSiteConfig();
  const { managerVersion, apiVersion } = connection.get();
  const until = license.validUntil && (format.date(license.validUntil) || license.validUntil);
  const facts: [string, string][] = [
    [t('frame.about.console'), consoleVersion],
    [t('frame.about.cluster'), managerVersion ? t('frame.about.clusterVersion', { version: managerVersion }) : '-'],
    [t('frame.about.api'), apiVersion ?? '-'],
    [t('frame.about.edition'), license.edition || t('frame.about.openSource')],
  ];
  if (until) facts.push([t('frame.about.validUntil'), until]);
  return (
    <Modal open title={t('frame.user.about')} onCancel={onClose} footer={null} width={460}>
      <div className={styles.logo}>
        <Logo />
      </div>
      <p className={styles.text}>{t('frame.about.text')}</p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles.links}>
        <li>
          <a href={helpAddress('', i18n.language)} target="_blank" rel="noopener noreferrer">
            {t('frame.about.manual')}
          </a>
        </li>
        <li>
          <a href="/license.txt" target="_blank" rel="noopener noreferrer">
            {t('frame.about.license')}
          </a>
        </li>
        <li>
          <a href="https://www.backend.ai" target="_blank" rel="noopener noreferrer">
            {t('frame.about.site')}
          </a>
        </li>
      </ul>
    </Modal>
  );
}
