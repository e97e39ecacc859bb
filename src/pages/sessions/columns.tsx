import type { TFunction } from 'i18next';
import { can } from '../../client/capabilities';
import type { SlotDetails } from '../../client/resource-slots';
import type { SessionRow } from '../../client/sessions';
import type { Slots } from '../../client/slots';
import type { ConsoleFacts } from '../../parts/console-context';
import { IdleWarning } from '../../parts/idle-warning';
import { describeReference } from '../../parts/image-names';
import { acceleratorsOf, amountIn, amountWithUnit } from '../../parts/session-amounts';
import { SessionElapsed } from '../../parts/session-elapsed';
import { SessionStatus } from '../../parts/session-explanation';
import { ClusterModeText, SessionTypeText } from '../../parts/session-facts';
import { ResultTag } from '../../parts/status-tag';
import { UsageBars } from '../../parts/usage-bars';
import { liveContainers, usageOf } from '../../parts/usage-stats';
import { CopyText } from '../../ui/copy-text';
import type { DataColumn } from '../../ui/data-table';
import { TimeText } from '../../ui/time-text';
import { NameCell, SessionLink } from './name-cell';
import type { RowActions } from './name-cell';
import styles from './list-page.module.css';

export interface ColumnFacts {
  t: TFunction;
  locale: string;
  facts: ConsoleFacts;
  details: SlotDetails | undefined;
  agentsShown: boolean;
  actions: RowActions;
}

/** SES-007: what was asked for while it waits, what it has later. */
function amountsOf(session: SessionRow): Slots {
  return session.status === 'PENDING' ? session.requestedSlots : session.occupiedSlots;
}

function Environment({ image }: { image: SessionRow['image'] }) {
  if (image === null) return <>-</>;
  const { title, version, tags } = describeReference(image.name);
  return (
    <span title={`${image.name}@${image.architecture}`}>
      {title} {version}
      {tags.length > 0 ? <span className={styles.note}> {tags.join(' · ')}</span> : null}
    </span>
  );
}

/** What it waits for, each leading to its panel; the status of each is told with it. */
function Dependencies({ session, onOpen }: { session: SessionRow; onOpen: (id: string) => void }) {
  if (!session.dependencies || session.dependencies.length === 0) return <>-</>;
  return (
    <span className={styles.dependencies}>
      {session.dependencies.map(({ id, name, status }) => (
        <SessionLink key={id} id={id} name={name} hint={status} onOpen={onOpen} />
      ))}
    </span>
  );
}

function StatusCell({ session }: { session: SessionRow }) {
  return (
    <span className={styles.statusCell}>
      <SessionStatus session={session} />
      <IdleWarning session={session} />
    </span>
  );
}

/** SES-005, in its order. Owners are for administrators, agents for whom they are not hidden from. */
export function sessionColumns({ t, locale, facts, details, agentsShown, actions }: ColumnFacts): DataColumn<SessionRow>[] {
  const { me, projects } = facts;
  const admin = me.role !== 'user';
  const amount = (session: SessionRow, slot: string) => {
    const value = amountsOf(session)[slot];
    return value === undefined ? '-' : amountIn(details, slot, value, locale);
  };
  const columns: (DataColumn<SessionRow> | false)[] = [
    {
      key: 'name',
      title: t('sessions.field.name'),
      orderKey: 'name',
      always: true,
      heading: true,
      render: (session) => <NameCell session={session} actions={actions} />,
    },
    { key: 'status', title: t('sessions.field.status'), orderKey: 'status', render: (session) => <StatusCell session={session} /> },
    {
      key: 'utilization',
      title: t('sessions.field.utilization'),
      width: 150,
      render: (session) => <UsageBars figures={usageOf(liveContainers(session.kernels))} />,
    },
    {
      key: 'accelerator',
      title: t('sessions.field.accelerator'),
      render: (session) => {
        const amounts = amountsOf(session);
        const words = acceleratorsOf(amounts).map((slot) => amountWithUnit(details, slot, amounts[slot] ?? 0, locale));
        return words.length > 0 ? words.join(', ') : '-';
      },
    },
    { key: 'cpu', title: t('sessions.field.cpu'), align: 'end', render: (session) => amount(session, 'cpu') },
    { key: 'memory', title: t('sessions.field.memory'), align: 'end', render: (session) => amount(session, 'mem') },
    { key: 'elapsed', title: t('sessions.field.elapsed'), align: 'end', render: (session) => <SessionElapsed session={session} /> },
    can('priority') && {
      key: 'priority',
      title: t('sessions.field.priority'),
      orderKey: 'priority',
      align: 'end',
      render: (session) => session.priority ?? '-',
    },
    {
      key: 'id',
      title: t('sessions.field.id'),
      optional: true,
      render: (session) => <CopyText text={session.id} label={t('sessions.field.id')} mono />,
    },
    {
      key: 'statusInfo',
      title: t('sessions.field.statusInfo'),
      optional: true,
      orderKey: 'status_info',
      render: (session) => session.statusInfo ?? '-',
    },
    {
      key: 'result',
      title: t('sessions.field.result'),
      optional: true,
      orderKey: 'result',
      render: (session) => <ResultTag result={session.result} />,
    },
    {
      key: 'environments',
      title: t('sessions.field.environments'),
      optional: true,
      render: (session) => <Environment image={session.image} />,
    },
    {
      key: 'resourceGroup',
      title: t('sessions.field.resourceGroup'),
      optional: true,
      orderKey: 'scaling_group',
      render: (session) => session.resourceGroup ?? '-',
    },
    {
      key: 'type',
      title: t('sessions.field.type'),
      optional: true,
      orderKey: 'type',
      render: (session) => <SessionTypeText type={session.type} />,
    },
    {
      key: 'clusterMode',
      title: t('sessions.field.clusterMode'),
      optional: true,
      orderKey: 'cluster_mode',
      render: (session) => <ClusterModeText mode={session.clusterMode} size={session.clusterSize} />,
    },
    {
      key: 'dependencies',
      title: t('sessions.field.dependencies'),
      optional: true,
      render: (session) => <Dependencies session={session} onOpen={actions.onOpen} />,
    },
    {
      key: 'createdAt',
      title: t('sessions.field.createdAt'),
      optional: true,
      orderKey: 'created_at',
      render: (session) => <TimeText value={session.createdAt} />,
    },
    {
      key: 'terminatedAt',
      title: t('sessions.field.terminatedAt'),
      optional: true,
      orderKey: 'terminated_at',
      render: (session) => <TimeText value={session.terminatedAt} />,
    },
    {
      key: 'project',
      title: t('sessions.field.project'),
      optional: true,
      orderKey: can('nodeFilters') ? 'project_id' : undefined,
      render: (session) => projects.find(({ id }) => id === session.projectId)?.name ?? session.projectId ?? '-',
    },
    admin && {
      key: 'accessKey',
      title: t('sessions.field.accessKey'),
      optional: true,
      orderKey: 'access_key',
      render: (session) => session.accessKey ?? '-',
    },
    admin && {
      key: 'domain',
      title: t('sessions.field.domain'),
      optional: true,
      orderKey: 'domain_name',
      render: (session) => session.domain ?? '-',
    },
    agentsShown && {
      key: 'agent',
      title: t('sessions.field.agent'),
      optional: true,
      orderKey: 'agent_ids',
      render: (session) => (session.agentIds.length > 0 ? [...new Set(session.agentIds)].join(', ') : '-'),
    },
    admin && {
      key: 'owner',
      title: t('sessions.field.owner'),
      optional: true,
      // Managers before 25.13 tell the owner's id only.
      render: (session) => session.ownerEmail ?? session.userId ?? '-',
    },
  ];
  return columns.filter((column) => column !== false);
}
