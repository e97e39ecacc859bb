import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What the stories do over and over, in the words that a user reads. */
export const table = (page: Page) => page.getByRole('table', { name: 'Sessions' });
export const row = (page: Page, name: string) => table(page).getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }).or(page.getByRole('button', { name, exact: true })) });

export interface Launch {
  type?: 'Interactive' | 'Batch';
  name: string;
  command?: string;
  /** Done on the second step. */
  resources?: () => Promise<void>;
}

/** Goes through the launcher from its first step to the last; leaves the page at the list. */
export async function launch(page: Page, { type = 'Interactive', name, command, resources }: Launch) {
  await page.goto('/session/start');
  await page.getByRole('radio', { name: new RegExp(`^${type}`) }).check();
  await page.getByLabel('Session name', { exact: true }).fill(name);
  if (command !== undefined) await page.getByLabel(/^Startup Command/).fill(command);
  if (resources) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await resources();
  }
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await confirmLaunch(page, type === 'Interactive');
}

/** On the launcher's second step (WALK-05): three sessions of 1 fGPU in a group that has two free. */
export async function askForThree(page: Page) {
  await page.getByLabel('Resource Group', { exact: true }).selectOption('nvidia-h100');
  await page.getByRole('combobox', { name: 'Environments' }).click();
  await page.keyboard.type('PyTorch');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Resource Presets' }).click();
  await page.getByTitle('Minimum requirements').last().click();
  const amount = page.getByRole('spinbutton', { name: 'AI Accelerator' });
  await amount.fill('1');
  await amount.press('Tab');
  const count = page.getByRole('spinbutton', { name: 'Sessions' });
  await count.fill('3');
  await count.press('Tab');
}

export async function confirmLaunch(page: Page, interactive = true) {
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  if (interactive) await page.getByRole('dialog', { name: /without a storage folder/i }).getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(/\/session(\?|$)/);
}

/** The apps of the session just launched open by themselves once it runs (SES-131). */
export async function closeApps(page: Page, name: string) {
  const apps = page.getByRole('dialog', { name: `App: ${name}` });
  await expect(apps).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(apps).toBeHidden();
}

export async function terminate(page: Page, name: string) {
  await row(page, name).getByRole('button', { name: `Terminate ${name}` }).click();
  await page.getByRole('dialog', { name: /^Terminate/ }).getByRole('button', { name: 'Terminate', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /^Terminate/ })).toBeHidden();
}

export async function showFinished(page: Page) {
  await page.getByText('Finished', { exact: true }).click();
  await expect(page).toHaveURL(/finished/);
}

/** Asked of the manager, as the page's own user: a way to make what no page can make yet. */
export function ask(page: Page, path: string, body: unknown, method = 'POST') {
  return page.evaluate(
    async ([url, text, verb]) => {
      const answer = await fetch(url ?? '', { method: verb, body: text, headers: { 'Content-Type': 'application/json' } });
      return { status: answer.status, text: await answer.text() };
    },
    [path, JSON.stringify(body), method],
  );
}
