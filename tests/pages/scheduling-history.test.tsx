import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/parts/scheduling-history';
import { renderConsole } from '../helpers/render-console';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

const lines = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .filter((row) => within(row).queryByRole('rowheader'))
    .map((row) => [within(row).getByRole('rowheader').textContent, ...within(row).getAllByRole('cell').slice(0, 3).map((cell) => cell.textContent)]);

describe('the scheduling history', () => {
  it('SES-204 a session that waits: its attempts, with the checks unfolded', async () => {
    const { user } = await renderConsole({ path: '/session', version: '26.8' });
    await rowOf('evaluate');
    await user.click(screen.getByRole('button', { name: 'Why evaluate has this status' }));
    const box = await dialog('Status of evaluate');
    const table = await within(box).findByRole('table');
    expect(lines(table)).toEqual([['schedule-sessions', 'PENDING', 'NEED_RETRY', '288']]);
    const fold = within(table).getByRole('button', { name: '3 steps of schedule-sessions' });
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    const steps = within(table).getAllByRole('listitem');
    expect(steps).toHaveLength(3);
    expect(steps[2]?.textContent).toMatch(/^FAILURESessionDependenciesValidatorIt waits for the sessions that it depends on to succeed\.Waiting dependency sessions/);
    fold.focus();
    await user.keyboard('{Enter}');
    expect(within(table).queryAllByRole('listitem')).toEqual([]);
  });

  it('SES-204 one that ran: from status to status, newest first', async () => {
    const { user } = await renderConsole({ path: '/session?status=finished', version: '26.3' });
    await rowOf('yesterday');
    await user.click(screen.getByRole('button', { name: 'Why yesterday has this status' }));
    const table = await within(await dialog('Status of yesterday')).findByRole('table');
    expect(lines(table).map(([, change]) => change)).toEqual([
      'TERMINATING → TERMINATED', 'RUNNING → TERMINATING', 'CREATING → RUNNING', 'PREPARED → CREATING', 'PREPARING → PREPARED', 'SCHEDULED → PREPARING', 'PENDING → SCHEDULED',
    ]);
  });

  it('SES-204 a failed start says with what; SES-202 beside the error itself', async () => {
    const { user } = await renderConsole({ path: '/session?status=finished', version: '26.8' });
    await rowOf('broken-start');
    await user.click(screen.getByRole('button', { name: 'Why broken-start has this status' }));
    const box = await dialog('Status of broken-start');
    const table = await within(box).findByRole('table');
    expect(lines(table)[0]?.[2]).toBe('FAILURE');
    expect(within(box).getByText('It failed to start.')).toBeTruthy();
  });

  it('SES-204 REL-02 a history that can not be loaded says so and offers another try; the explanation stays', async () => {
    const { user, faults } = await renderConsole({ path: '/session', version: '26.8' });
    await rowOf('three-gpus');
    faults.add({ match: 'SchedulingHistory', kind: 'status', status: 403, body: { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden.' }, times: 1 });
    await user.click(screen.getByRole('button', { name: 'Why three-gpus has this status' }));
    const box = await dialog('Status of three-gpus');
    expect(await within(box).findByText('The scheduling history could not be loaded.')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(within(box).getByText('AgentSelector')).toBeTruthy());
  });

  it('SES-204 SES-205 the panel of a running session shows it when it is asked for', async () => {
    const { user, cluster, reload, sim } = await renderConsole({ path: '/unauthorized', version: '26.8' });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'notebook').id}`);
    const panel = await dialog('Session details');
    const show = await within(panel).findByRole('button', { name: 'Show the scheduling history' });
    expect(sim.requests.some(({ operation }) => operation === 'SchedulingHistory')).toBe(false);
    await user.click(show);
    const region = await within(panel).findByRole('region', { name: 'Scheduling history' });
    expect(lines(within(region).getByRole('table'))[0]?.slice(0, 3)).toEqual(['promote-to-running', 'CREATING → RUNNING', 'SUCCESS']);
    await user.click(within(panel).getByRole('button', { name: 'Hide the scheduling history' }));
    expect(within(panel).queryByRole('region', { name: 'Scheduling history' })).toBeNull();
  });

  it('SES-204 UX-10 a step that comes on top leaves the others folded as they are', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/unauthorized', version: '26.8' });
    const { id, accessKey } = sessionNamed(cluster, 'three-gpus');
    await reload(`/session?sessionDetail=${id}`);
    const panel = await dialog('Session details');
    await user.click(await within(panel).findByRole('button', { name: 'Show the scheduling history' }));
    const region = await within(panel).findByRole('region', { name: 'Scheduling history' });
    const fold = await within(region).findByRole('button', { name: /steps of schedule-sessions$/ });
    await user.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    cluster.sessions.terminate(cluster.accounts.requester(accessKey), id, {});
    await waitFor(() => expect(lines(within(region).getByRole('table')).map(([, change]) => change)).toEqual(['PENDING → CANCELLED', 'PENDING']));
    expect(within(region).getByRole('button', { name: /steps of schedule-sessions$/ }).getAttribute('aria-expanded')).toBe('false');
  });

  it('SES-204 older managers have none, and are not asked', async () => {
    const { user, sim, cluster } = await renderConsole({ path: '/session', version: '25.13' });
    await rowOf('evaluate');
    await user.click(screen.getByRole('button', { name: 'Why evaluate has this status' }));
    expect(within(await dialog('Status of evaluate')).queryByText('Scheduling history')).toBeNull();
    expect(sim.requests.some(({ path }) => path.includes('strawberry'))).toBe(false);
    expect(sessionNamed(cluster, 'evaluate').status).toBe('PENDING');
  });
});
