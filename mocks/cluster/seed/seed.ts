import { SECOND } from '../clock';
import { Context } from '../context';
import { createEventHub } from '../events';
import { requestRound } from '../rounds';
import { watch } from '../session-life';
import type { ClusterState, Session } from '../types';
import { demoSessions } from './demo-sessions';
import { addDemoFiles } from './files';
import { addDemoFolders } from './folders';
import { addCustomizedImage, addImages } from './images';
import { addInfrastructure, emptyState } from './infrastructure';
import { addCrowd, manySessions } from './large';
import { addDemoPeople } from './people';
import { addDemoTemplates } from './templates';

/** Sessions whose status moves on get the timers that move them. */
function setTimers(ctx: Context, sessions: readonly Session[]): void {
  for (const session of sessions) {
    if (session.status === 'RUNNING') watch(ctx, session);
    if (session.status === 'PENDING') requestRound(ctx, session.resourceGroup, SECOND);
    if (session.status === 'SCHEDULED') ctx.later('step', session.id, SECOND, session.mark);
    if (session.status === 'PREPARED') ctx.later('step', session.id, 2 * SECOND, session.mark);
    if (session.status === 'PULLING') ctx.later('step', session.id, 90 * SECOND, session.mark);
    if (session.status === 'PREPARING') ctx.later('step', session.id, 4 * SECOND, session.mark);
    if (session.status === 'CREATING') ctx.later('create', session.id, 2 * SECOND, session.mark);
    // The one that hangs in TERMINATING gets none: it waits to be forced (SES-302).
  }
}

export function seedState(
  seed: ClusterState['seed'],
  version: string,
  now: number,
  rng: number,
  extraSessions: number | undefined,
): ClusterState {
  const state = emptyState(seed, version, now, rng);
  addInfrastructure(state);
  addImages(state);
  addDemoPeople(state);
  if (seed !== 'empty') {
    addCustomizedImage(state, 'user@example.com', '2.4-py312-cuda12.4', 'my-torch');
    addDemoFolders(state);
    addDemoFiles(state);
    addDemoTemplates(state);
  }
  if (seed === 'large') addCrowd(state);
  const ctx = new Context(state, createEventHub());
  const sessions = seed === 'demo' ? demoSessions(ctx) : [];
  const many = seed === 'large' ? (extraSessions ?? 10_000) : (extraSessions ?? 0);
  sessions.push(...manySessions(ctx, many));
  sessions.sort((a, b) => a.createdAt - b.createdAt);
  for (const session of sessions) state.sessions[session.id] = session;
  setTimers(ctx, sessions);
  return state;
}
