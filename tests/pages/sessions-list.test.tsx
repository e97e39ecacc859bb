import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import { names, queryRow, rowOf, sessionNamed } from './sessions-harness';

describe('the list of sessions', () => {
  it('SES-001 SES-002 SES-004 SES-005 lists my running sessions of the project, with the running counts on the tabs', async () => {
    await renderConsole({ path: '/session' });
    await rowOf('notebook');
    expect(names().toSorted()).toEqual(['cluster-run', 'evaluate', 'nightly-report', 'notebook', 'three-gpus', 'train-resnet']);
    expect(screen.getByRole('tab', { name: 'All 6' })).toHaveProperty('ariaSelected', 'true');
    expect(screen.getByRole('tab', { name: 'Interactive 3' })).toBeTruthy();
    expect(screen.getByRole('tab', { name: 'Batch 3' })).toBeTruthy();
    expect(screen.getByRole('tab', { name: 'Upload Sessions 0' })).toBeTruthy();
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent);
    expect(heads.slice(1)).toEqual(['Session Name', 'Status', 'Utilization', 'AI Accelerator', 'CPU', 'Memory (GiB)', 'Elapsed Time', 'Priority']);
    expect(screen.getByRole('link', { name: /Start Interactive Session/ }).getAttribute('href')).toBe('/session/start?type=interactive');
    expect(screen.getByRole('link', { name: /Start Batch Session/ }).getAttribute('href')).toBe('/session/start?type=batch');
  });

  it('SES-007 a waiting session shows what it asked for, a running one what it has and uses', async () => {
    await renderConsole({ path: '/session' });
    const waiting = await rowOf('three-gpus');
    expect(within(waiting).getByText('3 GPU')).toBeTruthy();
    expect(within(waiting).getByText('32')).toBeTruthy();
    const running = await rowOf('notebook');
    expect(within(running).getByText('4')).toBeTruthy();
    const bars = within(running).getAllByRole('listitem').map((item) => item.textContent ?? '');
    expect(bars[0]).toMatch(/^CPU\d+%$/);
    expect(bars[1]).toMatch(/^Mem\d+%$/);
  });

  it('SES-002 SES-010 tab, phase and page stand in the address and survive a reload', async () => {
    const { user, reload } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    await user.click(screen.getByRole('tab', { name: /^Batch/ }));
    await user.click(screen.getByRole('radio', { name: 'Finished' }));
    await rowOf('sweep-lr-3');
    expect(names()).toEqual(['prepare-data', 'sweep-lr-3', 'too-long']);
    expect(window.location.search).toBe('?type=batch&status=finished');
    await reload();
    await rowOf('sweep-lr-3');
    expect(screen.getByRole('tab', { name: /^Batch/ })).toHaveProperty('ariaSelected', 'true');
    expect(screen.getByRole('radio', { name: 'Finished' })).toHaveProperty('checked', true);
  });

  it('SES-010 a page that is not there leads to the last one, odd values in the address to the defaults', async () => {
    await renderConsole({ path: '/session?page=99&size=7&order=drop+table&type=zebra' });
    await rowOf('notebook');
    await waitFor(() => expect(window.location.search).not.toContain('page'));
    expect(screen.getByRole('tab', { name: /^All/ })).toHaveProperty('ariaSelected', 'true');
  });

  it('SES-009 sorts at the server, newest first by default', async () => {
    const { user, sim } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    expect(names()[0]).toBe('three-gpus');
    await user.click(screen.getByRole('button', { name: 'Session Name' }));
    await waitFor(() => expect(names()).toEqual(['cluster-run', 'evaluate', 'nightly-report', 'notebook', 'three-gpus', 'train-resnet']));
    expect(window.location.search).toBe('?order=name');
    await user.click(screen.getByRole('button', { name: 'Session Name' }));
    await waitFor(() => expect(names()[0]).toBe('train-resnet'));
    const asked = sim.requests.filter(({ operation }) => operation === 'Sessions').map(({ body }) => (body as { variables: { order: string } }).variables.order);
    expect(asked).toEqual(['-created_at', 'name', '-name']);
  });

  it('SES-008 REL-12 conditions stack; names that share a beginning stay apart', async () => {
    const { user } = await renderConsole({
      path: '/session',
      prepare: ({ cluster }) => {
        sessionNamed(cluster, 'notebook').name = 'train';
        sessionNamed(cluster, 'cluster-run').name = 'train-1';
        sessionNamed(cluster, 'evaluate').name = 'train-10';
      },
    });
    await rowOf('train');
    await user.type(screen.getByRole('textbox', { name: /Session Name/ }), 'TRAIN-1{Enter}');
    await waitFor(() => expect(names().toSorted()).toEqual(['train-1', 'train-10']));
    expect(new URLSearchParams(window.location.search).getAll('filter')).toEqual(['name~TRAIN-1']);
    await user.click(screen.getByRole('tab', { name: /^Interactive/ }));
    await waitFor(() => expect(names()).toEqual(['train-1']));
  });

  it('SES-008 REL-11 quotes, wildcards and Hangul are asked as they stand, and a filter without hits says so', async () => {
    const { user, faults } = await renderConsole({ path: `/session?filter=${encodeURIComponent('name~50%_"\\한글|)')}` });
    expect(await screen.findByText('No session matches the filter')).toBeTruthy();
    expect(faults.list()).toEqual([]);
    expect(screen.queryByText('The sessions could not be loaded.')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    await rowOf('notebook');
    expect(window.location.search).toBe('');
  });

  it('SES-008 a condition that is not for me or makes no sense is told, not dropped in silence', async () => {
    await renderConsole({ path: '/session?filter=email~admin&filter=id%3D42&filter=name~note' });
    await rowOf('notebook');
    expect(names()).toEqual(['notebook']);
    expect(screen.getByText(/left out: email~admin, id=42/)).toBeTruthy();
  });

  it('SES-005 columns are chosen and kept; owners and agents are not offered to a user', async () => {
    const { user, reload } = await renderConsole({ path: '/session', config: { general: { hideAgents: true } } });
    await rowOf('notebook');
    await user.click(screen.getByRole('button', { name: 'Table settings' }));
    expect(screen.queryByRole('checkbox', { name: 'Access Key' })).toBeNull();
    expect(screen.queryByRole('checkbox', { name: 'Agent' })).toBeNull();
    expect(screen.getByRole('checkbox', { name: 'Session Name' })).toHaveProperty('disabled', true);
    await user.click(screen.getByRole('checkbox', { name: 'Environments' }));
    expect(within(await rowOf('train-resnet')).getByText(/PyTorch/)).toBeTruthy();
    await reload();
    expect(within(await rowOf('train-resnet')).getByText(/PyTorch/)).toBeTruthy();
  });

  it('SES-004 SES-005 a superadmin sees everyone of the project, with owners and agents', async () => {
    const { user } = await renderConsole({ path: '/session?size=50', as: 'admin' });
    await rowOf('lecture-1');
    expect(queryRow('notebook')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Table settings' }));
    for (const name of ['Access Key', 'Domain', 'Agent', 'Owner E-mail']) expect(screen.getByRole('checkbox', { name })).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: 'Agent' }));
    expect(within(await rowOf('notebook')).getByText('i-gpu01')).toBeTruthy();
  });

  it('SES-004 SES-304 a domain admin sees the domain and may end its sessions', async () => {
    const { cluster } = await renderConsole({ path: '/session?size=50&filter=name~l', as: 'domainAdmin' });
    const row = await rowOf('lecture-1');
    expect(sessionNamed(cluster, 'lecture-1').domain).toBe('default');
    expect(within(row).getByRole('button', { name: 'Terminate lecture-1' }).getAttribute('aria-disabled')).toBeNull();
  });

  it('SES-001 REL-06 changes on the cluster show by themselves', async () => {
    const { cluster } = await renderConsole({ path: '/session' });
    await rowOf('train-resnet');
    const session = sessionNamed(cluster, 'notebook');
    const owner = cluster.accounts.requester(session.accessKey);
    cluster.sessions.terminate(owner, session.id, {});
    cluster.advance('1s');
    expect(await within(await rowOf('notebook')).findByText('TERMINATING')).toBeTruthy();
    cluster.advance('30s');
    await waitFor(() => expect(queryRow('notebook')).toBeNull(), { timeout: 8000 });
    await waitFor(() => expect(screen.getByRole('tab', { name: 'All 5' })).toBeTruthy());
  });

  it('SES-014 UX-04 an empty list says how to start the first session', async () => {
    await renderConsole({ path: '/session', seed: 'empty' });
    expect(await screen.findByText('No sessions are running here')).toBeTruthy();
    expect(screen.getByText('No items')).toBeTruthy();
    const links = screen.getAllByRole('link', { name: /Start Interactive Session/ });
    expect(links.every((link) => link.getAttribute('href') === '/session/start?type=interactive')).toBe(true);
  });

  it('SES-014 REL-02 an error without data offers Retry; with data the last known rows stay, marked as old', async () => {
    const { user, faults } = await renderConsole({
      path: '/session',
      prepare: (sim) => sim.faults.add({ match: 'Sessions', kind: 'status', status: 400, body: { type: 'https://api.backend.ai/probs/generic-bad-request', title: 'Bad Request.', msg: 'no such thing' }, times: 1 }),
    });
    expect(await screen.findByText('The sessions could not be loaded.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await rowOf('notebook');
    faults.add({ match: 'Sessions', kind: 'status', status: 400, body: { type: 'x', title: 'Bad Request.' }, times: 1 });
    await user.click(screen.getByRole('button', { name: 'Refresh the list' }));
    expect(await screen.findByText(/It could not be refreshed/)).toBeTruthy();
    expect(queryRow('notebook')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/It could not be refreshed/)).toBeNull());
  });

  it('SES-014 a condition that the manager fails at can be taken away', async () => {
    const refusal = { type: 'https://api.backend.ai/probs/generic-bad-request', title: 'Bad Request.', msg: 'no such thing' };
    const { user, faults } = await renderConsole({
      path: '/session?filter=name~odd',
      prepare: (sim) => sim.faults.add({ match: 'Sessions', kind: 'status', status: 400, body: refusal }),
    });
    expect(await screen.findByText('The sessions could not be loaded.')).toBeTruthy();
    faults.clear();
    await user.click(screen.getByRole('button', { name: 'Clear all' }));
    await rowOf('notebook');
  });

  it('SEC-01 markup, braces and direction marks in a name are text', async () => {
    const hostile = '<img src=x onerror=alert(1)>{{name}}\u202egnp';
    const { user } = await renderConsole({
      path: '/session',
      prepare: ({ cluster }) => {
        sessionNamed(cluster, 'notebook').name = hostile;
      },
    });
    const row = await rowOf(hostile);
    expect(document.querySelector('img[src="x"]')).toBeNull();
    await user.click(within(row).getByRole('button', { name: `Terminate ${hostile}` }));
    const dialog = await screen.findByRole('dialog', { name: 'Terminate session' });
    expect(within(dialog).getByText(hostile)).toBeTruthy();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it('REL-10 no undefined, NaN or raw key is on the page, in Korean as superadmin', async () => {
    await renderConsole({ path: '/session?size=100', as: 'admin', language: 'ko' });
    await screen.findByRole('link', { name: 'lecture-1' });
    expect(document.body.textContent).not.toMatch(/undefined|NaN|\[object|Invalid Date|sessions\.[a-z]+\.[a-z]/i);
  });
});
