import { Select, Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image } from '../client/images';
import { imageGroups, imageId, requirementTags } from './image-catalog';
import type { Environment } from './image-catalog';
import { ImageIcon } from './image-icon';
import styles from './image-select.module.css';

interface ControlRest {
  id?: string;
  status?: 'error' | 'warning';
  disabled?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

export interface EnvironmentSelectProps extends ControlRest {
  environments: readonly Environment[] | null;
  value: string | null;
  onChange: (key: string) => void;
}

/**
 * Groups stand in the list as options that can't be chosen: the list's own groups carry an attribute that is not
 * allowed where they stand, which readers and checkers stumble over.
 */
const groupValue = (group: string) => `group:${group}`;

/** Every word typed must be found somewhere in the entry. */
function matches(input: string, haystack: string): boolean {
  return input.toLowerCase().split(/\s+/).every((word) => haystack.includes(word));
}

/** What differs within an environment is told by the version; the namespace tells equal titles apart. */
export function EnvironmentSelect({ environments, value, onChange, ...rest }: EnvironmentSelectProps) {
  const { t } = useTranslation();
  const groups = useMemo(
    () =>
      imageGroups
        .map((group) => ({ group, members: (environments ?? []).filter((one) => one.group === group) }))
        .filter(({ members }) => members.length > 0),
    [environments],
  );
  const entries = useMemo(() => new Map((environments ?? []).map((one) => [one.key, one])), [environments]);
  const words = useMemo(
    () =>
      new Map(
        (environments ?? []).map((one) => [
          one.key,
          [one.title, one.key, ...one.images.flatMap((image) => [image.version, image.customizedName ?? '', ...requirementTags(image)])]
            .join(' ')
            .toLowerCase(),
        ]),
      ),
    [environments],
  );
  return (
    <Select
      {...rest}
      className={styles.select}
      value={value}
      onChange={onChange}
      loading={environments === null}
      showSearch={{
        filterOption: (input, option) => {
          const key = String(option?.value);
          const members = groups.find(({ group }) => groupValue(group) === key)?.members.map((one) => one.key) ?? [key];
          return members.some((member) => matches(input, words.get(member) ?? ''));
        },
      }}
      placeholder={t('launcher.environment.choose')}
      notFoundContent={t('launcher.environment.notFound')}
      listHeight={360}
      options={groups.flatMap(({ group, members }) => [
        { value: groupValue(group), label: t(`launcher.imageGroup.${group}`), disabled: true, className: styles.group },
        ...members.map((one) => ({ value: one.key, label: one.title, disabled: false, className: '' })),
      ])}
      optionRender={(option) => {
        const one = entries.get(String(option.value));
        return one ? <EnvironmentLine environment={one} /> : option.label;
      }}
      labelRender={(option) => {
        const one = entries.get(String(option.value));
        return one ? <EnvironmentLine environment={one} /> : option.label;
      }}
    />
  );
}

function EnvironmentLine({ environment }: { environment: Environment }) {
  return (
    <span className={styles.line}>
      <ImageIcon title={environment.title} group={environment.group} />
      <span className={styles.title}>{environment.title}</span>
      <span className={styles.namespace}>{environment.key}</span>
    </span>
  );
}

export interface VersionSelectProps extends ControlRest {
  images: readonly Image[];
  value: Image | null;
  onChange: (id: string) => void;
}

export function VersionSelect({ images, value, onChange, disabled, ...rest }: VersionSelectProps) {
  const { t } = useTranslation();
  const byId = useMemo(() => new Map(images.map((image) => [imageId(image), image])), [images]);
  return (
    <Select
      {...rest}
      className={styles.select}
      value={value ? imageId(value) : null}
      onChange={onChange}
      disabled={disabled || images.length === 0}
      showSearch={{
        filterOption: (input, option) => {
          const image = byId.get(String(option?.value));
          return image !== undefined && matches(input, [imageId(image), image.customizedName ?? '', ...requirementTags(image)].join(' ').toLowerCase());
        },
      }}
      placeholder={t('launcher.environment.chooseVersion')}
      notFoundContent={t('launcher.environment.notFound')}
      options={images.map((image) => ({ value: imageId(image), label: image.version }))}
      optionRender={(option) => {
        const image = byId.get(String(option.value));
        return image ? <VersionLine image={image} /> : option.label;
      }}
      labelRender={(option) => {
        const image = byId.get(String(option.value));
        return image ? <VersionLine image={image} /> : option.label;
      }}
    />
  );
}

/** Version, machine and what it needs (SES-060). */
export function VersionLine({ image }: { image: Image }) {
  const { t } = useTranslation();
  return (
    <span className={styles.line}>
      <span className={styles.version}>{image.version}</span>
      <span className={styles.tags}>
        {image.customizedName !== undefined && (
          <Tag color="processing" className={styles.tag}>
            {t('launcher.environment.customized', { name: image.customizedName })}
          </Tag>
        )}
        {requirementTags(image).map((tag) => (
          <Tag key={tag} className={styles.tag}>
            {tag}
          </Tag>
        ))}
        <Tag className={styles.tag}>{image.architecture}</Tag>
      </span>
    </span>
  );
}
