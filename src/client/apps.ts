/** Apps of a session at the manager: which there are, starting and ending them, the files that they need (SES-C20, C41, C44). */
import { mutationOptions, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { toClientError } from './errors';
import { gatewayOf } from './gateway';
import type { Gateway } from './gateway';
import { fileContent, privateKeyIn } from './session-file';
import { defineRoute, rest } from './transport';

const names = z.nullish(z.array(z.string()));

const listRoute = defineRoute({
  name: 'session-apps',
  method: 'GET',
  path: '/stream/session/{id}/apps',
  result: z.array(
    z.object({
      name: z.string(),
      protocol: z.string(),
      ports: z.array(z.nullable(z.number())),
      allowed_arguments: names,
      allowed_envs: names,
    }),
  ),
});

/** What may be passed to an app when it is started (SES-281). */
export interface AppAllowance {
  name: string;
  arguments: string[];
  envs: string[];
}

const versionRoute = defineRoute({
  name: 'app-proxy-version',
  method: 'GET',
  path: '/scaling-groups/{scaling_group}/wsproxy-version',
  query: z.object({ group: z.optional(z.string()) }),
  result: z.object({ wsproxy_version: z.string() }),
});

const startRoute = defineRoute({
  name: 'start-app',
  method: 'POST',
  path: '/session/{id}/start-service',
  body: z.object({
    login_session_token: z.string(),
    app: z.string(),
    port: z.optional(z.number()),
    /** JSON texts. */
    envs: z.optional(z.string()),
    arguments: z.optional(z.string()),
  }),
  result: z.object({ token: z.string(), wsproxy_addr: z.string() }),
});

/** SES-C04: managers differ in where they look, so both the query and the body carry the name. */
const shutdownRoute = defineRoute({
  name: 'shut-down-app',
  method: 'POST',
  path: '/session/{id}/shutdown-service',
  body: z.object({ service_name: z.string() }),
  result: z.unknown(),
});

const fileRoute = defineRoute({
  name: 'session-file',
  method: 'POST',
  path: '/session/{id}/download_single',
  body: z.object({ file: z.string() }),
  result: z.string(),
  answer: 'text',
});

const directRoute = defineRoute({
  name: 'direct-access',
  method: 'GET',
  path: '/session/{id}/direct-access-info',
  result: z.object({
    public_host: z.nullish(z.string()),
    sshd_ports: z.nullish(z.array(z.union([z.number(), z.string()]))),
  }),
});

export const appQueries = {
  /** Only for the owner. */
  allowances: (sessionId: string) =>
    queryOptions({
      queryKey: ['sessions', 'apps', sessionId],
      queryFn: async ({ signal }): Promise<AppAllowance[]> => {
        const apps = await rest(listRoute, { params: { id: sessionId }, signal });
        return apps.map((app) => ({ name: app.name, arguments: app.allowed_arguments ?? [], envs: app.allowed_envs ?? [] }));
      },
      staleTime: 60_000,
    }),

  /** Where a system session takes SSH connections (SES-286); null for all others. */
  directAccess: (sessionId: string) =>
    queryOptions({
      queryKey: ['sessions', 'direct-access', sessionId],
      queryFn: async ({ signal }): Promise<Gateway | null> => {
        const info = await rest(directRoute, { params: { id: sessionId }, signal });
        const [port = ''] = info.sshd_ports ?? [];
        const host = info.public_host ?? '';
        return gatewayOf(`${host.includes(':') ? `[${host}]` : host}:${String(port)}`);
      },
      staleTime: 60_000,
    }),
};

export type ProxyVersion = 'v1' | 'v2';

/** SES-C20; managers without the call have the old proxy. */
export async function appProxyVersion(resourceGroup: string, projectId: string | null, signal?: AbortSignal): Promise<ProxyVersion> {
  try {
    const params = { scaling_group: resourceGroup };
    const answer = await rest(versionRoute, { params, query: { group: projectId ?? undefined }, signal });
    return answer.wsproxy_version === 'v2' ? 'v2' : 'v1';
  } catch (cause) {
    const error = toClientError(cause, versionRoute.name);
    if (error.slug === 'url-not-found') return 'v1';
    throw error;
  }
}

/** Names of the session's apps as the manager has them now. */
export async function appNames(sessionId: string, signal?: AbortSignal): Promise<string[]> {
  return (await rest(listRoute, { params: { id: sessionId }, signal })).map(({ name }) => name);
}

export interface StartAppRequest {
  sessionId: string;
  app: string;
  envs?: Record<string, string>;
  arguments?: Record<string, string>;
}

function jsonOrNothing(values: Record<string, string> | undefined): string | undefined {
  return values && Object.keys(values).length > 0 ? JSON.stringify(values) : undefined;
}

export async function startApp({ sessionId, app, envs, arguments: args }: StartAppRequest, signal?: AbortSignal): Promise<{ token: string; address: string }> {
  const body = {
    // Any text will do (SES-C41): the log-in's own id has no business at the app proxy.
    login_session_token: 'console',
    app,
    envs: jsonOrNothing(envs),
    arguments: jsonOrNothing(args),
  };
  const answer = await rest(startRoute, { params: { id: sessionId }, body, signal });
  return { token: answer.token, address: answer.wsproxy_addr.replace(/\/+$/, '') };
}

export async function shutDownApp(sessionId: string, app: string, signal?: AbortSignal): Promise<void> {
  await rest(shutdownRoute, { params: { id: sessionId }, query: { service_name: app }, body: { service_name: app }, signal });
}

async function readFile(sessionId: string, file: string): Promise<string> {
  return fileContent(await rest(fileRoute, { params: { id: sessionId }, query: { file }, body: { file } }));
}

/** Secrets of the container: never kept in the query cache (SEC-07). */
export const appMutations = {
  /** The key that `sshd` takes; null where the file holds none. */
  sshKey: () =>
    mutationOptions({
      mutationKey: ['sessions', 'ssh-key'],
      mutationFn: async (sessionId: string): Promise<string | null> => privateKeyIn(await readFile(sessionId, '/home/work/id_container')),
      gcTime: 0,
    }),
  /** Of Visual Studio Code's server in the container (SES-287). */
  editorPassword: () =>
    mutationOptions({
      mutationKey: ['sessions', 'editor-password'],
      mutationFn: async (sessionId: string): Promise<string> => (await readFile(sessionId, '/home/work/.password')).trim(),
      gcTime: 0,
    }),
};
