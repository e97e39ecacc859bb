import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { pendingQueueQueries } from '../../client/pending-queue';
import { resourceGroupQueries } from '../../client/resource-groups';
import { slotQueries } from '../../client/resource-slots';
import type { SessionRow } from '../../client/sessions';
import { useConsole } from '../../parts/console-context';
import { AmountsText } from '../../parts/session-amounts';
import { SessionStatus } from '../../parts/session-explanation';
import { useSessionPanels } from '../../parts/session-panels';
import { SessionWindows } from '../../parts/session-windows';
import { TerminateDialog } from '../../parts/terminate-dialog';
import { DataTable } from '../../ui/data-table';
import type { DataColumn } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { NativeSelect } from '../../ui/native-select';
import { PageHeader } from '../../ui/page-header';
import { RefreshButton } from '../../ui/refresh-button';
import { StaleNote } from '../../ui/stale-note';
import { useFormat } from '../../ui/use-format';
import { useUrlState } from '../../ui/use-url-state';
import { sessionColumns } from './columns';
import styles from './list-page.module.css';
import { pageSizes } from './list-params';
import { usePager } from './use-pager';
import { useRowActions } from './use-row-actions';

const schema = z.object({
  group: z._default(z.string().check(z.maxLength(64)), ''),
  page: z._default(z.int().check(z.positive()), 1),
  size: z._default(z.literal(pageSizes), 20),
});

/** Of the list's columns those that tell something about a session that waits; the usual ones are shown unasked. */
const kept = ['name', 'status', 'priority', 'type', 'elapsed', 'owner', 'project', 'createdAt', 'environments', 'clusterMode', 'statusInfo', 'id', 'accessKey', 'domain'];
const usual = ['name', 'status', 'priority', 'elapsed', 'owner', 'project'];

/** SES-016: the queue of a resource group, first come first. */
export function SchedulerPage() {
  const { t } = useTranslation();
  const selectId = useId();
  const [state, setState] = useUrlState(schema);
  const groups = useQuery(resourceGroupQueries.all());
  const { project } = useConsole();
  const accessible = useQuery(resourceGroupQueries.accessible(project));
  const names = groups.data ?? [];
  // Without one in the address: the first that the project uses, for it is the likeliest to be asked about.
  const preferred = accessible.data?.find(({ name }) => names.includes(name))?.name ?? names[0];
  const group = state.group !== '' ? state.group : accessible.isPending ? undefined : preferred;
  const choice = (
    <div className={styles.groupChoice}>
      <label htmlFor={selectId}>{t('sessions.field.resourceGroup')}</label>
      <NativeSelect
        id={selectId}
        value={group ?? ''}
        disabled={names.length === 0}
        options={(group !== undefined && !names.includes(group) ? [group, ...names] : names).map((name) => ({ value: name, label: name }))}
        onChange={(next) => setState({ group: next, page: 1 })}
      />
    </div>
  );
  return (
    <div className={styles.page}>
      <PageHeader title={t('sessions.scheduler.title')} description={t('sessions.scheduler.description')} />
      {groups.error && groups.data === undefined ? (
        <ErrorPanel error={groups.error} title={t('sessions.scheduler.groupsFailed')} onRetry={() => void groups.refetch()} retrying={groups.isFetching} />
      ) : group === undefined ? (
        choice
      ) : (
        <Queue key={group} group={group} choice={choice} state={state} setState={setState} />
      )}
    </div>
  );
}

type State = z.infer<typeof schema>;

interface QueueProps {
  group: string;
  /** Stands left of the table's tools, and stays where the queue can't be loaded. */
  choice: ReactNode;
  state: State;
  setState: (patch: Partial<State>, options?: { replace?: boolean }) => void;
}

function Queue({ group, choice, state, setState }: QueueProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const facts = useConsole();
  const panels = useSessionPanels();
  const [ending, setEnding] = useState<readonly SessionRow[]>([]);
  const { data, error, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = useQuery(
    pendingQueueQueries.page({ group, page: state.page, pageSize: state.size }),
  );
  const { data: details } = useQuery(slotQueries.details(group));
  const pager = usePager({ total: data?.total, settled: !isPlaceholderData }, state, setState);
  const actions = useRowActions(panels, (session) => setEnding([session]));
  // Where the manager counts no place, the order of its answer is the queue.
  const order = useMemo(() => new Map((data?.rows ?? []).map((row, index) => [row.id, (state.page - 1) * state.size + index + 1])), [data, state.page, state.size]);
  const columns = useMemo(() => {
    const all = sessionColumns({ t, locale, facts, details, agentsShown: true, actions });
    const chosen = kept.flatMap((key): DataColumn<SessionRow>[] => {
      const column = all.find((one) => one.key === key);
      if (!column) return [];
      // The place has a column of its own here.
      const render = key === 'status' ? (session: SessionRow) => <SessionStatus session={session} compact /> : column.render;
      return [{ ...column, render, orderKey: undefined, optional: !usual.includes(key) }];
    });
    const position: DataColumn<SessionRow> = {
      key: 'position',
      title: t('sessions.scheduler.position'),
      align: 'end',
      always: true,
      render: (session) => (session.queuePosition === null ? (order.get(session.id) ?? '-') : session.queuePosition + 1),
    };
    const requested: DataColumn<SessionRow> = {
      key: 'requested',
      title: t('sessions.scheduler.requested'),
      render: (session) => (
        <span className={styles.requested}>
          <AmountsText slots={session.requestedSlots} resourceGroup={session.resourceGroup} />
        </span>
      ),
    };
    const [name, status, ...others] = chosen;
    return [name, position, status, requested, ...others].filter((column) => column !== undefined);
  }, [t, locale, facts, details, actions, order]);

  return (
    <>
      <StaleNote error={data === undefined ? null : error} updatedAt={dataUpdatedAt} onRetry={() => void refetch()} />
      {data === undefined && error ? (
        <>
          {choice}
          <ErrorPanel error={error} title={t('sessions.scheduler.failed')} onRetry={() => void refetch()} retrying={isFetching} />
        </>
      ) : (
        <DataTable
          id="scheduler"
          label={t('sessions.scheduler.table', { group })}
          columns={columns}
          rows={data?.rows}
          rowKey={(session) => session.id}
          busy={isPlaceholderData}
          activeKey={panels.sessionId ?? undefined}
          empty={<EmptyState title={t('sessions.scheduler.empty')} description={t('sessions.scheduler.emptyHint', { group })} />}
          toolbar={choice}
          tools={<RefreshButton label={t('sessions.scheduler.refresh')} busy={isFetching} onClick={() => void refetch()} />}
          pager={pager}
        />
      )}
      <SessionWindows panels={panels} />
      <TerminateDialog sessions={ending} onClose={() => setEnding([])} />
    </>
  );
}
