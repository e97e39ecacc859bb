import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { button, closeLogin, field, fill, logins, openLogin } from './login-harness';
import type { LoginSetup } from './login-harness';

afterEach(closeLogin);

const account = { id: 'user@example.com', password: 'user-Demo-1' };

async function tryWith(setup: LoginSetup, id = account.id, password = account.password) {
  const opened = await openLogin(setup);
  await fill(opened.user, field.id(), id);
  await fill(opened.user, field.password(), password, '{Enter}');
  return opened;
}

function userIn(simulation: Parameters<NonNullable<LoginSetup['prepare']>>[0], email = account.id) {
  const user = simulation.cluster.accounts.userByEmail(email);
  if (!user) throw new Error(`no ${email}`);
  return user;
}

describe('the way in', () => {
  it('asks for id and password and lets the user in on Enter (ACC-010, ACC-011, ACC-014)', async () => {
    await tryWith({});
    expect(await screen.findByText('inside as user@example.com')).toBeTruthy();
  });

  it('works by keyboard alone, with the focus on the id at the start (ACC-011, A11-02)', async () => {
    const { user } = await openLogin();
    expect(document.activeElement).toBe(field.id());
    await user.keyboard(account.id);
    await user.tab();
    await user.keyboard(account.password);
    await user.tab();
    expect(document.activeElement).toBe(button('Show password'));
    await user.keyboard(' ');
    expect(field.password().type).toBe('text');
    await user.tab();
    expect(document.activeElement).toBe(button('Login'));
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
  });

  it('tells the browser what each field is, and marks the toggle (ACC-011)', async () => {
    const { user } = await openLogin();
    expect(field.id().autocomplete).toBe('username');
    expect(field.password().autocomplete).toBe('current-password');
    expect(button('Show password').getAttribute('aria-pressed')).toBe('false');
    await user.click(button('Show password'));
    expect(button('Show password').getAttribute('aria-pressed')).toBe('true');
  });

  it('asks for what is missing at its field and sends nothing (ACC-014)', async () => {
    const { user, simulation } = await openLogin();
    await user.click(button('Login'));
    expect(screen.getByText('Enter your e-mail or username.')).toBeTruthy();
    expect(screen.getByText('Enter your password.')).toBeTruthy();
    expect(document.activeElement).toBe(field.id());
    expect(logins(simulation)).toHaveLength(0);
  });

  it('makes one request of a double click (REL-07)', async () => {
    const { user, simulation } = await openLogin({
      prepare: ({ faults }) => faults.add({ match: '/server/login', kind: 'latency', ms: 80, times: 1 }),
    });
    await fill(user, field.id(), account.id);
    await fill(user, field.password(), account.password);
    await user.dblClick(button('Login'));
    expect(await screen.findByText(/inside as/)).toBeTruthy();
    expect(logins(simulation)).toHaveLength(1);
  });

  it('keeps secrets out of storage and address (SEC-07)', async () => {
    await tryWith({});
    await screen.findByText(/inside as/);
    const kept = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, window.location.href]);
    expect(kept).not.toContain(account.password);
  });
});

describe('the message by cause (ACC-014)', () => {
  it.each([['25.5.0'], ['26.8.0']])('tells a wrong password at the password, which keeps the focus, on %s', async (version) => {
    await tryWith({ version }, account.id, 'wrong-Demo-1');
    expect(await screen.findByText('The id or the password is not right.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field.password()));
    expect(field.password().getAttribute('aria-invalid')).toBe('true');
    expect(field.id().value).toBe(account.id);
    expect(document.body.textContent).not.toMatch(/auth-failed|\{"/);
  });

  it('says the same of an unknown id', async () => {
    await tryWith({}, 'nobody@example.com');
    expect(await screen.findByText('The id or the password is not right.')).toBeTruthy();
  });

  it('says that the address waits for its verification (ACC-036)', async () => {
    await tryWith({ prepare: (simulation) => void (userIn(simulation).status = 'before-verification') });
    expect(await screen.findByText(/not verified yet/)).toBeTruthy();
  });

  it('says no more of an inactive account than the server does (ACC-036)', async () => {
    await tryWith({ prepare: (simulation) => void (userIn(simulation).status = 'inactive') });
    expect(await screen.findByText('The id or the password is not right.')).toBeTruthy();
  });

  it('names the address that is not allowed', async () => {
    await tryWith({ prepare: (simulation) => void (userIn(simulation).allowedClientIp = ['10.0.0.1']) });
    expect(await screen.findByText(/'127.0.0.1' is not allowed IP address/)).toBeTruthy();
  });

  it('says that there is no keypair', async () => {
    await tryWith({
      prepare: ({ cluster }) => {
        const user = cluster.accounts.userByEmail(account.id);
        for (const keypair of Object.values(cluster.state.keypairs)) if (keypair.userId === user?.id) keypair.isActive = false;
      },
    });
    expect(await screen.findByText('This account has no keypair in use.')).toBeTruthy();
  });

  it('shows the words of a plugin', async () => {
    await tryWith({
      prepare: ({ faults }) =>
        faults.add({
          match: '/server/login',
          kind: 'status',
          status: 400,
          body: JSON.stringify({
            authenticated: false,
            data: { type: 'https://api.backend.ai/probs/rejected-by-hook', title: 'Rejected', details: 'Office hours only.' },
          }),
        }),
    });
    expect(await screen.findByText(/Office hours only\./)).toBeTruthy();
  });

  it('logs a monitor account out again (ACC-018)', async () => {
    const { simulation } = await tryWith({}, 'monitor@example.com', 'monitor-Demo-1');
    expect(await screen.findByText('This account has no console.')).toBeTruthy();
    expect(simulation.jar.get()).toBeNull();
  });

  it('logs an account without a record out again (ACC-019)', async () => {
    const { simulation } = await tryWith({
      prepare: ({ faults }) =>
        faults.add({
          match: '/func/admin/gql',
          kind: 'status',
          status: 200,
          body: JSON.stringify({ data: { keypair: null, user: null, groups: null } }),
        }),
    });
    expect(await screen.findByText('This account cannot use the console.')).toBeTruthy();
    expect(simulation.jar.get()).toBeNull();
  });

  it.each([
    ['network', undefined, 'The server cannot be reached.'],
    ['status', 502, 'The web server cannot reach the manager.'],
    ['status', 500, 'The server failed.'],
    ['broken-json', undefined, 'The answer is not that of a Backend.AI server.'],
    ['html', undefined, 'The web server cannot reach the manager.'],
    ['html', 200, 'The answer is not that of a Backend.AI server.'],
  ] as const)('a log-in cut by %s %s: the words, and what was typed stays (REL-01)', async (kind, status, words) => {
    const { user, simulation } = await tryWith({
      prepare: ({ faults }) => faults.add({ match: '/server/login', kind, times: 1, ...(status === undefined ? {} : { status }) }),
    });
    expect(await screen.findByText(words)).toBeTruthy();
    expect(field.password().value).toBe(account.password);
    await waitFor(() => expect(document.activeElement).toBe(field.password()));
    expect(logins(simulation)).toHaveLength(1);
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
  });
});

describe('blocks', () => {
  it('counts down after ten failures and sends nothing meanwhile (ACC-015)', async () => {
    const { user, simulation } = await tryWith(
      {
        prepare: ({ cluster }) => {
          cluster.state.loginFailures[account.id] = { count: 10, lastAt: cluster.now };
        },
      },
      account.id,
      'wrong-Demo-1',
    );
    expect(await screen.findByText('Too many failed attempts.')).toBeTruthy();
    expect(screen.getByText(/after 20 minutes, or ask an administrator/)).toBeTruthy();
    const held = await screen.findByRole<HTMLButtonElement>('button', { name: /Try again in (20:00|19:5\d)/ });
    expect(held.disabled).toBe(true);
    await user.type(field.password(), '{Enter}');
    expect(logins(simulation)).toHaveLength(1);
    // The server counts by name: somebody else may try.
    await fill(user, field.id(), 'user2@example.com');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Login' }).disabled).toBe(false);
  });

  it('pauses after as many failures in a row as the site allows (ACC-016)', async () => {
    const { user } = await tryWith({ general: { loginAttemptLimit: 2, loginBlockTime: 180 } }, account.id, 'wrong-Demo-1');
    await screen.findByText('The id or the password is not right.');
    await user.keyboard('wrong-Demo-2{Enter}');
    expect(await screen.findByText('Too many failed attempts in a row.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: /Try again in (3:00|2:5\d)/ })).toBeTruthy();
  });
});

describe('one-time password (ACC-047)', () => {
  it.each([['25.5.0'], ['26.8.0']])('is asked after id and password; a wrong code says so and keeps the id, on %s', async (version) => {
    const { user, simulation } = await tryWith({
      version,
      prepare: (running) => Object.assign(userIn(running), { totpActivated: true, otpCode: '123456' }),
    });
    expect(await screen.findByText(/authenticator app shows for user@example.com/)).toBeTruthy();
    expect(document.activeElement).toBe(field.code());
    expect(field.code().autocomplete).toBe('one-time-code');
    await user.keyboard('12ab3{Enter}');
    expect(screen.getByText('Enter the 6 digits of the code.')).toBeTruthy();
    expect(field.code().value).toBe('123');
    expect(logins(simulation)).toHaveLength(1);
    await user.keyboard('999{Enter}');
    expect(await screen.findByText('The code is wrong, expired or was already used.')).toBeTruthy();
    expect(screen.getByText(/user@example.com/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field.code()));
    await user.keyboard('123456{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
  });

  it('goes back to the fields with the id kept', async () => {
    const { user } = await tryWith({
      prepare: (running) => Object.assign(userIn(running), { totpActivated: true, otpCode: '123456' }),
    });
    await screen.findByText(/authenticator app/);
    await user.click(button('Back'));
    expect(field.id().value).toBe(account.id);
  });
});

describe('other devices (ACC-021)', () => {
  const limited: LoginSetup = {
    version: '26.8.0',
    prepare: (simulation) => {
      const policy = simulation.cluster.state.userPolicies[userIn(simulation).resourcePolicy];
      if (policy) policy.maxConcurrentLogins = 1;
      simulation.loginAs('user');
      simulation.logout();
    },
  };

  it('asks before it ends another log-in, and repeats the call with force', async () => {
    const { user, simulation } = await tryWith(limited);
    const dialog = await screen.findByRole('dialog', { name: 'Logged in elsewhere' });
    await user.click(within(dialog).getByRole('button', { name: 'Log in anyway' }));
    expect(await screen.findByText(/inside as/)).toBeTruthy();
    expect(logins(simulation).map((request) => request.body)).toEqual([
      { username: account.id, password: account.password },
      { username: account.id, password: account.password, force: true },
    ]);
  });

  it('returns to the form on Cancel', async () => {
    const { user, simulation } = await tryWith(limited);
    const dialog = await screen.findByRole('dialog', { name: 'Logged in elsewhere' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(field.password().value).toBe(account.password);
    expect(logins(simulation)).toHaveLength(1);
  });

  it('says so where forcing is refused too', async () => {
    const { user } = await tryWith({
      ...limited,
      prepare: (simulation) => {
        const policy = simulation.cluster.state.userPolicies[userIn(simulation).resourcePolicy];
        if (policy) policy.maxConcurrentLogins = 0;
      },
    });
    const dialog = await screen.findByRole('dialog', { name: 'Logged in elsewhere' });
    await user.click(within(dialog).getByRole('button', { name: 'Log in anyway' }));
    expect(await screen.findByText('This account may not log in once more.')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('an expired password (ACC-022)', () => {
  const expired: LoginSetup = {
    prepare: (simulation) => {
      simulation.cluster.state.settings.maxPasswordAge = 30;
      userIn(simulation).passwordChangedAt = simulation.cluster.now - 31 * 86_400_000;
    },
  };

  it('is replaced by the rule, and the log-in goes on with the new one (ACC-031)', async () => {
    const { user, simulation } = await tryWith(expired);
    const dialog = await screen.findByRole('dialog', { name: 'Your password has expired' });
    const inside = within(dialog);
    const next = inside.getByLabelText<HTMLInputElement>('New password');
    const repeat = inside.getByLabelText('New password (again)');
    const submit = inside.getByRole('button', { name: 'Change and log in' });
    expect(document.activeElement).toBe(next);
    expect(next.autocomplete).toBe('new-password');
    await fill(user, next, 'short1!');
    await user.click(submit);
    expect(inside.getByText('At least 8 characters are needed.')).toBeTruthy();
    await fill(user, next, account.password);
    await user.click(submit);
    expect(inside.getByText('The new password must differ from the current one.')).toBeTruthy();
    await fill(user, next, 'brand-New-2');
    await fill(user, repeat, 'brand-New-3');
    await user.click(submit);
    expect(inside.getByText('The two passwords are not the same.')).toBeTruthy();
    await fill(user, repeat, 'brand-New-2', '{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
    expect(userIn(simulation).password).toBe('brand-New-2');
  });

  it('tells a wrong current password at its field', async () => {
    const { user } = await tryWith(expired);
    const inside = within(await screen.findByRole('dialog', { name: 'Your password has expired' }));
    await fill(user, inside.getByLabelText('Current password'), 'x');
    await fill(user, inside.getByLabelText('New password'), 'brand-New-2');
    await fill(user, inside.getByLabelText('New password (again)'), 'brand-New-2', '{Enter}');
    expect(await inside.findByText('The current password is not right.')).toBeTruthy();
    expect(inside.getByLabelText<HTMLInputElement>('New password').value).toBe('brand-New-2');
  });
});

describe('the endpoint (ACC-012)', () => {
  it('is fixed by the site, with its caption', async () => {
    await openLogin({ general: { apiEndpointText: 'Seoul cluster' } });
    expect(screen.queryByLabelText('Endpoint')).toBeNull();
    expect(screen.getByText('Seoul cluster')).toBeTruthy();
  });

  it('is typed otherwise: trimmed, http or https, remembered, forgotten on request', async () => {
    localStorage.setItem('bai.endpoints', JSON.stringify(['https://old.example.org', 'https://older.example.org']));
    const { user, simulation } = await openLogin({ general: { apiEndpoint: '' } });
    expect(field.endpoint().value).toBe('https://old.example.org');
    await user.click(button('Endpoints used last'));
    await user.click(button('Forget https://older.example.org'));
    expect(screen.queryByText('https://older.example.org')).toBeNull();
    await fill(user, field.endpoint(), 'console.example.org');
    await fill(user, field.id(), account.id);
    await fill(user, field.password(), account.password, '{Enter}');
    expect(screen.getByText('The address must begin with http:// or https://.')).toBeTruthy();
    expect(document.activeElement).toBe(field.endpoint());
    expect(logins(simulation)).toHaveLength(0);
    await fill(user, field.endpoint(), '  http://localhost:3000/ ', '{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
    expect(JSON.parse(localStorage.getItem('bai.endpoints') ?? '[]')).toEqual(['http://localhost:3000', 'https://old.example.org']);
  });

  it('can be typed with a warning where the site’s settings cannot be read (ACC-005)', async () => {
    await openLogin({
      general: { apiEndpoint: '' },
      prepare: ({ faults }) => faults.add({ match: '/config.toml', kind: 'html' }),
    });
    expect(screen.getByText('The settings of this site could not be read')).toBeTruthy();
    expect(field.endpoint()).toBeTruthy();
  });
});

describe('API mode (ACC-017)', () => {
  it('is offered only where the site allows the choice', async () => {
    await openLogin();
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('asks for keys and the manager’s address, and logs in with them', async () => {
    const { user, simulation } = await openLogin({ general: { allowChangeSigninMode: true } });
    await user.click(screen.getByRole('radio', { name: 'API' }));
    const key = screen.getByLabelText<HTMLInputElement>('API Key');
    const secret = screen.getByLabelText<HTMLInputElement>('Secret Key');
    expect([key.maxLength, secret.maxLength]).toEqual([20, 40]);
    await fill(user, key, 'AKIAshort');
    await user.click(button('Login'));
    expect(screen.getByText(/Enter an API key/)).toBeTruthy();
    const [keypair] = simulation.cluster.accounts.keypairsOf(userIn(simulation).id);
    await fill(user, key, keypair?.accessKey ?? '');
    await fill(user, secret, keypair?.secretKey ?? '');
    await fill(user, field.endpoint(), simulation.managerUrl, '{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
    expect(logins(simulation)).toHaveLength(0);
  });

  it('asks for the keys again after a reload, as the secret key is not kept', async () => {
    const first = await openLogin({ general: { allowChangeSigninMode: true } });
    await first.user.click(screen.getByRole('radio', { name: 'API' }));
    const [keypair] = first.simulation.cluster.accounts.keypairsOf(userIn(first.simulation).id);
    await fill(first.user, screen.getByLabelText('API Key'), keypair?.accessKey ?? '');
    await fill(first.user, screen.getByLabelText('Secret Key'), keypair?.secretKey ?? '');
    await fill(first.user, field.endpoint(), first.simulation.managerUrl, '{Enter}');
    expect(await screen.findByText(/inside as/)).toBeTruthy();
    await first.reopen();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'API' }).checked).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>('Secret Key').value).toBe('');
    expect(field.endpoint().value).toBe(first.simulation.managerUrl);
  });

  it('says at the endpoint that a webserver needs Session mode', async () => {
    const { user, simulation } = await openLogin({ general: { allowChangeSigninMode: true } });
    await user.click(screen.getByRole('radio', { name: 'API' }));
    const [keypair] = simulation.cluster.accounts.keypairsOf(userIn(simulation).id);
    await fill(user, screen.getByLabelText('API Key'), keypair?.accessKey ?? '');
    await fill(user, screen.getByLabelText('Secret Key'), keypair?.secretKey ?? '', '{Enter}');
    expect(await screen.findByText('This address is a web server, not a manager.')).toBeTruthy();
  });
});

describe('around the form', () => {
  it('shows the site’s own words and the help (ACC-013, ACC-024)', async () => {
    const { user } = await openLogin({ general: { siteDescription: 'GPU cluster of the vision group' } });
    expect(screen.getByText('GPU cluster of the vision group')).toBeTruthy();
    await user.click(screen.getByText('Trouble logging in?'));
    expect(screen.getByText(/one-way hashes/)).toBeTruthy();
    expect(screen.getByText(/private window/)).toBeTruthy();
  });

  it('speaks Korean at once (ACC-103)', async () => {
    const { user } = await openLogin();
    await user.selectOptions(screen.getByLabelText('Language'), '한국어');
    expect(await screen.findByRole('button', { name: '로그인' })).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('언어'), 'English');
    expect(await screen.findByRole('button', { name: 'Login' })).toBeTruthy();
  });

  it('lets the theme be chosen unless the site says no (ACC-067)', async () => {
    const { user, view } = await openLogin();
    await user.selectOptions(screen.getByLabelText('Theme'), 'Dark');
    expect(document.documentElement.dataset.theme).toBe('dark');
    view.unmount();
    closeLogin();
    await openLogin({ general: { allowThemeMode: false } });
    expect(screen.queryByLabelText('Theme')).toBeNull();
  });

  it('offers no demo accounts outside the demo', async () => {
    Object.assign(window, { __baiDemo: { accounts: [{ email: 'a@example.com', password: 'x' }] } });
    await openLogin();
    expect(screen.queryByText('Demo accounts')).toBeNull();
    expect(screen.queryByRole('button', { name: 'a' })).toBeNull();
    Object.assign(window, { __baiDemo: undefined });
  });
});

describe('a log-in link (ACC-041)', () => {
  it('loses its token from the address at once and tells a refused one', async () => {
    window.history.replaceState(null, '', '/session?sToken=secret-token&tab=batch');
    const { simulation } = await openLogin({
      prepare: ({ faults }) =>
        faults.add({
          match: '/server/token-login',
          kind: 'status',
          status: 401,
          body: JSON.stringify({
            authenticated: false,
            data: { type: 'https://api.backend.ai/probs/auth-failed', title: 'x', details: 'User credential mismatch.' },
          }),
        }),
    });
    expect(window.location.search).toBe('?tab=batch');
    expect(await screen.findByText('The log-in token is not valid any more.')).toBeTruthy();
    const sent = simulation.requests.find((request) => request.path === '/server/token-login');
    expect(sent?.body).toEqual({ sToken: 'secret-token', tab: 'batch' });
    expect(field.id()).toBeTruthy();
  });

  it('says that the token is missing', async () => {
    window.history.replaceState(null, '', '/?sToken=');
    const { simulation } = await openLogin();
    expect(screen.getByText('The link holds no log-in token.')).toBeTruthy();
    expect(simulation.requests.some((request) => request.path === '/server/token-login')).toBe(false);
  });
});
