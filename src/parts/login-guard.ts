/**
 * Two blocks that hold back the log-in button: the webserver's, which counts by id and is renewed by every try made
 * while it lasts (ACC-015), and the console's own after too many failures in a row (ACC-016). Kept for the life of
 * the page, so that closing and opening the form does not lift them.
 */

/** The webserver's block time where the answer does not say how long (login_block_time). */
const serverBlockSeconds = 1200;

export interface Block {
  kind: 'server' | 'client';
  /** Milliseconds since the epoch. */
  until: number;
}

interface GuardOptions {
  /** Failures in a row that are allowed. */
  limit: number;
  /** Seconds. */
  blockTime: number;
}

const normal = (id: string) => id.trim().toLowerCase();

export function createLoginGuard(now: () => number = Date.now) {
  let failures = 0;
  let ownUntil = 0;
  const byId = new Map<string, number>();
  return {
    /** What holds back a try with this id now. */
    blockFor(id: string): Block | null {
      const serverUntil = byId.get(normal(id)) ?? 0;
      const until = Math.max(serverUntil, ownUntil);
      if (until <= now()) return null;
      return { kind: until === serverUntil ? 'server' : 'client', until };
    },
    failed({ limit, blockTime }: GuardOptions): void {
      failures += 1;
      if (failures < limit) return;
      failures = 0;
      ownUntil = now() + blockTime * 1000;
    },
    refusedByServer(id: string, seconds: number): void {
      byId.set(normal(id), now() + (seconds > 0 ? seconds : serverBlockSeconds) * 1000);
    },
    succeeded(): void {
      failures = 0;
    },
    reset(): void {
      failures = 0;
      ownUntil = 0;
      byId.clear();
    },
  };
}

export const loginGuard = createLoginGuard();
