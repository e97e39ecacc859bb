import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { authStore } from '../../src/client/auth-store';
import { loginCheck } from '../../src/client/login';
import { button, closeLogin, field, fill, logins, openLogin } from './login-harness';
import type { LoginSetup } from './login-harness';

afterEach(closeLogin);

/** Logged in, something typed, and then the session is gone. */
async function expiredInTheMiddle(setup: LoginSetup = {}) {
  const opened = await openLogin({ account: 'user', ...setup });
  await screen.findByText('inside as user@example.com');
  await fill(opened.user, screen.getByLabelText('Draft'), 'half a thought');
  opened.simulation.expireLogin();
  opened.simulation.requests.length = 0;
  authStore.expire();
  const dialog = await screen.findByRole('dialog', { name: 'Your session has expired' });
  return { ...opened, dialog: within(dialog) };
}

const draft = () => screen.getByLabelText<HTMLInputElement>('Draft').value;

describe('the log-in over the page (ACC-053, REL-04)', () => {
  it('asks the same user for the password only, and the page goes on with what was typed', async () => {
    const { user, dialog, reload } = await expiredInTheMiddle();
    expect(field.id().value).toBe('user@example.com');
    expect(field.id().readOnly).toBe(true);
    await waitFor(() => expect(document.activeElement).toBe(field.password()));
    expect(dialog.queryByLabelText('Endpoint')).toBeNull();
    await user.keyboard('user-Demo-1{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(authStore.get().phase).toBe('in');
    expect(draft()).toBe('half a thought');
    expect(reload.count).toBe(0);
    expect((await loginCheck()).authenticated).toBe(true);
  });

  it('keeps the page and the dialog after a wrong password (ACC-014)', async () => {
    const { user, dialog } = await expiredInTheMiddle();
    await fill(user, field.password(), 'wrong-Demo-1', '{Enter}');
    expect(await dialog.findByText('The id or the password is not right.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field.password()));
    expect(draft()).toBe('half a thought');
  });

  it('does not close on Escape: there is nothing to go on with', async () => {
    const { user } = await expiredInTheMiddle();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog', { name: 'Your session has expired' })).toBeTruthy();
  });

  it('asks for the one-time password in its place (ACC-047)', async () => {
    const { user, simulation } = await expiredInTheMiddle();
    Object.assign(simulation.cluster.accounts.userByEmail('user@example.com') ?? {}, { totpActivated: true, otpCode: '123456' });
    await fill(user, field.password(), 'user-Demo-1', '{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(field.code()));
    await user.keyboard('123456{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(draft()).toBe('half a thought');
  });

  it('lets somebody else in with a warning, and the page loads anew', async () => {
    const { user, dialog, reload } = await expiredInTheMiddle();
    await user.click(button('Log in as someone else'));
    expect(dialog.getByText(/what is not saved is lost/)).toBeTruthy();
    expect(field.id().value).toBe('');
    await fill(user, field.id(), 'user2@example.com');
    await fill(user, field.password(), 'user2-Demo-1', '{Enter}');
    await waitFor(() => expect(reload.count).toBe(1));
    expect(screen.queryByText('inside as user@example.com')).toBeNull();
  });

  it('can be taken back to the same user', async () => {
    const { user } = await expiredInTheMiddle();
    await user.click(button('Log in as someone else'));
    await user.click(button('Stay with user@example.com'));
    expect(field.id().value).toBe('user@example.com');
  });

  it('can log out instead (ACC-050)', async () => {
    const { user } = await expiredInTheMiddle();
    await user.click(button('Log Out'));
    expect(await screen.findByText('You are logged out.')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('makes one request of a double click (REL-07)', async () => {
    const { user, simulation } = await expiredInTheMiddle();
    await fill(user, field.password(), 'user-Demo-1');
    await user.dblClick(button('Login'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(logins(simulation)).toHaveLength(1);
  });
});
