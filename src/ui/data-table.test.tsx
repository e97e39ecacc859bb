import { act, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderKit } from '../../tests/helpers/render-kit';
import { DataTable } from './data-table';
import type { DataColumn, DataTableProps } from './data-table';

interface Row {
  id: string;
  name: string;
  size: number;
}

const rows: Row[] = [
  { id: '1', name: 'a', size: 3 },
  { id: '2', name: 'a-1', size: 1 },
  { id: '3', name: 'a-10', size: 2 },
];
const columns: DataColumn<Row>[] = [
  { key: 'name', title: 'Name', heading: true, always: true, orderKey: 'name', render: (row) => row.name },
  { key: 'size', title: 'Size', align: 'end', render: (row) => row.size },
  { key: 'id', title: 'ID', optional: true, render: (row) => row.id },
];

const table = (props: Partial<DataTableProps<Row>> = {}) => (
  <DataTable id="kit" label="Things" columns={columns} rows={rows} rowKey={(row) => row.id} empty={<p>Nothing here</p>} {...props} />
);

describe('the table', () => {
  beforeEach(() => window.localStorage.clear());

  it('sorts by the server: first up, then down, and tells the reader (SES-009)', async () => {
    const onOrder = vi.fn();
    const { user } = await renderKit(table({ order: 'name', onOrder }));
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(onOrder).toHaveBeenCalledWith('-name');
    expect(screen.queryByRole('button', { name: 'Size' })).toBeNull();
  });

  it('lets columns and density be chosen, keeps them, and sets them back (UX-02)', async () => {
    const first = await renderKit(table());
    await first.user.click(screen.getByRole('button', { name: 'Table settings' }));
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Name' }).disabled).toBe(true);
    await first.user.click(screen.getByRole('checkbox', { name: 'ID' }));
    await first.user.click(screen.getByRole('checkbox', { name: 'Size' }));
    await first.user.click(screen.getByRole('radio', { name: 'Compact' }));
    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Name', 'ID']);
    first.unmount();
    const second = await renderKit(table());
    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Name', 'ID']);
    await second.user.click(screen.getByRole('button', { name: 'Table settings' }));
    await second.user.click(screen.getByRole('button', { name: 'Reset to default' }));
    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Name', 'Size']);
  });

  it('leads the keyboard into its settings and back (A11-02)', async () => {
    const { user } = await renderKit(table());
    const settings = screen.getByRole('button', { name: 'Table settings' });
    settings.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Size' })));
    await user.keyboard(' {Escape}');
    expect(document.activeElement).toBe(settings);
    expect(settings.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('columnheader', { name: 'Size' })).toBeNull();
  });

  it('keeps the keyboard at the table when the row that has the focus goes (A11-02)', async () => {
    const withButtons = columns.map((column) => (column.key === 'size' ? { ...column, render: (row: Row) => <button type="button">{`End ${row.name}`}</button> } : column));
    function Ending() {
      const [left, setLeft] = useState(rows);
      return (
        <>
          <button type="button" onMouseEnter={() => setLeft(left.slice(1))}>
            Time goes on
          </button>
          {table({ columns: withButtons, rows: left })}
        </>
      );
    }
    const { user } = await renderKit(<Ending />);
    const hover = () => user.hover(screen.getByRole('button', { name: 'Time goes on' }));
    act(() => screen.getByRole('button', { name: 'End a-1' }).focus());
    await hover();
    expect(document.activeElement?.textContent).toBe('End a-1');
    await user.unhover(screen.getByRole('button', { name: 'Time goes on' }));
    await hover();
    expect(screen.queryByRole('button', { name: 'End a-1' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Things' }));
  });

  it('selects rows by their id, all of the page at once, and tells why one can’t be (SES-012, REL-12)', async () => {
    function Selecting() {
      const [keys, setKeys] = useState<string[]>([]);
      return (
        <>
          {table({ selection: { keys, onChange: setKeys, nameOf: (row) => row.name, reasonFor: (row) => (row.id === '3' ? 'It has ended.' : null) } })}
          <output>{keys.join(',')}</output>
        </>
      );
    }
    const { user } = await renderKit(<Selecting />);
    const chosen = () => screen.getAllByRole('status').map((item) => item.textContent).find((text) => text?.match(/^[\d,]*$/)) ?? '';
    await user.click(screen.getByRole('checkbox', { name: 'Select a-1' }));
    expect(chosen()).toBe('2');
    await user.click(screen.getByRole('checkbox', { name: 'Select a-10' }));
    expect(chosen()).toBe('2');
    expect(screen.getByText('It has ended.')).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'Select all on this page' }));
    expect(chosen()).toBe('2,1');
    await user.click(screen.getByRole('checkbox', { name: 'Select all on this page' }));
    expect(chosen()).toBe('');
  });

  it('says what would be here when it is empty, and that it is loading at first (SES-014, UX-04)', async () => {
    const { rerender } = await renderKit(table({ rows: [] }));
    expect(screen.getByText('Nothing here')).toBeDefined();
    rerender(table({ rows: undefined }));
  });

  it('shows hostile names as text (SEC-01)', async () => {
    const name = '"><img src=x onerror=alert(1)>{{7*7}}';
    const { container } = await renderKit(table({ rows: [{ id: '9', name, size: 0 }] }));
    expect(within(container).getByText(name)).toBeDefined();
    expect(container.querySelector('img')).toBeNull();
  });

  it('turns pages and changes their size (SES-010)', async () => {
    const onChange = vi.fn();
    const { user } = await renderKit(table({ pager: { page: 2, pageSize: 20, total: 1001, onChange } }));
    expect(screen.getByText('21–40 of 1,001 items')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    await user.click(screen.getByRole('button', { name: 'Page 51' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rows per page' }), '100');
    expect(onChange.mock.calls).toEqual([
      [3, 20],
      [51, 20],
      [1, 100],
    ]);
  });
});
