import type { Context } from './context';
import type { ManagerError } from './errors';
import { invalidParams } from './errors';
import { parseSize } from './slots';
import type { FolderPermission, SessionType } from './types';

/** The body of a create call after its shape was checked; spellings and defaults of SES-C01. */
export interface CreateRequest {
  name: string;
  image: string;
  architecture: string;
  type: SessionType;
  project: string;
  domain: string;
  clusterSize: number;
  clusterMode: 'single-node' | 'multi-node';
  reuse: boolean;
  startupCommand: string | null;
  startsAt: string | null;
  batchTimeout: number | null;
  bootstrapScript: string | null;
  dependencies: string[];
  callbackUrl: string | null;
  tag: string | null;
  ownerAccessKey: string | null;
  priority: number;
  resourceGroup: string | null;
  resources: Record<string, unknown>;
  shmem: number | null;
  environ: Record<string, string>;
  mounts: string[];
  mountMap: Record<string, string>;
  mountOptions: Record<string, FolderPermission | null>;
  /** 26.x: a part of the folder, by its id. */
  mountSubpaths: Record<string, string>;
  mountIds: string[];
  mountIdMap: Record<string, string>;
  preopenPorts: number[];
  agents: string[];
}

/** Every spelling a version knows; the first is the one that is told in errors. */
const TOP: Record<string, { keys: string[]; since?: string }> = {
  name: { keys: ['clientSessionToken', 'session_name', 'name', 'client_session_token', 'sessionName'] },
  image: { keys: ['image', 'lang'] },
  architecture: { keys: ['architecture', 'arch'] },
  type: { keys: ['type', 'session_type', 'sessionType'] },
  project: { keys: ['group', 'groupName', 'group_name'] },
  domain: { keys: ['domain', 'domainName', 'domain_name'] },
  clusterSize: { keys: ['clusterSize', 'cluster_size'] },
  clusterMode: { keys: ['clusterMode', 'cluster_mode'] },
  enqueueOnly: { keys: ['enqueueOnly'] },
  maxWait: { keys: ['maxWaitSeconds', 'max_wait_seconds'] },
  reuse: { keys: ['reuseIfExists', 'reuse_if_exists', 'reuse'] },
  startupCommand: { keys: ['startupCommand', 'startup_command'] },
  startsAt: { keys: ['starts_at', 'startsAt'] },
  batchTimeout: { keys: ['batch_timeout', 'batchTimeout'], since: '24.12' },
  bootstrap: { keys: ['bootstrap_script', 'bootstrapScript'] },
  dependencies: { keys: ['dependencies'] },
  callbackUrl: { keys: ['callback_url', 'callbackUrl'] },
  tag: { keys: ['tag'] },
  owner: { keys: ['owner_access_key', 'ownerAccessKey'] },
  priority: { keys: ['priority'], since: '24.09' },
  config: { keys: ['config'] },
};
const CONFIG: Record<string, { keys: string[]; since?: string }> = {
  mounts: { keys: ['mounts'] },
  mountMap: { keys: ['mount_map', 'mountMap'] },
  mountOptions: { keys: ['mount_options', 'mountOptions'] },
  mountIds: { keys: ['mount_ids', 'mountIds'], since: '25.12' },
  mountIdMap: { keys: ['mount_id_map', 'mountIdMap'], since: '25.12' },
  environ: { keys: ['environ'] },
  resourceGroup: { keys: ['scaling_group', 'scalingGroup'] },
  resources: { keys: ['resources'] },
  resourceOpts: { keys: ['resource_opts', 'resourceOpts'] },
  preopen: { keys: ['preopen_ports', 'preopenPorts'] },
  agents: { keys: ['agent_list', 'agentList'] },
  clusterSize: { keys: ['cluster_size', 'clusterSize', 'instances', 'instanceCount'] },
  network: { keys: ['attach_network', 'attachNetwork'], since: '24.09' },
};

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Up to 25.x an unknown key is refused by name; 26.x takes no notice of it. */
function known(ctx: Context, source: Json, table: typeof TOP, problems: Json): void {
  if (ctx.atLeast('26.0')) return;
  const names = new Set(
    Object.values(table).flatMap((entry) => (entry.since && !ctx.atLeast(entry.since) ? [] : entry.keys)),
  );
  for (const key of Object.keys(source)) {
    if (!names.has(key)) problems[key] = `${key} is not allowed key`;
  }
}

class Reader {
  constructor(
    private readonly source: Json,
    private readonly table: typeof TOP,
    private readonly problems: Json,
  ) {}

  raw(field: string): unknown {
    for (const key of this.table[field]?.keys ?? []) {
      const value = this.source[key];
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  private refuse(field: string, why: string): void {
    this.problems[this.table[field]?.keys[0] ?? field] = why;
  }

  text(field: string): string | null {
    const value = this.raw(field);
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    this.refuse(field, 'value is not a string');
    return null;
  }

  number(field: string): number | null {
    const value = this.raw(field);
    if (value === undefined) return null;
    const number = typeof value === 'number' ? value : Number.parseInt(String(value), 10);
    if (Number.isFinite(number)) return number;
    this.refuse(field, "value can't be converted to int");
    return null;
  }

  flag(field: string): boolean | null {
    const value = this.raw(field);
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value;
    this.refuse(field, 'value should be True or False');
    return null;
  }

  list(field: string): unknown[] {
    const value = this.raw(field);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.refuse(field, 'value is not a list');
    return [];
  }

  object(field: string): Json {
    const value = this.raw(field);
    if (value === undefined) return {};
    if (isObject(value)) return value;
    this.refuse(field, 'value is not a dict');
    return {};
  }

  choice<T extends string>(field: string, choices: readonly T[], fallback: T): T {
    const value = this.text(field)?.toLowerCase();
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found) return found;
    this.refuse(field, `value doesn't match any variant: ${choices.join(', ')}`);
    return fallback;
  }
}

const TIMEOUT_UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds; `"30s"`, `"5m"`, `"1h"`, `"2d"`, `"1w"` or a number. */
function timeoutSeconds(value: unknown, problems: Json): number | null {
  if (value === undefined) return null;
  const match = /^(\d+(?:\.\d+)?)([smhdw]?)$/.exec(String(value));
  const unit = TIMEOUT_UNITS[match?.[2] ?? '?'];
  if (match && unit !== undefined) return Number(match[1]) * unit;
  problems['batch_timeout'] = 'value is not a known time duration';
  return null;
}

/** ASCII only, 4 to 64 characters, first and last a word character (SES-R01). */
export const SESSION_NAME = /^(?=.{4,64}$)\w[\w.-]*\w$/;

const IS_UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

export function readCreateRequest(ctx: Context, body: unknown): CreateRequest {
  if (!isObject(body)) throw malformed({ body: 'value is not a dict' });
  const problems: Json = {};
  const top = new Reader(body, TOP, problems);
  const config = top.object('config');
  known(ctx, body, TOP, problems);
  const configProblems: Json = {};
  known(ctx, config, CONFIG, configProblems);
  const inner = new Reader(config, CONFIG, configProblems);

  const name = top.text('name');
  if (name === null) problems['clientSessionToken'] = 'is required';
  else if (name === 'from-template') problems['clientSessionToken'] = 'from-template is a reserved name';
  else if (!ctx.atLeast('26.0') && !SESSION_NAME.test(name)) problems['clientSessionToken'] = 'value is not a valid session name';
  if (top.text('image') === null) problems['image'] = 'is required';
  const priority = top.number('priority') ?? 10;
  if (priority < 0 || priority > 100) problems['priority'] = 'value is out of range (0 to 100)';
  const size = top.number('clusterSize') ?? inner.number('clusterSize') ?? 1;
  if (size < 1) problems['clusterSize'] = 'value is less than 1';
  const dependencies = top.list('dependencies').map(String);
  if (dependencies.some((id) => !IS_UUID.test(id))) problems['dependencies'] = 'value is not a valid UUID';
  const resourceOpts = inner.object('resourceOpts');
  const shmem = resourceOpts['shmem'] === undefined || resourceOpts['shmem'] === null ? null : parseSize(resourceOpts['shmem']);
  if (Number.isNaN(shmem)) configProblems['resource_opts'] = { shmem: 'value is not a valid size' };
  const ports = inner.list('preopen').map(Number);
  if (ports.some((port) => !Number.isInteger(port) || port < 1024 || port > 65_535)) {
    configProblems['preopen_ports'] = 'value is out of range (1024 to 65535)';
  }
  const batchTimeout = timeoutSeconds(top.raw('batchTimeout'), problems);
  const request: CreateRequest = {
    name: name ?? '',
    image: top.text('image') ?? '',
    architecture: top.text('architecture') ?? 'x86_64',
    type: top.choice('type', ['interactive', 'batch', 'inference', 'system'], 'interactive'),
    project: top.text('project') ?? 'default',
    domain: top.text('domain') ?? 'default',
    clusterSize: size,
    clusterMode: top.choice('clusterMode', ['single-node', 'multi-node'], 'single-node'),
    reuse: top.flag('reuse') ?? true,
    startupCommand: top.text('startupCommand'),
    startsAt: top.text('startsAt'),
    batchTimeout,
    bootstrapScript: top.text('bootstrap'),
    dependencies,
    callbackUrl: top.text('callbackUrl'),
    tag: top.text('tag'),
    ownerAccessKey: top.text('owner'),
    priority,
    resourceGroup: inner.text('resourceGroup'),
    resources: inner.object('resources'),
    shmem,
    environ: Object.fromEntries(Object.entries(inner.object('environ')).map(([key, value]) => [key, String(value)])),
    mounts: inner.list('mounts').map(String),
    mountMap: textMap(inner.object('mountMap')),
    mountOptions: Object.fromEntries(
      Object.entries(inner.object('mountOptions')).map(([key, value]) => [key, permissionOf(value)]),
    ),
    mountSubpaths: ctx.atLeast('26.0') ? subpaths(inner.object('mountOptions'), configProblems) : {},
    mountIds: inner.list('mountIds').map(String),
    mountIdMap: textMap(inner.object('mountIdMap')),
    preopenPorts: ports,
    agents: inner.list('agents').map(String),
  };
  if (Object.keys(configProblems).length > 0) problems['config'] = configProblems;
  if (Object.keys(problems).length > 0) throw malformed(problems);
  return request;
}

function textMap(source: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, String(value)]));
}

function permissionOf(value: unknown): FolderPermission | null {
  const permission = isObject(value) ? value['permission'] : undefined;
  return permission === 'ro' || permission === 'rw' || permission === 'wd' ? permission : null;
}

function subpaths(options: Json, problems: Json): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, option] of Object.entries(options)) {
    const subpath = isObject(option) ? option['subpath'] : undefined;
    if (subpath === undefined || subpath === null) continue;
    if (typeof subpath === 'string' && subpath !== '') found[key] = subpath;
    else problems['mount_options'] = { [key]: { subpath: 'String should have at least 1 character' } };
  }
  return found;
}

function malformed(problems: Json): ManagerError {
  return invalidParams('Input validation error', problems);
}
