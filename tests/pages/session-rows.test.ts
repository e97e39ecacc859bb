import { QueryClient } from '@tanstack/react-query';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulation } from '../../mocks/node';
import { connection } from '../../src/client/connection';
import { sessionQueries } from '../../src/client/sessions';
import type { SessionPage } from '../../src/client/sessions';

/** What a launch does: the lists are made stale, and the notification asks for the new session before a list is seen. */
it('SES-113 SES-130 one row that is heard of keeps a list as old, and as stale, as it was', async () => {
  const sim = startSimulation({ version: '25.5.2', seed: 'demo', account: 'user' });
  onTestFinished(() => {
    sim.stop();
    connection.reset();
  });
  connection.set({ managerVersion: '25.5.2', apiVersion: sim.cluster.apiVersion });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const project = Object.values(sim.cluster.state.projects).find((one) => one.name === 'default');
  const list = sessionQueries.list({ projectId: project?.id ?? '', type: 'all', finished: false, page: 1, pageSize: 20, order: '', filter: '' });
  const page = await client.fetchQuery(list as Parameters<typeof client.fetchQuery>[0]) as SessionPage;
  const [known] = page.rows;
  const other = Object.values(sim.cluster.state.sessions).find((one) => !page.rows.some((row) => row.id === one.id) && one.accessKey === known?.accessKey);
  const state = () => client.getQueryState(list.queryKey);
  const age = state()?.dataUpdatedAt;

  await client.invalidateQueries({ queryKey: ['sessions', 'list'] });
  // One that the list does not have, then one that it has.
  for (const id of [other?.id ?? '', known?.id ?? '']) {
    expect(await client.fetchQuery({ ...sessionQueries.detail(id), staleTime: 0 } as Parameters<typeof client.fetchQuery>[0])).toMatchObject({ id });
    expect([id, state()?.isInvalidated, state()?.dataUpdatedAt]).toEqual([id, true, age]);
  }
  // What was heard is in the list all the same.
  const named = sim.cluster.state.sessions[known?.id ?? ''];
  if (named) named.name = 'renamed-now';
  await client.fetchQuery({ ...sessionQueries.detail(known?.id ?? ''), staleTime: 0 } as Parameters<typeof client.fetchQuery>[0]);
  expect((client.getQueryData(list.queryKey) as SessionPage).rows[0]?.name).toBe('renamed-now');
});
