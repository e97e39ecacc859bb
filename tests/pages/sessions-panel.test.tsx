import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import type { RenderConsoleOptions } from '../helpers/render-console';
import { dialog, fact, rowOf, sessionNamed } from './sessions-harness';

async function openPanel(name: string, options: RenderConsoleOptions = {}) {
  const { prepare, ...others } = options;
  const rendered = await renderConsole({ path: '/unauthorized', ...others });
  prepare?.(rendered.sim);
  await rendered.reload(`/session?sessionDetail=${sessionNamed(rendered.cluster, name).id}`);
  const panel = await dialog('Session details');
  await within(panel).findByRole('heading', { name: new RegExp(name) });
  return { ...rendered, panel };
}

const section = (panel: HTMLElement, heading: string): HTMLElement => {
  const found = within(panel).getByRole('heading', { name: heading }).closest('section');
  if (!found) throw new Error(`no section ${heading}`);
  return found;
};
const percents = (element: HTMLElement) => within(element).getAllByRole('listitem').map((row) => row.textContent ?? '');

describe('what a session uses', () => {
  it.each(['24.03', '24.09', '25.5', '26.8'])('SES-260 SES-R60 percent, memory, traffic, reads, writes and scratch (%s)', async (version) => {
    const { panel } = await openPanel('train-resnet', { version });
    const usage = section(panel, 'Resource Usage');
    const bars = percents(usage);
    expect(bars[0]).toMatch(/^CPU\d+%$/);
    expect(bars[1]).toMatch(/^Mem[\d.]+ [GM]iB \/ 32 GiB · \d+%$/);
    expect(bars.some((bar) => /^CUDA\d+%$/.test(bar))).toBe(true);
    expect(bars.some((bar) => /^CUDA mem[\d.]+ [GM]iB \/ [\d.]+ GiB · \d+%$/.test(bar))).toBe(true);
    const facts = within(usage).getAllByRole('term').map((term) => `${term.textContent} = ${term.nextElementSibling?.textContent}`);
    expect(facts).toEqual([
      expect.stringMatching(/^Network Received = [\d.]+ [KM]iB\/s$/),
      expect.stringMatching(/^Network Sent = [\d.]+ [KM]iB\/s$/),
      expect.stringMatching(/^I\/O Read = [\d.]+ \w+ · [\d.]+ \w+\/s$/),
      expect.stringMatching(/^I\/O Write = [\d.]+ \w+ · [\d.]+ \w+\/s$/),
      'Scratch Size = 4 KiB',
    ]);
  });

  it('SES-260 average and highest instead of now, where the manager collects them', async () => {
    const { user, panel } = await openPanel('train-resnet');
    const usage = section(panel, 'Resource Usage');
    const cpu = () => Number(/CPU(\d+)%/.exec(percents(usage)[0] ?? '')?.[1]);
    const now = cpu();
    await user.click(within(usage).getByRole('radio', { name: 'Highest' }));
    expect(cpu()).toBeGreaterThan(now);
    await user.click(within(usage).getByRole('radio', { name: 'Average' }));
    expect(cpu()).toBeLessThan(now);
    // Of memory only the maximum is collected.
    expect(percents(usage)[1]).toBe('Mem-');
  });
});

describe('a cluster session in the panel', () => {
  it('SES-350 SES-352 REL-14 amounts per container times containers are the total', async () => {
    const { panel } = await openPanel('cluster-run');
    const amounts = fact(panel, 'Resource Allocation').textContent ?? '';
    const [, cpu, mem] = /CPU (\d+) Core · RAM (\d+) GiB/.exec(amounts) ?? [];
    const [, cpuEach, memEach] = /Per container: CPU (\d+) Core · RAM (\d+) GiB/.exec(amounts) ?? [];
    expect([Number(cpuEach) * 3, Number(memEach) * 3]).toEqual([Number(cpu), Number(mem)]);
    expect(fact(panel, 'Cluster Mode').textContent).toContain('counts once against concurrent sessions');
    expect(within(section(panel, 'Kernels')).getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['main1', 'sub1', 'sub2']);
  });

  it('SES-351 tells the host names and the variables of the containers; a single one does not', async () => {
    const { user, panel } = await openPanel('cluster-run');
    await user.click(within(panel).getByText('Host names and variables in the containers'));
    expect(within(panel).getByText('BACKENDAI_CLUSTER_HOSTS')).toBeTruthy();
    expect(within(panel).getByText(/also by SSH without a password/)).toBeTruthy();
    const single = await openPanel('notebook');
    expect(within(single.panel).queryByText('Host names and variables in the containers')).toBeNull();
  });
});

describe('who sees agents', () => {
  it('SES-251 hidden agents: no agent, no container id, for a user; a superadmin sees them', async () => {
    const hide = { config: { general: { hideAgents: true } }, prepare: ({ cluster }: { cluster: { state: { settings: { hideAgents: boolean } } } }) => void (cluster.state.settings.hideAgents = true) };
    const { panel } = await openPanel('notebook', hide);
    expect(within(section(panel, 'Kernels')).queryByText('Agent')).toBeNull();
    expect(panel.textContent).not.toContain('i-gpu01');
    const admin = await openPanel('notebook', { ...hide, as: 'admin' });
    expect(within(section(admin.panel, 'Kernels')).getByText('i-gpu01')).toBeTruthy();
    for (const id of ['Container ID', 'Kernel ID']) expect(within(section(admin.panel, 'Kernels')).getByRole('button', { name: `Copy ${id}` })).toBeTruthy();
    expect(fact(admin.panel, 'Agent').textContent).toBe('i-gpu01');
  });
});

describe('dependencies of a session', () => {
  it.each(['24.03', '24.09', '25.13', '26.8'])('SES-250 SES-C07 what it waits for leads on to its panel (%s)', async (version) => {
    const { user, cluster, panel } = await openPanel('evaluate', { version });
    const graph = await waitFor(() => section(panel, 'Dependencies'));
    await user.click(within(within(graph).getByRole('list', { name: 'It waits for' })).getByRole('link', { name: 'train-resnet' }));
    expect(new URLSearchParams(window.location.search).get('sessionDetail')).toBe(sessionNamed(cluster, 'train-resnet').id);
    const other = await dialog('Session details');
    await within(other).findByRole('heading', { name: /train-resnet/ });
    // The list of managers before 24.12 tells one direction only.
    if (version.startsWith('24.')) return;
    const back = await waitFor(() => section(other, 'Dependencies'));
    expect(within(back).getByRole('list', { name: 'Sessions that wait for it' }).textContent).toBe('evaluatePENDING');
  });

  it('SES-250 chains are nested, and one that comes back to itself ends', async () => {
    const { panel } = await openPanel('evaluate', {
      prepare: ({ cluster }) => {
        const [first, second, third] = ['train-resnet', 'notebook', 'cluster-run'].map((name) => sessionNamed(cluster, name));
        if (!first || !second || !third) throw new Error('no sessions');
        first.dependencies.push(second.id);
        second.dependencies.push(third.id);
        third.dependencies.push(second.id);
      },
    });
    const graph = await waitFor(() => section(panel, 'Dependencies'));
    expect(within(graph).getAllByRole('link').map((link) => link.textContent)).toEqual(['train-resnet', 'notebook', 'cluster-run']);
  });

  it('SES-005 the column asks for them only when it is chosen', async () => {
    const { user, sim } = await renderConsole({ path: '/session' });
    await rowOf('evaluate');
    const asked = () => sim.requests.filter(({ operation }) => operation === 'Sessions').map(({ body }) => (body as { variables: { withDependencies: boolean } }).variables.withDependencies);
    expect(asked()).toEqual([false]);
    await user.click(screen.getByRole('button', { name: 'Table settings' }));
    await user.click(screen.getByRole('checkbox', { name: 'Dependencies' }));
    expect(await within(await rowOf('evaluate')).findByRole('link', { name: 'train-resnet' })).toBeTruthy();
    expect(asked()).toEqual([false, true]);
  });
});

describe('priority', () => {
  it.each(['24.09', '26.8'])('SES-250 SES-C04 what waits is moved in the queue, checked as typed (%s)', async (version) => {
    const { user, panel, cluster } = await openPanel('three-gpus', { version });
    await user.click(within(fact(panel, 'Priority')).getByRole('button', { name: 'Change the priority' }));
    const field = within(panel).getByRole('spinbutton', { name: 'Priority' });
    await user.clear(field);
    await user.type(field, '101');
    expect(within(panel).getByText('A whole number from 0 to 100.')).toBeTruthy();
    expect(within(panel).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await user.clear(field);
    await user.type(field, '80{Enter}');
    await waitFor(() => expect(fact(panel, 'Priority').textContent).toBe('80'));
    expect(sessionNamed(cluster, 'three-gpus').priority).toBe(80);
  });

  it('SES-C04 only what waits, and what is mine to govern; older managers know none', async () => {
    const running = await openPanel('notebook');
    expect(within(fact(running.panel, 'Priority')).getByRole('button', { name: 'Change the priority' }).getAttribute('aria-disabled')).toBe('true');
    const older = await openPanel('three-gpus', { version: '24.03' });
    expect(within(older.panel).queryByText('Priority', { selector: 'dt' })).toBeNull();
  });

  it('SES-C04 REL-01 a refusal is told at the field, which keeps what was typed', async () => {
    const { user, panel, cluster } = await openPanel('three-gpus');
    await user.click(within(fact(panel, 'Priority')).getByRole('button', { name: 'Change the priority' }));
    const session = sessionNamed(cluster, 'three-gpus');
    session.status = 'SCHEDULED';
    const field = within(panel).getByRole('spinbutton', { name: 'Priority' });
    await user.clear(field);
    await user.type(field, '90{Enter}');
    expect(await within(panel).findByText(/Cannot change the priority of a session that is not pending/)).toBeTruthy();
    expect(field).toHaveProperty('value', '90');
  });
});

describe('ending a session and what depends on it', () => {
  it.each(['25.5', '26.8'])('SES-301 SES-C06 those that wait for it are named, and end with it if wished (%s)', async (version) => {
    const { user, cluster, panel, sim } = await openPanel('train-resnet', { version });
    await user.click(within(panel).getByRole('button', { name: 'Terminate' }));
    const box = await dialog('Terminate session');
    await user.click(await within(box).findByRole('checkbox', { name: 'Also terminate the session that depends on it' }));
    expect(within(box).getByText('Start only if it succeeds: evaluate')).toBeTruthy();
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(sessionNamed(cluster, 'evaluate').status).toBe('CANCELLED'));
    expect(sim.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it('SES-301 without the wish only the one is ended', async () => {
    const { user, cluster, panel } = await openPanel('train-resnet');
    await user.click(within(panel).getByRole('button', { name: 'Terminate' }));
    const box = await dialog('Terminate session');
    await within(box).findByRole('checkbox', { name: /Also terminate/ });
    await user.click(within(box).getByRole('button', { name: 'Terminate' }));
    await waitFor(() => expect(sessionNamed(cluster, 'train-resnet').status).toBe('TERMINATING'));
    expect(sessionNamed(cluster, 'evaluate').status).toBe('PENDING');
  });
});
