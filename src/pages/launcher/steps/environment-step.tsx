import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Skeleton } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EnvironmentSelect, VersionSelect } from '../../../parts/image-select';
import { ErrorPanel } from '../../../ui/error-panel';
import { newEnvironKey } from '../environ-key';
import { Field, Part, ProblemLine, useFieldProblem } from '../field';
import { useLauncher } from '../launcher-context';
import { looksSecret } from '../../../lib/secret-names';
import { isManual } from '../manual-image';
import type { EnvironEntry } from '../launch-values';
import styles from './environment-step.module.css';
import { ResourceFields } from './resource-fields';

/** Step 2 (SES-060…075). */
export function EnvironmentStep() {
  const { t } = useTranslation();
  return (
    <>
      <Part title={t('launcher.environment.title')}>
        <ImageFields />
        <EnvironFields />
      </Part>
      <Part title={t('launcher.resources.title')} lead={t('launcher.resources.lead')}>
        <ResourceFields />
      </Part>
    </>
  );
}

function ImageFields() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  const failure = facts.failures.find((one) => one.of === 'images');
  const problem = useFieldProblem('image');
  const manual = isManual(values, facts.check.manualImage);
  if (failure) {
    return <ErrorPanel error={failure.error} title={t('launcher.environment.failed')} onRetry={failure.retry} />;
  }
  if (!facts.environments) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  return (
    <>
      <Field field="environment" label={t('launcher.environment.environment')}>
        {(control) => (
          <EnvironmentSelect
            {...control}
            status={problem?.level}
            environments={facts.environments}
            value={facts.environment?.key ?? null}
            disabled={manual}
            onChange={(key) => set({ environment: key, image: null })}
          />
        )}
      </Field>
      <Field field="image" label={t('launcher.environment.version')} hint={facts.image && !manual ? <code className={styles.reference}>{facts.image.reference}</code> : undefined}>
        {(control) => (
          <VersionSelect
            {...control}
            images={facts.environment?.images ?? []}
            value={manual ? null : facts.image}
            disabled={manual}
            onChange={(id) => set({ environment: facts.environment?.key ?? null, image: id })}
          />
        )}
      </Field>
      {facts.check.manualImage && (
        <Field
          field="imageName"
          label={t('launcher.environment.manual')}
          help={t('launcher.environment.manualHelp')}
          hint={manual && facts.image?.id === '' ? t('launcher.environment.manualUnknown') : t('launcher.environment.manualHint')}
        >
          {(control) => (
            <Input
              {...control}
              className={styles.manual}
              value={values.imageName}
              onChange={(event) => set({ imageName: event.target.value })}
              placeholder={'registry/namespace/name:tag'}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      )}
    </>
  );
}

function EnvironFields() {
  const { t } = useTranslation();
  const { values, set } = useLauncher();
  const [added, setAdded] = useState<string | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const add = () => {
    const key = newEnvironKey();
    set({ environ: [...values.environ, { key, name: '', value: '', missing: false }] });
    setAdded(key);
  };
  const remove = (key: string) => {
    set({ environ: values.environ.filter((one) => one.key !== key) });
    // The button that had the focus goes with its row (A11-02).
    addButton.current?.focus();
  };
  const change = (key: string, patch: Partial<EnvironEntry>) =>
    set({ environ: values.environ.map((entry) => (entry.key === key ? { ...entry, ...patch } : entry)) });
  return (
    <Field field="environ" label={t('launcher.environ.title')} help={t('launcher.environ.help')} group>
      {() => (
        <div className={styles.environ}>
          {values.environ.map((entry, index) => (
            <EnvironRow
              key={entry.key}
              entry={entry}
              number={index + 1}
              isNew={entry.key === added}
              onChange={(patch) => change(entry.key, patch)}
              onRemove={() => remove(entry.key)}
            />
          ))}
          <Button ref={addButton} icon={<PlusOutlined aria-hidden />} className={styles.add} onClick={add}>
            {t('launcher.environ.add')}
          </Button>
        </div>
      )}
    </Field>
  );
}

interface EnvironRowProps {
  entry: EnvironEntry;
  number: number;
  /** Just added by the user, who wants to type into it. */
  isNew: boolean;
  onChange: (patch: Partial<EnvironEntry>) => void;
  onRemove: () => void;
}

function EnvironRow({ entry, number, isNew, onChange, onRemove }: EnvironRowProps) {
  const { t } = useTranslation();
  const { leave } = useLauncher();
  const id = useId();
  const nameInput = useRef<InputRef>(null);
  useEffect(() => {
    if (isNew) nameInput.current?.focus();
  }, [isNew]);
  const nameField = `environ:${entry.key}:name`;
  const valueField = `environ:${entry.key}:value`;
  const nameProblem = useFieldProblem(nameField);
  const valueProblem = useFieldProblem(valueField);
  const secret = looksSecret(entry.name);
  const valueProps = {
    value: entry.value,
    'aria-label': t('launcher.environ.value', { number }),
    'aria-describedby': `${id}-note`,
    'aria-invalid': valueProblem?.level === 'error' ? (true as const) : undefined,
    status: valueProblem?.level,
    placeholder: t('launcher.environ.valuePlaceholder'),
    autoComplete: 'off',
    spellCheck: false,
    onBlur: () => leave(valueField),
  };
  return (
    <div className={styles.environRow}>
      <Input
        ref={nameInput}
        value={entry.name}
        aria-label={t('launcher.environ.name', { number })}
        aria-describedby={`${id}-note`}
        aria-invalid={nameProblem?.level === 'error' ? true : undefined}
        status={nameProblem?.level}
        placeholder={t('launcher.environ.namePlaceholder')}
        autoComplete="off"
        spellCheck={false}
        className={styles.environName}
        onChange={(event) => onChange({ name: event.target.value.trim() })}
        onBlur={() => leave(nameField)}
        data-field={nameField}
      />
      {secret ? (
        <Input.Password
          {...valueProps}
          autoComplete="new-password"
          className={styles.environValue}
          onChange={(event) => onChange({ value: event.target.value, missing: false })}
        />
      ) : (
        <Input {...valueProps} className={styles.environValue} onChange={(event) => onChange({ value: event.target.value, missing: false })} />
      )}
      <Button
        type="text"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={entry.name ? t('launcher.environ.removeNamed', { name: entry.name }) : t('launcher.environ.remove', { number })}
        onClick={onRemove}
      />
      <div id={`${id}-note`} className={styles.environNote} aria-live="polite">
        {nameProblem && <ProblemLine problem={nameProblem} />}
        {valueProblem && <ProblemLine problem={valueProblem} />}
      </div>
    </div>
  );
}
