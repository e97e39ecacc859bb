import { readFileSync } from 'node:fs';
import { row, table } from './actions';
import { expect, expectAccessible, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

const named = <S extends { name: string }>(sim: { cluster: { state: { sessions: Record<string, S> } } }, name: string) => {
  const found = Object.values(sim.cluster.state.sessions).find((session) => session.name === name);
  if (!found) throw new Error(`no session ${name}`);
  return found;
};

test.describe('the list, as its user sees it', () => {
  test.use({ simulation: { speed: 1 } });

  test('safety clock: warned in the list and by a notification, once; the checks in the panel; traffic keeps the session (SES-270, SES-271, SES-272, SES-R65, UX-07)', async ({ page, sim, logIn }) => {
    const session = named(sim, 'notebook');
    session.startsAt = sim.cluster.now - 2 * 86_400_000;
    session.lastAccessAt = session.startsAt + 40 * 60_000;
    await logIn();
    const warning = row(page, 'notebook').getByRole('button', { name: /^notebook: Ends in (39|40) min/ });
    await expect(warning).toBeVisible();
    const card = page.getByRole('region', { name: 'New notifications' }).getByRole('article', { name: /^notebook: Ends in/ });
    await expect(card).toBeVisible();
    await card.getByRole('button', { name: /^Close/ }).click();
    await warning.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tooltip')).toContainText('open one of its apps or its terminal');
    await expectAccessible(page, 'warning');
    await page.keyboard.press('Escape');

    await page.reload();
    await expect(warning).toBeVisible();
    await expect(card).toBeHidden();

    await row(page, 'notebook').getByRole('link', { name: 'notebook', exact: true }).click();
    const panel = page.getByRole('dialog');
    const network = panel.getByRole('listitem').filter({ hasText: 'Network Idle Timeout' });
    await expect(network).toContainText(/00:(39|40):\d\d\s*under 1 hour/);
    const before = await network.locator('time').innerText();
    await expect(network.locator('time')).not.toHaveText(before);
    await panel.getByRole('button', { name: 'Details', exact: true }).click();
    await expect(page.getByRole('table', { name: 'Use of its resources' })).toBeVisible();
    await expectAccessible(page, 'panel with its checks');
    await expectNoBrokenWords(page);
    await panel.getByRole('button', { name: 'Close session details' }).click();
    await expect(panel).toBeHidden();

    sim.cluster.sessions.touch(session);
    await page.getByRole('button', { name: 'Refresh the list' }).click();
    await expect(warning).toBeHidden();
  });

  test('safety clock: a session that another tab of the list shows is warned of as well (SES-272, UX-07)', async ({ page, sim, logIn }) => {
    const session = named(sim, 'notebook');
    session.startsAt = sim.cluster.now - 2 * 86_400_000;
    session.lastAccessAt = session.startsAt + 40 * 60_000;
    await page.clock.install();
    await logIn('user', '/session?type=batch');
    await expect(row(page, 'train-resnet')).toBeVisible();
    await page.clock.fastForward(21_000);
    const card = page.getByRole('region', { name: 'New notifications' }).getByRole('article', { name: /^notebook: Ends in/ });
    await expect(card).toBeVisible();
    await expect(row(page, 'notebook')).toBeHidden();
  });

  test('panel, dependencies, export and questions (SES-005, SES-015, SES-205, SES-250, SES-251, SES-260, SES-350, SES-351, SES-421)', async ({ page, logIn }) => {
    await logIn();
    await page.getByRole('button', { name: 'Table settings' }).click();
    await page.getByRole('checkbox', { name: 'Dependencies' }).check();
    await page.keyboard.press('Escape');
    await row(page, 'evaluate').getByRole('link', { name: 'train-resnet' }).click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByRole('heading', { name: /train-resnet/ })).toBeVisible();
    await expect(panel.getByText('Network Received')).toBeVisible();
    await panel.getByText('Highest', { exact: true }).click();
    await expect(panel.getByRole('radio', { name: 'Highest' })).toBeChecked();
    await expect(panel.getByRole('heading', { name: 'Status history' })).toBeVisible();
    await panel.getByRole('list', { name: 'Sessions that wait for it' }).getByRole('link', { name: 'evaluate' }).click();
    await expect(panel.getByRole('heading', { name: /evaluate/ })).toBeVisible();
    await expectAccessible(page, 'panel of a waiting session');
    await page.goBack();
    await expect(panel.getByRole('heading', { name: /train-resnet/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();

    await row(page, 'cluster-run').getByRole('link', { name: 'cluster-run', exact: true }).click();
    const kernels = panel.getByRole('region', { name: 'Kernels' });
    await expect(kernels.getByRole('rowheader')).toHaveText(['main1', 'sub1', 'sub2']);
    await expect(kernels.getByRole('button', { name: 'Copy Container ID' })).toHaveCount(3);
    await expect.poll(() => kernels.evaluate((node) => node.scrollWidth - node.clientWidth), 'the table fits the panel').toBe(0);
    await panel.getByText('Host names and variables in the containers').click();
    await expect(panel.getByText('BACKENDAI_CLUSTER_REPLICAS')).toBeVisible();
    await expectAccessible(page, 'panel of a cluster session');
    await panel.getByRole('button', { name: 'Close session details' }).click();
    await expect(panel).toBeHidden();

    await page.getByRole('button', { name: 'List actions' }).click();
    await page.getByRole('menuitem', { name: 'Export CSV' }).click();
    const box = page.getByRole('dialog', { name: 'Export sessions as CSV' });
    await box.getByRole('textbox', { name: 'File name' }).fill('my sessions');
    await expectAccessible(page, 'export');
    const download = page.waitForEvent('download');
    await box.getByRole('button', { name: 'Export' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('my sessions.csv');
    const lines = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines.find((line) => line.startsWith('evaluate'))).toContain('train-resnet');
    await expect(box).toBeHidden();

    await page.getByRole('button', { name: 'List actions' }).click();
    await page.getByRole('menuitem', { name: 'Common questions' }).click();
    await page.getByText('Jupyter does not open').click();
    await expectAccessible(page, 'questions');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoOverflow(page, 'questions');
    await page.getByRole('button', { name: 'Close common questions' }).click();
    await expect(page.getByText('Jupyter does not open')).toBeHidden();

    await expectNoOverflow(page, 'list');
    await row(page, 'cluster-run').getByRole('link', { name: 'cluster-run', exact: true }).click();
    await expect(panel.getByRole('heading', { name: /cluster-run/ })).toBeVisible();
    await expectNoOverflow(page, 'panel');
    await expect.poll(() => panel.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
  });
});

test.describe('the queue, as a superadmin sees it', () => {
  test.use({ simulation: { version: '26.8', speed: 1 }, colorScheme: 'dark' });

  test('the list fits windows of 1440 and of 1280 pixels, places in the queue and all: no number is cut', async ({ page, logIn }) => {
    await logIn('admin');
    const list = page.getByRole('table', { name: 'Sessions' });
    await expect(list.getByText('Place 1 in the queue')).toBeAttached();
    for (const width of [1440, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => list.evaluate((table) => table.scrollWidth - (table.parentElement?.clientWidth ?? 0)), `${width} pixels`).toBeLessThanOrEqual(0);
    }
  });

  test('scheduler page, scheduling history, a priority that moves a session up (SES-016, SES-200, SES-201, SES-204)', async ({ page, sim, logIn }) => {
    await logIn('admin');
    await page.getByRole('link', { name: 'Scheduler' }).click();
    const queue = page.getByRole('table', { name: 'Queue of default' });
    await expect(queue.getByRole('rowheader').first()).toContainText('nightly-report');
    await expectAccessible(page, 'scheduler');
    await expectNoBrokenWords(page);
    await queue.getByRole('button', { name: 'Why three-gpus has this status' }).click();
    const history = page.getByRole('region', { name: 'Scheduling history' });
    await expect(history.getByText('NEED_RETRY')).toBeVisible();
    await expect(history.getByText('AgentSelector')).toBeVisible();
    await expectAccessible(page, 'scheduling history');
    await page.keyboard.press('Escape');

    await queue.getByRole('link', { name: 'three-gpus' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('button', { name: 'Change the priority' }).click();
    await panel.getByRole('spinbutton', { name: 'Priority' }).fill('90');
    await page.keyboard.press('Enter');
    await expect(panel.getByText('90', { exact: true })).toBeVisible();
    await panel.getByRole('button', { name: 'Show the scheduling history' }).click();
    await expect(history.getByText('NEED_RETRY')).toBeVisible();
    await expect.poll(() => history.evaluate((node) => node.scrollWidth - node.clientWidth), 'the history fits the panel').toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Refresh the queue' }).click();
    await expect(queue.getByRole('rowheader').first()).toContainText('three-gpus');
    expect(named(sim, 'three-gpus')).toMatchObject({ priority: 90 });

    await page.getByRole('combobox', { name: 'Resource Group' }).selectOption('nvidia-h100');
    await expect(page.getByText('No session is waiting')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('combobox', { name: 'Resource Group' })).toHaveValue('nvidia-h100');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoOverflow(page, 'scheduler');
  });
});

test('eight hours of a live list leave the page as it was (REL-13)', async ({ page, sim, logIn }) => {
  test.slow();
  sim.cluster.state.settings.idleCheckers = { networkTimeout: true, sessionLifetime: false, utilization: null };
  await logIn();
  await expect(row(page, 'notebook')).toContainText('RUNNING');
  const devtools = await page.context().newCDPSession(page);
  const counters = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { nodes, jsEventListeners, megabytes: usedSize / 2 ** 20 };
  };
  const pass = async (hours: number) => {
    for (let hour = 0; hour < hours; hour += 1) {
      sim.cluster.advance('1h');
      const answer = page.waitForResponse((response) => response.url().endsWith('/func/admin/gql') && (response.request().postData() ?? '').includes('query Sessions('));
      await page.getByRole('button', { name: 'Refresh the list' }).click();
      await answer;
    }
    await expect(table(page).getByRole('row').first()).toBeVisible();
  };
  await pass(2);
  const before = await counters();
  await pass(8);
  const after = await counters();
  expect(after.jsEventListeners).toBeLessThanOrEqual(before.jsEventListeners * 1.1 + 20);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.25 + 300);
  expect(after.megabytes).toBeLessThanOrEqual(before.megabytes + 6);
});
