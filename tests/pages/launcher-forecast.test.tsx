import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../../src/app/signed-in';
import '../../src/pages/launcher/launcher-page';
import { card, fill, goTo, openLauncher } from './launcher-harness';

/** UX-08: what is chosen starts now, waits, or never fits; said beside the choice and at the review. */
const form = (values: object) => `&formValues=${encodeURIComponent(JSON.stringify(values))}`;
const custom = (resource: object, more: object = {}) => form({ allocationPreset: 'custom', resource, resourceGroup: 'nvidia-h100', environments: { environment: 'cr.example.org/stable/ngc-pytorch' }, ...more });

const line = () => screen.findByText(/Starts right away|start right away|starts right away|Will wait in the queue|Never fits: (no|it)/, {}, { timeout: 15_000 });

describe('the forecast', () => {
  it('two of three sessions start now, the third waits; other groups are told apart (SES-072)', async () => {
    const { user } = await openLauncher({ step: 1, query: custom({ cpu: 2, mem: '8g', accelerator: 1, acceleratorType: 'cuda.shares' }, { num_of_sessions: 3 }) });
    expect((await line()).textContent).toBe('2 of 3 sessions start right away. The others wait in the queue (PENDING).');
    expect(screen.getByText('2 of 3 start now')).toBeTruthy();
    const groups = screen.getByRole('combobox', { name: 'Resource Group' });
    await waitFor(() => expect(within(groups).getAllByRole('option').map((option) => option.textContent)).toEqual(['default (never fits)', 'nvidia-h100 (would wait)']));
    await user.selectOptions(groups, 'default');
    await waitFor(() => expect(within(groups).getAllByRole('option').map((option) => option.textContent)).toEqual(['default (never fits)', 'nvidia-h100 (would wait)']));
  });

  it('each amount says whether enough of it is free, and follows what is typed', async () => {
    const opened = await openLauncher({ step: 1, query: custom({ cpu: 2, mem: '8g', accelerator: 1, acceleratorType: 'cuda.shares' }, { num_of_sessions: 3 }) });
    await line();
    const mark = (name: string) => screen.getByRole('spinbutton', { name }).closest('[data-field]')?.querySelector('[data-fit]')?.textContent?.trim();
    expect(['CPU', 'Memory', 'AI Accelerator'].map(mark)).toEqual(['enough is free', 'enough is free', 'not enough is free']);
    await fill(opened, screen.getByRole('spinbutton', { name: 'AI Accelerator' }), '0.5');
    await waitFor(() => expect(mark('AI Accelerator')).toBe('enough is free'));
    await fill(opened, screen.getByRole('spinbutton', { name: 'AI Accelerator' }), '0');
    await waitFor(() => expect(mark('AI Accelerator')).toBeUndefined());
  });

  it('the presets say which start now', async () => {
    const { user } = await openLauncher({ step: 1, query: custom({ cpu: 2, mem: '8g' }) });
    await line();
    await user.click(screen.getByRole('combobox', { name: 'Resource Presets' }));
    const options = await screen.findAllByTitle('fgpu02-one');
    expect(options.at(-1)?.textContent).toContain('starts now');
  });

  it('more than the largest agent has never fits: at the field, in the line and at the review', async () => {
    const opened = await openLauncher({ step: 1, query: custom({ cpu: 2, mem: '8g', accelerator: 1, acceleratorType: 'cuda.shares' }, { cluster_size: 5, cluster_mode: 'single-node' }) });
    expect((await line()).textContent).toMatch(/^Never fits: no agent of nvidia-h100 that suits has 5 fGPU, the largest has 4 fGPU\./);
    const field = screen.getByRole('spinbutton', { name: 'AI Accelerator' });
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Never fits: 5 fGPU on one agent, and the largest has 4 fGPU.');
    await goTo(opened, 4);
    const review = await card('Resource Allocation');
    expect(await review.findByText(/^Never fits: no agent/)).toBeTruthy();
    expect(await review.findByText(/Never fits: 5 fGPU on one agent/)).toBeTruthy();
  });

  it('more than the keypair’s policy allows for all containers together never fits', async () => {
    await openLauncher({ step: 1, as: 'user2', query: custom({ cpu: 9, mem: '8g' }, { cluster_size: 2, cluster_mode: 'multi-node' }) });
    expect((await line()).textContent).toMatch(/^Never fits: it asks for 18 Core in all, and the keypair’s policy allows 16 Core\.$/);
  });

  it('those who wait already are counted, as far as one may see them', async () => {
    const opened = await openLauncher({ step: 1, query: form({ allocationPreset: 'custom', resourceGroup: 'default', resource: { cpu: 2, mem: '8g', accelerator: 2, acceleratorType: 'cuda.device' }, environments: { environment: 'cr.example.org/stable/python-pytorch' } }) });
    expect((await line()).textContent).toMatch(/^Will wait in the queue \(PENDING\): not enough GPU is free now\. 3 sessions of yours wait there already\.$/);
    await fill(opened, screen.getByRole('spinbutton', { name: 'AI Accelerator' }), '1');
    await waitFor(() => expect(screen.getByText(/Starts right away/)).toBeTruthy());
  });

  it.each(['24.03', '26.8'])('%s says it too', async (version) => {
    await openLauncher({ step: 1, version, query: custom({ cpu: 2, mem: '8g', accelerator: 1, acceleratorType: 'cuda.shares' }, { num_of_sessions: 3 }) });
    expect((await line()).textContent).toContain('2 of 3 sessions start right away');
  });

  it('hidden agents leave it to limits and what is free', async () => {
    await openLauncher({ step: 1, config: { general: { hideAgents: true } }, query: custom({ cpu: 2, mem: '8g', accelerator: 1, acceleratorType: 'cuda.shares' }, { cluster_size: 5 }) });
    expect((await line()).textContent).toMatch(/^Will wait in the queue/);
    // That a group lacks the accelerator is told by its slots.
    expect(await screen.findByRole('option', { name: 'default (never fits)' })).toBeTruthy();
  });

  it('what becomes free or taken meanwhile changes the forecast and nothing that is being typed (UX-10)', async () => {
    const opened = await openLauncher({ step: 1, query: custom({ cpu: 2, mem: '8g', accelerator: 1.5, acceleratorType: 'cuda.shares' }) });
    expect((await line()).textContent).toMatch(/^Starts right away/);
    const field = screen.getByRole('spinbutton', { name: 'CPU' });
    await opened.user.clear(field);
    await opened.user.type(field, '3');
    const { cluster } = opened;
    const me = cluster.accounts.userByEmail('user@example.com');
    cluster.sessions.create(cluster.accounts.requester(me?.mainAccessKey ?? ''), {
      clientSessionToken: 'meanwhile', image: 'cr.example.org/stable/ngc-pytorch:24.12-py3-amd64', type: 'interactive', group: 'default', domain: 'default', enqueueOnly: true,
      config: { scaling_group: 'nvidia-h100', resources: { cpu: 1, mem: '8g', 'cuda.shares': 1 } },
    });
    cluster.advance('1m');
    expect(await screen.findByText(/^Will wait in the queue \(PENDING\): not enough fGPU/, {}, { timeout: 15_000 })).toBeTruthy();
    expect(screen.getByRole('spinbutton', { name: 'CPU' })).toBe(field);
    expect(document.activeElement).toBe(field);
    expect(field).toHaveProperty('value', '3');
  });
});
