import type { ClientError } from '../../client/errors';
import type { Problem } from './problem';
import type { LaunchValues, Step } from './launch-values';

/**
 * Which field a refusal of the server speaks of (SES-C02). The kind and slug say so where they can; among the
 * manager's `invalid-api-params` only the sentence tells, so it is matched loosely, and what matches nothing is shown
 * at the review. Pure.
 */

type Place = readonly [step: Step, field: string];

/** What a complaint of malformed input is keyed by, wherever it names its fields (`data` of the answer). */
const byKey: readonly (readonly [RegExp, Place])[] = [
  [/^(clientSessionToken|session_?name|name)$/i, ['type', 'name']],
  [/^startup_?command$/i, ['type', 'startupCommand']],
  [/^starts_?at$/i, ['type', 'startAt']],
  [/^batch_?timeout$/i, ['type', 'timeout']],
  [/^priority$/i, ['type', 'priority']],
  [/^dependencies$/i, ['type', 'dependencies']],
  [/^bootstrap_?script$/i, ['type', 'bootstrapScript']],
  [/^callback_?url$/i, ['type', 'callbackUrl']],
  [/^tag$/i, ['type', 'tag']],
  [/^owner_?access_?key$/i, ['type', 'owner']],
  [/^(image|lang|architecture|arch)$/i, ['environment', 'image']],
  [/^cluster_?size$/i, ['environment', 'clusterSize']],
  [/^scaling_?group$/i, ['environment', 'resourceGroup']],
  [/^resources$/i, ['environment', 'allocation']],
  [/^resource_?opts$/i, ['environment', 'shm']],
  [/^agent_?list$/i, ['environment', 'agents']],
  [/^mount/i, ['data', 'mounts']],
  [/^preopen_?ports$/i, ['network', 'ports']],
];

function placeOfKeys(data: unknown): Place | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const found = key === 'config' ? placeOfKeys(value) : byKey.find(([pattern]) => pattern.test(key))?.[1];
    if (found) return found;
  }
  return undefined;
}

const bySentence: readonly (readonly [RegExp, Place])[] = [
  [/startup command/i, ['type', 'startupCommand']],
  [/on behalf of|keypair|access.?key/i, ['type', 'owner']],
  [/dependenc/i, ['type', 'dependencies']],
  [/callback/i, ['type', 'callbackUrl']],
  [/bootstrap/i, ['type', 'bootstrapScript']],
  [/no agents serving/i, ['environment', 'resourceGroup']],
  [/\bagents?\b/i, ['environment', 'agents']],
  [/batch.?timeout|timeout duration/i, ['type', 'timeout']],
  [/starts_at|start(ing)? time|reserved time/i, ['type', 'startAt']],
  [/clientSessionToken|session.?name|name.*(reserved|pattern)/i, ['type', 'name']],
  [/shared.memory|shmem/i, ['environment', 'shm']],
  [/smaller than|minimum|larger than|exceed|above the maximum|unknown (resource )?slot/i, ['environment', 'allocation']],
  [/scaling.?group|resource.?group/i, ['environment', 'resourceGroup']],
  [/preopen|service port|reserved port|port \d+|\bports?\b/i, ['network', 'ports']],
  [/alias|v?folder|mount|reserved for internal path/i, ['data', 'mounts']],
  [/image|environment/i, ['environment', 'image']],
  [/cluster.?size|containers? per session/i, ['environment', 'clusterSize']],
];

/** Whether the sentence has the word by itself: the folder `a` is not meant by `a-1`, nor by "alias". */
function names(sentence: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return word !== '' && new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\w)`).test(sentence);
}

/** The folder that the sentence speaks of, so that its row is marked. */
function mountNamed(sentence: string, values: LaunchValues): string | null {
  // By its id, with or without dashes, where it was asked for by that (25.12+).
  const byId = values.mounts.find((mount) => names(sentence, mount.id) || names(sentence, mount.id.replaceAll('-', '')));
  const found = byId ?? values.mounts.find((mount) => names(sentence, mount.name) || names(sentence, mount.alias));
  return found?.id ?? null;
}

function placeOf(error: ClientError, values: LaunchValues): Place {
  const sentence = `${error.title} ${error.detail ?? ''}`;
  switch (error.slug) {
    case 'session-already-exists':
      return ['type', 'name'];
    case 'scaling-group-session-type-not-allowed':
      return ['environment', 'resourceGroup'];
    case 'quota-exceeded':
      if (/containers?\b/i.test(sentence)) return ['environment', 'clusterSize'];
      return ['environment', /concurrent|pending session/i.test(sentence) ? 'sessions' : 'allocation'];
    case 'object-not-found':
      if (/image|environment/i.test(sentence)) return ['environment', values.imageName.trim() === '' ? 'image' : 'imageName'];
      break;
    case 'rejected-by-hook':
      return ['review', 'launch'];
  }
  // Of what is no refusal (no answer, a fault of the server) no field is to blame.
  if (!['invalid', 'conflict', 'not-found', 'forbidden'].includes(error.kind)) return ['review', 'launch'];
  const found = placeOfKeys(error.data) ?? bySentence.find(([pattern]) => pattern.test(sentence))?.[1];
  // A project or domain that is not the owner's.
  if (!found && values.owner && /project|\bgroup\b|domain/i.test(sentence)) return ['type', 'ownerProject'];
  if (!found) return ['review', 'launch'];
  // Where nobody is acted for, the page has no such field.
  if (found[1] === 'owner' && !values.owner) return ['review', 'launch'];
  if (found[1] === 'mounts') {
    const id = mountNamed(sentence, values);
    if (id) return ['data', `mount:${id}`];
  }
  return found;
}

export function problemOfRefusal(error: ClientError, values: LaunchValues, words: string): Problem {
  const [step, field] = placeOf(error, values);
  return error.slug === 'session-already-exists'
    ? { step, field, level: 'error', id: 'nameTaken' }
    : { step, field, level: 'error', id: 'refused', params: { message: words } };
}
