import type { Page } from '@playwright/test';
import { row, showFinished, table } from './actions';
import { expect, expectAccessible, expectNoBrokenWords, test } from './fixtures';

/** The list of sessions and what is done from it, as it is seen. */
const names = (page: Page) => table(page).getByRole('rowheader').getByRole('link');
const head = (page: Page, name: string) => table(page).getByRole('columnheader', { name, exact: true });
const cell = async (page: Page, name: string, column: string) => {
  await expect(head(page, column)).toBeVisible();
  const at = (await table(page).getByRole('columnheader').allInnerTexts()).findIndex((title) => title.trim() === column);
  return row(page, name).locator('th, td').nth(at);
};

test.describe('the list', () => {
  test.use({ simulation: { speed: 1 } });

  test('cards, tabs, Running and Finished, amounts and times (SES-001, SES-002, SES-003, SES-006, SES-007, SES-013)', async ({ page, sim, logIn }) => {
    test.slow();
    await logIn('user', '/start');
    await page.getByRole('link', { name: 'Sessions', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Sessions', level: 1 })).toBeVisible();
    await page.getByRole('link', { name: /^Start Batch Session/ }).click();
    await expect(page.getByRole('radio', { name: /^Batch/ })).toBeChecked();
    // Inference and system sessions are made elsewhere.
    await expect(page.getByRole('radiogroup', { name: 'Kind of session' }).getByRole('radio')).toHaveCount(2);
    await page.goBack();
    await page.getByRole('link', { name: /^Start Interactive Session/ }).click();
    await expect(page.getByRole('radio', { name: /^Interactive/ })).toBeChecked();
    await page.goBack();

    await expect(page.getByRole('tab')).toHaveText([/All\s*6/, /Interactive\s*3/, /Batch\s*3/, /Inference\s*0/, /Upload Sessions\s*0/]);
    await expect(names(page)).toHaveText(['three-gpus', 'evaluate', 'train-resnet', 'nightly-report', 'cluster-run', 'notebook']);
    await page.getByRole('tab', { name: /^Batch/ }).click();
    await expect(names(page)).toHaveText(['evaluate', 'train-resnet', 'nightly-report']);
    await page.getByRole('tab', { name: /^Inference/ }).click();
    await expect(page.getByText('No sessions are running here')).toBeVisible();
    await page.getByRole('tab', { name: /^All/ }).click();

    // What waits shows what it asked for, what runs what it has.
    await expect(await cell(page, 'three-gpus', 'AI Accelerator')).toHaveText('3 GPU');
    await expect(await cell(page, 'three-gpus', 'CPU')).toHaveText('8');
    await expect(await cell(page, 'train-resnet', 'AI Accelerator')).toHaveText('1 GPU');
    await expect(await cell(page, 'notebook', 'AI Accelerator')).toHaveText('-');
    await expect(await cell(page, 'notebook', 'Memory (GiB)')).toHaveText('4');

    const elapsed = await cell(page, 'notebook', 'Elapsed Time');
    await expect(elapsed).toHaveText(/^(\d+d )?\d\d:\d\d:\d\d$/);
    let calls = 0;
    page.on('request', (request) => void (request.url().includes('/func/') && (calls += 1)));
    // A call of the list's own may come between, not with every second.
    await expect(async () => {
      calls = 0;
      const before = await elapsed.innerText();
      await expect(elapsed).not.toHaveText(before);
      expect(calls).toBe(0);
    }).toPass();
    await expect(await cell(page, 'nightly-report', 'Elapsed Time')).toHaveText('-');

    await showFinished(page);
    await expect(names(page).filter({ hasText: 'sweep-lr-3' })).toBeVisible();
    const over = table(page).locator('tbody').getByText(/^(TERMINATED|CANCELLED)$/);
    await expect(async () => expect(await over.count()).toBe(await names(page).count())).toPass();
    const took = await (await cell(page, 'sweep-lr-3', 'Elapsed Time')).innerText();
    await expect(await cell(page, 'changed-my-mind', 'Elapsed Time')).toHaveText(/^-$|\d\d:\d\d:\d\d/);
    await page.goBack();
    await expect(row(page, 'notebook')).toBeVisible();
    await page.goForward();
    await expect(await cell(page, 'sweep-lr-3', 'Elapsed Time')).toHaveText(took);

    const session = Object.values(sim.cluster.state.sessions).find(({ name }) => name === 'sweep-lr-3');
    await row(page, 'sweep-lr-3').getByRole('link', { name: 'sweep-lr-3' }).click();
    await expect(page).toHaveURL(new RegExp(`sessionDetail=${session?.id}`));
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await expect(page.getByRole('dialog').getByRole('heading', { name: /sweep-lr-3/ })).toBeVisible();
    await expectNoBrokenWords(page);
  });

  test('filter, order, pages, and the address that keeps them (SES-008, SES-009, SES-010, UX-02)', async ({ page, logIn }) => {
    test.slow();
    await logIn('admin');
    await expect(row(page, 'notebook')).toBeVisible();
    const all = await names(page).count();
    expect(all).toBeGreaterThan(10);
    await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('10');
    await expect(names(page)).toHaveCount(10);
    await expect(page.getByText(`1–10 of ${all} items`)).toBeVisible();
    await page.getByRole('button', { name: 'Page 2', exact: true }).click();
    await expect(names(page)).toHaveCount(all - 10);
    await expect(page).toHaveURL(/page=2/);

    await head(page, 'Session Name').getByRole('button').click();
    await expect(head(page, 'Session Name')).toHaveAttribute('aria-sort', 'ascending');
    // The header tells the new order at once, the rows follow.
    await expect(async () => {
      const rising = await names(page).allInnerTexts();
      expect(rising).toEqual([...rising].sort());
    }).toPass();
    const [least = ''] = await names(page).allInnerTexts();
    await head(page, 'Session Name').getByRole('button').click();
    await expect(head(page, 'Session Name')).toHaveAttribute('aria-sort', 'descending');
    await expect(names(page).first()).not.toHaveText(least);

    await page.getByRole('textbox', { name: 'Session Name to filter by' }).fill('e');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Filter by' }).selectOption('Owner E-mail');
    await page.getByRole('textbox', { name: 'Owner E-mail to filter by' }).fill('user@example.com');
    await page.keyboard.press('Enter');
    const found = ['train-resnet', 'three-gpus', 'notebook', 'nightly-report', 'evaluate', 'cluster-run'];
    await expect(names(page)).toHaveText(found);

    await page.reload();
    await expect(names(page)).toHaveText(found);
    await expect(head(page, 'Session Name')).toHaveAttribute('aria-sort', 'descending');
    await expectAccessible(page, 'a filtered list');
  });

  test('what it shows while it loads, when it fails, and where nothing is found (SES-014, REL-01)', async ({ page, sim, logIn }) => {
    await logIn();
    await expect(row(page, 'notebook')).toBeVisible();
    // A refresh that takes its time leaves the rows where they are.
    sim.faults.add({ match: '/func/admin/gql', kind: 'latency', ms: 1500 });
    await page.getByRole('button', { name: 'Refresh the list' }).click();
    await expect(row(page, 'notebook')).toBeVisible();
    sim.faults.clear();
    await page.getByRole('textbox', { name: 'Session Name to filter by' }).fill('nobody-called-it-so');
    await page.keyboard.press('Enter');
    await expect(page.getByText('No session matches the filter')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect(row(page, 'notebook')).toBeVisible();

    sim.faults.add({ match: '/func/admin/gql', kind: 'status', status: 500, body: { type: 'https://api.backend.ai/probs/internal-server-error', title: 'Internal server error.' } });
    await page.getByRole('tab', { name: /^Batch/ }).click();
    const retry = page.getByRole('tabpanel').getByRole('button', { name: /^(Try again|Retry)$/ });
    await expect(retry).toBeVisible();
    await expectAccessible(page, 'a failed list');
    sim.faults.clear();
    await retry.click();
    await expect(names(page)).toHaveText(['evaluate', 'train-resnet', 'nightly-report']);
  });

  test('what is left, per resource group and in total; the limits of the policy (SES-020, SES-021, SES-022, SES-023, SES-420)', async ({ page, sim, logIn }) => {
    const project = Object.values(sim.cluster.state.projects).find(({ name }) => name === 'default');
    if (project) project.totalResourceSlots = { cpu: 100 };
    sim.cluster.state.settings.discloseProjectResources = true;
    await logIn();
    const panel = page.getByRole('region', { name: 'Resources' });
    await expect(panel.getByRole('meter', { name: 'GPU used by you in default' })).toHaveAttribute('aria-valuetext', '1 / 2 GPU');
    await expect(panel.getByRole('meter', { name: 'Your sessions at once' })).toHaveAttribute('aria-valuetext', '4 / 12');
    await expect(panel.getByRole('meter', { name: 'CPU used by the project' })).toHaveAttribute('aria-valuetext', /^\d+ \/ 100 Core$/);
    await panel.getByRole('combobox', { name: 'Resource group' }).selectOption('nvidia-h100');
    await expect(panel.getByRole('meter', { name: 'fGPU used by you in nvidia-h100' })).toBeVisible();
    await panel.getByRole('button', { name: 'Help: fGPU' }).click();
    await expect(page.getByRole('tooltip').filter({ hasText: /share of a physical GPU/i })).toBeVisible();
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Limits' }).click();
    const limits = page.getByRole('tooltip').filter({ hasText: 'Limits of your keypair' });
    await expect(limits.getByText('Containers in a session')).toBeVisible();
    await page.keyboard.press('Escape');
    // The choice is the launcher's as well.
    await page.getByRole('link', { name: /^Start Interactive Session/ }).click();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(page.getByLabel('Resource Group', { exact: true })).toHaveValue('nvidia-h100');
  });

  test('why it ended, ended without a trace, and no idle checks (SES-202, SES-203, SES-252, SES-253, SES-273)', async ({ page, sim, logIn }) => {
    sim.cluster.state.settings.idleCheckers = { networkTimeout: false, sessionLifetime: false, utilization: null };
    await logIn('user', '/session?status=finished');
    await row(page, 'broken-start').getByRole('button', { name: 'Why broken-start has this status' }).click();
    const why = page.getByRole('dialog', { name: 'Status of broken-start' });
    await expect(why.getByText('ContainerCreationError', { exact: true })).toBeVisible();
    await expect(why.getByText('on agent i-gpu01')).toBeVisible();
    await expect(why.getByRole('paragraph').filter({ hasText: 'no space left on device' })).toBeVisible();
    await why.getByText('Traceback', { exact: true }).click();
    await expectAccessible(page, 'an error');
    await page.keyboard.press('Escape');
    await row(page, 'left-alone').getByRole('button', { name: 'Why left-alone has this status' }).click();
    const ended = page.getByRole('dialog', { name: 'Status of left-alone' });
    await expect(ended.getByText(/network idle check/)).toBeVisible();
    await expect(ended.getByText('Kernel Exit Code')).toBeVisible();
    await expect(ended.getByText('137')).toBeVisible();
    await page.keyboard.press('Escape');

    const notebook = Object.values(sim.cluster.state.sessions).find(({ name }) => name === 'notebook');
    await page.goto(`/session?sessionDetail=${notebook?.id}`);
    const panel = page.getByRole('dialog');
    await expect(panel.getByText('RUNNING').first()).toBeVisible();
    await expect(panel.getByText('Idle checks are not set.')).toBeVisible();
    // By itself, and then the last state stays.
    if (notebook) sim.cluster.sessions.terminate(sim.cluster.accounts.requester(notebook.accessKey), notebook.id, {});
    sim.cluster.advance('1m');
    await expect(panel.getByText('TERMINATED').first()).toBeVisible();

    await page.goto('/session?sessionDetail=00000000-0000-4000-8000-000000000000');
    await expect(panel.getByText('Session not found')).toBeVisible();
    await panel.getByRole('link', { name: 'To the list of sessions' }).or(panel.getByRole('button', { name: 'To the list of sessions' })).click();
    await expect(panel).toBeHidden();
    await expect(table(page)).toBeVisible();
  });
});

test.describe('ending sessions', () => {
  test.use({ simulation: { speed: 1 } });

  test('one, several at once with one that is refused, and by force (SES-011, SES-012, SES-301, SES-302, SES-303)', async ({ page, sim, logIn }) => {
    test.slow();
    await logIn();
    for (const action of ['See app dialog of', 'Execute terminal app of', 'See container logs of', 'Terminate']) {
      await expect(row(page, 'notebook').getByRole('button', { name: `${action} notebook` })).toBeEnabled();
    }
    await expect(row(page, 'three-gpus').getByRole('button', { name: 'See app dialog of three-gpus' })).toHaveAttribute('aria-disabled', 'true');

    await row(page, 'three-gpus').getByRole('button', { name: 'Terminate three-gpus' }).click();
    const one = page.getByRole('dialog', { name: 'Terminate session' });
    await expect(one.getByText(/not saved in a mounted folder is lost/)).toBeVisible();
    await expectAccessible(page, 'terminate');
    await one.getByRole('button', { name: 'Terminate', exact: true }).click();
    await expect(row(page, 'three-gpus')).toHaveCount(0);

    for (const name of ['notebook', 'cluster-run', 'evaluate']) await row(page, name).getByRole('checkbox').check();
    await expect(page.getByText('3 selected')).toBeVisible();
    await page.getByRole('group', { name: 'Selected sessions' }).getByRole('button', { name: 'Terminate' }).click();
    const several = page.getByRole('dialog', { name: 'Terminate 3 sessions' });
    await expect(several.getByRole('listitem')).toHaveCount(3);
    const kept = Object.values(sim.cluster.state.sessions).find(({ name }) => name === 'cluster-run');
    sim.faults.add({
      match: `/func/session/${kept?.id}`, method: 'DELETE', kind: 'status', status: 403, times: 1,
      body: { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden operation.', msg: 'The session is being committed' },
    });
    await several.getByRole('button', { name: 'Terminate', exact: true }).click();
    const left = page.getByRole('dialog', { name: /^Terminate/ });
    await expect(left.getByText(/being committed/)).toBeVisible();
    await expect(left.getByRole('listitem')).toHaveCount(1);
    await left.getByRole('checkbox', { name: 'Force termination' }).check();
    await expect(left.getByText(/some may stay on their agents/)).toBeVisible();
    await expectAccessible(page, 'force');
    await left.getByRole('button', { name: 'Force terminate' }).click();
    await expect(left).toBeHidden();
    await expect(row(page, 'cluster-run').getByText('RUNNING')).toHaveCount(0);
  });

  test('a superadmin sees which containers may stay, by agent (SES-302)', async ({ page, logIn }) => {
    await logIn('admin');
    await row(page, 'stuck-ending').getByRole('button', { name: 'Terminate stuck-ending' }).click();
    const box = page.getByRole('dialog', { name: 'Terminate session' });
    await expect(box.getByRole('checkbox', { name: 'Force termination' })).toBeChecked();
    await expect(box.getByText('i-cpu01')).toBeVisible();
    await box.getByRole('button', { name: 'Force terminate' }).click();
    await expect(row(page, 'stuck-ending')).toHaveCount(0);
  });
});
