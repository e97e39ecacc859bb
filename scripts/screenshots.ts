// `npm run screenshots`: the pictures under docs/screenshots, from the demo's cluster, so that they stay true.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { startServer } from '../mocks/server';
import { findChromium } from './install.mjs';
import { withPalette } from './png-palette';

const root = resolve(import.meta.dirname, '..');
const target = join(root, 'docs/screenshots');
const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium or Chrome found (set CHROMIUM to its path).');

const taken = new Set<string>();
const most = 150_000;

/** All that is seen of the console, in the order of the tour. */
async function tour(page: Page, url: string, sessionId: (name: string) => string, shot: (name: string) => Promise<void>): Promise<void> {
  const open = async (path: string) => {
    await page.goto(`${url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  await page.goto(`${url}/session`);
  await page.getByLabel(/e-mail or username/i).fill('user@example.com');
  await shot('log-in');
  await page.getByLabel('Password', { exact: true }).fill('user-Demo-1');
  await page.getByRole('button', { name: 'Login', exact: true }).click();
  await page.getByRole('table', { name: /sessions/i }).getByRole('row').nth(1).waitFor();
  await shot('sessions');

  await open('/session/start?type=interactive&step=0');
  await page.getByLabel('Session name', { exact: true }).fill('resnet-50');
  await shot('launcher-1-type');
  for (const name of ['launcher-2-resources', 'launcher-3-data', 'launcher-4-ports', 'launcher-5-review']) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await shot(name);
  }

  await open(`/session?sessionDetail=${sessionId('cluster-run')}`);
  await page.getByRole('dialog').getByRole('button', { name: 'See Container Logs' }).waitFor();
  await shot('session');
  await open(`/session?sessionDetail=${sessionId('cluster-run')}&logs=all`);
  const logs = page.getByRole('dialog', { name: 'Logs of cluster-run' });
  await logs.getByRole('textbox', { name: 'Search in the logs' }).fill('RuntimeError');
  await logs.getByText(/^\d+ of \d+$/).waitFor();
  await shot('logs');
  await open(`/session?sessionDetail=${sessionId('notebook')}&apps=open`);
  await page.getByRole('dialog').getByText(/JupyterLab|Jupyter/).first().waitFor();
  await shot('apps');
  await open(`/session?sessionDetail=${sessionId('notebook')}&terminal=main`);
  await page.waitForTimeout(3000);
  for (const line of ['ls -la', 'df -h /home/work', 'python -c "print(6 * 7)"']) {
    await page.keyboard.type(`${line}\n`);
    await page.waitForTimeout(1500);
  }
  await shot('terminal');
}

await build({ root, logLevel: 'warn' });
mkdirSync(target, { recursive: true });
const server = await startServer({ port: 0, seed: 'demo', static: 'dist' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
  const sessionId = (name: string) => {
    const found = Object.values(server.cluster.state.sessions).find((session) => session.name === name);
    if (!found) throw new Error(`The demo has no session ${name}.`);
    return found.id;
  };
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme, reducedMotion: 'reduce', locale: 'en-US' });
    const page = await context.newPage();
    await tour(page, server.url, sessionId, async (name) => {
      // What is still on its way has come, and the pointer hovers over nothing.
      await page.mouse.move(0, 0);
      await page.waitForTimeout(1000);
      const file = `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`;
      const picture = withPalette(await page.screenshot());
      if (picture.length > most) throw new Error(`${file} has ${picture.length} bytes, more than ${most}.`);
      writeFileSync(join(target, file), picture);
      taken.add(file);
    });
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
// What nothing takes any more, nothing shows any more.
for (const file of readdirSync(target)) if (!taken.has(file)) rmSync(join(target, file));
