import { Alert, Checkbox, Input, InputNumber } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import { readNetworks } from '../lib/networks';
import styles from './app-dialog.module.css';
import { useSiteConfig } from './console-context';
import type { LaunchExtras } from './use-app-launch';

export interface AppOptionValues {
  isPublic: boolean;
  networks: string;
  wantsPort: boolean;
  port: number | null;
}

export const noOptions: AppOptionValues = { isPublic: false, networks: '', wantsPort: false, port: null };

const ports = { min: 1025, max: 65_534 };

export interface OptionProblems {
  /** Entries that are no address. */
  networks: string[];
  port: boolean;
}

export function problemsOf(values: AppOptionValues): OptionProblems {
  const { port } = values;
  return {
    networks: values.isPublic ? readNetworks(values.networks).bad : [],
    port: values.wantsPort && (port === null || !Number.isInteger(port) || port < ports.min || port > ports.max),
  };
}

/** What the options add to a launch. */
export function extrasOf(values: AppOptionValues): LaunchExtras {
  const { networks } = readNetworks(values.networks);
  return {
    ...(values.isPublic ? { openToPublic: true, allowedClientIps: networks.length > 0 ? networks.join(',') : undefined } : {}),
    ...(values.wantsPort && values.port !== null ? { port: values.port } : {}),
  };
}

export interface AppOptionsProps {
  values: AppOptionValues;
  problems: OptionProblems;
  onChange: (patch: Partial<AppOptionValues>) => void;
}

/** SES-281, each where the operator allows it. */
export function AppOptions({ values, problems, onChange }: AppOptionsProps) {
  const { t } = useTranslation();
  const { openPortToPublic, allowPreferredPort } = useSiteConfig().resources;
  const id = useId();
  if (!openPortToPublic && !allowPreferredPort) return null;
  return (
    <fieldset className={styles.options}>
      <legend className={styles.legend}>{t('apps.options.title')}</legend>
      {openPortToPublic ? (
        <div className={styles.option}>
          <Checkbox checked={values.isPublic} onChange={(event) => onChange({ isPublic: event.target.checked })}>
            {t('apps.options.public')}
          </Checkbox>
          {values.isPublic ? (
            <>
              <Alert className={styles.wide} type="warning" showIcon title={t('apps.options.publicWarning')} />
              <label className={styles.label} htmlFor={`${id}-networks`}>
                {t('apps.options.networks')}
              </label>
              <Input
                id={`${id}-networks`}
                value={values.networks}
                placeholder="10.0.0.0/8, 203.0.113.7"
                status={problems.networks.length > 0 ? 'error' : undefined}
                aria-invalid={problems.networks.length > 0}
                aria-describedby={`${id}-networks-hint`}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => onChange({ networks: event.target.value })}
              />
              <p id={`${id}-networks-hint`} className={problems.networks.length > 0 ? styles.error : styles.note}>
                {problems.networks.length > 0
                  ? t('apps.options.badNetworks', { entries: problems.networks.join(', '), count: problems.networks.length })
                  : t('apps.options.networksHint')}
              </p>
            </>
          ) : null}
        </div>
      ) : null}
      {allowPreferredPort ? (
        <div className={styles.option}>
          <Checkbox checked={values.wantsPort} onChange={(event) => onChange({ wantsPort: event.target.checked })}>
            {t('apps.options.port')}
          </Checkbox>
          {values.wantsPort ? (
            <>
              <InputNumber
                aria-label={t('apps.options.portNumber')}
                value={values.port}
                precision={0}
                controls={false}
                status={problems.port ? 'error' : undefined}
                aria-invalid={problems.port}
                aria-describedby={`${id}-port-hint`}
                onChange={(port) => onChange({ port })}
              />
              <p id={`${id}-port-hint`} className={problems.port ? styles.error : styles.note}>
                {problems.port ? t('apps.options.badPort', ports) : can('newAppProxy') ? t('apps.options.portHint') : t('apps.options.portIgnored')}
              </p>
            </>
          ) : null}
        </div>
      ) : null}
    </fieldset>
  );
}
