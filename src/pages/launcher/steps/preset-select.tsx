import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../client/presets';
import { formatBytes } from '../../../lib/quantities';
import { useFormat } from '../../../ui/use-format';
import { useBarredOptions } from '../barred-options';
import { Field } from '../field';
import { containerCount } from '../launch-check';
import { FitMark } from '../fit-mark';
import { fitOf, forecastOf } from '../launch-forecast';
import { useLauncher } from '../launcher-context';
import { effectiveAllocation, presetAccelerator, presetObstacle, toCustom } from '../launch-resolve';
import styles from './preset-select.module.css';
import selectStyles from './select.module.css';

/** Amounts of CPU, memory and accelerators in one line. */
export function useAmountsText(): (amounts: { cpu: number | null; mem: number | null; shm?: number | null; slots?: Record<string, number> }) => string {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { facts } = useLauncher();
  return ({ cpu, mem, shm, slots = {} }) =>
    [
      cpu !== null && facts.slotText('cpu', cpu),
      mem !== null && formatBytes(mem, locale),
      shm != null && shm > 0 && t('launcher.amount.shm', { amount: formatBytes(shm, locale) }),
      ...Object.entries(slots)
        .filter(([slot, amount]) => slot !== 'cpu' && slot !== 'mem' && amount > 0)
        .map(([slot, amount]) => facts.slotText(slot, amount)),
    ]
      .filter(Boolean)
      .join(' · ');
}

/** SES-066. */
export function PresetSelect() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  const text = useAmountsText();
  const { presets, allowCustom } = facts.resolve;
  const size = containerCount(values);
  const amountsOf = (preset: Preset) =>
    text({ cpu: preset.slots['cpu'] ?? null, mem: preset.slots['mem'] ?? null, shm: preset.shmem, slots: preset.slots });
  const named = (value: string) => presets.find((one) => `preset:${one.name}` === value);
  const reasonOf = (value: string) => {
    const preset = named(value);
    const obstacle = preset ? presetObstacle(preset, facts.resolve, size) : null;
    return obstacle && t(`launcher.preset.obstacle.${obstacle}`);
  };
  const barred = useBarredOptions(reasonOf, (value) => named(value)?.name ?? value);
  const fitOfPreset = (preset: Preset) =>
    fitOf(forecastOf({ ...facts, amounts: { ...facts.amounts, cpu: preset.slots['cpu'] ?? null, mem: preset.slots['mem'] ?? null, accelerator: presetAccelerator(preset) } }));
  const allocation = effectiveAllocation(values, allowCustom);
  const automatic = facts.amounts.preset;
  const ways = [
    { value: 'auto', label: t('launcher.preset.auto') },
    ...(allowCustom
      ? [
          { value: 'minimum', label: t('launcher.preset.minimum') },
          { value: 'custom', label: t('launcher.preset.custom') },
        ]
      : []),
  ];
  const notes: Record<string, string> = {
    auto: t('launcher.preset.autoNote'),
    minimum: t('launcher.preset.minimumNote'),
    custom: t('launcher.preset.customNote'),
  };
  const choice = automatic
    ? t('launcher.preset.chosen', { name: automatic.name, amounts: amountsOf(automatic) })
    : t(presets.length > 0 ? 'launcher.preset.noneFits' : 'launcher.preset.none');
  const hint = allocation === 'auto' && (facts.freeForAsker ? `${choice} ${t('launcher.owner.freeNote')}` : choice);
  return (
    <Field field="allocation" label={t('launcher.preset.label')} hint={barred.said ?? hint}>
      {(control) => (
        <Select
          {...control}
          className={selectStyles.select}
          value={allocation}
          onChange={(next) => {
            if (!barred.allows(next)) return;
            // The amounts on the screen become the user's own; a preset takes its own again.
            set(next === 'custom' ? toCustom(values, facts.amounts) : { allocation: next, shmAuto: true, shm: null });
          }}
          listHeight={340}
          options={[
            ...ways.map((way) => ({ ...way, 'aria-label': `${way.label}, ${notes[way.value]}` })),
            ...presets.map((preset) => {
              const value = `preset:${preset.name}`;
              const fit = reasonOf(value) === null ? fitOfPreset(preset) : null;
              return { value, label: preset.name, ...barred.props(value, [preset.name, amountsOf(preset), fit && t(`launcher.fit.${fit}`)].filter(Boolean).join(', ')) };
            }),
          ]}
          optionRender={(option) => {
            const preset = named(String(option.value));
            const reason = reasonOf(String(option.value));
            return (
              <span className={styles.option}>
                <span className={styles.name}>{option.label}</span>
                <span className={styles.amounts}>
                  {preset ? amountsOf(preset) : notes[String(option.value)]}
                  {preset && (
                    <span className={styles.reason}>{reason ?? <FitMark fit={fitOfPreset(preset)} />}</span>
                  )}
                </span>
              </span>
            );
          }}
        />
      )}
    </Field>
  );
}
