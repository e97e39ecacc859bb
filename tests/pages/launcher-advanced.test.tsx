import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { card, createFault, creates, fill, goTo, launchButton, launchWithoutFolder, leaveAndReturn, openLauncher, take } from './launcher-harness';

const late = { timeout: 15_000 };
const link = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;
const batch = { sessionType: 'batch', sessionName: 'nightly', batch: { command: 'ls' } };

async function pick(user: Awaited<ReturnType<typeof openLauncher>>['user'], name: string, text: string | RegExp) {
  await user.click(screen.getByRole('combobox', { name }));
  await take({ user }, text);
}

describe('the advanced block (SES-076)', () => {
  it('SES-076 priority, dependencies, bootstrap script, tag and callback are checked, reviewed and sent', async () => {
    const opened = await openLauncher({ query: link(batch) });
    const { user } = opened;
    await user.click(screen.getByText('Advanced'));
    const priority = screen.getByRole('spinbutton', { name: 'Priority' });
    await fill(opened, priority, '101');
    expect(screen.getByText('Enter a whole number from 0 to 100.')).toBeTruthy();
    await fill(opened, priority, '35');
    const callback = screen.getByRole('textbox', { name: 'Callback URL' });
    await fill(opened, callback, 'ftp://x');
    expect(screen.getByText(/begins with http/)).toBeTruthy();
    await fill(opened, callback, 'https://hooks.example.org/done');
    await fill(opened, screen.getByRole('textbox', { name: 'Tag' }), 'x'.repeat(65));
    expect(screen.getByText('At most 64 characters are allowed.')).toBeTruthy();
    await fill(opened, screen.getByRole('textbox', { name: 'Tag' }), 'nightly');
    await fill(opened, screen.getByRole('textbox', { name: 'Bootstrap script' }), 'pip install einops');
    await user.click(screen.getByRole('combobox', { name: 'Dependencies' }));
    await user.paste('resnet');
    await waitFor(() => expect(screen.queryByText('notebook', { ignore: '[role=status]' })).toBeNull(), late);
    await take({ user }, 'train-resnet');

    await goTo(opened, 4);
    expect(await screen.findByText(/waits until those that it depends on/, {}, late)).toBeTruthy();
    const type = await card('Session Type');
    for (const words of ['35', 'train-resnet', 'pip install einops', 'https://hooks.example.org/done']) expect(type.getByText(words)).toBeTruthy();
    await user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    const before = Object.values(opened.cluster.state.sessions).find((one) => one.name === 'train-resnet');
    expect(creates(opened)[0]).toMatchObject({
      priority: 35,
      dependencies: [before?.id],
      bootstrap_script: 'pip install einops',
      tag: 'nightly',
      callback_url: 'https://hooks.example.org/done',
    });
    expect(Object.values(opened.cluster.state.sessions).at(-1)).toMatchObject({ priority: 35, tag: 'nightly', dependencies: [before?.id] });
  }, 60_000);

  it('SES-076 only one’s own sessions of the project can be waited for, found by the server', async () => {
    const opened = await openLauncher({ as: 'admin', query: '&type=batch' });
    await opened.user.click(screen.getByText('Advanced'));
    await opened.user.click(screen.getByRole('combobox', { name: 'Dependencies' }));
    await waitFor(() => expect(opened.sim.requests.some((one) => one.operation === 'DependencyChoices')).toBe(true), late);
    await waitFor(() => expect(screen.queryByText('Searching…')).toBeNull(), late);
    // Sessions of user@example.com are in the administrator's reach, yet no use to the administrator's session.
    expect(screen.queryByText('train-resnet')).toBeNull();
  }, 30_000);

  it('SES-076 24.03 knows no priority, and lists sessions by its older call', async () => {
    const opened = await openLauncher({ version: '24.03', query: link({ ...batch, priority: 50 }) });
    await opened.user.click(screen.getByText('Advanced'));
    expect(screen.queryByRole('spinbutton', { name: 'Priority' })).toBeNull();
    await pick(opened.user, 'Dependencies', 'train-resnet');
    await goTo(opened, 4);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]).not.toHaveProperty('priority');
    expect(creates(opened)[0]?.dependencies).toHaveLength(1);
  }, 60_000);

  it('SES-076 the draft keeps it, Reset clears it, and the block opens for what is wrong in it', async () => {
    const opened = await openLauncher({ query: link({ ...batch, priority: 300, tag: 'nightly' }) });
    await leaveAndReturn(opened, 0);
    expect(screen.getByRole('spinbutton', { name: 'Priority' })).toHaveProperty('value', '300');
    expect(screen.getByText('2 fields are set')).toBeTruthy();
    await opened.user.click(screen.getByRole('button', { name: 'Reset' }));
    await opened.user.click(within(await screen.findByRole('dialog', { name: 'Reset all steps?' })).getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(screen.getByText(/Priority, dependencies/)).toBeTruthy());
  }, 30_000);

  it('SES-041 SES-076 a script or command that seems to hold a secret is kept nowhere, and told so (SEC-07, pitfall 18)', async () => {
    const opened = await openLauncher({ query: '&type=batch' });
    await fill(opened, screen.getByRole('textbox', { name: /Startup Command/ }), 'HF_TOKEN=hunter2 python x.py');
    expect(screen.getByText(/is not kept when you leave/)).toBeTruthy();
    await opened.user.click(screen.getByText('Advanced'));
    await fill(opened, screen.getByRole('textbox', { name: 'Bootstrap script' }), 'curl https://me:hunter2@example.org/x');
    await fill(opened, screen.getByRole('textbox', { name: 'Tag' }), 'kept');
    expect(JSON.stringify({ ...window.sessionStorage, ...window.localStorage })).not.toContain('hunter2');
    await leaveAndReturn(opened, 0);
    expect(screen.getByRole('textbox', { name: 'Tag' })).toHaveProperty('value', 'kept');
    // The command is needed and bars the launch, the script might have been meant to go.
    expect(screen.getAllByText(/was not kept\. Type it again/)).toHaveLength(2);
    expect(screen.getByRole('textbox', { name: /Startup Command/ }).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('textbox', { name: 'Bootstrap script' }).getAttribute('aria-invalid')).toBeNull();
    await fill(opened, screen.getByRole('textbox', { name: /Startup Command/ }), 'python x.py');
    expect(screen.getAllByText(/was not kept\. Type it again/)).toHaveLength(1);
  }, 30_000);

  it.each<[string, object, string, string]>([
    ['priority', { data: { priority: 'value is out of range' } }, 'Session Type', 'Priority'],
    ['dependencies', { msg: 'Unknown session ID or name in the dependency list' }, 'Session Type', 'Dependencies'],
    ['agents', { msg: 'Agent list should have 1 item(s) for the cluster mode single-node.' }, 'Resource Allocation', 'Select Agent'],
    ['unknown keys in config', { data: { config: { preopen_ports: 'value is not a list' } } }, 'Network', 'value|Refused'],
  ])('SES-C02 %s: the refusal lands at its field', async (_what, body, title, name) => {
    const opened = await openLauncher({ step: 4, query: link(batch) });
    opened.faults.add({ ...createFault, kind: 'status', status: 400, times: 1, body: { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'Refused.', ...body } });
    await opened.user.click(await launchButton());
    expect((await (await card(title)).findAllByText(new RegExp(name), {}, late)).length).toBeGreaterThan(0);
  }, 30_000);
});

describe('HPC optimizations (SES-075)', () => {
  it('SES-075 automatic sends nothing; by hand two numbers go as variables, and none twice', async () => {
    const opened = await openLauncher({ step: 1, query: link({ envvars: [{ variable: 'OMP_NUM_THREADS', value: '8' }] }) });
    const automatic = await screen.findByRole('switch', { name: 'Automatic' }, late);
    expect(automatic).toHaveProperty('ariaChecked', 'true');
    await opened.user.click(automatic);
    expect(screen.getByText(/OMP_NUM_THREADS is set by HPC/)).toBeTruthy();
    await opened.user.click(screen.getByRole('button', { name: 'Remove OMP_NUM_THREADS' }));
    const omp = screen.getByRole('spinbutton', { name: 'OMP_NUM_THREADS' });
    await fill(opened, omp, '0');
    expect(screen.getByText('Enter a whole number from 1 to 1000.')).toBeTruthy();
    await fill(opened, omp, '2');
    await goTo(opened, 4);
    expect((await card('Resource Allocation')).getByText('OMP_NUM_THREADS=2')).toBeTruthy();
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]?.config.environ).toEqual({ OMP_NUM_THREADS: '2', OPENBLAS_NUM_THREADS: '1' });
  }, 60_000);
});

describe('choosing agents (SES-073)', () => {
  it('SES-073 one agent for one container; choosing sets the cluster size to 1', async () => {
    const opened = await openLauncher({ step: 1, query: link({ cluster_size: 2, allocationPreset: 'minimum-required' }) });
    await screen.findByRole('combobox', { name: 'Select Agent' }, late);
    expect(await screen.findByText('Choosing an agent sets the cluster size to 1.', {}, late)).toBeTruthy();
    await opened.user.click(screen.getByRole('combobox', { name: 'Select Agent' }));
    await take(opened, 'i-arm01 (aarch64)');
    expect(screen.getByText('i-arm01: Other architecture than the environment')).toBeTruthy();
    expect(screen.getByRole('spinbutton', { name: 'Cluster size' })).toHaveProperty('value', '2');
    await opened.user.click(screen.getByRole('combobox', { name: 'Select Agent' }));
    // The agent that takes no sessions is not there.
    expect(screen.queryByText(/i-cpu01/)).toBeNull();
    await take(opened, 'i-gpu01 (x86_64)');
    expect(screen.getByRole('spinbutton', { name: 'Cluster size' })).toHaveProperty('value', '1');
    await goTo(opened, 4);
    expect((await card('Resource Allocation')).getByText('i-gpu01')).toBeTruthy();
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]).toMatchObject({ clusterSize: 1, config: { agent_list: ['i-gpu01'] } });
    opened.cluster.advance('20s');
    expect(Object.values(opened.cluster.state.sessions).at(-1)?.kernels[0]?.agentId).toBe('i-gpu01');
  }, 60_000);

  it('SES-073 several agents for a multi-node session need 25.16 and must be as many as its containers', async () => {
    const opened = await openLauncher({
      version: '26.8',
      step: 1,
      query: link({ cluster_mode: 'multi-node', cluster_size: 2, agent: ['i-gpu01'], allocationPreset: 'minimum-required' }),
    });
    await screen.findByRole('combobox', { name: 'Select Agent' }, late);
    await goTo(opened, 4);
    expect(await (await card('Resource Allocation')).findByText(/Choose 2 agents, or none\./, {}, late)).toBeTruthy();
    expect((await launchButton()).getAttribute('aria-disabled')).toBe('true');
  }, 60_000);

  it('SES-073 a multi-node session of 25.13 gets no agents', async () => {
    const opened = await openLauncher({ version: '25.13', step: 4, query: link({ cluster_mode: 'multi-node', cluster_size: 2, agent: ['i-gpu01', 'i-arm01'], allocationPreset: 'minimum-required' }) });
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]?.config).not.toHaveProperty('agent_list');
  }, 60_000);

  it.each<[string, Parameters<typeof openLauncher>[0]]>([
    ['the site hides agents', { config: { general: { hideAgents: true } } }],
    ['the manager hides them (pitfall 15)', { prepare: ({ cluster }) => void (cluster.state.settings.hideAgents = true) }],
    ['the manager is older than 24.09.1', { version: '24.03' }],
  ])('SES-073 no choice where %s, and no failure', async (_why, options) => {
    const opened = await openLauncher({ step: 1, ...options });
    await screen.findByRole('switch', { name: 'Automatic' }, late);
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Select Agent' })).toBeNull(), late);
    await goTo(opened, 4);
    expect((await launchButton()).getAttribute('aria-disabled')).toBeNull();
  }, 30_000);

  it('SES-073 a superadmin chooses though agents are hidden from others', async () => {
    await openLauncher({ as: 'admin', step: 1, config: { general: { hideAgents: true } }, prepare: ({ cluster }) => void (cluster.state.settings.hideAgents = true) });
    expect(await screen.findByRole('combobox', { name: 'Select Agent' }, late)).toBeTruthy();
  }, 30_000);
});

describe('what can’t be asked for (REL-02)', () => {
  it('SES-055 a failed search for the owner is told at the field and can be repeated', async () => {
    const opened = await openLauncher({ as: 'admin', prepare: ({ faults }) => void faults.add({ match: 'SessionOwner', kind: 'status', status: 400 }) });
    await opened.user.click(screen.getByRole('switch', { name: 'Assign session to another user' }));
    await fill(opened, screen.getByRole('textbox', { name: /E-mail/ }), 'user2@example.com');
    await opened.user.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByText(/could not be looked up/, {}, late)).toBeTruthy();
    opened.faults.clear();
    await opened.user.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByRole('combobox', { name: /Access key/ }, late)).toBeTruthy();
  }, 30_000);

  it('SES-073 SES-076 without agents and sessions to choose from one may still launch', async () => {
    const opened = await openLauncher({
      step: 1,
      query: link(batch),
      prepare: ({ faults }) => {
        faults.add({ match: 'SessionAgents', kind: 'status', status: 400 });
        faults.add({ match: 'DependencyChoices', kind: 'status', status: 400 });
      },
    });
    expect(await screen.findByText(/The agents could not be loaded/, {}, late)).toBeTruthy();
    await goTo(opened, 0);
    await opened.user.click(screen.getByText('Advanced'));
    await opened.user.click(screen.getByRole('combobox', { name: 'Dependencies' }));
    expect(await screen.findByText('The sessions could not be loaded.', {}, late)).toBeTruthy();
    await goTo(opened, 4);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
  }, 30_000);
});

describe('the whole form at every manager', () => {
  it('SES-C01 a manager of 25.13 that speaks the older request format gets its folders by name', async () => {
    const opened = await openLauncher({
      version: '25.13',
      step: 4,
      prepare: ({ cluster }) => void Object.defineProperty(cluster, 'apiVersion', { get: () => 'v8.20240915' }),
      query: link({ ...batch, mounts: ['datasets'] }),
    });
    await screen.findByText('/home/work/datasets', {}, late);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]?.config).toMatchObject({ mounts: ['datasets'] });
    expect(Object.values(opened.cluster.state.sessions).at(-1)?.mounts[0]?.name).toBe('datasets');
  }, 30_000);

  it.each(['24.03', '24.09', '25.5', '25.13', '26.8'])('SES-C01 %s takes a batch session with everything', async (version) => {
    const opened = await openLauncher({
      version,
      step: 4,
      query: link({
        ...batch,
        batch: { command: 'ls', timeoutEnabled: true, timeout: 3, timeoutUnit: 'h' },
        priority: 15,
        tag: 'nightly',
        callback_url: 'https://hooks.example.org/x',
        bootstrap_script: 'true',
        hpcOptimization: { autoEnabled: false, OMP_NUM_THREADS: 1, OPENBLAS_NUM_THREADS: 1 },
        agent: 'i-gpu01',
        envvars: [{ variable: 'EPOCHS', value: '3' }],
        mounts: ['datasets', 'results'],
        vfoldersAliasMap: { datasets: 'in' },
        mount_read_only: ['results'],
        ports: [8000],
        allocationPreset: 'custom',
        resource: { cpu: 2, mem: '4g', shmem: '1g', accelerator: 1, acceleratorType: 'cuda.device' },
        environments: { environment: 'cr.example.org/stable/python-pytorch' },
      }),
    });
    await screen.findByText('/home/work/in', {}, late);
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)).toHaveLength(1);
    const made = Object.values(opened.cluster.state.sessions).at(-1);
    expect(made).toMatchObject({
      name: 'nightly',
      type: 'batch',
      priority: version === '24.03' ? 10 : 15,
      batchTimeout: version < '24.12' ? null : 3 * 3600,
      designatedAgents: version === '24.03' ? [] : ['i-gpu01'],
      requestedSlots: { cpu: 2, mem: 4 * 2 ** 30, 'cuda.device': 1 },
      preopenPorts: [8000],
    });
    expect(made?.mounts.map((mount) => [mount.name, mount.target, mount.permission]).slice(0, 2)).toEqual([
      ['datasets', '/home/work/in', 'rw'],
      ['results', '/home/work/results', 'ro'],
    ]);
  }, 30_000);
});
