import { useQuery } from '@tanstack/react-query';
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { keypairPolicyQueries } from '../client/keypair-policy';
import type { KeypairPolicy } from '../client/keypair-policy';
import { slotDetail } from '../client/resource-slots';
import type { SlotDetails } from '../client/resource-slots';
import { formatDuration } from '../lib/time';
import { useFormat } from '../ui/use-format';
import { useMe } from './console-context';
import styles from './policy-limits.module.css';
import { slotOrder } from './resource-panel-numbers';
import { amountWithUnit } from './session-amounts';

/** SES-420: what one's keypair policy allows, where one looks at what is left. */
export function PolicyLimits({ details }: { details: SlotDetails | undefined }) {
  const { t } = useTranslation();
  return (
    <Popover trigger="click" placement="bottom" title={t('sessions.limits.title')} content={<Limits details={details} />} destroyOnHidden>
      <Button type="text" size="small">
        {t('sessions.limits.open')}
      </Button>
    </Popover>
  );
}

function Limits({ details }: { details: SlotDetails | undefined }) {
  const { t } = useTranslation();
  const { keypairPolicy } = useMe();
  const { data: policy, isError } = useQuery(keypairPolicyQueries.byName(keypairPolicy));
  if (policy === undefined) return <p className={styles.note}>{isError ? t('sessions.limits.failed') : t('common.loading')}</p>;
  return <Facts policy={policy} details={details} />;
}

function Facts({ policy, details }: { policy: KeypairPolicy; details: SlotDetails | undefined }) {
  const { t } = useTranslation();
  const { number, locale } = useFormat();
  const count = (value: number | null) => (value === null ? t('sessions.limits.none') : number(value));
  const span = (seconds: number | null) => (seconds === null ? t('sessions.limits.none') : formatDuration(seconds, locale));
  const slots = slotOrder(Object.keys(policy.totalSlots)).filter((slot) => Number.isFinite(policy.totalSlots[slot]));
  const facts: [string, string][] = [
    [t('sessions.limits.policy'), policy.name],
    [t('sessions.limits.concurrent'), count(policy.maxConcurrentSessions)],
    [t('sessions.limits.cluster'), number(policy.maxContainersPerSession)],
    [t('sessions.limits.pending'), count(policy.maxPendingSessions)],
    [t('sessions.limits.sftp'), count(policy.maxConcurrentSftpSessions)],
    [t('sessions.limits.lifetime'), span(policy.maxSessionLifetime)],
    [t('sessions.limits.idle'), span(policy.idleTimeout)],
    ...slots.map((slot): [string, string] => [slotDetail(details, slot).name, amountWithUnit(details, slot, policy.totalSlots[slot] ?? 0, locale)]),
  ];
  return (
    <div className={styles.body}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('sessions.limits.note')}</p>
    </div>
  );
}
