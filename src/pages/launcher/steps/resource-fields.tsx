import { Alert, Select, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GIB, MIB, formatBytes } from '../../../lib/quantities';
import { ErrorPanel } from '../../../ui/error-panel';
import { NativeSelect } from '../../../ui/native-select';
import { useFormat } from '../../../ui/use-format';
import { AmountField } from '../amount-field';
import { useBarredOptions } from '../barred-options';
import { Field } from '../field';
import { useLauncher } from '../launcher-context';
import { fitOfSlot } from '../launch-forecast';
import { acceleratorRange, cpuRange, memoryRange, shmRange } from '../launch-limits';
import { toCustom, usableAccelerators } from '../launch-resolve';
import { containerCount } from '../launch-check';
import { FitMark } from '../fit-mark';
import { ForecastLine } from '../forecast-line';
import { AgentField } from './agent-field';
import { ClusterFields } from './cluster-fields';
import { useGroupLabel } from './group-fit';
import { PresetSelect } from './preset-select';
import styles from './resource-fields.module.css';
import { ThreadFields } from './thread-fields';

/** Resource group, preset and amounts (SES-065…075). */
export function ResourceFields() {
  const { t } = useTranslation();
  const { set, facts } = useLauncher();
  const labelOf = useGroupLabel(facts.resourceGroups ?? []);
  const groupFailure = facts.failures.find((one) => one.of === 'resourceGroups');
  if (groupFailure) {
    return <ErrorPanel error={groupFailure.error} title={t('launcher.resources.groupsFailed')} onRetry={groupFailure.retry} />;
  }
  const names = facts.resourceGroups;
  if (!names || !facts.check.resourceGroups) return <Skeleton active title={false} paragraph={{ rows: 5 }} />;
  const offered = facts.resourceGroup !== null && !names.includes(facts.resourceGroup) ? [facts.resourceGroup, ...names] : names;
  const alone = offered.length === 1;
  return (
    <>
      <Field
        field="resourceGroup"
        label={t('launcher.resources.group')}
        help={t('launcher.resources.groupHelp')}
        hint={alone ? t('launcher.resources.groupAlone') : undefined}
      >
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={facts.resourceGroup ?? ''}
            disabled={alone}
            onChange={(resourceGroup) => set({ resourceGroup })}
            options={offered.map((name) => ({ value: name, label: labelOf(name) }))}
          />
        )}
      </Field>
      <Amounts />
    </>
  );
}

function Amounts() {
  const { t } = useTranslation();
  const { facts, forecast } = useLauncher();
  const failure = facts.failures.find((one) => one.of === 'presets');
  if (failure) return <ErrorPanel error={failure.error} title={t('launcher.resources.amountsFailed')} onRetry={failure.retry} />;
  if (facts.resourceGroup === null) return null;
  if (!facts.presetCheck) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  return (
    <>
      {forecast.nothingLeft && (
        <Alert type="warning" showIcon title={t('launcher.resources.nothingLeft', { name: facts.resourceGroup })} />
      )}
      <PresetSelect />
      {facts.resolve.allowCustom && (
        <>
          <CpuField />
          <MemoryField />
          <ShmField />
          <AcceleratorField />
        </>
      )}
      <ClusterFields />
      <AgentField />
      <ThreadFields />
      <ForecastLine />
    </>
  );
}

/** What an amount comes to, at its field (UX-08). */
function SlotMark({ slot, amount }: { slot: string; amount: number | null }) {
  const { t } = useTranslation();
  const { forecast } = useLauncher();
  const fit = fitOfSlot(forecast, slot, amount);
  return <FitMark fit={fit} text={fit === null ? undefined : t(`launcher.fit.slot.${fit}`)} />;
}

function CpuField() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  return (
    <AmountField
      field="cpu"
      label={t('launcher.resources.cpu')}
      help={t('launcher.resources.cpuHelp')}
      value={facts.amounts.cpu}
      onChange={(cpu) => set({ ...toCustom(values, facts.amounts), cpu })}
      range={cpuRange(facts.limits)}
      unit={t('launcher.resources.cores')}
      show={(amount) => facts.slotText('cpu', amount)}
      aside={<SlotMark slot="cpu" amount={facts.amounts.cpu} />}
    />
  );
}

/** Whole MiB: the manager takes whole numbers of a unit only. */
const toMiB = (bytes: number | null): number | null => (bytes === null ? null : Math.round(bytes / MIB) * MIB);

type Unit = 'GiB' | 'MiB';

function UnitSelect({ value, onChange, label, disabled }: { value: Unit; onChange: (unit: Unit) => void; label: string; disabled?: boolean }) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(unit) => onChange(unit as Unit)}
      options={[
        { value: 'GiB', label: 'GiB' },
        { value: 'MiB', label: 'MiB' },
      ]}
    />
  );
}

function MemoryField() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { values, set, facts } = useLauncher();
  const [unit, setUnit] = useState<Unit>('GiB');
  const range = memoryRange(facts.limits);
  return (
    <AmountField
      field="mem"
      label={t('launcher.resources.memory')}
      help={t('launcher.resources.memoryHelp')}
      value={facts.amounts.mem}
      onChange={(mem) => set({ ...toCustom(values, facts.amounts), mem: toMiB(mem) })}
      range={unit === 'GiB' ? range : { ...range, step: 64 * MIB }}
      scale={unit === 'GiB' ? GIB : MIB}
      unit={<UnitSelect value={unit} onChange={setUnit} label={t('launcher.resources.memoryUnit')} />}
      show={(amount) => formatBytes(amount, locale)}
      aside={<SlotMark slot="mem" amount={facts.amounts.mem} />}
    />
  );
}

function ShmField() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { values, set, facts } = useLauncher();
  const [unit, setUnit] = useState<Unit>('GiB');
  const { min, max } = shmRange(facts.limits, facts.amounts.mem);
  const { shm, shmAuto } = facts.amounts;
  return (
    <AmountField
        field="shm"
        label={t('launcher.resources.shm')}
        help={t('launcher.resources.shmHelp')}
        value={shm}
        onChange={(next) => set({ ...toCustom(values, facts.amounts), shmAuto: false, shm: toMiB(next) })}
        range={{ min, max, step: unit === 'GiB' ? Math.round(0.05 * GIB) : 64 * MIB, remaining: Infinity }}
        scale={unit === 'GiB' ? GIB : MIB}
        unit={<UnitSelect value={unit} onChange={setUnit} label={t('launcher.resources.shmUnit')} disabled={shmAuto} />}
        show={(amount) => formatBytes(amount, locale)}
        disabled={shmAuto}
        hint={shmAuto ? t(facts.amounts.preset?.shmem === shm ? 'launcher.resources.shmOfPreset' : 'launcher.resources.shmAutomatic') : undefined}
        aside={
          <label className={styles.switch}>
            {t('launcher.resources.shmSwitch')}
            <Switch
              size="small"
              checked={shmAuto}
              onChange={(automatic) => set({ ...toCustom(values, facts.amounts), shmAuto: automatic, shm })}
            />
          </label>
        }
      />
  );
}

function AcceleratorField() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  const { accelerators } = facts.resolve;
  const usable = usableAccelerators(facts.resolve);
  const present = facts.amounts.accelerator;
  const slot = present?.slot ?? usable[0] ?? accelerators[0];
  const barred = useBarredOptions((kind) => (usable.includes(kind) ? null : t('launcher.resources.acceleratorUnfit')), facts.slotName);
  if (slot === undefined) {
    return (
      <Field field="accelerator" label={t('launcher.resources.accelerator')} hint={t('launcher.resources.acceleratorNone')} group>
        {() => null}
      </Field>
    );
  }
  const unusable = usable.length === 0;
  const choices = accelerators.includes(slot) ? accelerators : [slot, ...accelerators];
  return (
    <AmountField
      field="accelerator"
      label={t('launcher.resources.accelerator')}
      help={t('launcher.resources.acceleratorHelp')}
      value={present?.amount ?? 0}
      onChange={(amount) => set({ ...toCustom(values, facts.amounts), acceleratorSlot: slot, accelerator: amount })}
      range={acceleratorRange(facts.limits, slot, containerCount(values))}
      unit={
        choices.length > 1 ? (
          <Select
            className={styles.kind}
            aria-label={t('launcher.resources.acceleratorKind')}
            popupMatchSelectWidth={false}
            value={slot}
            onChange={(kind) => {
              if (barred.allows(kind)) set({ ...toCustom(values, facts.amounts), acceleratorSlot: kind, accelerator: present?.amount ?? 0 });
            }}
            options={choices.map((kind) => ({
              value: kind,
              label: usable.includes(kind) ? facts.slotName(kind) : t('launcher.resources.acceleratorOther', { name: facts.slotName(kind) }),
              ...barred.props(kind, facts.slotName(kind)),
            }))}
          />
        ) : (
          facts.slotName(slot)
        )
      }
      show={(amount) => facts.slotText(slot, amount)}
      aside={<SlotMark slot={slot} amount={present?.amount ?? null} />}
      disabled={unusable && (present?.amount ?? 0) === 0}
      hint={barred.said ?? (unusable ? t('launcher.resources.acceleratorImage') : undefined)}
    />
  );
}
