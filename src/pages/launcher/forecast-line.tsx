import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ownSessionQueries } from '../../client/own-sessions';
import { useMe } from '../../parts/console-context';
import { useFormat } from '../../ui/use-format';
import { sessionCount } from './launch-check';
import type { Forecast } from './launch-forecast';
import { useLauncher } from './launcher-context';
import styles from './forecast-line.module.css';

/** Why it waits, or never starts. */
function useReason(): (forecast: Forecast) => string {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { facts } = useLauncher();
  return ({ never, short, scattered, overLimit, state, starting }) => {
    if (never) {
      const params = { group: facts.resourceGroup ?? '', wanted: facts.slotText(never.slot, never.wanted), most: facts.slotText(never.slot, never.most), architecture: facts.image?.architecture ?? '' };
      return t(`launcher.forecast.never.${never.by}`, params);
    }
    const names = new Intl.ListFormat(locale, { type: 'conjunction' }).format(short.map(facts.slotName));
    if (state === 'partly') return t('launcher.forecast.partly', { count: starting, total: sessionCount(facts.values) });
    if (short.length > 0) return t('launcher.forecast.queue', { names });
    return scattered ? t('launcher.forecast.scattered') : t('launcher.forecast.limit', { count: overLimit });
  };
}

/** Those who wait already, as far as one may see them. */
function Ahead({ group }: { group: string }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const { data: count } = useQuery(ownSessionQueries.waitingIn(group));
  if (!count) return null;
  return <> {t(role === 'user' ? 'launcher.forecast.aheadOwn' : 'launcher.forecast.ahead', { count })}</>;
}

/** Says beside the choice whether it starts now, waits, or never fits (UX-08). */
export function ForecastLine() {
  const { t } = useTranslation();
  const { facts, forecast } = useLauncher();
  const reason = useReason();
  const { state } = forecast;
  if (state === 'unknown') return null;
  const waits = state === 'queue' || state === 'partly';
  const Icon = state === 'never' ? CloseCircleFilled : waits ? ClockCircleFilled : CheckCircleFilled;
  return (
    <div className={styles.line} data-state={waits ? 'queue' : state} role="status">
      <Icon aria-hidden className={styles.icon} />
      <span>
        {state === 'now'
          ? t('launcher.forecast.now')
          : state === 'later'
            ? t(facts.values.dependencies.length > 0 ? 'launcher.forecast.laterDependencies' : 'launcher.forecast.later')
            : reason(forecast)}
        {waits && facts.resourceGroup !== null && <Ahead group={facts.resourceGroup} />}
      </span>
    </div>
  );
}
