// `npm run bench`: measures the built console in Chromium against the simulated cluster. One JSON object on
// standard output, the way there on standard error. Figures, not a test: nothing here fails. `-- --only PER-05` measures
// that row alone, `-- --no-tests` leaves out how long the tests take.
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Browser, CDPSession, Locator, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { findChromium, option } from '../../scripts/install.mjs';
import { logDesk } from './logs';

const root = resolve(import.meta.dirname, '../..');
const say = (text: string) => process.stderr.write(`${text}\n`);
const round = (value: number) => Math.round(value * 10) / 10;
const withLimit = (value: number, limit: number) => ({ value: round(value), limit });

interface Cluster {
  url: string;
  stop(): void;
}

async function startCluster(port: number, sessions: number): Promise<Cluster> {
  const args = ['mocks/server.ts', '--port', String(port), '--static', 'dist', '--seed', sessions > 100 ? 'large' : 'demo', '--sessions', String(sessions)];
  const child: ChildProcess = spawn(join(root, 'node_modules/.bin/tsx'), args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`${url}/func/`).then((answer) => answer.ok, () => false);
    if (up) return { url, stop: () => void child.kill() };
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill();
  throw new Error(`No cluster at ${url}`);
}

/** What a slow laptop on a good line sees (PER-02). */
async function slowDown(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: -1, uploadThroughput: -1 });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return devtools;
}

async function logIn(page: Page, url: string, email: string, password: string) {
  await page.goto(`${url}/session`);
  await page.getByLabel(/e-mail or username/i).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Login', exact: true }).click();
  await firstRow(page).waitFor();
}

const list = (page: Page) => page.getByRole('table', { name: /sessions/i });
const firstRow = (page: Page) => list(page).getByRole('row').nth(1);

/** Tells in the page's own time when something first stood there; asking from outside would come too late. */
const watchFor = (selector: string) => `(() => {
  const look = () => (document.querySelector(${JSON.stringify(selector)}) ? performance.mark('shown') : requestAnimationFrame(look));
  look();
})()`;

/** Milliseconds since the navigation began, and the calls to the webserver that had begun until then. */
const untilShown = `(() => {
  const { startTime } = performance.getEntriesByName('shown')[0];
  const calls = performance.getEntriesByType('resource').filter((one) => one.startTime <= startTime).map((one) => new URL(one.name).pathname);
  return { ms: startTime, calls: calls.filter((path) => /^\\/(func|server|config\\.toml)/.test(path)) };
})()`;

async function firstVisit(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  let bytes = 0;
  const devtools = await slowDown(page);
  const scripts = new Set<string>();
  devtools.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.addInitScript(watchFor('input'));
  await page.goto(`${url}/session`);
  await page.getByLabel(/e-mail or username/i).waitFor();
  const { ms: logInMs } = await page.evaluate<{ ms: number }>(untilShown);
  const logInKb = bytes / 1000;
  await page.getByLabel(/e-mail or username/i).fill('user@example.com');
  await page.getByLabel('Password', { exact: true }).fill('user-Demo-1');
  await page.getByRole('button', { name: 'Login', exact: true }).click();
  await firstRow(page).waitFor();
  const state = await context.storageState();
  await context.close();
  return { logInMs, logInKb, state };
}

async function coldList(browser: Browser, url: string, state: Awaited<ReturnType<typeof firstVisit>>['state']) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: state });
  const page = await context.newPage();
  const devtools = await slowDown(page);
  let bytes = 0;
  const scripts = new Set<string>();
  devtools.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.addInitScript(watchFor('tbody tr:not([aria-hidden])'));
  await page.goto(`${url}/session`);
  await firstRow(page).waitFor();
  const shown = await page.evaluate<{ ms: number; calls: string[] }>(untilShown);
  await context.close();
  return { ...shown, kb: bytes / 1000 };
}

/** Milliseconds that the page's main thread worked between start and the rows being there. */
async function work(page: Page, devtools: CDPSession, act: () => Promise<void>) {
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await busy();
  const answered = page.waitForResponse((answer) => answer.url().includes('/admin/gql') && /compute_session/.test(answer.request().postData() ?? ''));
  await act();
  await answered;
  await page.waitForTimeout(400);
  return (await busy()) - before;
}

// As text: the loader that runs this file would put helpers of its own into functions.
const scrollFrames = `new Promise((done) => {
  const scroller = [...document.querySelectorAll('*')].filter((node) => node.scrollHeight > node.clientHeight + 200 && /auto|scroll/.test(getComputedStyle(node).overflowY)).at(-1) ?? document.documentElement;
  const times = [];
  let last = performance.now();
  const step = (now) => {
    times.push(now - last);
    last = now;
    scroller.scrollTop += 40;
    if (times.length < 120) requestAnimationFrame(step);
    else done(times.slice(1));
  };
  requestAnimationFrame(step);
})`;

const hide = `Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
document.dispatchEvent(new Event('visibilitychange'));`;

async function manyRows(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await logIn(page, url, 'admin@example.com', 'admin-Demo-1');
  await page.goto(`${url}/session?size=100`);
  await firstRow(page).waitFor();
  const devtools = await page.context().newCDPSession(page);
  // The thread's own time: what else the machine does is not the page's work.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.waitForTimeout(1500);
  // Found beforehand: looking for them is work of the same thread.
  const click = async (target: Locator) => {
    await target.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    const box = await target.boundingBox();
    if (!box) throw new Error('nothing to click on');
    return () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  };
  const pageChange = await work(page, devtools, await click(page.getByRole('button', { name: 'Page 2', exact: true })));
  const sort = await work(page, devtools, await click(list(page).getByRole('columnheader', { name: /session name/i }).getByRole('button').first()));
  await page.getByRole('textbox', { name: 'Session Name to filter by' }).fill('train');
  const filter = await work(page, devtools, () => page.keyboard.press('Enter'));
  await page.goto(`${url}/session?size=100`);
  await firstRow(page).waitFor();
  const frames = await page.evaluate<number[]>(scrollFrames);
  await page.close();
  const mean = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
  return { pageChange, sort, filter, framesPerSecond: 1000 / mean };
}

/** Calls that a page makes in a minute when nobody touches it. */
async function idleMinute(browser: Browser, url: string, hidden: boolean) {
  const page = await browser.newPage();
  await logIn(page, url, 'user2@example.com', 'user2-Demo-1');
  await page.waitForTimeout(5000);
  if (hidden) await page.evaluate(hide);
  let calls = 0;
  page.on('request', (request) => void (/\/(func|server)\//.test(request.url()) && (calls += 1)));
  await page.waitForTimeout(60_000);
  await page.close();
  return calls;
}

function timed(program: string, args: string[]) {
  const start = performance.now();
  const done = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: { ...process.env, CI: '' } });
  return { seconds: (performance.now() - start) / 1000, ok: done.status === 0 };
}

async function demoStart() {
  const start = performance.now();
  const child = spawn('node', ['scripts/demo.mjs', '--port', '5390'], { cwd: root, stdio: 'ignore' });
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch('http://localhost:5390/').then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  const seconds = (performance.now() - start) / 1000;
  child.kill();
  return seconds;
}

const executablePath = findChromium();
if (!executablePath) {
  say('No Chromium or Chrome found (set CHROMIUM to its path).');
  process.exit(1);
}

const only = option('only');
const wants = (row: string) => only === undefined || only === row;
const wantsAny = (...rows: string[]) => rows.some(wants);

say('building…');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const build = timed(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error']);
if (!build.ok) throw new Error('the build failed');

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const result: Record<string, unknown> = {};

async function measure(cluster: Cluster, sessions: number) {
  const entry: Record<string, unknown> = {};
  if (wantsAny('PER-01', 'PER-02')) {
    const first = await firstVisit(browser, cluster.url);
    const cold = await coldList(browser, cluster.url, first.state);
    entry['PER-01 log-in JavaScript, KB'] = withLimit(first.logInKb, 270);
    entry['PER-01 sessions cold JavaScript, KB'] = withLimit(cold.kb, 450);
    entry['PER-02 log-in usable, ms'] = withLimit(first.logInMs, 1000);
    entry['PER-02 sessions list shown, ms'] = withLimit(cold.ms, 1500);
    entry['PER-02 requests before the list'] = { value: cold.calls.length, limit: 8, calls: cold.calls };
  }
  if (sessions > 100 && wants('PER-03')) {
    const many = await manyRows(browser, cluster.url);
    entry['PER-03 page change, ms of main thread'] = withLimit(many.pageChange, 100);
    entry['PER-03 sort, ms of main thread'] = withLimit(many.sort, 100);
    entry['PER-03 filter, ms of main thread'] = withLimit(many.filter, 100);
    entry['PER-03 frames a second while scrolling'] = { value: round(many.framesPerSecond), limit: 60 };
  }
  if (wants('PER-04')) {
    say('  idle for a minute…');
    const [visible, hidden] = await Promise.all([idleMinute(browser, cluster.url, false), idleMinute(browser, cluster.url, true)]);
    entry['PER-04 requests in an idle minute'] = withLimit(visible, 1);
    entry['PER-04 requests in a hidden minute'] = withLimit(hidden, 0);
  }
  if (sessions <= 100 && wants('PER-05')) {
    say('  the log desk…');
    const logs = await logDesk(browser, cluster.url, (page) => logIn(page, cluster.url, 'admin@example.com', 'admin-Demo-1'));
    entry[`PER-05 ${String(logs.lines)} log lines open, ms`] = withLimit(logs.openMs, 1000);
    entry['PER-05 search, ms'] = withLimit(logs.searchMs, 200);
    entry['PER-05 frames a second while scrolling'] = { value: round(logs.framesPerSecond), limit: 60, slowestFrameMs: round(logs.slowestFrameMs) };
    entry['PER-05 reader moved by lines that follow'] = { value: logs.follow.moved, limit: 0, linesAdded: logs.follow.added };
  }
  return entry;
}

try {
  if (wantsAny('PER-01', 'PER-02', 'PER-03', 'PER-04', 'PER-05')) {
    for (const [port, sessions] of [[8190, 20], [8290, 10_000]] as const) {
      // Of the log desk there is one figure, with the small cluster.
      if (only === 'PER-05' && sessions > 100) continue;
      say(`with ${sessions} sessions…`);
      const cluster = await startCluster(port, sessions);
      try {
        result[`${sessions} sessions`] = await measure(cluster, sessions);
      } finally {
        cluster.stop();
      }
    }
  }
} finally {
  await browser.close();
}

if (wants('PER-07')) {
  say('demo start…');
  spawnSync(join(root, 'node_modules/.bin/vite'), ['build', '--mode', 'demo', '--logLevel', 'error'], { cwd: root });
  const demo = await demoStart();
  result['PER-07 build from clean, s'] = withLimit(build.seconds, 20);
  result['PER-07 demo usable, s'] = withLimit(demo, 5);
  if (!process.argv.includes('--no-tests')) {
    say('unit and page tests…');
    const tests = timed(join(root, 'node_modules/.bin/vitest'), ['run']);
    result['PER-07 unit and page tests, s'] = { ...withLimit(tests.seconds, 90), passed: tests.ok };
  }
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
