import type { CreateSessionRequest, SessionRow } from '../client/sessions-types';
import type { Slots } from '../client/slots';
import { MIB, formatSize } from '../lib/quantities';
import { parseTime } from '../lib/time';
import type { CommandSource } from './launch-command';
import type { LaunchLink } from './launch-link';

/**
 * A session that is there as the launch that would make another one like it. The manager tells neither its variables
 * nor its mount paths, scripts and ports again, so those are not in it. Pure.
 */

export interface Amounts {
  cpu: number;
  /** Bytes. */
  mem: number;
  shmem: number;
  accelerator: { slot: string; amount: number } | null;
}

const isAccelerator = (slot: string): boolean => slot !== 'cpu' && slot !== 'mem';

/** What each container asks for; a session's amounts are those of all its containers. */
export function amountsPerContainer(session: Pick<SessionRow, 'requestedSlots' | 'clusterSize' | 'shmem'>): Amounts {
  const size = Math.max(1, session.clusterSize);
  const { requestedSlots: slots } = session;
  const slot = Object.keys(slots).find((one) => isAccelerator(one) && (slots[one] ?? 0) > 0);
  return {
    cpu: (slots['cpu'] ?? 0) / size,
    mem: (slots['mem'] ?? 0) / size,
    shmem: session.shmem / size,
    accelerator: slot === undefined ? null : { slot, amount: (slots[slot] ?? 0) / size },
  };
}

export function slotsOf({ cpu, mem, accelerator }: Amounts): Slots {
  return { cpu, mem, ...(accelerator ? { [accelerator.slot]: accelerator.amount } : {}) };
}

/** Whole MiB: finer sizes are not taken in requests. */
const sizeText = (bytes: number): string => formatSize(Math.ceil(bytes / MIB) * MIB);

const consonants = 'bcdfghjkmnpqrstvwxz';
/** An ending that `nameEnding` gave before: it is replaced rather than followed by another one. */
const endingPattern = new RegExp(`-[${consonants}]\\d[${consonants}]\\d$`);

/** Four letters and digits that no word or version number looks like: `k3x7`. */
export function nameEnding(): string {
  const [a = 0, b = 0, c = 0, d = 0] = crypto.getRandomValues(new Uint8Array(4));
  const letter = (n: number) => consonants[n % consonants.length] ?? 'x';
  return `${letter(a)}${b % 10}${letter(c)}${d % 10}`;
}

/** The name with an ending of its own (SES-043): a name in use is refused, and a name has at most 64 characters. */
export function renewedName(name: string, ending: string = nameEnding()): string {
  return `${name.replace(endingPattern, '').slice(0, 64 - ending.length - 1)}-${ending}`;
}

/** The server mounts folders with a dot by itself and refuses them in a request (SES-092). */
function askedFolders(session: SessionRow, names: Record<string, string> = {}): { id: string; name: string }[] {
  return session.folders
    .map((id) => ({ id, name: names[id] ?? session.folderNames?.[id] ?? id }))
    .filter(({ name }) => !name.startsWith('.'));
}

export interface LinkOptions {
  /** Of the new name. */
  ending?: string;
  now: number;
  /** In place of the session's own amounts. */
  amounts?: Amounts;
  /** In place of the session's own number of containers. */
  clusterSize?: number;
}

export function linkOfSession(session: SessionRow, options: LinkOptions): LaunchLink {
  const { cpu, mem, shmem, accelerator } = options.amounts ?? amountsPerContainer(session);
  const startsAt = parseTime(session.startsAt);
  const size = options.clusterSize ?? session.clusterSize;
  const folders = askedFolders(session);
  return {
    sessionType: session.type === 'batch' ? 'batch' : 'interactive',
    ...(session.name ? { sessionName: renewedName(session.name, options.ending) } : {}),
    ...(session.type === 'batch'
      ? {
          batch: {
            ...(session.startupCommand ? { command: session.startupCommand } : {}),
            ...(startsAt !== null && startsAt > options.now ? { enabled: true, scheduleDate: new Date(startsAt).toISOString() } : {}),
          },
        }
      : {}),
    ...(session.image ? { environments: { version: `${session.image.name}@${session.image.architecture}` } } : {}),
    ...(session.resourceGroup === null ? {} : { resourceGroup: session.resourceGroup }),
    allocationPreset: 'custom',
    enabledAutomaticShmem: shmem <= 0,
    resource: {
      cpu,
      mem: sizeText(mem),
      ...(shmem > 0 ? { shmem: sizeText(shmem) } : {}),
      ...(accelerator && accelerator.amount > 0 ? { accelerator: accelerator.amount, acceleratorType: accelerator.slot } : {}),
    },
    ...(session.priority !== null && session.priority !== 10 ? { priority: session.priority } : {}),
    num_of_sessions: 1,
    cluster_mode: session.clusterMode === 'multi-node' ? 'multi-node' : 'single-node',
    cluster_size: size,
    ...(folders.length > 0 ? { mount_ids: folders.map(({ id }) => id) } : {}),
  };
}

export interface SessionPlace {
  /** The project's name. */
  project: string;
  domain: string;
  apiVersion: string;
  /** Names of folders by id, where they are known. */
  folderNames: Record<string, string>;
  /** The manager takes folders by id. */
  mountById: boolean;
}

/** null where the manager does not tell the image. */
export function commandOfSession(session: SessionRow, place: SessionPlace): CommandSource | null {
  if (!session.image) return null;
  const { cpu, mem, shmem, accelerator } = amountsPerContainer(session);
  const folders = askedFolders(session, place.folderNames);
  const request: CreateSessionRequest = {
    clientSessionToken: session.name,
    image: session.image.name,
    architecture: session.image.architecture,
    type: session.type === 'batch' ? 'batch' : 'interactive',
    group: place.project,
    domain: session.domain ?? place.domain,
    clusterSize: session.clusterSize,
    clusterMode: session.clusterMode === 'multi-node' ? 'multi-node' : 'single-node',
    enqueueOnly: true,
    maxWaitSeconds: 15,
    reuseIfExists: false,
    ...(session.type === 'batch' && session.startupCommand ? { startupCommand: session.startupCommand } : {}),
    config: {
      ...(folders.length === 0 ? {} : place.mountById ? { mount_ids: folders.map(({ id }) => id) } : { mounts: folders.map(({ name }) => name) }),
      scaling_group: session.resourceGroup ?? 'default',
      resources: { cpu, mem: sizeText(mem), ...(accelerator ? { [accelerator.slot]: accelerator.amount } : {}) },
      ...(shmem > 0 ? { resource_opts: { shmem: sizeText(shmem) } } : {}),
    },
  };
  return {
    request,
    count: 1,
    mounts: folders.map(({ name }) => ({ name, target: null, readOnly: false })),
    apiVersion: place.apiVersion,
  };
}
