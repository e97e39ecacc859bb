import { offeredImages } from '../client/images';
import type { Image } from '../client/images';
import { splitReference } from './image-names';

/** The image that imports run in (SES-R95): the site's own, else its default, else a stock Python. Pure. */

export interface ImportWish {
  defaultImportEnvironment: string;
  defaultSessionEnvironment: string;
}

function fits(image: Image, wished: string): boolean {
  if (wished === '') return false;
  if (image.reference === wished || `${image.reference}@${image.architecture}` === wished) return true;
  const { registry, name, tag } = splitReference(wished);
  if (tag !== '') return false;
  const own = splitReference(image.reference);
  return registry === own.registry && name === own.name ? true : wished === image.baseName || wished === own.name;
}

/** `images` as the client gives them: newest version first. */
export function importImage(images: readonly Image[], wish: ImportWish, facts: { allowlist: readonly string[]; myUuid: string }): Image | null {
  const offered = offeredImages(images, facts).filter((image) => image.customizedName === undefined);
  const usual = [...offered].sort((a, b) => Number(b.architecture === 'x86_64') - Number(a.architecture === 'x86_64'));
  for (const wished of [wish.defaultImportEnvironment, wish.defaultSessionEnvironment]) {
    const found = usual.find((image) => fits(image, wished));
    if (found) return found;
  }
  return usual.find((image) => image.baseName === 'python') ?? usual[0] ?? null;
}
