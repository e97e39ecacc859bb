import { formatSize } from '../../lib/quantities';
import { holdsSecret } from '../../lib/secret-names';
import type { LaunchLink } from '../../parts/launch-link';
import { withoutSecrets } from './launch-values';
import type { LaunchValues } from './launch-values';

function allocationOf(values: LaunchValues): Pick<LaunchLink, 'allocationPreset' | 'resource' | 'enabledAutomaticShmem'> {
  const { allocation, cpu, mem, shm, shmAuto, acceleratorSlot, accelerator } = values;
  const typedShm = !shmAuto && shm !== null ? { shmem: formatSize(shm) } : {};
  const common = { enabledAutomaticShmem: shmAuto };
  if (allocation === 'auto') return { ...common, allocationPreset: 'auto-select' };
  if (allocation === 'minimum') return { ...common, allocationPreset: 'minimum-required' };
  if (allocation !== 'custom') return { ...common, allocationPreset: allocation.replace(/^preset:/, ''), ...(shmAuto ? {} : { resource: typedShm }) };
  return {
    ...common,
    allocationPreset: 'custom',
    resource: {
      ...(cpu === null ? {} : { cpu }),
      ...(mem === null ? {} : { mem: formatSize(mem) }),
      ...(shm === null ? {} : { shmem: formatSize(shm) }),
      ...(acceleratorSlot !== null && accelerator ? { acceleratorType: acceleratorSlot, accelerator } : {}),
    },
  };
}

function batchLink(values: LaunchValues): Pick<LaunchLink, 'batch'> {
  if (values.type !== 'batch') return {};
  const start = new Date(values.startAt);
  return {
    batch: {
      // A command that carries a secret is left out; the form then asks for it.
      ...(values.startupCommand && !holdsSecret(values.startupCommand) ? { command: values.startupCommand } : {}),
      ...(values.startEnabled && !Number.isNaN(start.getTime()) ? { enabled: true, scheduleDate: start.toISOString() } : {}),
      ...(values.timeoutEnabled && values.timeout !== null
        ? { timeoutEnabled: true, timeout: values.timeout, timeoutUnit: values.timeoutUnit }
        : {}),
    },
  };
}

/** What most launches leave alone. Sessions to wait for belong to this one launch and are not told. */
function advancedLink(values: LaunchValues): Partial<LaunchLink> {
  const { hpcAuto, ompThreads, openblasThreads, agents } = values;
  const kept = (text: string) => text.trim() !== '' && !holdsSecret(text);
  return {
    ...(hpcAuto ? {} : { hpcOptimization: { autoEnabled: false, OMP_NUM_THREADS: ompThreads ?? 1, OPENBLAS_NUM_THREADS: openblasThreads ?? 1 } }),
    ...(agents.length === 0 ? {} : { agent: agents.length === 1 ? (agents[0] ?? '') : agents }),
    ...(values.priority === null ? {} : { priority: values.priority }),
    // As with the command: one that carries a secret is left out (pitfall 18).
    ...(kept(values.bootstrapScript) ? { bootstrap_script: values.bootstrapScript } : {}),
    ...(values.tag.trim() ? { tag: values.tag } : {}),
    ...(kept(values.callbackUrl) ? { callback_url: values.callbackUrl } : {}),
  };
}

/** A form as a link (SES-041): without its secrets and in the WebUI's names. What equals the default is left out. */
export function toLaunchLink(given: LaunchValues): LaunchLink {
  const values = withoutSecrets(given);
  const { environment, image, imageName, environ, mounts, ports } = values;
  const aliases = Object.fromEntries(mounts.filter((one) => one.alias !== '').map((one) => [one.id, one.alias]));
  const readOnly = mounts.filter((one) => one.readOnly).map((one) => one.id);
  const subpaths = Object.fromEntries(mounts.flatMap((one) => (one.subpath ? [[one.id, one.subpath]] : []))) as Record<string, string>;
  return {
    sessionType: values.type,
    ...(values.name.trim() ? { sessionName: values.name.trim() } : {}),
    ...batchLink(values),
    ...(environment === null && image === null && imageName.trim() === ''
      ? {}
      : {
          environments: {
            ...(environment === null ? {} : { environment }),
            ...(image === null ? {} : { version: image }),
            ...(imageName.trim() === '' ? {} : { manual: imageName }),
          },
        }),
    ...(environ.length > 0 ? { envvars: environ.map(({ name, value }) => ({ variable: name, value })) } : {}),
    ...(values.resourceGroup === null ? {} : { resourceGroup: values.resourceGroup }),
    ...allocationOf(values),
    ...advancedLink(values),
    num_of_sessions: values.sessions ?? 1,
    cluster_mode: values.clusterMode,
    cluster_size: values.clusterSize ?? 1,
    ...(mounts.length > 0 ? { mount_ids: mounts.map((one) => one.id) } : {}),
    ...(Object.keys(aliases).length > 0 ? { mount_id_map: aliases } : {}),
    ...(readOnly.length > 0 ? { mount_read_only: readOnly } : {}),
    ...(Object.keys(subpaths).length > 0 ? { mount_subpaths: subpaths } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}
