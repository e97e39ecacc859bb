import type { Image } from '../../client/images';
import { imageFacts, splitTag } from '../../client/images-names';
import { splitReference } from '../../parts/image-names';

/** An image named by hand (SES-062). Pure. */

/** `registry[:port]/[namespace/]name:tag`, and `@architecture` behind it. */
const pattern =
  /^(?<reference>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})(?:@(?<architecture>[A-Za-z0-9_]+))?$/;

const usualArchitecture = 'x86_64';

export interface ManualReference {
  reference: string;
  architecture: string;
}

/** null where the text is no full reference. */
export function readManualImage(typed: string): ManualReference | null {
  const { reference, architecture } = pattern.exec(typed.trim())?.groups ?? {};
  return reference === undefined ? null : { reference, architecture: architecture ?? usualArchitecture };
}

/** The image as the cluster tells it where it knows it, else what the name says: its least amounts are unknown. */
export function manualImage(named: ManualReference, known: readonly Image[]): Image {
  const found = known.find((one) => one.reference === named.reference && one.architecture === named.architecture);
  if (found) return found;
  const { registry, name, tag } = splitReference(named.reference);
  const segments = name.split('/');
  const baseName = segments.at(-1) ?? name;
  return {
    id: '',
    reference: named.reference,
    registry,
    project: segments.length > 1 ? (segments[0] ?? '') : '',
    baseName,
    ...imageFacts(baseName),
    tag,
    ...splitTag(tag),
    architecture: named.architecture,
    digest: null,
    labels: {},
    role: 'COMPUTE',
    features: [],
    minimum: {},
    accelerators: ['*'],
    servicePorts: [],
    preferredShmem: null,
    coreCountVariables: [],
    installed: false,
  };
}

/** Whether the text stands for the image: the site may not allow it, and a draft of an earlier day still hold it. */
export function isManual(values: { imageName: string }, allowed: boolean): boolean {
  return allowed && values.imageName.trim() !== '';
}
