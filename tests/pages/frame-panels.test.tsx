import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { notify, updateNotification } from '../../src/parts/notification-store';
import { renderConsole } from '../helpers/render-console';

const open = (options: Parameters<typeof renderConsole>[0] = {}) => renderConsole({ path: '/unauthorized', ...options });
const heading = () => screen.findByRole('heading', { name: 'No access to this page' });

describe('notifications (ACC-066)', () => {
  it('pop up, are announced, and are kept in the drawer with progress and link', async () => {
    const { user } = await open();
    await heading();
    act(() => {
      notify({ key: 'scan', kind: 'progress', title: 'Scanning <img src=x onerror=1>', progress: 25, link: '/session' });
    });
    const popups = screen.getByRole('region', { name: 'New notifications' });
    expect(within(popups).getByText('Scanning <img src=x onerror=1>')).toBeDefined();
    await waitFor(() => expect(screen.getAllByRole('status').some((status) => status.textContent?.includes('Scanning'))).toBe(true));
    await user.click(within(popups).getByRole('button', { name: /^Close:/ }));
    expect(within(popups).queryByRole('article')).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Notifications, 1 in progress' }));
    const drawer = within(await screen.findByRole('dialog'));
    expect(drawer.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    expect(drawer.getByRole('link', { name: /Scanning/ }).getAttribute('href')).toBe('/session');
    act(() => updateNotification('scan', { kind: 'success', progress: undefined }));
    await user.click(drawer.getByRole('radio', { name: 'In progress' }));
    await drawer.findByText('Nothing in progress');
    await user.click(drawer.getByRole('radio', { name: 'All' }));
    await user.click(drawer.getByRole('button', { name: /^Remove:/ }));
    await drawer.findByText('No notifications yet');
  });

  it('keep the newest hundred, and all go at once', async () => {
    const { user, reload } = await open();
    await heading();
    act(() => {
      for (let i = 1; i <= 103; i += 1) notify({ kind: 'info', title: `Event ${i}` });
    });
    await reload();
    await heading();
    await user.keyboard(']');
    const drawer = within(await screen.findByRole('dialog'));
    expect(drawer.getAllByRole('listitem')).toHaveLength(100);
    expect(drawer.getAllByRole('article')[0]?.getAttribute('aria-label')).toBe('Event 103');
    await user.click(drawer.getByRole('button', { name: 'Clear all' }));
    await drawer.findByText('No notifications yet');
    // What comes while the drawer is open stands in it and does not pop up over it.
    act(() => {
      notify({ kind: 'error', title: 'Came meanwhile' });
    });
    await drawer.findByRole('article', { name: 'Came meanwhile' });
    await waitFor(() => expect(screen.getAllByRole('article', { hidden: true })).toHaveLength(1));
    await user.keyboard(']');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('command palette (UX-01)', () => {
  it('finds a session by a part of its name and opens it', async () => {
    const { user } = await open();
    await heading();
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', { name: 'Search pages, actions and sessions' }), 'notebo');
    await screen.findByRole('option', { name: /notebook/ });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.search).toMatch(/^\?sessionDetail=[0-9a-f-]{36}$/));
    expect(window.location.pathname).toBe('/session');
  });

  it('finds a session by its ID, and says when there is none', async () => {
    const { user, cluster } = await open();
    await heading();
    const session = Object.values(cluster.state.sessions).find((item) => item.name === 'notebook');
    await user.keyboard('{Meta>}k{/Meta}');
    const input = await screen.findByRole('combobox', { name: 'Search pages, actions and sessions' });
    await user.type(input, session?.id ?? '');
    await screen.findByRole('option', { name: /notebook/ });
    await user.clear(input);
    await user.type(input, 'nothing is called so');
    await screen.findByText('Nothing found.');
  });

  it('goes to pages and does actions by keyboard alone', async () => {
    const { user } = await open();
    await heading();
    await user.click(screen.getByRole('button', { name: 'Search pages, actions and sessions' }));
    await user.type(await screen.findByRole('combobox', { name: 'Search pages, actions and sessions' }), 'theme dark{Enter}');
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('shortcuts (A11-05)', () => {
  it('are listed by ? and can be turned off', async () => {
    const { user, reload } = await open();
    await heading();
    await user.keyboard('?');
    const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
    await user.click(dialog.getByRole('switch', { name: 'Single-key shortcuts' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('?][[');
    expect(screen.queryByRole('dialog')).toBeNull();
    await reload();
    await heading();
    await user.keyboard('?');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('combobox', { name: 'Search pages, actions and sessions' });
  });
});

describe('bars', () => {
  it('show the announcement as safe Markdown, closable for the visit (ACC-072, SEC-03)', async () => {
    const { user, sim, reload } = await open({
      prepare: ({ cluster }) => {
        cluster.state.announcement = { enabled: true, message: '**Upgrade** on <i>Friday</i>: [notes](https://example.org/n) [x](javascript:alert(1))' };
      },
    });
    const bar = within(await screen.findByRole('region', { name: 'Announcement' }, { timeout: 8000 }));
    const notes = await bar.findByRole('link', { name: 'notes' });
    expect(notes.getAttribute('rel')).toContain('noopener');
    expect(bar.queryByRole('link', { name: 'x' })).toBeNull();
    expect(bar.getByText('Upgrade').tagName).toBe('STRONG');
    await user.click(bar.getByRole('button', { name: 'Close: Announcement' }));
    expect(screen.queryByRole('region', { name: 'Announcement' })).toBeNull();
    expect(window.sessionStorage.getItem('bai.announcementClosed')).toContain('Upgrade');
    // Closed is the text, not the bar.
    sim.cluster.state.announcement = { enabled: true, message: 'Done since *noon*' };
    await reload();
    await screen.findByText('noon', undefined, { timeout: 8000 });
  });

  it('say that the manager is down or frozen, and go when it is back (ACC-074)', async () => {
    const { sim, user } = await renderConsole({ path: '/session' });
    await screen.findByRole('heading', { name: 'Sessions', level: 1 }, { timeout: 20_000 });
    await screen.findByRole('link', { name: 'notebook' });
    sim.faults.add({ match: 'Sessions', kind: 'status', status: 503, body: { type: 'https://api.backend.ai/probs/server-frozen', title: 'The server is frozen.' } });
    const refresh = screen.getAllByRole('button', { name: /refresh/i }).at(-1);
    await user.click(refresh as HTMLElement);
    await screen.findByText(/The cluster is under maintenance/);
    expect(screen.getByRole('link', { name: 'notebook' })).toBeDefined();
    sim.faults.clear();
    await waitFor(() => expect(screen.queryByText(/The cluster is under maintenance/)).toBeNull(), { timeout: 15_000 });
  });

  it('keep trying, and what had failed meanwhile comes by itself (ACC-074)', async () => {
    const { sim, user } = await renderConsole({ path: '/unauthorized' });
    await screen.findByRole('heading', { name: 'No access to this page' }, { timeout: 20_000 });
    sim.faults.add({ match: '/func/*', kind: 'status', status: 502 });
    await user.click(screen.getByRole('link', { name: 'My Environments' }));
    await screen.findByText('Your images could not be loaded.', undefined, { timeout: 15_000 });
    expect(screen.getByText(/The cluster's manager does not answer/)).toBeDefined();
    sim.faults.clear();
    await screen.findByRole('table', { name: 'Images' }, { timeout: 15_000 });
    await waitFor(() => expect(screen.queryByText(/The cluster's manager does not answer/)).toBeNull());
  });

  it('tell a maintenance by a refused change, though reads go on (ACC-074)', async () => {
    const { cluster, user } = await open();
    await heading();
    cluster.state.managerStatus = 'frozen';
    const rename = async (name: string) => {
      await user.click(screen.getByRole('button', { name: /^User menu of/ }));
      await user.click(await screen.findByRole('menuitem', { name: 'My Account Information' }));
      const dialog = within(await screen.findByRole('dialog', { name: 'My Account Information' }));
      await user.clear(dialog.getByRole('textbox', { name: 'Full Name' }));
      await user.type(dialog.getByRole('textbox', { name: 'Full Name' }), name);
      await user.click(dialog.getByRole('button', { name: 'Update' }));
      return dialog;
    };
    const dialog = await rename('Uma Frozen');
    await screen.findByText(/The cluster is under maintenance/);
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('link', { name: 'My Environments' }));
    await screen.findByRole('table', { name: 'Images' }, { timeout: 15_000 });
    expect(screen.getByText(/The cluster is under maintenance/)).toBeDefined();
    cluster.state.managerStatus = 'running';
    await rename('Uma Thawed');
    await waitFor(() => expect(screen.queryByText(/The cluster is under maintenance/)).toBeNull());
  });
});
