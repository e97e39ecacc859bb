import { mutationOptions, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ClientError } from './errors';
import { projectRecord, selectableProjects } from './projects';
import type { Project } from './projects';
import { defineOperation, defineRoute, gql, rest } from './transport';

export type Role = 'superadmin' | 'admin' | 'user' | 'monitor';

/** Who is logged in, as the console needs it everywhere. */
export interface Me {
  uuid: string;
  email: string;
  username: string;
  fullName: string;
  role: Role;
  domain: string;
  accessKey: string;
  /** Name of the keypair's resource policy. */
  keypairPolicy: string;
  needPasswordChange: boolean;
  /** Projects that the header offers; model stores among them. */
  projects: Project[];
}

const text = z.nullable(z.string());

const bootstrap = defineOperation({
  name: 'Me',
  kind: 'query',
  document: `query Me {
    keypair { access_key resource_policy }
    user { uuid username email full_name role domain_name need_password_change groups { id name } }
    groups(is_active: true, type: ["GENERAL", "MODEL_STORE"]) { id name type is_active domain_name }
  }`,
  data: z.object({
    keypair: z.nullable(z.object({ access_key: text, resource_policy: text })),
    user: z.nullable(
      z.object({
        uuid: text,
        username: text,
        email: text,
        full_name: text,
        role: text,
        domain_name: text,
        need_password_change: z.nullable(z.boolean()),
        groups: z.nullable(z.array(z.nullable(z.object({ id: text, name: text })))),
      }),
    ),
    groups: z.nullable(z.array(z.nullable(projectRecord))),
  }),
});

const roles: readonly string[] = ['superadmin', 'admin', 'user', 'monitor'] satisfies Role[];

function missing(field: string): ClientError {
  return new ClientError({ kind: 'shape', title: 'Unexpected answer', detail: `${field} is missing`, operation: 'Me' });
}

/**
 * Everything the frame needs to know of the account, in one call. Null where it has no user record, no keypair or
 * no project: nothing in the console works for it then (ACC-019).
 */
export async function fetchMe(signal?: AbortSignal): Promise<Me | null> {
  const { keypair, user, groups } = await gql(bootstrap, {}, { signal });
  if (!keypair || !user) return null;
  if (!keypair.access_key) throw missing('keypair.access_key');
  if (!user.uuid) throw missing('user.uuid');
  if (!user.email) throw missing('user.email');
  if (!user.domain_name) throw missing('user.domain_name');
  // A role that is not known yet gets the least rights.
  const role = roles.includes(user.role ?? '') ? (user.role as Role) : 'user';
  const groupIds = (user.groups ?? []).flatMap((group) => group?.id ?? []);
  const projects = selectableProjects(
    (groups ?? []).filter((group) => group !== null),
    { role, domain: user.domain_name, groupIds },
  );
  if (projects.length === 0) return null;
  return {
    uuid: user.uuid,
    email: user.email,
    username: user.username ?? user.email,
    fullName: user.full_name ?? '',
    role,
    domain: user.domain_name,
    accessKey: keypair.access_key,
    keypairPolicy: keypair.resource_policy ?? 'default',
    needPasswordChange: user.need_password_change ?? false,
    projects,
  };
}

/** Success bodies differ by version (`{}`, null, empty). */
const nothing = z.unknown();

const updateFullName = defineRoute({
  name: 'update-full-name',
  method: 'POST',
  path: '/auth/update-full-name',
  body: z.object({ email: z.string(), full_name: z.string() }),
  result: nothing,
});

const updatePassword = defineRoute({
  name: 'update-password',
  method: 'POST',
  path: '/auth/update-password',
  body: z.object({ old_password: z.string(), new_password: z.string(), new_password2: z.string() }),
  result: nothing,
  // "Old password mismatch" comes as 401 though the log-in lives.
  unauthorized: 'invalid',
});

export interface PasswordChange {
  oldPassword: string;
  newPassword: string;
}

export const accountQueries = {
  me: () => queryOptions({ queryKey: ['account', 'me'], queryFn: ({ signal }) => fetchMe(signal), staleTime: Infinity }),
};

export const accountMutations = {
  updateFullName: () =>
    mutationOptions({
      mutationKey: ['account', 'full-name'],
      mutationFn: (change: { email: string; fullName: string }) =>
        rest(updateFullName, { body: { email: change.email, full_name: change.fullName } }),
      meta: { invalidates: [['account']] },
    }),
  /** A wrong old password is a ClientError of kind `invalid` with status 401: see `isOldPasswordMismatch`. */
  updatePassword: () =>
    mutationOptions({
      mutationKey: ['account', 'password'],
      mutationFn: (change: PasswordChange) =>
        rest(updatePassword, {
          body: {
            old_password: change.oldPassword,
            new_password: change.newPassword,
            new_password2: change.newPassword,
          },
        }),
      meta: { invalidates: [['account']] },
    }),
};

/** Whether the refusal belongs at the field of the old password. */
export function isOldPasswordMismatch(error: unknown): boolean {
  return error instanceof ClientError && error.operation === updatePassword.name && error.status === 401;
}
