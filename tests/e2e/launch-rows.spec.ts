import type { Page } from '@playwright/test';
import { launch, row } from './actions';
import { expect, expectAccessible, test } from './fixtures';

/** What the launcher and the notification of a session show, beyond the plain launch. */
const step = (page: Page, number: number) => expect(page.getByRole('heading', { level: 2, name: new RegExp(`^${number}\\.`) })).toBeVisible();
const name = (page: Page) => page.getByLabel('Session name', { exact: true });

test('one launcher with five steps: to and fro, to the review, by its menu, and Reset (SES-040, SES-042, SES-045, SES-051)', async ({ page, logIn }) => {
  await logIn('user', '/session/start');
  await expect(page.getByRole('heading', { name: 'Start New Session', level: 1 })).toBeVisible();
  const menu = page.getByRole('navigation', { name: 'Steps' });
  await expect(menu.getByRole('button')).toHaveCount(5);
  await expect(page.getByRole('button', { name: 'Previous', exact: true })).toBeDisabled();
  await name(page).fill('ab');
  await expect(page.getByText('At least 4 characters are needed.')).toBeVisible();
  await expect(menu.getByRole('button', { name: /Session Type.*has errors/ })).toBeVisible();
  await name(page).fill('notebook');
  for (const number of [2, 3, 4, 5]) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await step(page, number);
  }
  await expect(page.getByRole('button', { name: 'Next', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Previous', exact: true }).click();
  await step(page, 4);
  await menu.getByRole('button', { name: /Environments/ }).click();
  await step(page, 2);
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await step(page, 5);

  // The server refuses the name of a session that runs already.
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await page.getByRole('dialog', { name: /without a storage folder/i }).getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Session Type' }).getByText(/with this name is active already/)).toBeVisible();
  await menu.getByRole('button', { name: /Session Type.*has errors/ }).click();
  await expect(name(page)).toHaveValue('notebook');
  await expect(name(page)).toHaveAttribute('aria-invalid', 'true');

  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  const ask = page.getByRole('dialog', { name: 'Reset all steps?' });
  await expectAccessible(page, 'reset');
  await ask.getByRole('button', { name: 'Cancel' }).click();
  await expect(name(page)).toHaveValue('notebook');
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await ask.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(name(page)).toHaveValue('');
  await expect(name(page)).not.toHaveAttribute('aria-invalid', 'true');
});

test('the administrator of a domain acts for its users, not for superadmins; a user for nobody (SES-056)', async ({ page, logIn }) => {
  await logIn('domainAdmin', '/session/start');
  await page.getByRole('switch', { name: 'Assign session to another user' }).click();
  const email = page.getByLabel(/^E-mail of the user/);
  await email.fill('admin@example.com');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/not for superadmins/)).toBeVisible();
  await email.fill('user2@example.com');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/^Access key/)).toHaveValue('AKIAUSERTWOEXAMPLE23');

  await page.getByRole('button', { name: /user menu/i }).click();
  await page.getByRole('menuitem', { name: 'Log Out' }).click();
  await logIn('user', '/session/start');
  await expect(name(page)).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Assign session to another user' })).toHaveCount(0);
});

test('the card of a session follows it, acts on it, and goes after its end; the drawer keeps it (SES-130, SES-132)', async ({ page, logIn }) => {
  test.slow();
  await logIn();
  await launch(page, {
    name: 'too-many-gpus',
    resources: async () => {
      await page.getByRole('combobox', { name: 'Environments' }).click();
      await page.keyboard.type('PyTorch');
      await page.keyboard.press('Enter');
      const amount = page.getByRole('spinbutton', { name: 'AI Accelerator' });
      await amount.fill('2');
      await amount.press('Tab');
    },
  });
  const card = page.getByRole('region', { name: 'New notifications' }).getByRole('article', { name: 'too-many-gpus' });
  await expect(card.getByText('PENDING')).toBeVisible();
  await expect(card.getByText(/Waiting for resources\./)).toBeVisible();
  await expect(card.getByRole('button', { name: 'See container logs of too-many-gpus' })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page, 'a session that waits');
  await card.getByRole('button', { name: 'Terminate too-many-gpus' }).click();
  await page.getByRole('dialog', { name: 'Terminate session' }).getByRole('button', { name: 'Terminate', exact: true }).click();
  await expect(card.getByText('CANCELLED')).toBeVisible();
  await expect(card).toBeHidden();
  await page.getByRole('button', { name: 'Notifications' }).click();
  await expect(page.getByRole('dialog', { name: 'Notifications' }).getByRole('article', { name: 'too-many-gpus' })).toContainText('CANCELLED');
});

test.describe('with as many images as the policy allows', () => {
  test.use({ simulation: { speed: 1 } });

  test('a session is not turned into another image; a cluster session counts once (SES-332, SES-352)', async ({ page, sim, logIn }) => {
    for (const policy of Object.values(sim.cluster.state.userPolicies)) policy.maxCustomizedImageCount = 1;
    await logIn();
    // Three containers, and one of the four that run or wait.
    await expect(page.getByRole('meter', { name: 'Your sessions at once' })).toHaveAttribute('aria-valuetext', '4 / 12');
    await row(page, 'cluster-run').getByRole('link', { name: 'cluster-run' }).click();
    const panel = page.getByRole('dialog', { name: 'Session details' });
    await expect(panel.getByText(/counts once against concurrent sessions/)).toBeVisible();
    await panel.getByRole('button', { name: 'Close session details' }).click();
    await row(page, 'notebook').getByRole('link', { name: 'notebook' }).click();
    await panel.getByRole('button', { name: 'Convert Session to Image' }).click();
    const box = page.getByRole('dialog', { name: 'Convert session to image' });
    await expect(box.getByText('1 of 1 customized images in use')).toBeVisible();
    await expect(box.getByRole('button', { name: 'Push session to customized image' })).toBeDisabled();
    await expectAccessible(page, 'no room for an image');
    await box.getByRole('link', { name: 'My Environments' }).click();
    await expect(page.getByRole('heading', { name: 'My Environments', level: 1 })).toBeVisible();
  });
});
