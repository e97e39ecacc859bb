import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { row } from './actions';
import { expect, expectAccessible, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

const desk = (page: Page, name: string) => page.getByRole('dialog', { name: `Logs of ${name}` });
const lines = (page: Page) => page.getByRole('region', { name: /^Log lines of/ });

/** What the reader sees first, and how far down. */
const place = (page: Page) =>
  lines(page).evaluate((pane) => {
    const { top } = pane.getBoundingClientRect();
    const first = [...pane.querySelectorAll('[data-index]')].find((one) => one.getBoundingClientRect().bottom > top);
    return `${first?.textContent?.slice(0, 60)} at ${Math.round((first?.getBoundingClientRect().top ?? 0) - top)}`;
  });

test('SES-265 PER-05 thousands of lines: followed without moving the reader, searched, linked to a line', async ({ page, logIn, sim, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: sim.url });
  await logIn('user2');
  const training = Object.values(sim.cluster.state.sessions).find((session) => session.name === 'term-project');
  await page.goto(`/session?sessionDetail=${training?.id}&logs=main`);
  const box = desk(page, 'term-project');
  await expect(box.getByText(/^1\d,\d{3} lines · /)).toBeVisible();
  await expect(lines(page).locator('[data-index]').last()).toContainText('epoch');

  // At the end one stays there; a reader who scrolled up is not moved.
  await lines(page).focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(box.getByRole('button', { name: /To the end|new lines?/ })).toBeVisible();
  await page.waitForTimeout(300);
  const before = await place(page);
  await expect(box.getByRole('button', { name: /new lines/ })).toBeVisible();
  expect(await place(page)).toBe(before);
  await box.getByRole('button', { name: /new lines/ }).click();
  await expect(box.getByRole('button', { name: /To the end|new lines?/ })).toBeHidden();

  // A regular expression, also one that would take for ever.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('epoch 7 step 49\\d/');
  await box.getByRole('button', { name: 'Regular expression' }).click();
  await expect(box.getByText(/^1 of \d+$/)).toBeVisible();
  await expect(lines(page).locator('mark').first()).toHaveText(/epoch 7 step 49\d\//);
  await box.getByRole('textbox', { name: 'Search in the logs' }).fill('^(\\S+\\s?)+!$');
  await expect(box.getByText('Too slow')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(box).toBeVisible();

  // Levels, then the line after the first error as a link for somebody else.
  await box.getByRole('button', { name: /^Errors only/ }).click();
  await expect(box.getByText(/of 1\d,\d{3} lines/)).toBeVisible();
  await expect(lines(page).getByText('Traceback (most recent call last):').first()).toBeVisible();
  await box.getByRole('button', { name: /^Errors only/ }).click();
  await page.keyboard.press('Control+g');
  await page.keyboard.type('2345');
  await page.keyboard.press('Enter');
  await expect(lines(page).locator('[data-chosen]')).toContainText('2345');
  await box.getByRole('button', { name: 'Copy link to line 2345' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${sim.url}/session?sessionDetail=${training?.id}&logs=${training?.kernels[0]?.id}&line=2345`);
  await page.goto(link);
  await expect(lines(page).locator('[data-chosen]')).toBeInViewport();
  await expect(lines(page).locator('[data-chosen]')).toContainText('2345');
});

test('SES-351 A11-01 all containers in one window, by keyboard and on a small screen; links in the output are safe', async ({ page, logIn, sim }) => {
  await logIn();
  const opener = row(page, 'cluster-run').getByRole('button', { name: 'See container logs of cluster-run' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const box = desk(page, 'cluster-run');
  await box.getByRole('combobox', { name: 'Container' }).selectOption('All 3 containers');
  await expect(lines(page)).toContainText(/main1.*\[rank0\]/);
  await expect(lines(page)).toContainText(/sub2.*\[rank2\]/);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('www.backend.ai');
  const link = lines(page).getByRole('link', { name: 'www.backend.ai' }).first();
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expectAccessible(page, 'logs of all containers');
  const saved = page.waitForEvent('download');
  await box.getByRole('button', { name: 'Download all' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('session-cluster-run-all.zip');
  const packed = unzipSync(readFileSync(await file.path()));
  expect(Object.keys(packed)).toEqual(['session-cluster-run-main1.log', 'session-cluster-run-sub1.log', 'session-cluster-run-sub2.log']);
  expect(strFromU8(packed['session-cluster-run-main1.log'] ?? new Uint8Array())).toContain('main1');

  await page.setViewportSize({ width: 320, height: 720 });
  await box.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByText('Next, previous error')).toBeVisible();
  await expectAccessible(page, 'logs at 320 pixels');
  await expectNoOverflow(page, 'logs at 320 pixels');
  await expectNoBrokenWords(page);
  await page.keyboard.press('Escape');
  await box.getByRole('button', { name: 'Close' }).click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(opener).toBeFocused();
  expect(sim.cluster.state.faults).toEqual([]);
});

/** Answers for the manager, inside the page and at once: each look finds fifty lines more, and of all the newest quarter of a megabyte. */
const growingLogs = `(() => {
  const real = window.fetch;
  window.looks = 0;
  window.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!/\\/func\\/session\\/[^/]+\\/logs/.test(url)) return real(input, init);
    window.looks += 1;
    const lines = Array.from({ length: 3000 }, (_, index) => '\\u001b[32mINFO\\u001b[0m line ' + (window.looks * 50 + index) + ' ' + 'x'.repeat(70));
    return Promise.resolve(Response.json({ result: { logs: lines.join('\\n') + '\\n' } }));
  };
})()`;

/** Looks again and again, each time as soon as the last answer is drawn. */
const follow = (times: number) => `(async () => {
  const refresh = document.querySelector('button[aria-label="Refresh the logs"]');
  for (let time = 0; time < ${times}; time += 1) {
    refresh.click();
    await new Promise((done) => setTimeout(done, 60));
  }
  return window.looks;
})()`;

test('REL-13 hours of following leave memory, nodes and listeners flat', async ({ page, logIn, sim }) => {
  await page.addInitScript(growingLogs);
  await logIn();
  const session = Object.values(sim.cluster.state.sessions).find((one) => one.name === 'notebook');
  await page.goto(`/session?sessionDetail=${session?.id}&logs=main`);
  await expect(lines(page).locator('[data-index]').first()).toBeVisible();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const measure = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const value = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    return { heap: value('JSHeapUsedSize') / 2 ** 20, nodes: value('Nodes'), listeners: value('JSEventListeners') };
  };
  await page.evaluate(follow(10));
  const before = await measure();
  const looks = await page.evaluate<number>(follow(40));
  const after = await measure();
  expect(looks).toBeGreaterThan(50);
  // Each text kept by mistake would be a quarter of a megabyte, and forty of them ten.
  expect(after.heap - before.heap).toBeLessThan(5);
  expect(after.nodes - before.nodes).toBeLessThan(400);
  expect(after.listeners - before.listeners).toBeLessThan(20);
  await expect(lines(page).locator('[data-index]').last()).toContainText(/line \d{4}/);
});
