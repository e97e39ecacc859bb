import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { parseSize } from '../lib/quantities';
import { compareImageVersions, imageFacts, prettyTag, splitTag } from './images-names';
import type { ImageGroup, ImageTag } from './images-names';
import type { Slots } from './slots';
import { defineOperation, gql, vars } from './transport';

export type { ImageGroup, ImageTag } from './images-names';

export type ImageRole = 'COMPUTE' | 'INFERENCE' | 'SYSTEM';

export interface ImageServicePort {
  name: string;
  protocol: string;
  ports: number[];
}

export interface Image {
  id: string;
  /** `registry/project/name:tag`, as a launch wants it; the architecture goes beside. */
  reference: string;
  registry: string;
  /** First part of the path, `stable`; '' where there is none. */
  project: string;
  /** Last part of the path, `python-pytorch`: the key of the table of names. */
  baseName: string;
  title: string;
  group: ImageGroup;
  tag: string;
  version: string;
  tags: ImageTag[];
  architecture: string;
  digest: string | null;
  labels: Record<string, string>;
  role: ImageRole;
  features: string[];
  /** Least amounts of one container; `mem` in bytes. */
  minimum: Slots;
  /** `['*']` = all; else kinds such as `cuda`. */
  accelerators: string[];
  servicePorts: ImageServicePort[];
  /** Bytes; null where the image names none. */
  preferredShmem: number | null;
  /** Variables that get the number of cores (SES-075). */
  coreCountVariables: string[];
  installed: boolean;
  customizedName?: string;
  /** UUID of who made a customized image. */
  customizedOwner?: string;
}

const text = z.nullable(z.string());
const pairs = z.nullable(z.array(z.nullable(z.object({ key: text, value: text }))));

/** An image as the manager's queries give it. */
export const imageRecord = z.object({
  id: text,
  name: text,
  tag: text,
  registry: text,
  architecture: text,
  digest: text,
  labels: pairs,
  resource_limits: z.nullable(z.array(z.nullable(z.object({ key: text, min: text })))),
  supported_accelerators: z.nullable(z.array(text)),
  installed: z.optional(z.nullable(z.boolean())),
  namespace: z.optional(text),
  base_image_name: z.optional(text),
  tags: z.optional(pairs),
  version: z.optional(text),
});

const operation = defineOperation({
  name: 'Images',
  kind: 'query',
  document: (can) => `query Images($installed: Boolean) {
    images(is_installed: $installed) {
      id name tag registry architecture digest labels { key value } resource_limits { key min }
      supported_accelerators installed
      ${can('extendedImageData') ? 'namespace base_image_name tags { key value } version' : ''}
    }
  }`,
  data: z.object({ images: z.nullable(z.array(z.nullable(imageRecord))) }),
  variables: vars<{ installed: boolean | null }>(),
});

const prefix = 'ai.backend.';
const minimumPrefix = `${prefix}resource.min.`;

/** `name:proto:port` in a comma list, several ports in brackets; protocol pty is no app (SES-R22). */
export function parseServicePorts(label: string | undefined): ImageServicePort[] {
  return [...(label ?? '').matchAll(/([^:,[\]\s]+):([a-z]+):(\[[\d,\s]+\]|\d+)/gi)].flatMap(
    ([, name = '', protocol = '', ports = '']) =>
      protocol === 'pty' ? [] : [{ name, protocol, ports: (ports.match(/\d+/g) ?? []).map(Number) }],
  );
}

function list(value: string | undefined, separator: RegExp): string[] {
  return (value ?? '').split(separator).filter((part) => part !== '');
}

/** Limits first; the labels say the same where an old manager left a slot out. */
function minimumOf(raw: z.infer<typeof imageRecord>, labels: Record<string, string>): Slots {
  const minimum: Slots = {};
  const take = (slot: string, amount: string | null) => {
    // A bare number is counted in the slot's own unit and may be a fraction; anything else is a size.
    const value = /^\s*[\d.]+\s*$/.test(amount ?? '') ? Number(amount) : parseSize(amount);
    if (value !== null && Number.isFinite(value)) minimum[slot] = value;
  };
  for (const [name, value] of Object.entries(labels)) {
    if (name.startsWith(minimumPrefix)) take(name.slice(minimumPrefix.length), value);
  }
  for (const limit of raw.resource_limits ?? []) if (limit?.key) take(limit.key, limit.min);
  return minimum;
}

/** null for a record that cannot be launched: no id, name or registry. */
export function toImage(raw: z.infer<typeof imageRecord>): Image | null {
  const path = raw.namespace ?? raw.name;
  if (!raw.id || !path || !raw.registry) return null;
  const labels = Object.fromEntries(
    (raw.labels ?? []).flatMap((label) => (label?.key ? [[label.key, label.value ?? '']] : [])),
  ) as Record<string, string>;
  const label = (name: string): string | undefined => labels[prefix + name];
  const tag = raw.tag ?? '';
  const split = splitTag(tag);
  const told = raw.tags?.flatMap((entry) => (entry?.key ? [{ key: entry.key, value: entry.value ?? '' }] : []));
  const segments = path.split('/');
  const baseName = raw.base_image_name || segments.at(-1) || path;
  const role = label('role')?.toUpperCase();
  const owner = /^user:(.+)$/.exec(label('customized-image.owner') ?? '')?.[1];
  const accelerators = (raw.supported_accelerators ?? []).filter((kind) => kind !== null && kind !== '');
  return {
    id: raw.id,
    reference: `${raw.registry}/${path}${tag === '' ? '' : `:${tag}`}`,
    registry: raw.registry,
    project: segments.length > 1 ? (segments[0] ?? '') : '',
    baseName,
    ...imageFacts(baseName),
    tag,
    version: raw.version ?? split.version,
    tags: told ?? split.tags,
    architecture: raw.architecture ?? 'x86_64',
    digest: raw.digest,
    labels,
    role: role === 'INFERENCE' || role === 'SYSTEM' ? role : 'COMPUTE',
    features: list(label('features'), /\s+/),
    minimum: minimumOf(raw, labels),
    accelerators: accelerators.length > 0 ? (accelerators as string[]) : ['*'],
    servicePorts: parseServicePorts(label('service-ports')),
    preferredShmem: parseSize(label('resource.preferred.shmem')),
    coreCountVariables: list(label('envs.corecount'), /[,\s]+/),
    installed: raw.installed ?? false,
    customizedName: label('customized-image.name'),
    customizedOwner: owner,
  };
}

/** By title, then newest version first, then architecture. */
export function compareImages(a: Image, b: Image): number {
  return (
    a.title.localeCompare(b.title) ||
    a.baseName.localeCompare(b.baseName) ||
    compareImageVersions(a.version, b.version) ||
    a.architecture.localeCompare(b.architecture) ||
    compareImageVersions(a.tag, b.tag)
  );
}

export interface ImageChoice {
  /** `[environments] allowlist`: names of images; empty or absent = all. */
  allowlist?: readonly string[];
  /** Customized images are offered to their maker only (SES-063). */
  myUuid: string;
  role?: ImageRole;
}

/** What the launcher may offer (SES-061): nothing private, nothing outside the allowlist, no one else's. */
export function offeredImages(images: readonly Image[], choice: ImageChoice): Image[] {
  const allowed = choice.allowlist ?? [];
  return images.filter((image) => {
    if (image.features.includes('private')) return false;
    if (image.role !== (choice.role ?? 'COMPUTE')) return false;
    if (image.customizedOwner !== undefined && image.customizedOwner !== choice.myUuid) return false;
    const path = image.reference.slice(image.registry.length + 1).replace(/:[^/]*$/, '');
    return allowed.length === 0 || [image.baseName, path, `${image.registry}/${path}`].some((name) => allowed.includes(name));
  });
}

/** SES-R23: `cuda` suits `cuda.shares` and `cuda.device`. */
export function suitsAccelerator(image: Pick<Image, 'accelerators'>, slot: string): boolean {
  return image.accelerators.some((kind) => kind === '*' || kind === slot.split('.')[0]);
}

/** What an image needs, in words: `Python 3.12`, `CUDA 12.4`, `Customized my-env`. */
export function imageTags(image: Pick<Image, 'tags' | 'customizedName'>): { name: string; value: string }[] {
  return image.tags.flatMap((tag) => prettyTag(tag, image.customizedName) ?? []);
}

export const imageQueries = {
  /** Images that some agent has; `true` asks for those too that none has (`showNonInstalledImages`). */
  installed: (showNonInstalled = false) =>
    queryOptions({
      queryKey: ['images', showNonInstalled ? 'all' : 'installed'],
      queryFn: async ({ signal }): Promise<Image[]> => {
        const { images } = await gql(operation, { installed: showNonInstalled ? null : true }, { signal });
        return (images ?? []).flatMap((image) => (image && toImage(image)) ?? []).sort(compareImages);
      },
      staleTime: 5 * 60_000,
    }),
};
