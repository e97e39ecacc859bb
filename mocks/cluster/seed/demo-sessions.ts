import { DAY, HOUR, MINUTE, SECOND } from '../clock';
import type { Context } from '../context';
import { startError } from '../session-life';
import type { Session, StatusData } from '../types';
import { GIB } from './infrastructure';
import type { Past } from './session-maker';
import { makePast, waiting } from './session-maker';

/** Names of the checks as the manager's version writes them. */
function checkNames(ctx: Context): string[] {
  if (ctx.atLeast('26.8')) return ['ReservedBatchSessionValidator', 'SessionDependenciesValidator', 'ResourcePolicyValidator'];
  return ctx.atLeast('25.13')
    ? ['ReservedBatchSessionValidator', 'SessionDependenciesValidator', 'ConcurrencyLimitValidator', 'PendingSessionCountLimitValidator', 'PendingSessionResourceLimitValidator', 'KeypairResourceLimitValidator', 'UserResourceLimitValidator', 'GroupResourceLimitValidator', 'DomainResourceLimitValidator']
    : ['reserved_time', 'dependencies', 'concurrency', 'pending_session_count_limit', 'pending_session_resource_limit', 'keypair_resource_limit', 'user_resource_limit', 'user_group_resource_limit', 'domain_resource_limit'];
}

type Common = Pick<Past, 'owner' | 'keypair' | 'project' | 'image'>;

/** Some thirty sessions in every status, of several people and projects. */
export function demoSessions(ctx: Context): Session[] {
  const { state } = ctx;
  const common = (email: string, project: string, tag: string, architecture = 'x86_64'): Common => {
    const owner = Object.values(state.users).find((user) => user.email === email);
    const keypair = state.keypairs[owner?.mainAccessKey ?? ''];
    const found = Object.values(state.projects).find((one) => one.name === project);
    const image = Object.values(state.images).find((one) => one.tag === tag && one.architecture === architecture);
    if (!owner || !keypair || !found || !image) throw new Error(`seed: ${email} ${project} ${tag}`);
    return { owner, keypair, project: found, image };
  };
  const uma = 'user@example.com';
  const yuna = 'user2@example.com';
  const dora = 'domain-admin@example.com';
  const ada = 'admin@example.com';
  const python = '3.12-ubuntu22.04';
  const torch = '2.4-py312-cuda12.4';
  const ended = (reason: string, exitCode: number | null): Pick<Past, 'status' | 'info' | 'data' | 'exitCode'> => ({
    status: 'TERMINATED',
    info: reason,
    data: ctx.atLeast('26.0') ? null : { kernel: { exit_code: exitCode }, session: { status: 'terminated' } },
    exitCode,
  });
  const names = checkNames(ctx);
  const failing = (at: number, msg: string, retries: number): StatusData | null =>
    waiting(ctx, [{ name: names[at] ?? '', msg }], names.filter((_name, i) => i !== at), retries);
  const small = { cpu: 2, mem: 4 * GIB };

  const first = makePast(ctx, {
    ...common(uma, 'default', torch), name: 'prepare-data', group: 'default', type: 'batch', slots: small,
    command: 'echo "reading 1280 files"\nsleep 40\necho done', created: 3 * HOUR, ran: 40 * SECOND, result: 'SUCCESS', agents: ['i-gpu01'], folders: ['datasets'],
    ...ended('task-finished', 0),
  });
  const longRun = makePast(ctx, {
    ...common(uma, 'default', torch), name: 'train-resnet', group: 'default', type: 'batch', slots: { cpu: 8, mem: 32 * GIB, 'cuda.device': 1 }, shmem: GIB,
    command: 'python train.py --epochs 90', environ: { EPOCH_SECONDS: '120' }, created: 25 * MINUTE, status: 'RUNNING', agents: ['i-gpu01'], folders: ['datasets', 'results'],
  });
  const failed = makePast(ctx, {
    ...common(uma, 'default', torch), name: 'broken-start', group: 'default', slots: small, created: 5 * HOUR, status: 'CANCELLED', info: 'failed-to-start', agents: ['i-gpu01'],
  });
  failed.statusData = { error: startError(failed, 'failed to create the container: no space left on device') };
  const failedCluster = makePast(ctx, {
    ...common(dora, 'vision-lab', torch), name: 'broken-cluster', group: 'default', slots: small, created: 7 * HOUR, status: 'CANCELLED', info: 'failed-to-start', size: 2, mode: 'multi-node', agents: ['i-gpu01', 'i-cpu01'],
  });
  failedCluster.statusData = { error: startError(failedCluster, 'failed to join the overlay network') };

  const pasts: Past[] = [
    { ...common(uma, 'default', python), name: 'notebook', group: 'default', slots: small, shmem: GIB, created: 4 * HOUR, status: 'RUNNING', agents: ['i-gpu01'], folders: ['datasets', '.local'] },
    { ...common(uma, 'default', torch), name: 'cluster-run', group: 'default', slots: small, created: 50 * MINUTE, status: 'RUNNING', size: 3, mode: 'multi-node', agents: ['i-gpu01', 'i-cpu01', 'i-cpu01'] },
    { ...common(uma, 'vision-lab', torch), name: 'annotate', group: 'default', slots: { cpu: 1, mem: 2 * GIB }, created: 3 * DAY, unused: 2 * DAY - 50 * MINUTE, status: 'RUNNING', agents: ['i-cpu01'], folders: ['vision-shared'] },
    { ...common(uma, 'default', torch), name: 'three-gpus', group: 'default', slots: { cpu: 8, mem: 32 * GIB, 'cuda.device': 3 }, created: 18 * MINUTE, status: 'PENDING', info: 'no-available-instances', data: waiting(ctx, [], names, 210, 'No agents are available for scheduling') },
    { ...common(uma, 'default', python), name: 'nightly-report', group: 'default', type: 'batch', slots: { cpu: 1, mem: 2 * GIB }, command: 'python report.py', startsAfter: ctx.now + 14 * HOUR, created: 35 * MINUTE, status: 'PENDING', info: 'predicate-checks-failed', data: failing(0, 'Before start time', 420) },
    { ...common(uma, 'default', torch), name: 'evaluate', group: 'default', type: 'batch', slots: small, command: 'python evaluate.py', dependencies: [longRun.id], created: 24 * MINUTE, status: 'PENDING', info: 'predicate-checks-failed', data: failing(1, `Waiting dependency sessions to finish as success. (train-resnet (${longRun.id}))`, 288) },
    { ...common(uma, 'default', python), name: 'yesterday', group: 'default', slots: small, created: 26 * HOUR, ran: 5 * HOUR, agents: ['i-gpu01'], ...ended('user-requested', 137) },
    { ...common(uma, 'default', python), name: 'left-alone', group: 'default', slots: small, created: 4 * DAY, ran: 2 * DAY, agents: ['i-gpu01'], ...ended('idle-timeout', 137) },
    { ...common(uma, 'default', torch), name: 'sweep-lr-3', group: 'default', type: 'batch', slots: small, command: 'python train.py\nexit 3', created: 20 * HOUR, ran: 9 * SECOND, result: 'FAILURE', agents: ['i-gpu01'], ...ended('task-failed', 3) },
    { ...common(uma, 'default', torch), name: 'too-long', group: 'default', type: 'batch', slots: small, command: 'sleep infinity', created: 30 * HOUR, ran: 2 * HOUR, result: 'FAILURE', agents: ['i-gpu01'], ...ended('task-timeout', 137) },
    { ...common(uma, 'default', python), name: 'changed-my-mind', group: 'default', slots: small, created: 6 * HOUR, waited: 90 * SECOND, status: 'CANCELLED', info: 'user-requested' },
    { ...common(uma, 'vision-lab', python), name: 'labels-v2', group: 'default', slots: small, created: 50 * HOUR, ran: 3 * HOUR, agents: ['i-cpu01'], ...ended('user-requested', 137) },
    { ...common(yuna, 'default', python), name: 'lecture-1', group: 'default', slots: { cpu: 1, mem: 2 * GIB }, created: 9 * HOUR, status: 'RUNNING', agents: ['i-gpu01'] },
    { ...common(yuna, 'default', '3.13-ubuntu24.04'), name: 'lecture-2', group: 'default', slots: { cpu: 1, mem: 2 * GIB }, created: 7 * HOUR, status: 'RUNNING', agents: ['i-gpu01'] },
    { ...common(yuna, 'default', torch), name: 'term-project', group: 'nvidia-h100', slots: { cpu: 4, mem: 16 * GIB, 'cuda.shares': 1 }, created: 3 * HOUR, status: 'RUNNING', agents: ['i-h100-01'] },
    { ...common(yuna, 'default', python), name: 'lecture-3', group: 'default', slots: { cpu: 1, mem: 2 * GIB }, created: 12 * MINUTE, status: 'PENDING', info: 'predicate-checks-failed', data: failing(2, 'You cannot run more than 3 concurrent sessions', 144) },
    { ...common(yuna, 'default', '4.3-ubuntu22.04'), name: 'statistics', group: 'default', slots: { cpu: 1, mem: 2 * GIB }, created: 30 * HOUR, ran: HOUR, agents: ['i-gpu01'], ...ended('idle-utilization', 137) },
    { ...common(dora, 'vision-lab', '24.12-py3-amd64'), name: 'detector', group: 'nvidia-h100', slots: { cpu: 8, mem: 64 * GIB, 'cuda.shares': 1 }, shmem: 2 * GIB, created: 28 * HOUR, status: 'RUNNING', agents: ['i-h100-01'] },
    { ...common(dora, 'vision-lab', '2.16-py311-cuda12.3'), name: 'pull-me', group: 'default', slots: small, created: 40 * SECOND, status: 'PULLING', agents: ['i-gpu01'] },
    { ...common(dora, 'default', python), name: 'stuck-ending', group: 'default', slots: small, created: 8 * HOUR, ran: 2 * HOUR, status: 'TERMINATING', info: 'user-requested', agents: ['i-cpu01'] },
    { ...common(dora, 'default', python, 'aarch64'), name: 'on-arm', group: 'default', slots: small, created: 70 * MINUTE, status: 'RUNNING', agents: ['i-arm01'] },
    { ...common(dora, 'model-store', '0.9.1-cuda12.8-ubuntu24.04'), name: 'chat-endpoint-replica', group: 'default', type: 'inference', slots: { cpu: 4, mem: 16 * GIB }, created: 33 * HOUR, status: 'RUNNING', agents: ['i-gpu01'] },
    { ...common(ada, 'default', '9.6-alpine3.19'), name: 'sftp-admin-notes', group: 'upload', type: 'system', slots: { cpu: 1, mem: GIB / 4 }, shmem: 2 ** 24, created: 20 * MINUTE, status: 'RUNNING', agents: ['i-upload01'] },
    { ...common(ada, 'default', python), name: 'lost-agent-job', group: 'nvidia-h100', slots: small, created: 3 * DAY, ran: 20 * HOUR, status: 'ERROR', info: 'agent-termination', agents: ['i-h100-02'] },
    { ...common(ada, 'vision-lab', torch), name: 'half-alive', group: 'default', slots: small, created: 11 * HOUR, ran: 9 * HOUR, status: 'RUNNING_DEGRADED', size: 2, mode: 'multi-node', agents: ['i-gpu01', 'i-cpu01'] },
    { ...common(ada, 'default', '13.2-ubuntu22.04'), name: 'agents-chosen', group: 'default', slots: small, created: 2 * SECOND, status: 'SCHEDULED', info: ctx.atLeast('26.0') ? '' : 'scheduled', agents: ['i-gpu01'] },
    ...(ctx.atLeast('24.12')
      ? [{ ...common(ada, 'default', '13.2-ubuntu22.04'), name: 'image-is-there', group: 'default', slots: small, created: 4 * SECOND, status: 'PREPARED' as const, agents: ['i-gpu01'] }]
      : []),
    { ...common(ada, 'default', '13.2-ubuntu22.04'), name: 'starting-now', group: 'default', slots: small, created: 3 * SECOND, status: 'PREPARING', agents: ['i-gpu01'] },
    { ...common(ada, 'default', '13.2-ubuntu22.04'), name: 'nearly-there', group: 'default', slots: small, created: 6 * SECOND, status: ctx.atLeast('24.12') ? 'CREATING' : 'PREPARING', agents: ['i-gpu01'] },
    { ...common(ada, 'default', python), name: 'maintenance', group: 'default', slots: small, created: 60 * HOUR, ran: HOUR, agents: ['i-cpu01'], ...ended('force-terminated', 137) },
  ];
  return [first, longRun, failed, failedCluster, ...pasts.map((past) => makePast(ctx, past))];
}
