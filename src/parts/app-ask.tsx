import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppAllowance } from '../client/apps';
import styles from './app-dialog.module.css';
import { isRunByHand } from './app-list';
import type { OfferedApp } from './app-list';
import type { LaunchExtras } from './use-app-launch';

const LOG_DIRECTORY = '--logdir';
const DEFAULT_LOGS = '/home/work/logs';
/** What a user types in the session first (SES-285). */
const commands: Readonly<Record<string, string>> = { 'mlflow-ui': 'mlflow ui --host 0.0.0.0', nniboard: 'nnictl view <experiment> --port 8080' };

export function needsAsking(app: OfferedApp, allowance: AppAllowance | undefined): boolean {
  const passes = (allowance?.arguments.length ?? 0) + (allowance?.envs.length ?? 0) > 0;
  return app.name === 'tensorboard' || isRunByHand(app) || passes;
}

function given(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (values[name]?.trim() ? [[name, values[name].trim()]] : [])));
}

function Fields({ names, values, onChange }: { names: readonly string[]; values: Readonly<Record<string, string>>; onChange: (name: string, value: string) => void }) {
  const id = useId();
  return names.map((name) => (
    <div key={name} className={styles.field}>
      <label htmlFor={`${id}-${name}`}>
        <code>{name}</code>
      </label>
      <Input id={`${id}-${name}`} value={values[name] ?? ''} autoComplete="off" spellCheck={false} onChange={(event) => onChange(name, event.target.value)} />
    </div>
  ));
}

export interface AppAskProps {
  app: OfferedApp;
  allowance: AppAllowance | undefined;
  onOpen: (extras: LaunchExtras) => void;
}

/** What is asked before an app opens: log directory, arguments, variables, or just a word first (SES-281, SES-285). */
export function AppAsk({ app, allowance, onOpen }: AppAskProps) {
  const { t } = useTranslation();
  const id = useId();
  const isTensorBoard = app.name === 'tensorboard';
  const [directory, setDirectory] = useState(DEFAULT_LOGS);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const change = (name: string, value: string) => setValues((before) => ({ ...before, [name]: value }));
  const args = (allowance?.arguments ?? []).filter((name) => !isTensorBoard || name !== LOG_DIRECTORY);
  const envs = allowance?.envs ?? [];
  const badDirectory = isTensorBoard && !directory.trim().startsWith('/');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (badDirectory) return;
    const all = { ...(isTensorBoard ? { [LOG_DIRECTORY]: directory.trim() } : {}), ...given(values, args) };
    const passed = { envs: given(values, envs), arguments: all };
    // A running one goes on with what it was started with: it has to start anew.
    const changes = Object.keys(passed.envs).length + Object.keys(all).length > 0;
    onOpen({ ...passed, restart: changes });
  };

  return (
    <form className={styles.ask} onSubmit={submit}>
      {isRunByHand(app) ? (
        <p className={styles.text}>
          {t('apps.ask.runFirst', { app: app.title })} <code>{commands[app.name]}</code>
        </p>
      ) : null}
      {isTensorBoard ? (
        <div className={styles.field}>
          <label htmlFor={`${id}-directory`}>{t('apps.ask.directory')}</label>
          <Input
            id={`${id}-directory`}
            value={directory}
            status={badDirectory ? 'error' : undefined}
            aria-invalid={badDirectory}
            aria-describedby={`${id}-directory-hint`}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setDirectory(event.target.value)}
          />
          <p id={`${id}-directory-hint`} className={badDirectory ? styles.error : styles.note}>
            {badDirectory ? t('apps.ask.badDirectory') : t('apps.ask.restart')}
          </p>
        </div>
      ) : null}
      {args.length > 0 ? (
        <fieldset className={styles.options}>
          <legend className={styles.legend}>{t('apps.ask.arguments')}</legend>
          <Fields names={args} values={values} onChange={change} />
        </fieldset>
      ) : null}
      {envs.length > 0 ? (
        <fieldset className={styles.options}>
          <legend className={styles.legend}>{t('apps.ask.envs')}</legend>
          <Fields names={envs} values={values} onChange={change} />
        </fieldset>
      ) : null}
      {args.length + envs.length > 0 ? <p className={styles.note}>{t('apps.ask.emptyNotPassed')}</p> : null}
      <div>
        <Button type="primary" htmlType="submit">
          {t('apps.open')}
        </Button>
      </div>
    </form>
  );
}
