import type { Page } from '@playwright/test';
import type { RunningServer } from '../../mocks/server';
import { accounts, expect, expectAccessible, test } from './fixtures';

/** The way in, row by row, as it is seen: what is asked, what each refusal says, and that nothing typed is lost. */
const id = (page: Page) => page.getByLabel('E-mail or Username');
const password = (page: Page) => page.getByLabel('Password', { exact: true });
const inside = (page: Page) => page.getByRole('button', { name: /user menu/i });

function userOf(sim: RunningServer, email = accounts.user.email) {
  const user = sim.cluster.accounts.userByEmail(email);
  if (!user) throw new Error(`no ${email}`);
  return user;
}

async function tryWith(page: Page, secret: string = accounts.user.password, email: string = accounts.user.email) {
  await id(page).fill(email);
  await password(page).fill(secret);
  await password(page).press('Enter');
}

test('what is missing, what is wrong, who is blocked, and the way in (ACC-010, ACC-011, ACC-013, ACC-014, ACC-015, ACC-024)', async ({ page, sim }) => {
  await page.goto('/session?type=batch');
  await expect(id(page)).toBeFocused();
  await page.getByRole('button', { name: 'Login', exact: true }).click();
  await expect(page.getByText('Enter your e-mail or username.')).toBeVisible();
  await expect(page.getByText('Enter your password.')).toBeVisible();
  await tryWith(page, 'wrong-Demo-1');
  await expect(page.getByText('The id or the password is not right.')).toBeVisible();
  await expect(password(page)).toBeFocused();
  await expect(id(page)).toHaveValue(accounts.user.email);
  await expectAccessible(page, 'a refused log-in');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password(page)).toHaveAttribute('type', 'text');
  await page.getByText('Trouble logging in?').click();
  await expect(page.getByText(/one-way hashes/)).toBeVisible();
  await expect(page.getByText(/private window/)).toBeVisible();

  sim.cluster.state.loginFailures[accounts.user2.email] = { count: 10, lastAt: sim.cluster.now };
  await tryWith(page, accounts.user2.password, accounts.user2.email);
  await expect(page.getByText('Too many failed attempts.')).toBeVisible();
  await expect(page.getByText(/after 20 minutes, or ask an administrator/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Try again in (20|1\d):\d\d$/ })).toBeDisabled();
  await tryWith(page);
  await expect(inside(page)).toBeVisible();
  await expect(page).toHaveURL(/\/session\?type=batch$/);
});

test('an account without a record is logged out again; a monitor too (ACC-018, ACC-019)', async ({ page, sim }) => {
  await page.goto('/');
  await tryWith(page, accounts.monitor.password, accounts.monitor.email);
  await expect(page.getByText('This account has no console.')).toBeVisible();
  sim.faults.add({ match: '/func/admin/gql', kind: 'status', status: 200, body: JSON.stringify({ data: { keypair: null, user: null, groups: null } }) });
  await tryWith(page);
  await expect(page.getByText('This account cannot use the console.')).toBeVisible();
  sim.faults.clear();
  await page.reload();
  await expect(id(page)).toBeVisible();
});

test('an expired password is replaced, and the log-in goes on (ACC-022)', async ({ page, sim }) => {
  sim.cluster.state.settings.maxPasswordAge = 30;
  userOf(sim).passwordChangedAt = sim.cluster.now - 31 * 86_400_000;
  await page.goto('/');
  await tryWith(page);
  const dialog = page.getByRole('dialog', { name: 'Your password has expired' });
  await dialog.getByLabel('New password', { exact: true }).fill(accounts.user.password);
  await dialog.getByLabel('New password (again)').fill(accounts.user.password);
  await dialog.getByRole('button', { name: 'Change and log in' }).click();
  await expect(dialog.getByText('The new password must differ from the current one.')).toBeVisible();
  await expectAccessible(page, 'an expired password');
  await dialog.getByLabel('New password', { exact: true }).fill('brand-New-2');
  await dialog.getByLabel('New password (again)').fill('brand-New-2');
  await dialog.getByRole('button', { name: 'Change and log in' }).click();
  await expect(inside(page)).toBeVisible();
});

for (const version of ['25.5', '26.8']) {
  test.describe(`manager ${version}`, () => {
    test.use({ simulation: { version } });

    test('a one-time password is asked for after the password (ACC-047)', async ({ page, sim }) => {
      Object.assign(userOf(sim), { totpActivated: true, otpCode: '123456' });
      await page.goto('/');
      await tryWith(page);
      const code = page.getByLabel('One-time password');
      await expect(code).toBeFocused();
      await code.fill('999999');
      await code.press('Enter');
      await expect(page.getByText('The code is wrong, expired or was already used.')).toBeVisible();
      await expectAccessible(page, 'a one-time password');
      await code.fill('123456');
      await code.press('Enter');
      await expect(inside(page)).toBeVisible();
    });
  });
}

test.describe('where logins at once are limited', () => {
  test.use({ simulation: { version: '26.8' } });

  test('another device is asked about before it is logged out (ACC-021)', async ({ page, sim, browser }) => {
    const policy = sim.cluster.state.userPolicies[userOf(sim).resourcePolicy];
    if (policy) policy.maxConcurrentLogins = 1;
    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await other.goto(sim.url);
    await tryWith(other);
    await expect(inside(other)).toBeVisible();

    await page.goto('/');
    await tryWith(page);
    const dialog = page.getByRole('dialog', { name: 'Logged in elsewhere' });
    await expect(dialog).toBeVisible();
    await expectAccessible(page, 'logged in elsewhere');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await expect(password(page)).toHaveValue(accounts.user.password);
    await password(page).press('Enter');
    await dialog.getByRole('button', { name: 'Log in anyway' }).click();
    await expect(inside(page)).toBeVisible();
    await other.reload();
    await expect(id(other)).toBeVisible();
    await elsewhere.close();
  });
});

test.describe('a site that leaves the choice', () => {
  test.use({ simulation: { config: { general: { apiEndpoint: '', allowChangeSigninMode: true, loginAttemptLimit: 2, loginBlockTime: 180, siteDescription: 'GPUs of the vision group' } } } });

  test('the endpoint is typed, checked and remembered; keys log in at the manager, a reload asks for them again (ACC-012, ACC-017, SEC-07)', async ({ page, sim }) => {
    await page.goto('/');
    await expect(page.getByText('GPUs of the vision group')).toBeVisible();
    const endpoint = page.getByLabel('Endpoint', { exact: true });
    await endpoint.fill('console.example.org');
    await tryWith(page);
    await expect(page.getByText('The address must begin with http:// or https://.')).toBeVisible();
    await endpoint.fill(`  ${sim.url}/ `);
    await endpoint.press('Enter');
    await expect(inside(page)).toBeVisible();
    await inside(page).click();
    await page.getByRole('menuitem', { name: 'Log Out' }).click();
    await expect(endpoint).toHaveValue(sim.url);

    await page.getByRole('radio', { name: 'API' }).check();
    const [keypair] = sim.cluster.accounts.keypairsOf(userOf(sim).id);
    await page.getByLabel('API Key').fill(keypair?.accessKey ?? '');
    await page.getByLabel('Secret Key', { exact: true }).fill(keypair?.secretKey ?? '');
    await endpoint.fill(sim.url);
    await endpoint.press('Enter');
    await expect(page.getByText('This address is a web server, not a manager.')).toBeVisible();
    await expectAccessible(page, 'API mode');
    await endpoint.fill(sim.managerUrl);
    await endpoint.press('Enter');
    await expect(inside(page)).toBeVisible();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    expect(kept).not.toContain(keypair?.secretKey);
    await page.reload();
    await expect(page.getByRole('radio', { name: 'API' })).toBeChecked();
    await expect(page.getByLabel('Secret Key', { exact: true })).toHaveValue('');
  });

  test('failures in a row make a pause (ACC-016)', async ({ page, sim }) => {
    await page.goto('/');
    await page.getByLabel('Endpoint', { exact: true }).fill(sim.url);
    await tryWith(page, 'wrong-Demo-1');
    await expect(page.getByText('The id or the password is not right.')).toBeVisible();
    await tryWith(page, 'wrong-Demo-2');
    await expect(page.getByText('Too many failed attempts in a row.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Try again in [23]:\d\d$/ })).toBeDisabled();
  });
});
