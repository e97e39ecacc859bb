import { imageTags } from '../client/images';
import type { Image } from '../client/images';
import { compareImageVersions } from '../client/images-names';
import type { ImageGroup } from '../client/images-names';
import { splitReference, tagText } from './image-names';

/** Images as people choose them: one environment per name, its versions beneath (SES-060). Pure. */

export interface Environment {
  /** `registry/project/name` */
  key: string;
  title: string;
  group: ImageGroup;
  /** `registry/project`, to tell environments of equal title apart. */
  namespace: string;
  /** Newest first. */
  images: Image[];
}

/** The order in which the groups stand in a select. */
export const imageGroups: readonly ImageGroup[] = [
  'machineLearning',
  'language',
  'deepLearningToolkit',
  'scientificLanguage',
  'desktop',
  'application',
  'benchmark',
  'custom',
];

/** What tells two images apart: the same reference may exist for several architectures. */
export function imageId(image: Pick<Image, 'reference' | 'architecture'>): string {
  return `${image.reference}@${image.architecture}`;
}

export function environmentKey(image: Pick<Image, 'reference'>): string {
  const { registry, name } = splitReference(image.reference);
  return registry ? `${registry}/${name}` : name;
}

/** The usual architecture first: it is what most agents have. */
function byArchitecture(a: string, b: string): number {
  if (a === b) return 0;
  if (a === 'x86_64') return -1;
  if (b === 'x86_64') return 1;
  return a < b ? -1 : 1;
}

function compareInEnvironment(a: Image, b: Image): number {
  return (
    compareImageVersions(a.version, b.version) ||
    // The stock image stands before those customized from it.
    Number(a.customizedName !== undefined) - Number(b.customizedName !== undefined) ||
    byArchitecture(a.architecture, b.architecture) ||
    compareImageVersions(a.tag, b.tag)
  );
}

export function environmentsOf(images: readonly Image[]): Environment[] {
  const byKey = new Map<string, Environment>();
  for (const image of images) {
    const key = environmentKey(image);
    const environment = byKey.get(key) ?? {
      key,
      title: image.title,
      group: image.group,
      namespace: key.slice(0, Math.max(0, key.lastIndexOf('/'))),
      images: [],
    };
    environment.images.push(image);
    byKey.set(key, environment);
  }
  const environments = [...byKey.values()];
  for (const environment of environments) environment.images.sort(compareInEnvironment);
  const rank = (environment: Environment) => imageGroups.indexOf(environment.group);
  return environments.sort(
    (a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, 'en') || (a.key < b.key ? -1 : 1),
  );
}

/** What an image needs, in words; the name of a customized one is shown apart. */
export function requirementTags(image: Image): string[] {
  const plain = image.tags.filter((tag) => !tag.key.startsWith('customized'));
  return [...new Set(imageTags({ tags: plain }).flatMap((tag) => tagText(tag) ?? []))];
}
