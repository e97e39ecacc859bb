import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Simulation } from '../../mocks/node';
import { renderConsole } from '../helpers/render-console';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

const asked = (sim: Simulation) => sim.requests.filter(({ path }) => path.endsWith('/logs'));

describe('container logs', () => {
  it('SES-265 opens from a row, stands in the address, and leads back to the list', async () => {
    const { user, sim } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('train-resnet')).getByRole('button', { name: 'See container logs of train-resnet' }));
    const box = await dialog('Logs of train-resnet');
    const pane = await within(box).findByRole('region', { name: 'Log lines of main1' });
    await waitFor(() => expect(pane.textContent).not.toContain('Loading'));
    expect(new URLSearchParams(window.location.search).get('logs')).toBe('main');
    expect(within(box).getByText(/lines? ·/)).toBeTruthy();
    expect(within(box).getByRole('checkbox', { name: 'Refresh every 5 s' })).toHaveProperty('checked', true);
    expect(asked(sim)).toHaveLength(1);
    await user.click(within(box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(window.location.search).toBe('');
  });

  it('SES-265 opens cold from its address at a kernel; another kernel is chosen', async () => {
    const { user, reload, cluster, sim } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'cluster-run');
    const sub = session.kernels.find((kernel) => kernel.hostname === 'sub1') ?? session.kernels[1];
    await reload(`/session?sessionDetail=${session.id}&logs=${sub?.id}`);
    const box = await dialog('Logs of cluster-run');
    expect(await within(box).findByRole('region', { name: 'Log lines of sub1' })).toBeTruthy();
    await waitFor(() => expect(asked(sim).at(-1)?.query.get('kernel_id')).toBe(sub?.id));
    await user.selectOptions(within(box).getByRole('combobox', { name: 'Container' }), 'sub2');
    expect(await within(box).findByRole('region', { name: 'Log lines of sub2' })).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Close' }));
    expect(await dialog('Session details')).toBeTruthy();
  });

  it('SES-265 SEC-04 a finished session: colours and markup as text, searched, downloaded, never polled', async () => {
    const E = '\u001b';
    const { user, reload, cluster, sim, faults } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'sweep-lr-3');
    const logs = Array.from({ length: 300 }, (_, index) => `${E}[32m[${index}]${E}[0m loss <b>${index}</b>`).join('\n');
    faults.add({ match: '/func/session/*/logs', kind: 'status', status: 200, body: { result: { logs: `${logs}\n${E}]8;;javascript:alert(1)${E}\\evil${E}]8;;${E}\\\n` } } });
    await reload(`/session?sessionDetail=${session.id}&logs=main`);
    const box = await dialog('Logs of sweep-lr-3');
    const pane = await within(box).findByRole('region', { name: 'Log lines of main1' });
    await waitFor(() => expect(within(box).getByText(/301 lines ·/)).toBeTruthy());
    await user.type(within(box).getByRole('textbox', { name: 'Search in the logs' }), 'loss <b>29');
    expect(within(box).getByText('1 of 11')).toBeTruthy();
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(within(box).getByText('11 of 11')).toBeTruthy();
    expect(pane.querySelector('b, a')).toBeNull();
    expect(within(box).queryByRole('checkbox', { name: 'Refresh every 5 s' })).toBeNull();
    expect(within(box).getByText(/do not change any more/)).toBeTruthy();

    const saved: { name: string; href: string }[] = [];
    URL.createObjectURL = () => 'blob:logs';
    URL.revokeObjectURL = () => undefined;
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      saved.push({ name: this.download, href: this.href });
    });
    await user.click(within(box).getByRole('button', { name: 'Download' }));
    expect(saved).toEqual([{ name: 'session-sweep-lr-3-main1.log', href: 'blob:logs' }]);
    expect(asked(sim)).toHaveLength(1);
  });

  it('SES-265 SES-C05 no container yet is no failure; other errors show inside with another try', async () => {
    const { user, reload, cluster, faults } = await renderConsole({ path: '/session' });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'three-gpus').id}&logs=main`);
    expect(await within(await dialog('Logs of three-gpus')).findByText(/No logs yet/)).toBeTruthy();
    faults.add({ match: '/func/session/*/logs', kind: 'status', status: 403, body: { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden.', msg: 'not for you' }, times: 1 });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'notebook').id}&logs=main`);
    const box = await dialog('Logs of notebook');
    expect(await within(box).findByText('The logs could not be loaded.')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Try again' }));
    expect(await within(box).findByRole('region', { name: 'Log lines of main1' })).toBeTruthy();
  });

  it('SES-304 a session without a container has no logs to open, with the reason', async () => {
    await renderConsole({ path: '/session' });
    const button = within(await rowOf('three-gpus')).getByRole('button', { name: 'See container logs of three-gpus' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });

  it('SES-265 an administrator reads logs of others with the key of their owner', async () => {
    const { reload, cluster, sim } = await renderConsole({ path: '/session', as: 'admin' });
    const session = sessionNamed(cluster, 'notebook');
    await reload(`/session?sessionDetail=${session.id}&logs=main`);
    await within(await dialog('Logs of notebook')).findByRole('region', { name: 'Log lines of main1' });
    await waitFor(() => expect(asked(sim)[0]?.query.get('owner_access_key')).toBe(session.accessKey));
  });
});
