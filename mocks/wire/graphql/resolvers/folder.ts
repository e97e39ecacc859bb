import type { Cluster } from '../../../cluster/api';
import type { Folder } from '../../../cluster/types';
import { toGlobalId } from '../schema';
import { connection } from './paging';

type Row = Record<string, unknown>;

const HOST_PERMISSIONS = [
  'create-vfolder',
  'modify-vfolder',
  'delete-vfolder',
  'mount-in-session',
  'upload-file',
  'download-file',
  'invite-others',
  'set-user-specific-permission',
];

function folderNode(cluster: Cluster, folder: Folder): Row {
  return {
    id: toGlobalId('VirtualFolderNode', folder.id),
    row_id: folder.id,
    host: folder.host,
    quota_scope_id: folder.quotaScopeId,
    name: folder.name,
    user: folder.userId,
    user_email: folder.userId === null ? null : (cluster.accounts.user(folder.userId)?.email ?? null),
    group: folder.projectId,
    group_name: folder.projectId === null ? null : (cluster.state.projects[folder.projectId]?.name ?? null),
    creator: folder.creator,
    unmanaged_path: folder.unmanagedPath,
    usage_mode: folder.usageMode,
    permission: folder.permission,
    ownership_type: folder.ownershipType,
    max_files: folder.maxFiles,
    max_size: folder.maxSize,
    created_at: cluster.iso(folder.createdAt),
    last_used: cluster.iso(folder.lastUsed),
    num_files: folder.numFiles,
    cur_size: folder.curSize,
    cloneable: folder.cloneable,
    status: folder.status,
  };
}

/** The folders of a session as its node lists them. */
export function folderConnection(cluster: Cluster, ids: readonly string[]): Row {
  const rows = ids.map((id) => cluster.state.folders[id]).filter((row): row is Folder => row !== undefined);
  return connection(cluster, rows, { first: Math.min(rows.length, 100) }, 'VirtualFolderNode', (row) => row.id, (row) => folderNode(cluster, row));
}

export const folderResolvers = {
  vfolder_host_permissions(): Row {
    return { vfolder_host_permission_list: HOST_PERMISSIONS };
  },
};
