import { confirmLaunch, row, showFinished } from './actions';
import { expect, test } from './fixtures';

for (const version of ['24.03', '25.5', '26.8']) {
  test.describe(`manager ${version}`, () => {
    test.use({ simulation: { version } });

    test('WALK-13 a repository comes into a folder (SES-402, SES-403, SES-404, SES-R95)', async ({ page, logIn }) => {
      await logIn('user', '/');
      await expect(page).toHaveURL(/\/start$/);
      await page.getByRole('button', { name: /Start from URL/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Start from URL' });
      await dialog.getByText('GitLab', { exact: true }).click();
      await expect(dialog.getByRole('textbox', { name: 'Branch' })).toHaveValue('master');
      await dialog.getByText('GitHub', { exact: true }).click();
      await dialog.getByRole('textbox', { name: 'GitHub repository URL' }).fill('https://github.com/lab/mnist/tree/main');
      await dialog.getByRole('button', { name: 'Get to folder' }).click();
      await expect(dialog.getByText('The import has begun.')).toBeVisible();
      await page.keyboard.press('Escape');
      // The notification leads to a launch with the new folder mounted: what lies in it?
      await page.getByRole('article', { name: 'lab/mnist is in folder mnist' }).getByRole('link').click();
      await expect(page.getByRole('region', { name: 'Data & Storage' })).toContainText('mnist');
      await page.goto('/session/start?step=0');
      await page.getByRole('radio', { name: /^Batch/ }).check();
      await page.getByLabel('Session name', { exact: true }).fill('look-inside');
      await page.getByLabel(/^Startup Command/).fill('ls -A mnist\ncat mnist/README.md');
      await page.getByRole('button', { name: 'Skip to review' }).click();
      await confirmLaunch(page, false);
      await showFinished(page);
      await row(page, 'look-inside').getByRole('button', { name: /See container logs/ }).click();
      const lines = page.getByRole('region', { name: /Log lines/ });
      for (const name of ['.gitignore', 'README.md', 'main.py', 'notebooks']) await expect(lines).toContainText(name);
      await expect(lines).toContainText('Branch `main`.');
    });
  });
}

for (const version of ['24.03', '25.5', '26.8']) {
  test.describe(`a link from elsewhere, manager ${version}`, () => {
    test.use({ simulation: { version }, permissions: ['clipboard-read', 'clipboard-write'] });

    test('WALK-13 a notebook runs from its URL, and its badge opens the same launcher after the log-in (SES-046, SES-400, SES-401)', async ({ page, logIn, browser, sim }) => {
      await logIn('user', '/import');
      const notebook = page.getByRole('region', { name: 'Notebook' });
      const url = 'https://github.com/lab/mnist/blob/main/demo.ipynb';
      await notebook.getByRole('textbox', { name: 'Notebook URL' }).fill(url);
      const badge = page.getByRole('region', { name: 'Badge' });
      await expect(badge.getByRole('img', { name: 'Run on Backend.AI' })).toHaveJSProperty('complete', true);
      expect(await badge.getByRole('img', { name: 'Run on Backend.AI' }).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
      await badge.getByRole('textbox', { name: 'Notebook URL' }).fill(url);
      await badge.getByRole('button', { name: 'Copy Markdown code' }).click();
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(clipboard).toContain(`](${sim.url}/start?type=url&data=`);
      const link = /\]\(([^()]+)\)$/.exec(await clipboard())?.[1] ?? '';

      await notebook.getByRole('button', { name: 'Get and Run Notebook' }).click();
      await expect(page.getByRole('heading', { name: '5. Confirm and Launch' })).toBeVisible();
      await expect(page.getByText(/^imported-notebook-[a-z0-9]{5}$/).first()).toBeVisible();
      const opening = page.waitForEvent('popup');
      await confirmLaunch(page);
      // Once it runs, Jupyter opens: at the notebook, or at its root where the app proxy is an older one, which is said.
      const tab = await opening;
      if (version !== '26.8') {
        await expect(tab).toHaveURL(/:\d+\/$/);
        await expect(page.getByText('go to /notebooks/demo.ipynb')).toBeVisible();
      } else await expect(tab).toHaveURL(/\/notebooks\/demo\.ipynb/);
      await expect(page.getByText('Jupyter Notebook was opened in a new tab.')).toBeVisible();

      const reader = await browser.newPage({ baseURL: sim.url, locale: 'en-US' });
      await reader.goto(link);
      await reader.getByLabel(/e-mail or username/i).fill('user2@example.com');
      await reader.getByLabel('Password', { exact: true }).fill('user2-Demo-1');
      await reader.getByRole('button', { name: 'Login', exact: true }).click();
      await expect(reader.getByRole('heading', { name: '5. Confirm and Launch' })).toBeVisible();
      await expect(reader.getByText(/^imported-notebook-[a-z0-9]{5}$/).first()).toBeVisible();
      expect(new URL(reader.url()).searchParams.get('appOption')).toBe('jupyter:/notebooks/demo.ipynb');
      // Nothing has begun, and Back does not come to the badge again.
      await reader.goBack();
      expect(reader.url()).not.toContain('data=');
      await reader.close();
    });
  });
}

test('a refused import from GitLab is told in place, and another try fills the folder that is there (SES-403, REL-01)', async ({ page, sim, logIn }) => {
  sim.faults.add({ match: '/func/session/_/create', kind: 'status', status: 403, times: 1, body: { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden operation.', msg: 'This group takes no sessions now.' } });
  await logIn('user', '/import');
  const gitlab = page.getByRole('region', { name: 'GitLab' });
  await gitlab.getByRole('textbox', { name: 'GitLab repository URL' }).fill('https://gitlab.com/group/sub/tool/-/tree/dev');
  await expect(gitlab.getByRole('textbox', { name: 'Branch' })).toHaveValue('dev');
  await gitlab.getByRole('button', { name: 'Get to folder' }).click();
  await expect(gitlab.getByRole('alert')).toContainText('The folder tool was made, but the session that fills it was refused.');
  await expect(gitlab.getByRole('alert')).toContainText('This group takes no sessions now.');
  await expect(gitlab.getByRole('textbox', { name: 'Branch' })).toHaveValue('dev');
  await gitlab.getByRole('button', { name: 'Get to folder' }).click();
  await expect(gitlab.getByText('The import has begun.')).toBeVisible();
  await expect(gitlab.getByText(/was refused/)).toBeHidden();
  await expect(page.getByRole('article', { name: 'group/sub/tool is in folder tool' })).toBeVisible();
});
