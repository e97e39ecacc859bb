/** @vitest-environment jsdom */
import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it } from 'vitest';
import { startSimulation } from '../../mocks/node';
import type { Simulation } from '../../mocks/node';
import { fetchMe } from '../../src/client/account';
import { connection } from '../../src/client/connection';
import { handshake } from '../../src/client/login';
import { checkedSessionsOf, safetyQueries } from '../../src/client/session-safety';

let sim: Simulation | undefined;
afterEach(() => {
  sim?.stop();
  connection.reset();
});

/** The idle checks of one's own running sessions, as the safety clock asks for them where no list does. */
describe('the question of the safety clock (SES-272, UX-07)', () => {
  it.each([
    ['24.03', 'user'],
    ['24.09', 'user'],
    ['24.12', 'user'],
    ['25.5', 'user'],
    ['25.13', 'user'],
    ['26.8', 'user'],
    ['24.03', 'admin'],
    ['26.8', 'admin'],
  ])("manager %s tells %s's own ones of all projects, and nobody else's", async (version, account) => {
    sim = startSimulation({ version, account });
    connection.reset();
    await handshake();
    const me = await fetchMe();
    if (!me) throw new Error('nobody');
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const rows = await client.fetchQuery(safetyQueries.own(me));
    const mine = Object.values(sim.cluster.state.sessions).filter((session) => session.userId === me.uuid && session.status === 'RUNNING');
    expect(rows.map(({ id }) => id).toSorted()).toEqual(mine.map(({ id }) => id).toSorted());
    expect(rows.every(({ idleChecks }) => idleChecks !== null && 'network_timeout' in idleChecks)).toBe(true);
    const [query] = client.getQueryCache().getAll();
    if (!query) throw new Error('no query');
    expect(checkedSessionsOf(query)).toEqual({ rows, complete: true });
    if (account === 'user') expect(rows.find(({ name }) => name === 'annotate')?.idleChecks?.network_timeout?.remaining).toBeLessThan(3600);
  });
});
