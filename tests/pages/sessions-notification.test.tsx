import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { notify } from '../../src/parts/notification-store';
import { renderConsole } from '../helpers/render-console';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

describe('the notification of a session', () => {
  it('SES-130 SES-132 follows the session, says why it waits, opens its logs and ends it; it goes 5 s after the end', async () => {
    const { user, cluster } = await renderConsole({ path: '/session' });
    await rowOf('three-gpus');
    const { id } = sessionNamed(cluster, 'three-gpus');
    act(() => void notify({ key: 'one', kind: 'session', title: 'three-gpus', sessionId: id }));
    const card = await screen.findByRole('article', { name: 'three-gpus' });
    expect(await within(card).findByText('PENDING')).toBeTruthy();
    expect(await within(card).findByText(/Waiting for resources\. It asks for 3 GPU, but 1 GPU is free in default now\./)).toBeTruthy();
    expect(within(card).getByRole('button', { name: 'See container logs of three-gpus' }).getAttribute('aria-disabled')).toBe('true');
    await user.click(within(card).getByRole('button', { name: 'Terminate three-gpus' }));
    await user.click(within(await dialog('Terminate session')).getByRole('button', { name: 'Terminate' }));
    expect(await within(card).findByText('CANCELLED')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('article', { name: 'three-gpus' })).toBeNull(), { timeout: 9000 });
  });

  it('SES-130 its log button opens the log window at its address', async () => {
    const { user, cluster } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    const { id } = sessionNamed(cluster, 'notebook');
    act(() => void notify({ key: 'two', kind: 'session', title: 'notebook', sessionId: id }));
    const card = await screen.findByRole('article', { name: 'notebook' });
    await user.click(await within(card).findByRole('button', { name: 'See container logs of notebook' }));
    expect(await dialog('Logs of notebook')).toBeTruthy();
    expect(new URLSearchParams(window.location.search).get('logs')).toBe('main');
  });

  it('SES-300 bears the name that the session was given since', async () => {
    const { user, cluster } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    const { id } = sessionNamed(cluster, 'notebook');
    act(() => void notify({ key: 'three', kind: 'session', title: 'notebook', sessionId: id }));
    await within(await screen.findByRole('article', { name: 'notebook' })).findByText('RUNNING');
    await user.click(within(await rowOf('notebook')).getByRole('link', { name: 'notebook' }));
    const panel = await dialog('Session details');
    await user.click(await within(panel).findByRole('button', { name: 'Rename the session' }));
    await user.clear(within(panel).getByRole('textbox', { name: 'Session name' }));
    await user.type(within(panel).getByRole('textbox', { name: 'Session name' }), 'note-2{Enter}');
    expect(await screen.findByRole('article', { name: 'note-2', hidden: true })).toBeTruthy();
    expect(screen.queryByRole('article', { name: 'notebook', hidden: true })).toBeNull();
  });
});
