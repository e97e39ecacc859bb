import type { Me } from '../../client/account';
import type { SessionOwner } from '../../client/session-owner';
import type { LaunchValues } from './launch-values';

/** For whom the session is (SES-055): myself, or the user whom an administrator searched for. Pure. */

export type OwnerState = 'self' | 'empty' | 'searching' | 'unknown' | 'failed' | 'found';

export interface Subject {
  state: OwnerState;
  /** The user who was found. */
  owner: SessionOwner | null;
  uuid: string;
  domain: string;
  accessKey: string;
  /** Name of the keypair's resource policy. */
  policy: string;
  /** Sessions of the owner's keypair that count now; null = mine. */
  concurrencyUsed: number | null;
  project: { id: string; name: string };
  /** What the owner's project is chosen from. */
  projects: readonly { id: string; name: string }[];
}

export interface OwnerSearch {
  isError: boolean;
  data: SessionOwner | null | undefined;
}

type Self = Pick<Me, 'uuid' | 'domain' | 'accessKey' | 'keypairPolicy' | 'projects'>;

function stateOf(entry: NonNullable<LaunchValues['owner']>, search: OwnerSearch): OwnerState {
  if (entry.email === '') return 'empty';
  if (search.data) return 'found';
  if (search.data === null) return 'unknown';
  return search.isError ? 'failed' : 'searching';
}

export function subjectOf(entry: LaunchValues['owner'], search: OwnerSearch, me: Self, project: { id: string; name: string }): Subject {
  const self: Subject = {
    state: 'self',
    owner: null,
    uuid: me.uuid,
    domain: me.domain,
    accessKey: me.accessKey,
    policy: me.keypairPolicy,
    concurrencyUsed: null,
    project,
    projects: [],
  };
  if (entry === null) return self;
  const state = stateOf(entry, search);
  const owner = state === 'found' ? (search.data ?? null) : null;
  if (!owner) return { ...self, state };
  const keypair = owner.keypairs.find((one) => one.accessKey === entry.accessKey) ?? owner.keypairs[0];
  // Nothing runs in a model store.
  const stores = new Set(me.projects.filter((one) => one.type === 'MODEL_STORE').map((one) => one.id));
  const projects = owner.projects.filter((one) => !stores.has(one.id));
  const chosen =
    projects.find((one) => one.id === entry.project) ?? projects.find((one) => one.id === project.id) ?? projects[0];
  return {
    state,
    owner,
    uuid: owner.uuid,
    domain: owner.domain,
    accessKey: keypair?.accessKey ?? '',
    policy: keypair?.policy ?? me.keypairPolicy,
    concurrencyUsed: keypair?.concurrencyUsed ?? 0,
    project: chosen ?? project,
    projects,
  };
}
