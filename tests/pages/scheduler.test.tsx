import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/pages/sessions/scheduler-page';
import { renderConsole } from '../helpers/render-console';
import { dialog, sessionNamed } from './sessions-harness';

const queue = () => screen.findByRole('table', { name: /^Queue of/ });
const queued = async () => {
  const table = await queue();
  return within(table).getAllByRole('rowheader').map((cell) => within(cell).getByRole('link').textContent);
};

describe('the scheduler page', () => {
  it.each(['25.13', '26.8'])('SES-016 the queue of a resource group in its order, with places and requested amounts (%s)', async (version) => {
    const { user, cluster, sim } = await renderConsole({ path: '/session', as: 'admin', version });
    await user.click(await screen.findByRole('link', { name: 'Scheduler' }));
    await waitFor(async () => expect(await queued()).toEqual(['nightly-report', 'evaluate', 'three-gpus', 'lecture-3']));
    const rows = within(await queue()).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell')[0]?.textContent)).toEqual(['1', '2', '3', '4']);
    expect(rows.map((row) => within(row).getAllByRole('cell')[1]?.textContent)).toEqual(['PENDING', 'PENDING', 'PENDING', 'PENDING']);
    expect(within(rows[2] as HTMLElement).getByText('CPU 8 Core · RAM 32 GiB · 3 GPU')).toBeTruthy();
    expect(within(rows[0] as HTMLElement).getByText('user@example.com')).toBeTruthy();
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
      'Session Name', 'Position', 'Status', 'Requested Resources', 'Priority', 'Elapsed Time', 'Owner E-mail', 'Project',
    ]);
    // The order is the scheduler's: a higher priority comes first.
    cluster.sessions.modify(cluster.accounts.requester('AKIAADMINEXAMPLE2345'), sessionNamed(cluster, 'lecture-3').id, { priority: 90 });
    await user.click(screen.getByRole('button', { name: 'Refresh the queue' }));
    await waitFor(async () => expect((await queued())[0]).toBe('lecture-3'));
    expect(sim.requests.find(({ operation }) => operation === 'PendingQueue')?.body).toMatchObject({ variables: { group: 'default', offset: 0, first: 20 } });
  });

  it('SES-016 the group stands in the address, why a session waits opens from its row, and an empty queue says so', async () => {
    const { user, reload } = await renderConsole({ path: '/scheduler?group=default', as: 'admin', version: '26.8' });
    await queued();
    await user.click(screen.getByRole('button', { name: 'Why three-gpus has this status' }));
    const box = await dialog('Status of three-gpus');
    await user.click(within(box).getByRole('button', { name: 'Close' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Resource Group' }), 'nvidia-h100');
    expect(await screen.findByText('No session is waiting')).toBeTruthy();
    expect(window.location.search).toBe('?group=nvidia-h100');
    await reload();
    expect(await screen.findByText('No session is waiting')).toBeTruthy();
    expect(screen.getByRole('combobox', { name: 'Resource Group' })).toHaveProperty('value', 'nvidia-h100');
  });

  it('SES-016 on a manager before 25.13 it is not in the menu, and its address says why', async () => {
    const { sim } = await renderConsole({ path: '/scheduler', as: 'admin', version: '25.5' });
    expect(await screen.findByRole('heading', { name: 'Not on this cluster' })).toBeTruthy();
    expect(screen.getByText(/needs the manager 25\.13 or newer\. This cluster runs 25\.5/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Scheduler' })).toBeNull();
    expect(sim.requests.some(({ operation }) => operation === 'PendingQueue')).toBe(false);
  });

  it.each(['user', 'domainAdmin'] as const)('SES-016 SEC-17 it is the superadmin\'s: a %s is told so, and nothing is asked', async (as) => {
    const { sim } = await renderConsole({ path: '/scheduler', as, version: '26.8' });
    expect(await screen.findByRole('heading', { name: 'No access to this page' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Scheduler' })).toBeNull();
    expect(sim.requests.some(({ operation }) => operation === 'PendingQueue' || operation === 'AllResourceGroups')).toBe(false);
  });

  it('SES-016 REL-02 a queue that can not be loaded offers another try', async () => {
    const { user } = await renderConsole({
      path: '/scheduler?group=default',
      as: 'admin',
      version: '26.8',
      prepare: ({ faults }) => void faults.add({ match: 'PendingQueue', kind: 'status', status: 403, body: { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden.' }, times: 1 }),
    });
    expect(await screen.findByText('The queue could not be loaded.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await queued()).toHaveLength(4);
  });
});
