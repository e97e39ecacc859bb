/** Sessions and their kernels; plain data, see `types.ts`. */
import type { FolderPermission, SessionType, Slots } from './resource-types';

export type SessionStatus =
  | 'PENDING'
  | 'DEPRIORITIZING'
  | 'SCHEDULED'
  | 'PREPARING'
  | 'PULLING'
  | 'PREPARED'
  | 'CREATING'
  | 'RUNNING'
  | 'RUNNING_DEGRADED'
  | 'RESTARTING'
  | 'TERMINATING'
  | 'TERMINATED'
  | 'CANCELLED'
  | 'ERROR';

export interface StatusData {
  scheduler?: {
    failed_predicates: { name: string; msg: string }[];
    passed_predicates: { name: string }[];
    retries: number;
    last_try: string;
    msg: string;
  };
  error?: {
    src: string;
    agent_id?: string;
    name: string;
    repr: string;
    traceback?: string;
    collection?: { src: string; agent_id?: string; name: string; repr: string; traceback?: string }[];
  };
  kernel?: { exit_code: number | null };
  session?: { status: string };
}

export interface ServicePort {
  name: string;
  protocol: string;
  container_ports: number[];
  host_ports: number[];
  is_inference: boolean;
}

export interface Mount {
  folderId: string;
  name: string;
  subpath: string;
  target: string;
  permission: FolderPermission;
}

export interface Kernel {
  id: string;
  sessionId: string;
  role: 'main' | 'sub';
  /** 1… within its role. */
  index: number;
  /** 0… within the session. */
  localRank: number;
  hostname: string;
  status: SessionStatus;
  statusInfo: string | null;
  statusData: StatusData | null;
  statusChangedAt: number;
  statusHistory: Record<string, number>;
  imageId: string;
  /** `registry/project/name:tag` as started, kept when the image goes. */
  imageReference: string;
  architecture: string;
  agentId: string | null;
  agentAddr: string | null;
  containerId: string | null;
  requestedSlots: Slots;
  /** Empty until an agent holds it. */
  occupiedSlots: Slots;
  resourceOpts: { shmem?: number };
  preopenPorts: number[];
  startsAt: number | null;
  terminatedAt: number | null;
  /** The last statistics, written when the container ends. */
  lastStat: string | null;
  /** Seed of this kernel's statistics and logs. */
  noise: number;
  exitCode: number | null;
}

export interface Session {
  id: string;
  name: string;
  type: SessionType;
  status: SessionStatus;
  statusInfo: string | null;
  statusData: StatusData | null;
  statusChangedAt: number;
  /** Status → first time it was reached, in order. */
  statusHistory: Record<string, number>;
  result: 'UNDEFINED' | 'SUCCESS' | 'FAILURE';
  priority: number;
  clusterMode: 'single-node' | 'multi-node';
  clusterSize: number;
  domain: string;
  projectId: string;
  userId: string;
  accessKey: string;
  resourceGroup: string;
  imageReference: string;
  architecture: string;
  requestedSlots: Slots;
  /** Sum over kernels (25.x: of placed ones; 26.x: counts from PENDING on). */
  occupiedSlots: Slots;
  environ: Record<string, string>;
  mounts: Mount[];
  servicePorts: ServicePort[] | null;
  preopenPorts: number[];
  startupCommand: string | null;
  bootstrapScript: string | null;
  callbackUrl: string | null;
  tag: string | null;
  /** Asked start time of a batch session. */
  startsAfter: number | null;
  /** Seconds. */
  batchTimeout: number | null;
  dependencies: string[];
  designatedAgents: string[];
  createdAt: number;
  scheduledAt: number | null;
  /** What the scheduler had noted when it left the queue, from 26.8 on also while it waits; missing where it never had to. */
  waited?: StatusData['scheduler'];
  startsAt: number | null;
  terminatedAt: number | null;
  /** Last traffic between the user and an app: restarts the network idle check. */
  lastAccessAt: number | null;
  /** How the session is made to fail while starting. */
  failStart: string | null;
  /** An image commit is under way. */
  committing: boolean;
  numQueries: number;
  /** Counts transitions: a timer of an earlier one does nothing. */
  mark: number;
  kernels: Kernel[];
}
