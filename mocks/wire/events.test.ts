// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCluster } from '../cluster/cluster';
import { listen, loggedIn, settle } from './test-calls';
import { createWire } from './wire';

const TITLE = 'Missing or invalid API parameters.';

async function start(version: string, account = 'user') {
  const cluster = createCluster({ seed: 'demo', version });
  const wire = createWire(cluster);
  const caller = await loggedIn(wire, account);
  /** `open`, or what it is refused with. */
  const ask = async (query: string) => {
    const response = await caller.send('GET', `/func/events/session?${query}`);
    if (response.status !== 200) return [response.status, ((await response.json()) as { title: string }).title];
    wire.dropStreams();
    return 'open';
  };
  return { cluster, wire, caller, ask };
}

describe('the stream of session events, by the manager\'s version (SES-C12)', () => {
  it.each([
    ['25.5.2', 'open', 'open'],
    ['25.13.1', [400, TITLE], [400, TITLE]],
    ['25.14.5', [400, TITLE], [400, TITLE]],
    ['25.15.0', 'open', 'open'],
    ['26.8.1', 'open', 'open'],
  ])('%s and all sessions at once', async (version, all, bare) => {
    const { ask } = await start(version);
    expect(await ask('sessionName=*&groupName=*&scope=*')).toEqual(all);
    expect(await ask('')).toEqual(bare);
  });

  it.each(['25.5.2', '26.8.1'])('%s refuses what it does not know', async (version) => {
    const { ask } = await start(version);
    const newer = version === '26.8.1';
    expect(await ask('scope=session')).toBe('open');
    expect(await ask('scope=session,kernel')).toEqual(newer ? 'open' : [400, TITLE]);
    expect(await ask('scope=nonsense')).toEqual([400, TITLE]);
    expect(await ask('sessionId=nonsense')).toEqual([400, newer ? 'Invalid or Missing API Parameters.' : TITLE]);
    expect(await ask('groupName=nonsense')).toEqual([404, newer ? 'Project not found.' : 'No such user group (or project).']);
    expect(await ask('groupName=default')).toEqual(newer ? [500, 'Internal server error.'] : 'open');
    expect(await ask('ownerAccessKey=AKIAOTHER')).toEqual([403, 'Forbidden operation.']);
    expect(await ask('sessionName=nonsense')).toEqual(newer ? [404, 'No such session.'] : 'open');
    // What is not a parameter of the version is not looked at.
    expect(await ask('group=nonsense')).toEqual(newer ? 'open' : [404, 'No such user group (or project).']);
  });

  it('a session asked by its name alone is told of', async () => {
    const { cluster, wire, caller } = await start('26.8.1');
    const [session, other] = Object.values(cluster.state.sessions).filter(({ status, userId }) => status === 'RUNNING' && userId === cluster.accounts.userByEmail('user@example.com')?.id);
    const stream = listen(await caller.send('GET', `/func/events/session?sessionName=${session?.name ?? ''}`));
    for (const one of [session, other]) await caller.call('DELETE', `/func/session/${one?.id ?? ''}?forced=true`);
    await settle();
    expect(new Set(stream.events().map(({ data }) => data.sessionId))).toEqual(new Set([session?.id]));
    wire.dropStreams();
  });
});

describe('the stream of a background task, by the manager\'s version', () => {
  const told = async (version: string, fail?: string) => {
    const { cluster, caller } = await start(version);
    const requester = cluster.accounts.requester('AKIAUSEREXAMPLE23456');
    const task = cluster.admin.startTask(requester, { name: 'commit', seconds: 2, total: 1, messages: ['one', 'two'], ...(fail ? { fail } : {}) });
    const path = `/func/events/background-task?task_id=${task.id}`;
    const live = listen(await caller.send('GET', path));
    cluster.advance('10s');
    await live.done;
    const late = listen(await caller.send('GET', path));
    await late.done;
    const short = (events: { event: string; data: Record<string, unknown> }[]) => events.map(({ event, data }) => `${event} ${Object.keys(data).join()}`.trim());
    return { live: short(live.events()), late: short(late.events()) };
  };
  const progress = 'bgtask_updated task_id,message,current_progress,total_progress';

  it('24.03 tells a success without words and no failure until it is asked again', async () => {
    const older = 'task_id,message,status,current_progress,total_progress';
    expect(await told('24.03.12')).toEqual({ live: [progress, 'bgtask_done', 'server_close'], late: [`bgtask_done ${older}`, 'server_close'] });
    expect(await told('24.03.12', 'no disk')).toEqual({ live: [progress, 'server_close'], late: [`bgtask_failed ${older}`, 'server_close'] });
    expect((await told('24.09.9', 'no disk')).live).toEqual([progress, 'bgtask_failed task_id,message', 'server_close']);
  });

  it('26.8 tells at once what it last said', async () => {
    expect(await told('26.8.1')).toEqual({ live: [progress, progress, 'bgtask_done task_id,message', 'server_close'], late: ['bgtask_done task_id,message', 'server_close'] });
  });

  it('one that is not known ends at once before 25.8; what is no id is refused', async () => {
    const { caller } = await start('25.5.2');
    const none = listen(await caller.send('GET', '/func/events/background-task?task_id=00000000-0000-4000-8000-000000000000'));
    await none.done;
    expect(none.raw()).toBe('');
    expect(await caller.call('GET', '/func/events/background-task?task_id=x')).toMatchObject({ status: 400, body: { title: TITLE, data: { task_id: 'value is not a uuid' } } });
  });
});
