import { DAY } from '../clock';
import { hex, uuid } from '../rng';
import type {
  Agent,
  AgentDevice,
  ClusterState,
  HostGrants,
  HostPermission,
  KeypairPolicy,
  Project,
  ResourceGroup,
  Slots,
} from '../types';

export const GIB = 2 ** 30;
const TIB = 2 ** 40;
const APP_PROXY = 'http://127.0.0.1:10200';

export const ALL_HOST_PERMISSIONS: HostPermission[] = [
  'create-vfolder',
  'modify-vfolder',
  'delete-vfolder',
  'mount-in-session',
  'upload-file',
  'download-file',
  'invite-others',
  'set-user-specific-permission',
];

/** The second host lacks `mount-in-session`: its folders cannot be mounted, with that reason (SES-094). */
export const HOST_GRANTS: HostGrants = {
  'local:volume1': ALL_HOST_PERMISSIONS,
  'nas:archive': ALL_HOST_PERMISSIONS.filter((permission) => permission !== 'mount-in-session'),
};

export function emptyState(seed: ClusterState['seed'], version: string, now: number, rng: number): ClusterState {
  return {
    seed,
    version,
    now,
    rng,
    seq: 0,
    settings: {
      idleCheckers: {
        networkTimeout: true,
        sessionLifetime: true,
        utilization: {
          operator: 'and',
          gracePeriod: 1800,
          window: 600,
          thresholds: { cpu_util: 5, mem: 5, cuda_util: 5, cuda_mem: 5 },
        },
      },
      discloseProjectResources: false,
      hideAgents: false,
      maxPasswordAge: null,
      loginAllowedFailCount: 10,
      loginBlockTime: 1200,
      loginSessionLife: 604_800,
      totpSupported: false,
      allowGroupFolders: true,
    },
    managerStatus: 'running',
    announcement: { enabled: false, message: '' },
    slotTypes: { cpu: 'count', mem: 'bytes', 'cuda.device': 'count', 'cuda.shares': 'count' },
    slotDetails: slotDetails(),
    domains: {},
    projects: {},
    users: {},
    keypairs: {},
    keypairPolicies: {},
    userPolicies: {},
    projectPolicies: {},
    resourceGroups: {},
    agents: {},
    presets: [],
    storageHosts: {},
    folders: {},
    folderShares: [],
    registries: {},
    images: {},
    sessions: {},
    templates: {},
    loginSessions: {},
    loginFailures: {},
    errorLogs: [],
    tasks: {},
    timers: [],
    nextRound: {},
    faults: [],
    appProxy: {
      address: APP_PROXY,
      appAddress: 'http://127.0.0.1:{port}',
      ports: [10_205, 10_500],
      tokens: {},
      circuits: {},
      running: {},
      localProxy: { isRunning: false, tokens: {} },
    },
  };
}

function slotDetails(): ClusterState['slotDetails'] {
  const entry = (slot_name: string, description: string, name: string, unit: string, binary: boolean, digits: number, icon: string) => ({
    slot_name,
    description,
    human_readable_name: name,
    display_unit: unit,
    number_format: { binary, round_length: digits },
    display_icon: icon,
  });
  return {
    cpu: entry('cpu', 'CPU', 'CPU', 'Core', false, 0, 'cpu'),
    mem: entry('ram', 'Memory', 'RAM', 'GiB', true, 0, 'cpu'),
    'cuda.device': entry('cuda.device', 'CUDA-capable GPU', 'GPU', 'GPU', false, 0, 'gpu1'),
    'cuda.shares': entry('cuda.shares', 'CUDA-capable GPU (fractional)', 'fGPU', 'fGPU', false, 2, 'gpu1'),
  };
}

function project(state: ClusterState, name: string, type: Project['type'], description: string): void {
  const id = uuid(state);
  state.projects[id] = {
    id,
    name,
    type,
    description,
    isActive: true,
    createdAt: state.now - 200 * DAY,
    modifiedAt: state.now - 20 * DAY,
    domain: 'default',
    totalResourceSlots: {},
    allowedFolderHosts: HOST_GRANTS,
    integrationId: null,
    resourcePolicy: 'default',
    // A model store starts no sessions, so nothing is made of them.
    containerRegistry: type === 'GENERAL' ? { registry: 'cr.example.org', project: name === 'vision-lab' ? 'vision' : 'stable' } : null,
    resourceGroups: [],
  };
}

function keypairPolicy(state: ClusterState, name: string, policy: Partial<KeypairPolicy>): void {
  state.keypairPolicies[name] = {
    name,
    createdAt: state.now - 200 * DAY,
    defaultForUnspecified: 'UNLIMITED',
    totalResourceSlots: {},
    maxSessionLifetime: 0,
    maxConcurrentSessions: 30,
    maxConcurrentSftpSessions: 1,
    maxContainersPerSession: 8,
    idleTimeout: 0,
    allowedFolderHosts: {},
    maxPendingSessionCount: null,
    maxPendingSessionResourceSlots: null,
    ...policy,
  };
}

export function addResourceGroup(state: ClusterState, name: string, group: Partial<ResourceGroup>): void {
  state.resourceGroups[name] = {
    name,
    description: '',
    isActive: true,
    isPublic: true,
    createdAt: state.now - 200 * DAY,
    driver: 'static',
    scheduler: 'fifo',
    schedulerOpts: {
      allowedSessionTypes: ['interactive', 'batch', 'inference'],
      pendingTimeout: 0,
      numRetriesToSkip: 3,
      agentSelectionStrategy: 'dispersed',
    },
    appProxy: 'v2',
    appProxyAddr: APP_PROXY,
    appProxyToken: 'app-proxy-token',
    useHostNetwork: false,
    quantum: null,
    ...group,
  };
}

export function addAgent(
  state: ClusterState,
  id: string,
  group: string,
  slots: Slots,
  options: { architecture?: string; devices?: Record<string, AgentDevice[]>; schedulable?: boolean; lost?: boolean } = {},
): Agent {
  const number = Object.keys(state.agents).length + 1;
  const agent: Agent = {
    id,
    status: options.lost ? 'LOST' : 'ALIVE',
    statusChangedAt: state.now - (options.lost ? 2 : 30) * DAY,
    region: 'local',
    resourceGroup: group,
    schedulable: options.schedulable ?? true,
    available: slots,
    occupied: Object.fromEntries(Object.keys(slots).map((slot) => [slot, 0])),
    addr: `tcp://10.0.${String(number >> 8)}.${String(number & 255)}:6001`,
    publicHost: `10.0.${String(number >> 8)}.${String(number & 255)}`,
    architecture: options.architecture ?? 'x86_64',
    firstContact: state.now - 90 * DAY - number * 61_000,
    lostAt: options.lost ? state.now - 2 * DAY : null,
    version: state.version,
    autoTerminateAbusingKernel: false,
    devices: options.devices ?? {},
  };
  state.agents[id] = agent;
  return agent;
}

export function gpus(state: ClusterState, count: number, model: string, memory: number, shares: number): AgentDevice[] {
  return Array.from({ length: count }, () => ({ id: `GPU-${hex(state, 8)}`, model, memory, shares }));
}

function presets(state: ClusterState): void {
  const preset = (name: string, resourceSlots: Slots, sharedMemory: number | null = null): void => {
    state.presets.push({ id: uuid(state), name, resourceSlots, sharedMemory, resourceGroup: null });
  };
  preset('cpu01-small', { cpu: 1, mem: 2 * GIB });
  preset('cpu02-medium', { cpu: 4, mem: 8 * GIB }, GIB);
  preset('cpu03-large', { cpu: 8, mem: 32 * GIB }, 2 * GIB);
  preset('gpu01-small', { cpu: 2, mem: 8 * GIB, 'cuda.device': 1 }, GIB);
  preset('gpu02-large', { cpu: 8, mem: 32 * GIB, 'cuda.device': 2 }, 2 * GIB);
  preset('fgpu01-half', { cpu: 2, mem: 16 * GIB, 'cuda.shares': 0.5 }, GIB);
  preset('fgpu02-one', { cpu: 4, mem: 32 * GIB, 'cuda.shares': 1 }, GIB);
  preset('fgpu03-four', { cpu: 16, mem: 128 * GIB, 'cuda.shares': 4 }, 2 * GIB);
}

/** Everything but accounts, images and what people made: the same in every seed. */
export function addInfrastructure(state: ClusterState): void {
  const { now } = state;
  state.domains['default'] = {
    name: 'default',
    description: 'The default domain',
    isActive: true,
    createdAt: now - 200 * DAY,
    totalResourceSlots: {},
    allowedFolderHosts: HOST_GRANTS,
    allowedRegistries: ['cr.example.org'],
    integrationId: null,
    resourceGroups: ['default', 'nvidia-h100', 'upload'],
  };
  project(state, 'default', 'GENERAL', 'The default project');
  project(state, 'vision-lab', 'GENERAL', 'Computer vision research');
  project(state, 'model-store', 'MODEL_STORE', 'Models to start from');
  keypairPolicy(state, 'default', {
    totalResourceSlots: { cpu: 64, mem: 256 * GIB, 'cuda.device': 4, 'cuda.shares': 8 },
    maxConcurrentSessions: 12,
    idleTimeout: 2 * 86_400,
  });
  keypairPolicy(state, 'student', {
    defaultForUnspecified: 'LIMITED',
    totalResourceSlots: { cpu: 16, mem: 64 * GIB, 'cuda.device': 1, 'cuda.shares': 2 },
    maxConcurrentSessions: 3,
    maxContainersPerSession: 2,
    maxSessionLifetime: 7 * 86_400,
    idleTimeout: 86_400,
    maxPendingSessionCount: 5,
  });
  keypairPolicy(state, 'operators', { maxConcurrentSessions: 0, maxContainersPerSession: 32 });
  state.userPolicies['default'] = {
    name: 'default',
    createdAt: now - 200 * DAY,
    maxFolderCount: 20,
    maxQuotaScopeSize: -1,
    maxSessionCountPerModelSession: 10,
    maxCustomizedImageCount: 3,
    maxConcurrentLogins: null,
  };
  state.projectPolicies['default'] = {
    name: 'default',
    createdAt: now - 200 * DAY,
    maxFolderCount: 0,
    maxQuotaScopeSize: -1,
    maxNetworkCount: 3,
  };
  addResourceGroup(state, 'default', { description: 'CPU nodes and two GPUs' });
  // Apps here go by the old proxy on the user's own machine, in `upload` by none at all (SES-290).
  addResourceGroup(state, 'nvidia-h100', { description: 'H100 GPUs, shared in fractions', quantum: 0.1, appProxy: 'v1', appProxyAddr: 'http://127.0.0.1:5050' });
  addResourceGroup(state, 'upload', {
    description: 'Transfer of files',
    appProxy: null,
    appProxyAddr: null,
    appProxyToken: null,
    schedulerOpts: {
      allowedSessionTypes: ['system'],
      pendingTimeout: 0,
      numRetriesToSkip: 0,
      agentSelectionStrategy: 'dispersed',
    },
  });
  addAgent(state, 'i-gpu01', 'default', { cpu: 64, mem: 256 * GIB, 'cuda.device': 2 }, {
    devices: { cuda: gpus(state, 2, 'NVIDIA A100-SXM4-40GB', 40 * GIB, 1) },
  });
  addAgent(state, 'i-cpu01', 'default', { cpu: 24, mem: 96 * GIB }, { schedulable: false });
  addAgent(state, 'i-arm01', 'default', { cpu: 16, mem: 64 * GIB }, { architecture: 'aarch64' });
  addAgent(state, 'i-h100-01', 'nvidia-h100', { cpu: 96, mem: 768 * GIB, 'cuda.shares': 4 }, {
    devices: { cuda: gpus(state, 2, 'NVIDIA H100 80GB HBM3', 80 * GIB, 2) },
  });
  addAgent(state, 'i-h100-02', 'nvidia-h100', { cpu: 96, mem: 768 * GIB, 'cuda.shares': 8 }, {
    lost: true,
    devices: { cuda: gpus(state, 4, 'NVIDIA H100 80GB HBM3', 80 * GIB, 2) },
  });
  addAgent(state, 'i-upload01', 'upload', { cpu: 4, mem: 8 * GIB });
  presets(state);
  storage(state);
}

function storage(state: ClusterState): void {
  state.storageHosts['local:volume1'] = {
    name: 'local:volume1',
    proxy: 'local',
    volume: 'volume1',
    backend: 'vfs',
    path: '/vfroot/volume1',
    fsprefix: '',
    capabilities: ['vfolder'],
    capacityBytes: 20 * TIB,
    usedBytes: 7.4 * TIB,
    sftpResourceGroups: ['upload'],
  };
  state.storageHosts['nas:archive'] = {
    name: 'nas:archive',
    proxy: 'nas',
    volume: 'archive',
    backend: 'xfs',
    path: '/vfroot/archive',
    fsprefix: '',
    capabilities: ['vfolder', 'quota'],
    capacityBytes: 100 * TIB,
    usedBytes: 88.2 * TIB,
    sftpResourceGroups: [],
  };
  const id = uuid(state);
  state.registries[id] = {
    id,
    name: 'cr.example.org',
    url: 'https://cr.example.org',
    type: 'harbor2',
    project: 'stable',
    isGlobal: true,
    username: null,
    sslVerify: true,
  };
}
