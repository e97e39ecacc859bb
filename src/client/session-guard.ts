/**
 * What the transport asks when a call is answered 401. The auth store installs the answers; the transport knows
 * only this, so that neither imports the other.
 */
export interface SessionGuardHandler {
  /** Asks the server whether the log-in lives; called once for a burst of refused calls. */
  isAlive(): Promise<boolean>;
  /** The log-in is gone: shows the log-in over the page (if somebody is logged in). */
  expire(): void;
  /** Resolves to true once somebody is logged in again, to false when that was given up. */
  loggedInAgain(): Promise<boolean>;
  /** Whether the log-in is known to be gone right now. */
  isExpired(): boolean;
}

const nobody: SessionGuardHandler = {
  isAlive: () => Promise.resolve(false),
  expire: () => undefined,
  loggedInAgain: () => Promise.resolve(false),
  isExpired: () => false,
};

let handler = nobody;
let running: { startedAt: number; verdict: Promise<boolean> } | null = null;

export const sessionGuard = {
  install(next: SessionGuardHandler | null): void {
    handler = next ?? nobody;
    running = null;
  },
  isExpired(): boolean {
    return handler.isExpired();
  },
  /**
   * Whether the log-in lives, for a call sent at `sentAt` (performance.now()). A check that began after the call
   * was sent tells about it too, so a burst makes one check.
   */
  isAlive(sentAt: number): Promise<boolean> {
    if (running && running.startedAt >= sentAt) return running.verdict;
    const check = { startedAt: performance.now(), verdict: handler.isAlive() };
    running = check;
    // A check that failed says nothing: the next one asks again.
    check.verdict.catch(() => {
      if (running === check) running = null;
    });
    return check.verdict;
  },
  /** After a log-in or log-out: what was learnt before says nothing any more. */
  forget(): void {
    running = null;
  },
  /** Opens the log-in over the page and waits for it; rejects when `signal` fires. */
  async renew(signal?: AbortSignal): Promise<boolean> {
    handler.expire();
    return this.loggedInAgain(signal);
  },
  async loggedInAgain(signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    let stop: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', stop);
    });
    try {
      return await Promise.race([handler.loggedInAgain(), aborted]);
    } finally {
      if (stop) signal?.removeEventListener('abort', stop);
    }
  },
};
