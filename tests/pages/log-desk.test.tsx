import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import { dialog, sessionNamed } from './sessions-harness';

afterEach(() => vi.restoreAllMocks());

const answer = (text: string) => ({ match: '/func/session/*/logs', kind: 'status' as const, status: 200, body: { result: { logs: text } } });
const search = () => new URLSearchParams(window.location.search);
const drawn = (box: HTMLElement) => within(box).getByRole('region', { name: /Log lines|Lines of/ }).textContent ?? '';

describe('log desk', () => {
  it('SES-351 all containers at once, each line with its host, any of them hidden, and all of it in one file', async () => {
    const { user, reload, cluster, sim } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'cluster-run');
    for (const kernel of session.kernels) kernel.startsAt = cluster.state.now - 60_000;
    await reload(`/session?sessionDetail=${session.id}&logs=main`);
    const box = await dialog('Logs of cluster-run');
    await user.selectOptions(await within(box).findByRole('combobox', { name: 'Container' }), 'All 3 containers');
    expect(search().get('logs')).toBe('all');
    const pane = await within(box).findByRole('region', { name: 'Log lines of all containers' });
    await waitFor(() => expect(pane.textContent).toMatch(/main1.*sub[12]/));
    expect(new Set(sim.requests.filter(({ path }) => path.endsWith('/logs')).map(({ query }) => query.get('kernel_id'))).size).toBe(3);

    await user.click(within(box).getByRole('button', { name: 'sub1' }));
    await waitFor(() => expect(pane.textContent).not.toContain('[rank1]'));
    expect(pane.textContent).toContain('[rank2]');
    expect(within(box).getByText(/^\d+ of \d+ lines/)).toBeTruthy();

    const saved: { name: string; type: string }[] = [];
    let kept: Blob | undefined;
    URL.createObjectURL = (blob) => {
      kept = blob as Blob;
      return 'blob:logs';
    };
    URL.revokeObjectURL = () => undefined;
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      saved.push({ name: this.download, type: kept?.type ?? '' });
    });
    await user.click(within(box).getByRole('button', { name: 'Download all' }));
    expect(saved).toEqual([{ name: 'session-cluster-run-all.zip', type: 'application/zip' }]);
  });

  it('SES-265 a line is an address: opened cold, chosen by number, linked to', async () => {
    const { user, reload, cluster, faults } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'yesterday');
    faults.add(answer(Array.from({ length: 500 }, (_, index) => `row ${index + 1} of it`).join('\n')));
    await reload(`/session?sessionDetail=${session.id}&logs=main&line=12`);
    const box = await dialog('Logs of yesterday');
    const field = await within(box).findByRole('textbox', { name: 'Line' });
    expect(field).toHaveProperty('value', '12');
    const pane = await within(box).findByRole('region', { name: 'Log lines of main1' });
    await waitFor(() => expect(pane.querySelector('[data-chosen]')?.textContent).toContain('row 12 of it'));
    expect(within(box).getByRole('button', { name: 'Copy link to line 12' })).toBeTruthy();

    await user.clear(field);
    await user.type(field, '9999{Enter}');
    expect(search().get('line')).toBe('9999');
    expect(await within(box).findByText('Line 9999 is not shown here.')).toBeTruthy();
    await user.click(within(box).getByTitle('Choose line 14'));
    expect(search().get('line')).toBe('14');
    await user.keyboard('{Control>}g{/Control}');
    expect(document.activeElement).toBe(field);
    await user.click(within(box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(search().get('line')).toBeNull());
  });

  it('SES-265 A11-05 levels as switches with their numbers; a traceback counts as an error', async () => {
    const { user, reload, cluster, faults } = await renderConsole({ path: '/session' });
    faults.add(answer('INFO start\nWARNING low memory\nTraceback (most recent call last):\n  File "x.py"\nValueError: x\nplain end\n'));
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'yesterday').id}&logs=main`);
    const box = await dialog('Logs of yesterday');
    // A11-05: no single letter does anything, not even with the focus in the lines.
    (await within(box).findByRole('region', { name: 'Log lines of main1' })).focus();
    await user.keyboard('fgnNewq/?');
    expect(within(box).getByRole('textbox', { name: 'Search in the logs' })).toHaveProperty('value', '');
    await user.click(await within(box).findByRole('button', { name: 'Errors only (3 lines)' }));
    expect(drawn(box)).toMatch(/Traceback.*File.*ValueError/);
    expect(drawn(box)).not.toContain('plain');
    expect(within(box).getAllByRole('img', { name: 'Error' })).toHaveLength(3);
    await user.click(within(box).getByRole('button', { name: 'Warnings only (1 line)' }));
    expect(drawn(box)).toContain('low memory');
    await user.click(within(box).getByRole('button', { name: 'Errors only (3 lines)' }));
    await user.click(within(box).getByRole('button', { name: 'Warnings only (1 line)' }));
    expect(drawn(box)).toContain('plain end');
  });

  it('SES-265 searched in this case only, and by a regular expression, also by a bad one', async () => {
    const { user, reload, cluster, faults } = await renderConsole({ path: '/session' });
    faults.add(answer('Loss 1\nloss 2\nloss 34\n'));
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'yesterday').id}&logs=main`);
    const box = await dialog('Logs of yesterday');
    await within(box).findByText(/3 lines/);
    await user.keyboard('{Control>}f{/Control}');
    const field = within(box).getByRole('textbox', { name: 'Search in the logs' });
    expect(document.activeElement).toBe(field);
    await user.keyboard('loss');
    expect(within(box).getByText('1 of 3')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Match case' }));
    expect(within(box).getByText('1 of 2')).toBeTruthy();
    await user.keyboard('{F3}');
    expect(within(box).getByText('2 of 2')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Regular expression' }));
    await user.type(field, ' \\d\\d');
    expect(await within(box).findByText('1 of 1')).toBeTruthy();
    await user.type(field, '(');
    expect(await within(box).findByText('Not valid')).toBeTruthy();
    // The first Escape empties the field, the window stays.
    await user.type(field, '{Escape}');
    expect(field).toHaveProperty('value', '');
    expect(screen.getAllByRole('dialog').length).toBeGreaterThan(0);
    expect(within(box).getByRole('textbox', { name: 'Search in the logs' })).toBeTruthy();
  });

  it('SES-265 an ended session whose logs the cluster did not keep says so; the task log of a batch session may be there', async () => {
    const { user, reload, cluster, sim } = await renderConsole({ path: '/session', version: '26.8.1' });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'yesterday').id}&logs=main`);
    expect(await within(await dialog('Logs of yesterday')).findByText(/could not be read\. The cluster may not have kept them/, {}, { timeout: 10_000 })).toBeTruthy();

    const batch = sessionNamed(cluster, 'train-resnet');
    await reload(`/session?sessionDetail=${batch.id}&logs=main`);
    const box = await dialog('Logs of train-resnet');
    await user.selectOptions(await within(box).findByRole('combobox', { name: 'Container' }), 'Task log (.logs)');
    expect(await within(box).findByText(/No task log is kept/)).toBeTruthy();
    expect(sim.requests.at(-1)?.query.get('task_id')).toBe(batch.kernels[0]?.id);
    const folder = Object.values(cluster.state.folders).find((one) => one.name === 'results');
    if (folder) folder.name = '.logs';
    await user.click(within(box).getByRole('button', { name: 'Refresh the logs' }));
    expect(await within(box).findByText(/lines? ·/)).toBeTruthy();
    expect(drawn(box)).toContain('Epoch');
  });

  it('SES-265 one container that fails does not take the others with it', async () => {
    const { reload, cluster, faults, user } = await renderConsole({ path: '/session' });
    faults.add({ match: '/func/session/*/logs', kind: 'status', status: 403, times: 1 });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'cluster-run').id}&logs=all`);
    const box = await dialog('Logs of cluster-run');
    expect(await within(box).findByText('main1: The logs could not be loaded.')).toBeTruthy();
    await waitFor(() => expect(drawn(box)).toMatch(/rank[12]/));
    await user.click(within(box).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(drawn(box)).toContain('main1'));
    expect(within(box).queryByText('main1: The logs could not be loaded.')).toBeNull();
  });
});
