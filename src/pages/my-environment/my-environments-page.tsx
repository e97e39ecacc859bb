import { DownloadOutlined, SearchOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import * as z from 'zod/mini';
import { customizedImageMutations, customizedImageQueries } from '../../client/customized-images';
import type { CustomizedImage } from '../../client/customized-images';
import { csvText } from '../../lib/csv';
import { paths } from '../../lib/paths';
import { imageId } from '../../parts/image-catalog';
import { useOpenLauncher } from '../../parts/launch-link';
import { notify } from '../../parts/notification-store';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { DataTable } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { useErrorWords } from '../../ui/error-words';
import { PageHeader } from '../../ui/page-header';
import { saveText } from '../../ui/save-file';
import { RefreshButton } from '../../ui/refresh-button';
import { StaleNote } from '../../ui/stale-note';
import { useToast } from '../../ui/toast';
import { useUrlState } from '../../ui/use-url-state';
import { imageColumns, imageTable } from './columns';
import { fullName, nameOf, orderFields, pageOf } from './image-rows';
import styles from './my-environments-page.module.css';

const pageSizes = [10, 20, 50, 100] as const;
const orders = orderFields.flatMap((field) => [field, `-${field}`]) as [string, ...string[]];
const urlSchema = z.object({
  search: z._default(z.string().check(z.maxLength(200)), ''),
  page: z._default(z.int().check(z.positive()), 1),
  size: z._default(z.literal(pageSizes), 20),
  order: z._default(z.enum(orders), 'name'),
});

/** The images that the user has made of sessions (SES-340, SES-341). */
export function MyEnvironmentsPage() {
  const { t } = useTranslation();
  const toast = useToast();
  const words = useErrorWords();
  const openLauncher = useOpenLauncher();
  const [state, setState] = useUrlState(urlSchema);
  const { data, error, isFetching, dataUpdatedAt, refetch } = useQuery(customizedImageQueries.mine());
  const limit = useQuery(customizedImageQueries.limit());
  const remove = useMutation(customizedImageMutations.remove());
  const [removing, setRemoving] = useState<CustomizedImage | null>(null);

  // The columns stay the same at every drawing, or each row would be drawn anew.
  const start = useRef(openLauncher);
  useEffect(() => {
    start.current = openLauncher;
  });
  const columns = useMemo(
    () =>
      imageColumns({
        t,
        onStart: (image) => start.current({ sessionType: 'interactive', environments: { version: imageId(image) } }),
        onRemove: setRemoving,
      }),
    [t],
  );
  const page = data && pageOf(data, state);
  const last = Math.max(1, Math.ceil((page?.total ?? 0) / state.size));
  const current = Math.min(state.page, last);
  const rows = data && pageOf(data, { ...state, page: current }).rows;

  /** What is shown, on all pages (UX-02). */
  const exportAll = () => {
    const { rows: fitting } = pageOf(data ?? [], { ...state, page: 1, size: Number.MAX_SAFE_INTEGER });
    // The mark tells spreadsheets that the text is UTF-8.
    saveText(`\ufeff${csvText(imageTable(t, fitting))}`, 'my-environments.csv', 'text/csv');
  };

  const forget = async (image: CustomizedImage) => {
    const { tagLeft } = await remove.mutateAsync(image.id);
    const name = nameOf(image);
    if (tagLeft) {
      notify({ kind: 'info', title: t('myEnvironments.removed', { name }), description: `${t('myEnvironments.tagLeft')} ${words(tagLeft).summary}` });
    } else {
      toast.success(t('myEnvironments.removed', { name }));
    }
  };

  return (
    <div className={styles.page}>
      <PageHeader title={t('myEnvironments.title')} description={t('myEnvironments.description')} />
      <StaleNote error={data === undefined ? null : error} updatedAt={dataUpdatedAt} onRetry={() => void refetch()} />
      {data === undefined && error ? (
        <ErrorPanel error={error} title={t('myEnvironments.failed')} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <DataTable
          id="my-environments"
          label={t('myEnvironments.table')}
          columns={columns}
          rows={rows}
          rowKey={(image) => image.id}
          order={state.order}
          onOrder={(order) => setState({ order, page: 1 })}
          empty={<Empty searched={state.search !== ''} onClear={() => setState({ search: '', page: 1 })} />}
          toolbar={
            <Input
              allowClear
              prefix={<SearchOutlined aria-hidden />}
              className={styles.search}
              value={state.search}
              onChange={(event) => setState({ search: event.target.value, page: 1 }, { replace: true })}
              placeholder={t('myEnvironments.search')}
              aria-label={t('myEnvironments.search')}
            />
          }
          tools={
            <>
              {data && limit.data != null && (
                <span className={styles.count}>{t('myEnvironments.count', { current: data.length, limit: limit.data })}</span>
              )}
              <Button
                type="text"
                icon={<DownloadOutlined aria-hidden />}
                aria-label={t('myEnvironments.export')}
                title={t('myEnvironments.export')}
                disabled={!data || data.length === 0}
                onClick={exportAll}
              />
              <RefreshButton label={t('myEnvironments.refresh')} busy={isFetching} onClick={() => void refetch()} />
            </>
          }
          pager={{
            page: current,
            pageSize: state.size,
            total: page?.total,
            pageSizes,
            onChange: (next, size) => setState({ page: next, size: size as (typeof pageSizes)[number] }),
          }}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        title={t('myEnvironments.remove.title')}
        confirmLabel={t('myEnvironments.remove.confirm')}
        danger
        onConfirm={() => (removing ? forget(removing) : undefined)}
        onClose={() => setRemoving(null)}
      >
        {removing && (
          <>
            <p className={styles.line}>{t('myEnvironments.remove.text', { name: nameOf(removing) })}</p>
            <code className={styles.reference}>{fullName(removing)}</code>
          </>
        )}
      </ConfirmDialog>
    </div>
  );
}

/** UX-04 */
function Empty({ searched, onClear }: { searched: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  if (searched) {
    return <EmptyState title={t('myEnvironments.empty.searched')} action={<Button onClick={onClear}>{t('myEnvironments.empty.clear')}</Button>} />;
  }
  return (
    <EmptyState
      title={t('myEnvironments.empty.title')}
      description={t('myEnvironments.empty.hint')}
      action={<Link to={paths.sessions()}>{t('myEnvironments.empty.toSessions')}</Link>}
    />
  );
}
