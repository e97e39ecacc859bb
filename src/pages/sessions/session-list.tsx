import { DownloadOutlined, EllipsisOutlined, LinkOutlined, QuestionCircleOutlined, PoweroffOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { Suspense, lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { resourceGroupQueries } from '../../client/resource-groups';
import { slotQueries } from '../../client/resource-slots';
import { sessionRules } from '../../client/session-rules';
import { sessionQueries } from '../../client/sessions';
import type { SessionRow } from '../../client/sessions';
import { paths } from '../../lib/paths';
import { useAgentsShown, useConsole } from '../../parts/console-context';
import { ResourcePanel } from '../../parts/resource-panel';
import { useResourceGroupChoice } from '../../parts/resource-panel-choice';
import type { SessionPanels } from '../../parts/session-panels';
import { refusalText } from '../../parts/session-refusals';
import { TerminateDialog } from '../../parts/terminate-dialog';
import { ActionMenu } from '../../ui/action-menu';
import { DataTable } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { FilterBox } from '../../ui/filter-box';
import type { FilterProperty } from '../../ui/filter-box';
import { copyToClipboard } from '../../ui/clipboard';
import { RefreshButton } from '../../ui/refresh-button';
import { StaleNote } from '../../ui/stale-note';
import { useToast } from '../../ui/toast';
import { useColumnChosen } from '../../ui/table-settings';
import { useFormat } from '../../ui/use-format';
import { useUrlState } from '../../ui/use-url-state';
import { sessionColumns } from './columns';
import { filterOf, offeredFields } from './list-filter';
import styles from './list-page.module.css';
import { listSchema } from './list-params';
import type { ListState } from './list-params';
import { ListTabs, PhaseChoice } from './list-tabs';
import { usePager } from './use-pager';
import { useRowActions } from './use-row-actions';
import { useSelection } from './use-selection';

const ExportDialog = lazy(() => import('./export-dialog').then((module) => ({ default: module.ExportDialog })));

const FaqDrawer = lazy(() => import('./faq-drawer').then((module) => ({ default: module.FaqDrawer })));

export function SessionList({ id, panels }: { id: string; panels: SessionPanels }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const toast = useToast();
  const facts = useConsole();
  const { me, project } = facts;
  const agentsShown = useAgentsShown();
  const [state, setState] = useUrlState(listSchema);
  const offered = useMemo(() => offeredFields(me, agentsShown), [me, agentsShown]);
  const { filter, unusable } = useMemo(() => filterOf(state.filter, offered), [state.filter, offered]);
  const finished = state.status === 'finished';
  const withDependencies = useColumnChosen('sessions', 'dependencies');
  const { data, error, isFetching, isPlaceholderData, isFetched, dataUpdatedAt, refetch } = useQuery(
    sessionQueries.list({
      projectId: project.id,
      type: state.type,
      finished,
      page: state.page,
      pageSize: state.size,
      order: state.order,
      filter,
      withDependencies,
    }),
  );
  const rows = data?.rows;

  const groups = useQuery(resourceGroupQueries.accessible(project));
  const groupNames = groups.data?.map(({ name }) => name) ?? [];
  const [group] = useResourceGroupChoice(project.id, groupNames);
  const { data: details } = useQuery({ ...slotQueries.details(group ?? ''), enabled: group !== null });

  const [dialog, setDialog] = useState<'export' | 'faq' | null>(null);
  const [ending, setEnding] = useState<readonly SessionRow[]>([]);
  const actions = useRowActions(panels, (session) => setEnding([session]));
  const columns = useMemo(
    () => sessionColumns({ t, locale, facts, details, agentsShown, actions }),
    [t, locale, facts, details, agentsShown, actions],
  );

  const reasonFor = (session: SessionRow) => refusalText(t, sessionRules.terminate(session, me));
  const selection = useSelection(JSON.stringify([project.id, state]), rows ?? [], (session) => reasonFor(session) === null);

  const pager = usePager({ total: data?.total, settled: !isPlaceholderData }, state, setState);

  // The address says all of it: tab, filter, order, page (UX-02).
  const copyLink = async () => {
    const done = await copyToClipboard(window.location.href);
    if (done) toast.success(t('sessions.list.linkCopied'));
    else toast.error(t('sessions.list.linkNotCopied'));
  };
  const change = (patch: Partial<ListState>) => setState({ page: 1, ...patch });
  const properties = offered.map(({ key, kind }): FilterProperty => ({
    key,
    label: t(`sessions.filter.${key}`),
    kind,
    options: key === 'group' ? groupNames.map((name) => ({ value: name, label: name })) : undefined,
  }));

  // It stays where the list can't be loaded: its conditions may be what the manager fails at.
  const filterBox = (
    <FilterBox label={t('sessions.list.filter')} properties={properties} value={state.filter} onChange={(tags) => change({ filter: tags })} />
  );

  return (
    <>
      <ResourcePanel ready={isFetched} />
      <section id={id} role="tabpanel" aria-label={t('sessions.list.title')} className={styles.list}>
        <div className={styles.bar}>
          <ListTabs value={state.type} counts={data?.counts} panelId={id} onChange={(type) => change({ type })} />
          <PhaseChoice value={state.status} onChange={(status) => change({ status })} />
        </div>
        <StaleNote error={data === undefined ? null : error} updatedAt={dataUpdatedAt} onRetry={() => void refetch()} />
        {unusable.length > 0 ? (
          <Alert type="warning" showIcon title={t('sessions.list.unusableFilter', { filters: unusable.join(', '), count: unusable.length })} />
        ) : null}
        {data === undefined && error ? (
          <>
            {filterBox}
            <ErrorPanel error={error} title={t('sessions.list.failed')} onRetry={() => void refetch()} retrying={isFetching} />
          </>
        ) : (
          <DataTable
            id="sessions"
            label={t('sessions.list.title')}
            columns={columns}
            rows={rows}
            rowKey={(session) => session.id}
            busy={isPlaceholderData}
            order={state.order}
            onOrder={(order) => change({ order })}
            activeKey={panels.sessionId ?? undefined}
            selection={{ keys: selection.keys, onChange: selection.change, nameOf: (session) => session.name, reasonFor }}
            empty={<Empty finished={finished} filtered={state.filter.length > 0} onClear={() => change({ filter: [] })} />}
            toolbar={filterBox}
            tools={
              <>
                {selection.chosen.length > 0 ? (
                  <span className={styles.bulk} role="group" aria-label={t('sessions.list.bulk')}>
                    <span role="status">{t('sessions.list.selected', { count: selection.chosen.length })}</span>
                    <Button danger icon={<PoweroffOutlined aria-hidden />} onClick={() => setEnding(selection.chosen)}>
                      {t('sessions.action.terminate')}
                    </Button>
                    <Button type="text" onClick={() => selection.change([])}>
                      {t('sessions.list.clearSelection')}
                    </Button>
                  </span>
                ) : null}
                <RefreshButton label={t('sessions.list.refresh')} busy={isFetching} onClick={() => void refetch()} />
                <ActionMenu
                  label={t('sessions.list.more')}
                  entries={[
                    { key: 'export', label: t('sessions.export.open'), icon: <DownloadOutlined aria-hidden />, run: () => setDialog('export') },
                    { key: 'link', label: t('sessions.list.copyLink'), icon: <LinkOutlined aria-hidden />, run: () => void copyLink() },
                    { key: 'faq', label: t('sessions.faq.title'), icon: <QuestionCircleOutlined aria-hidden />, run: () => setDialog('faq') },
                  ]}
                >
                  {(trigger) => (
                    <Button {...trigger} type="text" icon={<EllipsisOutlined aria-hidden />} aria-label={t('sessions.list.more')} data-hint={t('sessions.list.more')} />
                  )}
                </ActionMenu>
              </>
            }
            pager={pager}
          />
        )}
      </section>
      <Suspense fallback={null}>
        {dialog === 'export' ? <ExportDialog state={state} filter={filter} agentsShown={agentsShown} onClose={() => setDialog(null)} /> : null}
        {dialog === 'faq' ? <FaqDrawer onClose={() => setDialog(null)} /> : null}
      </Suspense>
      <TerminateDialog sessions={ending} onTerminated={selection.drop} onClose={() => setEnding([])} />
    </>
  );
}

/** UX-04: what would be here, and how to make the first one. */
function Empty({ finished, filtered, onClear }: { finished: boolean; filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  if (filtered) {
    return (
      <EmptyState
        title={t('sessions.empty.filtered')}
        description={t('sessions.empty.filteredHint')}
        action={<Button onClick={onClear}>{t('sessions.empty.clearFilter')}</Button>}
      />
    );
  }
  if (finished) return <EmptyState title={t('sessions.empty.finished')} description={t('sessions.empty.finishedHint')} />;
  return (
    <EmptyState
      title={t('sessions.empty.running')}
      description={t('sessions.empty.runningHint')}
      action={<Link to={paths.launcher({ type: 'interactive' })}>{t('sessions.start.interactive')}</Link>}
    />
  );
}
