/**
 * Who is logged in: the log-in state machine of the console (access-and-shell, "Login state machine"), the same in
 * all tabs. The forms call login.ts; this store says what follows from it.
 */
import * as z from 'zod/mini';
import { clearUserData, readLocal, readSession, writeLocal, writeSession } from '../lib/storage';
import { fetchMe } from './account';
import type { Me } from './account';
import { authChannel } from './auth-channel';
import type { SiteConfig } from './config';
import { connection } from './connection';
import { toClientError } from './errors';
import { beginSilentLogin, connect, handshake, keysWork, loginCheck, logout } from './login';
import { leftMark } from './left-mark';
import { rateLimit } from './rate-limit';
import { requestLog } from './request-log';
import { sessionClock } from './session-clock';
import { sessionGuard } from './session-guard';

/** Why the log-in panel shows, where there is something to say. */
export type OutNotice = 'logged-out' | 'no-account' | 'monitor' | 'other-tab' | 'unreachable';

export type AuthState =
  | { phase: 'starting' }
  | { phase: 'out'; notice?: OutNotice }
  | { phase: 'in'; me: Me }
  /** The log-in is gone; the page stays as it is and asks for it again over itself (ACC-053). */
  | { phase: 'expired'; me: Me };

/** At most one check at window focus in this time, in ms. */
const focusCheckPauseMs = 5000;

let state: AuthState = { phase: 'starting' };
const listeners = new Set<() => void>();
const cleaners = new Set<() => void>();
/** The access key that the page was drawn for; another one at the cookie means another user. */
let drawnFor: string | null = null;
let waiting: ((again: boolean) => void)[] = [];
let resuming = false;
let lastFocusCheck = -Infinity;
let reload = () => window.location.reload();
let teardown: (() => void) | null = null;

function change(next: AuthState): void {
  state = next;
  for (const listener of listeners) listener();
}

function release(again: boolean): void {
  const waiters = waiting;
  waiting = [];
  for (const resolve of waiters) resolve(again);
}

/** Forgets everything of the person who was logged in, in this tab (SEC-08). */
function forget(): void {
  drawnFor = null;
  const { endpoint, mode, apiVersion, managerVersion } = connection.get();
  connection.reset();
  connection.set({ endpoint, mode, apiVersion, managerVersion });
  for (const clean of cleaners) clean();
  sessionClock.clear();
  requestLog.clear();
  rateLimit.reset();
  sessionGuard.forget();
  clearUserData();
}

function goOut(notice?: OutNotice): void {
  forget();
  change(notice ? { phase: 'out', notice } : { phase: 'out' });
  release(false);
  // What the pages wrote on their way out (a draft kept when its form goes).
  setTimeout(() => {
    if (state.phase === 'out') clearUserData();
  }, 0);
}

/** The page belongs to somebody else now: nothing of it may be shown on. */
function startOver(): void {
  goOut();
  reload();
}

async function isAlive(): Promise<boolean> {
  if (connection.get().mode === 'API') return keysWork();
  return (await loginCheck()).authenticated;
}

/** Several tabs share one cookie, so a log-in elsewhere may have changed who we are ("Two tabs, two users"). */
async function checkAtFocus(): Promise<void> {
  if (document.visibilityState === 'hidden' || state.phase !== 'in' || connection.get().mode === 'API') return;
  if (performance.now() - lastFocusCheck < focusCheckPauseMs) return;
  lastFocusCheck = performance.now();
  try {
    const { authenticated, accessKey } = await loginCheck();
    if (authStore.get().phase !== 'in') return;
    if (!authenticated) authStore.expire();
    else if (accessKey !== null && accessKey !== drawnFor) startOver();
  } catch {
    // Whoever can't be asked now is asked at the next focus.
  }
}

/** The clock's end is a guess where the server's life of a session is not the usual: the server is asked. */
async function checkAtEnd(): Promise<void> {
  if (state.phase !== 'in') return;
  try {
    if (await isAlive()) return;
  } catch {
    return;
  }
  authStore.expire();
}

function watch(): void {
  if (teardown) return;
  const onFocus = () => void checkAtFocus();
  window.addEventListener('focus', onFocus);
  const offEnd = sessionClock.onEnd(() => void checkAtEnd());
  const offChannel = authChannel.listen((message) => {
    if (message.endpoint !== connection.get().endpoint) return;
    if (message.kind === 'left') {
      if (state.phase === 'in' || state.phase === 'expired') goOut('other-tab');
    } else if (state.phase === 'expired') {
      void authStore.resume().catch(() => undefined);
    } else if (state.phase === 'in' && message.accessKey !== drawnFor) {
      startOver();
    }
  });
  teardown = () => {
    window.removeEventListener('focus', onFocus);
    offEnd();
    offChannel();
  };
}

/** The access key of the session that the browser still has, or null. */
async function silentCheck(signal: AbortSignal): Promise<string | null> {
  // A log-out that the server did not hear of is made up for first (SEC-08).
  if (leftMark.isSet() && !(await logout())) return null;
  leftMark.clear();
  const check = await loginCheck(signal);
  return check.authenticated ? check.accessKey : null;
}

/** Whoever was here before may have gone without a log-out (browser closed, tab restored): nothing of theirs stays. */
function claimStorage(uuid: string): void {
  const owners = [readLocal('user.owner', z.string()), readSession('owner', z.string())];
  if (owners.some((owner) => owner !== null && owner !== uuid)) {
    const { endsAt } = sessionClock.get();
    requestLog.clear();
    clearUserData();
    // The clock of the log-in just made is the newcomer's own.
    if (endsAt !== null) sessionClock.extendTo(new Date(endsAt).toISOString());
  }
  writeLocal('user.owner', uuid);
  writeSession('owner', uuid);
}

async function admit(signal?: AbortSignal): Promise<AuthState> {
  leftMark.clear();
  sessionGuard.forget();
  const me = await fetchMe(signal);
  signal?.throwIfAborted();
  if (me === null || me.role === 'monitor') {
    await logout();
    goOut(me === null ? 'no-account' : 'monitor');
    return state;
  }
  drawnFor = connection.get().accessKey ?? me.accessKey;
  claimStorage(me.uuid);
  sessionClock.restore();
  change({ phase: 'in', me });
  authChannel.tell({ kind: 'entered', endpoint: connection.get().endpoint, accessKey: drawnFor });
  return state;
}

sessionGuard.install({
  isAlive,
  expire: () => authStore.expire(),
  loggedInAgain: () =>
    state.phase === 'expired' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(state.phase === 'in'),
  isExpired: () => state.phase === 'expired' && !resuming,
});

export const authStore = {
  get(): AuthState {
    return state;
  },

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Something to empty at log-out (caches, drafts); returns the unsubscriber. */
  onLeave(clean: () => void): () => void {
    cleaners.add(clean);
    return () => cleaners.delete(clean);
  },

  /**
   * The silent log-in at the start (ACC-020): connects to the site's endpoint and looks whether the webserver
   * knows this browser. Ends in `in` or `out`, never throws, opens nothing. A log-in by hand cancels it. `onKnown` runs
   * as soon as it does, while who it is is still asked. `mode`: how this browser logged in last, where that is its choice.
   */
  async start(
    config: SiteConfig,
    options: { reload?: () => void; endpoint?: string; mode?: 'SESSION' | 'API' | null; onKnown?: () => void } = {},
  ): Promise<void> {
    if (options.reload) reload = options.reload;
    watch();
    const { apiEndpoint, connectionMode } = config.general;
    const mode = options.mode ?? connectionMode;
    connect(apiEndpoint || (options.endpoint ?? ''), mode);
    change({ phase: 'starting' });
    const signal = beginSilentLogin();
    try {
      // Side by side: neither needs the other, and the list waits for both (PER-02). Secret keys are not kept, so
      // there is nothing to go on with in API mode.
      const [accessKey] = await Promise.all([mode === 'API' ? null : silentCheck(signal), handshake(signal)]);
      signal.throwIfAborted();
      if (accessKey !== null) {
        connection.set({ accessKey });
        options.onKnown?.();
        await admit(signal);
      }
    } catch (error) {
      // Where the site itself names the server, its silence is worth a word: the log-in may still live there.
      const silent = !signal.aborted && apiEndpoint !== '' && ['network', 'timeout', 'server'].includes(toClientError(error).kind);
      if (silent && authStore.get().phase === 'starting') change({ phase: 'out', notice: 'unreachable' });
    }
    if (authStore.get().phase === 'starting') change({ phase: 'out' });
  },

  /**
   * After a log-in: asks who that is and goes `in`; an account without a record or with a role that has no
   * console goes `out` with a notice (ACC-018, ACC-019). Throws a ClientError where that can't be asked.
   */
  enter(): Promise<AuthState> {
    return admit();
  },

  /** The account changed (name, password flag): what `in` carries follows. */
  updateMe(me: Me): void {
    if (state.phase === 'in' && state.me.uuid === me.uuid) change({ phase: 'in', me });
  },

  /** The log-in is gone: the page stays and asks for it again (ACC-053). */
  expire(): void {
    if (state.phase === 'in') change({ phase: 'expired', me: state.me });
  },

  /**
   * After a log-in over the page: goes on as the same user, and the refused calls are made again. As another
   * user everything of the former one is dropped and the page loads anew ('reload'). 'expired': the server knows
   * nobody yet. Throws a ClientError where it can't be asked.
   */
  async resume(): Promise<'resumed' | 'reload' | 'expired'> {
    if (state.phase !== 'expired') return 'resumed';
    const { me } = state;
    resuming = true;
    try {
      if (connection.get().mode === 'SESSION') {
        const check = await loginCheck();
        if (!check.authenticated) return 'expired';
        connection.set({ accessKey: check.accessKey ?? undefined });
      }
      let now: Me = me;
      if (connection.get().accessKey !== drawnFor) {
        // The main key may have changed while the person is the same.
        const other = await fetchMe();
        if (other?.uuid !== me.uuid) {
          startOver();
          return 'reload';
        }
        now = other;
      }
      drawnFor = connection.get().accessKey ?? now.accessKey;
      sessionGuard.forget();
      sessionClock.restore();
      change({ phase: 'in', me: now });
      release(true);
      authChannel.tell({ kind: 'entered', endpoint: connection.get().endpoint, accessKey: drawnFor });
      return 'resumed';
    } finally {
      resuming = false;
    }
  },

  /**
   * Logs out everywhere (SEC-08): the server's session, and caches, drafts and storage of all tabs; also when
   * the server can't be reached. Then the session is ended at the next start, before anybody is let in.
   */
  async leave(notice: OutNotice = 'logged-out'): Promise<void> {
    const { endpoint } = connection.get();
    leftMark.set();
    // Before the first wait, so that nothing of the person is seen from the click on.
    const heard = logout();
    authChannel.tell({ kind: 'left', endpoint });
    goOut(notice);
    if (await heard) leftMark.clear();
    // The calls that were still under way have been written into the log meanwhile.
    if (authStore.get().phase === 'out') requestLog.clear();
  },

  /** For tests: as at the first load of the page. */
  reset(): void {
    teardown?.();
    teardown = null;
    goOut();
    cleaners.clear();
    connection.reset();
    lastFocusCheck = -Infinity;
    reload = () => window.location.reload();
    change({ phase: 'starting' });
  },
};
