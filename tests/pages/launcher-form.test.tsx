import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atStep, card, creates, fill, goTo, launchButton, menu, openLauncher } from './launcher-harness';

const link = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;
const field = (name: string | RegExp) => screen.getByRole('textbox', { name });
const late = { timeout: 15_000 };

describe('the frame of the launcher', () => {
  it('five steps, each an address; Back leads back, and one may jump (SES-040, SES-041)', async () => {
    const opened = await openLauncher();
    await opened.user.click(screen.getByRole('button', { name: 'Next' }));
    await atStep(1);
    expect(window.location.search).toBe('?step=1');
    // The focus is where reading goes on (A11-02).
    expect(document.activeElement?.textContent).toBe('2. Environments & Resource allocation');
    await opened.user.click(screen.getByRole('button', { name: 'Previous' }));
    await atStep(0);
    window.history.back();
    await atStep(1);
    await goTo(opened, 3);
    await opened.user.click(screen.getByRole('button', { name: 'Skip to review' }));
    await atStep(4);
    expect(screen.queryByRole('button', { name: 'Next' })).toBeNull();
  }, 60_000);

  it('a draft is kept for the tab when the page is left, but no secret value is (SES-041, SEC-07)', async () => {
    const opened = await openLauncher({ query: link({ sessionName: 'kept-work', ports: ['8080'] }) });
    expect(window.location.search).toBe('');
    await goTo(opened, 1);
    await opened.user.click(await screen.findByRole('button', { name: 'Add environment variables' }, late));
    await opened.user.paste('HF_TOKEN');
    await fill(opened, screen.getByLabelText('Value of variable 1'), 'hunter2-secret');
    expect(screen.getByLabelText('Value of variable 1')).toHaveProperty('type', 'password');
    const stored = JSON.stringify({ ...window.sessionStorage, ...window.localStorage });
    expect(stored).toContain('kept-work');
    expect(stored).not.toContain('hunter2');

    await opened.user.click(screen.getByRole('link', { name: 'Sessions' }));
    await screen.findByRole('heading', { level: 1, name: 'Sessions' }, late);
    window.history.back();
    await atStep(1);
    await goTo(opened, 0);
    expect(field('Session name')).toHaveProperty('value', 'kept-work');
    expect(menu().getByRole('button', { name: /Environments.*has errors/ })).toBeTruthy();
    await goTo(opened, 4);
    expect((await card('Environments')).getByText(/The value of HF_TOKEN was not kept/)).toBeTruthy();
    expect((await card('Network')).getByText('8080')).toBeTruthy();
  }, 60_000);

  it('a launch link prefills once; owner, image objects and automounts are not taken (SES-041)', async () => {
    await openLauncher({
      step: 4,
      query: link({ sessionName: 'from-link', mounts: ['datasets', '.local'], owner: { email: 'admin@example.com' }, environments: { environment: 'cr.example.org/stable/r-base', image: { x: 1 } } }),
    });
    expect(window.location.search).toBe('?step=4');
    expect(await screen.findByText('/home/work/datasets', {}, late)).toBeTruthy();
    expect(screen.queryByText('/home/work/.local')).toBeNull();
    expect(await (await card('Environments')).findByText('cr.example.org/stable/r-base:4.3-ubuntu22.04')).toBeTruthy();
    expect(JSON.stringify({ ...window.sessionStorage })).not.toContain('admin@example.com');
  });

  it('a launch link that can’t be read says so and leaves the form as it was (SES-041)', async () => {
    const opened = await openLauncher();
    await fill(opened, screen.getByRole('textbox', { name: 'Session name' }), 'half-done');
    act(() => {
      window.history.pushState(null, '', `/session/start?step=0&formValues=${encodeURIComponent('{"sessionName":"cut-o')}`);
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(await screen.findByText(/^The launch link could not be read/)).toBeTruthy();
    await waitFor(() => expect(window.location.search).toBe('?step=0'));
    expect(screen.getByRole('textbox', { name: 'Session name' })).toHaveProperty('value', 'half-done');
    expect(screen.queryByText(/is set aside/)).toBeNull();
    await opened.user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByText(/^The launch link/)).toBeNull());

    await opened.reload('/session/start?formValues=%5B%5D');
    expect(await screen.findByText(/^The launch link could not be read/)).toBeTruthy();
  }, 60_000);

  it('Reset asks, then everything is as at first (SES-042)', async () => {
    const opened = await openLauncher({ query: link({ sessionType: 'batch', sessionName: 'old-one', batch: { command: 'ls' } }) });
    await opened.user.click(screen.getByRole('button', { name: 'Reset' }));
    const dialog = await screen.findByRole('dialog', { name: 'Reset all steps?' });
    await opened.user.click(within(dialog).getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(field('Session name')).toHaveProperty('value', ''));
    expect(screen.getByRole('radio', { name: /Interactive/ })).toHaveProperty('checked', true);
    expect(window.sessionStorage.getItem('bai.launcher.draft')).toBeNull();
  });
});

describe('bad input gets a message at its place', () => {
  it('names as they are typed; batch fields once they are left; both bar Launch (SES-051, SES-052, SES-053, SES-054, SES-111)', async () => {
    const opened = await openLauncher();
    const { user } = opened;
    for (const [typed, words] of [['ab', /At least 4/], ['-abcd', /Only letters, digits/], ['a'.repeat(65), /At most 64/]] as const) {
      await fill(opened, field('Session name'), typed);
      expect(screen.getByText(words)).toBeTruthy();
    }
    await fill(opened, field('Session name'), 'good-name');
    expect(field('Session name').getAttribute('aria-invalid')).toBeNull();

    await user.click(screen.getByRole('radio', { name: /Batch/ }));
    expect(screen.queryByText(/needs a startup command/)).toBeNull();
    await user.click(field(/Startup Command/));
    await user.tab();
    expect(screen.getByText(/needs a startup command/)).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: 'Not before' }));
    const moment = screen.getByLabelText('Start time', { selector: 'input' });
    expect(Date.parse((moment as HTMLInputElement).value)).toBeGreaterThan(Date.now());
    await fill(opened, moment, '2020-01-01T00:00');
    expect(screen.getByText('The start time must lie in the future.')).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: 'End after' }));
    await fill(opened, screen.getByRole('spinbutton', { name: 'Timeout duration' }), '0');
    expect(screen.getByText('Enter a whole number, 1 or more.')).toBeTruthy();

    await goTo(opened, 4);
    const launch = await launchButton();
    expect(launch.getAttribute('aria-disabled')).toBe('true');
    // The keyboard is told why, too (A11-02).
    screen.getByRole('button', { name: 'Previous' }).focus();
    await user.tab();
    expect(document.activeElement).toBe(launch);
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toBe('Correct the errors first: Session Type'));
    await user.click(launch);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Session Type' })));
    expect(creates(opened)).toHaveLength(0);
  }, 60_000);

  it('the timeout is offered only where the manager knows it (SES-054)', async () => {
    await openLauncher({ version: '24.09', query: '&type=batch' });
    expect(screen.getByRole('checkbox', { name: 'Not before' })).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: 'End after' })).toBeNull();
  });

  it('environment variables (SES-064)', async () => {
    const opened = await openLauncher({ step: 1 });
    const add = await screen.findByRole('button', { name: 'Add environment variables' }, late);
    await opened.user.click(add);
    await opened.user.paste('1A');
    expect(screen.getByText(/not beginning with a digit/)).toBeTruthy();
    await fill(opened, field('Name of variable 1'), 'BACKENDAI_X');
    expect(screen.getByText(/The server sets BACKENDAI_X itself/)).toBeTruthy();
    await fill(opened, field('Value of variable 1'), '1');
    await opened.user.click(add);
    await opened.user.paste('BACKENDAI_X');
    expect(screen.getByText('BACKENDAI_X is set twice.')).toBeTruthy();
    await opened.user.click(screen.getAllByRole('button', { name: 'Remove BACKENDAI_X' })[1] as HTMLElement);
    expect(screen.queryByText('BACKENDAI_X is set twice.')).toBeNull();
    expect(document.activeElement).toBe(add);
    await opened.user.click(add);
    await opened.user.paste('EPOCHS');
    await goTo(opened, 4);
    // Of several each says which.
    expect(await (await card('Environments')).findByText('EPOCHS:')).toBeTruthy();
  }, 60_000);

  it('amounts: errors above the most, warnings above what is free, and the way back to a preset (SES-066…072, SES-R10…R15)', async () => {
    const opened = await openLauncher({ step: 1 });
    const cpu = await screen.findByRole('spinbutton', { name: 'CPU' }, late);
    expect(screen.getByText('Starts right away: enough is free.')).toBeTruthy();
    await fill(opened, cpu, '1000');
    expect(screen.getByText(/^At most \d+ is allowed\.$/)).toBeTruthy();
    expect(screen.getByTitle('Custom')).toBeTruthy();
    await fill(opened, cpu, '60');
    expect(screen.getByText(/Not enough resources now/)).toBeTruthy();
    expect(screen.getByText(/Will wait in the queue \(PENDING\): not enough CPU/)).toBeTruthy();
    await fill(opened, cpu, '1');
    await fill(opened, screen.getByRole('spinbutton', { name: 'Memory' }), '0.1');
    expect(screen.getByText('At least 320 MiB is needed.')).toBeTruthy();
    await fill(opened, screen.getByRole('spinbutton', { name: 'Memory' }), '1');
    await opened.user.click(screen.getByRole('switch', { name: 'Enable automatic shared memory' }));
    await fill(opened, screen.getByRole('spinbutton', { name: 'Shared Memory (SHM)' }), '1');
    expect(screen.getByText(/must be less than it/)).toBeTruthy();

    await goTo(opened, 4);
    const resources = await card('Resource Allocation');
    expect(resources.getByText(/must be less than it/)).toBeTruthy();
    expect((await launchButton()).getAttribute('aria-disabled')).toBe('true');
    await opened.user.click(resources.getByRole('button', { name: 'Edit Resource Allocation' }));
    await atStep(1);
    expect(screen.getByRole('spinbutton', { name: 'CPU' })).toHaveProperty('value', '1');
  }, 60_000);

  it('places of folders; dot folders mount themselves; a host may be closed (SES-090…094)', async () => {
    const opened = await openLauncher({ step: 2 });
    await opened.user.click(await screen.findByRole('checkbox', { name: 'datasets' }, late));
    expect(screen.getByText('.local')).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: '.local' })).toBeNull();
    expect(screen.getByRole('checkbox', { name: 'cold-archive' })).toHaveProperty('disabled', true);
    expect(screen.getByText('You may not mount folders of this host in sessions.')).toBeTruthy();
    const path = field('Path of datasets');
    for (const [alias, words] of [['/etc', /reserved for the system/], ['results', /Another folder of yours has this name/], ['a b', /Only letters, digits/], ['.local', /mounted there automatically/]] as const) {
      await fill(opened, path, alias);
      expect(screen.getByText(words)).toBeTruthy();
    }
    // What is chosen stays in sight whatever is searched for (REL-12).
    await fill(opened, screen.getByRole('textbox', { name: 'Search by name' }), 'results');
    expect(screen.getByRole('checkbox', { name: 'datasets' })).toHaveProperty('checked', true);
    expect(screen.queryByRole('checkbox', { name: 'finetuned-models' })).toBeNull();
    expect(menu().getByRole('button', { name: /Data & Storage.*1 folder.*has errors/ })).toBeTruthy();
  }, 60_000);

  it('ports (SES-100, SES-101)', async () => {
    const opened = await openLauncher({ step: 3, config: { general: { maxCountForPreopenPorts: 3 } } });
    const ports = field('Set Preopen Ports');
    await opened.user.type(ports, '8000,');
    const list = () => screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(list()).toContain('8000Remove port 8000');
    for (const [typed, words] of [['80', /80 is not within 1024/], ['2200', /2200 is used by the system/], ['8000', /8000 is there already/], ['abc', /abc is not a port/]] as const) {
      await fill(opened, ports, typed);
      await opened.user.keyboard('{Enter}');
      expect(screen.getByText(words)).toBeTruthy();
      expect(ports).toHaveProperty('value', typed);
    }
    await fill(opened, ports, '9000:9009');
    await opened.user.keyboard('{Enter}');
    expect(screen.getByText('At most 3 ports are allowed.')).toBeTruthy();
    await fill(opened, ports, '');
    await opened.user.click(screen.getByRole('button', { name: 'Remove port 9000' }));
    expect(document.activeElement).toBe(ports);
    await goTo(opened, 4);
    expect((await card('Network')).queryByText('9000')).toBeNull();
    expect((await card('Network')).getByText('9001')).toBeTruthy();
  }, 60_000);
});

describe('what the site and the cluster say', () => {
  it('the allowlist narrows; private and uninstalled images are not offered (SES-061)', async () => {
    const opened = await openLauncher({ step: 1, config: { environments: { allowlist: 'stable/r-base,lab-notebook' } } });
    await opened.user.click(await screen.findByRole('combobox', { name: 'Environments' }, late));
    const list = within(await screen.findByRole('listbox'));
    expect(list.getAllByRole('option').map((option) => option.textContent)).toEqual(['group:scientificLanguage', 'cr.example.org/stable/r-base']);
  });

  it('presets only, where own amounts are not allowed (SES-066)', async () => {
    const opened = await openLauncher({ step: 1, config: { general: { allowCustomResourceAllocation: false } } });
    await screen.findByRole('combobox', { name: 'Resource Presets' }, late);
    expect(screen.queryByRole('spinbutton', { name: 'CPU' })).toBeNull();
    await goTo(opened, 4);
    expect((await launchButton()).getAttribute('aria-disabled')).toBeNull();
  });

  it('what cannot be loaded is told in its place, and asked for again (REL-02)', async () => {
    const opened = await openLauncher({
      step: 1,
      prepare: (sim) => {
        sim.faults.add({ match: 'Images', kind: 'status', status: 400 });
      },
    });
    expect(await screen.findByText('The environments could not be loaded.', {}, late)).toBeTruthy();
    expect(menu().getByRole('button', { name: /Environments.*has errors/ })).toBeTruthy();
    opened.faults.clear();
    await opened.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('combobox', { name: 'Environments' }, late)).toBeTruthy();
  });
});
