import type { CreateSessionRequest } from '../client/sessions-types';
import { holdsSecret, looksSecret } from '../lib/secret-names';

/**
 * A launch as a command of the shell, as a Python program and as a plain call (UX-09). Options and parameters are
 * those of `backend.ai session create` and `ComputeSession.get_or_create`. A secret becomes a variable of the shell
 * that runs it. Pure.
 */
export interface CommandSource {
  /** What a launch would send. */
  request: CreateSessionRequest;
  /** Several sessions have their number behind the name. However many, they are one loop: none is written out. */
  count: number;
  /** CLI and SDK know folders by name, the request may know them by id. `target` null = the default place. */
  mounts: readonly { name: string; target: string | null; readOnly: boolean }[];
  /** Of the call's format, e.g. `v8.20240915`. */
  apiVersion: string;
}

/** A value that is taken from a variable of the shell. */
class FromShell {
  constructor(readonly variable: string) {}
}
type Text = string | FromShell;
type Tree = string | number | boolean | null | FromShell | Tree[] | { [key: string]: Tree };

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

function secretValue(name: string, value: string): Text {
  if (!looksSecret(name) && !holdsSecret(value)) return value;
  return new FromShell(identifier.test(name) ? name : 'SECRET_VALUE');
}

function guarded(variable: string, text: string): Text {
  return holdsSecret(text) ? new FromShell(variable) : text;
}

/** One word of a POSIX shell, whatever it holds. NUL can't be passed to a program at all and is dropped. */
export function shellQuote(text: string): string {
  const plain = text.replaceAll('\0', '');
  // A leading = is a command's path to zsh.
  if (/^[A-Za-z0-9_/:.,@%+-][A-Za-z0-9_/:=.,@%+-]*$/.test(plain)) return plain;
  return `'${plain.replaceAll("'", `'\\''`)}'`;
}

function word(...parts: Text[]): string {
  const filled = parts.filter((part) => part !== '');
  if (filled.length === 0) return "''";
  const texts = filled.map((part) => (part instanceof FromShell ? `"$${part.variable}"` : shellQuote(part)));
  return texts.join('');
}

/** JSON's escapes are all Python's too. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}

/** Commas, colons and equals signs part a mount's fields. */
const mountField = (text: string) => text.replace(/[,:=]/g, '\\$&');

function mountWord({ name, target, readOnly }: CommandSource['mounts'][number]): string {
  if (!readOnly) return target === null ? mountField(name) : `${mountField(name)}:${mountField(target)}`;
  const place = target === null ? '' : `,target=${mountField(target)}`;
  return `type=bind,source=${mountField(name)}${place},perm=ro`;
}

/** What `session create` has no option for. */
function leftOut(request: CreateSessionRequest): string[] {
  return request.batch_timeout === undefined ? [] : [`batch timeout ${request.batch_timeout}`];
}

const note = (items: string[]) => (items.length > 0 ? [`# Not possible here, set it in the console: ${items.join(', ')}`] : []);

const number = new FromShell('number');
const shellLoop = (count: number) => `for number in $(seq ${count}); do`;

export function toCli(source: CommandSource): string {
  const { request } = source;
  const { config, clientSessionToken: name } = request;
  const several = source.count > 1;
  const option = (name: string, ...value: Text[]) => `${name} ${word(...value)}`;
  const optional = (name: string, value: Text | number | undefined) =>
    value === undefined ? [] : [option(name, typeof value === 'number' ? String(value) : value)];
  const { bootstrap_script: bootstrap } = request;
  const lines = [
    'backend.ai session create',
    several ? option('--name', `${name}-`, number) : option('--name', name),
    option('--type', request.type),
    ...optional('--startup-command', request.startupCommand === undefined ? undefined : guarded('STARTUP_COMMAND', request.startupCommand)),
    ...optional('--starts-at', request.starts_at),
    ...(bootstrap === undefined ? [] : [`--bootstrap-script <(printf %s ${word(guarded('BOOTSTRAP_SCRIPT', bootstrap))})`]),
    ...optional('--priority', request.priority),
    ...(request.dependencies ?? []).map((id) => option('--depends', id)),
    ...optional('--callback-url', request.callback_url === undefined ? undefined : guarded('CALLBACK_URL', request.callback_url)),
    ...optional('--tag', request.tag),
    ...optional('--owner', request.owner_access_key),
    option('--domain', request.domain),
    option('--group', request.group),
    option('--scaling-group', config.scaling_group),
    ...Object.entries(config.resources).map(([slot, amount]) => option('--resources', `${slot}=${amount}`)),
    ...(config.resource_opts?.shmem === undefined ? [] : [option('--resource-opts', `shmem=${config.resource_opts.shmem}`)]),
    option('--cluster-size', String(request.clusterSize)),
    option('--cluster-mode', request.clusterMode),
    ...source.mounts.map((mount) => option('--mount', mountWord(mount))),
    ...Object.entries(config.environ ?? {}).map(([name, value]) => option('--env', `${name}=`, secretValue(name, value))),
    ...(config.preopen_ports?.length ? [option('--preopen', config.preopen_ports.join(','))] : []),
    ...(config.agent_list?.length ? [option('--assign-agent', config.agent_list.join(','))] : []),
    ...optional('--network', config.attach_network),
    option('--arch', request.architecture),
    '--enqueue-only',
    '--no-reuse',
    `-- ${word(request.image)}`,
  ];
  const indent = several ? '    ' : '  ';
  const command = lines.join(` \\\n${indent}`);
  const whole = several ? [shellLoop(source.count), `  ${command}`, 'done'] : [command];
  return [...note(leftOut(request)), ...whole].join('\n');
}

function pythonValue(value: Tree, depth: number): string {
  if (value instanceof FromShell) return `os.environ[${pythonText(value.variable)}]`;
  if (typeof value === 'string') return pythonText(value);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonValue(item, depth)).join(', ')}]`;
  const indent = '    '.repeat(depth + 1);
  const entries = Object.entries(value).map(([key, item]) => `${indent}${pythonText(key)}: ${pythonValue(item, depth + 1)},`);
  return entries.length === 0 ? '{}' : ['{', ...entries, `${'    '.repeat(depth)}}`].join('\n');
}

const environTree = (environ: Record<string, string> = {}): Tree =>
  Object.fromEntries(Object.entries(environ).map(([name, value]) => [name, secretValue(name, value)]));

export function toPython(source: CommandSource): string {
  const { request, mounts } = source;
  const { config, clientSessionToken: name } = request;
  const several = source.count > 1;
  const targets = Object.fromEntries(mounts.flatMap(({ name, target }) => (target === null ? [] : [[name, target]])));
  const readOnly = Object.fromEntries(mounts.filter((one) => one.readOnly).map(({ name }) => [name, { type: 'bind', permission: 'ro' }]));
  const given = (key: string, value: Tree | undefined): [string, Tree][] => (value === undefined ? [] : [[key, value]]);
  const filled = (key: string, value: Record<string, Tree>): [string, Tree][] => (Object.keys(value).length === 0 ? [] : [[key, value]]);
  const parameters: [string, Tree][] = [
    ['type_', request.type],
    ...given('startup_command', request.startupCommand === undefined ? undefined : guarded('STARTUP_COMMAND', request.startupCommand)),
    ...given('starts_at', request.starts_at),
    ...given('bootstrap_script', request.bootstrap_script === undefined ? undefined : guarded('BOOTSTRAP_SCRIPT', request.bootstrap_script)),
    ...given('priority', request.priority),
    ...given('dependencies', request.dependencies),
    ...given('callback_url', request.callback_url === undefined ? undefined : guarded('CALLBACK_URL', request.callback_url)),
    ...given('tag', request.tag),
    ...given('owner_access_key', request.owner_access_key),
    ['domain_name', request.domain],
    ['group_name', request.group],
    ['scaling_group', config.scaling_group],
    ['resources', config.resources],
    ...given('resource_opts', config.resource_opts?.shmem === undefined ? undefined : { shmem: config.resource_opts.shmem }),
    ['cluster_size', request.clusterSize],
    ['cluster_mode', request.clusterMode],
    ...(mounts.length > 0 ? given('mounts', mounts.map(({ name }) => name)) : []),
    ...filled('mount_map', targets),
    ...filled('mount_options', readOnly),
    ...(config.environ && Object.keys(config.environ).length > 0 ? given('envs', environTree(config.environ)) : []),
    ...given('preopen_ports', config.preopen_ports?.length ? config.preopen_ports : undefined),
    ...given('assign_agent', config.agent_list?.length ? config.agent_list : undefined),
    ...given('attach_network', config.attach_network),
    ['architecture', request.architecture],
    ['enqueue_only', true],
    ['no_reuse', true],
  ];
  const depth = several ? 2 : 1;
  const indent = '    '.repeat(depth);
  const lines = [
    `${indent}session = api.ComputeSession.get_or_create(`,
    `${indent}    ${pythonText(request.image)},`,
    `${indent}    name=${several ? `${pythonText(`${name}-`)} + str(number)` : pythonText(name)},`,
    ...parameters.map(([key, value]) => `${indent}    ${key}=${pythonValue(value, depth + 1)},`),
    `${indent})`,
    `${indent}print(session.id, session.status)`,
  ];
  const body = lines.join('\n');
  return [
    ...(body.includes('os.environ[') ? ['import os', ''] : []),
    'from ai.backend.client.session import Session',
    '',
    ...note(leftOut(request)),
    'with Session() as api:',
    ...(several ? [`    for number in range(1, ${source.count + 1}):`] : []),
    body,
  ].join('\n');
}

/** JSON in pieces, between which a value comes out of the shell. */
function jsonParts(value: Tree, depth: number): Text[] {
  if (value instanceof FromShell) return ['"', value, '"'];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  const indent = '  '.repeat(depth + 1);
  const entries: [string, Tree][] = Array.isArray(value) ? value.map((item) => ['', item]) : Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return [open + close];
  return [
    `${open}\n`,
    ...entries.flatMap(([key, item], i): Text[] => [
      Array.isArray(value) ? indent : `${indent}${JSON.stringify(key)}: `,
      ...jsonParts(item, depth + 1),
      i < entries.length - 1 ? ',\n' : '\n',
    ]),
    `${'  '.repeat(depth)}${close}`,
  ];
}

/** Neighbouring texts as one, so that the shell sees one quoted word. */
function joined(parts: Text[]): Text[] {
  return parts.reduce<Text[]>((all, part) => {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') return [...all.slice(0, -1), last + part];
    return [...all, part];
  }, []);
}

/** SHA-256 of nothing: the body is never part of what is signed. */
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The call itself, signed by the keys in the shell's variables. */
export function toCurl(source: CommandSource): string {
  const { request, apiVersion } = source;
  const { environ, ...config } = request.config;
  const several = source.count > 1;
  const body: Tree = {
    ...(request as unknown as Record<string, Tree>),
    ...(several ? { clientSessionToken: new FromShell('name') } : {}),
    ...(request.startupCommand === undefined ? {} : { startupCommand: guarded('STARTUP_COMMAND', request.startupCommand) }),
    ...(request.bootstrap_script === undefined ? {} : { bootstrap_script: guarded('BOOTSTRAP_SCRIPT', request.bootstrap_script) }),
    ...(request.callback_url === undefined ? {} : { callback_url: guarded('CALLBACK_URL', request.callback_url) }),
    config: { ...(config as unknown as Record<string, Tree>), ...(environ ? { environ: environTree(environ) } : {}) },
  };
  const call = [
    'curl -sS -X POST "$BACKEND_ENDPOINT/session/_/create"',
    `-H 'Content-Type: application/json'`,
    `-H ${shellQuote(`X-BackendAI-Version: ${apiVersion}`)}`,
    '-H "X-BackendAI-Date: $moment"',
    '-H "Authorization: BackendAI signMethod=HMAC-SHA256, credential=$BACKEND_ACCESS_KEY:$signature"',
    `--data-binary ${word(...joined(jsonParts(body, 0)))}`,
  ].join(' \\\n  ');
  // Inside the JSON, so with its escapes.
  const inJson = JSON.stringify(request.clientSessionToken).slice(1, -1);
  return [
    'address=${BACKEND_ENDPOINT#*://}; host=${address%%/*}; base=${address#"$host"}',
    'moment=$(date -u +%Y-%m-%dT%H:%M:%S+00:00)',
    `sign() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "$1" -r | cut -d ' ' -f 1; }`,
    'day_key=$(sign "key:$BACKEND_SECRET_KEY" "$(printf %s "$moment" | cut -c 1-10 | tr -d -)")',
    'host_key=$(sign "hexkey:$day_key" "$host")',
    `signature=$(sign "hexkey:$host_key" "POST\n$base/session/_/create\n$moment\nhost:$host\ncontent-type:application/json\nx-backendai-version:${apiVersion.replace(/[^\w.-]/g, '')}\n${emptyHash}")`,
    ...(several ? [shellLoop(source.count), `name=${word(`${inJson}-`, number)}`, call, 'done'] : [call]),
  ].join('\n');
}
