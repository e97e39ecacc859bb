import { useTranslation } from 'react-i18next';
import styles from './login-mode-switch.module.css';

interface ModeSwitchProps {
  mode: 'SESSION' | 'API';
  disabled: boolean;
  onChange: (mode: 'SESSION' | 'API') => void;
}

/** Through a webserver or straight to the manager (ACC-017). */
export function ModeSwitch({ mode, disabled, onChange }: ModeSwitchProps) {
  const { t } = useTranslation();
  const choices = [
    { value: 'SESSION', label: t('login.modeSession') },
    { value: 'API', label: t('login.modeApi') },
  ] as const;
  return (
    <fieldset className={styles.group} disabled={disabled}>
      <legend className={styles.legend}>{t('login.mode')}</legend>
      <div className={styles.row}>
        {choices.map(({ value, label }) => (
          <label key={value} className={styles.choice}>
            <input
              type="radio"
              name="connection-mode"
              className={styles.radio}
              checked={mode === value}
              onChange={() => onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
