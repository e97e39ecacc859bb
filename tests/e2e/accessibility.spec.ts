import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

/** A11-01 and REL-10 over every page and dialog there is, in both themes and both languages. */
const places: { name: string; open: (page: Page) => Promise<void> }[] = [
  { name: 'sessions', open: async (page) => void (await page.goto('/session')) },
  { name: 'finished sessions', open: async (page) => void (await page.goto('/session?status=finished')) },
  { name: 'launcher, type', open: async (page) => void (await page.goto('/session/start')) },
  { name: 'launcher, resources', open: async (page) => void (await page.goto('/session/start?step=1')) },
  { name: 'launcher, data', open: async (page) => void (await page.goto('/session/start?step=2')) },
  { name: 'launcher, network', open: async (page) => void (await page.goto('/session/start?step=3')) },
  { name: 'launcher, review', open: async (page) => void (await page.goto('/session/start?step=4')) },
  { name: 'start', open: async (page) => void (await page.goto('/start')) },
  { name: 'start from URL', open: async (page) => void (await page.goto('/start?type=url')) },
  { name: 'import and run', open: async (page) => void (await page.goto('/import')) },
  { name: 'my environments', open: async (page) => void (await page.goto('/my-environment')) },
  { name: 'built-in help', open: async (page) => void (await page.goto('/help')) },
  { name: 'not found', open: async (page) => void (await page.goto('/nowhere')) },
];

async function settle(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForTimeout(700);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ko'] as const) {
    test.describe(`${colorScheme}, ${language}`, () => {
      test.use({ colorScheme });

      test('every page passes axe and shows facts (A11-01, REL-10)', async ({ page, logIn, sim }) => {
        test.slow();
        await page.goto(sim.url);
        await expect(page.getByLabel(/e-mail or username/i)).toBeVisible();
        await expectAccessible(page, `${colorScheme} log-in`);
        await logIn();
        if (language === 'ko') {
          await page.getByRole('button', { name: 'Language' }).click();
          await page.getByRole('menuitem', { name: '한국어' }).or(page.getByRole('menuitemradio', { name: '한국어' })).first().click();
          await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
        }
        for (const { name, open } of places) {
          await open(page);
          await settle(page);
          await expectAccessible(page, `${colorScheme} ${language} ${name}`);
          await expectNoBrokenWords(page);
        }
      });
    });
  }

  test.describe(`dialogs, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('every dialog and drawer passes axe (A11-01)', async ({ page, logIn }) => {
      test.slow();
      await logIn();
      const running = page.getByRole('table', { name: 'Sessions' }).getByRole('row').filter({ hasText: 'RUNNING' }).first();
      await running.getByRole('link').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await settle(page);
      await expectAccessible(page, 'detail');
      await page.keyboard.press('Escape');

      await running.getByRole('button', { name: /See container logs/ }).click();
      await expect(page.getByRole('region', { name: /Log lines/ })).toBeVisible();
      await settle(page);
      await expectAccessible(page, 'logs');
      await page.keyboard.press('Escape');

      await running.getByRole('button', { name: /See app dialog/ }).click();
      await expect(page.getByRole('button', { name: 'SSH / SFTP' })).toBeVisible();
      await page.getByText('From the command line').click();
      await settle(page);
      await expectAccessible(page, 'apps');
      await page.getByRole('button', { name: 'Visual Studio Code (Desktop)' }).click();
      await expect(page.getByRole('link', { name: 'Open Visual Studio Code' })).toBeVisible();
      await settle(page);
      await expectAccessible(page, 'an app for another program');
      await page.keyboard.press('Escape');

      await running.getByRole('button', { name: /^Terminate / }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await settle(page);
      await expectAccessible(page, 'terminate');
      await page.keyboard.press('Escape');

      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: /Search pages/ })).toBeVisible();
      await settle(page);
      await expectAccessible(page, 'palette');
      await page.keyboard.press('Escape');

      for (const item of ['About Backend.AI', 'My Account Information']) {
        await page.getByRole('button', { name: /user menu/i }).click();
        await page.getByRole('menuitem', { name: item }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await settle(page);
        await expectAccessible(page, item);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }

      await page.getByRole('button', { name: /^Notifications/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await settle(page);
      await expectAccessible(page, 'notifications');
    });
  });
}

test('usable at 320 pixels: nothing is wider than the window (A11-04)', async ({ page, logIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await logIn();
  for (const { name, open } of places) {
    await open(page);
    await settle(page);
    await expectNoOverflow(page, name);
  }
});
