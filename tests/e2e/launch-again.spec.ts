import { confirmLaunch, row } from './actions';
import { expect, expectAccessible, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a launch goes on as a link, a command, a template and a memory of the browser (SES-041, SES-043, SES-044, UX-09)', async ({ page, logIn, sim }) => {
  test.slow();
  await logIn();
  await page.goto('/session/start?step=1');
  await page.getByRole('button', { name: 'Add environment variables' }).click();
  await page.getByLabel('Name of variable 1').fill('HF_TOKEN');
  await page.getByLabel('Value of variable 1').fill('hunter2');
  await page.getByRole('button', { name: /^Session Type/ }).click();
  await page.getByLabel('Session name', { exact: true }).fill('carry-on');
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await expect(page.getByText('Starts right away: enough is free.')).toBeVisible();

  // As a command.
  await page.getByRole('button', { name: 'Copy as command' }).click();
  const command = page.getByRole('dialog', { name: 'Launch as a command' });
  for (const kind of ['CLI', 'Python SDK', 'curl']) {
    await command.getByText(kind, { exact: true }).click();
    await command.getByRole('button', { name: 'Copy command' }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('carry-on');
    expect(text).toContain('HF_TOKEN');
    expect(text).not.toContain('hunter2');
  }
  await expectAccessible(page, 'command');
  await page.keyboard.press('Escape');
  await expect(command).toBeHidden();

  // As a template.
  await page.getByRole('button', { name: 'Save as template' }).click();
  const saving = page.getByRole('dialog', { name: 'Save as template' });
  await expectAccessible(page, 'save as template');
  await saving.getByLabel('Name of the template').fill('kept-launch');
  await saving.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The template kept-launch is saved.')).toBeVisible();

  // As a link, which another tab opens.
  await page.getByRole('button', { name: 'Copy launch link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(decodeURIComponent(link)).not.toContain('hunter2');
  await confirmLaunch(page);
  await expect(row(page, 'carry-on')).toContainText('RUNNING');
  await page.goto(link);
  await expect(page.getByText('carry-on', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/session\/start\?step=4$/);
  await expect(page.getByText(/The value of HF_TOKEN was not kept/).first()).toBeVisible();

  // From what the browser remembers, and from the template.
  await page.getByRole('button', { name: 'Recent History' }).click();
  const history = page.getByRole('dialog', { name: 'Recent History' });
  await expect(history.getByRole('button', { name: 'Pin carry-on' })).toBeVisible();
  await expectAccessible(page, 'history');
  await expectNoBrokenWords(page);
  await history.getByRole('button', { name: 'Fill the form with carry-on' }).click();
  await expect(page.getByText(/^carry-on-\w{4}$/)).toBeVisible();
  await page.getByRole('button', { name: 'Templates' }).click();
  const templates = page.getByRole('dialog', { name: 'Session templates' });
  await expect(templates.getByText('daily-cleanup')).toBeVisible();
  await expectAccessible(page, 'templates');
  await templates.getByRole('button', { name: 'Fill the form with kept-launch' }).click();
  await expect(page.getByText(/^kept-launch-\w{4}$/)).toBeVisible();
  // What was brought along stays over a reload, and is brought only once.
  await page.reload();
  await expect(page.getByText(/^kept-launch-\w{4}$/)).toBeVisible();
  await expect(page.getByRole('heading', { name: /^5\./ })).toBeVisible();
  expect(JSON.stringify(sim.cluster.state.templates)).not.toContain('hunter2');
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  expect(stored).not.toContain('hunter2');
});

test.describe('dark and Korean', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 360, height: 800 } });

  test('the dialogs of the launcher on a narrow screen (A11-01, A11-04)', async ({ page }) => {
    await page.addInitScript(() => {
      localStorage.setItem('bai.language', '"ko"');
      localStorage.setItem('bai.themeMode', '"dark"');
    });
    await page.goto('/');
    await page.locator('input').first().fill('user@example.com');
    await page.locator('input[type="password"]').first().fill('user-Demo-1');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto('/session/start?step=4');
    await expect(page.getByText('남은 자원이 충분하여 바로 시작합니다.')).toBeVisible();
    for (const name of ['명령으로 복사', '템플릿으로 저장', '템플릿', '최근 기록']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(400);
      await expectAccessible(page, name);
      await expectNoBrokenWords(page);
      await expectNoOverflow(page, name);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
});
