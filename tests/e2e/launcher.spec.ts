import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoBrokenWords, expectNoOverflow, test } from './fixtures';

/** The launcher's five steps with everything in them, as they are seen. */

const step = (page: Page, number: number) => expect(page.getByRole('heading', { level: 2, name: new RegExp(`^${number}\\.`) })).toBeVisible();
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click();
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** From the top, where nothing lies half under the header. */
async function accessible(page: Page, what: string) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(page, what);
}

async function fits(page: Page, width: number) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 800 });
  await expectNoOverflow(page, `${width} pixels`);
  if (before) await page.setViewportSize(before);
}

test.describe('an administrator starts a session for another user', () => {
  test.use({
    simulation: { version: '26.8', config: { general: { allowManualImageNameForSession: true } } },
    colorScheme: 'dark',
  });

  test('SES-052 SES-054 SES-055 SES-062 SES-073 SES-075 SES-076 SES-091 SES-093 SES-100 SES-110 SES-113 with everything in all five steps', async ({ page, logIn, sim }) => {
    test.slow();
    await logIn('admin', '/session/start');
    await page.getByRole('radio', { name: /^Batch/ }).check();
    await page.getByLabel('Session name', { exact: true }).fill('for-yuna');
    await page.getByLabel(/^Startup Command/).fill('python train.py');
    await page.getByLabel('End after').check();
    await page.getByRole('switch', { name: 'Assign session to another user' }).click();
    await page.getByLabel(/^E-mail of the user/).fill('user2@example.com');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel(/^Access key/)).toHaveValue('AKIAUSERTWOEXAMPLE23');
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByLabel('Priority', { exact: true }).fill('20');
    await page.getByLabel('Bootstrap script', { exact: true }).fill('pip install einops');
    await page.getByLabel('Tag', { exact: true }).fill('nightly');
    await accessible(page, 'type step with all blocks open');
    await fits(page, 320);

    await next(page);
    await step(page, 2);
    const manual = page.getByLabel('Image Name (manual)', { exact: true });
    await manual.fill('cr.example.org/stable/python:3.12-ubuntu22.04');
    await expect(page.getByRole('combobox', { name: 'Environments' })).toBeDisabled();
    await page.getByRole('combobox', { name: 'Select Agent' }).click();
    await page.getByText('i-gpu01 (x86_64)').click();
    await page.getByRole('switch', { name: 'Automatic', exact: true }).click();
    await page.getByLabel('OMP_NUM_THREADS', { exact: true }).fill('2');
    await accessible(page, 'environment step with all fields');
    await fits(page, 320);

    await next(page);
    await step(page, 3);
    await page.getByRole('checkbox', { name: 'homework' }).check();
    await page.getByLabel('Path of homework', { exact: true }).fill('in');
    await page.getByLabel('Subfolder of homework', { exact: true }).fill('week-1');
    await page.getByLabel('Permission of homework', { exact: true }).selectOption('RO');
    await accessible(page, 'data step with a folder chosen');
    await fits(page, 320);

    await next(page);
    await step(page, 4);
    await page.getByLabel('Set Preopen Ports', { exact: true }).fill('8000:8002');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'Preopen ports' }).getByRole('listitem')).toHaveCount(3);

    // A reload keeps the form, but not for whom it was (SES-041).
    await page.reload();
    await step(page, 4);
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Session Type/ }).click();
    await expect(page.getByLabel('Tag', { exact: true })).toHaveValue('nightly');
    await page.getByRole('switch', { name: 'Assign session to another user' }).click();
    await page.getByLabel(/^E-mail of the user/).fill('user2@example.com');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByLabel(/^Access key/)).toBeVisible();

    await page.getByRole('button', { name: 'Skip to review' }).click();
    await expect(card(page, 'Session Type')).toContainText('user2@example.com');
    await expect(card(page, 'Session Type')).toContainText('pip install einops');
    await expect(card(page, 'Environments')).toContainText('cr.example.org/stable/python:3.12-ubuntu22.04');
    await expect(card(page, 'Resource Allocation')).toContainText('i-gpu01');
    await expect(card(page, 'Resource Allocation')).toContainText('OMP_NUM_THREADS=2');
    await expect(card(page, 'Data & Storage')).toContainText('homework/week-1');
    await expect(card(page, 'Data & Storage')).toContainText('/home/work/in');
    await expect(card(page, 'Network')).toContainText('8002');
    await accessible(page, 'review with everything');
    await expectNoBrokenWords(page);
    await fits(page, 320);
    await page.getByRole('button', { name: 'Launch', exact: true }).click();
    await expect(page).toHaveURL(/\/session(\?|$)/);
    await expect(page.getByRole('region', { name: 'New notifications' })).toContainText('for-yuna');
    const made = Object.values(sim.cluster.state.sessions).find((one) => one.name === 'for-yuna');
    expect(made).toMatchObject({ accessKey: 'AKIAUSERTWOEXAMPLE23', priority: 20, tag: 'nightly', preopenPorts: [8000, 8001, 8002], designatedAgents: ['i-gpu01'] });
    expect(made?.mounts[0]).toMatchObject({ name: 'homework', subpath: 'week-1', target: '/home/work/in', permission: 'ro' });
  });
});

test('SES-050 SES-053 SES-069 SES-071 SES-092 SES-094 SES-101 SES-111 SES-112 SES-C02 what is wrong is seen at its field, at its step and at its card', async ({ page, logIn }) => {
  test.slow();
  await logIn('user', '/session/start');
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await page.getByRole('radio', { name: /^Batch/ }).check();
  await page.getByLabel('Not before').check();
  await page.getByLabel('Start time', { exact: true }).locator('visible=true').last().fill('2020-01-01T09:00');
  await expect(page.getByText('The start time must lie in the future.')).toBeVisible();
  await expect(page.getByText(/Asia\/Seoul/)).toBeHidden();
  await page.getByRole('radio', { name: /^Interactive/ }).check();
  await page.getByLabel('Session name', { exact: true }).fill('notebook');

  await next(page);
  await step(page, 2);
  // What is free now is marked on the slider, what is above it warns, what is above all is an error.
  await page.getByLabel('CPU', { exact: true }).fill('60');
  await expect(page.getByText(/Not enough resources now \(60/)).toBeVisible();
  await expect(steps.getByRole('button', { name: /Environments.*has warnings/ })).toBeVisible();
  await page.getByLabel('CPU', { exact: true }).fill('600');
  await expect(steps.getByRole('button', { name: /Environments.*has errors/ })).toBeVisible();
  await page.getByLabel('CPU', { exact: true }).fill('1');
  await page.getByRole('switch', { name: 'Enable automatic shared memory' }).click();
  await page.getByLabel('Shared Memory (SHM)', { exact: true }).fill('500');
  await expect(page.getByText('Shared memory is part of the memory and must be less than it.')).toBeVisible();
  await page.getByRole('switch', { name: 'Enable automatic shared memory' }).click();
  await expect(steps.getByRole('button', { name: /Environments.*has errors/ })).toBeHidden();

  await next(page);
  await expect(page.getByRole('checkbox', { name: 'cold-archive' })).toBeDisabled();
  await expect(page.getByText('You may not mount folders of this host in sessions.')).toBeVisible();
  await expect(page.getByText('Auto Mount:')).toBeVisible();
  await page.getByRole('button', { name: /\.local/ }).hover();
  await expect(page.getByText(/If Jupyter does not open/)).toBeVisible();

  await next(page);
  await page.getByLabel('Set Preopen Ports', { exact: true }).fill('7681');
  await page.keyboard.press('Enter');
  await expect(page.getByText('7681 is used by the system.')).toBeVisible();
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await expect(card(page, 'Network')).toContainText('was not taken as a port');
  const launch = page.getByRole('button', { name: 'Launch', exact: true });
  await expect(launch).toHaveAttribute('aria-disabled', 'true');
  // Not allowed, yet in reach of the keyboard: it points at what bars it.
  await launch.focus();
  await page.keyboard.press('Enter');
  await expect(card(page, 'Network')).toBeFocused();
  await card(page, 'Network').getByRole('button', { name: /^Edit/ }).click();
  await page.getByLabel('Set Preopen Ports', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Next', exact: true }).click();

  // No folder: it asks; then the server refuses the name that is in use, and all stays as it was.
  await launch.click();
  await page.getByRole('dialog', { name: /without a storage folder/i }).getByRole('button', { name: 'Start', exact: true }).click();
  await expect(card(page, 'Session Type')).toContainText('A session with this name is active already');
  const news = page.getByRole('region', { name: 'New notifications' });
  await expect(news).toContainText('Session notebook was not started');
  await news.getByRole('button', { name: 'Edit', exact: true }).click();
  await step(page, 1);
  await expect(page.getByLabel('Session name', { exact: true })).toHaveValue('notebook');
  await expect(page.getByLabel('Session name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await accessible(page, 'type step with a refusal');
});

test('SES-060 SES-061 SES-063 SES-064 SES-065 SES-066 SES-067 SES-068 SES-070 SES-072 SES-074 SES-090 SES-110 SES-114 environments, amounts and clusters, chosen by sight', async ({ page, logIn, sim }) => {
  test.slow();
  await logIn('user', '/session/start?step=1');
  const chosen = (label: string) => page.getByRole('combobox', { name: label, exact: true });
  // Open lists: only what is drawn counts, the list for readers has the same once more.
  const entry = (text: string | RegExp) => page.getByText(text, { exact: true }).locator('visible=true').last();

  await chosen('Environments').click();
  await expect(entry('Language')).toBeVisible();
  await expect(entry('cr.example.org/stable/python-pytorch')).toBeVisible();
  await page.keyboard.type('pytorch 2.6');
  await entry('cr.example.org/stable/python-pytorch').click();
  await expect(page.getByText('cr.example.org/stable/python-pytorch:2.6-py312-cuda12.6')).toBeVisible();
  await chosen('Version').click();
  await expect(entry('Python 3.12')).toBeVisible();
  await expect(entry(/^Customized /)).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Add environment variables' }).click();
  await page.keyboard.type('EPOCHS');
  await page.getByLabel('Value of variable 1').fill('3');

  // A group with fractions: its presets, its steps, its marks.
  await page.getByLabel('Resource Group', { exact: true }).selectOption('nvidia-h100');
  await chosen('Resource Presets').click();
  await expect(entry('fgpu01-half')).toBeVisible();
  // A11-02 the keyboard reaches what can't be taken, and hears why.
  await accessible(page, 'list of presets');
  const heard = () => chosen('Resource Presets').evaluate((box) => document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label') ?? '');
  for (let i = 0; i < 12 && !(await heard()).startsWith('gpu01-small'); i += 1) await page.keyboard.press('ArrowDown');
  expect(await heard()).toMatch(/^gpu01-small, 2 Core.*\. Not available: This resource group has no such accelerator$/);
  await page.keyboard.press('Enter');
  await expect(chosen('Resource Presets')).toHaveAccessibleDescription('gpu01-small: This resource group has no such accelerator');
  await chosen('Resource Presets').click();
  await entry('fgpu01-half').click();
  await expect(page.getByLabel('AI Accelerator', { exact: true })).toHaveValue('0.5');
  await expect(page.getByLabel('Memory', { exact: true })).toHaveValue('16');
  const slider = page.getByRole('slider', { name: 'CPU slider' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByLabel('CPU', { exact: true })).toHaveValue('3');
  await expect(page.getByRole('main').getByTitle('Custom', { exact: true })).toBeVisible();
  await page.getByLabel('Unit of memory').selectOption('MiB');
  await expect(page.getByLabel('Memory', { exact: true })).toHaveValue('16384');

  // Two containers want whole fGPU, are counted together, and start once.
  await page.getByLabel('Cluster size', { exact: true }).fill('2');
  await expect(page.getByText('Only in steps of 1 fGPU.')).toBeVisible();
  await page.getByLabel('AI Accelerator', { exact: true }).fill('1');
  await expect(page.getByText('In total: 6 Core · 32 GiB · 2 fGPU')).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'Sessions', exact: true })).toBeDisabled();
  await page.getByRole('radio', { name: 'Multi Node' }).check();
  await expect(page.getByText(/over an overlay network/)).toBeVisible();

  await next(page);
  await page.getByRole('checkbox', { name: 'datasets' }).check();
  await page.getByRole('button', { name: 'Skip to review' }).click();
  await expect(card(page, 'Resource Allocation')).toContainText('3 Core · 16 GiB · 1 fGPU');
  await expect(card(page, 'Resource Allocation')).toContainText('6 Core · 32 GiB · 2 fGPU');
  await expect(card(page, 'Environments')).not.toContainText('EPOCHS=3');
  await card(page, 'Environments').getByRole('button', { name: 'Show values' }).click();
  await expect(card(page, 'Environments')).toContainText('EPOCHS=3');
  const before = Object.keys(sim.cluster.state.sessions).length;
  await page.getByRole('button', { name: 'Launch', exact: true }).dblclick();
  await expect(page).toHaveURL(/\/session(\?|$)/);
  expect(Object.keys(sim.cluster.state.sessions)).toHaveLength(before + 1);
  expect(Object.values(sim.cluster.state.sessions).at(-1)).toMatchObject({ clusterSize: 2, clusterMode: 'multi-node', resourceGroup: 'nvidia-h100', environ: { EPOCHS: '3' } });
});

test('A11-02 what the keyboard reaches is not under the header or the buttons at the lower edge', async ({ page, logIn }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await logIn('user', '/session/start?step=1');
  await expect(page.getByRole('switch', { name: 'Automatic', exact: true })).toBeVisible();
  const isCovered = () => {
    const focused = document.activeElement as HTMLElement;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there && (focused.contains(there) || there.contains(focused)) ? null : `${focused.getAttribute('aria-label') ?? focused.textContent ?? ''} ${focused.id}`;
  };
  await page.getByRole('button', { name: 'Recent History' }).focus();
  // To the last step of the menu, which comes after all the fields.
  const last = page.getByRole('button', { name: /Confirm and Launch/ });
  for (let i = 0; i < 80 && !(await last.evaluate((button) => button === document.activeElement)); i += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(isCovered)).toBeNull();
  }
  await expect(last).toBeFocused();
});
