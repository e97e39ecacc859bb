import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import '../../src/pages/launcher/launcher-page';
import '../../src/parts/waiting-help';
import type { Cluster } from '../../mocks/cluster/api';
import { renderConsole } from '../helpers/render-console';
import type { RenderConsoleOptions, RenderedConsole } from '../helpers/render-console';
import { atStep, card, creates, launchWithoutFolder } from './launcher-harness';
import { dialog, fact, sessionNamed } from './sessions-harness';


/** A session of user@example.com in the H100 group, where 2 fGPU are free at first. */
function start(cluster: Cluster, name: string, resources: Record<string, number | string>, more: object = {}, config: object = {}): void {
  const key = Object.values(cluster.state.keypairs).find((one) => cluster.state.users[one.userId]?.username === 'user')?.accessKey ?? '';
  const image = Object.values(cluster.state.images).find((one) => /ngc-pytorch/.test(one.name) && one.tag.startsWith('24.12'));
  cluster.sessions.create(cluster.accounts.requester(key), {
    clientSessionToken: name, image: image ? cluster.images.reference(image) : '', type: 'interactive', group: 'default', domain: 'default', enqueueOnly: true, reuseIfExists: false,
    ...more,
    config: { scaling_group: 'nvidia-h100', resources, ...config },
  });
}

async function panelOf(name: string, options: RenderConsoleOptions = {}): Promise<RenderedConsole & { panel: HTMLElement }> {
  const opened = await renderConsole({ path: '/error', ...options });
  await opened.reload(`/session?sessionDetail=${sessionNamed(opened.cluster, name).id}`);
  const panel = await dialog('Session details');
  await within(panel).findByRole('heading', { name: new RegExp(name) });
  return { ...opened, panel };
}

const help = (panel: HTMLElement) => within(panel).findByRole('region', { name: 'Why it waits' });

describe('why a session waits (UX-06, SES-201)', () => {
  it('no agent will ever be large enough: said so, with the largest there is', async () => {
    const { panel } = await panelOf('three-gpus');
    const region = await help(panel);
    expect(await within(region).findByText('No agent of default is large enough: it asks for 3 GPU, the largest has 2 GPU.')).toBeTruthy();
    expect(await within(region).findByRole('button', { name: /^Open the launcher with 8 Core · 32 GiB · 1 GPU/ })).toBeTruthy();
  });

  it('its start time', async () => {
    const { panel } = await panelOf('nightly-report', { prepare: ({ cluster }) => {
      // The browser's clock is not the cluster's.
      sessionNamed(cluster, 'nightly-report').startsAfter = Date.now() + 3_600_000;
    } });
    expect(await within(await help(panel)).findByText(/^It starts no earlier than /)).toBeTruthy();
  });

  it('the sessions that it depends on, by name', async () => {
    const { panel } = await panelOf('evaluate');
    expect(await within(await help(panel)).findByText('It waits for train-resnet to succeed.')).toBeTruthy();
  });

  it.each(['25.5', '25.13'])('%s: too many sessions at once, and which of them count', async (version) => {
    const { panel } = await panelOf('lecture-3', { as: 'user2', version });
    const region = await help(panel);
    expect(await within(region).findByText('You run 3 of the 3 sessions that your policy allows at once.')).toBeTruthy();
    expect(within(region).getAllByRole('link').map((link) => link.textContent).sort()).toEqual(['lecture-1', 'lecture-2', 'term-project']);
    // The place is told by the manager, from 25.13 on.
    expect(within(region).queryAllByText(/^Place \d in the queue$/)).toHaveLength(version === '25.13' ? 1 : 0);
    expect(within(region).queryByRole('button')).toBeNull();
  });

  it('a manager that tells nothing: it follows from what is free (26.3+)', async () => {
    const { panel } = await panelOf('late', { version: '26.8', prepare: ({ cluster }) => {
      for (const name of ['first', 'second']) start(cluster, name, { cpu: 2, mem: '16g', 'cuda.shares': 1 });
      cluster.advance('2m');
      start(cluster, 'late', { cpu: 4, mem: '32g', 'cuda.shares': 1 });
      const late = sessionNamed(cluster, 'late');
      late.statusInfo = null;
      late.statusData = null;
    } });
    expect(await within(await help(panel)).findByText('It asks for 1 fGPU, but 0 fGPU is free in nvidia-h100 now.')).toBeTruthy();
  });

  it('what only the history tells (26.3+) is asked again while one looks', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const { panel, sim } = await panelOf('evaluate', { version: '26.8', prepare: ({ cluster }) => void (sessionNamed(cluster, 'evaluate').statusData = null) });
    await help(panel);
    const asked = () => sim.requests.filter(({ operation }) => operation === 'SchedulingHistory').length;
    await waitFor(() => expect(asked()).toBe(1));
    await vi.advanceTimersByTimeAsync(20_000);
    await waitFor(() => expect(asked()).toBe(2));
  });

  it('24.03: of the older list too', async () => {
    const { panel } = await panelOf('lecture-3', { as: 'user2', version: '24.03' });
    expect(await within(await help(panel)).findByRole('link', { name: 'lecture-1' })).toBeTruthy();
  });

  it('of others’ sessions an administrator is told what the manager says, without figures of their own', async () => {
    const { panel } = await panelOf('lecture-3', { as: 'admin' });
    expect(await within(fact(panel, 'Status')).findByText('The policy allows no more sessions at once.')).toBeTruthy();
    expect(within(panel).queryByText(/of the \d+ sessions that your policy/)).toBeNull();
  });

  it('that no agent is large enough is told of others’ sessions too, and never by the figures of whoever looks', async () => {
    const { panel } = await panelOf('three-gpus', { as: 'domainAdmin' });
    const region = await help(panel);
    expect(await within(region).findByText('No agent of default is large enough: it asks for 3 GPU, the largest has 2 GPU.')).toBeTruthy();
    expect(within(region).queryByText(/would fit into what is free/)).toBeNull();
  });

  it('the figures that the list has asked for are not taken for those of another’s session', async () => {
    const { panel } = await panelOf('three-gpus', { as: 'domainAdmin', config: { general: { hideAgents: true } } });
    await screen.findAllByText(/^\d \/ \d GPU$/);
    expect(await within(await help(panel)).findByText('It waits: no agent can take it.')).toBeTruthy();
  });

  it('agents that are hidden leave the rest', async () => {
    const { panel } = await panelOf('three-gpus', { config: { general: { hideAgents: true } } });
    const region = await help(panel);
    expect(await within(region).findByText(/^It asks for 3 GPU, but \d GPU is free in default now\.$/)).toBeTruthy();
  });
});

describe('the place in the queue, beside the status in the list (SES-016)', () => {
  it.each([['25.13', 'Place 1 in the queue'], ['25.5', null]])('%s', async (version, place) => {
    await renderConsole({ path: '/session', version, as: 'user2' });
    const row = (await screen.findByRole('link', { name: 'lecture-3' })).closest('tr') as HTMLElement;
    if (place === null) expect(within(row).queryByText(/in the queue/)).toBeNull();
    else expect(within(row).getByText(/^Place \d in the queue$/)).toBeTruthy();
  });
});

describe('what would start now (UX-06)', () => {
  const crowded: RenderConsoleOptions['prepare'] = ({ cluster }) => {
    start(cluster, 'holder', { cpu: 2, mem: '16g', 'cuda.shares': 1.5 });
    cluster.advance('2m');
    start(cluster, 'hopeful', { cpu: 4, mem: '32g', 'cuda.shares': 1 }, {}, { resource_opts: { shmem: '1g' } });
    cluster.advance('20s');
  };

  it('names the own session that holds what is missing; a click opens the launcher with less, and that starts', async () => {
    const { panel, user, cluster, ...rest } = await panelOf('hopeful', { prepare: crowded });
    const region = await help(panel);
    expect(await within(region).findByText('It asks for 1 fGPU, but 0.5 fGPU is free in nvidia-h100 now.')).toBeTruthy();
    expect(within(region).getByText('It needs 0.5 fGPU more to be free before it can start.')).toBeTruthy();
    expect(within(region).getByRole('link', { name: 'holder' }).getAttribute('href')).toContain(sessionNamed(cluster, 'holder').id);
    const offers = await within(region).findAllByRole('button', { name: /^Open the launcher with/ });
    expect(offers.map((offer) => offer.textContent)).toEqual(['4 Core · 32 GiB · 0.5 fGPU', '4 Core · 32 GiB · no accelerator']);

    await user.click(offers[0] as HTMLElement);
    await atStep(4);
    expect(window.location.search).toBe('?step=4');
    expect((await (await card('Resource Allocation')).findAllByText(/4 Core · 32 GiB · 0\.5 fGPU/)).length).toBeGreaterThan(0);
    await launchWithoutFolder({ panel, user, cluster, ...rest } as RenderedConsole);
    await waitFor(() => expect(window.location.pathname).toBe('/session'));
    const [made] = creates({ user, cluster, ...rest } as RenderedConsole);
    expect(made).toMatchObject({ config: { scaling_group: 'nvidia-h100', resources: { cpu: 4, mem: '32g', 'cuda.shares': 0.5 }, resource_opts: { shmem: '1g' } } });
    expect(made?.clientSessionToken).toMatch(/^hopeful-/);
    cluster.advance('2m');
    expect(sessionNamed(cluster, made?.clientSessionToken ?? '').status).toBe('RUNNING');
    expect(sessionNamed(cluster, 'hopeful').status).toBe('PENDING');
  }, 60_000);

  it('is in the explanation too, and not where nothing is smaller', async () => {
    const { panel, user } = await panelOf('hopeful', { prepare: crowded, version: '25.13' });
    await user.click(within(panel).getByRole('button', { name: 'Why hopeful has this status' }));
    const shown = await dialog('Status of hopeful');
    expect(await within(shown).findByRole('button', { name: /0\.5 fGPU/ })).toBeTruthy();
    expect(within(shown).getByText('Place 1 in the queue')).toBeTruthy();
    // What leads elsewhere takes the dialog away.
    await user.click(within(shown).getByRole('link', { name: 'holder' }));
    await waitFor(() => expect(screen.queryByText('Status of hopeful')).toBeNull());
    expect(await within(await dialog('Session details')).findByRole('heading', { name: /holder/ })).toBeTruthy();
  });

  it('the notification says it in a sentence (SES-130)', async () => {
    const opened = await renderConsole({ path: '/session/start?step=4', prepare: ({ cluster }) => {
      start(cluster, 'holder', { cpu: 2, mem: '16g', 'cuda.shares': 2 });
      cluster.advance('2m');
    } });
    await atStep(4);
    const { notify } = await import('../../src/parts/notification-store');
    start(opened.cluster, 'hopeful', { cpu: 4, mem: '32g', 'cuda.shares': 1 });
    opened.cluster.advance('20s');
    const { id } = sessionNamed(opened.cluster, 'hopeful');
    sessionNamed(opened.cluster, 'hopeful').createdAt = Date.now() - 60_000;
    notify({ key: `session-${id}`, kind: 'session', title: 'hopeful', sessionId: id });
    const news = await screen.findByRole('region', { name: 'New notifications' });
    expect(await within(news).findByText(/but 0 fGPU is free in nvidia-h100 now\./, {}, { timeout: 10_000 })).toBeTruthy();
  });

});
