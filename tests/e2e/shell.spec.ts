import type { Locator } from '@playwright/test';
import type { RunningServer } from '../../mocks/server';
import { ask, launch, row, table } from './actions';
import { accounts, expect, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

const openLogins = (sim: RunningServer) => Object.values(sim.cluster.state.loginSessions).filter(({ status }) => status === 'ACTIVE').length;

test('WALK-16 languages and themes: from the header, kept over a reload', async ({ page, logIn }) => {
  await logIn();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: '한국어' }).or(page.getByRole('menuitemradio', { name: '한국어' })).first().click();
  await expect(page.getByRole('heading', { name: '세션', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await page.getByRole('button', { name: '테마' }).click();
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('menuitem', { name: /어둡게|다크|어두운/ }).or(page.getByRole('menuitemradio', { name: /어둡게|다크|어두운/ })).first().click();
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(light);
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.reload();
  await expect(page.getByRole('heading', { name: '세션', level: 1 })).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(dark);
  await expectNoBrokenWords(page);
  const words = await page.locator('#root').innerText();
  for (const english of ['Session Name', 'Running', 'Finished', 'Priority', 'Elapsed', 'Resource Group', 'Terminate']) expect(words).not.toContain(english);
  await page.goto('/session/start?step=1');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.locator('#root').innerText()).not.toMatch(/Resource Group|Environment Variables|Skip to review|Shared Memory \(SHM\)\n/);
});

test('the session expires while a form is filled in: log in over the page and go on (REL-04, ACC-053)', async ({ page, sim, logIn }) => {
  await logIn();
  await page.goto('/session/start');
  await page.getByLabel('Session name', { exact: true }).fill('outlives-the-log-in');
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  const start = page.getByRole('dialog', { name: /without a storage folder/i }).getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeVisible();
  for (const login of Object.values(sim.cluster.state.loginSessions)) sim.cluster.accounts.logout(login.id);
  await start.click();
  const dialog = page.getByRole('dialog', { name: 'Your session has expired' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Password', { exact: true }).fill('wrong');
  await dialog.getByRole('button', { name: 'Login', exact: true }).click();
  await expect(dialog.getByText('The id or the password is not right.')).toBeVisible();
  await dialog.getByLabel('Password', { exact: true }).fill(accounts.user.password);
  await dialog.getByRole('button', { name: 'Login', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, 'outlives-the-log-in')).toHaveCount(1);
});

test('log-out empties every tab (SEC-08), and no secret is left behind (SEC-07)', async ({ page, sim, context, logIn }) => {
  await logIn();
  const second = await context.newPage();
  await second.goto(`${sim.url}/session/start`);
  await second.getByLabel('Session name', { exact: true }).fill('draft-of-mine');
  await page.bringToFront();
  await page.getByRole('button', { name: /user menu/i }).click();
  await page.getByRole('menuitem', { name: 'Log Out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect(second.getByText('You logged out in another tab.')).toBeVisible();
  for (const tab of [page, second]) {
    const kept = await tab.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    expect(kept).not.toContain(accounts.user.password);
    expect(kept).not.toContain('draft-of-mine');
    expect(kept).not.toMatch(/AKIA|AIOHTTP/);
  }
});

test('log-out works when the server cannot be reached, and is made up for at the next start (SEC-08)', async ({ page, logIn, sim }) => {
  await logIn();
  expect(openLogins(sim)).toBe(1);
  await page.route(/\/server\/logout/, (route) => route.abort());
  await page.getByRole('button', { name: /user menu/i }).click();
  await page.getByRole('menuitem', { name: 'Log Out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(openLogins(sim)).toBe(1);
  await page.unroute(/\/server\/logout/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect.poll(() => openLogins(sim)).toBe(0);
});

test('a reload while the manager is down says so, and the log-in lives on (ACC-020, ACC-074)', async ({ page, logIn, sim }) => {
  await logIn();
  sim.faults.add({ match: '/func/*', kind: 'status', status: 502 });
  await page.reload();
  await expect(page.getByText(/The cluster does not answer right now/)).toBeVisible();
  sim.faults.clear();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sessions', level: 1 })).toBeVisible();
});

test('only a path of this origin is gone back to after the log-in (SEC-09, ACC-010)', async ({ page, logIn, sim }) => {
  await logIn('user', '/session?type=batch&status=finished');
  await expect(page).toHaveURL(/type=batch&status=finished/);
  expect(new URL(page.url()).origin).toBe(sim.url);
});

test.describe('at version 26.8', () => {
  test.use({ simulation: { version: '26.8' } });

  // This manager takes any name.
  test('hostile names are shown as text (SEC-01)', async ({ page, logIn }) => {
    const names = ['<img src=x onerror=alert(1)>', '"><svg onload=alert(2)>', '{{constructor.constructor}}', '\u202Etxt.exe'];
    await logIn();
    let alerts = 0;
    page.on('dialog', (dialog) => {
      alerts += 1;
      void dialog.dismiss();
    });
    for (const name of names) {
      const { status } = await ask(page, '/func/session/_/create', {
        clientSessionToken: name,
        image: 'cr.example.org/stable/python:3.13-ubuntu24.04',
        group: 'default',
        domain: 'default',
        enqueueOnly: true,
        reuseIfExists: false,
        config: { resources: { cpu: 1, mem: '1g' }, scaling_group: 'default' },
      });
      expect(status, name).toBe(201);
    }
    await page.reload();
    for (const name of names) {
      await expect(table(page).getByText(name, { exact: true }).first()).toBeVisible();
    }
    await table(page).getByText(names[0] ?? '', { exact: true }).first().click();
    await expect(page.getByRole('dialog').getByText(names[0] ?? '', { exact: true }).first()).toBeVisible();
    expect(await page.locator('#root img[src="x"], #root svg[onload]').count()).toBe(0);
    expect(alerts).toBe(0);
  });

  test('the main job works on the newest manager too', async ({ page, logIn }) => {
    await logIn();
    await launch(page, { name: 'newest-manager' });
    await expect(row(page, 'newest-manager')).toContainText('RUNNING');
  });
});

test.describe('at version 24.03', () => {
  test.use({ simulation: { version: '24.03' } });

  test('the main job works on the oldest manager too', async ({ page, logIn }) => {
    await logIn();
    await launch(page, { name: 'oldest-manager' });
    await expect(row(page, 'oldest-manager')).toContainText('RUNNING');
  });
});

test('each role sees what it may (SES-004, ACC-018, ACC-063)', async ({ page, logIn, sim }) => {
  await logIn('admin');
  await expect(table(page)).toBeVisible();
  await page.getByRole('button', { name: /user menu/i }).click();
  await page.getByRole('menuitem', { name: 'Log Out' }).click();
  await page.getByLabel(/e-mail or username/i).fill(accounts.monitor.email);
  await page.getByLabel('Password', { exact: true }).fill(accounts.monitor.password);
  await page.getByRole('button', { name: 'Login', exact: true }).click();
  await expect(page.getByText('This account has no console.')).toBeVisible();
  await expect.poll(() => openLogins(sim)).toBe(0);
});

test('a page that does not exist says so and keeps its address', async ({ page, logIn }) => {
  await logIn('user', '/no-such-page');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await expect(page).toHaveURL(/no-such-page/);
});

test('ids from the address bar stay in their place (SEC-10)', async ({ page, logIn, sim }) => {
  await logIn();
  const seen: string[] = [];
  page.on('request', (request) => seen.push(new URL(request.url()).pathname));
  for (const id of ['..%2F..%2Fserver%2Flogout', '..%2f..', 'x%3Fforced%3Dtrue', 'not-a-uuid%23']) {
    await page.goto(`${sim.url}/session?sessionDetail=${id}`);
    await expect(page.getByText('Session not found')).toBeVisible();
  }
  expect(seen.filter((path) => path.includes('logout'))).toEqual([]);
});

test('a server that is slow to begin does not leave the page blank', async ({ page }) => {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/config.toml', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/session');
  await expect(page.getByText('Loading…')).toBeVisible();
  answer();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('a long address stays inside a narrow window (A11-04)', async ({ page, logIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await logIn('user', `/${'no-such-page'.repeat(20)}`);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await expectNoOverflow(page, 'the error page');
});

test('windows move in only where the system lets them (A11-04)', async ({ page, logIn }) => {
  await logIn();
  const moves = async () => {
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      addEventListener('animationstart', ({ animationName, target }) => {
        if (target instanceof Element && target.closest('[role="dialog"]')) seen.push(animationName);
      });
    });
    await page.getByRole('button', { name: 'Terminate notebook' }).click();
    const dialog = page.getByRole('dialog', { name: /^Terminate/ });
    await expect(dialog.getByText('Force termination')).toBeVisible();
    await dialog.evaluate((element) => Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished)));
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    return seen;
  };
  expect(await moves()).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moves()).not.toEqual([]);
});

test('the focus goes into each window of the frame and comes back (A11-02)', async ({ page, logIn }) => {
  await logIn();
  const visit = async (opener: Locator, open: () => Promise<void>) => {
    await opener.focus();
    await open();
    const dialog = page.getByRole('dialog');
    // The kit gives a drawer's focus to the box around it.
    const holdsFocus = (element: Element) => {
      const { activeElement, body } = document;
      return element.contains(activeElement) || (activeElement !== body && activeElement?.contains(element) === true);
    };
    await expect.poll(() => dialog.evaluate(holdsFocus)).toBe(true);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  };
  const enter = () => page.keyboard.press('Enter');
  const search = page.getByRole('button', { name: /^Search pages/ });
  await visit(search, enter);
  await visit(page.getByRole('button', { name: /^Notifications/ }), enter);
  await visit(page.getByRole('link', { name: 'Import & Run' }), () => page.keyboard.press('?'));
  for (const item of ['About Backend.AI', 'My Account Information']) {
    await visit(page.getByRole('button', { name: /user menu/i }), async () => {
      await enter();
      await page.getByRole('menuitem', { name: item }).press('Enter');
    });
  }
  // A window that another one opened, and which is gone by then: back to the page.
  await search.focus();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Search pages/ }).fill('about');
  await enter();
  await expect(page.getByRole('dialog', { name: 'About Backend.AI' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main')).toBeFocused();
});
