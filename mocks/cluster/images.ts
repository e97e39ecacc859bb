import type { Images } from './api';
import type { Context } from './context';
import { ManagerError, forbidden, notFound } from './errors';
import { parseSize } from './slots';
import type { Image, Requester, SessionType, Slots } from './types';

export function imageReference(image: Image): string {
  return `${image.registry}/${image.name}:${image.tag}`;
}

/** `registry/project/name:tag` or an alias; a reference may say its architecture after `@`. */
export function findImage(ctx: Context, reference: string, architecture: string): Image | undefined {
  const [name = reference, own] = reference.split('@');
  const wanted = own ?? architecture;
  return Object.values(ctx.state.images).find(
    (image) =>
      image.status === 'ALIVE' &&
      image.architecture === wanted &&
      (imageReference(image) === name || image.aliases.includes(name)),
  );
}

/** Least amounts of an image; `mem` in bytes. */
export function imageMinimum(image: Image): Slots {
  return Object.fromEntries(image.resourceLimits.map(({ key, min }) => [key, parseSize(min)]));
}

export function imageMaximum(image: Image): Slots {
  const limited = image.resourceLimits.map(({ key, max }): [string, number] => [key, parseSize(max)]);
  return Object.fromEntries(limited.filter(([, max]) => Number.isFinite(max)));
}

/** Which role of image a session type needs (SES-C02). */
export function roleFor(type: SessionType): string {
  if (type === 'inference') return 'INFERENCE';
  return type === 'system' ? 'SYSTEM' : 'COMPUTE';
}

/** `name:proto:port` list of the label, without the pty ones; several ports are written `[8080,8081]`. */
export function imageServices(image: Image): { name: string; protocol: string; ports: number[] }[] {
  const text = image.labels['ai.backend.service-ports'] ?? '';
  const services: { name: string; protocol: string; ports: number[] }[] = [];
  for (const match of text.matchAll(/([\w-]+):(\w+):(\[[\d,\s]+\]|\d+)/g)) {
    const [, name = '', protocol = '', ports = ''] = match;
    if (protocol === 'pty') continue;
    services.push({ name, protocol, ports: ports.replace(/[[\]\s]/g, '').split(',').map(Number) });
  }
  return services;
}

/** SES-R21: the first part is the version, the others split into letters and the rest. */
export function tagParts(image: Image): { version: string; tags: { key: string; value: string }[] } {
  const [version = '', ...rest] = image.tag.split('-');
  const tags: { key: string; value: string }[] = [];
  for (const part of rest) {
    if (part.startsWith('customized_')) {
      tags.push({ key: 'customized_', value: part.slice('customized_'.length) });
      continue;
    }
    const match = /^([a-zA-Z]+)(.*)$/.exec(part);
    tags.push({ key: match?.[1] ?? part, value: match?.[2] ?? '' });
  }
  return { version, tags };
}

/** May the requester see and use it: customized images belong to their maker (SES-063). */
export function mayUseImage(ctx: Context, requester: Requester, image: Image): boolean {
  const allowed = ctx.state.domains[requester.domain]?.allowedRegistries ?? [];
  if (!allowed.includes(image.registry)) return false;
  return image.customized === null || image.customized.ownerId === requester.userId;
}

/** An image that the requester may take away: a maker's own, any for a superadmin. */
function ownImage(ctx: Context, requester: Requester, id: string): Image {
  const image = ctx.state.images[id];
  if (!image || image.status !== 'ALIVE') throw notFound('No such environment image.', `Unknown image: ${id}`, 'image_read_not-found');
  if (requester.role !== 'superadmin' && image.customized?.ownerId !== requester.userId) throw forbidden();
  return image;
}

export function createImages(ctx: Context): Images {
  const alive = (): Image[] => Object.values(ctx.state.images).filter((image) => image.status === 'ALIVE');
  return {
    list(requester, options = {}) {
      return alive().filter((image) => {
        const installed = image.installedAgents.length > 0;
        if (options.isInstalled !== undefined && options.isInstalled !== null && installed !== options.isInstalled) {
          return false;
        }
        return requester.role === 'superadmin' || mayUseImage(ctx, requester, image);
      });
    },
    customized: (requester) => alive().filter((image) => image.customized?.ownerId === requester.userId),
    find: (reference, architecture) => findImage(ctx, reference, architecture),
    byId: (id) => ctx.state.images[id],
    untag(requester, id) {
      const image = ownImage(ctx, requester, id);
      const registry = Object.values(ctx.state.registries).find((one) => one.name === image.registry);
      if (registry?.type === 'harbor2') return image;
      throw new ManagerError({
        status: 400,
        slug: 'generic-bad-request',
        title: 'Bad request.',
        msg: 'This feature is only supported for Harbor 2 registries',
        errorCode: 'image_delete_bad-request',
      });
    },
    forget(requester, id) {
      const image = ownImage(ctx, requester, id);
      image.status = 'DELETED';
      return image;
    },
    reference: imageReference,
    tagParts,
  };
}
