import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Simulation } from '../../mocks/node';
import { renderConsole } from '../helpers/render-console';
import { dialog, queryRow, rowOf, sessionNamed } from './sessions-harness';

const deletes = (sim: Simulation) => sim.requests.filter(({ method }) => method === 'DELETE');
const refused = (msg: string) => ({ type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden.', msg });

describe('terminating sessions', () => {
  it('SES-301 REL-12 names the session, warns, and ends exactly that one', async () => {
    const { user, sim } = await renderConsole({
      path: '/session',
      prepare: ({ cluster }) => {
        sessionNamed(cluster, 'notebook').name = 'work';
        sessionNamed(cluster, 'cluster-run').name = 'work-1';
      },
    });
    await user.click(within(await rowOf('work')).getByRole('button', { name: 'Terminate work' }));
    const box = await dialog('Terminate session');
    expect(within(box).getAllByRole('listitem')).toHaveLength(1);
    expect(within(box).getByText('work')).toBeTruthy();
    expect(within(box).getByText(/not saved in a mounted folder is lost/)).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await within(await rowOf('work')).findByText('TERMINATING')).toBeTruthy();
    expect(within(await rowOf('work-1')).getByText('RUNNING')).toBeTruthy();
    expect(deletes(sim).map(({ path }) => path)).toEqual([`/func/session/${sessionNamed(sim.cluster, 'work').id}`]);
  });

  it('REL-07 a double click makes one call', async () => {
    const { user, sim } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('notebook')).getByRole('button', { name: 'Terminate notebook' }));
    const box = await dialog('Terminate session');
    await user.dblClick(within(box).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(deletes(sim)).toHaveLength(1);
  });

  it('SES-301 a session in the queue is cancelled and leaves the list', async () => {
    const { user, cluster } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('three-gpus')).getByRole('button', { name: 'Terminate three-gpus' }));
    await user.click(within(await dialog('Terminate session')).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(queryRow('three-gpus')).toBeNull());
    expect(sessionNamed(cluster, 'three-gpus').status).toBe('CANCELLED');
  });

  it('SES-303 a refusal is shown as it is, inside the dialog; SES-302 force then gets through', async () => {
    const { user, faults, sim } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('notebook')).getByRole('button', { name: 'Terminate notebook' }));
    const box = await dialog('Terminate session');
    faults.add({ match: '/func/session/*', method: 'DELETE', kind: 'status', status: 403, body: refused('Cannot destroy sessions in PREPARING status'), times: 1 });
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    expect(await within(box).findByText(/Cannot destroy sessions in PREPARING status/)).toBeTruthy();
    expect(within(box).getByRole('alert').textContent).toBe('1 session was not terminated.');
    await user.click(within(box).getByRole('checkbox', { name: 'Force termination' }));
    expect(within(box).getByText(/some may stay on their agents/)).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Force terminate' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(deletes(sim).map(({ query }) => query.get('forced'))).toEqual([null, 'true']);
  });

  it('SES-302 a session that hangs in TERMINATING offers force only; a superadmin sees the containers by agent', async () => {
    const { user, sim } = await renderConsole({ path: '/session?size=50', as: 'admin' });
    await user.click(within(await rowOf('stuck-ending')).getByRole('button', { name: 'Terminate stuck-ending' }));
    const box = await dialog('Terminate session');
    const force = within(box).getByRole('checkbox', { name: 'Force termination' });
    expect(force).toHaveProperty('checked', true);
    expect(force).toHaveProperty('disabled', true);
    expect(within(box).getByText('i-cpu01')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Force terminate' }));
    await waitFor(() => expect(queryRow('stuck-ending')).toBeNull());
    const [call] = deletes(sim);
    expect(call?.query.get('forced')).toBe('true');
    expect(call?.query.get('owner_access_key')).toBe(sessionNamed(sim.cluster, 'stuck-ending').accessKey);
  });

  it('SES-012 several at once: one dialog, one call each; what fails stays selected with its reason', async () => {
    const { user, faults, sim } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    for (const name of ['notebook', 'cluster-run', 'evaluate']) await user.click(screen.getByRole('checkbox', { name: new RegExp(`\\b${name}$`) }));
    const bulk = screen.getByRole('group', { name: 'Selected sessions' });
    expect(within(bulk).getByText('3 selected')).toBeTruthy();
    await user.click(within(bulk).getByRole('button', { name: 'Terminate' }));
    const box = await dialog('Terminate 3 sessions');
    expect(within(box).getAllByRole('listitem')).toHaveLength(3);
    const { id } = sessionNamed(sim.cluster, 'cluster-run');
    faults.add({ match: `/func/session/${id}`, method: 'DELETE', kind: 'status', status: 403, body: refused('The session is being committed') });
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    expect(await within(box).findByText(/being committed/)).toBeTruthy();
    expect(within(box).getAllByRole('listitem')).toHaveLength(1);
    expect(deletes(sim)).toHaveLength(3);
    await user.click(within(box).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.getByText('1 selected')).toBeTruthy());
    expect(screen.getByRole('checkbox', { name: /\bcluster-run$/ })).toHaveProperty('checked', true);
  });

  it('SES-012 REL-12 what a filter hides is not acted on, what is ending can not be selected', async () => {
    const { user } = await renderConsole({
      path: '/session',
      prepare: ({ cluster }) => {
        const session = sessionNamed(cluster, 'evaluate');
        session.status = 'TERMINATING';
      },
    });
    await rowOf('notebook');
    const ending = screen.getByRole('checkbox', { name: /\bevaluate$/ });
    await user.click(ending);
    expect(ending).toHaveProperty('checked', false);
    await user.click(screen.getByRole('checkbox', { name: /\bnotebook$/ }));
    expect(screen.getByText('1 selected')).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: /^Batch/ }));
    await waitFor(() => expect(queryRow('notebook')).toBeNull());
    expect(screen.queryByText('1 selected')).toBeNull();
  });

  it('REL-01 no answer: the dialog stays and says what to do', async () => {
    const { user, faults, cluster } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('notebook')).getByRole('button', { name: 'Terminate notebook' }));
    const box = await dialog('Terminate session');
    faults.add({ match: '/func/session/*', method: 'DELETE', kind: 'network', times: 1 });
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    expect(await within(box).findByRole('alert')).toBeTruthy();
    expect(sessionNamed(cluster, 'notebook').status).toBe('RUNNING');
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
