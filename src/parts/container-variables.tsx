import { useTranslation } from 'react-i18next';
import styles from './container-variables.module.css';

/** What the manager sets in every container of a session (SES-R90), without the common beginning. */
const variables = [
  'SESSION_ID',
  'SESSION_NAME',
  'KERNEL_ID',
  'KERNEL_IMAGE',
  'CLUSTER_ROLE',
  'CLUSTER_IDX',
  'CLUSTER_LOCAL_RANK',
  'CLUSTER_HOST',
  'CLUSTER_HOSTS',
  'CLUSTER_SIZE',
  'CLUSTER_REPLICAS',
  'USER_UUID',
  'USER_EMAIL',
  'USER_NAME',
  'ACCESS_KEY',
  'SERVICE_PORTS',
  'PREOPEN_PORTS',
] as const;

/** SES-350, SES-351: how the containers of a cluster find each other. */
export function ContainerVariables() {
  const { t } = useTranslation();
  return (
    <details className={styles.root}>
      <summary>{t('sessions.variables.title')}</summary>
      <p>{t('sessions.variables.hosts')}</p>
      <dl className={styles.list}>
        {variables.map((name) => (
          <div key={name} className={styles.row}>
            <dt>
              <code>{`BACKENDAI_${name}`}</code>
            </dt>
            <dd>{t(`sessions.variables.of.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
