import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { startServer } from '../../mocks/server';

type ServerOptions = NonNullable<Parameters<typeof startServer>[0]>;
type Server = Awaited<ReturnType<typeof startServer>>;

export const accounts = {
  admin: { email: 'admin@example.com', password: 'admin-Demo-1' },
  domainAdmin: { email: 'domain-admin@example.com', password: 'domain-Demo-1' },
  user: { email: 'user@example.com', password: 'user-Demo-1' },
  user2: { email: 'user2@example.com', password: 'user2-Demo-1' },
  monitor: { email: 'monitor@example.com', password: 'monitor-Demo-1' },
};

/** Where resource groups with the old app proxy look for it: on the user's own machine. */
const localProxy = 'http://127.0.0.1:5050';

interface Fixtures {
  /** How the simulated cluster is set up: `test.use({ simulation: { version: '26.8' } })`. */
  simulation: Partial<ServerOptions>;
  /** The cluster behind this test alone. */
  sim: Server;
  /** Messages of the browser that a test expects, such as a refused request. All others fail it. */
  allowedMessages: RegExp[];
  logIn: (who?: keyof typeof accounts, path?: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  simulation: [{}, { option: true }],
  allowedMessages: [[], { option: true }],
  sim: async ({ simulation }, provide) => {
    const server = await startServer({ port: 0, seed: 'demo', speed: 8, static: 'dist', ...simulation });
    await provide(server);
    await server.stop();
  },
  baseURL: async ({ sim }, provide) => provide(sim.url),
  page: async ({ page, context, sim, allowedMessages }, provide, story) => {
    const complaints: string[] = [];
    const expected = [/Failed to load resource/, ...allowedMessages];
    page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.some((pattern) => pattern.test(message.text()))) complaints.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      const own = [sim.url, sim.managerUrl, sim.appProxyUrl, localProxy].map((url) => new URL(url).host);
      if (protocol.startsWith('http') && !own.includes(host)) complaints.push(`a foreign host is contacted: ${host} (SEC-19)`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error(`policy violation (SEC-06): ${event.violatedDirective} ${event.blockedURI}`));
    });
    await provide(page);
    if (story.status !== story.expectedStatus) await printPages(context);
    expect(complaints, 'the browser complained').toEqual([]);
  },
  logIn: async ({ page }, provide) => {
    await provide(async (who = 'user', path = '/session') => {
      await page.goto(path);
      await page.getByLabel(/e-mail or username/i).fill(accounts[who].email);
      await page.getByLabel('Password', { exact: true }).fill(accounts[who].password);
      await page.getByRole('button', { name: 'Login', exact: true }).click();
      await expect(page.getByRole('button', { name: /user menu/i })).toBeVisible();
    });
  },
});

export { expect };

/** What the windows of a failed story showed: all that is known of it where no trace can be fetched. */
async function printPages(context: BrowserContext) {
  for (const shown of context.pages()) {
    const words = await shown.locator('body').ariaSnapshot({ timeout: 2000 }).catch(String);
    console.log(`--- ${shown.url()}\n${words.slice(0, 20_000)}\n---`);
  }
}

/** WCAG A and AA rules of axe over what is on screen now (A11-01). */
export async function expectAccessible(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
}

/** Nothing on screen is wider than the window (A11-04). A window that was just resized is laid out within the next frames. */
export async function expectNoOverflow(page: Page, what: string) {
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), what).toBeLessThanOrEqual(0);
}

/** Words that a broken page shows instead of facts (REL-10). */
export async function expectNoBrokenWords(page: Page) {
  const text = await page.locator('body').innerText();
  expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|Invalid Date|\{\{|\b(frame|sessions|launcher|login|common|ui)\.[a-z]+[A-Za-z.]+\b/);
}
