import { mutationOptions, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { jsonText } from './json-text';
import { defineOperation, defineRoute, gql, rest, vars } from './transport';

export type FolderPermission = 'ro' | 'rw' | 'wd';
export type UnmountableReason = 'status' | 'host';
export type UsageMode = 'general' | 'model' | 'data';

export interface Folder {
  /** UUID with dashes. */
  id: string;
  name: string;
  host: string;
  /** general, model, data */
  usageMode: string;
  type: 'user' | 'project';
  /** Effective for me; `ro` folders are mounted read-only whatever is asked (SES-093). */
  permission: FolderPermission;
  status: string;
  isOwner: boolean;
  ownerId: string | null;
  projectId: string | null;
  createdAt: string | null;
  cloneable: boolean;
  /** The name begins with a dot: mounted by the manager without being asked (SES-092). */
  autoMount: boolean;
  /** Why it cannot be chosen for a session; null = it can (SES-090, SES-094). */
  unmountable: UnmountableReason | null;
}

const text = z.nullish(z.string());

const folderRecord = z.object({
  id: z.string(),
  name: z.string(),
  host: text,
  status: text,
  usage_mode: text,
  permission: text,
  ownership_type: text,
  is_owner: z.nullish(z.boolean()),
  user: text,
  group: text,
  created_at: text,
  cloneable: z.nullish(z.boolean()),
});

/** The query `group_id` is not sent: managers from 25.6 on ignore or refuse it. */
const list = defineRoute({
  name: 'folders',
  method: 'GET',
  path: '/folders',
  query: z.object({ owner_user_email: z.optional(z.string()) }),
  result: z.array(folderRecord),
});

const hostsText = z.nullable(z.object({ allowed_vfolder_hosts: jsonText(z.record(z.string(), z.array(z.string()))) }));

/** A host is usable for what the domain, the project or the keypair's policy grants (DAT-300). */
const permissions = defineOperation({
  name: 'HostPermissions',
  partial: true,
  kind: 'query',
  // A name that is null means one's own.
  document: `query HostPermissions($project: UUID!, $domain: String, $policy: String) {
    domain(name: $domain) { allowed_vfolder_hosts }
    group(id: $project, domain_name: $domain, type: ["GENERAL", "MODEL_STORE"]) { allowed_vfolder_hosts }
    policy: keypair_resource_policy(name: $policy) { allowed_vfolder_hosts }
  }`,
  data: z.object({ domain: hostsText, group: hostsText, policy: hostsText }),
  variables: vars<{ project: string; domain: string | null; policy: string | null }>(),
});

/** For whom an administrator looks (SES-055). */
export interface FolderOwner {
  email: string;
  domain: string;
  /** Name of the keypair's resource policy. */
  policy: string;
}

/** What may be done on each host; null where the manager does not tell, so that nothing is ruled out. */
async function fetchHostPermissions(
  projectId: string,
  owner: FolderOwner | null,
  signal: AbortSignal,
): Promise<Map<string, Set<string>> | null> {
  try {
    const granted = new Map<string, Set<string>>();
    const variables = { project: projectId, domain: owner?.domain ?? null, policy: owner?.policy ?? null };
    const answer = await gql(permissions, variables, { signal });
    for (const source of [answer.domain, answer.group, answer.policy]) {
      for (const [host, names] of Object.entries(source?.allowed_vfolder_hosts ?? {})) {
        granted.set(host, new Set([...(granted.get(host) ?? []), ...names]));
      }
    }
    return granted;
  } catch (e) {
    if (signal.aborted) throw e;
    return null;
  }
}

/** REST writes 32 hex digits, GraphQL the dashes too. */
export function dashedId(id: string): string {
  return /^[0-9a-f]{32}$/i.test(id) ? id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : id;
}

/** `error` is left out though only dead folders are refused by the manager (DAT-040). */
const mountableStatuses = ['ready', 'performing', 'cloning', 'mounted'];

type Listed = z.infer<typeof folderRecord>;

function toFolder(raw: Listed, hosts: Map<string, Set<string>> | null): Folder {
  const status = (raw.status ?? 'ready').toLowerCase();
  const host = raw.host ?? '';
  const barred = hosts !== null && !hosts.get(host)?.has('mount-in-session');
  const permission = raw.permission ?? 'ro';
  return {
    id: dashedId(raw.id),
    name: raw.name,
    host,
    usageMode: raw.usage_mode ?? 'general',
    type: (raw.ownership_type ?? (raw.group ? 'group' : 'user')) === 'group' ? 'project' : 'user',
    permission: permission === 'rw' || permission === 'wd' ? permission : 'ro',
    status,
    isOwner: raw.is_owner ?? false,
    ownerId: raw.user ? dashedId(raw.user) : null,
    projectId: raw.group ? dashedId(raw.group) : null,
    createdAt: raw.created_at ?? null,
    cloneable: raw.cloneable ?? false,
    autoMount: raw.name.startsWith('.'),
    unmountable: !mountableStatuses.includes(status) ? 'status' : barred ? 'host' : null,
  };
}

const hostList = defineRoute({
  name: 'folder-hosts',
  method: 'GET',
  path: '/folders/_/hosts',
  query: z.object({ group_id: z.string() }),
  result: z.object({
    default: text,
    allowed: z.array(z.string()),
    volume_info: z.nullish(
      z.record(
        z.string(),
        z.object({
          sftp_scaling_groups: z.nullish(z.array(z.string())),
          // Left out or empty where the cluster does not disclose it.
          usage: z.nullish(z.object({ percentage: z.nullish(z.number()) })),
        }),
      ),
    ),
  }),
});

const allowedTypes = defineRoute({
  name: 'folder-types',
  method: 'GET',
  path: '/folders/_/allowed-types',
  result: z.array(z.string()),
});

const createRoute = defineRoute({
  name: 'create-folder',
  method: 'POST',
  path: '/folders',
  body: z.object({
    name: z.string(),
    host: z.string(),
    usage_mode: z.string(),
    permission: z.string(),
    /** null = a folder of one's own. */
    group: z.nullable(z.string()),
    cloneable: z.boolean(),
  }),
  result: folderRecord,
});

export interface FolderPlace {
  host: string;
  /** Whether I may create folders there; true where the manager does not tell. */
  allowed: boolean;
  /** Used part of the host in percent; null where it is not disclosed. */
  usage: number | null;
}

export interface FolderPlaces {
  places: FolderPlace[];
  /** The least used one, else the cluster's default, else the first (DAT-005, DAT-063); null = none is allowed. */
  preferred: string | null;
  /** Whether the cluster has project folders at all (DAT-065). */
  projectFolders: boolean;
}

export interface CreateFolderRequest {
  name: string;
  host: string;
  usageMode: UsageMode;
  permission: 'rw' | 'ro';
  /** null = a folder of one's own. */
  projectId: string | null;
  cloneable: boolean;
}

function preferredPlace(places: readonly FolderPlace[], standard: string | null | undefined): string | null {
  const allowed = places.filter((place) => place.allowed);
  const measured = allowed.filter((place) => place.usage !== null).sort((a, b) => (a.usage ?? 0) - (b.usage ?? 0));
  return (measured[0] ?? allowed.find((place) => place.host === standard) ?? allowed[0])?.host ?? null;
}

export const folderQueries = {
  /**
   * Own, invited and the project's folders: what can be mounted in a session of the project (DAT-290). With an owner
   * those of that user, for administrators.
   */
  mountable: (project: { id: string }, owner: FolderOwner | null = null) =>
    queryOptions({
      queryKey: ['folders', 'mountable', project.id, owner?.email ?? null, owner?.policy ?? null],
      queryFn: async ({ signal }): Promise<Folder[]> => {
        const [listed, hosts] = await Promise.all([
          rest(list, { query: { owner_user_email: owner?.email }, signal }),
          fetchHostPermissions(project.id, owner, signal),
        ]);
        return listed
          .map((folder) => toFolder(folder, hosts))
          .filter((folder) => !folder.status.startsWith('delete-'))
          .filter((folder) => folder.type === 'user' || folder.projectId === project.id);
      },
    }),

  /** Resource groups that only serve uploads to a storage host: the launcher does not offer them (SES-065). */
  uploadResourceGroups: (project: { id: string }) =>
    queryOptions({
      queryKey: ['folders', 'upload-resource-groups', project.id],
      queryFn: async ({ signal }): Promise<string[]> => {
        const hosts = await rest(hostList, { query: { group_id: project.id }, signal });
        const names = Object.values(hosts.volume_info ?? {}).flatMap((volume) => volume.sftp_scaling_groups ?? []);
        return [...new Set(names)];
      },
      staleTime: 5 * 60_000,
    }),

  /** Names of all folders that I reach, those in the trash and of other projects too: none of them is free. */
  names: () =>
    queryOptions({
      queryKey: ['folders', 'names'],
      queryFn: async ({ signal }): Promise<string[]> => (await rest(list, { signal })).map((folder) => folder.name),
      staleTime: 0,
    }),

  /** Where a new folder may lie, for the dialog that makes one (DAT-063, DAT-065). */
  places: (project: { id: string }) =>
    queryOptions({
      queryKey: ['folders', 'places', project.id],
      queryFn: async ({ signal }): Promise<FolderPlaces> => {
        const [hosts, types, granted] = await Promise.all([
          rest(hostList, { query: { group_id: project.id }, signal }),
          rest(allowedTypes, { signal }),
          fetchHostPermissions(project.id, null, signal),
        ]);
        const places = hosts.allowed.map((host) => ({
          host,
          allowed: granted === null || (granted.get(host)?.has('create-vfolder') ?? false),
          usage: hosts.volume_info?.[host]?.usage?.percentage ?? null,
        }));
        return { places, preferred: preferredPlace(places, hosts.default), projectFolders: types.includes('group') };
      },
      staleTime: 60_000,
    }),
};

export const folderMutations = {
  create: () =>
    mutationOptions({
      mutationKey: ['folders', 'create'],
      mutationFn: async (request: CreateFolderRequest): Promise<Folder> => {
        const { name, host, usageMode, permission, projectId, cloneable } = request;
        const body = { name, host, usage_mode: usageMode, permission, group: projectId, cloneable };
        const made = toFolder(await rest(createRoute, { body }), null);
        // Answers before 26.3 do not say it: whoever made it owns it.
        return { ...made, isOwner: true };
      },
      // In the lists at once, and then as the manager tells it (REL-06).
      onSuccess: (folder, _request, _before, { client }) => {
        for (const [queryKey] of client.getQueriesData<Folder[]>({ queryKey: ['folders', 'mountable'] })) {
          if (folder.projectId !== null && queryKey[2] !== folder.projectId) continue;
          // What was looked up for somebody else does not get a folder of mine.
          if (queryKey[3] !== null) continue;
          client.setQueryData<Folder[]>(queryKey, (known) =>
            !known || known.some((other) => other.id === folder.id) ? known : [...known, folder],
          );
        }
      },
      meta: { invalidates: [['folders']] },
    }),
};
