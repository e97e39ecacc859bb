import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/parts/terminal-desk';
import { armApps } from '../../src/parts/app-opening';
import { renderConsole } from '../helpers/render-console';
import { fakeTabs, queryApps } from './apps-harness';
import { atStep, fill, launchButton, launchWithoutFolder, openLauncher } from './launcher-harness';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

/** Launches from the first step on, up to the list with the session in the queue. */
async function launch(query = '') {
  const opened = await openLauncher({ query });
  await fill(opened, screen.getByRole('textbox', { name: 'Session name' }), 'my-work');
  if (query.includes('batch')) await fill(opened, screen.getByRole('textbox', { name: /Startup Command/ }), 'sleep 600');
  await opened.user.click(screen.getByRole('button', { name: 'Skip to review' }));
  await atStep(4);
  if (query.includes('batch')) await opened.user.click(await launchButton());
  else await launchWithoutFolder(opened);
  await rowOf('my-work');
  return opened;
}

const run = (opened: Awaited<ReturnType<typeof launch>>) => {
  opened.cluster.advance('30s');
  return waitFor(() => expect(sessionNamed(opened.cluster, 'my-work').status).toBe('RUNNING'));
};
/** Event, answer and drawing, one after the other. */
async function opensByItself(): Promise<HTMLElement> {
  await waitFor(() => expect(queryApps()).not.toBeNull(), { timeout: 15_000 });
  return dialog('App: my-work');
}

const isListed = () =>
  waitFor(async () => expect((await rowOf('my-work')).textContent).toContain('RUNNING'), { timeout: 12_000 });

describe('after a launch', () => {
  it('SES-131 the apps open by themselves once the session runs, and not again', async () => {
    const opened = await launch();
    expect(queryApps()).toBeNull();
    await run(opened);
    const box = await opensByItself();
    expect(await within(box).findByRole('button', { name: 'JupyterLab' })).toBeTruthy();
    await opened.user.click(within(box).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(queryApps()).toBeNull());
    await opened.reload();
    await isListed();
    expect(queryApps()).toBeNull();
  });

  it('SES-046 SES-131 a link’s app opens instead; a tab that no click asked for may be blocked', async () => {
    const tabs = fakeTabs();
    tabs.block();
    const opened = await launch('&appOption=jupyter:/notebooks/a.ipynb');
    await run(opened);
    const box = await opensByItself();
    const link = await within(box).findByRole('link', { name: 'Open' });
    const add = opened.sim.requests.find(({ path }) => path.endsWith('/add'));
    expect(add?.query.get('redirect')).toBe('/notebooks/a.ipynb');
    expect(link.getAttribute('href')).toContain('/setup?token=');
  });

  it('SES-131 not for a batch session', async () => {
    const opened = await launch('&type=batch');
    await run(opened);
    await isListed();
    expect(queryApps()).toBeNull();
  });

  it('SES-131 not where the user went to another session', async () => {
    const opened = await launch();
    await opened.user.click(within(await rowOf('notebook')).getByRole('link', { name: 'notebook' }));
    const panel = await dialog('Session details');
    await opened.user.click(within(panel).getByRole('button', { name: 'Close session details' }));
    await run(opened);
    await isListed();
    expect(queryApps()).toBeNull();
  });

  it('SES-131 not over a dialog that the user is at', async () => {
    const { user, sim, cluster } = await renderConsole({ path: '/session' });
    await user.click(within(await rowOf('cluster-run')).getByRole('button', { name: 'Terminate cluster-run' }));
    const ending = await dialog('Terminate session');
    within(ending).getByRole('button', { name: 'Cancel' }).focus();
    sim.requests.length = 0;
    act(() => armApps({ sessionId: sessionNamed(cluster, 'notebook').id, option: null }));
    await waitFor(() => expect(sim.requests.some(({ operation }) => operation === 'Session')).toBe(true));
    await user.click(within(ending).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByText('Terminate session')).toBeNull());
    expect(queryApps()).toBeNull();
    expect(window.location.search).toBe('');
  });
});

describe('from the terminal', () => {
  it('SES-295 ttyd opens in a tab of its own by the app proxy, and the dialog tells how it went', async () => {
    const tabs = fakeTabs();
    const { user, sim, cluster, reload } = await renderConsole({ path: '/unauthorized', version: '26.8.1' });
    const { id } = sessionNamed(cluster, 'notebook');
    await reload(`/session?sessionDetail=${id}&terminal=main`);
    const terminal = await dialog('Terminal of notebook');
    await user.click(await within(terminal).findByRole('button', { name: 'Open in a new tab (ttyd)' }));
    // Within the click, not after the calls (pitfall 7).
    expect(tabs.opened.map(({ opener, document: page }) => [opener, page.body.textContent])).toEqual([[null, 'Preparing Console…']]);
    const box = await dialog('App: notebook');
    expect(await within(box).findByText('Console was opened in a new tab.')).toBeTruthy();
    expect(tabs.opened.map(({ went }) => went.length)).toEqual([1]);
    const add = sim.requests.find(({ path }) => path.endsWith('/add'));
    expect([add?.query.get('app'), add?.query.get('protocol')]).toEqual(['ttyd', 'http']);
  });
});
