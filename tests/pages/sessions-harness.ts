import { screen, waitFor, within } from '@testing-library/react';
import type { Cluster } from '../../mocks/cluster/api';
import type { Session } from '../../mocks/cluster/types';
// Pages and their later parts arrive by `import()`; read beforehand, they are there when the address asks for them.
import '../../src/app/signed-in';
import '../../src/pages/sessions/list-page';
import '../../src/parts/log-viewer-reader';

/** The row of exactly this session, however many names share its beginning. */
export async function rowOf(name: string): Promise<HTMLElement> {
  const table = await screen.findByRole('table', { name: 'Sessions' });
  const link = await within(table).findByRole('link', { name });
  const row = link.closest('tr');
  if (!row) throw new Error(`no row of ${name}`);
  return row;
}

export function queryRow(name: string): HTMLElement | null {
  return screen.queryByRole('link', { name })?.closest('tr') ?? null;
}

/** Names in the order of the table. */
export function names(): string[] {
  const table = screen.getByRole('table', { name: 'Sessions' });
  return within(table)
    .getAllByRole('rowheader')
    .map((header) => within(header).getByRole('link').textContent ?? '');
}

export function sessionNamed(cluster: Cluster, name: string): Session {
  const session = Object.values(cluster.state.sessions).find((one) => one.name === name);
  if (!session) throw new Error(`no session ${name}`);
  return session;
}

/** The dialog or panel with that title. By its words, not its name: under test all components make the same ids. */
export async function dialog(title: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = screen.getAllByRole('dialog').find((one) => within(one).queryAllByText(title).length > 0);
    if (!found) throw new Error(`no dialog ${title}`);
    return found;
  });
}

/** The definition beside a term of the detail panel. */
export function fact(panel: HTMLElement, term: string): HTMLElement {
  const found = within(panel)
    .getAllByRole('term')
    .find((one) => one.textContent === term);
  const definition = found?.nextElementSibling;
  if (!(definition instanceof HTMLElement)) throw new Error(`no fact ${term}`);
  return definition;
}
