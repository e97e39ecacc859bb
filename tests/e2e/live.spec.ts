import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { closeApps, confirmLaunch, row, showFinished, table, terminate } from './actions';

/** Against a live webserver, by `npm run test:live`: the console's main job, with an account of that cluster. */
interface Accounts {
  user: { email: string; password: string };
  image?: string;
  resourceGroup?: string;
}

test('log in, list, launch, RUNNING, logs, terminate, log out @live', async ({ page }) => {
  const site = process.env.BAI_LIVE_URL ?? '';
  const { user, image, resourceGroup } = JSON.parse(readFileSync(process.env.BAI_LIVE_ACCOUNTS ?? '', 'utf8')) as Accounts;
  const name = `live-check-${Date.now().toString(36)}`;
  test.setTimeout(300_000);

  await page.goto(`${site}/session`);
  await page.getByLabel(/e-mail or username/i).fill(user.email);
  await page.getByLabel('Password', { exact: true }).fill(user.password);
  await page.getByRole('button', { name: 'Login', exact: true }).click();
  await expect(table(page)).toBeVisible();

  await page.goto(`${site}/session/start`);
  await page.getByLabel('Session name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  if (resourceGroup) await page.getByLabel('Resource Group', { exact: true }).selectOption(resourceGroup);
  if (image) {
    await page.getByRole('combobox', { name: 'Environments' }).click();
    await page.keyboard.type(image);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('combobox', { name: 'Resource Presets' }).click();
  await page.getByTitle('Minimum requirements').last().click();
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await confirmLaunch(page);

  await expect(row(page, name)).toContainText('RUNNING', { timeout: 240_000 });
  await closeApps(page, name);
  await row(page, name).getByRole('button', { name: /See container logs/ }).click();
  await expect(page.getByRole('region', { name: /Log lines/ }).or(page.getByText('The container has written nothing.')).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await terminate(page, name);
  await showFinished(page);
  await expect(row(page, name)).toContainText(/TERMINATED|CANCELLED/, { timeout: 120_000 });
  await page.getByRole('button', { name: /user menu/i }).click();
  await page.getByRole('menuitem', { name: 'Log Out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});
