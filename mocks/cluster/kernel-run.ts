import type { Context } from './context';
import type { Change } from './files/entries';
import { FsError } from './files/entries';
import { containerFiles } from './files/volumes';
import { runShell } from './shell/machine';
import { sessionWorld } from './shell/session-world';
import { newShell } from './shell/world';
import type { ScriptRun, Session } from './types';

export { devicesOf } from './shell/session-world';

/** What runs inside is worked out again on demand, from the session alone; the last few are kept. */
const caches = new WeakMap<Context, Map<string, ScriptRun>>();

const MOST_KEPT_OUTPUT = 256 * 1024;

/** A run that depends on files is part of the state: asked again later it must say the same. */
function remembered(ctx: Context, session: Session, script: string, startedAt: number): ScriptRun {
  const cache = caches.get(ctx) ?? new Map<string, ScriptRun>();
  caches.set(ctx, cache);
  const kept = (ctx.state.files ??= { folders: {}, containers: {}, runs: {} }).runs;
  const key = `${session.id} ${String(startedAt)} ${script}`;
  const known = kept[key] ?? cache.get(key);
  if (known) return known;
  const world = sessionWorld(ctx, session, null, startedAt);
  const { output, changes, duration, exitCode, usesFiles } = runShell(script, world, newShell(world));
  const run: ScriptRun = { output, changes, duration, exitCode };
  if (cache.size > 50) cache.clear();
  cache.set(key, run);
  const size = output.reduce((sum, piece) => sum + piece.text.length, 0);
  if (usesFiles && changes.length > 0 && size < MOST_KEPT_OUTPUT) kept[key] = run;
  return run;
}

/** The startup command of a batch session, in its main container. */
export function batchRun(ctx: Context, session: Session): ScriptRun {
  return remembered(ctx, session, session.startupCommand ?? '', session.startsAt ?? ctx.now);
}

/** The bootstrap script (SES-076): runs before the session counts as started. */
export function bootstrapRun(ctx: Context, session: Session): ScriptRun | null {
  if (!session.bootstrapScript) return null;
  return remembered(ctx, session, session.bootstrapScript, session.scheduledAt ?? session.createdAt);
}

/** Makes noted changes true, as far as a run has come (milliseconds after its start). */
export function applyChanges(ctx: Context, session: Session, changes: readonly Change[], until = Number.POSITIVE_INFINITY): void {
  for (const { at, kernelId, path, entry } of changes) {
    if (at > until) return;
    const kernel = session.kernels.find((one) => one.id === kernelId);
    if (!kernel) continue;
    try {
      const files = containerFiles(ctx, session, kernel);
      if (entry === null) files.remove(path);
      else files.put(path, structuredClone(entry));
    } catch (error) {
      // Somebody else was faster: the directory it was meant for is gone.
      if (!(error instanceof FsError)) throw error;
    }
  }
}
