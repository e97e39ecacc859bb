/** Machines, images and folders of the cluster; plain data, see `types.ts`. */

export type Slots = Record<string, number>;

export type HostPermission =
  | 'create-vfolder'
  | 'modify-vfolder'
  | 'delete-vfolder'
  | 'mount-in-session'
  | 'upload-file'
  | 'download-file'
  | 'invite-others'
  | 'set-user-specific-permission';

/** Storage host name → what may be done there. */
export type HostGrants = Record<string, HostPermission[]>;

export type SessionType = 'interactive' | 'batch' | 'inference' | 'system';

export interface ResourceGroup {
  name: string;
  description: string;
  isActive: boolean;
  isPublic: boolean;
  createdAt: number;
  driver: string;
  scheduler: string;
  schedulerOpts: {
    allowedSessionTypes: SessionType[];
    /** Seconds; 0 = never. */
    pendingTimeout: number;
    numRetriesToSkip: number;
    agentSelectionStrategy: 'dispersed' | 'concentrated' | 'roundrobin' | 'legacy';
  };
  appProxy: 'v1' | 'v2' | null;
  appProxyAddr: string | null;
  appProxyToken: string | null;
  useHostNetwork: boolean;
  /** `accelerator_quantum_size` (25.5+). */
  quantum: number | null;
}

export interface AgentDevice {
  id: string;
  model: string;
  memory: number;
  /** How many fGPU the device is worth (cuda.shares), else 1. */
  shares: number;
}

export interface Agent {
  id: string;
  status: 'ALIVE' | 'LOST' | 'RESTARTING' | 'TERMINATED';
  statusChangedAt: number;
  region: string;
  resourceGroup: string;
  schedulable: boolean;
  available: Slots;
  occupied: Slots;
  addr: string;
  publicHost: string;
  architecture: string;
  firstContact: number;
  lostAt: number | null;
  version: string;
  autoTerminateAbusingKernel: boolean;
  /** By kind of accelerator (`cuda`). */
  devices: Record<string, AgentDevice[]>;
}

export interface ResourcePreset {
  id: string;
  name: string;
  resourceSlots: Slots;
  sharedMemory: number | null;
  /** Only in this group (25.x+), null = everywhere. */
  resourceGroup: string | null;
}

export interface StorageHost {
  /** `proxy:volume`, e.g. `local:volume1`. */
  name: string;
  proxy: string;
  volume: string;
  backend: string;
  path: string;
  fsprefix: string;
  capabilities: string[];
  capacityBytes: number;
  usedBytes: number;
  sftpResourceGroups: string[];
}

export type FolderStatus =
  | 'ready'
  | 'performing'
  | 'cloning'
  | 'mounted'
  | 'error'
  | 'delete-pending'
  | 'delete-ongoing'
  | 'delete-complete'
  | 'delete-error';
export type FolderPermission = 'ro' | 'rw' | 'wd';

export interface Folder {
  id: string;
  name: string;
  host: string;
  quotaScopeId: string;
  usageMode: 'general' | 'model' | 'data';
  /** The folder's own setting. */
  permission: FolderPermission;
  ownershipType: 'user' | 'group';
  userId: string | null;
  projectId: string | null;
  creator: string;
  domain: string;
  cloneable: boolean;
  status: FolderStatus;
  maxFiles: number;
  maxSize: number;
  curSize: number;
  numFiles: number;
  createdAt: number;
  lastUsed: number | null;
  unmanagedPath: string | null;
}

/** A share of a folder with one user. */
export interface FolderShare {
  id: string;
  folderId: string;
  userId: string;
  permission: FolderPermission;
}

export interface Registry {
  id: string;
  name: string;
  url: string;
  type: string;
  project: string;
  isGlobal: boolean;
  username: string | null;
  sslVerify: boolean;
}

export interface Image {
  id: string;
  registry: string;
  project: string;
  /** `project/base`, what the manager calls `name`, later `namespace`. */
  name: string;
  baseName: string;
  tag: string;
  architecture: string;
  digest: string;
  sizeBytes: number;
  labels: Record<string, string>;
  resourceLimits: { key: string; min: string; max: string }[];
  supportedAccelerators: string[];
  aliases: string[];
  installedAgents: string[];
  status: 'ALIVE' | 'DELETED';
  isLocal: boolean;
  createdAt: number;
  /** Who made it, when it was made from a session. */
  customized: { ownerId: string; ownerEmail: string; name: string; id: string } | null;
}

export interface SlotDetails {
  slot_name: string;
  description: string;
  human_readable_name: string;
  display_unit: string;
  number_format: { binary: boolean; round_length: number };
  display_icon: string;
}
