import { can } from '../../client/capabilities';
import type { CreateSessionRequest, MountOption } from '../../client/sessions-types';
import { MIB, formatSize } from '../../lib/quantities';
import { randomText } from '../../lib/random-text';
import { threadVariables } from './launch-values';
import type { LaunchValues } from './launch-values';
import { defaultTarget, mountTarget } from './mount-rules';

/** The map from a checked form to the manager's request (SES-C01). Pure. */

export interface LaunchPlan {
  values: LaunchValues;
  /** `registry/project/name:tag` */
  image: string;
  architecture: string;
  resourceGroup: string;
  cpu: number;
  /** Bytes. */
  mem: number;
  shm: number | null;
  accelerator: { slot: string; amount: number } | null;
  /** The project's name, not its id. */
  project: string;
  domain: string;
  /** Whose keypair it runs under, where that is not mine (SES-055). */
  ownerAccessKey: string | null;
  /** None = the manager chooses. */
  agents: readonly string[];
  managerVersion: string;
}

/** `4g`, `512m`: binary units, whole numbers; what is finer than a MiB is rounded up so that minimums hold. */
export function memoryText(bytes: number): string {
  return formatSize(Math.ceil(bytes / MIB) * MIB);
}

/** A local time of a browser's field, with the offset that holds at that moment: `2026-03-01T09:00:00+09:00`. */
export function withOffset(local: string): string {
  const date = new Date(local);
  const minutes = -date.getTimezoneOffset();
  const pad = (n: number) => String(n).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  const offset = `${sign}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
  const seconds = /T\d{2}:\d{2}$/.test(local) ? ':00' : '';
  return `${local}${seconds}${offset}`;
}

/** What the names of the sessions to start begin with, or the one name. `chance(n)` gives n random characters. */
export function sessionStem(name: string, count: number, chance: (length: number) => string = randomText): string {
  const base = name.trim() || `${chance(8)}-session`;
  return count <= 1 ? base : `${base}-${chance(4)}`;
}

/** Names of the sessions to start (SES-051, SES-072). */
export function sessionNames(name: string, count: number, chance?: (length: number) => string): string[] {
  const stem = sessionStem(name, count, chance);
  return count <= 1 ? [stem] : Array.from({ length: count }, (_, i) => `${stem}-${i + 1}`);
}

type Config = CreateSessionRequest['config'];

/**
 * By name, as every manager knows it; from 25.12 on by id, which also tells folders of equal name apart. The
 * default place is never sent: as an alias it would equal an existing folder's name and be refused.
 */
function mountsOf(plan: LaunchPlan): Partial<Config> {
  const { mounts } = plan.values;
  if (mounts.length === 0) return {};
  const byId = can('mountById', plan.managerVersion);
  const keyOf = (mount: { id: string; name: string }) => (byId ? mount.id : mount.name);
  const map: Record<string, string> = {};
  const options: Record<string, MountOption> = {};
  for (const mount of mounts) {
    const target = mountTarget(mount.name, mount.alias);
    if (target !== defaultTarget(mount.name)) map[keyOf(mount)] = target;
    const subpath = can('mountSubpath', plan.managerVersion) ? (mount.subpath ?? '').replace(/\/+$/, '') : '';
    if (mount.readOnly || subpath) {
      options[keyOf(mount)] = { type: 'bind', ...(mount.readOnly ? { permission: 'ro' as const } : {}), ...(subpath ? { subpath } : {}) };
    }
  }
  const keys = mounts.map(keyOf);
  return {
    ...(byId ? { mount_ids: keys } : { mounts: keys }),
    ...(Object.keys(map).length === 0 ? {} : byId ? { mount_id_map: map } : { mount_map: map }),
    ...(Object.keys(options).length === 0 ? {} : { mount_options: options }),
  };
}

function batchOf({ values, managerVersion }: LaunchPlan): Partial<CreateSessionRequest> {
  if (values.type !== 'batch') return {};
  return {
    startupCommand: values.startupCommand,
    ...(values.startEnabled && values.startAt ? { starts_at: withOffset(values.startAt) } : {}),
    ...(values.timeoutEnabled && values.timeout !== null && can('batchTimeout', managerVersion)
      ? { batch_timeout: `${values.timeout}${values.timeoutUnit}` }
      : {}),
  };
}

function advancedOf({ values, ownerAccessKey, managerVersion }: LaunchPlan): Partial<CreateSessionRequest> {
  const tag = values.tag.trim();
  const callbackUrl = values.callbackUrl.trim();
  return {
    ...(values.priority !== null && can('priority', managerVersion) ? { priority: values.priority } : {}),
    ...(values.dependencies.length > 0 ? { dependencies: values.dependencies.map((one) => one.id) } : {}),
    ...(values.bootstrapScript.trim() ? { bootstrap_script: values.bootstrapScript } : {}),
    ...(tag ? { tag } : {}),
    ...(callbackUrl ? { callback_url: callbackUrl } : {}),
    ...(ownerAccessKey !== null ? { owner_access_key: ownerAccessKey } : {}),
  };
}

function environOf({ values }: LaunchPlan): Record<string, string> {
  return {
    ...(values.hpcAuto ? {} : Object.fromEntries(threadVariables.map(({ name, field }) => [name, String(values[field] ?? 1)]))),
    ...Object.fromEntries(values.environ.map((entry) => [entry.name, entry.value])),
  };
}

export function toCreateRequest(plan: LaunchPlan, name: string): CreateSessionRequest {
  const { values, accelerator } = plan;
  const environ = environOf(plan);
  return {
    clientSessionToken: name,
    image: plan.image,
    architecture: plan.architecture,
    type: values.type,
    group: plan.project,
    domain: plan.domain,
    clusterSize: values.clusterSize ?? 1,
    clusterMode: values.clusterMode,
    enqueueOnly: true,
    maxWaitSeconds: 15,
    reuseIfExists: false,
    ...batchOf(plan),
    ...advancedOf(plan),
    config: {
      ...mountsOf(plan),
      ...(Object.keys(environ).length > 0 ? { environ } : {}),
      scaling_group: plan.resourceGroup,
      resources: {
        cpu: plan.cpu,
        mem: memoryText(plan.mem),
        ...(accelerator && accelerator.amount > 0 ? { [accelerator.slot]: accelerator.amount } : {}),
      },
      ...(plan.shm !== null ? { resource_opts: { shmem: memoryText(plan.shm) } } : {}),
      ...(values.ports.length > 0 ? { preopen_ports: values.ports } : {}),
      ...(plan.agents.length > 0 ? { agent_list: [...plan.agents] } : {}),
    },
  };
}
