import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Switch } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../parts/console-context';
import { NativeSelect } from '../../../ui/native-select';
import { Field, ProblemLine, useFieldProblem } from '../field';
import { useLauncher } from '../launcher-context';
import type { LaunchValues, OwnerEntry } from '../launch-values';
import styles from './owner-field.module.css';

const nobody: OwnerEntry = { typed: '', email: '', accessKey: null, project: null };

/** Administrators start sessions for others (SES-055, SES-056). */
export function OwnerField() {
  const { t } = useTranslation();
  const { role } = useMe();
  const { values, set } = useLauncher();
  const problem = useFieldProblem('owner');
  if (role !== 'superadmin' && role !== 'admin') return null;
  // What was chosen among one's own sessions is nothing to the other's.
  const assign = (owner: LaunchValues['owner']) => set({ owner, ownerDropped: false, dependencies: [], resourceGroup: null });
  return (
    <div className={styles.block}>
      <label className={styles.switch}>
        <Switch checked={values.owner !== null} onChange={(on) => assign(on ? nobody : null)} />
        {t('launcher.owner.switch')}
      </label>
      {!values.owner && problem && <ProblemLine problem={problem} />}
      {values.owner && <OwnerFields owner={values.owner} assign={assign} />}
    </div>
  );
}

function OwnerFields({ owner, assign }: { owner: OwnerEntry; assign: (owner: OwnerEntry) => void }) {
  const { t } = useTranslation();
  const { set, facts, leave } = useLauncher();
  const { subject, resourceGroups, resourceGroup } = facts;
  const search = () => {
    leave('owner');
    const email = owner.typed.trim();
    if (email !== owner.email) assign({ ...nobody, typed: owner.typed, email });
    else if (email !== '') facts.searchOwner();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    search();
  };
  const found = subject.owner;
  const groups = resourceGroups ?? [];
  return (
    <div className={styles.fields}>
      <Field
        field="owner"
        label={t('launcher.owner.email')}
        required
        hint={found ? t('launcher.owner.found', { email: found.email, domain: found.domain }) : t('launcher.owner.hint')}
      >
        {(control) => (
          <div className={styles.search}>
            <Input
              {...control}
              type="email"
              value={owner.typed}
              onChange={(event) => {
                const typed = event.target.value;
                // The account that was found goes with its address.
                if (owner.email === '') set({ owner: { ...owner, typed } });
                else assign({ ...nobody, typed });
              }}
              onKeyDown={onKeyDown}
              placeholder={t('launcher.owner.placeholder')}
              autoComplete="off"
              spellCheck={false}
              aria-required
            />
            <Button icon={<SearchOutlined aria-hidden />} onClick={search} loading={subject.state === 'searching'}>
              {t('launcher.owner.search')}
            </Button>
          </div>
        )}
      </Field>
      {found && found.keypairs.length > 0 && (
        <div className={styles.selects}>
          <Field field="ownerAccessKey" label={t('launcher.owner.accessKey')} required>
            {({ status: _status, ...control }) => (
              <NativeSelect
                {...control}
                value={subject.accessKey}
                onChange={(accessKey) => set({ owner: { ...owner, accessKey }, dependencies: [] })}
                options={found.keypairs.map((one) => ({ value: one.accessKey, label: one.accessKey }))}
              />
            )}
          </Field>
          <Field field="ownerProject" label={t('launcher.owner.project')} required>
            {({ status: _status, ...control }) => (
              <NativeSelect
                {...control}
                value={subject.projects.length > 0 ? subject.project.id : ''}
                onChange={(project) => assign({ ...owner, project })}
                options={subject.projects.map((one) => ({ value: one.id, label: one.name }))}
              />
            )}
          </Field>
          <Field field="ownerResourceGroup" label={t('launcher.resources.group')} required>
            {({ status: _status, ...control }) => (
              <NativeSelect
                {...control}
                value={resourceGroup ?? ''}
                onChange={(name) => set({ resourceGroup: name })}
                options={groups.map((name) => ({ value: name, label: name }))}
              />
            )}
          </Field>
        </div>
      )}
      {found && (
        <p className={styles.note}>
          {t('launcher.owner.note')} {facts.freeForAsker && t('launcher.owner.freeNote')}
        </p>
      )}
    </div>
  );
}
