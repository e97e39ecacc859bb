/** What the wire may ask of the cluster. `cluster.ts` puts it together. */
import type { Accounts } from './account-api';
import type { FileSystem } from './files/file-system';
import type { Terminals } from './shell/terminal-state';
import type { SchedulingStep } from './scheduling-history';
import type { ExportScope } from './session-export';
import type {
  Agent,
  BackgroundTask,
  Circuit,
  ClusterState,
  ErrorLog,
  Fault,
  Folder,
  FolderPermission,
  HostGrants,
  Image,
  Kernel,
  Requester,
  ResourceGroup,
  ResourcePreset,
  ServicePort,
  Session,
  SlotDetails,
  Slots,
} from './types';

export type { Accounts, LoginInput, LoginResult } from './account-api';

/** One server-sent event, with what the wire needs to decide who may see it. */
export interface ClusterEvent {
  name: string;
  /** Exactly what goes over the wire (SES-C12). */
  data: Record<string, unknown>;
  kind: 'session' | 'kernel' | 'task';
  about: {
    sessionId?: string;
    sessionName?: string;
    taskId?: string;
    userId: string;
    accessKey?: string;
    domain?: string;
    projectId?: string;
    projectName?: string;
  };
}

export interface EventHub {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: ClusterEvent) => void): () => void;
  emit(event: ClusterEvent): void;
}

export interface CheckPresetsAnswer {
  presets: {
    /** 25.4+. */
    id?: string;
    name: string;
    resource_slots: Record<string, string>;
    shared_memory: string | null;
    allocatable: boolean;
  }[];
  keypair_limits: Record<string, string>;
  keypair_using: Record<string, string>;
  keypair_remaining: Record<string, string>;
  group_limits: Record<string, string>;
  group_using: Record<string, string>;
  group_remaining: Record<string, string>;
  scaling_group_remaining: Record<string, string>;
  scaling_groups: Record<string, { using: Record<string, string>; remaining: Record<string, string> }>;
}

export interface Resources {
  /** `group` is a project name (SES-C11). */
  checkPresets(requester: Requester, input: { group: string; scaling_group?: string | null }): CheckPresetsAnswer;
  presets(): ResourcePreset[];
  slotTypes(): Record<string, string>;
  /** Of one group's agents only, when named. */
  slotDetails(resourceGroup?: string | null): Record<string, SlotDetails>;
  /** Groups that a project (id or name) may use, by name. */
  accessibleGroups(requester: Requester, project: string): ResourceGroup[];
  /** 404 when there is no such group; null = none configured (v1). */
  appProxyOf(requester: Requester, resourceGroup: string): { version: 'v1' | 'v2'; address: string | null };
  /** What the requester holds in a group (`own_session_occupied_resource_slots`). */
  ownOccupied(requester: Requester, resourceGroup: string): Slots;
  /** As `agent_summary_list` gives it: own groups; throws when agents are hidden. */
  agentSummaries(requester: Requester): Agent[];
}

export interface Images {
  /** What `images(is_installed:)` answers: customized ones only to their owner (or a superadmin). */
  list(requester: Requester, options?: { isInstalled?: boolean | null }): Image[];
  customized(requester: Requester): Image[];
  /** By `registry/project/name:tag` or an alias. */
  find(reference: string, architecture: string): Image | undefined;
  byId(id: string): Image | undefined;
  /** Takes the tag out of the registry; only a maker's own (or a superadmin's call), only at Harbor. */
  untag(requester: Requester, id: string): Image;
  /** It is offered to nobody any more. */
  forget(requester: Requester, id: string): Image;
  reference(image: Image): string;
  /** Tag taken apart as 24.12+ does: version and `{key, value}` pairs. */
  tagParts(image: Image): { version: string; tags: { key: string; value: string }[] };
}

/** A row of `GET /folders` (data chapter). */
export interface FolderRow {
  id: string;
  name: string;
  quota_scope_id: string;
  host: string;
  status: string;
  usage_mode: string;
  created_at: string;
  permission: FolderPermission;
  creator: string;
  ownership_type: string;
  user: string | null;
  group: string | null;
  cloneable: boolean;
  is_owner: boolean;
  user_email: string;
  group_name: string;
  type: string;
  max_files: number;
  max_size: number;
  cur_size: number;
}

export interface Folders {
  list(requester: Requester, options?: { groupId?: string | null; ownerEmail?: string | null }): FolderRow[];
  /** Body of `POST /folders`; the answer is shorter before 26.3. */
  create(requester: Requester, body: Record<string, unknown>): Partial<FolderRow>;
  /** All folders the requester reaches, with the effective permission. */
  accessible(requester: Requester): { folder: Folder; permission: FolderPermission; isOwner: boolean }[];
  /** Union of domain, project(s) and keypair policy (DAT-300). */
  hostGrants(requester: Requester, projectId?: string | null): HostGrants;
  hosts(
    requester: Requester,
    projectId?: string | null,
  ): {
    default: string | null;
    allowed: string[];
    volume_info: Record<
      string,
      { backend: string; capabilities: string[]; usage: { percentage: number }; sftp_scaling_groups: string[] }
    >;
  };
}

export interface Files {
  /** Inside a container of a session that runs, the main one unless said; absolute paths. 404 when there is none. */
  inSession(session: Session, kernelId?: string | null): FileSystem;
  /** Inside a storage folder, which is `/`. */
  inFolder(folder: Folder, options?: { readOnly?: boolean }): FileSystem;
}

/** Session templates (SES-C30). Bodies are checked here. */
export interface Templates {
  list(requester: Requester): Record<string, unknown>[];
  get(requester: Requester, id: string): Record<string, unknown>;
  create(requester: Requester, body: unknown): { id: string; user: string }[];
  update(requester: Requester, id: string, body: unknown): void;
  remove(requester: Requester, id: string): void;
  createSession(requester: Requester, body: unknown): CreateAnswer;
}

export interface CreateAnswer {
  sessionId: string;
  sessionName: string;
  status: string;
  servicePorts: { name: string; protocol: string; ports: number[] }[];
  created: boolean;
}

export interface Sessions {
  /** The raw JSON body of `POST /session/_/create`; every rule of SES-C01/C02. */
  create(requester: Requester, body: unknown): CreateAnswer;
  /** Plain rows in order of creation, as the role allows (SES-004); never copied, never to be changed. */
  visible(requester: Requester): readonly Session[];
  canSee(requester: Requester, session: Session): boolean;
  byId(id: string): Session | undefined;
  kernel(kernelId: string): { session: Session; kernel: Kernel } | undefined;
  /** By UUID, or the name of a live own one; 404 when unknown or not the requester's to use. */
  get(requester: Requester, idOrName: string, ownerAccessKey?: string | null): Session;
  /** Body of `GET /session/{id}`. */
  info(requester: Requester, idOrName: string, ownerAccessKey?: string | null): Record<string, unknown>;
  rename(requester: Requester, idOrName: string, name: string, ownerAccessKey?: string | null): void;
  /** 24.09+ `modify_compute_session`. */
  modify(requester: Requester, id: string, patch: { name?: string; priority?: number }): Session;
  /** The `stats` of the answer; with `recursive` on 25.x a list. */
  terminate(
    requester: Requester,
    idOrName: string,
    options?: { forced?: boolean; recursive?: boolean; ownerAccessKey?: string | null },
  ): Record<string, unknown> | Record<string, unknown>[];
  logs(
    requester: Requester,
    idOrName: string,
    options?: { kernelId?: string | null; ownerAccessKey?: string | null },
  ): string;
  /** What a batch session's command wrote, from the folder `.logs` of the one who asks. */
  taskLogs(requester: Requester, kernelId: string): string;
  /** Status → ISO time. */
  statusHistory(requester: Requester, idOrName: string, ownerAccessKey?: string | null): Record<string, string>;
  dependencyGraph(requester: Requester, idOrName: string, ownerAccessKey?: string | null): Record<string, unknown>;
  directAccess(requester: Requester, idOrName: string): Record<string, unknown>;
  /** PENDING ones of a group in queue order (superadmin, 25.13+). */
  pendingQueue(requester: Requester, resourceGroup: string): Session[];
  /** What `startTask` of the administration is to run: checks of SES-C60 first. */
  planCommit(requester: Requester, idOrName: string, input: { name: unknown; visibility: unknown }): TaskInput;
  commitStatus(requester: Requester, idOrName: string): { status: 'ready' | 'ongoing'; kernel: string };
  /** From 0; null when not pending. */
  queuePosition(session: Session): number | null;
  dependents(session: Session): Session[];
  /** 26.3+: what the scheduler did with it, newest first. */
  schedulingHistory(requester: Requester, id: string): SchedulingStep[];
  servicePorts(session: Session): ServicePort[] | null;
  /** Traffic between user and session: restarts the network idle check. */
  touch(session: Session): void;
  /** `live_stat` as JSON text; null when there is no container. */
  liveStat(kernel: Kernel): string | null;
  /** `idle_checks` as an object; null when there is nothing to report. */
  idleChecks(session: Session): Record<string, unknown> | null;
}

export interface Apps {
  /** Body of `GET /stream/session/{id}/apps`. */
  list(
    requester: Requester,
    idOrName: string,
  ): { name: string; protocol: string; ports: number[]; allowed_arguments?: string[]; allowed_envs?: string[] }[];
  /** `envs`, `args`: JSON texts, as start-service takes them. Only for the owner. */
  start(
    requester: Requester,
    idOrName: string,
    input: { app: string; port: number | null; envs: string | null; args: string | null },
  ): { token: string; wsproxy_addr: string };
  shutdown(requester: Requester, idOrName: string, app: string): void;
  /** Of the main container's home, as `download_single` gives it. */
  readFile(requester: Requester, idOrName: string, path: string): Uint8Array;
}

/** What a worker knows when it lets a visitor through to an app. */
export interface AppVisit {
  session: Session;
  app: string;
  arguments: Record<string, string>;
  envs: Record<string, string>;
  /** What a web server that the user started serves. */
  directory: string | null;
}

/** Throws `ProxyRefusal`. */
export interface AppProxy {
  /** Up to 25.10: no wished ports, no way to a path of the app, but circuits that can be closed. */
  isOld(): boolean;
  open(input: {
    token: string;
    sessionId: string;
    app: string;
    protocol: string;
    port: number | null;
    openToPublic: boolean;
    allowedClientIps: string | null;
    noReuse: boolean;
  }): { circuit: Circuit; reuse: boolean };
  circuit(id: string): Circuit;
  /** Where visitors reach the app. */
  appAddress(circuit: Circuit): string;
  /** Ports with an app behind them that speaks HTTP. */
  ports(): number[];
  /** Value of the cookie `appproxy_permit`. */
  permitOf(userId: string): string;
  visit(port: number, visitor: { permit: string | null; clientIp: string }): AppVisit;
  /** Circuits of a session; `owner` is its access key or user. */
  close(owner: string, sessionId: string): void;
}

/** A task that runs by the clock: `seconds` long, in `total` steps. */
export interface TaskInput {
  name: string;
  seconds: number;
  total: number;
  /** What each step says, and the end. */
  messages?: string[];
  /** Said before the first step. */
  opening?: string;
  /** It will fail with this. */
  fail?: string;
  commit?: BackgroundTask['commit'];
}

export interface Administration {
  announcement(): { enabled: boolean; message: string };
  setAnnouncement(requester: Requester, input: { enabled: boolean; message?: string }): void;
  managerStatus(): Record<string, unknown>;
  config(requester: Requester): Record<string, unknown>;
  addErrorLog(requester: Requester, input: Record<string, unknown>): ErrorLog;
  errorLogs(requester: Requester): ErrorLog[];
  /** 2880 quarters of an hour, oldest first; `null` = whole installation (superadmin). */
  usageMonth(requester: Requester, scope: 'user' | 'admin'): Record<string, unknown>[];
  /** `live_stat` of an agent as JSON text. */
  agentLiveStat(agent: Agent): string;
  /** Kept for a day; whoever knows its id may ask. */
  task(id: string): BackgroundTask | undefined;
  startTask(requester: Requester, input: TaskInput): BackgroundTask;
}

export interface Faults {
  add(fault: Omit<Fault, 'id'>): Fault;
  list(): Fault[];
  remove(id: string): void;
  clear(): void;
  /** The first fault that strikes a request; counts it and drops it when it is used up. */
  take(request: { path: string; method: string; operation?: string | null }): Fault | null;
}

export interface ClusterOptions {
  seed?: 'demo' | 'empty' | 'large';
  /** Manager version, `25.5.0` unless said; `26.8` is taken for `26.8.0`. */
  version?: string;
  /** Where the clock starts: milliseconds or ISO text. */
  clock?: number | string;
  /** Seed of everything random. */
  rng?: number;
  /** Where the app proxy is reached, and its apps; see `AppProxyState`. */
  appProxy?: Partial<Pick<ClusterState['appProxy'], 'address' | 'appAddress' | 'ports'>>;
  /** How many sessions seed `large` has (10,000 unless said), or how many more `demo` gets. */
  sessions?: number;
}

export interface Cluster {
  readonly state: ClusterState;
  /** Manager version. */
  readonly version: string;
  /** `v8.20240915`, from 25.14 on `v9.20250722`. */
  readonly apiVersion: string;
  readonly now: number;
  /** ISO text of a time as the manager writes it, with microseconds and offset. */
  iso(time: number): string;
  iso(time: number | null): string | null;
  /** `'500ms'`, `'5s'`, `'2m'`, `'1h'`, `'1d'` or milliseconds: everything due happens, in order. */
  advance(by: number | string): void;
  snapshot(): string;
  restore(json: string): void;
  /** Back to the seed it was made with. */
  reset(): void;
  /** True when the manager is at least that version. */
  atLeast(version: string): boolean;
  uuid(): string;
  readonly events: EventHub;
  readonly faults: Faults;
  readonly accounts: Accounts;
  readonly resources: Resources;
  readonly images: Images;
  readonly folders: Folders;
  readonly files: Files;
  readonly terminals: Terminals;
  readonly sessions: Sessions;
  readonly templates: Templates;
  readonly apps: Apps;
  readonly appProxy: AppProxy;
  readonly admin: Administration;
  /** 26.2+: CSV of sessions; the raw JSON body of the call. */
  exportSessions(requester: Requester, scope: ExportScope, body: unknown): string;
}
