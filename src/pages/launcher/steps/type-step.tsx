import { Checkbox, Input, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { holdsSecret } from '../../../lib/secret-names';
import { Field, Part } from '../field';
import { useLauncher } from '../launcher-context';
import { timeoutUnits } from '../launch-values';
import { NativeSelect } from '../../../ui/native-select';
import { laterLocal, timeZoneText } from '../local-time';
import { AdvancedFields } from './advanced-fields';
import { OwnerField } from './owner-field';
import styles from './type-step.module.css';

/** Step 1 (SES-050…056, SES-076). */
export function TypeStep() {
  const { t } = useTranslation();
  const { values, set, leave } = useLauncher();
  return (
    <>
      <Part title={t('launcher.type.kind')}>
        <Radio.Group
          className={styles.kinds}
          value={values.type}
          onChange={(event) => set({ type: event.target.value as 'interactive' | 'batch' })}
          aria-label={t('launcher.type.kind')}
        >
          {(['interactive', 'batch'] as const).map((type) => (
            <Radio key={type} value={type} className={styles.kind}>
              <span className={styles.kindName}>{t(`launcher.type.${type}`)}</span>
              <span className={styles.kindText}>{t(`launcher.type.${type}Text`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Part>
      <Part title={t('launcher.type.details')}>
        <Field field="name" label={t('launcher.type.name')} hint={t('launcher.type.nameHint')}>
          {(control) => (
            <Input
              {...control}
              value={values.name}
              onChange={(event) => set({ name: event.target.value })}
              placeholder={t('launcher.type.namePlaceholder')}
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
            />
          )}
        </Field>
        {values.type === 'batch' && <BatchFields onLeave={leave} />}
        <OwnerField />
        <AdvancedFields />
      </Part>
    </>
  );
}

function BatchFields({ onLeave }: { onLeave: (field: string) => void }) {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  return (
    <>
      <Field field="startupCommand" label={t('launcher.type.command')} hint={t(holdsSecret(values.startupCommand) ? 'launcher.secretHint' : 'launcher.type.commandHint')} required>
        {(control) => (
          <Input.TextArea
            {...control}
            className={styles.command}
            value={values.startupCommand}
            onChange={(event) => set({ startupCommand: event.target.value })}
            onBlur={() => onLeave('startupCommand')}
            rows={4}
            placeholder={'python train.py'}
            spellCheck={false}
            aria-required
          />
        )}
      </Field>
      <Field field="startAt" label={t('launcher.type.start')} help={t('launcher.type.startHelp')} hint={values.startEnabled ? timeZoneText(values.startAt) : t('launcher.type.startNow')} group>
        {(control) => (
          <div className={styles.line}>
            <Checkbox
              checked={values.startEnabled}
              onChange={(event) =>
                set({
                  startEnabled: event.target.checked,
                  ...(event.target.checked && values.startAt === '' ? { startAt: laterLocal(2) } : {}),
                })
              }
            >
              {t('launcher.type.startLater')}
            </Checkbox>
            <Input
              {...control}
              type="datetime-local"
              className={styles.moment}
              aria-label={t('launcher.type.startMoment')}
              disabled={!values.startEnabled}
              value={values.startAt}
              onChange={(event) => set({ startAt: event.target.value })}
              onBlur={() => onLeave('startAt')}
            />
          </div>
        )}
      </Field>
      {facts.check.canTimeout && (
        <Field field="timeout" label={t('launcher.type.timeout')} help={t('launcher.type.timeoutHelp')} hint={values.timeoutEnabled ? undefined : t('launcher.type.timeoutNone')} group>
          {({ status, ...control }) => (
            <div className={styles.line}>
              <Checkbox
                checked={values.timeoutEnabled}
                onChange={(event) =>
                  set({ timeoutEnabled: event.target.checked, ...(values.timeout === null ? { timeout: 1 } : {}) })
                }
              >
                {t('launcher.type.timeoutSet')}
              </Checkbox>
              <span className={styles.duration}>
                <InputNumber
                  {...control}
                  status={status}
                  aria-label={t('launcher.type.timeoutAmount')}
                  disabled={!values.timeoutEnabled}
                  value={values.timeout}
                  onChange={(timeout) => set({ timeout })}
                  onBlur={() => onLeave('timeout')}
                  className={styles.durationNumber}
                />
                <NativeSelect
                  aria-label={t('launcher.type.timeoutUnit')}
                  disabled={!values.timeoutEnabled}
                  value={values.timeoutUnit}
                  onChange={(unit) => set({ timeoutUnit: unit as typeof values.timeoutUnit })}
                  options={timeoutUnits.map((unit) => ({ value: unit, label: t(`launcher.type.unit.${unit}`) }))}
                />
              </span>
            </div>
          )}
        </Field>
      )}
    </>
  );
}
