import { InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../field';
import { useLauncher } from '../launcher-context';
import { threadVariables } from '../launch-values';
import styles from './thread-fields.module.css';

/** HPC optimizations: how many threads numeric libraries start (SES-075). */
export function ThreadFields() {
  const { t } = useTranslation();
  const { values, set } = useLauncher();
  return (
    <>
      <Field
        field="hpc"
        label={t('launcher.hpc.label')}
        help={t('launcher.hpc.help')}
        hint={values.hpcAuto ? t('launcher.hpc.automatic') : t('launcher.hpc.manual')}
        group
      >
        {() => (
          <label className={styles.switch}>
            <Switch size="small" checked={values.hpcAuto} onChange={(hpcAuto) => set({ hpcAuto })} />
            {t('launcher.hpc.switch')}
          </label>
        )}
      </Field>
      {!values.hpcAuto && (
        <div className={styles.pair}>
          {threadVariables.map(({ name, field }) => (
            <Field key={name} field={field} label={name}>
              {(control) => (
                <InputNumber {...control} className={styles.number} value={values[field]} onChange={(count) => set({ [field]: count })} />
              )}
            </Field>
          ))}
        </div>
      )}
    </>
  );
}
