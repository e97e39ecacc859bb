import * as z from 'zod/mini';
import type { Slots } from './slots';

/** One measured figure of a container; text on the wire, numbers here. Negative or unreadable values are null. */
export interface LiveMetric {
  current: number | null;
  /** null where the manager names none (SES-R60: 9223372036854775807 means none). */
  capacity: number | null;
  pct: number | null;
  unit: string;
  rate: number | null;
  avg: number | null;
  max: number | null;
}
export type LiveStat = Record<string, LiveMetric>;

export interface ServicePort {
  name: string;
  protocol: string;
  containerPorts: number[];
  hostPorts: number[];
  isInference: boolean;
}

/** SES-R64. `remaining` in seconds; −1 = over, null = does not apply or not yet known. */
export interface IdleCheck {
  remaining: number | null;
  /** Epoch milliseconds by the browser's clock at which `remaining` is over; null where nothing counts down. */
  endsAt: number | null;
  type: 'expire_after' | 'grace_period';
  operator: 'and' | 'or' | null;
  /** Average and threshold in percent, by resource; null where the manager has no figure yet. */
  resources: Record<string, { average: number | null; threshold: number | null }>;
}
export type IdleChecks = Record<string, IdleCheck>;

/** SES-R52. Every part may be missing. */
export interface StatusData {
  scheduler: {
    failed: { name: string; message: string | null }[];
    passed: { name: string }[];
    retries: number | null;
    lastTry: string | null;
    message: string | null;
  } | null;
  errors: { source: string | null; agentId: string | null; name: string | null; message: string | null; traceback: string | null }[];
  kernelExitCode: number | null;
  sessionStatus: string | null;
}

export interface ImageName {
  /** `registry/project/name:tag` */
  name: string;
  architecture: string;
}

export interface Kernel {
  id: string;
  role: string;
  index: number;
  hostname: string;
  status: string;
  statusInfo: string | null;
  agentId: string | null;
  containerId: string | null;
  occupiedSlots: Slots;
  liveStat: LiveStat | null;
  image: ImageName | null;
}

export interface SessionRow {
  /** UUID */
  id: string;
  name: string;
  /** lower case: interactive, batch, inference, system */
  type: string;
  status: string;
  statusInfo: string | null;
  statusData: StatusData | null;
  /** Status → ISO time at which it was reached. */
  statusHistory: Record<string, string> | null;
  priority: number | null;
  clusterMode: string;
  clusterSize: number;
  resourceGroup: string | null;
  agentIds: string[];
  accessKey: string | null;
  domain: string | null;
  projectId: string | null;
  userId: string | null;
  ownerEmail: string | null;
  createdAt: string | null;
  startsAt: string | null;
  scheduledAt: string | null;
  terminatedAt: string | null;
  /** UNDEFINED, SUCCESS, FAILURE */
  result: string | null;
  startupCommand: string | null;
  occupiedSlots: Slots;
  requestedSlots: Slots;
  /** Bytes over all containers. */
  shmem: number;
  servicePorts: ServicePort[];
  idleChecks: IdleChecks | null;
  /** Ids of mounted folders (names on older managers). */
  folders: string[];
  /** Names of the mounted folders where the manager tells them: by id, in the detail query from 25.4 on. */
  folderNames: Record<string, string> | null;
  queuePosition: number | null;
  /** Those that it waits for; null where they were not asked for. */
  dependencies: { id: string; name: string; status: string }[] | null;
  image: ImageName | null;
  /** Main first, then by number. */
  kernels: Kernel[];
}

export const sessionTypes = ['interactive', 'batch', 'inference', 'system'] as const;
export type SessionTab = 'all' | (typeof sessionTypes)[number];

export interface SessionListParams {
  projectId: string;
  type: SessionTab;
  finished: boolean;
  /** From 1. */
  page: number;
  pageSize: number;
  /** `-created_at`, `+name`; '' = newest first. */
  order: string;
  /** A clause of the filter language, or ''. */
  filter: string;
  /** Ask for what the sessions wait for as well: a join that the manager is spared otherwise. */
  withDependencies?: boolean;
}

export interface SessionPage {
  rows: SessionRow[];
  total: number;
  /** Sessions that are not ended, by type: what the tabs show. */
  counts: Record<SessionTab, number>;
}

const mountOption = z.object({
  type: z.literal('bind'),
  permission: z.optional(z.enum(['ro', 'rw', 'wd'])),
  /** 26.1+ */
  subpath: z.optional(z.string()),
});
export type MountOption = z.infer<typeof mountOption>;

const texts = z.optional(z.array(z.string()));
const textMap = z.optional(z.record(z.string(), z.string()));

/** SES-C01, in the spellings that every manager knows. Leave out what is empty. */
export const createSessionRequest = z.object({
  clientSessionToken: z.string(),
  image: z.string(),
  architecture: z.string(),
  type: z.enum(sessionTypes),
  group: z.string(),
  domain: z.string(),
  clusterSize: z.number(),
  clusterMode: z.enum(['single-node', 'multi-node']),
  enqueueOnly: z.boolean(),
  maxWaitSeconds: z.number(),
  reuseIfExists: z.boolean(),
  startupCommand: z.optional(z.string()),
  starts_at: z.optional(z.string()),
  /** 24.12+ */
  batch_timeout: z.optional(z.string()),
  bootstrap_script: z.optional(z.string()),
  dependencies: texts,
  callback_url: z.optional(z.string()),
  tag: z.optional(z.string()),
  owner_access_key: z.optional(z.string()),
  /** 24.09+ */
  priority: z.optional(z.number()),
  config: z.object({
    mounts: texts,
    mount_map: textMap,
    mount_options: z.optional(z.record(z.string(), mountOption)),
    /** 25.12+, by the request format of that time. */
    mount_ids: texts,
    mount_id_map: textMap,
    environ: textMap,
    scaling_group: z.string(),
    resources: z.record(z.string(), z.union([z.number(), z.string()])),
    resource_opts: z.optional(
      z.object({
        shmem: z.optional(z.string()),
        allow_fractional_resource_fragmentation: z.optional(z.boolean()),
      }),
    ),
    preopen_ports: z.optional(z.array(z.number())),
    agent_list: texts,
    /** 24.09+ */
    attach_network: z.optional(z.string()),
  }),
});
export type CreateSessionRequest = z.infer<typeof createSessionRequest>;

export interface CreatedSession {
  sessionId: string;
  sessionName: string;
  status: string;
  /** False when the manager handed back a session that was there. */
  created: boolean;
}

export interface SessionLogs {
  text: string;
  /**
   * `not-yet`: no container has been made yet, `none-kept`: no task log is kept (there is no folder for it). Neither
   * is a failure.
   */
  state: 'ready' | 'not-yet' | 'none-kept';
}
