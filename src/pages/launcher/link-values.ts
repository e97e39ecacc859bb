import * as z from 'zod/mini';
import { catch as caught } from 'zod/mini';
import { parseSize } from '../../lib/quantities';
import { looksSecret } from '../../lib/secret-names';
import { newEnvironKey } from './environ-key';
import { defaultLaunchValues, timeoutUnits, withoutSecrets } from './launch-values';
import type { LaunchValues } from './launch-values';
import { toLocalText } from './local-time';

/**
 * Reads `formValues` of a launch link (SES-041). Links are made by this console, by badges and by the older WebUI,
 * all in the WebUI's names; what is unknown, of another type, or must not come from a link (owner, image objects,
 * automounts, secret values) is left out.
 */

const text = z.nullish(z.string());
const flag = z.nullish(z.boolean());
const number = z.nullish(z.union([z.number(), z.pipe(z.string(), z.transform(Number))]));
/** A part of another type is as if it were not there. */
const anyway = <T extends z.core.SomeType>(schema: T) => caught(z.nullish(schema), undefined as never);

const linkSchema = z.object({
  sessionType: anyway(z.string()),
  sessionName: anyway(z.string()),
  resourceGroup: anyway(z.string()),
  allocationPreset: anyway(z.string()),
  enabledAutomaticShmem: anyway(z.boolean()),
  num_of_sessions: anyway(z.number()),
  cluster_mode: anyway(z.enum(['single-node', 'multi-node'])),
  cluster_size: anyway(z.number()),
  batch: anyway(
    z.object({
      command: text,
      scheduleDate: text,
      enabled: flag,
      timeoutEnabled: flag,
      timeout: number,
      timeoutUnit: text,
    }),
  ),
  environments: anyway(z.object({ environment: text, version: text, manual: text })),
  agent: anyway(z.union([z.string(), z.array(z.string())])),
  hpcOptimization: anyway(z.object({ autoEnabled: flag, OMP_NUM_THREADS: number, OPENBLAS_NUM_THREADS: number })),
  bootstrap_script: anyway(z.string()),
  priority: anyway(z.number()),
  tag: anyway(z.string()),
  callback_url: anyway(z.string()),
  envvars: anyway(z.array(z.object({ variable: text, value: text }))),
  resource: anyway(
    z.object({ cpu: number, mem: text, shmem: text, accelerator: number, acceleratorType: text }),
  ),
  mount_ids: anyway(z.array(z.string())),
  mounts: anyway(z.array(z.string())),
  mount_id_map: anyway(z.record(z.string(), z.string())),
  mount_read_only: anyway(z.array(z.string())),
  mount_subpaths: anyway(z.record(z.string(), z.string())),
  vfoldersAliasMap: anyway(z.record(z.string(), z.string())),
  ports: anyway(z.array(z.union([z.number(), z.pipe(z.string(), z.transform(Number))]))),
});

type Link = z.infer<typeof linkSchema>;

const unitOf: Record<string, LaunchValues['timeoutUnit']> = {
  sec: 's', second: 's', min: 'm', minute: 'm', hour: 'h', day: 'd', week: 'w',
};

function timeoutUnit(unit: string | null | undefined): LaunchValues['timeoutUnit'] {
  const known = timeoutUnits.find((one) => one === unit);
  return known ?? unitOf[(unit ?? '').replace(/s$/, '')] ?? 'h';
}

function localTime(moment: string | null | undefined): string {
  const date = new Date(moment ?? '');
  return Number.isNaN(date.getTime()) ? '' : toLocalText(date);
}

function batchOf(link: Link): Partial<LaunchValues> {
  if (link.sessionType !== 'batch') return {};
  const startAt = localTime(link.batch?.scheduleDate);
  const timeout = link.batch?.timeout ?? null;
  return {
    type: 'batch',
    startupCommand: link.batch?.command ?? '',
    startEnabled: startAt !== '',
    startAt,
    timeoutEnabled: timeout !== null && link.batch?.timeoutEnabled !== false,
    timeout,
    timeoutUnit: timeoutUnit(link.batch?.timeoutUnit),
  };
}

function resourcesOf(link: Link): Partial<LaunchValues> {
  const { resource, allocationPreset: preset } = link;
  const common = { resourceGroup: link.resourceGroup ?? null, shmAuto: link.enabledAutomaticShmem ?? true };
  const shm = parseSize(resource?.shmem ?? '');
  if (preset === 'auto-select' || (!preset && !resource)) return common;
  if (preset === 'minimum-required') return { ...common, allocation: 'minimum' };
  if (preset && preset !== 'custom') return { ...common, shm, allocation: `preset:${preset}` };
  return {
    ...common,
    allocation: 'custom',
    cpu: resource?.cpu ?? null,
    mem: parseSize(resource?.mem ?? ''),
    shm,
    acceleratorSlot: resource?.accelerator ? (resource.acceleratorType ?? null) : null,
    accelerator: resource?.accelerator ?? null,
  };
}

function agentsOf(link: Link): string[] {
  const wanted = typeof link.agent === 'string' ? [link.agent] : (link.agent ?? []);
  return wanted.filter((id) => id !== '' && id !== 'auto');
}

function advancedOf(link: Link): Partial<LaunchValues> {
  const { hpcOptimization: hpc } = link;
  return {
    hpcAuto: hpc?.autoEnabled ?? true,
    ompThreads: hpc?.OMP_NUM_THREADS ?? 1,
    openblasThreads: hpc?.OPENBLAS_NUM_THREADS ?? 1,
    agents: agentsOf(link),
    priority: link.priority ?? null,
    bootstrapScript: link.bootstrap_script ?? '',
    tag: link.tag ?? '',
    callbackUrl: link.callback_url ?? '',
  };
}

function mountsOf(link: Link): LaunchValues['mounts'] {
  const aliases = { ...link.vfoldersAliasMap, ...link.mount_id_map };
  const wanted = link.mount_ids ?? link.mounts ?? [];
  const readOnly = new Set(link.mount_read_only ?? []);
  const subpaths = link.mount_subpaths ?? {};
  // A link may name folders by id or by name; which folder it is, is found when the folders are known.
  return wanted
    .filter((one) => !one.startsWith('.'))
    .map((one) => ({ id: one, name: one, alias: aliases[one] ?? '', readOnly: readOnly.has(one), ...(subpaths[one] ? { subpath: subpaths[one] } : {}) }));
}

/** Values of a link; null where the text is no JSON object. */
export function readLinkValues(json: string): LaunchValues | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const result = z.safeParse(linkSchema, parsed);
  if (!result.success) return null;
  const link = result.data;
  return withoutSecrets({
    ...defaultLaunchValues(),
    name: link.sessionName ?? '',
    ...batchOf(link),
    environment: link.environments?.environment ?? null,
    image: link.environments?.version ?? null,
    imageName: link.environments?.manual ?? '',
    environ: (link.envvars ?? [])
      .filter((entry) => entry.variable)
      .map(({ variable, value }) => ({
        key: newEnvironKey(),
        name: variable ?? '',
        value: value ?? '',
        // A secret is never in a link: there was one, and it must be typed again.
        missing: looksSecret(variable ?? ''),
      })),
    ...resourcesOf(link),
    ...advancedOf(link),
    sessions: link.num_of_sessions ?? 1,
    clusterMode: link.cluster_mode ?? 'single-node',
    clusterSize: link.cluster_size ?? 1,
    mounts: mountsOf(link),
    ports: [...new Set(link.ports)].filter((port) => Number.isInteger(port)),
  });
}
