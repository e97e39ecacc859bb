import { expect, expectAccessible, test } from './fixtures';

test.use({ allowedMessages: [/Failed to fetch dynamically imported module|error loading dynamically|Unable to preload CSS|MIME type/i] });

test('REL-09 a release goes by while the console is open: a reload is offered, and the launch that was typed is still there', async ({ page, logIn }) => {
  await logIn('user', '/session/start');
  await page.getByLabel('Session name', { exact: true }).fill('typed-before');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  // The files of this release are gone; a server of single-page apps answers with its index page.
  await page.route('**/assets/**', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html>' }));
  await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('heading', { name: /new version|has been updated|newer/i })).toBeVisible();
  await expectAccessible(page, 'a release went by');
  await page.unroute('**/assets/**');
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Sessions' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/session/start');
  await expect(page.getByLabel('Session name', { exact: true })).toHaveValue('typed-before');

  // The same for a part of a page that was not needed before: the log window.
  await page.goto('/session');
  await expect(page.getByRole('table', { name: 'Sessions' })).toBeVisible();
  await page.route('**/assets/**', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'gone' }));
  await page.getByRole('button', { name: 'See container logs of notebook' }).click();
  await expect(page.getByRole('button', { name: 'Reload', exact: true })).toBeVisible();
  await page.unroute('**/assets/**');
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Logs of notebook' }).getByRole('region', { name: /^Log lines/ })).toContainText('ServerApp');
});
