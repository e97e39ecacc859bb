import type { CustomizedImage } from '../../client/customized-images';
import { compareImageVersions } from '../../client/images-names';
import { requirementTags } from '../../parts/image-catalog';

/** The manager gives all of one's images at once and unsorted, so here the list is sorted, searched and paged. Pure. */

export const orderFields = ['name', 'registry', 'architecture', 'namespace', 'language', 'version', 'size'] as const;
export type OrderField = (typeof orderFields)[number];

export function nameOf(image: CustomizedImage): string {
  return image.customizedName ?? image.baseName;
}

/** `project/name` without the registry. */
export function namespaceOf(image: CustomizedImage): string {
  return image.project === '' ? image.baseName : `${image.project}/${image.baseName}`;
}

/** Full name as the launcher's manual field takes it (SES-341). */
export function fullName(image: CustomizedImage): string {
  return image.architecture === 'x86_64' ? image.reference : `${image.reference}@${image.architecture}`;
}

const compare: Record<OrderField, (a: CustomizedImage, b: CustomizedImage) => number> = {
  name: (a, b) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }),
  registry: (a, b) => a.registry.localeCompare(b.registry),
  architecture: (a, b) => a.architecture.localeCompare(b.architecture),
  namespace: (a, b) => namespaceOf(a).localeCompare(namespaceOf(b)),
  language: (a, b) => a.title.localeCompare(b.title),
  version: (a, b) => -compareImageVersions(a.version, b.version),
  size: (a, b) => (a.size ?? -1) - (b.size ?? -1),
};

export interface ImagePage {
  rows: CustomizedImage[];
  /** Of those that fit the search. */
  total: number;
}

export function pageOf(
  images: readonly CustomizedImage[],
  { search, order, page, size }: { search: string; order: string; page: number; size: number },
): ImagePage {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = images.filter((image) => {
    const text = [nameOf(image), image.title, fullName(image), ...requirementTags(image)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const field = orderFields.find((one) => one === order.replace(/^-/, '')) ?? 'name';
  const way = order.startsWith('-') ? -1 : 1;
  fitting.sort((a, b) => way * compare[field](a, b) || compare.name(a, b) || (a.reference < b.reference ? -1 : 1));
  return { rows: fitting.slice((page - 1) * size, page * size), total: fitting.length };
}
