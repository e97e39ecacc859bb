/**
 * The one table from the manager's version to what it can do (access-and-shell, "Capabilities by manager
 * version"). The versions a capability was back-ported to stand behind the one it first came with.
 */
import { atLeast, compareVersions, minorOf } from '../lib/versions';
import { connection } from './connection';

const table = {
  detailedSessionStatus: ['20.09.16'],
  agentSchedulable: ['21.09'],
  resourceGroupProxyAddress: ['21.09'],
  schedulerOptions: ['22.03'],
  sessionLifetime: ['22.03'],
  imageCommit: ['22.09'],
  storageHostPermissions: ['22.09'],
  twoFactor: ['22.09'],
  agentSummary: ['22.09'],
  manualSshKey: ['22.09'],
  idleChecks: ['22.09.19'],
  publicResourceGroups: ['22.09.22'],
  inferenceSessions: ['23.03'],
  localVsCode: ['23.03'],
  uploadGroup: ['23.03.3'],
  quotaScopes: ['23.03.7'],
  modelServing: ['23.03.11'],
  sudoInSessions: ['23.09.0'],
  maxQuotaSizeInPolicies: ['23.09.2'],
  maxFolderCountInPolicies: ['23.09.6'],
  mainAccessKey: ['23.09.7'],
  endpointOwner: ['23.09.8'],
  endpointEditing: ['23.09.9'],
  sessionCountPerService: ['23.09.10'],
  userPolicies: ['23.09.10'],
  trashBin: ['24.03.0'],
  modelStore: ['24.03.0'],
  customizedImages: ['24.03.0'],
  serviceValidation: ['24.03.0'],
  projectTypes: ['24.03.0'],
  serviceExtraMounts: ['24.03.4'],
  pendingAndSftpLimits: ['24.03.4'],
  runtimeVariants: ['24.03.5'],
  kernelLogs: ['24.03.7'],
  endpointFilter: ['24.03.10'],
  /** `customized_images` and `untag_image_from_registry`, "Added in 24.03.1". */
  customizedImageList: ['24.03.1'],
  /** Before, a folder's name must be a slug (data chapter, "Names"). */
  freeFolderNames: ['24.09.0'],
  sessionExtension: ['24.09.0'],
  /** The launcher's recent launches (SES-043). */
  recentHistory: ['24.09.0'],
  /** 24.09 has the node query inside one project only, and never without one (SES-C03). */
  sessionNodes: ['24.12'],
  /** Priority of a session: `ComputeSessionNode.priority`, "Added in 24.09.0". */
  priority: ['24.09.0'],
  /** SES-073 says .1, the table of versions .3: the key is as old as both, so the earlier one does no harm. */
  agentChoice: ['24.09.1'],
  extendedImageData: ['24.12'],
  batchTimeout: ['24.12'],
  preparedAndCreatingStates: ['24.12'],
  replicas: ['24.12'],
  networkLimit: ['24.12'],
  foldersById: ['25.1.0', '24.09.6', '24.03.12'],
  autoScalingRules: ['25.1'],
  rescanByProject: ['25.1'],
  folderMountsInSessions: ['25.3', '24.09.8'],
  sessionFolderNodes: ['25.4'],
  presetIds: ['25.4'],
  acceleratorQuantum: ['25.5'],
  /** Session nodes are filtered by image and owner, and ordered by project; before, such a list is refused. */
  nodeFilters: ['25.5'],
  totalResourceSlots: ['25.5'],
  userMetrics: ['25.6'],
  inviterEmail: ['25.6'],
  anonymousTwoFactorRegistration: ['25.9'],
  purgeImageById: ['25.10'],
  /** The app proxy hears a wished port and leads to a path of the app; before it was another program (SES-C41). */
  newAppProxy: ['25.11'],
  mountById: ['25.12'],
  pendingQueue: ['25.13'],
  apiV9: ['25.14'],
  agentStatistics: ['25.15'],
  severalAgentsPerSession: ['25.16'],
  backgroundFileDeletion: ['25.17'],
  reservoir: ['25.17'],
  routeNodes: ['25.19'],
  /** `mount_options.<id>.subpath` of a launch (SES-093). */
  mountSubpath: ['26.1'],
  deprioritizedState: ['26.1'],
  fairShare: ['26.2'],
  csvExport: ['26.2'],
  scopedCsvExport: ['26.4'],
  bulkUsers: ['26.2'],
  /** A role too low is 403 from here on; before, it is a 401 like a lost session ("401 and friends"). */
  roleRefusalIs403: ['26.3'],
  schedulingHistory: ['26.3'],
  archiveDownload: ['26.3'],
  newUserApi: ['26.4'],
  ownKeypairs: ['26.4'],
  concurrentLoginGuard: ['26.4'],
  metricAutoscaling: ['26.4'],
  impersonation: ['26.8'],
  reservedState: ['26.8'],
  defaultKeypairFlag: ['26.9'],
} as const satisfies Record<string, readonly string[]>;

export type Capability = keyof typeof table;

/** Every capability with the versions that bring it, oldest knowledge first; for the contract check and tests. */
export const capabilityVersions: Record<Capability, readonly string[]> = table;

/** What the manager takes only in a newer request format, which the header of each call chooses (SES-C01). */
const formats: Partial<Record<Capability, number>> = { mountById: 9 };

/** Before the handshake no format is known, and the version alone decides. */
function speaks(format: number): boolean {
  const [, major] = /^v(\d+)\./.exec(connection.get().apiVersion ?? '') ?? [];
  return major === undefined || Number(major) >= format;
}

/**
 * Whether the manager of this version has the capability; false while no version is known.
 * Of several entries the one of the manager's own major.minor decides, else the highest.
 */
export function can(capability: Capability, version: string | null = connection.get().managerVersion): boolean {
  if (version === null) return false;
  const entries: readonly string[] = table[capability];
  const highest = entries.reduce((a, b) => (compareVersions(a, b) >= 0 ? a : b));
  const own = entries.find((entry) => minorOf(entry) === minorOf(version));
  return atLeast(version, own ?? highest) && speaks(formats[capability] ?? 0);
}
