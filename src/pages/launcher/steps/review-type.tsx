import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../../lib/time';
import { useFormat } from '../../../ui/use-format';
import { useLauncher } from '../launcher-context';
import { timeZoneText } from '../local-time';
import { Fact, Facts } from './review-facts';
import styles from './review-step.module.css';

/** The card of the first step (SES-110). */
export function TypeFacts() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { values, facts } = useLauncher();
  const { owner, accessKey } = facts.subject;
  const { maxSessionLifetime: lifetime, idleTimeout: idle } = facts.policy ?? {};
  // SES-R17: none of both where the policy has no such limit.
  const limits = [
    ...(lifetime ? [t('launcher.review.lifetime', { time: formatDuration(lifetime, locale) })] : []),
    // Batch sessions are exempt (SES-270).
    ...(idle && values.type === 'interactive' ? [t('launcher.review.idle', { time: formatDuration(idle, locale) })] : []),
  ];
  const start = new Date(values.startAt);
  return (
    <Facts>
      <Fact name={t('launcher.review.type')}>{t(`launcher.type.${values.type}`)}</Fact>
      <Fact name={t('launcher.type.name')}>
        {values.name.trim() || <span className={styles.quiet}>{t('launcher.review.generated')}</span>}
      </Fact>
      {values.type === 'batch' && (
        <>
          <Fact name={t('launcher.type.command')}>
            {values.startupCommand.trim() ? <pre className={styles.command}>{values.startupCommand}</pre> : '-'}
          </Fact>
          {values.startEnabled && !Number.isNaN(start.getTime()) && (
            <Fact name={t('launcher.type.start')}>
              {new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(start)}{' '}
              <span className={styles.quiet}>{timeZoneText(values.startAt)}</span>
            </Fact>
          )}
          {values.timeoutEnabled && facts.check.canTimeout && values.timeout !== null && (
            <Fact name={t('launcher.type.timeout')}>{`${values.timeout} ${t(`launcher.type.unit.${values.timeoutUnit}`)}`}</Fact>
          )}
        </>
      )}
      {limits.length > 0 && <Fact name={t('launcher.review.limits')}>{limits.join(' · ')}</Fact>}
      {owner && (
        <Fact name={t('launcher.review.owner')}>
          {owner.email} <span className={styles.quiet}>{accessKey}</span>
        </Fact>
      )}
      {values.priority !== null && facts.check.canPriority && <Fact name={t('launcher.advanced.priority')}>{values.priority}</Fact>}
      {values.dependencies.length > 0 && (
        <Fact name={t('launcher.advanced.dependencies')}>{values.dependencies.map((one) => one.name).join(', ')}</Fact>
      )}
      {values.bootstrapScript.trim() !== '' && (
        <Fact name={t('launcher.advanced.bootstrap')}>
          <pre className={styles.command}>{values.bootstrapScript}</pre>
        </Fact>
      )}
      {values.tag.trim() !== '' && <Fact name={t('launcher.advanced.tag')}>{values.tag.trim()}</Fact>}
      {values.callbackUrl.trim() !== '' && <Fact name={t('launcher.advanced.callback')}>{values.callbackUrl.trim()}</Fact>}
    </Facts>
  );
}
