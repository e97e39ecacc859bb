import type { Cluster } from '../../../cluster/api';
import { notFound } from '../../../cluster/errors';
import type { Image } from '../../../cluster/types';
import type { GraphqlContext } from '../context';
import { globalId, toGlobalId } from '../schema';

type Row = Record<string, unknown>;

function imageFields(cluster: Cluster, image: Image): Row {
  return {
    row_id: image.id,
    name: image.name,
    namespace: image.name,
    base_image_name: image.baseName,
    project: image.project,
    humanized_name: image.name,
    tag: image.tag,
    tags: () => cluster.images.tagParts(image).tags,
    version: () => cluster.images.tagParts(image).version,
    registry: image.registry,
    architecture: image.architecture,
    is_local: image.isLocal,
    digest: image.digest,
    labels: () => Object.entries(image.labels).map(([key, value]) => ({ key, value })),
    aliases: image.aliases,
    size_bytes: image.sizeBytes,
    status: image.status,
    resource_limits: image.resourceLimits,
    supported_accelerators: image.supportedAccelerators,
    installed: image.installedAgents.length > 0,
    installed_agents: image.installedAgents,
    hash: image.digest,
  };
}

export function imageNode(cluster: Cluster, image: Image): Row {
  const role = image.labels['ai.backend.role'];
  return {
    ...imageFields(cluster, image),
    id: toGlobalId('ImageNode', image.id),
    permissions: ['read_attribute', 'create_container'],
    type: role === 'SYSTEM' ? 'SYSTEM' : role === 'INFERENCE' ? 'SERVICE' : 'COMPUTE',
  };
}

function imageRow(cluster: Cluster, image: Image): Row {
  return { ...imageFields(cluster, image), id: image.id };
}

interface ImagesArgs {
  is_installed?: boolean | null;
  is_operation?: boolean | null;
  filter_by_statuses?: string[] | null;
  load_filters?: string[] | null;
  image_filters?: string[] | null;
}

function kindOf(image: Image): 'customized' | 'operational' | 'general' {
  if (image.customized) return 'customized';
  return (image.labels['ai.backend.features'] ?? '').split(' ').includes('operation') ? 'operational' : 'general';
}

export const imageResolvers = {
  images(args: ImagesArgs, { cluster, requester }: GraphqlContext): Row[] {
    const statuses = args.filter_by_statuses ?? ['ALIVE'];
    const kinds = args.load_filters ?? args.image_filters ?? null;
    return cluster.images
      .list(requester, { isInstalled: args.is_installed ?? null })
      .filter((image) => statuses.includes(image.status))
      .filter((image) => kinds === null || kinds.includes(kindOf(image)))
      .filter((image) => args.is_operation === null || args.is_operation === undefined || kinds !== null || (kindOf(image) === 'operational') === args.is_operation)
      .map((image) => imageRow(cluster, image));
  },

  image(args: { id?: string | null; reference?: string | null; architecture?: string | null }, { cluster, requester }: GraphqlContext): Row {
    const found = args.id
      ? cluster.images.byId(globalId(args.id))
      : cluster.images.find(args.reference ?? '', args.architecture ?? 'x86_64');
    const image = found && cluster.images.list(requester).find((row) => row.id === found.id);
    if (!image) throw notFound('No such environment image.', `Unknown image reference: ${args.id ?? args.reference ?? ''}`, 'image_read_not-found');
    return imageRow(cluster, image);
  },

  customized_images(_args: object, { cluster, requester }: GraphqlContext): Row[] {
    return cluster.images.customized(requester).map((image) => imageNode(cluster, image));
  },

  untag_image_from_registry(args: { image_id: string }, { cluster, requester }: GraphqlContext): Row {
    return { ok: true, msg: '', image: imageNode(cluster, cluster.images.untag(requester, globalId(args.image_id))) };
  },

  forget_image_by_id(args: { image_id: string }, { cluster, requester }: GraphqlContext): Row {
    return { ok: true, msg: '', image: imageNode(cluster, cluster.images.forget(requester, globalId(args.image_id))) };
  },
};
