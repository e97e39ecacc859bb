import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dependencyQueries } from '../../../client/session-dependencies';
import { StatusTag } from '../../../parts/status-tag';
import { Field } from '../field';
import { useLauncher } from '../launcher-context';
import styles from './dependency-field.module.css';

/** Sessions that must end in success first (SES-076); searched for on the server. */
export function DependencyField() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState(false);
  const asked = useSettled(search);
  const query = useQuery({
    ...dependencyQueries.choices({ projectId: facts.project.id, accessKey: facts.subject.accessKey, search: asked }),
    enabled: opened,
    placeholderData: (previous) => previous,
  });
  const nothing = query.isError ? 'dependenciesFailed' : query.isPending ? 'dependenciesLoading' : 'dependenciesNone';
  const chosen = new Map(values.dependencies.map((one) => [one.id, one.name]));
  const choices = query.data ?? [];
  const names = new Map([...choices.map((one): [string, string] => [one.id, one.name]), ...chosen]);
  return (
    <Field field="dependencies" label={t('launcher.advanced.dependencies')} help={t('launcher.advanced.dependenciesHelp')} hint={t('launcher.advanced.dependenciesHint')}>
      {(control) => (
        <Select
          {...control}
          mode="multiple"
          className={styles.select}
          value={values.dependencies.map((one) => one.id)}
          onChange={(ids: string[]) => set({ dependencies: ids.map((id) => ({ id, name: names.get(id) ?? id })) })}
          showSearch={{ searchValue: search, onSearch: setSearch, filterOption: false }}
          onOpenChange={setOpened}
          loading={query.isFetching}
          placeholder={t('launcher.advanced.dependenciesPlaceholder')}
          notFoundContent={<span className={styles.nothing}>{t(`launcher.advanced.${nothing}`)}</span>}
          options={[
            ...values.dependencies.filter((one) => !choices.some((other) => other.id === one.id)).map((one) => ({ value: one.id, label: one.name })),
            ...choices.map((one) => ({ value: one.id, label: one.name })),
          ]}
          optionRender={(option) => {
            const one = choices.find((choice) => choice.id === option.value);
            return (
              <span className={styles.option}>
                <span className={styles.name}>{option.label}</span>
                {one && <StatusTag status={one.status} />}
              </span>
            );
          }}
        />
      )}
    </Field>
  );
}

/** The text once its typing has paused: not every letter is asked for. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
