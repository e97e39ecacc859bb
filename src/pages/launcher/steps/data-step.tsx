import { InfoCircleOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Input, Skeleton, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Folder } from '../../../client/folders';
import { CreateFolderDialog } from '../../../parts/create-folder-dialog';
import { EmptyState } from '../../../ui/empty-state';
import { ErrorPanel } from '../../../ui/error-panel';
import { HelpHint } from '../../../ui/help-hint';
import { NativeSelect } from '../../../ui/native-select';
import { Part, ProblemLine, useFieldProblem } from '../field';
import { useLauncher } from '../launcher-context';
import type { MountEntry } from '../launch-values';
import { defaultTarget, mountTarget } from '../mount-rules';
import { isAmbiguous } from '../mounted-folders';
import type { MountableFolder } from '../mounted-folders';
import styles from './data-step.module.css';

/** Step 3 (SES-090…094). */
export function DataStep() {
  const { t } = useTranslation();
  const { facts } = useLauncher();
  const failure = facts.failures.find((one) => one.of === 'folders');
  const refused = useFieldProblem('mounts');
  return (
    <Part title={t('launcher.data.title')} lead={t('launcher.data.lead')}>
      <AutomountNote names={facts.automounts} />
      {refused && !failure && <ProblemLine problem={refused} />}
      <GoneMounts />
      {failure ? (
        <ErrorPanel error={failure.error} title={t('launcher.data.failed')} onRetry={failure.retry} />
      ) : facts.folders ? (
        <FolderTable folders={facts.folders} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 5 }} />
      )}
    </Part>
  );
}

/** SES-092. */
export function AutomountNote({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <div className={styles.automounts}>
      <InfoCircleOutlined aria-hidden className={styles.automountIcon} />
      <div>
        {t('launcher.data.automounts')}{' '}
        {names.map((name) => (
          <code key={name} className={styles.automount}>
            {name}
          </code>
        ))}
        {names.includes('.local') && <HelpHint about={'.local'}>{t('launcher.data.localWarning')}</HelpHint>}
      </div>
    </div>
  );
}

/** Folders of a draft or link that are not there any more, or not told apart: named, and easy to leave out. */
function GoneMounts() {
  const { t } = useTranslation();
  const { values, set, facts } = useLauncher();
  const { folders } = facts;
  if (!folders) return null;
  const missing = facts.values.mounts.filter((mount) => !folders.some((folder) => folder.id === mount.id));
  const ambiguous = missing.filter((mount) => isAmbiguous(mount, folders));
  const gone = missing.filter((mount) => !ambiguous.includes(mount));
  const kinds = [
    { mounts: gone, title: t(facts.subject.owner ? 'launcher.data.notOwners' : 'launcher.data.gone', { count: gone.length }) },
    { mounts: ambiguous, title: t('launcher.data.ambiguous') },
  ];
  return kinds
    .filter(({ mounts }) => mounts.length > 0)
    .map(({ mounts, title }) => (
      <Alert
        key={title}
        type="error"
        showIcon
        role="alert"
        className={styles.note}
        title={title}
        description={mounts.map((mount) => mount.name).join(', ')}
        action={
          <Button size="small" onClick={() => set({ mounts: values.mounts.filter(({ id }) => !mounts.some((mount) => mount.id === id)) })}>
            {t('launcher.data.leaveOut')}
          </Button>
        }
      />
    ));
}

function FolderTable({ folders }: { folders: readonly MountableFolder[] }) {
  const { t } = useTranslation();
  const { set, facts } = useLauncher();
  const [search, setSearch] = useState('');
  const { mounts } = facts.values;
  const chosen = new Map(mounts.map((mount) => [mount.id, mount]));
  const words = search.trim().toLowerCase();
  // What is chosen stays in sight whatever is searched for: nothing hidden is mounted (REL-12).
  const shown = folders.filter((folder) => chosen.has(folder.id) || folder.name.toLowerCase().includes(words));
  if (folders.length === 0) {
    return <EmptyState title={t('launcher.data.empty')} description={t('launcher.data.emptyText')} action={<CreateFolder />} />;
  }
  const toggle = (folder: MountableFolder, checked: boolean) =>
    set({
      mounts: checked
        ? [...mounts, { id: folder.id, name: folder.name, alias: '', readOnly: false }]
        : mounts.filter((mount) => mount.id !== folder.id),
    });
  const change = (id: string, patch: Partial<MountEntry>) =>
    set({ mounts: mounts.map((mount) => (mount.id === id ? { ...mount, ...patch } : mount)) });
  return (
    <>
      <div className={styles.tools}>
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          className={styles.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('launcher.data.search')}
          aria-label={t('launcher.data.search')}
        />
        <span className={styles.count} role="status">
          {t('launcher.data.chosen', { count: mounts.length, total: folders.length })}
        </span>
        <CreateFolder className={styles.create} />
      </div>
      <div className={styles.scroll} role="group" aria-label={t('launcher.data.table')} tabIndex={0}>
        <table className={styles.table} aria-label={t('launcher.data.table')}>
          <thead>
            <tr>
              <th scope="col">{t('launcher.data.name')}</th>
              <th scope="col">{t('launcher.data.path')}</th>
              <th scope="col">{t('launcher.data.permission')}</th>
              <th scope="col">{t('launcher.data.type')}</th>
              <th scope="col">{t('launcher.data.usageMode')}</th>
              <th scope="col">{t('launcher.data.host')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((folder) => (
              <FolderRow
                key={folder.id}
                folder={folder}
                mount={chosen.get(folder.id)}
                onToggle={(checked) => toggle(folder, checked)}
                onChange={(patch) => change(folder.id, patch)}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.none}>{t('launcher.data.noneFound', { search: search.trim() })}</p>}
      </div>
    </>
  );
}

/** SES-090: a folder made here is mounted at once, where it can be. */
function CreateFolder({ className }: { className?: string }) {
  const { t } = useTranslation();
  const { set, facts } = useLauncher();
  const [open, setOpen] = useState(false);
  // A folder made here would be mine, and no use to another's session.
  if (facts.subject.owner) return null;
  const mount = (folder: Folder) => {
    if (folder.autoMount || folder.unmountable !== null) return;
    set({ mounts: [...facts.values.mounts, { id: folder.id, name: folder.name, alias: '', readOnly: false }] });
  };
  return (
    <>
      <Button icon={<PlusOutlined aria-hidden />} className={className} onClick={() => setOpen(true)}>
        {t('launcher.data.create')}
      </Button>
      {open && <CreateFolderDialog onCreated={mount} onClose={() => setOpen(false)} />}
    </>
  );
}

interface FolderRowProps {
  folder: MountableFolder;
  mount: MountEntry | undefined;
  onToggle: (checked: boolean) => void;
  onChange: (patch: Partial<MountEntry>) => void;
}

const usageModes = ['general', 'model', 'data'] as const;

function FolderRow({ folder, mount, onToggle, onChange }: FolderRowProps) {
  const { t } = useTranslation();
  const { facts } = useLauncher();
  const id = useId();
  const problem = useFieldProblem(`mount:${folder.id}`);
  const usage = usageModes.find((mode) => mode === folder.usageMode);
  return (
    <tr data-chosen={mount ? true : undefined}>
      <th scope="row">
        <Checkbox
          checked={mount !== undefined}
          // One that was chosen before it became impossible can still be taken out.
          disabled={folder.obstacle !== null && !mount}
          onChange={(event) => onToggle(event.target.checked)}
          aria-describedby={folder.obstacle ? `${id}-obstacle` : undefined}
        >
          <span className={styles.folder}>{folder.name}</span>
        </Checkbox>
        {folder.obstacle && (
          <span id={`${id}-obstacle`} className={styles.obstacle}>
            {t(`launcher.data.obstacle.${folder.obstacle}`)}
          </span>
        )}
      </th>
      <td className={styles.path}>
        {mount && (
          <div className={styles.places}>
            <Input
              value={mount.alias}
              onChange={(event) => onChange({ alias: event.target.value })}
              placeholder={defaultTarget(folder.name)}
              aria-label={t('launcher.data.pathOf', { name: folder.name })}
              aria-describedby={`${id}-path`}
              aria-invalid={problem?.level === 'error' && problem.id !== 'subpath' ? true : undefined}
              status={problem?.id === 'subpath' ? undefined : problem?.level}
              autoComplete="off"
              spellCheck={false}
              className={styles.alias}
              data-field={`mount:${folder.id}`}
            />
            {facts.check.canSubpath && (
              <Input
                value={mount.subpath ?? ''}
                onChange={(event) => onChange({ subpath: event.target.value || undefined })}
                placeholder={t('launcher.data.subpath')}
                aria-label={t('launcher.data.subpathOf', { name: folder.name })}
                aria-describedby={`${id}-path`}
                aria-invalid={problem?.id === 'subpath' ? true : undefined}
                autoComplete="off"
                spellCheck={false}
                className={styles.alias}
              />
            )}
            <span id={`${id}-path`} className={styles.target} aria-live="polite">
              {problem ? <ProblemLine problem={problem} /> : mount.alias !== '' && <code>{mountTarget(folder.name, mount.alias)}</code>}
            </span>
          </div>
        )}
      </td>
      <td>
        {mount && folder.permission !== 'ro' ? (
          <NativeSelect
            aria-label={t('launcher.data.permissionOf', { name: folder.name })}
            value={mount.readOnly ? 'ro' : 'rw'}
            onChange={(value) => onChange({ readOnly: value === 'ro' })}
            options={[
              { value: 'rw', label: t('launcher.data.readWriteShort') },
              { value: 'ro', label: t('launcher.data.readOnlyShort') },
            ]}
          />
        ) : (
          <Tag title={folder.permission === 'ro' ? t('launcher.data.readOnly') : t('launcher.data.readWrite')}>
            {folder.permission === 'ro' ? t('launcher.data.readOnlyShort') : t('launcher.data.readWriteShort')}
          </Tag>
        )}
      </td>
      <td>{t(`launcher.data.owner.${folder.type}`)}</td>
      <td>{usage ? t(`launcher.data.usage.${usage}`) : folder.usageMode}</td>
      <td className={styles.host}>
        <HostName name={folder.host} />
      </td>
    </tr>
  );
}

/** `proxy:volume` on two lines where it is too long for one. */
function HostName({ name }: { name: string }) {
  const [proxy, volume] = name.split(/(?<=:)/, 2);
  return (
    <>
      {proxy}
      <wbr />
      {volume}
    </>
  );
}
