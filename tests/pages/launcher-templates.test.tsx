import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/app/signed-in';
import '../../src/pages/launcher/launcher-page';
import '../../src/pages/launcher/save-template-dialog';
import '../../src/pages/launcher/template-dialog';
import { atStep, card, creates, fill, goTo, launchButton, openLauncher } from './launcher-harness';
import { dialog } from './sessions-harness';

const form = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;

describe('session templates (SES-044)', () => {
  it.each(['24.03', '25.5', '26.8'])('%s: one fills the form, folders and all, and starts', async (version) => {
    const opened = await openLauncher({ version });
    await opened.user.click(screen.getByRole('button', { name: 'Templates' }));
    const shown = await dialog('Session templates');
    expect(await within(shown).findByText(/user2@example\.com/)).toBeTruthy();
    await opened.user.click(within(shown).getByRole('button', { name: 'Fill the form with daily-cleanup' }));
    await atStep(4);
    const data = await card('Data & Storage');
    expect(await data.findByText('/home/work/in')).toBeTruthy();
    const button = await launchButton();
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
    await opened.user.click(button);
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const [made] = creates(opened);
    expect(made).toMatchObject({ type: 'batch', startupCommand: 'python cleanup.py', config: { environ: { KEEP_DAYS: '30' }, resources: { cpu: 2, mem: '4g' } } });
    expect(made?.clientSessionToken).toMatch(/^daily-cleanup-/);
    const session = Object.values(opened.cluster.state.sessions).find((one) => one.name === made?.clientSessionToken);
    expect(session?.mounts.filter(({ name }) => !name.startsWith('.')).map(({ name, target }) => `${name} ${target}`)).toEqual(['datasets /home/work/in', 'results /home/work/results']);
  }, 60_000);

  it('SES-044 SES-C30 a form is saved as one, without its secrets, and deleted again', async () => {
    const envvars = [{ variable: 'EPOCHS', value: '3' }, { variable: 'HF_TOKEN', value: '' }];
    const opened = await openLauncher({ step: 4, query: form({ sessionType: 'batch', sessionName: 'nightly', batch: { command: 'ls' }, allocationPreset: 'minimum-required', envvars, num_of_sessions: 1 }) });
    const { user } = opened;
    await goTo(opened, 1);
    await fill(opened, await screen.findByLabelText('Value of variable 2'), 'hunter2');
    await goTo(opened, 4);
    await launchButton();
    await user.click(screen.getByRole('button', { name: 'Save as template' }));
    const saving = await dialog('Save as template');
    expect(within(saving).getByText('Secret values')).toBeTruthy();
    const name = within(saving).getByRole('textbox', { name: 'Name of the template' });
    await fill(opened, name, '  ');
    expect(within(saving).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await fill(opened, name, 'My nightly');
    await user.dblClick(within(saving).getByRole('button', { name: 'Save' }));
    await screen.findByText('The template My nightly is saved.');
    const kept = Object.values(opened.cluster.state.templates).filter((one) => one.name === 'My nightly');
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(kept[0]?.template.spec.kernel.environ).toEqual({ EPOCHS: '3', HF_TOKEN: '' });

    await user.click(screen.getByRole('button', { name: 'Templates' }));
    const shown = await dialog('Session templates');
    await user.click(await within(shown).findByRole('button', { name: 'Delete My nightly' }));
    const sure = await dialog('Delete the template?');
    await user.click(within(sure).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(within(shown).queryByText('My nightly')).toBeNull());
    expect(within(shown).getByRole('button', { name: 'Delete course-notebook' }).getAttribute('aria-disabled')).toBe('true');
  }, 60_000);

  it('refusals are told where they happen, and nothing is lost (REL-01, REL-02)', async () => {
    const opened = await openLauncher({ step: 4, query: form({ sessionType: 'batch', sessionName: 'nightly', batch: { command: 'ls' } }) });
    const { user, faults } = opened;
    await launchButton();
    faults.add({ match: '/func/template/session', kind: 'status', status: 500, times: 1, method: 'POST' });
    await user.click(screen.getByRole('button', { name: 'Save as template' }));
    const saving = await dialog('Save as template');
    await user.click(within(saving).getByRole('button', { name: 'Save' }));
    expect(await within(saving).findByRole('alert')).toBeTruthy();
    expect(within(saving).getByRole('textbox', { name: 'Name of the template' })).toHaveProperty('value', 'nightly');
    await user.click(within(saving).getByRole('button', { name: 'Cancel' }));

    faults.add({ match: '/func/template/session', kind: 'status', status: 403, times: 5, method: 'GET' });
    await user.click(screen.getByRole('button', { name: 'Templates' }));
    const shown = await dialog('Session templates');
    expect(await within(shown).findByText('The templates could not be loaded.')).toBeTruthy();
    faults.clear();
    await user.click(within(shown).getByRole('button', { name: /Try again|Retry/ }));
    expect(await within(shown).findByText('daily-cleanup')).toBeTruthy();
  }, 60_000);
});
