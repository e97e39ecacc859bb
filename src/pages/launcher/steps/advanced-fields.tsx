import { RightOutlined } from '@ant-design/icons';
import { Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsSecret } from '../../../lib/secret-names';
import { Field } from '../field';
import { useLauncher } from '../launcher-context';
import type { LaunchValues } from '../launch-values';
import styles from './advanced-fields.module.css';
import { DependencyField } from './dependency-field';

const fields = ['priority', 'dependencies', 'bootstrapScript', 'tag', 'callbackUrl'];

/** How many of the block's fields were set. */
export function advancedCount(values: LaunchValues): number {
  return [
    values.priority !== null,
    values.dependencies.length > 0,
    values.bootstrapScript.trim() !== '',
    values.tag.trim() !== '',
    values.callbackUrl.trim() !== '',
  ].filter(Boolean).length;
}

/** What few launches need, folded away (SES-076). */
export function AdvancedFields() {
  const { t } = useTranslation();
  const { values, set, facts, problems } = useLauncher();
  const count = advancedCount(values);
  const [open, setOpen] = useState(count > 0);
  const troubled = problems.some((one) => fields.includes(one.field));
  return (
    <details className={styles.block} open={open || troubled} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <RightOutlined aria-hidden className={styles.arrow} />
        <span className={styles.title}>{t('launcher.advanced.title')}</span>
        <span className={styles.count}>{count > 0 ? t('launcher.advanced.count', { count }) : t('launcher.advanced.hint')}</span>
      </summary>
      <div className={styles.fields}>
        {facts.check.canPriority && (
          <Field field="priority" label={t('launcher.advanced.priority')} help={t('launcher.advanced.priorityHelp')} hint={t('launcher.advanced.priorityHint')}>
            {(control) => (
              <InputNumber
                {...control}
                className={styles.number}
                value={values.priority}
                onChange={(priority) => set({ priority })}
                placeholder={'10'}
              />
            )}
          </Field>
        )}
        <DependencyField />
        <Field
          field="bootstrapScript"
          label={t('launcher.advanced.bootstrap')}
          help={t('launcher.advanced.bootstrapHelp')}
          hint={t(holdsSecret(values.bootstrapScript) ? 'launcher.secretHint' : 'launcher.advanced.bootstrapHint')}
        >
          {(control) => (
            <Input.TextArea
              {...control}
              className={styles.script}
              value={values.bootstrapScript}
              onChange={(event) => set({ bootstrapScript: event.target.value })}
              rows={3}
              spellCheck={false}
              placeholder={'#!/bin/sh'}
            />
          )}
        </Field>
        <div className={styles.pair}>
          <Field field="tag" label={t('launcher.advanced.tag')} hint={t('launcher.advanced.tagHint')}>
            {(control) => (
              <Input
                {...control}
                value={values.tag}
                onChange={(event) => set({ tag: event.target.value })}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <Field field="callbackUrl" label={t('launcher.advanced.callback')} hint={t('launcher.advanced.callbackHint')}>
            {(control) => (
              <Input
                {...control}
                type="url"
                value={values.callbackUrl}
                onChange={(event) => set({ callbackUrl: event.target.value })}
                placeholder={'https://'}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}
