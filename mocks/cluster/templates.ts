import type { Templates } from './api';
import { spacedIso } from './clock';
import type { Context } from './context';
import { forbidden, invalidParams, notFound } from './errors';
import type { ManagerError } from './errors';
import { findProject } from './resource-groups';
import { uuid } from './rng';
import { createSession } from './session-create';
import type { Requester, SessionTemplate, TaskTemplate } from './types';

/** Session templates (SES-C30), as lenient and as strict as the manager is with them. */

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first(source: Json, ...keys: string[]): unknown {
  for (const key of keys) if (source[key] !== undefined) return source[key];
  return undefined;
}

function text(source: Json, where: string, ...keys: string[]): string {
  const value = first(source, ...keys);
  if (typeof value === 'string') return value;
  throw invalidParams('Input validation error', { [where]: value === undefined ? 'is required' : 'value is not a string' });
}

function optionalText(source: Json, where: string, ...keys: string[]): string | null {
  const value = first(source, ...keys);
  return value === undefined || value === null ? null : text(source, where, ...keys);
}

function object(source: Json, where: string, key: string): Json {
  const value = source[key];
  if (isObject(value)) return value;
  throw invalidParams('Input validation error', { [where]: value === undefined ? 'is required' : 'value is not a dict' });
}

function optionalObject(source: Json, where: string, key: string): Json | null {
  return source[key] === undefined || source[key] === null ? null : object(source, where, key);
}

const SESSION_TYPES = ['interactive', 'batch', 'inference', 'system'];
const RESERVED = /^(?:\.terminfo|\.jupyter|\.tmux\.conf|\.ssh|\.[a-z0-9]+rc|\.[a-z0-9]+_profile)$/;

/** What is kept: the manager's own names, with what was left out filled in; further keys at the top stay. */
function checkTemplate(raw: unknown): TaskTemplate {
  if (!isObject(raw)) throw invalidParams('Malformed payload');
  const kind = text(raw, 'kind', 'kind');
  if (kind !== 'taskTemplate' && kind !== 'task_template') throw invalidParams('Input validation error', { kind: "value doesn't match any variant" });
  const metadata = object(raw, 'metadata', 'metadata');
  const spec = object(raw, 'spec', 'spec');
  const kernel = object(spec, 'spec.kernel', 'kernel');
  const run = optionalObject(kernel, 'spec.kernel.run', 'run');
  const type = optionalText(spec, 'spec.type', 'type', 'session_type', 'sessionType') ?? 'interactive';
  if (!SESSION_TYPES.includes(type)) throw invalidParams('Input validation error', { 'spec.type': 'value is not a valid session type' });
  const mounts = optionalObject(spec, 'spec.mounts', 'mounts') ?? {};
  for (const path of Object.values(mounts)) {
    if (typeof path === 'string' && RESERVED.test(path.replace(/^\/home\/work\//, ''))) throw invalidParams(`Path ${path} is reserved for internal operations.`);
  }
  const environ = optionalObject(kernel, 'spec.kernel.environ', 'environ') ?? {};
  for (const [name, value] of Object.entries(environ)) {
    if (typeof value !== 'string') throw invalidParams('Input validation error', { [`spec.kernel.environ.${name}`]: 'value is not a string' });
  }
  const { apiVersion: _alias, ...rest } = raw;
  return {
    ...rest,
    api_version: text(raw, 'api_version', 'api_version', 'apiVersion'),
    kind,
    metadata: { name: text(metadata, 'metadata.name', 'name'), tag: optionalText(metadata, 'metadata.tag', 'tag') },
    spec: {
      session_type: type,
      kernel: {
        image: text(kernel, 'spec.kernel.image', 'image'),
        architecture: optionalText(kernel, 'spec.kernel.architecture', 'architecture') ?? 'x86_64',
        environ: environ as Record<string, string>,
        run: run && { bootstrap: optionalText(run, 'bootstrap', 'bootstrap'), startup_command: optionalText(run, 'startup', 'startup', 'startup_command', 'startupCommand') },
        git: optionalObject(kernel, 'spec.kernel.git', 'git'),
      },
      scaling_group: optionalText(spec, 'spec.scaling_group', 'scaling_group'),
      mounts,
      resources: optionalObject(spec, 'spec.resources', 'resources'),
      agent_list: Array.isArray(spec['agent_list']) ? (spec['agent_list'] as string[]) : null,
    },
  };
}

function readPayload(body: unknown): { project: string; domain: string; items: { name: string | null; template: TaskTemplate }[] } {
  if (!isObject(body)) throw invalidParams('Input validation error', { body: 'value is not a dict' });
  const payload = text(body, 'payload', 'payload');
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload);
  } catch {
    throw invalidParams('Malformed payload');
  }
  if (!Array.isArray(parsed)) throw invalidParams('Malformed payload');
  return {
    project: optionalText(body, 'group', 'group', 'groupName', 'group_name') ?? 'default',
    domain: optionalText(body, 'domain', 'domain', 'domainName', 'domain_name') ?? 'default',
    items: (parsed as unknown[]).map((item) => {
      if (!isObject(item)) throw invalidParams('Malformed payload');
      return { name: optionalText(item, 'name', 'name'), template: checkTemplate(item['template']) };
    }),
  };
}

function noTemplate(): ManagerError {
  return notFound('No such task template.', undefined, 'template_read_not-found');
}

const hexOf = (id: string): string => id.replaceAll('-', '');
const keyOf = (id: string): string => hexOf(id).toLowerCase();

function active(ctx: Context, id: string): SessionTemplate {
  const found = ctx.state.templates[keyOf(id)];
  if (!found?.isActive) throw noTemplate();
  return found;
}

function projectOf(ctx: Context, requester: Requester, name: string, domain: string): string {
  if (domain !== requester.domain && requester.role !== 'superadmin') throw invalidParams('Invalid domain');
  const project = findProject(ctx, name, domain);
  const isAdmin = requester.role === 'superadmin' || requester.role === 'admin';
  if (!project || (!isAdmin && !requester.projectIds.includes(project.id))) throw invalidParams('Invalid group');
  return project.id;
}

/** What the template says, in the words of a create call; what the request says goes over it. */
function merged(template: TaskTemplate, request: Json): Json {
  const { spec, metadata } = template;
  const { kernel } = spec;
  const mounts = Object.entries(spec.mounts);
  const config: Json = {
    ...(spec.scaling_group ? { scaling_group: spec.scaling_group } : {}),
    ...(spec.resources ? { resources: spec.resources } : {}),
    ...(spec.agent_list ? { agent_list: spec.agent_list } : {}),
    ...(Object.keys(kernel.environ).length > 0 ? { environ: kernel.environ } : {}),
    ...(mounts.length > 0
      ? { mounts: mounts.map(([name]) => name), mount_map: Object.fromEntries(mounts.filter(([, path]) => typeof path === 'string' && path !== '')) }
      : {}),
    ...(isObject(request['config']) ? request['config'] : {}),
  };
  const { template_id: _id, session_name, name, clientSessionToken, session_type, type, enqueue_only, cluster_size, cluster_mode, max_wait_seconds, reuse, ...rest } = request;
  const given = (key: string, value: unknown): Json => (value === undefined || value === null ? {} : { [key]: value });
  return {
    image: kernel.image,
    architecture: kernel.architecture,
    ...given('tag', metadata.tag),
    ...given('startupCommand', kernel.run?.startup_command),
    ...given('bootstrap_script', kernel.run?.bootstrap),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
    type: type ?? session_type ?? spec.session_type,
    clientSessionToken: clientSessionToken ?? session_name ?? name ?? metadata.name,
    ...given('enqueueOnly', enqueue_only),
    ...given('clusterSize', cluster_size),
    ...given('clusterMode', cluster_mode),
    ...given('maxWaitSeconds', max_wait_seconds),
    ...given('reuseIfExists', reuse),
    config,
  };
}

export function createTemplates(ctx: Context): Templates {
  return {
    // Everybody is told everybody's.
    list: (requester) =>
      Object.values(ctx.state.templates)
        .filter((one) => one.isActive)
        .map((one) => ({
          name: one.name,
          id: hexOf(one.id),
          created_at: spacedIso(one.createdAt),
          is_owner: one.userId === requester.userId,
          user: one.userId,
          group: one.projectId,
          user_email: ctx.state.users[one.userId]?.email ?? null,
          group_name: ctx.state.projects[one.projectId]?.name ?? null,
          domain_name: requester.domain,
          type: 'task',
          template: one.template,
        })),
    get(requester, id) {
      const found = ctx.state.templates[keyOf(id)];
      if (!found?.isActive) return {};
      return { template: found.template, name: found.name, user_uuid: found.userId, group_id: found.projectId, domain_name: requester.domain };
    },
    create(requester, body) {
      if (requester.role === 'monitor') throw forbidden();
      const { project, domain, items } = readPayload(body);
      const projectId = projectOf(ctx, requester, project, domain);
      return items.map(({ name, template }) => {
        const id = hexOf(uuid(ctx.state));
        ctx.state.templates[id] = {
          id, name: name ?? template.metadata.name, createdAt: ctx.now, isActive: true, domain, projectId, userId: requester.userId, template,
        };
        return { id, user: hexOf(requester.userId) };
      });
    },
    update(requester, id, body) {
      const found = active(ctx, id);
      const { project, domain, items } = readPayload(body);
      for (const { name, template } of items) {
        Object.assign(found, { name: name ?? template.metadata.name, template, projectId: projectOf(ctx, requester, project, domain), userId: requester.userId });
      }
    },
    // Not only the owner's: the manager looks at the id alone.
    remove(_requester, id) {
      active(ctx, id).isActive = false;
    },
    createSession(requester, body) {
      if (!isObject(body)) throw invalidParams('Input validation error', { body: 'value is not a dict' });
      const id = first(body, 'template_id', 'templateId');
      if (typeof id !== 'string') throw invalidParams("Both image and template_id can't be None!");
      const { template, projectId, domain } = active(ctx, id);
      const project = ctx.state.projects[projectId]?.name ?? 'default';
      return createSession(ctx, requester, { group: project, domain, ...merged(template, body) });
    },
  };
}
