import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { memo, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './data-table.module.css';
import { useSlots } from './data-table-slots';
import { Pager } from './pager';
import type { PagerProps } from './pager';
import { TableSettings, useTableSettings } from './table-settings';
import { VisuallyHidden } from './visually-hidden';

export interface DataColumn<Row> {
  key: string;
  title: string;
  /** A constant function where it can be: rows are drawn anew only when they or the columns change. */
  render: (row: Row) => ReactNode;
  /** The field of the manager's order language; without it the column can't be sorted. */
  orderKey?: string;
  /** Hidden unless the user chose it. */
  optional?: boolean;
  /** Can't be hidden. */
  always?: boolean;
  /** Least width in pixels. */
  width?: number;
  align?: 'end';
  /** The row's name: read as the row's heading, and stays in sight when the table is scrolled sideways. */
  heading?: boolean;
}

export interface TableSelection<Row> {
  keys: readonly string[];
  onChange: (keys: string[]) => void;
  /** Name of the row for its check box. */
  nameOf: (row: Row) => string;
  /** Why a row can't be chosen, or null. */
  reasonFor?: (row: Row) => string | null;
}

export interface DataTableProps<Row> {
  /** Columns and density are kept under this name. */
  id: string;
  /** What the table lists. */
  label: string;
  columns: readonly DataColumn<Row>[];
  /** `undefined` while the first answer is on its way. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** What is shown where there are no rows (UX-04). */
  empty: ReactNode;
  /** The rows are those of an older question while the new answer is on its way. */
  busy?: boolean;
  /** `name` or `-created_at`, as the manager's order language writes it. */
  order?: string;
  onOrder?: (order: string) => void;
  pager?: PagerProps;
  selection?: TableSelection<Row>;
  /** The row whose panel is open. */
  activeKey?: string;
  /** Left of the table's settings, e.g. the filter box. */
  toolbar?: ReactNode;
  /** Right, before the table's settings, e.g. a refresh button. */
  tools?: ReactNode;
}

const PLACEHOLDERS = [0, 1, 2, 3, 4];

/**
 * A list of the manager's: sorted and paged by the server, columns and density by the user. It is a plain table:
 * a hundred rows are drawn in a few milliseconds, and readers and keyboards know it.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, columns, rows, rowKey, empty, busy = false, order, onOrder, pager, selection, activeKey, toolbar, tools } = props;
  const settings = useTableSettings(id, columns);
  const shown = settings.shown;
  const width = shown.length + (selection ? 1 : 0);
  const slots = useSlots(rows?.map(rowKey) ?? []);
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  // A row that goes takes the focus with it, without a word: the keyboard stays at the table then (A11-02).
  const inRows = body.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (inRows && document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
  });
  return (
    <section className={styles.root} aria-label={label} data-density={settings.density}>
      <div className={styles.toolbar}>
        <div className={styles.filters}>{toolbar}</div>
        <div className={styles.tools}>
          {tools}
          <TableSettings settings={settings} columns={columns} />
        </div>
      </div>
      {/* Scrolls sideways on narrow screens, so the keyboard must be able to get into it. */}
      <div ref={frame} className={styles.scroll} data-busy={busy || undefined} role="group" aria-label={label} tabIndex={0}>
        <table className={styles.table} aria-label={label} aria-busy={busy || rows === undefined}>
          <thead>
            <tr>
              {selection && <SelectAll selection={selection} rows={rows ?? []} rowKey={rowKey} />}
              {shown.map((column) => (
                <HeadCell key={column.key} column={column} order={order} onOrder={onOrder} />
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows === undefined &&
              PLACEHOLDERS.map((index) => (
                <tr key={index} aria-hidden>
                  <td colSpan={width}>
                    <span className={styles.placeholder} />
                  </td>
                </tr>
              ))}
            {rows?.map((row, index) => {
              const key = rowKey(row);
              return (
                <Line
                  key={slots[index] ?? key}
                  row={row}
                  columns={shown as readonly DataColumn<unknown>[]}
                  active={key === activeKey}
                  selection={selection as TableSelection<unknown> | undefined}
                  rowKey={key}
                  checked={selection?.keys.includes(key) ?? false}
                />
              );
            })}
          </tbody>
        </table>
        {rows?.length === 0 && empty}
      </div>
      {pager && <Pager {...pager} />}
    </section>
  );
}

function HeadCell<Row>({ column, order, onOrder }: { column: DataColumn<Row>; order?: string; onOrder?: (order: string) => void }) {
  const { orderKey, title, align, heading } = column;
  const direction = orderKey === undefined ? null : order === orderKey ? 'ascending' : order === `-${orderKey}` ? 'descending' : null;
  const Caret = direction === 'ascending' ? CaretUpFilled : CaretDownFilled;
  return (
    <th scope="col" aria-sort={direction ?? undefined} data-align={align} data-heading={heading || undefined}>
      {orderKey && onOrder ? (
        <button type="button" className={styles.sort} onClick={() => onOrder(direction === 'ascending' ? `-${orderKey}` : orderKey)}>
          {title}
          <Caret aria-hidden className={styles.caret} data-on={direction !== null || undefined} />
        </button>
      ) : (
        title
      )}
    </th>
  );
}

interface LineProps {
  row: unknown;
  columns: readonly DataColumn<unknown>[];
  active: boolean;
  selection?: TableSelection<unknown>;
  rowKey: string;
  checked: boolean;
}

const Line = memo(
  function Line({ row, columns, active, selection, rowKey, checked }: LineProps) {
    return (
      <tr data-active={active || undefined} data-checked={checked || undefined}>
        {selection && <SelectCell selection={selection} row={row} rowKey={rowKey} checked={checked} />}
        {columns.map((column) =>
          column.heading ? (
            <th key={column.key} scope="row" data-heading>
              {column.render(row)}
            </th>
          ) : (
            <td key={column.key} data-align={column.align}>
              {column.render(row)}
            </td>
          ),
        )}
      </tr>
    );
  },
  // Handlers of the selection read the latest keys when they run, so they may be old here.
  (before, after) =>
    before.row === after.row &&
    before.columns === after.columns &&
    before.active === after.active &&
    before.checked === after.checked &&
    (before.selection === undefined) === (after.selection === undefined) &&
    before.selection?.keys === after.selection?.keys,
);

function SelectCell({ selection, row, rowKey, checked }: { selection: TableSelection<unknown>; row: unknown; rowKey: string; checked: boolean }) {
  const { t } = useTranslation();
  const reason = selection.reasonFor?.(row) ?? null;
  const name = selection.nameOf(row);
  return (
    <td className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        aria-label={t('ui.table.selectRow', { name })}
        aria-disabled={reason ? true : undefined}
        data-hint={reason ?? undefined}
        onChange={() => {
          if (reason && !checked) return;
          selection.onChange(checked ? selection.keys.filter((key) => key !== rowKey) : [...selection.keys, rowKey]);
        }}
      />
      {reason && <VisuallyHidden>{reason}</VisuallyHidden>}
    </td>
  );
}

function SelectAll<Row>({ selection, rows, rowKey }: { selection: TableSelection<Row>; rows: readonly Row[]; rowKey: (row: Row) => string }) {
  const { t } = useTranslation();
  const possible = rows.filter((row) => !selection.reasonFor?.(row)).map(rowKey);
  const all = possible.length > 0 && possible.every((key) => selection.keys.includes(key));
  const some = selection.keys.length > 0 && !all;
  return (
    <th scope="col" className={styles.check}>
      <input
        type="checkbox"
        aria-label={t('ui.table.selectAll')}
        checked={all}
        disabled={possible.length === 0}
        ref={(box) => {
          if (box) box.indeterminate = some;
        }}
        onChange={() => selection.onChange(all ? selection.keys.filter((key) => !possible.includes(key)) : [...new Set([...selection.keys, ...possible])])}
      />
    </th>
  );
}
