import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keypairPolicyQueries } from '../client/keypair-policy';
import { presetQueries } from '../client/presets';
import { resourceGroupQueries } from '../client/resource-groups';
import { slotDetail, slotQueries } from '../client/resource-slots';
import type { SlotDetails } from '../client/resource-slots';
import { ErrorPanel } from '../ui/error-panel';
import { HelpHint } from '../ui/help-hint';
import { NativeSelect } from '../ui/native-select';
import { RefreshButton } from '../ui/refresh-button';
import { StaleNote } from '../ui/stale-note';
import { useFormat } from '../ui/use-format';
import { useMe, useProject } from './console-context';
import { PolicyLimits } from './policy-limits';
import { useResourceGroupChoice } from './resource-panel-choice';
import styles from './resource-panel.module.css';
import { percentOf, slotNumbers, slotOrder } from './resource-panel-numbers';
import type { Amount } from './resource-panel-numbers';
import { amountIn } from './session-amounts';

type BarKind = 'group' | 'mine' | 'project';

function Bar({ kind, label, amount, text }: { kind: BarKind; label: string; amount: Amount; text: string }) {
  const percent = percentOf(amount);
  return (
    <div className={styles.bar}>
      <div
        className={styles.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={text}
        title={`${label}: ${text}`}
      >
        <div className={styles.fill} data-kind={kind} style={{ inlineSize: `${percent}%` }} />
      </div>
      <span className={styles.figure} aria-hidden>
        {text}
      </span>
    </div>
  );
}

interface PanelNumbers {
  resourceGroup: string;
  check: Parameters<typeof slotNumbers>[0];
  details: SlotDetails | undefined;
}

function SlotBars({ resourceGroup, check, details }: PanelNumbers) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const group = check.resourceGroups[resourceGroup];
  // The slots of the group's agents; where they are not told, those that the numbers name.
  const slots = slotOrder(['cpu', 'mem', ...Object.keys(details ?? { ...group?.remaining, ...group?.using })]);
  return slotNumbers(check, resourceGroup, slots).map(({ slot, group: here, mine, project }) => {
    const { name, unit } = slotDetail(details, slot);
    const text = ({ used, total }: Amount) =>
      t('sessions.panel.amount', { used: amountIn(details, slot, used, locale), total: amountIn(details, slot, total, locale), unit });
    return (
      <div key={slot} className={styles.slot} role="group" aria-label={name}>
        <div className={styles.slotName}>
          <span>{name}</span>
          {slot.endsWith('.shares') ? <HelpHint about={name}>{t('sessions.panel.fractional', { name })}</HelpHint> : null}
        </div>
        <Bar kind="group" label={t('sessions.panel.groupBar', { name, group: resourceGroup })} amount={here} text={text(here)} />
        <Bar kind="mine" label={t('sessions.panel.mineBar', { name })} amount={mine} text={text(mine)} />
        {project ? <Bar kind="project" label={t('sessions.panel.projectBar', { name })} amount={project} text={text(project)} /> : null}
      </div>
    );
  });
}

function SessionsBar({ ready }: { ready: boolean }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { keypairPolicy } = useMe();
  // Not among the first questions of the page: it can wait until the list shows (PER-02).
  const { data: policy } = useQuery({ ...keypairPolicyQueries.byName(keypairPolicy), enabled: ready });
  const amount = { used: policy?.concurrencyUsed ?? 0, total: policy?.maxConcurrentSessions ?? Infinity };
  const write = (value: number) => (Number.isFinite(value) ? new Intl.NumberFormat(locale).format(value) : '∞');
  const text = policy === undefined ? '-' : `${policy.concurrencyUsed === null ? '-' : write(amount.used)} / ${write(amount.total)}`;
  return (
    <div className={styles.slot} role="group" aria-label={t('sessions.panel.sessions')}>
      <div className={styles.slotName}>
        <span>{t('sessions.panel.sessions')}</span>
        <HelpHint about={t('sessions.panel.sessions')}>{t('sessions.panel.sessionsHelp')}</HelpHint>
      </div>
      <Bar kind="mine" label={t('sessions.panel.sessionsBar')} amount={amount} text={text} />
    </div>
  );
}

function Legend({ kind, help, children }: { kind: BarKind; help: string; children: string }) {
  return (
    <span className={styles.legend}>
      <span className={styles.dot} data-kind={kind} aria-hidden />
      {children}
      <HelpHint about={children}>{help}</HelpHint>
    </span>
  );
}

/** SES-020…023. Stands still while it asks anew: the old numbers stay until the new ones are there. */
export function ResourcePanel({ ready = true, actions }: { ready?: boolean; actions?: ReactNode }) {
  const { t } = useTranslation();
  const selectId = useId();
  const project = useProject();
  const groups = useQuery(resourceGroupQueries.accessible(project));
  const names = groups.data?.map(({ name }) => name) ?? [];
  const [chosen, choose] = useResourceGroupChoice(project.id, names);
  const asked = chosen ?? '';
  const check = useQuery({
    ...presetQueries.check({ project: project.name, resourceGroup: asked }),
    enabled: chosen !== null,
    placeholderData: keepPreviousData,
  });
  const details = useQuery({ ...slotQueries.details(asked), enabled: chosen !== null, placeholderData: keepPreviousData });
  const policyName = useMe().keypairPolicy;
  const policy = useQuery({ ...keypairPolicyQueries.byName(policyName), enabled: false });
  const busy = check.isFetching || groups.isFetching;
  const refresh = () => {
    void groups.refetch();
    if (chosen !== null) void check.refetch();
    if (ready) void policy.refetch();
  };
  // While the answer for another group is on its way, the numbers on the screen are those of the group before.
  const shownGroup = check.data === undefined || check.data.resourceGroups[asked] ? asked : (Object.keys(check.data.resourceGroups)[0] ?? asked);
  const error = groups.error ?? check.error;
  return (
    <section className={styles.panel} aria-label={t('sessions.panel.title')}>
      <div className={styles.head}>
        <label htmlFor={selectId} className={styles.label}>
          {t('sessions.panel.resourceGroup')}
        </label>
        <HelpHint about={t('sessions.panel.resourceGroup')}>{t('sessions.panel.resourceGroupHelp')}</HelpHint>
        <NativeSelect
          id={selectId}
          value={asked}
          disabled={names.length < 2}
          options={names.length > 0 ? names.map((name) => ({ value: name, label: name })) : [{ value: '', label: '-' }]}
          onChange={choose}
        />
        <RefreshButton label={t('sessions.panel.refresh')} busy={busy} onClick={refresh} />
        <PolicyLimits details={details.data} />
        <span className={styles.legends}>
          <Legend kind="group" help={t('sessions.panel.groupHelp')}>
            {t('sessions.panel.groupLegend')}
          </Legend>
          <Legend kind="mine" help={t('sessions.panel.mineHelp')}>
            {t('sessions.panel.mineLegend')}
          </Legend>
        </span>
        {actions}
      </div>
      {error && check.data ? <StaleNote error={error} updatedAt={check.dataUpdatedAt} onRetry={refresh} /> : null}
      {error && !check.data ? <ErrorPanel error={error} title={t('sessions.panel.failed')} onRetry={refresh} retrying={busy} /> : null}
      {groups.data?.length === 0 ? <p className={styles.empty}>{t('sessions.panel.noGroup')}</p> : null}
      {check.data ? (
        <div className={styles.slots} data-old={check.isPlaceholderData || undefined}>
          <SlotBars resourceGroup={shownGroup} check={check.data} details={details.data} />
          <SessionsBar ready={ready} />
        </div>
      ) : error || groups.data?.length === 0 ? null : (
        <div className={styles.slots} aria-hidden>
          {[0, 1, 2].map((index) => (
            <div key={index} className={styles.placeholder} />
          ))}
        </div>
      )}
    </section>
  );
}
