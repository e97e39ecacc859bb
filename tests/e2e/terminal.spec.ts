import type { Locator, Page } from '@playwright/test';
import { closeApps, confirmLaunch, row, showFinished, terminate } from './actions';
import { expect, expectAccessible, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

/** The terminal in a real browser, over the simulated tunnel and shell. */

const opener = (page: Page, name: string) => row(page, name).getByRole('button', { name: `Execute terminal app of ${name}` });
const screenOf = (page: Page, name: string): Locator => page.getByRole('region', { name: `Terminal of ${name}`, exact: true });

async function openTerminal(page: Page, name: string): Promise<Locator> {
  await opener(page, name).click();
  const shown = screenOf(page, name);
  await expect(shown).toContainText('$');
  return shown;
}

/** Typed as people do; what follows waits until its last line is answered by a prompt. */
async function type(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function closeTerminal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close the terminals' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function begin(page: Page, name: string): Promise<void> {
  await page.goto('/session/start');
  await page.getByRole('radio', { name: /^Interactive/ }).check();
  await page.getByLabel('Session name', { exact: true }).fill(name);
  await next(page, /^2\./);
}

async function next(page: Page, heading: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading })).toBeVisible();
}

const mount = (page: Page, folder: string) => page.getByRole('table', { name: 'Folders to mount' }).getByRole('checkbox', { name: new RegExp(`\\b${folder}\\b`) }).check();

async function finish(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await confirmLaunch(page, false);
  await expect(row(page, name)).toContainText('RUNNING');
  await closeApps(page, name);
}

for (const version of ['24.03', '25.5', '26.8']) {
  test.describe(`manager ${version}`, () => {
    test.use({ simulation: { version } });

    test('WALK-01 WALK-02 WALK-03 a new folder is there in the terminal, what is written into it outlives the session, a read-only one refuses (SES-284, SES-295)', async ({ page, logIn }) => {
      test.slow();
      await logIn();
      await begin(page, 'first-session');
      await next(page, /^3\./);
      await page.getByRole('button', { name: 'Create folder' }).click();
      const making = page.getByRole('dialog', { name: 'Create a new storage folder' });
      await making.getByLabel('Folder name').fill('walk-data');
      await making.getByRole('button', { name: 'Create', exact: true }).click();
      await expect(making).toBeHidden();
      await mount(page, 'reference-data');
      await finish(page, 'first-session');

      let shown = await openTerminal(page, 'first-session');
      await type(page, 'ls');
      await expect(shown).toContainText(/id_container\s+reference-data\s+walk-data/);
      await type(page, 'echo "file inside walk-data" > walk-data/test_file; echo lost > outside; cat walk-data/test_file');
      await expect(shown).toContainText(/cat walk-data\/test_file\s*file inside walk-data/);
      await type(page, 'rm -r reference-data; touch reference-data/x');
      await expect(shown).toContainText("rm: cannot remove 'reference-data': Read-only file system");
      await expect(shown).toContainText("touch: cannot touch 'reference-data/x': Read-only file system");
      await closeTerminal(page);
      await expect(opener(page, 'first-session')).toBeFocused();
      await terminate(page, 'first-session');
      await expect(row(page, 'first-session')).toBeHidden();
      await showFinished(page);
      await expect(row(page, 'first-session')).toContainText('TERMINATED');
      await expect(opener(page, 'first-session')).toHaveAttribute('aria-disabled', 'true');

      await begin(page, 'second-session');
      await next(page, /^3\./);
      await mount(page, 'walk-data');
      await finish(page, 'second-session');
      shown = await openTerminal(page, 'second-session');
      await type(page, 'cat walk-data/test_file outside');
      await expect(shown).toContainText(/file inside walk-data\s*cat: outside: No such file or directory/);
    });
  });
}

for (const version of ['24.03', '25.5', '26.8']) {
  test.describe(`manager ${version}`, () => {
    test.use({ simulation: { version } });

    test('WALK-04 a cluster session: three kernels, true variables, ssh to another container, logs of each (SES-350, SES-351, SES-R90)', async ({ page, sim, logIn }) => {
      test.slow();
      await logIn();
      await begin(page, 'cluster-walk');
      await page.getByText('Multi Node', { exact: true }).click();
      await page.getByRole('spinbutton', { name: /^Cluster size/ }).fill('3');
      await next(page, /^3\./);
      await mount(page, 'datasets');
      await finish(page, 'cluster-walk');

      await row(page, 'cluster-walk').getByRole('link', { name: 'cluster-walk' }).click();
      const panel = page.getByRole('dialog');
      for (const host of ['main1', 'sub1', 'sub2']) await expect(panel.getByText(host, { exact: true }).first()).toBeVisible();
      await panel.getByRole('button', { name: 'Execute Terminal App' }).click();
      const shown = screenOf(page, 'cluster-walk');
      await expect(shown).toContainText('work@main1[cluster-walk]:~$');
      await type(page, 'export | grep CLUSTER');
      for (const text of ['_HOST="main1"', '_HOSTS="main1,sub1,sub2"', '_SIZE="3"', '_REPLICAS="main:1,sub:2"', '_ROLE="main"']) await expect(shown).toContainText(text);
      await type(page, 'echo $BACKENDAI_SESSION_ID');
      const session = Object.values(sim.cluster.state.sessions).find(({ name }) => name === 'cluster-walk');
      await expect(shown).toContainText(session?.id ?? 'no session');
      await type(page, 'ssh sub1');
      await expect(shown).toContainText('work@sub1[cluster-walk]:~$');
      await type(page, 'echo $BACKENDAI_CLUSTER_ROLE-$BACKENDAI_CLUSTER_HOST');
      await expect(shown).toContainText('sub-sub1');
      await type(page, 'exit');
      await expect(shown).toContainText('Connection to sub1 closed.');
      await page.getByRole('button', { name: 'Close the terminals' }).click();

      await panel.getByRole('button', { name: /See container logs of .*sub2|sub2/i }).first().click();
      await expect(page.getByRole('region', { name: 'Log lines of sub2' })).toBeVisible();
      await expectNoBrokenWords(page);
    });
  });
}

test('SES-295 SES-296 the terminal loads when it is opened, survives a cut and a reload, and is left by the keyboard (PER-01, A11-02, SES-C52)', async ({ page, sim, logIn }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await logIn('user', '/session');
  await expect(opener(page, 'notebook')).toBeVisible();
  const chunk = () => loaded.some((url) => /terminal-desk.*\.js/.test(url));
  expect(chunk()).toBe(false);
  await opener(page, 'notebook').focus();
  await page.keyboard.press('Enter');
  const shown = screenOf(page, 'notebook');
  await expect(shown).toContainText('work@main1[notebook]:~$');
  expect(chunk()).toBe(true);

  await type(page, 'cd datasets; echo before the cut');
  await expect(shown).toContainText(/\$ cd datasets; echo before the cut\s*before the cut/);
  await expect(shown).toContainText('work@main1[notebook]:~/datasets$');
  await page.request.post(`${sim.url}/__simulation/drop-streams`, { data: {} });
  await expect(page.getByText(/The connection was interrupted; the shell goes on/)).toBeVisible();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(shown).toContainText('before the cut');
  await page.reload();
  await expect(shown).toContainText('work@main1[notebook]:~/datasets$');

  // Tab and Escape are the shell's; Ctrl+F6 leads out, and from there Escape closes.
  await shown.click();
  await page.keyboard.type('cat REA');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(shown).toContainText('# Data sets');
  await page.keyboard.press('Control+F6');
  await expect(page.getByRole('button', { name: 'Smaller text' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Terminal of notebook' })).toBeHidden();
});

test('SES-295 its own window shows the same screen; the smaller one sets the size; links lead to the web only (SEC-04)', async ({ page, context, logIn }) => {
  await logIn('user', '/session');
  const shown = await openTerminal(page, 'notebook');
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open in a window of its own' }).click();
  const other = await opening;
  await other.setViewportSize({ width: 700, height: 500 });
  const there = screenOf(other, 'notebook');
  await expect(there).toContainText('work@main1[notebook]');
  await expect(other.getByRole('navigation')).toHaveCount(0);
  await there.click();
  await type(other, 'echo seen by both');
  await expect(shown).toContainText(/\sseen by both/);
  await other.close();

  await page.bringToFront();
  await shown.click();
  await type(page, 'clear; printf "https://plain.example/%s\\n" a');
  await type(page, "printf '\\033]8;;https://docs.example/b\\033\\\\to-docs\\033]8;;\\033\\\\ \\033]8;;javascript:alert(1)\\033\\\\to-script\\033]8;;\\033\\\\\\n'");
  await expect(shown).toContainText('to-docs to-script');
  await context.route(/\.example\//, (route) => route.fulfill({ body: 'elsewhere' }));
  const follow = async (text: string): Promise<string | null> => {
    // The last one: before it stands the command that printed it.
    const box = await shown.locator('.xterm-rows span').filter({ hasText: text }).last().boundingBox();
    if (!box) throw new Error(`no ${text}`);
    const popup = context.waitForEvent('page', { timeout: 3000 }).catch(() => null);
    const at = box.x + box.width / 2;
    await page.mouse.move(at, box.y + box.height / 2, { steps: 4 });
    await page.waitForTimeout(300);
    await page.mouse.down();
    await page.mouse.up();
    const opened = await popup;
    if (!opened) return null;
    await opened.waitForLoadState();
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    const url = opened.url();
    await opened.close();
    return url;
  };
  expect(await follow('https://plain.example/a')).toBe('https://plain.example/a');
  expect(await follow('to-docs')).toBe('https://docs.example/b');
  expect(await follow('to-script')).toBeNull();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('A11-01 A11-04 panel, help and page of the terminal pass axe; 320 pixels are enough', async ({ page, logIn }) => {
      await logIn('user', '/session');
      const shown = await openTerminal(page, 'cluster-run');
      await type(page, 'ls -la /; export | grep CLUSTER; nothing');
      await expect(shown).toContainText('nothing: command not found');
      await page.getByRole('button', { name: 'Terminal help' }).click();
      await expectAccessible(page, `${colorScheme} terminal`);
      await page.getByRole('button', { name: 'Screen reader mode' }).click();
      await expectAccessible(page, `${colorScheme} terminal for readers`);
      await expect(page.getByRole('listitem').filter({ hasText: 'command not found' }).first()).toBeAttached();
      await expectNoBrokenWords(page);
      const id = new URL(page.url()).searchParams.get('sessionDetail') ?? '';
      await page.setViewportSize({ width: 320, height: 640 });
      for (const address of [page.url(), `/session/${id}/terminal`]) {
        await page.goto(address);
        await expect(shown).toContainText('$');
        await expectAccessible(page, `${colorScheme} narrow`);
        await expectNoOverflow(page, `${colorScheme} narrow`);
      }
    });
  });
}
