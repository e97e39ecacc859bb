import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../mocks/cluster/api';
import '../../src/pages/sessions/faq-drawer';
import { notify } from '../../src/parts/notification-store';
import { renderConsole } from '../helpers/render-console';
import { dialog, rowOf, sessionNamed } from './sessions-harness';

const live = () => waitFor(() => expect(screen.getAllByRole('status').some((one) => one.textContent === 'Live')).toBe(true));
const advance = (cluster: Cluster, by: string) => act(async () => cluster.advance(by));

/** The network check ends that session in a minute. */
function endSoon(cluster: Cluster, name: string) {
  const session = sessionNamed(cluster, name);
  const policy = cluster.state.keypairPolicies[cluster.state.keypairs[session.accessKey]?.resourcePolicy ?? ''];
  if (policy) policy.maxSessionLifetime = (cluster.now - session.createdAt) / 1000 + 60;
  cluster.state.timers.push({ at: cluster.now + 61_000, seq: 0, kind: 'idle', id: session.id, mark: session.mark });
}

describe('news of sessions', () => {
  it.each(['24.03', '25.5', '26.8'])('SES-130 SES-203 one that an idle check ends is told with the reason, wherever one is (%s)', async (version) => {
    const { cluster } = await renderConsole({ path: '/session/start', version });
    await live();
    endSoon(cluster, 'notebook');
    await advance(cluster, '3m');
    const card = await screen.findByRole('article', { name: 'notebook' });
    expect(card.textContent).toContain('ended by the lifetime check');
    expect(within(card).getByRole('link', { name: 'notebook' }).getAttribute('href')).toContain(sessionNamed(cluster, 'notebook').id);
  });

  it('SES-130 a batch session tells how it ended; what one ends oneself is no news', async () => {
    const { cluster } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    await live();
    cluster.sessions.terminate(cluster.accounts.requester('AKIAUSEREXAMPLE23456'), sessionNamed(cluster, 'notebook').id, {});
    const batch = sessionNamed(cluster, 'train-resnet');
    cluster.state.timers.push({ at: cluster.now + 5000, seq: 0, kind: 'batch-timeout', id: batch.id, mark: batch.mark });
    await advance(cluster, '20s');
    const card = await screen.findByRole('article', { name: 'train-resnet' });
    expect(card.textContent).toContain('ran longer than its timeout');
    expect(screen.queryByRole('article', { name: 'notebook' })).toBeNull();
  });

  it("SES-130 other people's sessions are no news for an administrator", async () => {
    const { cluster } = await renderConsole({ path: '/session', as: 'admin' });
    await live();
    endSoon(cluster, 'notebook');
    await advance(cluster, '3m');
    await waitFor(() => expect(sessionNamed(cluster, 'notebook').status).toBe('TERMINATED'));
    expect(screen.queryByRole('article', { name: 'notebook' })).toBeNull();
  });

  it('SES-130 SES-132 a card counts as in progress until the session runs, and stays open while it does', async () => {
    const { user, cluster } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    const { id } = sessionNamed(cluster, 'notebook');
    act(() => void notify({ key: `session-${id}`, kind: 'session', title: 'notebook', sessionId: id }));
    await screen.findByRole('article', { name: 'notebook' });
    await waitFor(() => expect(screen.getByRole('button', { name: 'Notifications' })).toBeTruthy());
    await user.click(within(screen.getByRole('article', { name: 'notebook' })).getByRole('button', { name: /^Close/ }));
    await user.click(screen.getByRole('button', { name: 'Notifications' }));
    expect(within(await dialog('Notifications')).getByRole('article', { name: 'notebook' })).toBeTruthy();
  });
});

describe('help where it is needed', () => {
  it('SES-420 the limits of the policy stand beside what is left', async () => {
    const { user } = await renderConsole({ path: '/session', as: 'user2' });
    await user.click(await screen.findByRole('button', { name: 'Limits' }));
    const limits = await screen.findByRole('tooltip');
    const facts = await waitFor(() => within(limits).getAllByRole('term').map((term) => `${term.textContent} ${term.nextElementSibling?.textContent}`));
    expect(facts).toEqual(
      expect.arrayContaining(['Policy student', 'Concurrent sessions 3', 'Containers in a session 2', 'Waiting sessions 5', 'Session lifetime 7 days', 'Idle timeout 1 day', 'CPU 16 Core', 'RAM 64 GiB']),
    );
  });

  it('SES-421 common questions open from the list, by keyboard too, and the focus comes back', async () => {
    const { user } = await renderConsole({ path: '/session' });
    await rowOf('notebook');
    const more = screen.getByRole('button', { name: 'List actions' });
    more.focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('menuitem', { name: 'Common questions' }));
    const drawer = await dialog('Common questions');
    await user.click(within(drawer).getByText('Jupyter does not open'));
    expect(within(drawer).getByText(/automatically mounted \.local folder/)).toBeTruthy();
    expect(within(drawer).getByText(/Recalculate usage/)).toBeTruthy();
    await user.click(within(drawer).getByRole('button', { name: 'Close common questions' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('force', () => {
  it('SES-302 a superadmin sees the containers that may stay, by agent', async () => {
    const { user, cluster } = await renderConsole({ path: '/session?size=50', as: 'admin' });
    await user.click(within(await rowOf('cluster-run')).getByRole('button', { name: 'Terminate cluster-run' }));
    const box = await dialog('Terminate session');
    await user.click(within(box).getByRole('checkbox', { name: 'Force termination' }));
    expect(within(box).getByText('3 containers may stay on their agents')).toBeTruthy();
    const agents = within(box).getAllByText(/^i-/).map((code) => `${code.textContent}: ${within(code.closest('li') as HTMLElement).getAllByRole('listitem').map((one) => one.textContent?.split(' ')[0]).join(' ')}`);
    expect(agents).toEqual(['i-cpu01: sub1 sub2', 'i-gpu01: main1']);
    await user.click(within(box).getByRole('button', { name: 'Force terminate' }));
    await waitFor(() => expect(sessionNamed(cluster, 'cluster-run').status).toBe('TERMINATED'));
  });
});
