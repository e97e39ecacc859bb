/** What the server tells by itself: changes of sessions (SES-C12) and the progress of background tasks. */
import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { authStore } from './auth-store';
import { toClientError } from './errors';
import { backOff, pause, readEvents } from './event-stream';
import type { ServerEvent } from './event-stream';
import { liveStore } from './live-store';
import { makeStale } from './query-policy';
import { defineRoute, openStream } from './transport';

export interface SessionEvent {
  /** `session_started`, `kernel_terminated`, … */
  name: string;
  sessionId: string | null;
  sessionName: string | null;
  reason: string | null;
  kernelId: string | null;
  ownerAccessKey: string | null;
}

export interface TaskUpdate {
  /** `unknown`: the server knows no such task (any more). */
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'unknown';
  message: string | null;
  /** 0 … 1; null where the task tells no total. */
  progress: number | null;
  current: number | null;
  total: number | null;
  /** Causes of a partial success. */
  errors: string[];
}

const sessionEventsRoute = defineRoute<undefined, unknown>({
  name: 'session-events',
  method: 'GET',
  path: '/events/session',
  result: z.unknown(),
});

const taskEventsRoute = defineRoute<undefined, unknown>({
  name: 'background-task-events',
  method: 'GET',
  path: '/events/background-task',
  result: z.unknown(),
});

/** Query keys that a change of any session makes stale. */
const staleAfterEvent = [['sessions'], ['presets']] as const;
/** A burst of events makes one refetch, this long after its first, in ms. */
const gatherMs = 300;
/** And the next one not before this time, in ms: a busy cluster tells of something all the time. */
const betweenMs = 2000;
/** A stream that took this long to open may have missed what happened since the page first asked, in ms. */
const slowOpenMs = 1000;
/** A stream that held this long was a good one: the back-off begins anew, in ms. */
const goodStreamMs = 10_000;

const listeners = new Set<(event: SessionEvent) => void>();

/** Hears every event of a session or kernel that the user may see; returns the unsubscriber. */
export function subscribeSessionEvents(listener: (event: SessionEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Anything but a text, or nothing at all, reads as null: an event is a hint, not state. */
const optionalText = z.pipe(
  z.optional(z.unknown()),
  z.transform((raw: unknown) => (typeof raw === 'string' ? raw : null)),
);
const sessionEventData = z.object({
  sessionId: optionalText,
  sessionName: optionalText,
  reason: optionalText,
  kernelId: optionalText,
  ownerAccessKey: optionalText,
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The event as pages use it; null for what is none of a session (`server_close`, rubbish). */
export function readSessionEvent(event: ServerEvent): SessionEvent | null {
  if (!/^(session|kernel)_/.test(event.name)) return null;
  const parsed = z.safeParse(sessionEventData, jsonOf(event.data));
  return parsed.success ? { name: event.name, ...parsed.data } : null;
}

interface Refresher {
  /** Something changed: refetch soon. */
  poke: () => void;
  stop: () => void;
}

/** Gathers changes to few refetches; a hidden tab asks for nothing until it is shown (PER-04). */
function refresher(queryClient: QueryClient): Refresher {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let earliest = 0;
  let owed = false;
  let stopped = false;
  const refetch = () => {
    timer = undefined;
    if (document.visibilityState === 'hidden') {
      owed = true;
      return;
    }
    owed = false;
    earliest = performance.now() + betweenMs;
    makeStale(queryClient, staleAfterEvent);
  };
  const poke = () => {
    if (stopped) return;
    timer ??= setTimeout(refetch, Math.max(gatherMs, earliest - performance.now()));
  };
  const onVisible = () => {
    if (owed && document.visibilityState !== 'hidden') poke();
  };
  document.addEventListener('visibilitychange', onVisible);
  return {
    poke,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

async function followSessions(signal: AbortSignal, refresh: Refresher): Promise<void> {
  let failures = 0;
  let wasLive = false;
  liveStore.set('connecting');
  while (!signal.aborted) {
    let error: unknown;
    const startedAt = performance.now();
    try {
      const response = await openStream(sessionEventsRoute, {
        query: { sessionName: '*', groupName: '*', scope: '*' },
        signal,
      });
      liveStore.set('live');
      // What happened while nobody listened was not told.
      if (wasLive || failures > 0 || performance.now() - startedAt > slowOpenMs) refresh.poke();
      wasLive = true;
      await readEvents(response, (event) => {
        if (event.name === 'server_close') return false;
        const told = readSessionEvent(event);
        if (!told) return;
        for (const listener of listeners) listener(told);
        refresh.poke();
      });
    } catch (cause) {
      error = cause;
    }
    if (signal.aborted) return;
    // The queries' long pauses were for a live page: asking once sets them to the pace of polling (REL-05).
    if (liveStore.get() === 'live') refresh.poke();
    liveStore.set('polling');
    failures = performance.now() - startedAt > goodStreamMs ? 0 : failures + 1;
    await pause(backOff(Math.max(0, failures - 1), error), signal);
  }
}

/**
 * Listens to the sessions' events until the returned function is called or the user leaves: tells liveStore,
 * makes the queries about sessions and resources stale, and calls the subscribers. Comes back by itself with
 * back-off; meanwhile the queries poll (REL-05).
 */
export function startSessionEvents(queryClient: QueryClient): () => void {
  const controller = new AbortController();
  const refresh = refresher(queryClient);
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    refresh.stop();
    unsubscribe();
    liveStore.set('connecting');
  };
  const unsubscribe = authStore.subscribe(() => {
    if (authStore.get().phase === 'out') stop();
  });
  void followSessions(controller.signal, refresh);
  return stop;
}

/** Progress comes as a number or, for a finished task up to 25.6, as its text. */
const amount = z.pipe(
  z.unknown(),
  z.transform((raw: unknown) => {
    const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }),
);

const taskData = z.object({
  message: optionalText,
  current_progress: z.optional(amount),
  total_progress: z.optional(amount),
  errors: z.optional(z.unknown()),
});

const taskStates: Readonly<Record<string, TaskUpdate['state']>> = {
  bgtask_updated: 'running',
  bgtask_done: 'done',
  bgtask_partial_success: 'done',
  bgtask_failed: 'failed',
  bgtask_cancelled: 'cancelled',
};

function errorsOf(raw: unknown): string[] {
  const items = Array.isArray(raw) ? raw : raw === undefined || raw === null || raw === '' ? [] : [raw];
  return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

/** The update as pages use it; null for what is none of a task. `before` is what was known last. */
export function readTaskEvent(event: ServerEvent, before: TaskUpdate | null): TaskUpdate | null {
  const state = taskStates[event.name];
  const parsed = z.safeParse(taskData, jsonOf(event.data));
  if (state === undefined || !parsed.success) return null;
  const { message, current_progress: current = null, total_progress: total = null, errors } = parsed.data;
  const whole = total ?? before?.total ?? null;
  const done = current ?? before?.current ?? null;
  const share = whole !== null && whole > 0 && done !== null ? Math.min(1, Math.max(0, done / whole)) : null;
  return {
    state,
    // The manager writes a missing message as null or as the text "None".
    message: message === null || message === '' || message === 'None' ? null : message,
    progress: state === 'done' ? 1 : share,
    current: done,
    total: whole,
    errors: errorsOf(errors),
  };
}

const unknownTask: TaskUpdate = { state: 'unknown', message: null, progress: null, current: null, total: null, errors: [] };
/** A task that never speaks is one the server has forgotten (they are kept for 24 h), in ms. */
const silentTaskMs = 600_000;

/**
 * Follows a background task to its end: `onUpdate` hears every step, the last one with a state other than
 * `running`. Comes back where the stream breaks off. Returns the function that stops it; it also stops when the
 * user leaves. Never throws.
 */
export function followTask(taskId: string, onUpdate: (update: TaskUpdate) => void): () => void {
  const controller = new AbortController();
  let last: TaskUpdate | null = null;
  const stop = () => {
    controller.abort();
    clearTimeout(silence);
    unsubscribe();
  };
  const tell = (update: TaskUpdate) => {
    if (controller.signal.aborted) return;
    clearTimeout(silence);
    last = update;
    if (update.state !== 'running') stop();
    onUpdate(update);
  };
  const silence = setTimeout(() => tell(unknownTask), silentTaskMs);
  const unsubscribe = authStore.subscribe(() => {
    if (authStore.get().phase === 'out') stop();
  });

  const follow = async () => {
    for (let failures = 0; !controller.signal.aborted; failures += 1) {
      let error: unknown;
      try {
        const response = await openStream(taskEventsRoute, { query: { task_id: taskId }, signal: controller.signal });
        await readEvents(response, (event) => {
          // The source must be closed then, or it would be opened anew for ever.
          if (event.name === 'server_close') return false;
          const update = readTaskEvent(event, last);
          if (update) tell(update);
          return !controller.signal.aborted;
        });
      } catch (cause) {
        error = cause;
      }
      if (controller.signal.aborted) return;
      const kind = error === undefined ? undefined : toClientError(error, taskEventsRoute.name).kind;
      if (kind === 'not-found' || kind === 'forbidden' || kind === 'invalid') return tell(unknownTask);
      await pause(backOff(failures, error), controller.signal);
    }
  };
  void follow();
  return stop;
}
