import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/app/signed-in';
import '../../src/pages/launcher/launcher-page';
import '../../src/pages/sessions/list-page';
import '../../src/parts/command-dialog';
import { renderConsole } from '../helpers/render-console';
import { atStep, card, creates, fill, goTo, launchButton, openLauncher } from './launcher-harness';
import { dialog } from './sessions-harness';

const form = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;
const batch = { sessionType: 'batch', sessionName: 'nightly', batch: { command: 'ls' } };

describe('a launch as a link', () => {
  it('is copied without secrets and opens as the same form, which asks for the secret again (SES-041, SEC-07)', async () => {
    const envvars = [{ variable: 'EPOCHS', value: '3' }, { variable: 'HF_TOKEN', value: '' }];
    const opened = await openLauncher({ step: 4, query: form({ ...batch, allocationPreset: 'custom', resource: { cpu: 2, mem: '4g' }, ports: [8000], envvars }) });
    await goTo(opened, 1);
    await fill(opened, await screen.findByLabelText('Value of variable 2'), 'hunter2');
    await goTo(opened, 4);
    await launchButton();
    await opened.user.click(screen.getByRole('button', { name: 'Copy launch link' }));
    const link = new URL(await navigator.clipboard.readText());
    expect(link.origin).toBe(window.location.origin);
    expect(decodeURIComponent(link.href)).not.toContain('hunter2');

    window.sessionStorage.removeItem('bai.launcher.draft');
    await opened.reload(link.pathname + link.search);
    await atStep(4);
    await waitFor(() => expect(window.location.search).toBe('?step=4'));
    expect(await (await card('Session Type')).findByText('nightly')).toBeTruthy();
    expect(await (await card('Resource Allocation')).findAllByText(/2 Core · 4 GiB/)).toBeTruthy();
    expect(await (await card('Environments')).findByText(/value of HF_TOKEN was not kept/)).toBeTruthy();
    expect(await (await card('Network')).findByText('8000')).toBeTruthy();
  }, 60_000);

  it('what a link brings that is not allowed here has its field, and can be taken back (SES-074, SES-100)', async () => {
    const opened = await openLauncher({
      step: 1,
      query: form({ ...batch, cluster_size: 2, ports: [8000] }),
      config: { general: { maxCountForPreopenPorts: 0 } },
      prepare: (sim) => {
        for (const policy of Object.values(sim.cluster.state.keypairPolicies)) policy.maxContainersPerSession = 1;
      },
    });
    const size = await screen.findByRole('spinbutton', { name: 'Cluster size' }, { timeout: 15_000 });
    expect(size.getAttribute('aria-invalid')).toBe('true');
    await fill(opened, size, '1');
    await goTo(opened, 3);
    await opened.user.click(screen.getByRole('button', { name: 'Remove port 8000' }));
    await goTo(opened, 4);
    expect((await launchButton()).getAttribute('aria-disabled')).toBeNull();
  }, 60_000);

  it.each([
    ['/session?type=batch', '/session', '?type=batch'],
    ['//evil.example/session', '/session', ''],
    ['https://evil.example/', '/session', ''],
    ['javascript:alert(1)', '/session', ''],
  ])('redirectTo=%s leads after the launch to %s%s (SES-046, SEC-09)', async (target, path, search) => {
    const opened = await openLauncher({ step: 4, query: `${form(batch)}&redirectTo=${encodeURIComponent(target)}` });
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe(path));
    expect(window.location.search).toBe(search);
    expect(window.location.origin).toBe(new URL(document.baseURI).origin);
  });
});

describe('a launch as a command (UX-09)', () => {
  it('is shown for CLI, Python and curl, and copied', async () => {
    const opened = await openLauncher({ step: 4, query: form({ ...batch, allocationPreset: 'minimum-required', envvars: [{ variable: 'EPOCHS', value: "it's" }] }) });
    await launchButton();
    await opened.user.click(screen.getByRole('button', { name: 'Copy as command' }));
    const shown = await dialog('Launch as a command');
    expect(within(shown).getByText(/^backend\.ai session create/)).toBeTruthy();
    await opened.user.click(within(shown).getByRole('button', { name: 'Copy command' }));
    const cli = await navigator.clipboard.readText();
    expect(cli).toContain('--name nightly');
    expect(cli).toContain(`--env EPOCHS='it'\\''s'`);
    expect(cli).toContain('--group default');
    await opened.user.click(within(shown).getByRole('radio', { name: 'Python SDK' }));
    expect(within(shown).getByText(/ComputeSession\.get_or_create/)).toBeTruthy();
    await opened.user.click(within(shown).getByRole('radio', { name: 'curl' }));
    expect(within(shown).getByText(/"clientSessionToken": "nightly"/)).toBeTruthy();
    expect(creates(opened)).toHaveLength(0);
  });

  it('there is none for more sessions than may be launched, and it says why (SES-R14)', async () => {
    const opened = await openLauncher({ step: 4, query: form({ ...batch, allocationPreset: 'minimum-required', num_of_sessions: 1_000_000 }) });
    const button = screen.getByRole('button', { name: 'Copy as command' });
    await waitFor(() => expect(button.getAttribute('data-hint')).toBe('Sessions: At most 12 is allowed.'), { timeout: 15_000 });
    await opened.user.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the same again (UX-09)', () => {
  it('from the panel of a session into the launcher, with its settings and another name', async () => {
    const { user, cluster, ...rest } = await renderConsole({ path: '/session' });
    const opened = { user, cluster, ...rest };
    const own = Object.values(cluster.state.sessions).find((one) => one.name === 'notebook');
    await opened.reload(`/session?sessionDetail=${own?.id}`);
    const panel = await dialog('Session details');
    await user.click(await within(panel).findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Launch the same again' }));
    await atStep(4);
    expect(window.location.search).toBe('?step=4');
    const button = await launchButton();
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
    await user.click(button);
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const [made] = creates(opened);
    expect(made?.clientSessionToken).toMatch(/^notebook-[a-z]\d[a-z]\d$/);
    expect(made?.image).toBe(own?.imageReference);
    expect(made?.config.scaling_group).toBe(own?.resourceGroup);
    expect(made?.config.resources.cpu).toBe(own?.requestedSlots['cpu']);
  }, 60_000);
});
