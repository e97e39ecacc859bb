import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { row } from './actions';
import { expect, expectAccessible, expectNoBrokenWords, test } from './fixtures';

const openDialog = async (page: Page, name: string) => {
  await row(page, name).getByRole('button', { name: `See app dialog of ${name}` }).click();
  const box = page.getByRole('dialog', { name: `App: ${name}` });
  await expect(box.getByRole('button', { name: 'Console' })).toBeVisible();
  return box;
};

test('a user opens Jupyter in a tab of its own, and takes the SSH key (SES-280, SES-R70, SES-283, SES-284, SES-285, SES-286, SES-287, SES-288, SES-289, SEC-13)', async ({ page, sim, logIn }) => {
  const notebook = Object.values(sim.cluster.state.sessions).find((one) => one.name === 'notebook');
  notebook?.servicePorts?.push({ name: 'vnc', protocol: 'vnc', container_ports: [5901], host_ports: [30_999], is_inference: false });
  await logIn('user', '/session');
  const box = await openDialog(page, 'notebook');
  for (const name of ['Utilities', 'Development', 'Machine Learning Tools', 'Desktop Environment']) await expect(box.getByRole('heading', { name })).toBeVisible();
  await box.getByText('From the command line').click();
  await expect(box.getByText('backend.ai ssh notebook')).toBeVisible();
  await box.getByRole('button', { name: 'VNC', exact: true }).click();
  await expect(box.getByText(/^vnc:\/\/127\.0\.0\.1:\d+$/)).toBeVisible();
  await box.getByRole('button', { name: 'All apps' }).click();

  const opening = page.waitForEvent('popup');
  await box.getByRole('button', { name: 'Jupyter Notebook' }).press('Enter');
  const tab = await opening;
  await expect(box.getByText('Jupyter Notebook was opened in a new tab.')).toBeVisible();
  await expect(tab).toHaveURL(/^http/);
  // The app may still be starting (pitfall 7).
  await expect(async () => {
    await tab.reload();
    await expect(tab.getByRole('heading', { name: 'Jupyter Notebook' })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(new URL(tab.url()).origin).not.toBe(new URL(sim.url).origin);
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  await expect(tab.getByText('datasets/')).toBeVisible();
  await tab.close();
  await expect(box.getByRole('heading', { name: 'Jupyter Notebook' })).toBeFocused();
  await expectAccessible(page, 'an opened app');

  await box.getByRole('button', { name: 'All apps' }).click();
  await box.getByRole('button', { name: 'SSH / SFTP' }).click();
  await expect(box.getByRole('heading', { name: 'Connection examples' })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await box.getByRole('button', { name: 'Download SSH Key' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('id_container');
  expect(await readFile(await download.path(), 'utf8')).toMatch(/^-----BEGIN [A-Z ]+ PRIVATE KEY-----\n/);
  await box.getByRole('button', { name: 'All apps' }).click();
  await box.getByRole('button', { name: 'Visual Studio Code (Desktop)' }).click();
  await box.getByRole('button', { name: 'Show the password' }).click();
  await expect(box.getByRole('button', { name: 'Copy Password' })).toBeVisible();
  await expectNoBrokenWords(page);
  await box.getByRole('button', { name: 'All apps' }).click();
  await box.getByRole('button', { name: 'TensorBoard' }).click();
  await box.getByRole('textbox', { name: 'Log directory' }).fill('/home/work/runs');
  const board = page.waitForEvent('popup');
  await box.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(box.getByText('TensorBoard was opened in a new tab.')).toBeVisible();
  await (await board).close();
  expect(Object.values(sim.cluster.state.appProxy.running).map((app) => app.arguments['--logdir'])).toContain('/home/work/runs');
  await page.keyboard.press('Escape');
  await expect(row(page, 'notebook').getByRole('button', { name: 'See app dialog of notebook' })).toBeFocused();
});

test.describe('on a new manager', () => {
  test.use({ simulation: { version: '26.8' } });

  test('what keeps an app from opening is said: port taken, proxy full, no proxy; the terminal has a tab of its own (SES-281, SES-290, SES-295)', async ({ page, sim, logIn }) => {
    await logIn('user', '/session');
    await row(page, 'notebook').getByRole('button', { name: 'Execute terminal app of notebook' }).click();
    const ttyd = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Open in a new tab (ttyd)' }).click();
    await expect((await ttyd).getByRole('heading', { name: 'Console' })).toBeVisible();
    await (await ttyd).close();
    await page.keyboard.press('Escape');

    const box = await openDialog(page, 'notebook');
    await expect(box.getByRole('button', { name: 'JupyterLab' })).toBeVisible();
    for (const circuit of Object.values(sim.cluster.state.appProxy.circuits)) delete sim.cluster.state.appProxy.circuits[circuit.id];
    const [first] = sim.cluster.state.appProxy.ports;
    await box.getByRole('checkbox', { name: 'Try preferred port' }).check();
    await box.getByRole('spinbutton', { name: 'Preferred port' }).fill(String(first));
    const tab = page.waitForEvent('popup');
    await box.getByRole('button', { name: 'JupyterLab' }).click();
    await expect.poll(async () => new URL((await tab).url()).port).toBe(String(first));
    expect(new URL((await tab).url()).pathname).toBe('/lab');
    await page.bringToFront();
    await box.getByRole('button', { name: 'All apps' }).click();
    await box.getByRole('button', { name: 'Console' }).click();
    await expect(box.getByRole('alert')).toContainText('The preferred port is taken.');
    await expectAccessible(page, 'a failure');

    sim.cluster.state.appProxy.ports = [first, first];
    await box.getByRole('button', { name: 'All apps' }).click();
    await box.getByRole('checkbox', { name: 'Try preferred port' }).uncheck();
    await box.getByRole('button', { name: 'Console' }).click();
    await expect(box.getByRole('alert')).toContainText('The app proxy is full');
    // The tab that waited for it is gone again.
    await expect.poll(() => page.context().pages().length).toBe(2);

    const group = sim.cluster.state.resourceGroups['default'];
    if (group) group.appProxyAddr = null;
    await box.getByRole('button', { name: 'Try again' }).click();
    await expect(box.getByRole('alert')).toContainText('Resource group default has no app proxy');
    await box.getByRole('button', { name: 'See Container Logs' }).click();
    await expect(page.getByRole('dialog', { name: 'Logs of notebook' })).toBeVisible();
    await expect(page).toHaveURL(/logs=main/);
  });
});

test('a preopened port shows what the user serves there (SES-100, SES-280, SES-290)', async ({ page, sim, logIn }) => {
  const notebook = Object.values(sim.cluster.state.sessions).find((one) => one.name === 'notebook');
  notebook?.servicePorts?.push({ name: '8888', protocol: 'preopen', container_ports: [8888], host_ports: [30_888], is_inference: false });
  await logIn('user', '/session');
  const box = await openDialog(page, 'notebook');
  const opening = page.waitForEvent('popup');
  await box.getByRole('button', { name: '8888' }).click();
  const tab = await opening;
  await expect(box.getByText('Until a program in the session listens on this port, the tab says that it cannot connect.')).toBeVisible();
  await expect(tab.getByText('Cannot connect to Backend.AI kernel.')).toBeVisible();
  await page.bringToFront();
  await page.keyboard.press('Escape');

  await row(page, 'notebook').getByRole('button', { name: 'Execute terminal app of notebook' }).click();
  const shown = page.getByRole('region', { name: 'Terminal of notebook', exact: true });
  await expect(shown).toContainText('$');
  await page.keyboard.type('python3 -m http.server 8888');
  await page.keyboard.press('Enter');
  await expect(shown).toContainText('Serving HTTP on 0.0.0.0 port 8888');
  await tab.reload();
  await expect(tab.getByRole('heading', { name: 'Directory listing for /' })).toBeVisible();
  await tab.getByRole('link', { name: 'datasets/' }).click();
  await expect(tab.getByRole('heading', { name: 'Directory listing for /datasets/' })).toBeVisible();
  await page.bringToFront();
  await page.keyboard.press('Control+c');
  await expect(shown).toContainText('Keyboard interrupt received, exiting.');
  await tab.reload();
  await expect(tab.getByText('Cannot connect to Backend.AI kernel.')).toBeVisible();
  await page.bringToFront();
});

test.describe('where the operator allows no connection without log-in', () => {
  test.use({ simulation: { config: { resources: { allowNonAuthTCP: false } } } });

  test('apps over TCP are not offered (SES-282)', async ({ page, logIn }) => {
    await logIn('user', '/session');
    const box = await openDialog(page, 'notebook');
    await expect(box.getByRole('button', { name: 'JupyterLab' })).toBeVisible();
    await expect(box.getByRole('button', { name: /SSH|Visual Studio Code \(Desktop\)/ })).toHaveCount(0);
  });
});
