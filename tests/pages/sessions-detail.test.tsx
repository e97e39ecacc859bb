import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../mocks/cluster/api';
import { renderConsole } from '../helpers/render-console';
import type { RenderConsoleOptions } from '../helpers/render-console';
import { dialog, fact, rowOf, sessionNamed } from './sessions-harness';

/** The console, opened cold at the panel of that session. */
async function openDetail(name: string, options: RenderConsoleOptions = {}) {
  const { prepare, ...others } = options;
  const rendered = await renderConsole({ path: '/unauthorized', ...others });
  prepare?.(rendered.sim);
  const { id } = sessionNamed(rendered.cluster, name);
  await rendered.reload(`/session?sessionDetail=${id}`);
  return { ...rendered, id, panel: await dialog('Session details') };
}

const end = (cluster: Cluster, name: string) => {
  const session = sessionNamed(cluster, name);
  cluster.sessions.terminate(cluster.accounts.requester(session.accessKey), session.id, {});
};

describe('the detail panel', () => {
  it('SES-013 SES-250 opens from a name, stands in the address and closes again', async () => {
    const { user, cluster } = await renderConsole({ path: '/session?order=name' });
    const { id } = sessionNamed(cluster, 'notebook');
    await user.click(within(await rowOf('notebook')).getByRole('link', { name: 'notebook' }));
    const panel = await dialog('Session details');
    expect(new URLSearchParams(window.location.search).get('sessionDetail')).toBe(id);
    expect(new URLSearchParams(window.location.search).get('order')).toBe('name');
    expect(fact(panel, 'Session ID').textContent).toContain(id);
    await user.click(within(panel).getByRole('button', { name: 'Close session details' }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Session details' })).toBeNull());
    expect(window.location.search).toBe('?order=name');
  });

  it('SES-250 SES-205 opens cold with the fields of the session', async () => {
    const { panel } = await openDetail('notebook', { config: { general: { hideAgents: true } } });
    expect(await within(panel).findByRole('heading', { name: /notebook/ })).toBeTruthy();
    expect(fact(panel, 'Status').textContent).toContain('RUNNING');
    expect(fact(panel, 'Session Type').textContent).toBe('Interactive');
    expect(fact(panel, 'Environments').textContent).toMatch(/Python 3\.12/);
    expect(within(fact(panel, 'Environments')).getByRole('button', { name: /full image name/ })).toBeTruthy();
    expect(fact(panel, 'Mounted Folders').textContent).toContain('datasets');
    expect(fact(panel, 'Resource Allocation').textContent).toMatch(/Resource Group: default.*CPU 2 Core · RAM 4 GiB.*SHM 1 GiB/);
    expect(fact(panel, 'Cluster Mode').textContent).toBe('Single Node · 1 container');
    expect(fact(panel, 'Elapsed Time').textContent).toMatch(/\d\d:\d\d:\d\d$/);
    expect(within(panel).queryByText('Agent', { selector: 'dt' })).toBeNull();
    expect(within(panel).queryByText('User', { selector: 'dt' })).toBeNull();
    expect(within(panel).getByRole('heading', { name: 'Status history' })).toBeTruthy();
    expect(within(panel).getAllByText(/^for /).length).toBeGreaterThan(1);
  });

  it.each(['24.03', '24.09.8', '25.3', '26.8'])('SES-250 manager %s: folders by their names', async (version) => {
    const { panel } = await openDetail('notebook', { version });
    await within(panel).findByRole('heading', { name: /notebook/ });
    await waitFor(() => expect(within(fact(panel, 'Mounted Folders')).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['datasets', '.local']));
  });

  it('SES-250 a batch session shows its command and result, an administrator the owner', async () => {
    const { panel } = await openDetail('sweep-lr-3', { as: 'admin' });
    await within(panel).findByRole('heading', { name: /sweep-lr-3/ });
    expect(fact(panel, 'Startup Command').textContent).toBe('python train.py\nexit 3');
    expect(fact(panel, 'Result').textContent).toContain('FAILURE');
    expect(fact(panel, 'Access Key').textContent).not.toBe('-');
    expect(fact(panel, 'Agent').textContent).toBe('i-gpu01');
  });

  it('SES-251 kernels stand main first, then by number, with live usage', async () => {
    const { panel } = await openDetail('cluster-run');
    const table = await within(panel).findByRole('table');
    const hosts = within(table).getAllByRole('rowheader').map((cell) => cell.textContent);
    expect(hosts).toEqual(['main1', 'sub1', 'sub2']);
    const main = within(table).getAllByRole('row')[1] as HTMLElement;
    expect(within(main).getByText('RUNNING')).toBeTruthy();
    expect(within(main).getAllByRole('listitem')[0]?.textContent).toMatch(/^CPU\d+%$/);
    expect(within(main).getByRole('button', { name: 'Logs of main1' })).toBeTruthy();
  });

  it('SES-253 SEC-10 gone, not mine or no id at all: "Session not found" with a way to the list', async () => {
    const { user, sim, reload } = await openDetail('notebook');
    for (const id of [sessionNamed(sim.cluster, 'lecture-1').id, '00000000-0000-4000-8000-000000000000', '../../admin?x=1#y']) {
      await reload(`/session?sessionDetail=${encodeURIComponent(id)}`);
      const panel = await dialog('Session details');
      expect(await within(panel).findByText('Session not found')).toBeTruthy();
    }
    expect(sim.requests.every(({ path }) => !path.includes('..'))).toBe(true);
    await user.click(screen.getByRole('link', { name: 'To the list of sessions' }));
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('SES-252 follows the session to its end, and the last state stays', async () => {
    const { panel, cluster } = await openDetail('notebook');
    await within(panel).findByRole('heading', { name: /notebook/ });
    end(cluster, 'notebook');
    cluster.advance('30s');
    await waitFor(() => expect(fact(panel, 'Status').textContent).toContain('TERMINATED'), { timeout: 10_000 });
    expect(fact(panel, 'Terminated At').textContent).not.toBe('-');
    expect(fact(panel, 'Status').textContent).toContain('It was terminated on request.');
  });

  it('SES-300 SES-R01 renames: checked as typed, the list follows', async () => {
    const { user, panel } = await openDetail('notebook');
    await user.click(await within(panel).findByRole('button', { name: 'Rename the session' }));
    const field = within(panel).getByRole('textbox', { name: 'Session name' });
    for (const bad of ['abc', '-begins', 'ends.', 'spa ce', '한글이름']) {
      await user.clear(field);
      await user.type(field, bad);
      expect(within(panel).getByText(/4 to 64 letters/)).toBeTruthy();
      expect(within(panel).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    }
    await user.clear(field);
    await user.type(field, 'note-2{Enter}');
    expect(await within(panel).findByRole('heading', { name: /note-2/ })).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'note-2', hidden: true })).toBeTruthy();
  });

  it('SES-300 REL-01 a refused name is told at the field, which keeps what was typed', async () => {
    const { user, panel, faults, sim } = await openDetail('notebook');
    await user.click(await within(panel).findByRole('button', { name: 'Rename the session' }));
    const field = within(panel).getByRole('textbox', { name: 'Session name' });
    faults.add({ match: '/func/session/*/rename', kind: 'status', status: 400, body: { type: 'https://api.backend.ai/probs/invalid-api-params', title: 'Bad Request.', msg: 'Duplicate session name' }, times: 1 });
    await user.clear(field);
    await user.type(field, 'train-resnet{Enter}');
    expect(await within(panel).findByText(/Duplicate session name/)).toBeTruthy();
    expect(field).toHaveProperty('value', 'train-resnet');
    expect(sim.requests.filter(({ path }) => path.endsWith('/rename'))).toHaveLength(1);
    await user.keyboard('{Escape}');
    expect(await within(panel).findByRole('heading', { name: /notebook/ })).toBeTruthy();
  });

  it('SES-300 a session that does not run is not renamed, with the reason', async () => {
    const { panel } = await openDetail('three-gpus');
    const pencil = await within(panel).findByRole('button', { name: 'Rename the session' });
    expect(pencil.getAttribute('aria-disabled')).toBe('true');
  });

  it('REL-02 a panel that can not load says so and offers another try', async () => {
    const { user, panel } = await openDetail('notebook', {
      prepare: (sim) => sim.faults.add({ match: 'Session', kind: 'status', status: 403, body: { type: 'https://api.backend.ai/probs/generic-forbidden', title: 'Forbidden.' } , times: 2 }),
    });
    const retry = await within(panel).findByRole('button', { name: 'Try again' });
    await user.click(retry);
    await waitFor(() => expect(within(panel).queryByRole('heading', { name: /notebook/ }) ?? within(panel).queryByRole('button', { name: 'Try again' })).toBeTruthy());
  });
});

describe('why a session has its status', () => {
  it('SES-200 SES-201 the checks of a waiting session, failed and passed, in words', async () => {
    const { user } = await renderConsole({ path: '/session' });
    await rowOf('evaluate');
    await user.click(screen.getByRole('button', { name: 'Why evaluate has this status' }));
    const box = await dialog('Status of evaluate');
    expect(within(box).getByText('It waits: a condition for starting is not met yet.')).toBeTruthy();
    expect(within(box).getByText('288')).toBeTruthy();
    expect(within(box).getByText('1 Failed, 8 Passed')).toBeTruthy();
    expect(within(box).getByText('It waits for the sessions that it depends on to succeed.')).toBeTruthy();
    expect(within(box).getByText(/Waiting dependency sessions to finish as success/)).toBeTruthy();
  });

  it('SES-201 SES-R52 the newer spelling of the checks, and one that nobody knows', async () => {
    const { user } = await renderConsole({
      path: '/session',
      version: '25.13.0',
      prepare: ({ cluster }) => {
        sessionNamed(cluster, 'evaluate').statusData?.scheduler?.failed_predicates.push({ name: 'MoonPhaseValidator', msg: 'not tonight' });
      },
    });
    await rowOf('evaluate');
    await user.click(screen.getByRole('button', { name: 'Why evaluate has this status' }));
    const box = await dialog('Status of evaluate');
    expect(within(box).getByText('SessionDependenciesValidator')).toBeTruthy();
    expect(within(box).getByText('It waits for the sessions that it depends on to succeed.')).toBeTruthy();
    expect(within(box).getByText('MoonPhaseValidator')).toBeTruthy();
    expect(within(box).getByText('not tonight')).toBeTruthy();
  });

  it('SES-201 no agent can hold it now; UX-06 the panel says it in one sentence', async () => {
    const { panel } = await openDetail('three-gpus');
    await within(panel).findByRole('heading', { name: /three-gpus/ });
    expect(await within(fact(panel, 'Status')).findByText(/^No agent of default is large enough/)).toBeTruthy();
  });

  it('SES-203 an ended session tells its reason, exit code and session status', async () => {
    const { user } = await renderConsole({ path: '/session?status=finished' });
    await rowOf('left-alone');
    await user.click(screen.getByRole('button', { name: 'Why left-alone has this status' }));
    const box = await dialog('Status of left-alone');
    expect(within(box).getByText(/network idle check/)).toBeTruthy();
    expect(fact(box, 'Kernel Exit Code').textContent).toBe('137');
    expect(fact(box, 'Session Status').textContent).toBe('terminated');
  });

  it('SES-202 a session that failed to start names the error', async () => {
    const { user } = await renderConsole({ path: '/session?status=finished' });
    await rowOf('broken-start');
    await user.click(screen.getByRole('button', { name: 'Why broken-start has this status' }));
    const box = await dialog('Status of broken-start');
    expect(within(box).getByText('It failed to start.')).toBeTruthy();
    expect(within(box).getAllByText(/no space left on device/).length).toBeGreaterThan(0);
  });

  it.each([
    ['user', false, true],
    ['user', true, false],
    ['admin', true, true],
  ] as const)('SES-202 tells the %s the agent that failed, hidden agents: %s', async (as, hideAgents, told) => {
    const { user } = await renderConsole({ as, path: '/session?status=finished', config: { general: { hideAgents } } });
    await rowOf('broken-start');
    await user.click(screen.getByRole('button', { name: 'Why broken-start has this status' }));
    const box = await dialog('Status of broken-start');
    await within(box).findByText('ContainerCreationError');
    expect(within(box).queryByText(/i-gpu01/) !== null).toBe(told);
  });
});
