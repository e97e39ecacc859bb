import { act, screen, waitFor, within } from '@testing-library/react';
import { QueryCache } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderConsole } from '../helpers/render-console';
import type { RenderedConsole } from '../helpers/render-console';
import { dialog, names, queryRow, rowOf, sessionNamed } from './sessions-harness';

const asks = ({ sim }: RenderedConsole) => sim.requests.filter(({ operation }) => operation === 'Sessions').length;
const settled = () => act(() => new Promise((done) => setTimeout(done, 0)));

describe('when events stop', () => {
  it('REL-05 the page says so, and polling shows what changes within 10 s; back again it is live', { timeout: 40_000 }, async () => {
    const rendered = await renderConsole({ path: '/session' });
    const { sim, cluster, faults } = rendered;
    await rowOf('notebook');
    await waitFor(() => expect(screen.getAllByRole('status').some((one) => one.textContent === 'Live')).toBe(true));
    faults.add({ match: '/func/events/session', kind: 'status', status: 502 });
    const before = asks(rendered);
    sim.dropStreams();
    await waitFor(() => expect(screen.getAllByRole('status').some((one) => one.textContent === 'Polling')).toBe(true));
    // The first question does not wait for the pause of a live page.
    await waitFor(() => expect(asks(rendered)).toBeGreaterThan(before), { timeout: 3000 });
    await act(async () => {
      cluster.sessions.terminate(cluster.accounts.requester('AKIAUSEREXAMPLE23456'), sessionNamed(cluster, 'three-gpus').id, {});
    });
    await waitFor(() => expect(queryRow('three-gpus')).toBeNull(), { timeout: 10_000 });
    faults.clear();
    await waitFor(() => expect(screen.getAllByRole('status').some((one) => one.textContent === 'Live')).toBe(true), { timeout: 15_000 });
  });
});

describe('no more work than needed', () => {
  it('PER-02 the list shows after at most eight requests', async () => {
    const { sim } = await renderConsole({ path: '/session', seed: 'large', sessions: 200, as: 'admin' });
    await screen.findByText(/of \d+ items/);
    const first = sim.requests.findIndex(({ operation }) => operation === 'Sessions');
    expect(first).toBeGreaterThan(-1);
    expect(first + 1).toBeLessThanOrEqual(8);
    expect(sim.requests.filter(({ operation }) => operation === 'Sessions')).toHaveLength(1);
  });

  it('PER-03 SES-006 a tick of the clock changes the clocks and nothing else of the rows', async () => {
    await renderConsole({ path: '/session' });
    const row = await rowOf('notebook');
    const elapsed = () => /\d\d:\d\d:\d\d/.exec(row.textContent ?? '')?.[0];
    const changed = new Set<string>();
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent ?? '');
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const cell = (target instanceof Element ? target : target.parentElement)?.closest('td, th');
        changed.add(heads[[...(cell?.parentElement?.children ?? [])].indexOf(cell as Element)] ?? 'elsewhere');
      }
    });
    observer.observe(screen.getByRole('table', { name: 'Sessions' }), { subtree: true, childList: true, characterData: true, attributes: true });
    const before = elapsed();
    await waitFor(() => expect(elapsed()).not.toBe(before), { timeout: 4000 });
    observer.disconnect();
    expect([...changed]).toEqual(['Elapsed Time']);
  });

  it('UX-02 a link to the list as it stands is copied', async () => {
    const { user } = await renderConsole({ path: '/session?status=finished&order=name' });
    await rowOf('yesterday');
    await user.click(screen.getByRole('button', { name: 'List actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link to this view' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(window.location.href));
    expect(window.location.search).toBe('?status=finished&order=name');
  });
});

describe('lists of many rows', () => {
  it.each([
    [101, 'empty'],
    [1001, 'empty'],
    [10_001, 'large'],
  ] as const)('REL-11 SES-010 of %i sessions every one can be reached, and the total says how many there are', { timeout: 60_000 }, async (count, seed) => {
    const { user, cluster } = await renderConsole({ path: '/session?status=finished&size=100', as: 'admin', seed, sessions: count });
    const project = Object.values(cluster.state.projects).find(({ name }) => name === 'default')?.id;
    const ended = Object.values(cluster.state.sessions).filter((one) => one.projectId === project && (one.status === 'TERMINATED' || one.status === 'CANCELLED'));
    const running = Object.values(cluster.state.sessions).length - ended.length;
    expect(ended.length + running).toBeGreaterThanOrEqual(count);
    const total = new Intl.NumberFormat('en').format(ended.length);
    await screen.findByText(new RegExp(`of ${total} items`));
    expect(names()).toHaveLength(Math.min(100, ended.length));
    const last = Math.ceil(ended.length / 100);
    if (last > 1) await user.click(screen.getByRole('button', { name: new RegExp(`(^|\\D)${last}$`) }));
    const oldest = ended.toSorted((a, b) => a.createdAt - b.createdAt)[0];
    await waitFor(() => expect(names()).toContain(oldest?.name));
    expect(names()).toHaveLength(ended.length - (last - 1) * 100);
  });

  it.each(['say "hi"', "it's", 'back\\slash', '100%', 'a_b', '(paren)', 'a|b', 'a&b!c', '한글 이름'])('REL-11 SES-008 a filter for %s finds exactly that, also after a reload', async (odd) => {
    const { user, reload, cluster } = await renderConsole({
      path: '/session',
      prepare: (sim) => {
        sessionNamed(sim.cluster, 'notebook').name = `x${odd}y`;
        sessionNamed(sim.cluster, 'cluster-run').name = `x${odd.replace(/[^A-Za-z가-힣]/g, 'z')}zy`;
      },
    });
    await rowOf(`x${odd}y`);
    const field = screen.getByRole('textbox', { name: /Session Name/ });
    await user.click(field);
    await user.paste(odd);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(names()).toEqual([`x${odd}y`]));
    await reload();
    await rowOf(`x${odd}y`);
    expect(names()).toEqual([`x${odd}y`]);
    expect(cluster.faults.list()).toEqual([]);
  });
});

/** What could pile up: entries of the query cache, listeners at window and document, intervals. */
const held = { caches: new Set<QueryCache>(), listeners: 0, intervals: new Set<unknown>() };

function countListeners(target: EventTarget): void {
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  const known = new Map<string, Set<unknown>>();
  const of = (type: string) => known.get(type) ?? known.set(type, new Set()).get(type) ?? new Set();
  vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
    if (!of(type).has(listener)) held.listeners += 1;
    of(type).add(listener);
    add(type, listener, options);
  });
  vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
    if (of(type).delete(listener)) held.listeners -= 1;
    remove(type, listener, options);
  });
}

describe('a long run', () => {
  beforeEach(() => {
    held.caches.clear();
    held.intervals.clear();
    held.listeners = 0;
    const { add } = QueryCache.prototype;
    vi.spyOn(QueryCache.prototype, 'add').mockImplementation(function count(this: QueryCache, query) {
      held.caches.add(this);
      add.call(this, query);
    });
    countListeners(window);
    countListeners(document);
    const [set, clear] = [window.setInterval, window.clearInterval];
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((...args: Parameters<typeof setInterval>) => {
      const id = set(...(args as unknown as [TimerHandler, number]));
      held.intervals.add(id);
      return id;
    }) as unknown as typeof setInterval);
    vi.spyOn(globalThis, 'clearInterval').mockImplementation((id) => {
      held.intervals.delete(id);
      clear(id as number);
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('REL-13 eight hours of a list that changes leave caches, listeners, timers and the page as they were', { timeout: 120_000 }, async () => {
    const rendered = await renderConsole({
      path: '/session',
      seed: 'empty',
      // Nothing but the test ends sessions.
      prepare: (sim) => void (sim.cluster.state.settings.idleCheckers = { networkTimeout: true, sessionLifetime: true, utilization: null }),
    });
    const { user, cluster } = rendered;
    await screen.findByText('No sessions are running here');
    const me = cluster.accounts.requester('AKIAUSEREXAMPLE23456');
    const refresh = async () => {
      const before = asks(rendered);
      await user.click(screen.getByRole('button', { name: 'Refresh the list' }));
      await waitFor(() => expect(asks(rendered)).toBeGreaterThan(before));
      await settled();
    };
    const make = (name: string) =>
      cluster.sessions.create(me, {
        clientSessionToken: name,
        image: 'cr.example.org/stable/python-pytorch:2.4-py312-cuda12.4',
        architecture: 'x86_64',
        type: 'interactive',
        group: 'default',
        domain: 'default',
        clusterSize: 1,
        clusterMode: 'single-node',
        enqueueOnly: true,
        maxWaitSeconds: 0,
        reuseIfExists: false,
        config: { resources: { cpu: 1, mem: '2g' }, resource_opts: { shmem: '64m' }, scaling_group: 'default' },
      }).sessionId;
    make('stays');
    cluster.advance('1m');
    const round = async (index: number) => {
      const id = make(`round-${index}`);
      cluster.advance('5m');
      await refresh();
      await user.click(within(await rowOf('stays')).getByRole('link', { name: 'stays' }));
      const panel = await dialog('Session details');
      await within(panel).findByRole('heading', { name: /stays/ });
      await user.click(within(panel).getByRole('button', { name: 'Close session details' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      cluster.sessions.terminate(me, id, {});
      cluster.advance('55m');
      cluster.sessions.touch(sessionNamed(cluster, 'stays'));
      await refresh();
      await waitFor(() => expect(queryRow(`round-${index}`)).toBeNull());
    };
    const measure = () => ({
      cached: [...held.caches].reduce((sum, cache) => sum + cache.getAll().length, 0),
      observers: [...held.caches].reduce((sum, cache) => sum + cache.getAll().reduce((all, query) => all + query.getObserversCount(), 0), 0),
      listeners: held.listeners,
      intervals: held.intervals.size,
      elements: document.querySelectorAll('*').length,
    });
    /** What is there once nothing is on its way in or out any more, such as a panel that slides shut. */
    const atRest = async () => {
      let last = '';
      let looks = 0;
      await waitFor(() => {
        const now = JSON.stringify(measure());
        looks = now === last ? looks + 1 : 0;
        last = now;
        expect(looks).toBeGreaterThan(8);
      });
      return JSON.parse(last) as ReturnType<typeof measure>;
    };
    // Parts that arrive with their first use come now.
    for (let index = 0; index < 2; index += 1) await round(index);
    const early = await atRest();
    const began = cluster.now;
    for (let index = 2; index < 10; index += 1) await round(index);
    expect(cluster.now - began).toBe(8 * 3_600_000);
    expect(await atRest()).toEqual(early);
  });
});
