import { askForThree, launch, row, showFinished, table, terminate } from './actions';
import { expect, test } from './fixtures';

/** The stories of the queue and of batch sessions once more, with the oldest and the newest manager. */
for (const version of ['24.03', '26.8']) {
  test.describe(`manager ${version}`, () => {
    test.use({ simulation: { version } });

    test('WALK-05 two of three run, the third tells why it waits and follows by itself', async ({ page, logIn }) => {
      await logIn('user', '/session');
      await launch(page, {
        name: 'queue',
        resources: () => askForThree(page),
      });
      const mine = table(page).getByRole('row').filter({ hasText: /queue-\w{4}-\d/ });
      await expect(mine.filter({ hasText: 'RUNNING' })).toHaveCount(2);
      const waiting = mine.filter({ hasText: 'PENDING' });
      await expect(waiting).toHaveCount(1);
      await waiting.getByRole('button', { name: /^Why .* has this status/ }).click();
      await expect(page.getByRole('dialog', { name: /^Status of queue-/ }).getByText('It asks for 1 fGPU, but 0 fGPU is free in nvidia-h100 now.')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      const name = await mine.filter({ hasText: 'RUNNING' }).first().getByRole('button', { name: /^Terminate / }).getAttribute('aria-label');
      await terminate(page, (name ?? '').replace('Terminate ', ''));
      await expect(mine).toHaveCount(2);
      await expect(mine.filter({ hasText: 'RUNNING' })).toHaveCount(2);
    });

    test('WALK-06 batch sessions end by themselves, with SUCCESS and with FAILURE', async ({ page, logIn }) => {
      await logIn('user', '/session');
      await launch(page, { type: 'Batch', name: 'batch-good', command: 'echo hello from batch' });
      await launch(page, { type: 'Batch', name: 'batch-bad', command: 'echo this fails\nexit 3' });
      await expect(row(page, 'batch-good')).toBeHidden();
      await expect(row(page, 'batch-bad')).toBeHidden();
      await showFinished(page);
      for (const [name, result] of [['batch-good', 'SUCCESS'], ['batch-bad', 'FAILURE']] as const) {
        await row(page, name).getByRole('link', { name, exact: true }).click();
        await expect(page.getByRole('dialog').filter({ hasText: name }).getByText(result)).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await row(page, 'batch-good').getByRole('button', { name: /See container logs/ }).click();
      await expect(page.getByRole('region', { name: /Log lines/ })).toContainText('hello from batch');
    });
  });
}
