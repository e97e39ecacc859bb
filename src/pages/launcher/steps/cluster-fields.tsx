import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { AmountField } from '../amount-field';
import { Field } from '../field';
import { FitMark } from '../fit-mark';
import { containerCount, sessionCount } from '../launch-check';
import { fitOf } from '../launch-forecast';
import { clusterSizeMax, sessionsMax } from '../launch-limits';
import { useLauncher } from '../launcher-context';
import { useAmountsText } from './preset-select';

/** How many containers and sessions (SES-072, SES-074). */
export function ClusterFields() {
  const { t } = useTranslation();
  const { values, set, facts, forecast } = useLauncher();
  const text = useAmountsText();
  const size = containerCount(values);
  const mostContainers = clusterSizeMax(facts.policy?.maxContainersPerSession ?? null);
  const mostSessions = sessionsMax(facts.policy?.maxConcurrentSessions ?? null);
  const times = size * sessionCount(values);
  const { cpu, mem, accelerator } = facts.amounts;
  const total =
    times > 1 && cpu !== null && mem !== null
      ? text({
          cpu: cpu * times,
          mem: mem * times,
          slots: accelerator?.amount ? { [accelerator.slot]: accelerator.amount * times } : {},
        })
      : null;
  const partly = forecast.state === 'partly' ? t('launcher.fit.partly', { count: forecast.starting, total: times }) : undefined;
  // What so many come to (UX-08).
  const together = (
    <>
      {t('launcher.cluster.total', { total })} · <FitMark fit={fitOf(forecast)} text={partly} />
    </>
  );
  // What a link brought can be taken back also where one container is all that is allowed.
  const clustered = mostContainers > 1 || values.clusterSize !== 1 || values.clusterMode === 'multi-node';
  const count = (max: number) => ({ min: 1, max, step: 1, remaining: Infinity });
  return (
    <>
      {clustered && (
        <>
          <Field field="clusterMode" label={t('launcher.cluster.mode')} help={t('launcher.cluster.help')} hint={t(`launcher.cluster.${values.clusterMode === 'multi-node' ? 'multiHint' : 'singleHint'}`)} group>
            {() => (
              <Radio.Group
                aria-label={t('launcher.cluster.mode')}
                value={values.clusterMode}
                onChange={(event) => set({ clusterMode: event.target.value as typeof values.clusterMode })}
                options={[
                  { value: 'single-node', label: t('launcher.cluster.single') },
                  { value: 'multi-node', label: t('launcher.cluster.multi') },
                ]}
              />
            )}
          </Field>
          <AmountField
            field="clusterSize"
            label={t('launcher.cluster.size')}
            value={values.clusterSize}
            onChange={(clusterSize) => set({ clusterSize })}
            range={count(mostContainers)}
            unit={t('launcher.cluster.containers')}
            show={(amount) => String(amount)}
            hint={total && size > 1 ? together : t('launcher.cluster.sizeHint', { max: mostContainers })}
          />
        </>
      )}
      <AmountField
        field="sessions"
        label={t('launcher.cluster.sessions')}
        help={t('launcher.cluster.sessionsHelp')}
        value={size > 1 ? 1 : values.sessions}
        onChange={(sessions) => set({ sessions })}
        range={count(mostSessions)}
        unit={t('launcher.cluster.sessionsUnit')}
        show={(amount) => String(amount)}
        disabled={size > 1}
        hint={
          size > 1
            ? t('launcher.cluster.sessionsFixed')
            : total
              ? together
              : t('launcher.cluster.sessionsHint', { max: mostSessions })
        }
      />
    </>
  );
}
