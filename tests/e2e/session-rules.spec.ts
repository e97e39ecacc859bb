import type { Page } from '@playwright/test';
import { row, showFinished } from './actions';
import { expect, test } from './fixtures';

/** What can be done with a session from its row, in the order of the row; a letter where it may be, else a dash. */
const actions = [
  ['a', 'See app dialog of'],
  ['t', 'Execute terminal app of'],
  ['l', 'See container logs of'],
  ['x', 'Terminate'],
] as const;

async function expectAllowed(page: Page, rows: Record<string, string>) {
  for (const [name, allowed] of Object.entries(rows)) {
    const told = async () => {
      const refused = await Promise.all(actions.map(([, label]) => row(page, name).getByRole('button', { name: `${label} ${name}`, exact: true }).getAttribute('aria-disabled')));
      return actions.map(([letter], index) => (refused[index] === 'true' ? '-' : letter)).join('');
    };
    await expect.poll(told, name).toBe(allowed);
  }
}

/** The action is refused with its reason to whoever comes by keyboard, and does nothing. */
async function expectRefused(page: Page, name: string, label: string, reason: string) {
  await row(page, name).getByRole('link', { name, exact: true }).focus();
  for (const [, each] of actions) {
    await page.keyboard.press('Tab');
    await expect(row(page, name).getByRole('button', { name: `${each} ${name}`, exact: true })).toBeFocused();
    if (each === label) break;
  }
  await expect(page.getByRole('tooltip')).toHaveText(reason);
  const address = page.url();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(page.url()).toBe(address);
}

/** SES-304. The cluster's clock stands still: what is starting or ending does so for as long as it is looked at. */
test.describe('who may do what with whose session (SES-304)', () => {
  test.describe('24.03', () => {
    test.use({ simulation: { version: '24.03', speed: 0 } });

    test('its owner', async ({ page, logIn }) => {
      await logIn('user', '/session?size=50');
      await expectAllowed(page, { notebook: 'atlx', 'cluster-run': 'atlx', 'three-gpus': '---x', 'nightly-report': '---x' });
      await expectRefused(page, 'three-gpus', 'See app dialog of', 'Only while the session is RUNNING.');
      await expectRefused(page, 'three-gpus', 'See container logs of', 'The session has no container yet.');
      await showFinished(page);
      await expectAllowed(page, { 'sweep-lr-3': '--l-', 'broken-start': '--l-', 'changed-my-mind': '----' });
      await expectRefused(page, 'sweep-lr-3', 'Terminate', 'The session has ended.');
    });
  });

  test.describe('25.5', () => {
    test.use({ simulation: { version: '25.5', speed: 0 } });

    test('the administrator of its domain', async ({ page, logIn }) => {
      await logIn('domainAdmin', '/session?size=50');
      await expectAllowed(page, { 'on-arm': 'atlx', notebook: '--lx', 'three-gpus': '---x', 'stuck-ending': '--lx', 'lost-agent-job': '--lx' });
      await expectRefused(page, 'notebook', 'Execute terminal app of', 'Only the owner of the session can do this.');
      await row(page, 'lecture-1').getByRole('button', { name: 'Terminate lecture-1' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Terminate', exact: true }).click();
      await expect(row(page, 'lecture-1')).toContainText('TERMINATING');
      await showFinished(page);
      await expectAllowed(page, { statistics: '--l-', 'changed-my-mind': '----' });
    });
  });

  test.describe('26.8', () => {
    test.use({ simulation: { version: '26.8', speed: 0 } });

    test('the superadmin; in the panel as well', async ({ page, logIn }) => {
      await logIn('admin', '/session?size=50');
      await expectAllowed(page, { 'sftp-admin-notes': 'atlx', notebook: '--lx', 'on-arm': '--lx', 'three-gpus': '---x', 'stuck-ending': '--lx' });
      await row(page, 'notebook').getByRole('link', { name: 'notebook', exact: true }).click();
      const panel = page.getByRole('dialog');
      for (const name of ['See App Dialog', 'Execute Terminal App', 'Convert Session to Image', 'Rename the session']) {
        await expect(panel.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true');
      }
      for (const name of ['See Container Logs', 'Terminate']) {
        await expect(panel.getByRole('button', { name, exact: true })).not.toHaveAttribute('aria-disabled', 'true');
      }
      await panel.getByRole('button', { name: 'See Container Logs' }).focus();
      await page.keyboard.press('Tab');
      await expect(panel.getByRole('button', { name: 'Convert Session to Image' })).toBeFocused();
      await expect(page.getByRole('tooltip')).toHaveText('Only the owner of the session can do this.');
    });
  });
});
