import { sessionNamePattern } from '../../client/session-rules';
import type { NewTemplate, SessionTemplate } from '../../client/session-templates';
import { parseSize } from '../../lib/quantities';
import { holdsSecret, looksSecret } from '../../lib/secret-names';
import type { LaunchLink } from '../../parts/launch-link';
import { renewedName } from '../../parts/session-launch';
import { defaultTarget, mountTarget } from './mount-rules';
import { memoryText } from './to-create-request';
import type { LaunchPlan } from './to-create-request';

/** Between a form and a template of the manager (SES-044). Pure. */

export interface TemplateDraft {
  template: NewTemplate;
  /** What a template has no place for or must not hold. */
  leftOut: ('secrets' | 'start' | 'dependencies' | 'priority' | 'agents' | 'owner' | 'readOnly' | 'sameName')[];
}

/** Everybody on the cluster reads templates: a secret never goes into one. */
export function toTemplate(plan: LaunchPlan, name: string): TemplateDraft {
  const { values, accelerator } = plan;
  const hidden = values.environ.filter((one) => looksSecret(one.name) || holdsSecret(one.value));
  const kept = (text: string) => (holdsSecret(text) ? '' : text);
  const secrets = hidden.length > 0 || holdsSecret(values.startupCommand) || holdsSecret(values.bootstrapScript);
  const leftOut: [TemplateDraft['leftOut'][number], boolean][] = [
    ['secrets', secrets],
    ['start', values.type === 'batch' && (values.startEnabled || values.timeoutEnabled)],
    ['dependencies', values.dependencies.length > 0],
    ['priority', values.priority !== null],
    ['agents', plan.agents.length > 0],
    ['owner', plan.ownerAccessKey !== null],
    ['readOnly', values.mounts.some((mount) => mount.readOnly || mount.subpath)],
    // A template knows folders by name.
    ['sameName', new Set(values.mounts.map(({ name }) => name)).size < values.mounts.length],
  ];
  return {
    leftOut: leftOut.flatMap(([what, yes]) => (yes ? [what] : [])),
    template: {
      name,
      project: plan.project,
      domain: plan.domain,
      type: values.type,
      image: plan.image,
      architecture: plan.architecture,
      // The names stay, so that the form asks for the values.
      environ: Object.fromEntries(values.environ.map((one) => [one.name, hidden.includes(one) ? '' : one.value])),
      startupCommand: values.type === 'batch' ? kept(values.startupCommand) : '',
      bootstrapScript: kept(values.bootstrapScript),
      tag: values.tag.trim(),
      resourceGroup: plan.resourceGroup,
      mounts: Object.fromEntries(
        values.mounts.map((mount) => {
          const target = mountTarget(mount.name, mount.alias);
          return [mount.name, target === defaultTarget(mount.name) ? '' : target];
        }),
      ),
      resources: {
        cpu: String(plan.cpu),
        mem: memoryText(plan.mem),
        ...(accelerator ? { [accelerator.slot]: String(accelerator.amount) } : {}),
      },
      more: {
        cluster_size: values.clusterSize ?? 1,
        cluster_mode: values.clusterMode,
        ...(plan.shm === null ? {} : { shmem: memoryText(plan.shm) }),
        ...(values.ports.length > 0 ? { preopen_ports: values.ports } : {}),
      },
    },
  };
}

export function linkOfTemplate(template: SessionTemplate): LaunchLink {
  const { resources, mounts, more } = template;
  const slot = Object.keys(resources).find((one) => one !== 'cpu' && one !== 'mem' && Number(resources[one]) > 0);
  const paths = Object.fromEntries(Object.entries(mounts).filter(([, path]) => path !== ''));
  const mem = parseSize(resources['mem'] ?? '');
  const cpu = Number(resources['cpu']);
  return {
    sessionType: template.type,
    ...(sessionNamePattern.test(template.name) ? { sessionName: renewedName(template.name) } : {}),
    ...(template.type === 'batch' ? { batch: { command: template.startupCommand } } : {}),
    ...(template.image ? { environments: { version: `${template.image}@${template.architecture}` } } : {}),
    ...(Object.keys(template.environ).length > 0
      ? { envvars: Object.entries(template.environ).map(([variable, value]) => ({ variable, value })) }
      : {}),
    ...(template.bootstrapScript ? { bootstrap_script: template.bootstrapScript } : {}),
    ...(template.tag ? { tag: template.tag } : {}),
    ...(template.resourceGroup === null ? {} : { resourceGroup: template.resourceGroup }),
    ...(mem === null || !(cpu > 0)
      ? { allocationPreset: 'auto-select' }
      : {
          allocationPreset: 'custom',
          enabledAutomaticShmem: !more.shmem,
          resource: {
            cpu,
            mem: String(mem),
            ...(more.shmem ? { shmem: more.shmem } : {}),
            ...(slot === undefined ? {} : { accelerator: Number(resources[slot]), acceleratorType: slot }),
          },
        }),
    cluster_size: more.cluster_size ?? 1,
    cluster_mode: more.cluster_mode === 'multi-node' ? 'multi-node' : 'single-node',
    ...(Object.keys(mounts).length > 0 ? { mount_ids: Object.keys(mounts), mount_id_map: paths } : {}),
    ...(more.preopen_ports?.length ? { ports: more.preopen_ports } : {}),
  };
}
