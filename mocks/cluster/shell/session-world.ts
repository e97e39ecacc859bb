import type { Context } from '../context';
import { copied, FileSystem } from '../files/file-system';
import { containerVolume, mountsOf, trueVolumes } from '../files/volumes';
import type { Kernel, Session } from '../types';
import { imageFacts } from './image-facts';
import type { Host, Listener, World } from './world';

const GIB = 2 ** 30;

export function devicesOf(ctx: Context, kernel: Kernel): string[] {
  const agent = kernel.agentId === null ? undefined : ctx.state.agents[kernel.agentId];
  const wanted = Math.ceil((kernel.requestedSlots['cuda.device'] ?? 0) + (kernel.requestedSlots['cuda.shares'] ?? 0));
  const model = agent?.devices['cuda']?.[0]?.model ?? 'NVIDIA GPU';
  return Array.from({ length: wanted }, () => model);
}

/** SES-R90. */
export function clusterEnviron(ctx: Context, session: Session, kernel: Kernel): Record<string, string> {
  const user = ctx.state.users[session.userId];
  const subs = session.clusterSize - 1;
  // The agent writes each service as `name:protocol:port`, or `name:protocol:[port,port]`.
  const services = (session.servicePorts ?? []).map(({ name, protocol, container_ports: ports }) => `${name}:${protocol}:${ports.length === 1 ? String(ports[0]) : `[${ports.join(',')}]`}`);
  return {
    BACKENDAI_SESSION_ID: session.id,
    BACKENDAI_SESSION_NAME: session.name,
    BACKENDAI_KERNEL_ID: kernel.id,
    BACKENDAI_KERNEL_IMAGE: kernel.imageReference,
    BACKENDAI_CLUSTER_ROLE: kernel.role,
    BACKENDAI_CLUSTER_IDX: String(kernel.index),
    BACKENDAI_CLUSTER_LOCAL_RANK: String(kernel.localRank),
    BACKENDAI_CLUSTER_HOST: kernel.hostname,
    BACKENDAI_CLUSTER_HOSTS: session.kernels.map((k) => k.hostname).join(','),
    BACKENDAI_CLUSTER_SIZE: String(session.clusterSize),
    BACKENDAI_CLUSTER_REPLICAS: subs > 0 ? `main:1,sub:${String(subs)}` : 'main:1',
    BACKENDAI_USER_UUID: session.userId,
    BACKENDAI_USER_EMAIL: user?.email ?? '',
    BACKENDAI_USER_NAME: user?.fullName ?? '',
    BACKENDAI_ACCESS_KEY: session.accessKey,
    BACKENDAI_SERVICE_PORTS: services.join(','),
    BACKENDAI_PREOPEN_PORTS: session.preopenPorts.join(','),
  };
}

function hostOf(ctx: Context, session: Session, kernel: Kernel): Host {
  const { python, packages, distro } = imageFacts(ctx.state.images[kernel.imageId]);
  return {
    kernelId: kernel.id,
    hostname: kernel.hostname,
    sessionName: session.name,
    environ: { ...clusterEnviron(ctx, session, kernel), ...session.environ },
    python,
    packages,
    gpus: devicesOf(ctx, kernel),
    cpus: Math.max(1, kernel.requestedSlots['cpu'] ?? 1),
    memory: kernel.requestedSlots['mem'] ?? GIB,
    architecture: kernel.architecture,
    distro,
  };
}

/** What the commands in the session's terminals listen on now. */
export function listenersOf(ctx: Context, session: Session): Listener[] {
  return (ctx.state.terminals?.[session.id]?.windows ?? []).flatMap(({ running }) => (running?.listener ? [running.listener] : []));
}

/** The session's containers, main first, for one run of a shell: its changes are noted, not made. */
export function sessionWorld(ctx: Context, session: Session, columns: number | null, now = ctx.now): World {
  const volumes = copied(trueVolumes(ctx));
  const mounts = mountsOf(session);
  return {
    hosts: session.kernels.map((kernel) => hostOf(ctx, session, kernel)),
    now,
    listening: listenersOf(ctx, session),
    noise: session.kernels[0]?.noise ?? 1,
    columns,
    open: (kernelId, clock, journal) => new FileSystem(volumes, containerVolume(kernelId), mounts, clock, journal),
    disk(_kernelId, target) {
      const mount = session.mounts.find((one) => one.target === target);
      const host = mount ? ctx.state.storageHosts[ctx.state.folders[mount.folderId]?.host ?? ''] : undefined;
      if (!host) return { name: 'overlay', size: 439 * GIB, used: 167 * GIB };
      return { name: host.name, size: host.capacityBytes, used: host.usedBytes };
    },
  };
}
