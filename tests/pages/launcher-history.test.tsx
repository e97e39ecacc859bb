import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/app/signed-in';
import '../../src/pages/launcher/launcher-page';
import '../../src/pages/sessions/list-page';
import '../../src/parts/history-dialog';
import { renderConsole } from '../helpers/render-console';
import { atStep, card, creates, fill, goTo, launchButton, openLauncher } from './launcher-harness';
import { dialog } from './sessions-harness';

const form = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;
const nightly = {
  sessionType: 'batch', sessionName: 'nightly', batch: { command: 'ls -la' }, allocationPreset: 'custom', resource: { cpu: 2, mem: '4g' }, ports: [8000],
  envvars: [{ variable: 'EPOCHS', value: '3' }],
};

async function launchNow(user: Awaited<ReturnType<typeof renderConsole>>['user']): Promise<void> {
  const button = await launchButton();
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
  await user.click(button);
  await screen.findByRole('heading', { level: 1, name: 'Sessions' }, { timeout: 15_000 });
}

async function openHistory(user: Awaited<ReturnType<typeof renderConsole>>['user']) {
  await user.click(await screen.findByRole('button', { name: 'Recent History' }));
  return dialog('Recent History');
}

describe('recent launches (SES-043)', () => {
  it('a launch is remembered without its secrets; a click fills the form and goes to the review', async () => {
    const opened = await openLauncher({ step: 4, query: form({ ...nightly, envvars: [...nightly.envvars, { variable: 'HF_TOKEN', value: '' }] }) });
    await goTo(opened, 1);
    await fill(opened, await screen.findByLabelText('Value of variable 2'), 'hunter2');
    await goTo(opened, 4);
    await launchNow(opened.user);
    const kept = JSON.stringify({ ...window.localStorage });
    expect(kept).toContain('nightly');
    expect(kept).not.toContain('hunter2');

    const shown = await openHistory(opened.user);
    expect(within(shown).getByText(/2 Core · 4 GiB/)).toBeTruthy();
    await opened.user.click(within(shown).getByRole('button', { name: 'Fill the form with nightly' }));
    await atStep(4);
    expect(window.location.search).toBe('?step=4');
    const type = await card('Session Type');
    expect(await type.findByText(/^nightly-[a-z]\d[a-z]\d$/)).toBeTruthy();
    expect(type.getByText('ls -la')).toBeTruthy();
    expect(await (await card('Environments')).findByText(/value of HF_TOKEN was not kept/)).toBeTruthy();
    expect(await (await card('Network')).findByText('8000')).toBeTruthy();

    // Over the open form too.
    await goTo(opened, 1);
    await fill(opened, await screen.findByLabelText('Value of variable 1'), '99');
    const again = await openHistory(opened.user);
    await opened.user.click(within(again).getByRole('button', { name: 'Fill the form with nightly' }));
    await atStep(4);
    await goTo(opened, 1);
    expect(await screen.findByLabelText('Value of variable 1')).toHaveProperty('value', '3');
    // What was being typed is not lost.
    await opened.user.click(screen.getByRole('button', { name: 'Bring back my entries' }));
    await waitFor(() => expect(screen.getByLabelText('Value of variable 1')).toHaveProperty('value', '99'));
    expect(screen.queryByRole('button', { name: 'Bring back my entries' })).toBeNull();
    expect(creates(opened)).toHaveLength(1);
  }, 60_000);

  it('a link that finds a half-filled form sets it aside; a form hardly begun is no loss', async () => {
    const { user } = await openLauncher();
    const name = () => screen.findByRole('textbox', { name: 'Session name' });
    const follow = (address: string) =>
      act(() => {
        window.history.pushState(null, '', address);
        window.dispatchEvent(new PopStateEvent('popstate'));
      });
    follow(`/session/start?step=0${form({ sessionName: 'first-link' })}`);
    await waitFor(async () => expect(await name()).toHaveProperty('value', 'first-link'));
    expect(screen.queryByText(/is set aside/)).toBeNull();
    follow(`/session/start?step=0${form({ sessionName: 'second-link' })}`);
    await waitFor(async () => expect(await name()).toHaveProperty('value', 'second-link'));
    expect(screen.getByText(/is set aside/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Bring back my entries' }));
    await waitFor(async () => expect(await name()).toHaveProperty('value', 'first-link'));
    follow(`/session/start?step=0${form({ sessionName: 'third-link' })}`);
    await user.click(await screen.findByRole('button', { name: 'Let the former entries go' }));
    await waitFor(() => expect(screen.queryByText(/is set aside/)).toBeNull());
    expect(await name()).toHaveProperty('value', 'third-link');
    follow('/session/start?type=batch');
    await waitFor(() => expect(screen.getByRole('radio', { name: /Batch/ })).toHaveProperty('checked', true));
    expect(await name()).toHaveProperty('value', 'third-link');
    expect(screen.queryByText(/is set aside/)).toBeNull();
  }, 60_000);

  it('is renamed, pinned and removed', async () => {
    const opened = await openLauncher({ step: 4, query: form(nightly) });
    const { user } = opened;
    await launchNow(user);
    let shown = await openHistory(user);
    await user.click(within(shown).getByRole('button', { name: 'Rename nightly' }));
    const field = within(shown).getByRole('textbox', { name: 'Name of the entry' });
    await user.clear(field);
    await user.type(field, 'The usual{Enter}');
    await user.click(within(shown).getByRole('button', { name: 'Pin The usual' }));
    expect(within(shown).getByRole('button', { name: 'Pin The usual' }).getAttribute('aria-pressed')).toBe('true');

    await opened.reload('/session');
    shown = await openHistory(user);
    expect(within(shown).getByRole('button', { name: 'Pin The usual' }).getAttribute('aria-pressed')).toBe('true');
    await user.click(within(shown).getByRole('button', { name: 'Remove The usual' }));
    expect(within(shown).getByText('No launches yet')).toBeTruthy();
  }, 60_000);

  it('is each user’s own, and outlives the log-out (SEC-08)', async () => {
    const opened = await openLauncher({ step: 4, query: form(nightly) });
    await launchNow(opened.user);
    const { clearUserData } = await import('../../src/lib/storage');
    clearUserData();
    opened.sim.loginAs('user2');
    await opened.reload('/session');
    expect(within(await openHistory(opened.user)).getByText('No launches yet')).toBeTruthy();
    opened.sim.loginAs('user');
    await opened.reload('/session');
    expect(await within(await openHistory(opened.user)).findByRole('button', { name: 'Fill the form with nightly' })).toBeTruthy();
  }, 60_000);

  it('is not there before 24.09, nor for who only looks', async () => {
    await renderConsole({ path: '/session', version: '24.03' });
    await screen.findByRole('table', { name: 'Sessions' });
    expect(screen.queryByRole('button', { name: 'Recent History' })).toBeNull();
  });

  it('“Launch the same again” brings back what the manager does not tell: variables and ports', async () => {
    const opened = await openLauncher({ step: 4, query: form(nightly) });
    await launchNow(opened.user);
    const made = Object.values(opened.cluster.state.sessions).find((one) => one.name === 'nightly');
    await opened.reload(`/session?sessionDetail=${made?.id}`);
    const panel = await dialog('Session details');
    await opened.user.click(await within(panel).findByRole('button', { name: 'More actions' }));
    await opened.user.click(await screen.findByRole('menuitem', { name: 'Launch the same again' }));
    await atStep(4);
    expect(await (await card('Network')).findByText('8000')).toBeTruthy();
    await opened.user.click((await card('Environments')).getByRole('button', { name: 'Show values' }));
    expect(screen.getByText('EPOCHS=3')).toBeTruthy();
  }, 60_000);
});
