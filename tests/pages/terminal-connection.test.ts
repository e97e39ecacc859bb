import { waitFor } from '@testing-library/dom';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Simulation } from '../../mocks/node';
import { startSimulation } from '../../mocks/node';
import { connection } from '../../src/client/connection';
import { connectTerminal } from '../../src/client/terminal';
import type { TerminalConnection, TerminalState } from '../../src/client/terminal';
import { sessionNamed } from './sessions-harness';

/** The client's terminal over the simulated tunnel, without a page. */

afterEach(() => vi.useRealTimers());

function simulation(): Simulation {
  const sim = startSimulation({ account: 'user' });
  connection.set({ endpoint: '', mode: 'SESSION' });
  onTestFinished(() => {
    sim.stop();
    connection.reset();
  });
  return sim;
}

interface Watched extends TerminalConnection {
  text: () => string;
  states: TerminalState[];
  last: () => TerminalState['kind'] | undefined;
}

function watch(id: string, size = { columns: 80, rows: 24 }): Watched {
  let text = '';
  const decoder = new TextDecoder();
  const states: TerminalState[] = [];
  const opened = connectTerminal(id, size, { output: (bytes) => (text += decoder.decode(bytes, { stream: true })), state: (state) => states.push(state) });
  onTestFinished(() => opened.close());
  return { ...opened, text: () => text, states, last: () => states.at(-1)?.kind };
}

const tunnel = '/func/stream/session/*/tcpproxy';

describe('the connection of a terminal', () => {
  it('SES-C52 SES-C50 upgrades inside the tunnel, sends what is typed, follows the size, and leaves nothing open (REL-13)', async () => {
    const sim = simulation();
    const { id } = sessionNamed(sim.cluster, 'notebook');
    const added = vi.spyOn(window, 'addEventListener');
    const removed = vi.spyOn(window, 'removeEventListener');
    const one = watch(id);
    await waitFor(() => expect(one.text()).toContain('$ '));
    expect(one.states).toEqual([{ kind: 'connecting' }, { kind: 'open' }]);
    one.send('echo 안녕 $((1+1))\r');
    await waitFor(() => expect(one.text()).toContain('\r\n안녕 2\r\n'));
    one.resize({ columns: 60, rows: 10 });
    await waitFor(() => expect(one.text()).toContain('\u001b[1;9r'));
    expect(sim.openTunnels()).toBe(1);
    one.close();
    await waitFor(() => expect(sim.openTunnels()).toBe(0));
    expect(one.last()).toBe('closed');
    const of = (spy: typeof added) => spy.mock.calls.filter(([name]) => name === 'online').length;
    expect(of(removed)).toBe(of(added));
  });

  it('SES-296 the screen is the same after a cut, which is healed by itself', async () => {
    const sim = simulation();
    const { id } = sessionNamed(sim.cluster, 'notebook');
    const one = watch(id);
    await waitFor(() => expect(one.last()).toBe('open'));
    one.send('echo before the cut\r');
    await waitFor(() => expect(one.text()).toContain('\r\nbefore the cut\r\n'));
    const seen = one.text().length;
    sim.dropStreams();
    await waitFor(() => expect(one.last()).toBe('waiting'));
    expect(one.states.at(-1)).toMatchObject({ why: 'lost', failures: 1 });
    await waitFor(() => expect(one.last()).toBe('open'));
    await waitFor(() => expect(one.text().slice(seen)).toContain('before the cut'));
  });

  it('SES-C52 a service that is not up yet is asked again after a second; a fault and a refusal too', async () => {
    const sim = simulation();
    const { id } = sessionNamed(sim.cluster, 'notebook');
    sim.faults.add({ match: tunnel, kind: 'status', status: 1013, times: 1 });
    const one = watch(id);
    await waitFor(() => expect(one.states.at(-1)).toMatchObject({ kind: 'waiting', why: 'starting' }));
    await waitFor(() => expect(one.last()).toBe('open'));
    sim.faults.add({ match: tunnel, kind: 'status', status: 1011, times: 1 });
    sim.dropStreams();
    await waitFor(() => expect(one.last()).toBe('waiting'));
    one.reconnect();
    await waitFor(() => expect(one.states.at(-1)).toMatchObject({ kind: 'waiting', why: 'fault' }));
    sim.faults.add({ match: tunnel, kind: 'network', times: 1 });
    one.reconnect();
    await waitFor(() => expect(one.states.at(-1)).toMatchObject({ kind: 'waiting', why: 'lost' }));
    window.dispatchEvent(new Event('online'));
    await waitFor(() => expect(one.last()).toBe('open'));
  });

  it("SES-C52 another's session and one that has ended are refused for good; so is API mode", async () => {
    const sim = simulation();
    const other = watch(sessionNamed(sim.cluster, 'lecture-1').id);
    await waitFor(() => expect(other.states.at(-1)).toMatchObject({ kind: 'refused', error: { kind: 'not-found' } }));
    const session = sessionNamed(sim.cluster, 'notebook');
    const own = watch(session.id);
    await waitFor(() => expect(own.last()).toBe('open'));
    sim.cluster.sessions.terminate(sim.cluster.accounts.requester(session.accessKey), session.id, { forced: true });
    sim.cluster.advance('5s');
    await waitFor(() => expect(own.states.at(-1)).toMatchObject({ kind: 'refused', error: { kind: 'not-found' } }), { timeout: 10_000 });
    connection.set({ mode: 'API' });
    const signed = watch(session.id);
    expect(signed.states).toMatchObject([{ kind: 'refused', error: { kind: 'forbidden', slug: 'needs-webserver' } }]);
  });

  it('SES-C50 the last exit ends it; a fresh shell is a click away', async () => {
    const sim = simulation();
    const one = watch(sessionNamed(sim.cluster, 'notebook').id);
    await waitFor(() => expect(one.last()).toBe('open'));
    one.send('exit\r');
    await waitFor(() => expect(one.last()).toBe('exited'));
    one.reconnect();
    await waitFor(() => expect(one.last()).toBe('open'));
  });

  it('SES-C52 a quiet tunnel is pinged every 30 s; one that does not answer is given up', async () => {
    const sim = simulation();
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout'] });
    const session = sessionNamed(sim.cluster, 'notebook');
    const one = watch(session.id);
    await waitFor(() => expect(one.last()).toBe('open'));
    await vi.advanceTimersByTimeAsync(100);
    session.lastAccessAt = 0;
    await vi.advanceTimersByTimeAsync(30_000);
    // The ping was traffic to the cluster, and its answer kept the tunnel.
    await waitFor(() => expect(session.lastAccessAt).toBe(sim.cluster.now));
    await vi.advanceTimersByTimeAsync(16_000);
    expect(one.last()).toBe('open');
  });
});
