import { askForThree, closeApps, confirmLaunch, launch, row, showFinished, table, terminate } from './actions';
import { expect, expectAccessible, test } from './fixtures';

test('WALK-01 first session: launch, watch PENDING become RUNNING, see its apps, read the logs, terminate (SES-131)', async ({ page, logIn }) => {
  await logIn();
  await page.getByRole('link', { name: /Start Interactive Session/ }).click();
  await expect(page.getByRole('heading', { name: 'Start New Session' })).toBeVisible();
  await page.getByLabel('Session name', { exact: true }).fill('first-session');
  for (const heading of [/^2\./, /^3\./, /^4\./, /^5\./]) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
  }
  await confirmLaunch(page);

  const news = page.getByRole('region', { name: 'New notifications' });
  await expect(news.getByText('first-session')).toBeVisible();
  await expect(row(page, 'first-session')).toBeVisible();
  await expect(row(page, 'first-session')).toContainText('RUNNING');
  await expect(news).toContainText('RUNNING');
  await closeApps(page, 'first-session');

  await row(page, 'first-session').getByRole('button', { name: 'See container logs of first-session' }).click();
  const logs = page.getByRole('dialog', { name: 'Logs of first-session' });
  await expect(logs.getByRole('region', { name: /Log lines/ })).not.toBeEmpty();
  const download = page.waitForEvent('download');
  await logs.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('session-first-session-main1.log');
  await page.keyboard.press('Escape');
  await expect(logs).toBeHidden();

  await terminate(page, 'first-session');
  await expect(row(page, 'first-session')).toBeHidden();
  await showFinished(page);
  await expect(row(page, 'first-session')).toContainText('TERMINATED');
});

test('WALK-01 by keyboard alone (A11-02)', async ({ page, sim }) => {
  const press = (key: string) => page.keyboard.press(key);
  const reach = async (name: RegExp | string, role: 'button' | 'link' | 'textbox' = 'button') => {
    const target = page.getByRole(role, { name }).first();
    await target.waitFor();
    for (let steps = 0; steps < 80; steps++) {
      if (await target.evaluate((node) => node === document.activeElement)) return;
      await press('Tab');
    }
    throw new Error(`Tab never reaches ${String(name)}`);
  };
  await page.goto(sim.url);
  await expect(page.getByLabel(/e-mail or username/i)).toBeFocused();
  await page.keyboard.type('user@example.com');
  await press('Tab');
  await page.keyboard.type('user-Demo-1');
  await press('Enter');
  await reach(/Start Interactive Session/, 'link');
  await press('Enter');
  await reach('Session name', 'textbox');
  await page.keyboard.type('by-keyboard');
  await reach('Skip to review');
  await press('Enter');
  await reach(/^Launch$/);
  await press('Enter');
  const question = page.getByRole('dialog', { name: /without a storage folder/i });
  await expect(question).toBeVisible();
  await expect.poll(() => question.evaluate((node) => node.contains(document.activeElement))).toBe(true);
  await reach('Start');
  await press('Enter');
  await expect(row(page, 'by-keyboard')).toContainText('RUNNING');
  await closeApps(page, 'by-keyboard');
  await reach('Terminate by-keyboard');
  await press('Enter');
  await expect(page.getByRole('dialog', { name: /^Terminate/ })).toBeVisible();
  await reach(/^Terminate$/);
  await press('Enter');
  await expect(row(page, 'by-keyboard')).toBeHidden();
});

test('WALK-05 the queue: three sessions of 1 fGPU where 2 are free; the waiting one offers a smaller launch (UX-06, UX-08)', async ({ page, logIn }) => {
  await logIn();
  await launch(page, {
    name: 'queue',
    resources: async () => {
      await askForThree(page);
      await expect(page.getByText('2 of 3 sessions start right away. The others wait in the queue (PENDING).')).toBeVisible();
    },
  });
  const mine = table(page).getByRole('row').filter({ hasText: /queue-/ });
  await expect(mine).toHaveCount(3);
  await expect(mine.filter({ hasText: 'RUNNING' })).toHaveCount(2);
  const waiting = mine.filter({ hasText: 'PENDING' });
  await expect(waiting).toHaveCount(1);
  await waiting.getByRole('button', { name: /^Why .* has this status/ }).click();
  const why = page.getByRole('dialog', { name: /^Status of queue-/ });
  await expect(why.getByText(/It waits: /).first()).toBeVisible();
  await expect(why.getByText('It asks for 1 fGPU, but 0 fGPU is free in nvidia-h100 now.')).toBeVisible();
  await expect(why.getByRole('link', { name: /^queue-/ })).toHaveCount(2);
  await expectAccessible(page, 'why it waits');
  await why.getByRole('button', { name: /^Open the launcher with/ }).click();
  await expect(page.getByRole('heading', { name: /^5\./ })).toBeVisible();
  await expect(page.getByText('Starts right away: enough is free.')).toBeVisible();
  await confirmLaunch(page);
  const smaller = mine.filter({ hasText: /queue-\w+-\d-\w{4}/ });
  await expect(smaller).toContainText('RUNNING');
  // Its apps open by themselves (SES-131).
  await expect(page.getByRole('dialog', { name: /^App: queue-/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(waiting).toHaveCount(1);
  const extra = await smaller.getByRole('button', { name: /^Terminate / }).getAttribute('aria-label');
  await terminate(page, (extra ?? '').replace('Terminate ', ''));
  await expect(mine).toHaveCount(3);

  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  const name = await mine.filter({ hasText: 'RUNNING' }).first().getByRole('button', { name: /^Terminate / }).getAttribute('aria-label');
  await terminate(page, (name ?? '').replace('Terminate ', ''));
  await expect(mine.filter({ hasText: 'RUNNING' })).toHaveCount(2);
  await expect(mine).toHaveCount(2);
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
});

test('WALK-06 batch: one ends by itself with SUCCESS, one with FAILURE, one waits for its time', async ({ page, sim, logIn }) => {
  await logIn();
  await launch(page, { type: 'Batch', name: 'batch-good', command: 'echo hello from batch\nsleep 2' });
  await launch(page, { type: 'Batch', name: 'batch-bad', command: 'echo this fails\nexit 3' });

  await page.goto('/session/start');
  await page.getByRole('radio', { name: /^Batch/ }).check();
  await page.getByLabel('Session name', { exact: true }).fill('batch-later');
  await page.getByLabel(/^Startup Command/).fill('echo later');
  await page.getByRole('checkbox', { name: 'Not before' }).check();
  // The cluster's clock runs ahead of the browser's here, so the time offered by itself would have passed.
  const inAnHour = await page.evaluate(() => new Date(Date.now() + 3_600_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16));
  await page.locator('input[type="datetime-local"]').fill(inAnHour);
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await confirmLaunch(page, false);

  await expect(row(page, 'batch-later')).toContainText('PENDING');
  await expect(row(page, 'batch-good')).toBeHidden();
  await expect(row(page, 'batch-bad')).toBeHidden();
  await expect(row(page, 'batch-later')).toContainText('PENDING');

  await showFinished(page);
  await row(page, 'batch-good').getByRole('link', { name: 'batch-good', exact: true }).click();
  const detail = page.getByRole('dialog').filter({ hasText: 'batch-good' });
  await expect(detail.getByText('SUCCESS')).toBeVisible();
  await page.keyboard.press('Escape');
  await row(page, 'batch-bad').getByRole('link', { name: 'batch-bad', exact: true }).click();
  await expect(page.getByRole('dialog').filter({ hasText: 'batch-bad' }).getByText('FAILURE')).toBeVisible();
  await page.keyboard.press('Escape');
  await row(page, 'batch-good').getByRole('button', { name: /See container logs/ }).click();
  await expect(page.getByRole('region', { name: /Log lines/ })).toContainText('hello from batch');
  await page.keyboard.press('Escape');

  sim.cluster.advance('70m');
  await expect(row(page, 'batch-later')).toContainText('TERMINATED');
});

test('a batch session is ended at its timeout (WALK-06, SES-054)', async ({ page, sim, logIn }) => {
  await logIn();
  await page.goto('/session/start');
  await page.getByRole('radio', { name: /^Batch/ }).check();
  await page.getByLabel('Session name', { exact: true }).fill('batch-long');
  await page.getByLabel(/^Startup Command/).fill('sleep 100000');
  await page.getByRole('checkbox', { name: 'End after' }).check();
  await page.getByRole('spinbutton', { name: 'Timeout duration' }).fill('10');
  await page.getByLabel('Unit of the timeout', { exact: true }).selectOption({ label: 'minutes' });
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await confirmLaunch(page, false);
  await expect(row(page, 'batch-long')).toContainText('RUNNING');
  sim.cluster.advance('10m');
  await expect(row(page, 'batch-long')).toBeHidden();
  await showFinished(page);
  await row(page, 'batch-long').getByRole('button', { name: /^Why / }).click();
  await expect(page.getByText('Its startup command ran longer than its timeout.').first()).toBeVisible();
});

test('rename, and names that share a beginning (SES-300, REL-12)', async ({ page, logIn }) => {
  await logIn();
  for (const name of ['alike', 'alike-1', 'alike-10']) await launch(page, { name });
  await closeApps(page, 'alike-10');
  await expect(row(page, 'alike-1')).toContainText('RUNNING');
  await terminate(page, 'alike-1');
  await expect(row(page, 'alike-1')).toBeHidden();
  await expect(row(page, 'alike')).toBeVisible();
  await expect(row(page, 'alike-10')).toContainText('RUNNING');

  await row(page, 'alike-10').getByRole('link', { name: 'alike-10', exact: true }).click();
  const detail = page.getByRole('dialog');
  await detail.getByRole('button', { name: 'Rename the session' }).click();
  await detail.getByRole('textbox', { name: 'Session name' }).fill('a');
  await expect(detail.getByText(/4 to 64 letters/)).toBeVisible();
  await expect(detail.getByRole('button', { name: 'Save' })).toBeDisabled();
  await detail.getByRole('textbox', { name: 'Session name' }).fill('renamed-now');
  await detail.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'renamed-now')).toHaveCount(1);
});
