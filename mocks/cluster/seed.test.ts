// @vitest-environment node
import { expect, test } from 'vitest';
import type { Cluster } from './api';
import { holdsResources } from './context';
import { addSlots } from './slots';
import { clusterWith, launch, requester, until } from './test-helpers';
import type { Slots } from './types';

/** REL-14: what agents say is occupied is what their kernels hold, and never more than there is. */
function checkBooks(cluster: Cluster): void {
  const held: Record<string, Slots> = {};
  for (const session of Object.values(cluster.state.sessions)) {
    if (!holdsResources(session.status)) continue;
    for (const kernel of session.kernels) {
      if (kernel.agentId !== null) held[kernel.agentId] = addSlots(held[kernel.agentId] ?? {}, kernel.occupiedSlots);
    }
  }
  for (const agent of Object.values(cluster.state.agents)) {
    for (const [slot, amount] of Object.entries(agent.available)) {
      expect(agent.occupied[slot] ?? 0).toBeCloseTo(held[agent.id]?.[slot] ?? 0, 6);
      expect(agent.occupied[slot] ?? 0).toBeLessThanOrEqual(amount);
    }
  }
}

test('the demo holds every status, and its books balance before and after an hour', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const sessions = Object.values(cluster.state.sessions);
  expect(sessions.length).toBeGreaterThanOrEqual(25);
  expect(new Set(sessions.map((session) => session.status))).toEqual(
    new Set(['PENDING', 'SCHEDULED', 'PREPARING', 'PULLING', 'PREPARED', 'CREATING', 'RUNNING', 'RUNNING_DEGRADED', 'TERMINATING', 'TERMINATED', 'CANCELLED', 'ERROR']),
  );
  for (const reason of ['predicate-checks-failed', 'no-available-instances', 'failed-to-start', 'user-requested', 'idle-timeout', 'task-finished', 'task-failed']) {
    expect(sessions.some((session) => session.statusInfo === reason)).toBe(true);
  }
  const images = Object.values(cluster.state.images);
  expect(images.length).toBeGreaterThanOrEqual(20);
  expect(new Set(images.map((image) => image.architecture))).toEqual(new Set(['x86_64', 'aarch64']));
  expect(Object.keys(cluster.state.agents)).toHaveLength(6);
  checkBooks(cluster);
  cluster.advance('1h');
  checkBooks(cluster);
  const status = (name: string) => Object.values(cluster.state.sessions).find((session) => session.name === name)?.status;
  expect(['agents-chosen', 'starting-now', 'nearly-there', 'pull-me', 'three-gpus', 'nightly-report', 'lecture-3'].map(status)).toEqual([
    'RUNNING', 'RUNNING', 'RUNNING', 'RUNNING', 'PENDING', 'PENDING', 'PENDING',
  ]);
});

test('history is in order: no status before the one that leads to it', () => {
  for (const session of Object.values(clusterWith({ seed: 'demo', sessions: 200 }).state.sessions)) {
    const times = Object.values(session.statusHistory);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(session.statusHistory['PENDING']).toBe(session.createdAt);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.UTC(2026, 2, 2, 1, 0, 0));
    // An image is pulled before anything is created.
    if (session.status === 'PULLING') expect(Object.keys(session.statusHistory)).toEqual(['PENDING', 'SCHEDULED', 'PREPARING', 'PULLING']);
  }
});

test('the same seed and the same steps give the same state', () => {
  const run = () => {
    const cluster = clusterWith({ seed: 'demo' });
    launch(cluster, requester(cluster), 'same-again');
    cluster.advance('90s');
    return cluster.snapshot();
  };
  expect(run()).toBe(run());
});

test('a snapshot goes on exactly where it was taken', () => {
  const cluster = clusterWith({ seed: 'demo' });
  const me = requester(cluster);
  launch(cluster, me, 'kept-one');
  cluster.advance('4s');
  const saved = cluster.snapshot();
  cluster.advance('60s');
  const expected = cluster.snapshot();
  const other = clusterWith({ seed: 'empty' });
  other.restore(saved);
  other.advance('60s');
  expect(other.snapshot()).toBe(expected);
  const again = other.sessions.visible(requester(other)).find((session) => session.name === 'kept-one');
  expect(again?.status).toBe('RUNNING');
  cluster.reset();
  expect(cluster.sessions.visible(me).some((session) => session.name === 'kept-one')).toBe(false);
});

test('the large seed: 10,000 sessions, 2,000 people, 500 agents, calm', () => {
  const cluster = clusterWith({ seed: 'large' });
  expect(Object.keys(cluster.state.sessions)).toHaveLength(10_000);
  expect(Object.keys(cluster.state.users)).toHaveLength(2000);
  expect(Object.keys(cluster.state.agents)).toHaveLength(500);
  let events = 0;
  cluster.events.subscribe(() => {
    events += 1;
  });
  cluster.advance('1m');
  expect(events).toBe(0);
  checkBooks(cluster);
  expect(cluster.sessions.visible(requester(cluster, 'admin@example.com'))).toHaveLength(10_000);
  const session = launch(cluster, requester(cluster), 'also-here');
  until(cluster, session, 'RUNNING');
  expect(Object.keys(clusterWith({ seed: 'large', sessions: 20 }).state.sessions)).toHaveLength(20);
});
