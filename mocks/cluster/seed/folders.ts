import { DAY } from '../clock';
import { uuid } from '../rng';
import type { ClusterState, Folder } from '../types';
import { GIB } from './infrastructure';

/** Folders of the demo: own ones, an automatic one, project's, shared read-only, one on the second host. */
export function addDemoFolders(state: ClusterState): void {
  const user = (email: string) => Object.values(state.users).find((one) => one.email === email);
  const project = (name: string) => Object.values(state.projects).find((one) => one.name === name);
  const add = (name: string, owner: { email?: string; project?: string }, more: Partial<Folder> = {}): string => {
    const id = uuid(state);
    const who = owner.email ? user(owner.email) : undefined;
    const group = owner.project ? project(owner.project) : undefined;
    state.folders[id] = {
      id,
      name,
      host: 'local:volume1',
      quotaScopeId: who ? `user:${who.id}` : `project:${group?.id ?? ''}`,
      usageMode: 'general',
      permission: 'rw',
      ownershipType: who ? 'user' : 'group',
      userId: who?.id ?? null,
      projectId: group?.id ?? null,
      creator: who?.email ?? 'domain-admin@example.com',
      domain: 'default',
      cloneable: false,
      status: 'ready',
      maxFiles: 0,
      maxSize: 0,
      curSize: 0,
      numFiles: 0,
      createdAt: state.now - 40 * DAY,
      lastUsed: state.now - 2 * DAY,
      unmanagedPath: null,
      ...more,
    };
    return id;
  };
  const uma = { email: 'user@example.com' };
  const yuna = { email: 'user2@example.com' };
  add('datasets', uma, { numFiles: 1280, curSize: 42 * GIB });
  add('results', uma, { numFiles: 96, curSize: 3 * GIB, createdAt: state.now - 20 * DAY });
  add('.local', uma, { numFiles: 8412, curSize: 2 * GIB });
  add('finetuned-models', uma, { usageMode: 'model', cloneable: true, curSize: 18 * GIB });
  add('cold-archive', uma, { host: 'nas:archive', curSize: 900 * GIB, createdAt: state.now - 100 * DAY });
  add('old-experiments', uma, { status: 'delete-pending', createdAt: state.now - 90 * DAY });
  add('homework', yuna, { numFiles: 31 });
  const reference = add('reference-data', yuna, { numFiles: 240, curSize: 7 * GIB });
  add('vision-shared', { project: 'vision-lab' }, { curSize: 120 * GIB });
  add('course-materials', { project: 'default' }, { permission: 'ro', curSize: GIB });
  add('llama-3.1-8b', { project: 'model-store' }, { usageMode: 'model', permission: 'ro', cloneable: true, curSize: 16 * GIB });
  add('admin-notes', { email: 'admin@example.com' });
  const guest = user('user@example.com');
  if (guest) state.folderShares.push({ id: uuid(state), folderId: reference, userId: guest.id, permission: 'ro' });
}
