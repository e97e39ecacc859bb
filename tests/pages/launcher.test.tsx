import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/pages/sessions/list-page';
import { atStep, card, createFault, creates, fill, goTo, launchButton, launchWithoutFolder, menu, openLauncher, take } from './launcher-harness';

const problem = (slug: string, msg?: string) => ({ type: `https://api.backend.ai/probs/${slug}`, title: 'Refused.', ...(msg ? { msg } : {}) });

describe('launching', () => {
  it('starts an interactive session and follows it on the sessions page (SES-050, SES-061, SES-112, SES-113, SES-130, REL-06)', async () => {
    const opened = await openLauncher();
    await fill(opened, screen.getByRole('textbox', { name: 'Session name' }), 'my-work');
    await opened.user.click(screen.getByRole('button', { name: 'Skip to review' }));
    await atStep(4);
    await launchWithoutFolder(opened);

    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const [request] = creates(opened);
    expect(creates(opened)).toHaveLength(1);
    expect(request).toMatchObject({
      clientSessionToken: 'my-work',
      type: 'interactive',
      group: 'default',
      domain: 'default',
      clusterSize: 1,
      enqueueOnly: true,
      reuseIfExists: false,
    });
    expect(request?.config).not.toHaveProperty('mounts');
    expect((await screen.findAllByText('my-work')).length).toBeGreaterThan(0);
  });

  it('starts a batch session with everything in it (SES-052, SES-054, SES-060, SES-064, SES-090, SES-091, SES-100)', async () => {
    const opened = await openLauncher({ query: '&type=batch' });
    const { user } = opened;
    expect(window.location.search).not.toContain('type=');
    await fill(opened, screen.getByRole('textbox', { name: /Startup Command/ }), 'python train.py');
    await user.click(screen.getByRole('checkbox', { name: 'End after' }));
    await user.click(screen.getByRole('button', { name: 'Next' }));

    await atStep(1);
    await user.click(await screen.findByRole('combobox', { name: 'Environments' }, { timeout: 15_000 }));
    await user.paste('pytorch 2.6');
    await waitFor(() => expect(screen.queryByText('Julia')).toBeNull());
    await take({ user }, 'PyTorch');
    await screen.findByText('cr.example.org/stable/python-pytorch:2.6-py312-cuda12.6');
    await user.click(screen.getByRole('button', { name: 'Add environment variables' }));
    // The new row has the focus.
    await user.paste('EPOCHS');
    await fill(opened, screen.getByRole('textbox', { name: 'Value of variable 1' }), '3');

    await goTo(opened, 2);
    await user.click(await screen.findByRole('checkbox', { name: 'datasets' }, { timeout: 15_000 }));
    await fill(opened, screen.getByRole('textbox', { name: 'Path of datasets' }), 'in');
    await user.click(screen.getByRole('checkbox', { name: 'results' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Permission of results' }), 'RO');

    await goTo(opened, 3);
    await fill(opened, screen.getByRole('textbox', { name: 'Set Preopen Ports' }), '8000, 9000:9001');
    await goTo(opened, 4);
    expect((await card('Session Type')).getByText('python train.py')).toBeTruthy();
    expect((await card('Environments')).queryByText('EPOCHS=3')).toBeNull();
    await user.click(await launchButton());

    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    expect(creates(opened)[0]).toMatchObject({
      type: 'batch',
      startupCommand: 'python train.py',
      batch_timeout: '1h',
      image: 'cr.example.org/stable/python-pytorch:2.6-py312-cuda12.6',
      architecture: 'x86_64',
      config: {
        mounts: ['datasets', 'results'],
        mount_map: { datasets: '/home/work/in' },
        mount_options: { results: { type: 'bind', permission: 'ro' } },
        environ: { EPOCHS: '3' },
        preopen_ports: [8000, 9000, 9001],
      },
    });
    expect(creates(opened)[0]?.clientSessionToken).toMatch(/^[a-z0-9]{8}-session$/);
    const made = opened.cluster.state.sessions[Object.keys(opened.cluster.state.sessions).at(-1) ?? ''];
    expect(made?.name).toBe(creates(opened)[0]?.clientSessionToken);
  }, 60_000);

  it('starts several equal sessions with numbers behind the name, each told by itself (SES-072, SES-113)', async () => {
    const opened = await openLauncher({ query: `&formValues=${encodeURIComponent('{"sessionName":"sweep","num_of_sessions":2,"allocationPreset":"minimum-required"}')}`, step: 4 });
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const names = creates(opened).map((request) => request.clientSessionToken);
    expect(names).toHaveLength(2);
    expect(names[0]).toMatch(/^sweep-[a-z0-9]{4}-1$/);
    expect(names[1]).toBe(names[0]?.replace(/1$/, '2'));
    expect(creates(opened)[0]?.config.resources).toMatchObject({ cpu: 1 });
  });

  it('a double click makes one session (SES-114, REL-07)', async () => {
    const opened = await openLauncher({ step: 4, query: `&formValues=${encodeURIComponent('{"sessionType":"batch","batch":{"command":"ls"}}')}` });
    opened.faults.add({ ...createFault, kind: 'latency', ms: 200 });
    await opened.user.dblClick(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    expect(creates(opened)).toHaveLength(1);
  });

  it('the question about folders can be answered with no (SES-112)', async () => {
    const opened = await openLauncher({ step: 4 });
    await opened.user.click(await launchButton());
    const dialog = await screen.findByRole('dialog', { name: 'Start without a storage folder?' });
    await opened.user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(creates(opened)).toHaveLength(0);
    await atStep(4);
  });
});

describe('what the server refuses', () => {
  const batch = `&formValues=${encodeURIComponent('{"sessionType":"batch","sessionName":"nightly","batch":{"command":"ls"}}')}`;

  it('a name in use lands at the name, in the notification, and nothing is lost (SES-051, SES-111, SES-113)', async () => {
    const opened = await openLauncher({ step: 4, query: batch.replace('nightly', 'notebook') });
    await opened.user.click(await launchButton());
    const type = await card('Session Type');
    expect(await type.findByText(/with this name is active already/)).toBeTruthy();
    expect(screen.getAllByText('Session notebook was not started').length).toBeGreaterThan(0);
    expect(menu().getByRole('button', { name: /Session Type.*has errors/ })).toBeTruthy();

    await opened.user.click(type.getByRole('button', { name: 'Edit Session Type' }));
    await atStep(0);
    const field = screen.getByRole('textbox', { name: 'Session name' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('textbox', { name: /Startup Command/ })).toHaveProperty('value', 'ls');
    await opened.user.type(field, '-2');
    expect(field.getAttribute('aria-invalid')).toBeNull();
    await goTo(opened, 4);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    expect(creates(opened).map((request) => request.clientSessionToken)).toEqual(['notebook', 'notebook-2']);
  });

  it.each<[string, number, object, string, string]>([
    ['quota', 412, problem('quota-exceeded', 'You have reached your resource limit.'), 'Resource Allocation', 'You have reached your resource limit.'],
    ['image minimum', 400, problem('invalid-api-params', 'kernel_specs[0] resource request is smaller than the image minimum (mem=6g).'), 'Resource Allocation', 'smaller than the image minimum'],
    ['image', 404, problem('object-not-found', 'Unknown image references: x'), 'Environments', 'Unknown image references'],
    ['session type of the group', 422, problem('scaling-group-session-type-not-allowed'), 'Resource Allocation', 'Refused.'],
    ['folder', 400, problem('invalid-api-params', 'Duplicate alias folder name exists.'), 'Data & Storage', 'Duplicate alias'],
    ['port', 400, problem('invalid-api-params', 'Preopen port 8080 cannot be used.'), 'Network', 'Preopen port 8080'],
  ])('%s: told at its card in the words of the server (SES-C02, SES-111)', async (_title, status, body, title, words) => {
    const opened = await openLauncher({ step: 4, query: batch });
    opened.faults.add({ ...createFault, kind: 'status', status, body, times: 1 });
    await opened.user.click(await launchButton());
    expect(await (await card(title)).findByText(new RegExp(words))).toBeTruthy();
    // It may have changed its mind: the same can be tried again.
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    expect(creates(opened)).toHaveLength(2);
  });

  it('a hook and a broken server are told at the review (SES-C02, REL-01)', async () => {
    const opened = await openLauncher({ step: 4, query: batch });
    opened.faults.add({ ...createFault, kind: 'status', status: 400, body: problem('rejected-by-hook', 'No sessions on Sundays'), times: 1 });
    await opened.user.click(await launchButton());
    expect((await screen.findAllByRole('alert')).some((alert) => alert.textContent?.includes('No sessions on Sundays'))).toBe(true);
  });

  it('a lost answer and a second try make one session, under the same name (REL-01)', async () => {
    const opened = await openLauncher({ step: 4, query: batch.replace('nightly', '') });
    opened.faults.add({ ...createFault, kind: 'drop', times: 1 });
    const before = Object.keys(opened.cluster.state.sessions).length;
    await opened.user.click(await launchButton());
    await screen.findAllByText(/was not started/);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const [first, second] = creates(opened);
    expect(second?.clientSessionToken).toBe(first?.clientSessionToken);
    expect(Object.keys(opened.cluster.state.sessions)).toHaveLength(before + 1);
  });

  it('of several sessions those that were refused stay to be tried again (SES-113)', async () => {
    const opened = await openLauncher({ step: 4, query: `&formValues=${encodeURIComponent('{"sessionType":"batch","sessionName":"sweep","batch":{"command":"ls"},"num_of_sessions":3,"allocationPreset":"minimum-required"}')}` });
    const button = await launchButton();
    opened.faults.add({ ...createFault, kind: 'status', status: 400, body: problem('rejected-by-hook', 'Not you'), times: 1 });
    await opened.user.click(button);
    expect(await screen.findByText(/2 of 3 sessions were started/)).toBeTruthy();
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const names = creates(opened).map((request) => request.clientSessionToken);
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(3);
    expect(names[3]).toBe(names[0]);
  });

  it('what was refused after the page was left is alone in the form that the notification opens (SES-113)', async () => {
    const opened = await openLauncher({ step: 4, query: `&formValues=${encodeURIComponent('{"sessionType":"batch","sessionName":"trials","batch":{"command":"ls"},"num_of_sessions":3,"allocationPreset":"minimum-required"}')}` });
    const button = await launchButton();
    opened.faults.add({ ...createFault, kind: 'latency', ms: 3000, times: 1 });
    opened.faults.add({ ...createFault, kind: 'status', status: 400, body: problem('rejected-by-hook', 'Not you'), times: 1 });
    await opened.user.click(button);
    await opened.user.click(screen.getByRole('link', { name: 'Sessions' }));
    await screen.findByRole('heading', { level: 1, name: 'Sessions' }, { timeout: 15_000 });
    await opened.user.click(await screen.findByRole('button', { name: 'Edit' }, { timeout: 15_000 }));
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), { timeout: 15_000 });
    expect(creates(opened)).toHaveLength(4);
    expect(Object.values(opened.cluster.state.sessions).filter((one) => one.name.startsWith('trials'))).toHaveLength(3);
  });

  it('the log-in that ends is renewed over the page and the launch goes on (REL-04)', async () => {
    const opened = await openLauncher({ step: 4, query: batch });
    const button = await launchButton();
    opened.sim.expireLogin();
    await opened.user.click(button);
    const password = await screen.findByLabelText('Password', {}, { timeout: 15_000 });
    await opened.user.type(password, 'user-Demo-1{Enter}');
    await waitFor(() => expect(window.location.pathname).toBe('/session'), { timeout: 15_000 });
    expect(opened.cluster.state.sessions && Object.values(opened.cluster.state.sessions).filter((one) => one.name === 'nightly')).toHaveLength(1);
  });
});
