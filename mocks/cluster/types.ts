/**
 * The whole state of the simulated cluster: plain data, one JSON-serialisable object.
 * Times are milliseconds since the epoch on the cluster's own clock; amounts of `mem` are bytes;
 * a slot that is missing from a `Slots` map is zero in amounts and "no limit" in limits.
 */

import type {
  Agent,
  Folder,
  FolderShare,
  Image,
  Registry,
  ResourceGroup,
  ResourcePreset,
  SlotDetails,
  StorageHost,
} from './resource-types';
import type { Domain, Keypair, KeypairPolicy, LoginFailures, LoginSession, Project, ProjectPolicy, Role, User, UserPolicy } from './account-types';
import type { AppProxyState } from './app-types';
import type { Change, DirectoryEntry } from './files/entries';
import type { Session } from './session-types';
import type { TerminalState } from './shell/terminal-state';

export type {
  Agent,
  AgentDevice,
  Folder,
  FolderPermission,
  FolderShare,
  HostGrants,
  HostPermission,
  Image,
  Registry,
  ResourceGroup,
  ResourcePreset,
  SessionType,
  SlotDetails,
  Slots,
  StorageHost,
} from './resource-types';
export type {
  Domain,
  Keypair,
  KeypairPolicy,
  LoginFailures,
  LoginSession,
  Project,
  ProjectPolicy,
  Role,
  User,
  UserPolicy,
} from './account-types';
export type { AppProxyState, Circuit, RunningApp } from './app-types';
export type {
  Kernel,
  Mount,
  ServicePort,
  Session,
  SessionStatus,
  StatusData,
} from './session-types';

export interface ErrorLog {
  id: string;
  createdAt: number;
  severity: 'critical' | 'error' | 'warning';
  source: string;
  userId: string | null;
  isRead: boolean;
  isCleared: boolean;
  message: string;
  contextLang: string;
  contextEnv: unknown;
  requestUrl: string | null;
  requestStatus: number | null;
  traceback: string | null;
}

export interface BackgroundTask {
  id: string;
  name: string;
  userId: string;
  status: 'started' | 'done' | 'failed' | 'cancelled';
  message: string | null;
  current: number;
  total: number;
  errors: string[];
  /** What each step says; one more than steps: the closing one. */
  messages: string[];
  /** It will fail with this. */
  failure: string | null;
  /** Of a commit to an image: what its end brings. */
  commit: { sessionId: string; name: string } | null;
  createdAt: number;
  finishedAt: number | null;
}

export type TimerKind =
  | 'schedule'
  | 'step'
  /** Containers are made: the session starts, or fails to. */
  | 'create'
  | 'finish'
  | 'batch-done'
  | 'batch-timeout'
  | 'pending-timeout'
  | 'idle'
  /** A command in a terminal goes on. */
  | 'terminal'
  | 'task';

/** Something that happens by the clock: plain data, so that a snapshot keeps it. */
export interface Timer {
  at: number;
  seq: number;
  kind: TimerKind;
  /** Session, resource group or task. */
  id: string;
  /** A transition's number in the session: a stale timer does nothing. */
  mark?: number;
}

export type FaultKind =
  | 'latency'
  | 'status'
  | 'broken-json'
  | 'html'
  | 'drop'
  | 'expired'
  | 'throttle'
  | 'network'
  | 'truncated';

/** Applied by the wire; the cluster only keeps the list. */
export interface Fault {
  id: string;
  /** Path with `*`, or the name of a GraphQL operation. */
  match: string;
  kind: FaultKind;
  method?: string;
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  ms?: number;
  /** How often it strikes; missing = until it is cleared. */
  times?: number;
}

/** As the manager keeps it: names of its own, nothing left out. */
export interface TaskTemplate {
  [further: string]: unknown;
  api_version: string;
  kind: string;
  metadata: { name: string; tag: string | null };
  spec: {
    session_type: string;
    kernel: {
      image: string;
      architecture: string;
      environ: Record<string, string>;
      run: { bootstrap: string | null; startup_command: string | null } | null;
      git: Record<string, unknown> | null;
    };
    scaling_group: string | null;
    mounts: Record<string, unknown>;
    resources: Record<string, unknown> | null;
    agent_list: string[] | null;
  };
}

export interface SessionTemplate {
  /** 32 hexadecimal digits. */
  id: string;
  name: string;
  createdAt: number;
  isActive: boolean;
  domain: string;
  projectId: string;
  userId: string;
  template: TaskTemplate;
}

export interface ClusterSettings {
  /** Global idle checkers; which reports running sessions carry. */
  idleCheckers: {
    networkTimeout: boolean;
    sessionLifetime: boolean;
    utilization: null | {
      operator: 'and' | 'or';
      /** Seconds. */
      gracePeriod: number;
      window: number;
      thresholds: Record<string, number>;
    };
  };
  /** `group_resource_visibility`: project amounts are shown instead of NaN. */
  discloseProjectResources: boolean;
  hideAgents: boolean;
  /** Days; null = passwords do not age. */
  maxPasswordAge: number | null;
  loginAllowedFailCount: number;
  /** Seconds. */
  loginBlockTime: number;
  loginSessionLife: number;
  totpSupported: boolean;
  allowGroupFolders: boolean;
}

/** What a script prints and changes, and when (milliseconds after its start). */
export interface ScriptRun {
  output: { at: number; text: string }[];
  changes: Change[];
  duration: number;
  exitCode: number;
}

export interface FilesState {
  /** By folder: they outlive every session. */
  folders: Record<string, DirectoryEntry>;
  /** By container: gone with it. */
  containers: Record<string, DirectoryEntry>;
  /** Scripts that changed files, by session, start and text. */
  runs: Record<string, ScriptRun>;
}

export interface ClusterState {
  seed: 'demo' | 'empty' | 'large';
  version: string;
  now: number;
  /** The generator's whole state: a snapshot continues the same sequence. */
  rng: number;
  seq: number;
  settings: ClusterSettings;
  managerStatus: 'running' | 'frozen';
  announcement: { enabled: boolean; message: string };
  slotTypes: Record<string, 'count' | 'bytes'>;
  slotDetails: Record<string, SlotDetails>;
  domains: Record<string, Domain>;
  projects: Record<string, Project>;
  users: Record<string, User>;
  keypairs: Record<string, Keypair>;
  keypairPolicies: Record<string, KeypairPolicy>;
  userPolicies: Record<string, UserPolicy>;
  projectPolicies: Record<string, ProjectPolicy>;
  resourceGroups: Record<string, ResourceGroup>;
  agents: Record<string, Agent>;
  presets: ResourcePreset[];
  storageHosts: Record<string, StorageHost>;
  folders: Record<string, Folder>;
  folderShares: FolderShare[];
  registries: Record<string, Registry>;
  images: Record<string, Image>;
  /** In the order of creation. */
  sessions: Record<string, Session>;
  templates: Record<string, SessionTemplate>;
  loginSessions: Record<string, LoginSession>;
  loginFailures: Record<string, LoginFailures>;
  errorLogs: ErrorLog[];
  tasks: Record<string, BackgroundTask>;
  timers: Timer[];
  /** When the next round of each resource group's scheduler is due. */
  nextRound: Record<string, number>;
  faults: Fault[];
  appProxy: AppProxyState;
  files?: FilesState;
  /** By session. */
  terminals?: Record<string, TerminalState>;
}

/** Who asks: made by `cluster.accounts.requester(accessKey)`. */
export interface Requester {
  userId: string;
  email: string;
  username: string;
  role: Role;
  domain: string;
  accessKey: string;
  projectIds: string[];
}
