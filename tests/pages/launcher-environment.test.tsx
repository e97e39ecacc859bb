import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { addAgent, addResourceGroup } from '../../mocks/cluster/seed/infrastructure';
import type { Simulation } from '../../mocks/node';
import { card, createFault, creates, fill, goTo, launchButton, launchWithoutFolder, openLauncher, take } from './launcher-harness';

const late = { timeout: 15_000 };
const link = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;
const manual = { general: { allowManualImageNameForSession: true } };
const GIB = 2 ** 30;

describe('an image by its name (SES-062)', () => {
  it('SES-062 the field is there only where the site allows it', async () => {
    await openLauncher({ step: 1, query: link({ environments: { manual: 'cr.example.org/stable/python:3.12-ubuntu22.04' } }) });
    await screen.findByRole('combobox', { name: 'Environments' }, late);
    expect(screen.queryByRole('textbox', { name: 'Image Name (manual)' })).toBeNull();
    // And a name of an earlier day does not count.
    expect(screen.getByRole('combobox', { name: 'Environments' })).toHaveProperty('disabled', false);
  });

  it('SES-062 a full name takes the place of the selects; its form is checked; architecture behind @', async () => {
    const opened = await openLauncher({ step: 1, config: manual });
    const name = await screen.findByRole('textbox', { name: 'Image Name (manual)' }, late);
    await fill(opened, name, 'python:3.12');
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/^Enter a full name/)).toBeTruthy();
    await fill(opened, name, 'cr.example.org:5000/lab/own/tool:1.0-py312@aarch64');
    expect(name.getAttribute('aria-invalid')).toBeNull();
    expect(screen.getByText(/least amounts are unknown/)).toBeTruthy();
    for (const select of ['Environments', 'Version']) expect(screen.getByRole('combobox', { name: select })).toHaveProperty('disabled', true);

    await goTo(opened, 4);
    expect((await card('Environments')).getByText('cr.example.org:5000/lab/own/tool:1.0-py312')).toBeTruthy();
    await launchWithoutFolder(opened);
    // This cluster has no such image: the refusal is told at the field, which keeps what was typed.
    const environments = await card('Environments');
    expect(await environments.findByText(/Unknown image reference/, {}, late)).toBeTruthy();
    expect(creates(opened)[0]).toMatchObject({ image: 'cr.example.org:5000/lab/own/tool:1.0-py312', architecture: 'aarch64' });
    await opened.user.click(environments.getByRole('button', { name: 'Edit Environments' }));
    const field = await screen.findByRole('textbox', { name: 'Image Name (manual)' }, late);
    expect(field).toHaveProperty('value', 'cr.example.org:5000/lab/own/tool:1.0-py312@aarch64');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await fill(opened, field, 'cr.example.org/stable/python:3.12-ubuntu22.04@aarch64');
    // An image that the cluster lists brings its least amounts along.
    expect(screen.queryByText(/least amounts are unknown/)).toBeNull();
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(Object.values(opened.cluster.state.sessions).at(-1)).toMatchObject({ architecture: 'aarch64' });
  }, 60_000);
});

describe('what is offered', () => {
  it('SES-063 one’s own customized image stands under its base, by its name; others do not see it', async () => {
    const opened = await openLauncher({ step: 1 });
    const customized = Object.values(opened.cluster.state.images).find((one) => one.customized !== null);
    expect(customized?.customized?.ownerEmail).toBe('user@example.com');
    await opened.user.click(await screen.findByRole('combobox', { name: 'Environments' }, late));
    await opened.user.paste('pytorch');
    await take(opened, 'PyTorch');
    await opened.user.click(screen.getByRole('combobox', { name: 'Version' }));
    await take(opened, `Customized ${customized?.customized?.name}`);
    expect((await screen.findAllByText(`cr.example.org/${customized?.name}:${customized?.tag}`, {}, late)).length).toBeGreaterThan(0);
    // The random part of its tag is no requirement.
    expect(screen.queryByText(/customized_/i, { selector: '.ant-tag' })).toBeNull();
  }, 60_000);

  it('SES-061 images that no agent has are offered where the site says so', async () => {
    const opened = await openLauncher({ step: 1, config: { environments: { showNonInstalledImages: true } }, query: link({ environments: { environment: 'cr.example.org/stable/python-pytorch' } }) });
    expect(await screen.findByText('cr.example.org/stable/python-pytorch:2.7-py313-cuda12.8', {}, late)).toBeTruthy();
    expect(opened.sim.requests.filter((one) => one.operation === 'Images')).toHaveLength(1);
  });

  it('SES-061 the image used last stands there next time', async () => {
    const opened = await openLauncher({ step: 4, query: link({ sessionType: 'batch', batch: { command: 'ls' }, environments: { environment: 'cr.example.org/stable/r-base' } }) });
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    await opened.user.click(await screen.findByRole('link', { name: /Start Interactive Session/ }, late));
    await goTo(opened, 1);
    expect(await screen.findByText('cr.example.org/stable/r-base:4.3-ubuntu22.04', {}, late)).toBeTruthy();
  }, 60_000);

  it('SES-065 groups that do not take the kind of session are not offered where that is told', async () => {
    const prepare = ({ cluster }: Simulation) => {
      addResourceGroup(cluster.state, 'batch-only', { schedulerOpts: { allowedSessionTypes: ['batch'], pendingTimeout: 0, numRetriesToSkip: 0, agentSelectionStrategy: 'dispersed' } });
      cluster.state.domains['default']?.resourceGroups.push('batch-only');
    };
    const names = () => [...(screen.getByRole('combobox', { name: 'Resource Group' }) as HTMLSelectElement).options].map((one) => one.value);
    const opened = await openLauncher({ as: 'admin', step: 1, prepare });
    await screen.findByRole('combobox', { name: 'Resource Group' }, late);
    // The group of uploads is left out for everybody.
    expect(names()).toEqual(['default', 'nvidia-h100']);
    await goTo(opened, 0);
    await opened.user.click(screen.getByRole('radio', { name: /Batch/ }));
    await goTo(opened, 1);
    expect(names()).toEqual(['default', 'nvidia-h100', 'batch-only']);
  }, 30_000);

  it('SES-065 one’s only group can’t be changed; a user learns of the wrong kind from the refusal, at its field', async () => {
    const opened = await openLauncher({
      step: 1,
      prepare: ({ cluster }) => {
        const group = cluster.state.resourceGroups['default'];
        if (group) group.schedulerOpts.allowedSessionTypes = ['batch'];
        const domain = cluster.state.domains['default'];
        if (domain) domain.resourceGroups = ['default'];
      },
    });
    expect(await screen.findByRole('combobox', { name: 'Resource Group' }, late)).toHaveProperty('disabled', true);
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    expect(await (await card('Resource Allocation')).findByText(/does not accept the session type/, {}, late)).toBeTruthy();
  }, 30_000);
});

/** SES-R12, row by row: slot, name, what config.toml caps it at, the key. */
const kinds: [string, string, number, string | null][] = [
  ['rocm.device', 'GPU', 4, 'maxROCMDevicesPerContainer'],
  ['tpu.device', 'TPU', 3, 'maxTPUDevicesPerContainer'],
  ['ipu.device', 'IPU', 6, 'maxIPUDevicesPerContainer'],
  ['atom.device', 'ATOM', 5, 'maxATOMDevicesPerContainer'],
  ['atom-plus.device', 'ATOM+', 2, 'maxATOMPlUSDevicesPerContainer'],
  ['gaudi2.device', 'Gaudi 2', 7, 'maxGaudi2DevicesPerContainer'],
  ['warboy.device', 'Warboy', 1, 'maxWarboyDevicesPerContainer'],
  ['hyperaccel-lpu.device', 'LPU', 4, 'maxHyperaccelLPUDevicesPerContainer'],
  ['made-up.device', 'made-up.device', 8, null],
];

function zoo({ cluster }: Simulation): void {
  const { state } = cluster;
  addResourceGroup(state, 'zoo', {});
  state.domains['default']?.resourceGroups.push('zoo');
  for (const [slot, name] of kinds) {
    state.slotTypes[slot] = 'count';
    state.slotDetails[slot] = { slot_name: slot, description: name, human_readable_name: name, display_unit: name, number_format: { binary: false, round_length: 0 }, display_icon: 'npu' };
  }
  addAgent(state, 'i-zoo01', 'zoo', { cpu: 64, mem: 256 * GIB, ...Object.fromEntries(kinds.map(([slot]) => [slot, 16])) });
}

describe('kinds of accelerators (SES-070, SES-R12)', () => {
  it.each(kinds)('SES-R12 %s is counted as %s, at most %i in a container', async (slot, name, most, key) => {
    const opened = await openLauncher({
      step: 1,
      prepare: zoo,
      config: key === null ? {} : { resources: { [key]: most } },
      query: link({ resourceGroup: 'zoo', allocationPreset: 'custom', resource: { cpu: 1, mem: '2g', accelerator: most + 1, acceleratorType: slot } }),
    });
    expect(await screen.findByText(`At most ${most} ${name} is allowed.`, {}, late)).toBeTruthy();
    const amount = screen.getByRole('spinbutton', { name: 'AI Accelerator' });
    await fill(opened, amount, '0.5');
    expect(screen.getByText(new RegExp(`^Only in steps of 1 ${name.replace('+', '\\+')}`))).toBeTruthy();
    await fill(opened, amount, '1');
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]?.config.resources).toEqual({ cpu: 1, mem: '2g', [slot]: 1 });
  }, 30_000);

  it('SES-070 one kind at a time; those that the image can’t use are told so', async () => {
    const opened = await openLauncher({ step: 1, prepare: zoo, query: link({ resourceGroup: 'zoo', environments: { environment: 'cr.example.org/stable/python' } }) });
    await opened.user.click(await screen.findByRole('combobox', { name: 'Kind of accelerator' }, late));
    await take(opened, 'TPU');
    await fill(opened, screen.getByRole('spinbutton', { name: 'AI Accelerator' }), '2');
    await opened.user.click(screen.getByRole('combobox', { name: 'Kind of accelerator' }));
    await take(opened, 'Gaudi 2');
    expect(screen.getByRole('spinbutton', { name: 'AI Accelerator' })).toHaveProperty('value', '2');
    // An image for CUDA has no use for any of them.
    await opened.user.click(screen.getByRole('combobox', { name: 'Environments' }));
    await opened.user.paste('pytorch 2.6');
    await waitFor(() => expect(screen.queryByText('Julia')).toBeNull());
    await take(opened, 'PyTorch');
    expect(await screen.findByText('The environment does not support Gaudi 2.', {}, late)).toBeTruthy();
  }, 60_000);

  it('SES-R12 fGPU go in the group’s own steps, in clusters whole (SES-023)', async () => {
    const opened = await openLauncher({
      step: 1,
      prepare: ({ cluster }) => {
        const group = cluster.state.resourceGroups['nvidia-h100'];
        if (group) group.quantum = 0.125;
      },
      query: link({ resourceGroup: 'nvidia-h100', allocationPreset: 'custom', resource: { cpu: 1, mem: '4g', accelerator: 0.3, acceleratorType: 'cuda.shares' } }),
    });
    expect(await screen.findByText('Only in steps of 0.125.', {}, late)).toBeTruthy();
    await fill(opened, screen.getByRole('spinbutton', { name: 'AI Accelerator' }), '0.375');
    await opened.user.tab();
    expect(screen.queryByText(/Only in steps/)).toBeNull();
    expect(screen.getByRole('spinbutton', { name: 'AI Accelerator' })).toHaveProperty('value', '0.375');
    await fill(opened, screen.getByRole('spinbutton', { name: 'Cluster size' }), '2');
    expect(screen.getByText('Only in steps of 1 fGPU.')).toBeTruthy();
    await fill(opened, screen.getByRole('spinbutton', { name: 'AI Accelerator' }), '1');
    await goTo(opened, 4);
    // REL-14: per container × containers = in all.
    const resources = await card('Resource Allocation');
    expect(resources.getByText('1 Core · 4 GiB · 1 fGPU')).toBeTruthy();
    expect(resources.getByText('2 Core · 8 GiB · 2 fGPU')).toBeTruthy();
  }, 30_000);
});

describe('presets (SES-066)', () => {
  it('SES-066 each with its amounts, those that can’t be taken with the reason', async () => {
    const opened = await openLauncher({ step: 1 });
    await opened.user.click(await screen.findByRole('combobox', { name: 'Resource Presets' }, late));
    expect((await screen.findAllByText('cpu02-medium', {}, late)).length).toBeGreaterThan(0);
    expect(screen.getByText('4 Core · 8 GiB · SHM 1 GiB')).toBeTruthy();
    // The group has whole GPUs only.
    // Choosing it says why it is not taken.
    const combobox = screen.getByRole('combobox', { name: 'Resource Presets' });
    await take(opened, 'fgpu01-half');
    const said = 'fgpu01-half: This resource group has no such accelerator';
    expect(combobox.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.textContent)).toContain(said);
    expect(screen.getByRole('spinbutton', { name: 'AI Accelerator' })).toHaveProperty('value', '0');
    await opened.user.click(combobox);
    await take(opened, 'cpu02-medium');
    expect(screen.queryByText(said)).toBeNull();
  }, 30_000);

  it('SES-066 SES-R16 a preset brings its shared memory, and minimum requirements their own', async () => {
    const opened = await openLauncher({ step: 4, query: link({ sessionType: 'batch', batch: { command: 'ls' }, allocationPreset: 'cpu02-medium' }) });
    await opened.user.click(await launchButton());
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]?.config).toMatchObject({ resources: { cpu: 4, mem: '8g' }, resource_opts: { shmem: '1g' } });
  }, 30_000);

  it('SES-067 SES-068 a slider and a number, in GiB or MiB, are one', async () => {
    const opened = await openLauncher({ step: 1 });
    const memory = await screen.findByRole('spinbutton', { name: 'Memory' }, late);
    await fill(opened, memory, '2');
    await opened.user.selectOptions(screen.getByRole('combobox', { name: 'Unit of memory' }), 'MiB');
    expect(memory).toHaveProperty('value', '2048');
    const slider = screen.getByRole('slider', { name: 'CPU slider' });
    const before = Number(slider.getAttribute('aria-valuenow'));
    fireEvent.keyDown(slider, { key: 'ArrowRight', keyCode: 39, which: 39 });
    expect(screen.getByRole('spinbutton', { name: 'CPU' })).toHaveProperty('value', String(before + 1));
    expect(screen.getByTitle('Custom')).toBeTruthy();
  }, 30_000);

  it('SES-071 a full group says so, and one may still launch and wait', async () => {
    const opened = await openLauncher({
      step: 1,
      prepare: ({ cluster }) => {
        for (const agent of Object.values(cluster.state.agents)) if (agent.resourceGroup === 'default') agent.occupied = { ...agent.available };
      },
    });
    expect(await screen.findByText(/Nothing is free in default now/, {}, late)).toBeTruthy();
    await goTo(opened, 4);
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(Object.values(opened.cluster.state.sessions).at(-1)?.status).toBe('PENDING');
  }, 30_000);

  it('SES-074 a multi-node session of one container is warned about and sent as given', async () => {
    const opened = await openLauncher({ step: 4, query: link({ cluster_mode: 'multi-node', allocationPreset: 'minimum-required' }) });
    expect(await screen.findByText(/A multi-node session with one container/, {}, late)).toBeTruthy();
    await launchWithoutFolder(opened);
    await waitFor(() => expect(window.location.pathname).toBe('/session'), late);
    expect(creates(opened)[0]).toMatchObject({ clusterMode: 'multi-node', clusterSize: 1 });
  }, 30_000);

  it('SES-R17 the review tells how long the policy lets it live', async () => {
    await openLauncher({ as: 'user2', step: 4 });
    expect(await screen.findByText('Ends after 7 days at the latest · Ends when nobody uses it for 1 day', {}, late)).toBeTruthy();
  });

  it('SES-R17 a limit of 0 is none', async () => {
    await openLauncher({ as: 'admin', step: 4 });
    await launchButton();
    expect(screen.queryByText('Limits of the policy')).toBeNull();
  });

  it('SES-C02 shared memory that the server finds too large is told at its field', async () => {
    const opened = await openLauncher({ step: 4, query: link({ sessionType: 'batch', batch: { command: 'ls' } }) });
    opened.faults.add({ ...createFault, kind: 'status', status: 400, times: 1, body: { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'Refused.', msg: 'Shared memory should be less than the main memory. (s:4g, m:4g)' } });
    await opened.user.click(await launchButton());
    expect(await (await card('Resource Allocation')).findByText(/Shared Memory \(SHM\)/, { selector: 'span' }, late)).toBeTruthy();
    expect(screen.getAllByText(/should be less than the main memory/).length).toBeGreaterThan(0);
  }, 30_000);
});
