/** Statuses, their reasons and the scheduler's checks as data: what they mean is worded by the pages. */

export type Phase = 'waiting' | 'starting' | 'running' | 'ending' | 'ended' | 'error';
export type Tone = 'success' | 'info' | 'default' | 'error';

interface StatusFacts {
  phase: Phase;
  tone: Tone;
  spinner: boolean;
}

/** SES-R50 */
const statuses: Record<string, StatusFacts> = {
  PENDING: { phase: 'waiting', tone: 'success', spinner: false },
  DEPRIORITIZING: { phase: 'waiting', tone: 'default', spinner: false },
  SCHEDULED: { phase: 'starting', tone: 'success', spinner: false },
  RESERVED: { phase: 'starting', tone: 'default', spinner: false },
  PREPARING: { phase: 'starting', tone: 'info', spinner: true },
  PULLING: { phase: 'starting', tone: 'info', spinner: true },
  PREPARED: { phase: 'starting', tone: 'info', spinner: true },
  CREATING: { phase: 'starting', tone: 'info', spinner: true },
  RUNNING: { phase: 'running', tone: 'success', spinner: false },
  RUNNING_DEGRADED: { phase: 'running', tone: 'success', spinner: false },
  RESTARTING: { phase: 'starting', tone: 'info', spinner: true },
  PREEMPTED: { phase: 'waiting', tone: 'default', spinner: true },
  RESCHEDULING: { phase: 'waiting', tone: 'default', spinner: true },
  TERMINATING: { phase: 'ending', tone: 'default', spinner: true },
  ERROR: { phase: 'error', tone: 'error', spinner: false },
  TERMINATED: { phase: 'ended', tone: 'default', spinner: false },
  CANCELLED: { phase: 'ended', tone: 'default', spinner: false },
  // Of kernels only.
  BUILDING: { phase: 'starting', tone: 'info', spinner: true },
  RESIZING: { phase: 'running', tone: 'info', spinner: true },
  SUSPENDED: { phase: 'running', tone: 'default', spinner: false },
};

/** A status that is not known is treated as active. */
const unknownStatus: StatusFacts = { phase: 'running', tone: 'default', spinner: false };

export function statusFacts(status: string): StatusFacts {
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? unknownStatus) : unknownStatus;
}

/** SES-R51: the manager's word → the name under which the pages word it. */
const reasons = {
  'predicate-checks-failed': 'predicateChecksFailed',
  'no-available-instances': 'noAvailableInstances',
  'scheduler-error': 'schedulerError',
  scheduled: 'scheduled',
  'failed-to-start': 'failedToStart',
  'user-requested': 'userRequested',
  'force-terminated': 'forceTerminated',
  'pending-timeout': 'pendingTimeout',
  'idle-timeout': 'idleTimeout',
  'idle-session-lifetime': 'idleSessionLifetime',
  'idle-utilization': 'idleUtilization',
  'self-terminated': 'selfTerminated',
  'task-finished': 'taskFinished',
  'task-failed': 'taskFailed',
  'task-timeout': 'taskTimeout',
  'task-cancelled': 'taskCancelled',
  'agent-termination': 'agentTermination',
  'hang-timeout': 'hangTimeout',
  'exec-timeout': 'execTimeout',
  'bootstrap-timeout': 'bootstrapTimeout',
  'anomaly-detected': 'anomalyDetected',
  'killed-by-event': 'killedByEvent',
  'service-scaled-down': 'serviceScaledDown',
  'terminated-unknown-container': 'terminatedUnknownContainer',
} as const;
export type StatusReason = (typeof reasons)[keyof typeof reasons];

/** null for a reason that is shown as it is. */
export function statusReason(statusInfo: string | null): StatusReason | null {
  return statusInfo !== null && Object.hasOwn(reasons, statusInfo) ? reasons[statusInfo as keyof typeof reasons] : null;
}

/** SES-R52: the scheduler's checks, as they are called up to 25.12 and (class-like) from 25.13 on. */
const predicates = {
  reserved_time: 'reservedTime',
  ReservedBatchSessionValidator: 'reservedTime',
  dependencies: 'dependencies',
  SessionDependenciesValidator: 'dependencies',
  concurrency: 'concurrency',
  ConcurrencyLimitValidator: 'concurrency',
  pending_session_count_limit: 'pendingSessionCount',
  PendingSessionCountLimitValidator: 'pendingSessionCount',
  pending_session_resource_limit: 'pendingSessionResource',
  PendingSessionResourceLimitValidator: 'pendingSessionResource',
  keypair_resource_limit: 'keypairResource',
  KeypairResourceLimitValidator: 'keypairResource',
  user_resource_limit: 'userResource',
  UserResourceLimitValidator: 'userResource',
  user_group_resource_limit: 'projectResource',
  GroupResourceLimitValidator: 'projectResource',
  domain_resource_limit: 'domainResource',
  DomainResourceLimitValidator: 'domainResource',
  scaling_group_resource_limit: 'resourceGroupResource',
  ResourcePolicyValidator: 'resourcePolicy',
} as const;
export type Predicate = (typeof predicates)[keyof typeof predicates];

/** null for a check that a plugin added: its name is shown as it is. */
export function predicateOf(name: string): Predicate | null {
  return Object.hasOwn(predicates, name) ? predicates[name as keyof typeof predicates] : null;
}
