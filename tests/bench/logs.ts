// PER-05: a training session's log of some 100,000 coloured lines (8 MB), read by an administrator.
import type { Browser, Page } from '@playwright/test';

const pane = (page: Page) => page.getByRole('region', { name: /^Log lines of/ });

/** Milliseconds from typing to the count of hits, in the page's own time. */
const search = (text: string) => `new Promise((done) => {
  const field = document.querySelector('input[aria-label="Search in the logs"]');
  const count = document.querySelector('search [role="status"]');
  const before = count.textContent;
  const start = performance.now();
  new MutationObserver((_records, watch) => {
    if (count.textContent === before || !/ of /.test(count.textContent)) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  }).observe(count, { characterData: true, childList: true, subtree: true });
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)});
  field.dispatchEvent(new Event('input', { bubbles: true }));
})`;

/** Times between frames while the lines scroll by, two screens a second and then in leaps. */
const scroll = `new Promise((done) => {
  const pane = document.querySelector('[role="region"][aria-label^="Log lines of"]');
  const times = [];
  let last = performance.now();
  pane.scrollTop = 20000;
  const step = (now) => {
    times.push(now - last);
    last = now;
    pane.scrollTop += times.length < 120 ? 40 : 4000;
    if (times.length < 180) requestAnimationFrame(step);
    else done(times.slice(1));
  };
  requestAnimationFrame(step);
})`;

/** What the reader sees first, and how far from the top of the pane. */
const place = `(() => {
  const pane = document.querySelector('[role="region"][aria-label^="Log lines of"]');
  const top = pane.getBoundingClientRect().top;
  const row = [...pane.querySelectorAll('[data-index]')].find((one) => one.getBoundingClientRect().bottom > top);
  return row.textContent.slice(0, 80) + ' at ' + Math.round(row.getBoundingClientRect().top - top);
})()`;

const lineCount = (page: Page) => page.getByText(/ lines · /).innerText().then((text) => Number(text.replace(/ lines.*/s, '').replaceAll(/\D/g, '')));

/** The page is at the list, as administrator. */
export async function logDesk(browser: Browser, url: string, logIn: (page: Page) => Promise<void>) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await logIn(page);
  const id = await page.evaluate(async () => {
    const query = 'query { compute_session_list(limit: 5, offset: 0, filter: "name == \\"detector\\"") { items { session_id } } }';
    const answer = await fetch('/func/admin/gql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
    const { data } = (await answer.json()) as { data: { compute_session_list: { items: { session_id: string }[] } } };
    return data.compute_session_list.items[0]?.session_id ?? '';
  });
  await page.goto(`${url}/session?sessionDetail=${id}`);
  const button = page.getByRole('dialog').getByRole('button', { name: 'See Container Logs' });
  // Once before, so that neither the simulation's first writing of the text nor the reader's chunk counts.
  const open = async () => {
    await button.click();
    await pane(page).locator('[data-index]').first().waitFor();
  };
  await open();
  const lines = await lineCount(page);
  await page.getByRole('dialog', { name: /^Logs of/ }).getByRole('button', { name: 'Close', exact: true }).click();
  await page.waitForTimeout(1000);
  const opens: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const start = performance.now();
    await open();
    opens.push(performance.now() - start);
    await page.waitForTimeout(500);
    if (turn === 2) break;
    await page.getByRole('dialog', { name: /^Logs of/ }).getByRole('button', { name: 'Close', exact: true }).click();
    await page.waitForTimeout(500);
  }
  const searches: number[] = [];
  for (const text of ['loss=1.2', 'WARNING', 'epoch 7 step 49']) searches.push(await page.evaluate<number>(search(text)));
  const frames = await page.evaluate<number[]>(scroll);
  await page.waitForTimeout(300);
  const before = await page.evaluate<string>(place);
  const had = await lineCount(page);
  for (let tries = 0; tries < 40 && (await lineCount(page)) === had; tries += 1) await page.waitForTimeout(500);
  const after = await page.evaluate<string>(place);
  const added = (await lineCount(page)) - had;
  await page.close();
  return {
    lines,
    openMs: opens.sort((a, b) => a - b)[1] ?? Number.NaN,
    searchMs: Math.max(...searches),
    framesPerSecond: 1000 / (frames.reduce((sum, ms) => sum + ms, 0) / frames.length),
    slowestFrameMs: Math.max(...frames),
    follow: { added, moved: before === after ? 0 : 1 },
  };
}
