import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { renderKit } from '../../tests/helpers/render-kit';
import { FilterBox } from './filter-box';
import type { FilterProperty } from './filter-box';

const properties: FilterProperty[] = [
  { key: 'name', label: 'Name', kind: 'text' },
  { key: 'status', label: 'Status', kind: 'options', options: [{ value: 'RUNNING', label: 'Running' }, { value: 'ERROR', label: 'Error' }] },
  { key: 'created_at', label: 'Created', kind: 'date' },
];

function Box() {
  const [value, setValue] = useState<string[]>([]);
  return (
    <>
      <FilterBox label="Filter things" properties={properties} value={value} onChange={setValue} />
      <output aria-label="Asked">{JSON.stringify(value)}</output>
    </>
  );
}

describe('the filter box (SES-008)', () => {
  const asked = () => JSON.parse(screen.getByRole('status', { name: 'Asked' }).textContent ?? '[]') as string[];

  it('stacks conditions, drops doubles and blanks, and takes them away again', async () => {
    const { user } = await renderKit(<Box />);
    const field = screen.getByRole('textbox', { name: 'Name to filter by' });
    await user.type(field, '  py"t%h_on 한글 {Enter}');
    await user.type(field, 'py"t%h_on 한글{Enter}');
    await user.type(field, '   {Enter}');
    expect(asked()).toEqual(['name~py"t%h_on 한글']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Filter by' }), 'Status');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Comparison' }), 'is not');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Status to filter by' }), 'Running');
    expect(asked()).toEqual(['name~py"t%h_on 한글', 'status!=RUNNING']);
    await user.click(screen.getByRole('button', { name: 'Remove filter: Name contains py"t%h_on 한글' }));
    expect(asked()).toEqual(['status!=RUNNING']);
    await user.click(screen.getByRole('button', { name: 'Clear all' }));
    expect(asked()).toEqual([]);
  });

  it('options that the arrow keys pass by are not taken; Enter or the button takes the one that is meant', async () => {
    const { user } = await renderKit(<Box />);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Filter by' }), 'Status');
    const select = screen.getByRole('combobox', { name: 'Status to filter by' });
    // A closed select tells of every option on the way.
    const down = (value: string) => {
      fireEvent.keyDown(select, { key: 'ArrowDown' });
      fireEvent.change(select, { target: { value } });
    };
    down('RUNNING');
    down('ERROR');
    expect(asked()).toEqual([]);
    fireEvent.keyDown(select, { key: 'Enter' });
    expect(asked()).toEqual(['status=ERROR']);
    down('RUNNING');
    await user.click(screen.getByRole('button', { name: 'Apply filter' }));
    expect(asked()).toEqual(['status=ERROR', 'status=RUNNING']);
  });

  it('compares days from and until', async () => {
    const { user } = await renderKit(<Box />);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Filter by' }), 'Created');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Comparison' }), 'until');
    await user.type(screen.getByLabelText('Created to filter by'), '2026-03-01');
    await user.click(screen.getByRole('button', { name: 'Apply filter' }));
    expect(asked()).toEqual(['created_at<=2026-03-01']);
  });
});
