import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Simulation } from '../../mocks/node';
import '../../src/pages/terminal/terminal-page';
import '../../src/parts/terminal-desk';
import { renderConsole } from '../helpers/render-console';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

/** What is about the shell itself is tested in the simulation, what is seen of it in a real browser. */

const tunnel = '/func/stream/session/*/tcpproxy';
const button = (name: string) => ({ name: `Execute terminal app of ${name}` });

async function connected(box: HTMLElement): Promise<void> {
  await waitFor(() => expect(within(box).getByText('Connected')).toBeTruthy());
}

function viewers(sim: Simulation, name: string): number {
  return sim.cluster.terminals.viewers(sessionNamed(sim.cluster, name).id);
}

describe('the terminal', () => {
  it('SES-011 SES-295 opens from a row, stands in the address, closes with nothing left behind (REL-13)', async () => {
    const { user, sim } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('notebook')).getByRole('button', button('notebook')));
    const box = await dialog('Terminal of notebook');
    await connected(box);
    expect(new URLSearchParams(window.location.search).get('terminal')).toBe('main');
    expect(viewers(sim, 'notebook')).toBe(1);
    await user.click(within(box).getByRole('button', { name: 'Close the terminals' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(viewers(sim, 'notebook')).toBe(0));
    expect(sim.openTunnels()).toBe(0);
    expect(window.location.search).toBe('');
  });

  it('SES-304 is closed with a reason to sessions that wait, that others own, and that have ended', async () => {
    const first = await renderConsole({ path: '/session' });
    const waiting = within(await rowOf('three-gpus')).getByRole('button', button('three-gpus'));
    expect(waiting.getAttribute('aria-disabled')).toBe('true');
    await first.user.hover(waiting);
    expect(await screen.findByText('Only while the session is RUNNING.')).toBeTruthy();
    await first.user.click(waiting);
    expect(screen.queryByRole('dialog')).toBeNull();
    const others = sessionNamed(first.cluster, 'yesterday');
    await first.reload(`/session?sessionDetail=${others.id}&terminal=main`);
    expect(await screen.findByText('No terminal for yesterday')).toBeTruthy();
    expect(screen.getByText('The session has ended.')).toBeTruthy();
    expect(first.sim.openTunnels()).toBe(0);
  });

  it('SES-304 an administrator is told that only the owner can', async () => {
    const { cluster, reload } = await renderConsole({ path: '/session', as: 'admin' });
    const session = sessionNamed(cluster, 'notebook');
    await reload(`/session?sessionDetail=${session.id}&terminal=main`);
    expect(await screen.findByText('Only the owner of the session can do this.')).toBeTruthy();
  });

  it('SES-295 several sessions stand side by side as tabs, each connected, each closable', async () => {
    const { user, sim, cluster } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('notebook')).getByRole('button', button('notebook')));
    await connected(await dialog('Terminal of notebook'));
    await user.click(screen.getByRole('button', { name: 'Close the terminals' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(within(await rowOf('cluster-run')).getByRole('button', button('cluster-run')));
    const box = await dialog('Terminal');
    const tabs = await within(box).findAllByRole('tab');
    expect(tabs.map((tab) => [tab.textContent, tab.getAttribute('aria-selected')])).toEqual([['notebook', 'false'], ['cluster-run', 'true']]);
    await waitFor(() => expect(viewers(sim, 'notebook') + viewers(sim, 'cluster-run')).toBe(2));
    tabs[1]?.focus();
    await user.keyboard('{ArrowLeft}');
    const id = () => new URLSearchParams(window.location.search).get('sessionDetail');
    await waitFor(() => expect(id()).toBe(sessionNamed(cluster, 'notebook').id));
    await user.click(within(box).getByRole('button', { name: 'Close this tab' }));
    await waitFor(() => expect(id()).toBe(sessionNamed(cluster, 'cluster-run').id));
    await waitFor(() => expect(viewers(sim, 'notebook')).toBe(0));
    expect(within(box).queryByRole('tab')).toBeNull();
  });

  it('SES-C52 an interruption is told calmly and heals by itself; a click does it at once', async () => {
    const { user, sim, cluster, faults, reload } = await renderConsole({ path: '/session' });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'notebook').id}&terminal=main`);
    const box = await dialog('Terminal of notebook');
    await connected(box);
    faults.add({ match: tunnel, kind: 'status', status: 1013, times: 1 });
    sim.dropStreams();
    expect(await within(box).findByText(/The connection was interrupted; the shell goes on/)).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Connect now' }));
    expect(await within(box).findByText(/The terminal service is not ready yet/)).toBeTruthy();
    await connected(box);
    expect(within(box).queryByText(/not ready yet/)).toBeNull();
  });

  it('A11-02 tells the keyboard what its icons are, the one for a window of its own too', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'notebook');
    await reload(`/session?sessionDetail=${session.id}&terminal=main`);
    const box = await dialog('Terminal of notebook');
    await connected(box);
    const own = within(box).getByRole('link', { name: 'Open in a window of its own' });
    expect(own.getAttribute('href')).toBe(`/session/${session.id}/terminal`);
    within(box).getByRole('button', { name: 'Terminal help' }).focus();
    await user.tab();
    expect(document.activeElement).toBe(own);
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('Open in a window of its own'));
  });

  it('SES-301 says so when the session ends under it', async () => {
    const { sim, cluster, reload } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'notebook');
    await reload(`/session?sessionDetail=${session.id}&terminal=main`);
    await connected(await dialog('Terminal of notebook'));
    sim.cluster.sessions.terminate(cluster.accounts.requester(session.accessKey), session.id, { forced: true });
    sim.cluster.advance('5s');
    expect(await screen.findByText('No terminal for notebook', undefined, { timeout: 10_000 })).toBeTruthy();
    expect(sim.openTunnels()).toBe(0);
  });

  it('SES-295 text size and screen reader mode are kept for the person', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/session' });
    const path = `/session?sessionDetail=${sessionNamed(cluster, 'notebook').id}&terminal=main`;
    await reload(path);
    let box = await dialog('Terminal of notebook');
    await user.click(await within(box).findByRole('button', { name: 'Larger text' }));
    await user.click(within(box).getByRole('button', { name: 'Larger text' }));
    await user.click(within(box).getByRole('button', { name: 'Screen reader mode' }));
    expect(within(box).getByText('16')).toBeTruthy();
    await reload(path);
    box = await dialog('Terminal of notebook');
    expect(await within(box).findByText('16')).toBeTruthy();
    expect(within(box).getByRole('button', { name: 'Screen reader mode' }).getAttribute('aria-pressed')).toBe('true');
    for (let i = 0; i < 4; i += 1) await user.click(within(box).getByRole('button', { name: 'Larger text' }));
    expect(within(box).getByRole('button', { name: 'Larger text' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('SES-295 the clipboard: nothing selected and a refusal are said in the bar, until one types', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/session' });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'notebook').id}&terminal=main`);
    const box = await dialog('Terminal of notebook');
    await connected(box);
    await user.click(within(box).getByRole('button', { name: 'Copy the selection' }));
    const bar = within(box).getByRole('toolbar', { name: 'Terminal actions' });
    expect(await within(bar).findByText(/Nothing is selected/)).toBeTruthy();
    vi.spyOn(navigator.clipboard, 'readText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await user.click(within(box).getByRole('button', { name: 'Paste' }));
    expect(await within(bar).findByText(/does not hand out the clipboard/)).toBeTruthy();
    await user.keyboard('l');
    await waitFor(() => expect(within(bar).queryByText(/does not hand out the clipboard/)).toBeNull());
  });

  it('SES-296 SES-284 SES-351 the help tells tmux, lost files, and the other containers of a cluster session', async () => {
    const { user, cluster, reload } = await renderConsole({ path: '/session' });
    await reload(`/session?sessionDetail=${sessionNamed(cluster, 'cluster-run').id}&terminal=main`);
    const box = await dialog('Terminal of cluster-run');
    await user.click(await within(box).findByRole('button', { name: 'Terminal help' }));
    const help = within(box).getByRole('complementary', { name: 'Terminal help' });
    for (const text of [/tmux/, /Only files in mounted folders stay/, /id_container/, /ssh sub1/, /sub1, sub2/, 'env | grep BACKENDAI_', 'Ctrl+F6']) expect(within(help).getAllByText(text).length).toBeGreaterThan(0);
    await user.click(within(help).getByRole('button', { name: 'Close help' }));
    expect(within(box).queryByRole('complementary')).toBeNull();
  });

  it('ACC-017 SES-C52 with an API log-in the terminal says that it needs the webserver, and how to get there', async () => {
    const { user, sim, cluster } = await renderConsole({ path: '/session', as: null, config: { general: { allowChangeSigninMode: true } } });
    await user.click(await screen.findByRole('radio', { name: 'API' }));
    const session = sessionNamed(cluster, 'notebook');
    const fields = { 'API Key': session.accessKey, 'Secret Key': cluster.state.keypairs[session.accessKey]?.secretKey ?? '', Endpoint: sim.managerUrl };
    for (const [label, value] of Object.entries(fields)) {
      const field = screen.getByLabelText(label);
      await user.clear(field);
      await user.click(field);
      await user.paste(value);
    }
    await user.keyboard('{Enter}');
    await user.click(within(await rowOf('notebook')).getByRole('button', button('notebook')));
    const box = await dialog('Terminal of notebook');
    expect(await within(box).findByText('The terminal needs a log-in through the webserver.')).toBeTruthy();
    expect(within(box).getByText('Not connected')).toBeTruthy();
    expect(sim.openTunnels()).toBe(0);
  });

  it('SES-295 has a page of its own, without the frame, under its own title', async () => {
    const { user, cluster, reload, sim } = await renderConsole({ path: '/session' });
    const session = sessionNamed(cluster, 'notebook');
    await reload(`/session/${session.id}/terminal`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Terminal of notebook' })).toBeTruthy();
    await screen.findByText('Connected');
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(document.title).toContain('Terminal of notebook');
    // The dialog of a lost log-in comes over it all the same, and the terminal goes on after it (ACC-053, REL-04).
    sim.expireLogin();
    sim.dropStreams();
    const asked = await dialog('Your session has expired');
    await user.type(within(asked).getByLabelText('Password'), 'user-Demo-1{Enter}');
    await screen.findByText('Connected', undefined, { timeout: 10_000 });
  });

  it('SEC-10 an address that names nothing says so', async () => {
    const { sim } = await renderConsole({ path: '/session?sessionDetail=..%2F..%2Fx&terminal=main' });
    const box = await dialog('Terminal');
    expect(await within(box).findByText('Session not found')).toBeTruthy();
    expect(sim.openTunnels()).toBe(0);
  });
});
