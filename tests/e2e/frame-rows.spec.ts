import type { Page } from '@playwright/test';
import { closeApps, launch } from './actions';
import { accounts, expect, expectAccessible, expectNoOverflow, test } from './fixtures';

/** What stands around every page, row by row, as it is seen. */
const menu = (page: Page) => page.getByRole('navigation', { name: 'Main menu' });
const userMenu = (page: Page) => page.getByRole('button', { name: /^User menu of/ });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

async function open(page: Page, item: string) {
  await userMenu(page).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('the first page, the menu that folds, the foot, the manual of each page (ACC-060, ACC-061, ACC-062, ACC-068)', async ({ page, logIn }) => {
  await logIn('user', '/');
  await expect(page).toHaveURL(/\/start$/);
  await expect(menu(page).getByRole('link', { name: 'Start' })).toHaveAttribute('aria-current', 'page');
  await menu(page).getByRole('link', { name: 'Sessions' }).click();
  await expect(heading(page, 'Sessions')).toBeVisible();
  await expect(menu(page).getByRole('link', { name: 'Sessions' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('link', { name: 'Manual for this page' })).toHaveAttribute('href', /sessions_all/);
  await page.goto('/session/start');
  await expect(menu(page).getByRole('link', { name: 'Sessions' })).toHaveAttribute('aria-current', /page|true/);

  const wide = async () => (await menu(page).boundingBox())?.width ?? 0;
  const before = await wide();
  await page.getByRole('button', { name: 'Collapse the menu' }).click();
  await expect.poll(wide).toBeLessThan(before / 2);
  await menu(page).getByRole('link', { name: 'Start', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip')).toHaveText('Sessions');
  await page.getByLabel('Session name', { exact: true }).fill('');
  await page.keyboard.type('[');
  await expect(page.getByLabel('Session name', { exact: true })).toHaveValue('[');
  await expect(page.getByRole('button', { name: 'Expand the menu' })).toBeVisible();
  await page.getByLabel('Session name', { exact: true }).fill('');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('[');
  await expect.poll(wide).toBe(before);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await expectAccessible(page, 'the menu of a narrow window');
  await page.getByRole('dialog').getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(heading(page, 'Sessions')).toBeVisible();
  await expectNoOverflow(page, 'a narrow list');
});

test('another project shows its own sessions, and is remembered (ACC-065)', async ({ page, logIn }) => {
  await logIn('admin');
  const names = page.getByRole('table', { name: 'Sessions' }).getByRole('rowheader').getByRole('link');
  await expect(names.filter({ hasText: 'notebook' })).toHaveCount(1);
  const project = page.getByRole('combobox', { name: 'Project' });
  await project.selectOption({ label: 'vision-lab' });
  await expect(names.filter({ hasText: 'notebook' })).toHaveCount(0);
  await expect(project.locator('optgroup[label="Model stores"]')).toBeAttached();
  await page.reload();
  await expect(project.locator('option:checked')).toHaveText('vision-lab');
});

test('notifications: one pops up, is kept in the drawer, and goes when it is told to (ACC-066)', async ({ page, logIn }) => {
  test.slow();
  await logIn();
  for (const name of ['told-one', 'told-two']) {
    await launch(page, { name });
    await closeApps(page, name);
    await expect(page.getByRole('region', { name: 'New notifications' }).getByRole('article', { name })).toBeVisible();
  }
  await page.keyboard.press(']');
  const drawer = page.getByRole('dialog', { name: 'Notifications' });
  const kept = drawer.getByRole('article').filter({ hasText: /^told-/ });
  await expect(kept).toHaveText([/told-two/, /told-one/]);
  await expectAccessible(page, 'notifications');
  await drawer.getByRole('radio', { name: 'In progress' }).check();
  await expect(drawer.getByText('Nothing in progress')).toBeVisible();
  await drawer.getByRole('radio', { name: 'All' }).check();
  await drawer.getByRole('button', { name: 'Remove: told-two' }).click();
  await expect(kept).toHaveText([/told-one/]);
  await drawer.getByRole('link', { name: 'told-one' }).click();
  const panel = page.getByRole('dialog', { name: 'Session details' });
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await drawer.getByRole('button', { name: 'Clear all' }).click();
  await expect(drawer.getByText('No notifications yet')).toBeVisible();
});

test('versions, one’s own account, a password that must be changed (ACC-069, ACC-070, ACC-071, ACC-073)', async ({ page, sim, logIn }) => {
  const me = sim.cluster.accounts.userByEmail(accounts.user.email);
  if (me) me.needPasswordChange = true;
  await logIn();
  await open(page, 'About Backend.AI');
  await expect(page.getByRole('dialog', { name: 'About Backend.AI' }).getByText(/^Backend\.AI Cluster 25\.5/)).toBeVisible();
  await page.keyboard.press('Escape');

  const bar = page.getByRole('region', { name: 'Password change' });
  await bar.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'My Account Information' });
  await dialog.getByLabel('Full Name').fill('Uma <b>Bold</b>');
  await dialog.getByLabel('Original password').fill('not-It-1');
  await dialog.getByLabel('New password', { exact: true }).fill('short');
  await dialog.getByLabel('New password (again)').fill('other');
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog.getByText('The passwords do not match.')).toBeVisible();
  await dialog.getByLabel('New password', { exact: true }).fill('new-Secret-1');
  await dialog.getByLabel('New password (again)').fill('new-Secret-1');
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog.getByText('The original password is wrong.')).toBeVisible();
  await expectAccessible(page, 'an account that was refused');
  await dialog.getByLabel('Original password').fill(accounts.user.password);
  await dialog.getByRole('button', { name: 'Update' }).click();
  await expect(dialog).toBeHidden();
  await expect(bar).toBeHidden();
  await expect(page.getByRole('button', { name: 'User menu of Uma <b>Bold</b>' })).toBeVisible();
  expect(me?.password).toBe('new-Secret-1');
});

test.describe('what a site decides', () => {
  test.use({
    simulation: {
      version: '26.8',
      config: { general: { maskUserInfo: true, allowThemeMode: false, enableExtendLoginSession: true }, menu: { blocklist: 'my-environment', inactivelist: 'import' } },
    },
  });

  test('masked names, no choice of theme, closed pages, a log-in that can be extended (ACC-052, ACC-063, ACC-067, ACC-069, SEC-17)', async ({ page, logIn }) => {
    await logIn();
    await expect(page.getByRole('button', { name: 'Language' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Theme' })).toHaveCount(0);
    await userMenu(page).click();
    await expect(page.getByText('us***@***.com')).toBeVisible();
    expect(await page.locator('body').innerText()).not.toContain(accounts.user.email);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Extend' }).click();
    await expect(page.getByText(/You stay logged in until/)).toBeVisible();

    await expect(menu(page).getByRole('link', { name: 'Import & Run' })).toHaveAttribute('aria-disabled', 'true');
    await expect(menu(page).getByRole('link', { name: 'My Environments' })).toHaveCount(0);
    for (const closed of ['/my-environment', '/import']) {
      await page.goto(closed);
      await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
    }
  });
});

test('an announcement under the header, shown as text of its own, closable (ACC-072, SEC-01)', async ({ page, sim, logIn }) => {
  sim.cluster.state.announcement = { enabled: true, message: '**Maintenance** on Friday <img src=x onerror=alert(1)> [more](javascript:alert(1))' };
  await logIn();
  const bar = page.getByRole('region', { name: 'Announcement' });
  await expect(bar.locator('strong')).toHaveText('Maintenance');
  await expect(bar.locator('img, a[href^="javascript"]')).toHaveCount(0);
  await expectAccessible(page, 'an announcement');
  await bar.getByRole('button', { name: /close/i }).click();
  await expect(bar).toBeHidden();
});
