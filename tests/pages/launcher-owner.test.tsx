import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/pages/sessions/list-page';
import '../../src/parts/history-dialog';
import type { RenderedConsole } from '../helpers/render-console';
import { atStep, card, creates, fill, goTo, launchButton, launchWithoutFolder, leaveAndReturn, openLauncher } from './launcher-harness';
import { dialog } from './sessions-harness';

const late = { timeout: 15_000 };
const yuna = 'AKIAUSERTWOEXAMPLE23';

const email = () => screen.getByRole('textbox', { name: /E-mail of the user/ });

async function search(opened: RenderedConsole, typed: string): Promise<void> {
  await fill(opened, email(), typed);
  await opened.user.click(screen.getByRole('button', { name: 'Search' }));
}

async function assign(opened: RenderedConsole, typed: string): Promise<void> {
  await opened.user.click(screen.getByRole('switch', { name: 'Assign session to another user' }));
  await search(opened, typed);
}

describe('a session for another user (SES-055, SES-056)', () => {
  it('SES-055 e-mail, access key, project and resource group; the owner’s folders; the request names the owner', async () => {
    const opened = await openLauncher({ as: 'admin' });
    await assign(opened, 'user2@example.com');
    const key = await screen.findByRole('combobox', { name: /Access key/ }, late);
    expect(key).toHaveProperty('value', yuna);
    // The first is the header's.
    const project = screen.getAllByRole('combobox', { name: /^Project\W*$/ }).at(-1);
    // Nothing runs in a model store: it is not offered.
    expect([...(project as HTMLSelectElement).options].map((one) => one.text)).toEqual(['default']);
    await waitFor(() => expect(screen.getByRole('combobox', { name: /^Resource Group/ })).toHaveProperty('value', 'default'), late);
    await opened.user.selectOptions(screen.getByRole('combobox', { name: /^Resource Group/ }), 'nvidia-h100');

    await goTo(opened, 2);
    await opened.user.click(await screen.findByRole('checkbox', { name: 'homework' }, late));
    expect(screen.queryByRole('checkbox', { name: 'admin-notes' })).toBeNull();
    // A folder made here would be the administrator's own.
    expect(screen.queryByRole('button', { name: 'Create folder' })).toBeNull();

    await goTo(opened, 4);
    expect((await card('Session Type')).getByText('user2@example.com')).toBeTruthy();
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]).toMatchObject({
      owner_access_key: yuna,
      group: 'default',
      domain: 'default',
      config: { scaling_group: 'nvidia-h100', mounts: ['homework'] },
    });
    const made = Object.values(opened.cluster.state.sessions).at(-1);
    expect(made?.accessKey).toBe(yuna);
    expect(made?.mounts.map((mount) => mount.name)).toContain('homework');
  }, 60_000);

  it('SES-055 what is required bars Launch; an unknown address is told at its field; the block is not kept', async () => {
    const opened = await openLauncher({ as: 'admin' });
    await opened.user.click(screen.getByRole('switch', { name: 'Assign session to another user' }));
    expect(screen.queryByText(/press Search/)).toBeNull();
    await goTo(opened, 4);
    expect((await card('Session Type')).getByText(/press Search/)).toBeTruthy();
    expect((await launchButton()).getAttribute('aria-disabled')).toBe('true');
    await goTo(opened, 0);
    await search(opened, 'nobody@example.com');
    expect(await screen.findByText(/No active user with this e-mail/, {}, late)).toBeTruthy();
    expect(email().getAttribute('aria-invalid')).toBe('true');
    // Another letter, and the message goes with the account that was meant.
    await opened.user.type(email(), 'x');
    expect(screen.queryByText(/No active user with this e-mail/)).toBeNull();
    await search(opened, 'user2@example.com');
    await screen.findByRole('combobox', { name: /Access key/ }, late);
    // The draft; what was asked of the server is in the log of the calls, as all calls are (ACC-120).
    expect(JSON.stringify({ ...window.sessionStorage })).not.toContain('user2@example.com');
    await leaveAndReturn(opened, 0);
    const assigned = await screen.findByRole('switch', { name: 'Assign session to another user' }, late);
    expect(assigned).toHaveProperty('ariaChecked', 'false');
    // It says so, lest one starts it for oneself unawares.
    expect(screen.getByText(/This form was for another user/)).toBeTruthy();
    await opened.user.click(assigned);
    await opened.user.click(assigned);
    expect(screen.queryByText(/This form was for another user/)).toBeNull();
  }, 60_000);

  it('SES-043 SES-055 the history tells whom a launch was for, and launches for the same user and key again', async () => {
    const second = 'AKIAUSERTWOSECOND567';
    const opened = await openLauncher({
      as: 'admin',
      prepare: ({ cluster: { state } }) => {
        const keypair = state.keypairs[yuna];
        if (!keypair) throw new Error('not the demo’s seed');
        state.keypairs[second] = { ...keypair, accessKey: second };
      },
    });
    await assign(opened, 'user2@example.com');
    await opened.user.selectOptions(await screen.findByRole('combobox', { name: /Access key/ }, late), second);
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    await screen.findByRole('heading', { level: 1, name: 'Sessions' }, late);
    const secret = opened.cluster.state.keypairs[second]?.secretKey ?? '';
    expect(secret).not.toBe('');
    expect(JSON.stringify({ ...window.localStorage, ...window.sessionStorage })).not.toContain(secret);

    await opened.user.click(await screen.findByRole('button', { name: 'Recent History' }, late));
    const entry = within(await dialog('Recent History'));
    expect(entry.getByText('For user2@example.com')).toBeTruthy();
    await opened.user.click(entry.getByRole('button', { name: /^Fill the form with/ }));
    await atStep(4);
    expect(await (await card('Session Type')).findByText('user2@example.com', {}, late)).toBeTruthy();
    // A link is no place for it (SES-041).
    await opened.user.click(screen.getByRole('button', { name: 'Copy launch link' }));
    expect(await screen.findByText(/neither secret values nor the owner/)).toBeTruthy();
    expect(await navigator.clipboard.readText()).not.toContain('user2');
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened).map((one) => one.owner_access_key)).toEqual([second, second]);
  }, 60_000);

  it('SES-055 SES-066 limits and what is left of them are the owner’s, and choose the preset (pitfall 12)', async () => {
    const opened = await openLauncher({
      as: 'domainAdmin',
      prepare: ({ cluster }) => {
        const policy = cluster.state.keypairPolicies['operators'];
        if (policy) policy.totalResourceSlots = { cpu: 2 };
      },
    });
    await assign(opened, 'user2@example.com');
    await screen.findByRole('combobox', { name: /Access key/ }, late);
    await goTo(opened, 1);
    const cpu = await screen.findByRole('spinbutton', { name: 'CPU' }, late);
    // The administrator's 2 cores would have chosen the smallest.
    expect(screen.getByText('cpu03-large: 8 Core · 32 GiB · SHM 2 GiB')).toBeTruthy();
    expect(screen.getByText(/^10 Core free now/)).toBeTruthy();
    // More than the administrator's own policy allows, and no more than the owner's does.
    await fill(opened, cpu, '12');
    expect(screen.getByText(/Not enough resources now/)).toBeTruthy();
    expect(cpu.getAttribute('aria-invalid')).toBeNull();
    await fill(opened, cpu, '17');
    expect(screen.getByText('At most 16 is allowed.')).toBeTruthy();
    await fill(opened, cpu, '12');
    // The cluster size is of the owner's own policy, which the administrator may read.
    await fill(opened, screen.getByRole('spinbutton', { name: 'Cluster size' }), '3');
    expect(screen.getByText('At most 2 is allowed.')).toBeTruthy();
    await fill(opened, screen.getByRole('spinbutton', { name: 'Cluster size' }), '1');
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(Object.values(opened.cluster.state.sessions).at(-1)?.requestedSlots.cpu).toBe(12);
  }, 60_000);

  it('SES-055 SES-C11 where agents are hidden, what is free is the administrator’s view, and it says so', async () => {
    const opened = await openLauncher({ as: 'domainAdmin', config: { general: { hideAgents: true } } });
    await assign(opened, 'user2@example.com');
    expect(await screen.findByText(/keypair apply, not yours\. What is free here is told no further than your own limits reach/, {}, late)).toBeTruthy();
    await goTo(opened, 1);
    expect(await screen.findByText(/^cpu03-large: .*What is free here is told no further/, {}, late)).toBeTruthy();
  }, 60_000);

  it('SES-056 a domain admin acts neither for superadmins nor for other domains; users for nobody', async () => {
    const opened = await openLauncher({ as: 'domainAdmin' });
    await assign(opened, 'admin@example.com');
    expect(await screen.findByText(/not for superadmins/, {}, late)).toBeTruthy();
    const other = opened.cluster.accounts.userByEmail('user2@example.com');
    if (other) other.domain = 'elsewhere';
    await search(opened, 'user2@example.com');
    expect(await screen.findByText(/No active user with this e-mail/, {}, late)).toBeTruthy();
  }, 60_000);

  it('SES-056 the switch is for administrators only', async () => {
    await openLauncher({ as: 'user' });
    expect(screen.queryByRole('switch', { name: 'Assign session to another user' })).toBeNull();
  });

  it('SES-056 what the server refuses lands at the owner, and all stays (SES-C02)', async () => {
    const opened = await openLauncher({ as: 'domainAdmin' });
    await assign(opened, 'user2@example.com');
    await screen.findByRole('combobox', { name: /Access key/ }, late);
    const owner = opened.cluster.accounts.userByEmail('user2@example.com');
    // Between the search and the launch the user became a superadmin.
    if (owner) owner.role = 'superadmin';
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    const type = await card('Session Type');
    expect(await type.findByText(/on behalf of/, {}, late)).toBeTruthy();
    await opened.user.click(type.getByRole('button', { name: 'Edit Session Type' }));
    await waitFor(() => expect(email()).toHaveProperty('value', 'user2@example.com'));
    expect(email().getAttribute('aria-invalid')).toBe('true');
  }, 60_000);

  it('SES-055 SES-094 sessions at once and closed hosts follow the access key that is chosen', async () => {
    const closed = 'AKIAUSERTWOCLOSED567';
    const opened = await openLauncher({
      as: 'admin',
      prepare: ({ cluster: { state } }) => {
        const [student, keypair] = [state.keypairPolicies['student'], state.keypairs[yuna]];
        if (!student || !keypair) throw new Error('not the demo’s seed');
        for (const one of [...Object.values(state.domains), ...Object.values(state.projects)]) one.allowedFolderHosts = {};
        state.keypairPolicies['closed'] = { ...student, name: 'closed' };
        student.allowedFolderHosts = { 'local:volume1': ['mount-in-session'] };
        state.keypairs[closed] = { ...keypair, accessKey: closed, resourcePolicy: 'closed' };
      },
    });
    await assign(opened, 'user2@example.com');
    await screen.findByRole('combobox', { name: /Access key/ }, late);
    await goTo(opened, 1);
    // As is the number of sessions at once, the owner's: not "your" policy.
    expect(await screen.findByText(/the keypair’s policy does not let more run at once/, {}, late)).toBeTruthy();
    await goTo(opened, 2);
    expect(await screen.findByRole('checkbox', { name: 'homework' }, late)).toHaveProperty('disabled', false);
    await goTo(opened, 0);
    await opened.user.selectOptions(screen.getByRole('combobox', { name: /Access key/ }), closed);
    await goTo(opened, 2);
    expect(await screen.findByRole('checkbox', { name: 'homework' }, late)).toHaveProperty('disabled', true);
  }, 60_000);

  it('SES-055 an owner of another domain, whose amounts the manager can’t tell', async () => {
    const opened = await openLauncher({
      as: 'admin',
      prepare: ({ cluster }) => {
        const { state } = cluster;
        const home = state.domains['default'];
        const project = Object.values(state.projects).find((one) => one.name === 'default');
        const user = cluster.accounts.userByEmail('user2@example.com');
        if (!home || !project || !user) throw new Error('not the demo’s seed');
        state.domains['elsewhere'] = { ...home, name: 'elsewhere', resourceGroups: ['default'] };
        const id = '00000000-0000-4000-8000-00000000aaaa';
        state.projects[id] = { ...project, id, name: 'lab', domain: 'elsewhere' };
        user.domain = 'elsewhere';
        user.projectIds = [id];
      },
    });
    await assign(opened, 'user2@example.com');
    await screen.findByRole('combobox', { name: /Access key/ }, late);
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]).toMatchObject({ domain: 'elsewhere', group: 'lab', owner_access_key: yuna });
  }, 60_000);

  it.each(['24.03', '24.09', '25.13', '26.8'])('SES-055 at a manager %s', async (version) => {
    const opened = await openLauncher({ as: 'domainAdmin', version });
    await assign(opened, 'user2@example.com');
    await screen.findByRole('combobox', { name: /Access key/ }, late);
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(Object.values(opened.cluster.state.sessions).at(-1)?.accessKey).toBe(yuna);
  }, 30_000);
});
