import { imageFacts, prettyTag, splitTag } from '../client/images-names';

/** References of images in words (SES-R20, SES-R21). Pure. */

export interface ReferenceParts {
  registry: string;
  /** With its project: `stable/python-pytorch`. */
  name: string;
  tag: string;
}

/** `registry[:port]/[project/]name:tag[@architecture]` in its parts. */
export function splitReference(reference: string): ReferenceParts {
  const bare = reference.split('@')[0] ?? reference;
  const slash = bare.indexOf('/');
  const registry = slash < 0 ? '' : bare.slice(0, slash);
  const rest = slash < 0 ? bare : bare.slice(slash + 1);
  const colon = rest.lastIndexOf(':');
  return {
    registry,
    name: colon < 0 ? rest : rest.slice(0, colon),
    tag: colon < 0 ? '' : rest.slice(colon + 1),
  };
}

/** "PyTorch", "2.4", ["Python 3.12", "CUDA 12.4"]: for a reference whose image may be gone. */
export function describeReference(reference: string): { title: string; version: string; tags: string[] } {
  const { name, tag } = splitReference(reference);
  const { version, tags } = splitTag(tag);
  return {
    title: imageFacts(name.slice(name.lastIndexOf('/') + 1)).title,
    version,
    tags: tags
      .filter((one) => !one.key.startsWith('customized'))
      .flatMap((one) => tagText(prettyTag(one)) ?? []),
  };
}

export function tagText(tag: { name: string; value: string } | null): string | null {
  return tag && (tag.value ? `${tag.name} ${tag.value}` : tag.name);
}
