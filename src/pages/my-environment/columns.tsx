import { DeleteOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { TFunction } from 'i18next';
import type { CustomizedImage } from '../../client/customized-images';
import { requirementTags } from '../../parts/image-catalog';
import { ActionButton } from '../../ui/action-button';
import { ByteText } from '../../ui/byte-text';
import { CopyText } from '../../ui/copy-text';
import type { DataColumn } from '../../ui/data-table';
import { fullName, nameOf, namespaceOf } from './image-rows';
import styles from './my-environments-page.module.css';

interface ColumnFacts {
  t: TFunction;
  onStart: (image: CustomizedImage) => void;
  onRemove: (image: CustomizedImage) => void;
}

/** UX-02: the same facts as a table of texts. */
export function imageTable(t: TFunction, images: readonly CustomizedImage[]): (string | number | null)[][] {
  const fields = ['name', 'language', 'version', 'constraint', 'architecture', 'size', 'namespace', 'registry', 'base', 'digest', 'reference'] as const;
  return [
    fields.map((field) => t(`myEnvironments.field.${field}`)),
    ...images.map((image) => [
      nameOf(image),
      image.title,
      image.version,
      requirementTags(image).join(', '),
      image.architecture,
      image.size,
      namespaceOf(image),
      image.registry,
      image.labels['ai.backend.base-distro'] ?? null,
      image.digest,
      fullName(image),
    ]),
  ];
}

/** SES-340, SES-341 */
export function imageColumns({ t, onStart, onRemove }: ColumnFacts): DataColumn<CustomizedImage>[] {
  return [
    {
      key: 'name',
      title: t('myEnvironments.field.name'),
      orderKey: 'name',
      always: true,
      heading: true,
      render: (image) => {
        const name = nameOf(image);
        return (
          <span className={styles.nameCell}>
            <span className={styles.name} title={name}>
              {name}
            </span>
            <span className={styles.actions}>
              <ActionButton
                type="text"
                size="small"
                icon={<PlayCircleOutlined aria-hidden />}
                aria-label={t('myEnvironments.startFrom', { name })}
                hint={t('myEnvironments.start')}
                onClick={() => onStart(image)}
              />
              <CopyText text={fullName(image)} label={t('myEnvironments.fullName', { name })}>
                {null}
              </CopyText>
              <ActionButton
                type="text"
                size="small"
                danger
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('myEnvironments.removeOf', { name })}
                hint={t('myEnvironments.remove.confirm')}
                onClick={() => onRemove(image)}
              />
            </span>
          </span>
        );
      },
    },
    { key: 'language', title: t('myEnvironments.field.language'), orderKey: 'language', render: (image) => image.title },
    { key: 'version', title: t('myEnvironments.field.version'), orderKey: 'version', render: (image) => image.version || '-' },
    {
      key: 'constraint',
      title: t('myEnvironments.field.constraint'),
      render: (image) => {
        const tags = requirementTags(image);
        if (tags.length === 0) return '-';
        return (
          <span className={styles.tags}>
            {tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        );
      },
    },
    { key: 'architecture', title: t('myEnvironments.field.architecture'), orderKey: 'architecture', render: (image) => image.architecture },
    { key: 'size', title: t('myEnvironments.field.size'), orderKey: 'size', align: 'end', render: (image) => (image.size === null ? '-' : <ByteText bytes={image.size} />) },
    { key: 'namespace', title: t('myEnvironments.field.namespace'), orderKey: 'namespace', render: namespaceOf },
    { key: 'registry', title: t('myEnvironments.field.registry'), orderKey: 'registry', render: (image) => image.registry },
    { key: 'base', title: t('myEnvironments.field.base'), optional: true, render: (image) => image.labels['ai.backend.base-distro'] || '-' },
    {
      key: 'digest',
      title: t('myEnvironments.field.digest'),
      optional: true,
      render: (image) =>
        image.digest ? (
          <CopyText text={image.digest} label={t('myEnvironments.field.digest')} mono>
            {image.digest.slice(0, 19)}
          </CopyText>
        ) : (
          '-'
        ),
    },
    {
      key: 'reference',
      title: t('myEnvironments.field.reference'),
      optional: true,
      render: (image) => <code className={styles.reference}>{fullName(image)}</code>,
    },
  ];
}
