import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Radio, Skeleton, Switch } from 'antd';
import type { FormInstance } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toClientError } from '../client/errors';
import { folderNameFlaw } from '../client/folder-names';
import { folderMutations, folderQueries } from '../client/folders';
import type { Folder, FolderPlaces, UsageMode } from '../client/folders';
import { ErrorPanel } from '../ui/error-panel';
import { NativeSelect } from '../ui/native-select';
import { useReturnFocus } from '../ui/return-focus';
import { useToast } from '../ui/toast';
import { useFormat } from '../ui/use-format';
import { useSingleFlight } from '../ui/use-single-flight';
import { useConsole } from './console-context';
import styles from './create-folder-dialog.module.css';

export interface CreateFolderDialogProps {
  /** The new folder is in the lists already. */
  onCreated?: (folder: Folder) => void;
  onClose: () => void;
}

interface Values {
  name: string;
  host: string;
  usageMode: UsageMode;
  owner: 'user' | 'project';
  permission: 'rw' | 'ro';
  cloneable: boolean;
}

/** Creates a storage folder (DAT-060…071); drawn while it is open. */
export function CreateFolderDialog({ onCreated, onClose }: CreateFolderDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const toast = useToast();
  const { project } = useConsole();
  const places = useQuery(folderQueries.places(project));
  const create = useMutation(folderMutations.create());
  const [form] = Form.useForm<Values>();
  const [error, setError] = useState<unknown>(null);
  const [save, saving] = useSingleFlight(async (values: Values) => {
    setError(null);
    const ofProject = values.owner === 'project';
    let folder: Folder;
    try {
      folder = await create.mutateAsync({
        name: values.name,
        host: values.host,
        usageMode: values.usageMode,
        // A model store keeps its folders read-only for its members by itself (DAT-069).
        permission: values.permission ?? 'rw',
        projectId: ofProject ? project.id : null,
        cloneable: values.usageMode === 'model' && values.cloneable,
      });
    } catch (cause) {
      if (toClientError(cause).kind === 'conflict') form.setFields([{ name: 'name', errors: [t('folders.create.taken')] }]);
      else setError(cause);
      return;
    }
    toast.success(t('folders.create.done', { name: folder.name }));
    onCreated?.(folder);
    onClose();
  });
  const ready = places.data?.preferred != null;
  const reset = () => {
    form.resetFields();
    setError(null);
    form.focusField('name');
  };
  return (
    <Modal
      open
      title={t('folders.create.title')}
      okText={t('folders.create.action')}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: saving, disabled: !ready }}
      cancelButtonProps={{ disabled: saving }}
      onOk={() => form.submit()}
      onCancel={() => {
        if (!saving) onClose();
      }}
      mask={{ closable: false }}
      width={520}
      footer={(_buttons, { OkBtn, CancelBtn }) => (
        <div className={styles.footer}>
          <Button className={styles.reset} onClick={reset} disabled={saving || !ready}>
            {t('folders.create.reset')}
          </Button>
          <CancelBtn />
          <OkBtn />
        </div>
      )}
    >
      {places.data?.preferred != null ? (
        <FolderForm form={form} places={places.data} host={places.data.preferred} error={error} onFinish={(values) => void save(values)} />
      ) : places.data ? (
        <Alert type="warning" showIcon role="alert" title={t('folders.create.noHost')} description={t('folders.create.noHostHint')} />
      ) : places.error ? (
        <ErrorPanel error={places.error} title={t('folders.create.loadFailed')} onRetry={() => void places.refetch()} retrying={places.isFetching} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 8 }} aria-label={t('common.loading')} />
      )}
    </Modal>
  );
}

interface FolderFormProps {
  form: FormInstance<Values>;
  places: FolderPlaces;
  /** The one that is chosen at first. */
  host: string;
  error: unknown;
  onFinish: (values: Values) => void;
}

function FolderForm({ form, places, host, error, onFinish }: FolderFormProps) {
  const { t } = useTranslation();
  const { me, project, config, managerVersion } = useConsole();
  const known = useQuery({ ...folderQueries.mountable(project), enabled: false });
  // Project folders are an administrator's, those of a model store anybody's (DAT-065).
  const administrator = me.role === 'superadmin' || me.role === 'admin';
  const mayShare = places.projectFolders && (administrator || project.type === 'MODEL_STORE');
  const owner = Form.useWatch('owner', form) ?? 'user';
  const chosenHost = Form.useWatch('host', form) ?? host;
  const usageMode = Form.useWatch('usageMode', form) ?? 'general';
  const inStore = owner === 'project' && project.type === 'MODEL_STORE';
  const modes = usageModes({ models: config.general.enableModelFolders, owner, store: project.type === 'MODEL_STORE' });
  const chooseOwner = (next: Values['owner']) => {
    const offered = usageModes({ models: config.general.enableModelFolders, owner: next, store: project.type === 'MODEL_STORE' });
    if (!offered.includes(usageMode)) form.setFieldValue('usageMode', offered[0]);
    if (form.getFieldValue('name')) void form.validateFields(['name']).catch(() => undefined);
  };
  const nameProblem = (name: string): string | null => {
    const flaw = folderNameFlaw(name, { ofProject: form.getFieldValue('owner') === 'project', managerVersion });
    if (flaw) return t(`folders.create.nameFlaw.${flaw}`);
    return known.data?.some((folder) => folder.name === name) ? t('folders.create.taken') : null;
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      initialValues={{ name: '', host, usageMode: 'general', owner: 'user', permission: 'rw', cloneable: false } satisfies Values}
      onFinish={onFinish}
    >
      <Form.Item
        name="name"
        label={t('folders.create.name')}
        extra={t('folders.create.nameHint')}
        rules={[
          {
            validator: (_rule, name: string) => {
              const problem = nameProblem(name);
              return problem === null ? Promise.resolve() : Promise.reject(new Error(problem));
            },
          },
        ]}
      >
        <Input autoFocus autoComplete="off" spellCheck={false} maxLength={100} />
      </Form.Item>
      <Form.Item name="host" label={t('folders.create.host')} extra={<Room place={places.places.find((place) => place.host === chosenHost)} />}>
        <NativeSelect
          className={styles.select}
          options={places.places.filter((place) => place.allowed).map((place) => ({ value: place.host, label: place.host }))}
          disabled={places.places.filter((place) => place.allowed).length < 2}
          onChange={() => undefined}
        />
      </Form.Item>
      {mayShare && (
        <Form.Item name="owner" label={t('folders.create.owner')} extra={owner === 'project' ? t('folders.create.ofProject', { project: project.name }) : t('folders.create.ofUser')}>
          <Radio.Group
            options={[
              { value: 'user', label: t('launcher.data.owner.user') },
              { value: 'project', label: t('launcher.data.owner.project') },
            ]}
            onChange={(event) => chooseOwner(event.target.value as Values['owner'])}
          />
        </Form.Item>
      )}
      <Form.Item name="usageMode" label={t('folders.create.usageMode')} extra={t(`folders.create.usageHint.${usageMode}`)}>
        <Radio.Group options={modes.map((mode) => ({ value: mode, label: t(`launcher.data.usage.${mode}`) }))} />
      </Form.Item>
      {!inStore && (
        <Form.Item name="permission" label={t('folders.create.permission')} extra={owner === 'project' ? t('folders.create.projectPermission') : undefined}>
          <Radio.Group
            options={[
              { value: 'rw', label: t('launcher.data.readWrite') },
              { value: 'ro', label: t('launcher.data.readOnly') },
            ]}
          />
        </Form.Item>
      )}
      {usageMode === 'model' && (
        <Form.Item name="cloneable" label={t('folders.create.cloneable')} valuePropName="checked" extra={t('folders.create.cloneableHint')}>
          <Switch />
        </Form.Item>
      )}
      {error !== null && <ErrorPanel error={error} title={t('folders.create.failed')} />}
    </Form>
  );
}

/** DAT-064, DAT-069: models of a project live in a model store only, and nothing else does. */
function usageModes({ models, owner, store }: { models: boolean; owner: Values['owner']; store: boolean }): UsageMode[] {
  if (owner === 'project') return store ? ['model'] : ['general', 'data'];
  return models ? ['general', 'data', 'model'] : ['general', 'data'];
}

/** DAT-009: how full a host is, in words and by a dot; nothing where the cluster does not tell. */
function Room({ place }: { place: FolderPlaces['places'][number] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!place || place.usage === null) return null;
  const level = place.usage < 70 ? 'adequate' : place.usage < 90 ? 'caution' : 'insufficient';
  return (
    <span className={styles.room} data-level={level}>
      {t('folders.create.room', { level: t(`folders.create.level.${level}`), used: format.number(place.usage / 100, { style: 'percent' }) })}
    </span>
  );
}
