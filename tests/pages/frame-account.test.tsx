import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import type { RenderConsoleOptions } from '../helpers/render-console';

async function openAccount(options: RenderConsoleOptions = {}) {
  const opened = await renderConsole({ path: '/unauthorized', ...options });
  await opened.user.click(await screen.findByRole('button', { name: /^User menu of/ }));
  await opened.user.click(await screen.findByRole('menuitem', { name: 'My Account Information' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'My Account Information' }));
  return { ...opened, dialog, update: () => opened.user.click(dialog.getByRole('button', { name: 'Update' })) };
}

describe('My Account Information (ACC-071)', () => {
  it('sends the name alone when only the name changed, and the header follows', async () => {
    const { user, sim, dialog, update } = await openAccount();
    const name = dialog.getByRole('textbox', { name: 'Full Name' });
    await user.clear(name);
    await user.type(name, '<b>Ann</b> & Bob');
    sim.requests.length = 0;
    await update();
    await screen.findByRole('button', { name: 'User menu of <b>Ann</b> & Bob' });
    const writes = sim.requests.filter(({ path }) => path.startsWith('/func/auth/'));
    expect(writes.map(({ path, body }) => [path, body])).toEqual([['/func/auth/update-full-name', { email: 'user@example.com', full_name: '<b>Ann</b> & Bob' }]]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('sends nothing when nothing changed', async () => {
    const { sim, update } = await openAccount();
    sim.requests.length = 0;
    await update();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sim.requests.filter(({ path }) => path.startsWith('/func/auth/'))).toEqual([]);
  });

  it('checks the new password before it asks (ACC-031)', async () => {
    const { user, sim, dialog, update } = await openAccount();
    await user.type(dialog.getByLabelText('New password'), 'short');
    await user.type(dialog.getByLabelText('New password (again)'), 'other');
    await update();
    await dialog.findByText('Use 8 to 64 characters with at least one letter, one digit and one special character.');
    await dialog.findByText('The passwords do not match.');
    await dialog.findByText('Enter your original password to set a new one.');
    expect(sim.requests.filter(({ path }) => path.startsWith('/func/auth/'))).toEqual([]);
  });

  it('tells a wrong original password at its field and stays logged in', async () => {
    const { user, dialog, update } = await openAccount();
    await user.type(dialog.getByLabelText('Original password'), 'not-It-1');
    await user.type(dialog.getByLabelText('New password'), 'new-Secret-1');
    await user.type(dialog.getByLabelText('New password (again)'), 'new-Secret-1');
    await update();
    await dialog.findByText('The original password is wrong.');
    expect(dialog.getByLabelText<HTMLInputElement>('New password').value).toBe('new-Secret-1');
    expect(screen.getByRole('dialog', { name: 'My Account Information' })).toBeDefined();
  });

  it('changes the password, and the reminder goes (ACC-073)', async () => {
    const opened = await renderConsole({
      path: '/unauthorized',
      prepare: ({ cluster }) => {
        const me = cluster.accounts.userByEmail('user@example.com');
        if (me) me.needPasswordChange = true;
      },
    });
    const { user } = opened;
    await user.click(await screen.findByRole('button', { name: 'Change password' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'My Account Information' }));
    await user.type(dialog.getByLabelText('Original password'), 'user-Demo-1');
    await user.type(dialog.getByLabelText('New password'), 'new-Secret-1');
    await user.type(dialog.getByLabelText('New password (again)'), 'new-Secret-1');
    await user.click(dialog.getByRole('button', { name: 'Update' }));
    await screen.findByText('Your account was updated.');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Password change' })).toBeNull());
    // SEC-07: neither password is left anywhere in the browser.
    const kept = JSON.stringify([{ ...window.localStorage }, { ...window.sessionStorage }]);
    expect(kept).not.toContain('Secret');
    expect(kept).not.toContain('user-Demo-1');
  });

  it('says that the password was changed where only the name was refused', async () => {
    const { user, sim, dialog, update } = await openAccount({
      prepare: ({ cluster }) => {
        const me = cluster.accounts.userByEmail('user@example.com');
        if (me) me.needPasswordChange = true;
      },
    });
    sim.faults.add({ match: '/func/auth/update-full-name', kind: 'html', times: 1 });
    await user.type(dialog.getByRole('textbox', { name: 'Full Name' }), ' II');
    await user.type(dialog.getByLabelText('Original password'), 'user-Demo-1');
    await user.type(dialog.getByLabelText('New password'), 'new-Secret-1');
    await user.type(dialog.getByLabelText('New password (again)'), 'new-Secret-1');
    await update();
    await dialog.findByText('The server had a problem.');
    await screen.findByText('Your password was changed.');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Password change' })).toBeNull());
    expect(dialog.getByLabelText<HTMLInputElement>('New password').value).toBe('');
    await update();
    await screen.findByText('Your account was updated.');
    expect(sim.requests.filter(({ path }) => path === '/func/auth/update-password')).toHaveLength(1);
  });

  it('keeps what was typed when the server fails (REL-01)', async () => {
    const { user, sim, dialog, update } = await openAccount();
    sim.faults.add({ match: '/func/auth/update-full-name', kind: 'html', times: 1 });
    const name = dialog.getByRole('textbox', { name: 'Full Name' });
    await user.clear(name);
    await user.type(name, 'Ann');
    await update();
    await dialog.findByText('The server had a problem.');
    expect(dialog.getByRole<HTMLInputElement>('textbox', { name: 'Full Name' }).value).toBe('Ann');
    await update();
    await screen.findByRole('button', { name: 'User menu of Ann' });
  });
});
