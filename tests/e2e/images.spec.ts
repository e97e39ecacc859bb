import { confirmLaunch, row, terminate } from './actions';
import { expect, expectAccessible, test } from './fixtures';

for (const version of ['24.03', '25.5', '26.8']) {
  test.describe(`images of sessions, manager ${version}`, () => {
    test.use({ simulation: { version, config: { general: { allowManualImageNameForSession: true } } }, permissions: ['clipboard-read', 'clipboard-write'] });

    test('WALK-07 a session becomes an image, is found, starts sessions by list and by name, and goes (SES-063, SES-330, SES-340, SES-341, UX-03)', async ({ page, logIn }) => {
      test.slow();
      await logIn();
      await row(page, 'notebook').getByRole('link', { name: 'notebook', exact: true }).click();
      const detail = page.getByRole('dialog').filter({ hasText: 'Session details' });
      await detail.getByRole('button', { name: 'Convert Session to Image' }).click();
      const dialog = page.getByRole('dialog', { name: 'Convert session to image' });
      await dialog.getByRole('textbox', { name: 'Image name' }).fill('walk-env');
      await dialog.getByRole('button', { name: 'Push session to customized image' }).click();
      await expect(page.getByRole('article', { name: 'Making image walk-env' })).toBeVisible();
      // Left, and found again after a reload.
      await page.goto('/my-environment');
      await page.getByRole('button', { name: /^Notifications/ }).click();
      const drawer = page.getByRole('dialog').filter({ hasText: 'Notifications' });
      await expect(drawer.getByRole('link', { name: 'Image walk-env is ready' })).toBeVisible();
      await page.keyboard.press('Escape');

      const images = page.getByRole('table', { name: 'Images' });
      const line = images.getByRole('row').filter({ hasText: 'walk-env' });
      await expect(line).toContainText('Python');
      await line.getByRole('button', { name: 'Copy full name of walk-env' }).click();
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(clipboard).toContain('customized_');
      const name = await clipboard();
      expect(name).toMatch(/^cr\.example\.org\/stable\/python:3\.12-ubuntu22\.04-customized_[0-9a-f]{32}$/);

      // From the environment list.
      await page.goto('/session/start?step=1');
      await page.getByRole('combobox', { name: 'Environments' }).click();
      await page.keyboard.type('Python');
      await page.getByText('cr.example.org/stable/python', { exact: true }).last().click();
      await page.getByRole('combobox', { name: 'Version' }).click();
      await page.getByText('Customized walk-env').last().click();
      await page.getByRole('combobox', { name: 'Resource Presets' }).click();
      await page.getByTitle('Minimum requirements').last().click();
      await page.goto('/session/start?step=0');
      await page.getByLabel('Session name', { exact: true }).fill('from-list');
      await page.getByRole('button', { name: 'Skip to review' }).click();
      await confirmLaunch(page);
      await expect(row(page, 'from-list')).toContainText('RUNNING');

      // By the typed name.
      await page.goto('/session/start');
      await page.getByLabel('Session name', { exact: true }).fill('by-name');
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await page.getByRole('textbox', { name: 'Image Name (manual)' }).fill(name);
      await page.getByRole('combobox', { name: 'Resource Presets' }).click();
      await page.getByTitle('Minimum requirements').last().click();
      await page.getByRole('button', { name: 'Skip to review' }).click();
      await confirmLaunch(page);
      await expect(row(page, 'by-name')).toContainText('RUNNING');

      await page.goto('/my-environment');
      await line.getByRole('button', { name: 'Delete walk-env' }).click();
      await page.getByRole('dialog', { name: 'Delete image?' }).getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(line).toBeHidden();
      await page.goto('/session/start?step=1');
      await page.getByRole('combobox', { name: 'Environments' }).click();
      await page.keyboard.type('Python');
      await page.getByText('cr.example.org/stable/python', { exact: true }).last().click();
      await page.getByRole('combobox', { name: 'Version' }).click();
      await expect(page.getByText('3.11', { exact: true }).last()).toBeVisible();
      await expect(page.getByText('Customized walk-env')).toHaveCount(0);
      await page.keyboard.press('Escape');
      // Running ones go on.
      await page.goto('/session');
      await expect(row(page, 'from-list')).toContainText('RUNNING');
      await terminate(page, 'from-list');
    });
  });
}

for (const version of ['24.03', '26.8']) {
  test.describe(`a ${version} manager`, () => {
    test.use({ simulation: { version }, permissions: ['notifications'] });

    test(`commit and delete with a ${version} manager, told to who looks elsewhere once allowed (SES-331, SES-341, SES-C60, UX-03)`, async ({ page, logIn }) => {
      await page.addInitScript(() => {
        const told: string[] = [];
        Object.assign(window, { told });
        const Real = window.Notification;
        window.Notification = class extends Real {
          constructor(title: string, options?: NotificationOptions) {
            super(title, options);
            told.push(title);
          }
        } as typeof Notification;
        // A headless page always has the focus.
        document.hasFocus = () => false;
      });
      await logIn();
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await page.getByRole('switch', { name: 'Tell me on the desktop too' }).click();
      await expect(page.getByRole('switch', { name: 'Tell me on the desktop too' })).toBeChecked();
      await page.keyboard.press('Escape');
      await row(page, 'notebook').getByRole('link', { name: 'notebook', exact: true }).click();
      await page.getByRole('button', { name: 'Convert Session to Image' }).click();
      const dialog = page.getByRole('dialog', { name: 'Convert session to image' });
      await dialog.getByRole('textbox', { name: 'Image name' }).fill('walk-env');
      await dialog.getByRole('button', { name: 'Push session to customized image' }).click();
      await expect.poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual(['Image walk-env is ready']);
      await page.getByRole('article', { name: 'Image walk-env is ready' }).getByRole('link').click();
      await expect(page).toHaveURL(/my-environment/);
      await page.getByRole('button', { name: 'Delete walk-env' }).click();
      await page.getByRole('dialog', { name: 'Delete image?' }).getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByRole('row').filter({ hasText: 'walk-env' })).toBeHidden();
      await expect(page.getByRole('row').filter({ hasText: 'my-torch' })).toBeVisible();
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('a folder is made from the start page and the launcher; the dialogs pass axe (SES-090, A11-01)', async ({ page, logIn }) => {
      await logIn('user', '/start');
      await page.getByRole('button', { name: /Create Storage Folder/ }).click();
      const folder = page.getByRole('dialog', { name: 'Create a new storage folder' });
      await folder.getByRole('button', { name: 'Create', exact: true }).click();
      await expect(folder.getByText('A name is needed.')).toBeVisible();
      await expectAccessible(page, 'create folder');
      await folder.getByRole('textbox', { name: 'Folder name' }).fill('from-start');
      await folder.getByRole('button', { name: 'Create', exact: true }).click();
      await expect(folder).toBeHidden();
      await page.goto('/session/start?step=2');
      await expect(page.getByRole('checkbox', { name: 'from-start' })).not.toBeChecked();
      await page.getByRole('button', { name: 'Create folder' }).click();
      await folder.getByRole('textbox', { name: 'Folder name' }).fill('from-launcher');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('checkbox', { name: 'from-launcher' })).toBeChecked();

      await page.goto('/my-environment');
      await page.getByRole('button', { name: 'Delete my-torch' }).click();
      await expect(page.getByRole('dialog', { name: 'Delete image?' })).toBeVisible();
      await expectAccessible(page, 'delete image');
      await page.goto('/session');
      await row(page, 'notebook').getByRole('link', { name: 'notebook', exact: true }).click();
      await page.getByRole('button', { name: 'Convert Session to Image' }).click();
      await expect(page.getByText('1 of 3 customized images in use')).toBeVisible();
      await expectAccessible(page, 'commit');
    });
  });
}
