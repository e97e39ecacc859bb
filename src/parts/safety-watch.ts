import { idleDanger, isChecked } from '../client/idle-rules';
import type { IdleDanger } from '../client/idle-rules';
import type { CheckedSession } from '../client/session-safety';

export interface SafetyWatchOptions {
  isMine: (session: CheckedSession) => boolean;
  /** What was warned of before, `<session>:<check>`; e.g. before a reload. */
  warned: readonly string[];
  onWarn: (key: string, session: CheckedSession, danger: IdleDanger) => void;
  /** The danger is over: the time began anew, or the session has ended. */
  onClear: (key: string) => void;
}

export interface SafetyWatch {
  hear: (sessions: readonly CheckedSession[], complete: boolean) => void;
  forget: (sessionId: string) => void;
  look: (now: number) => void;
  warned: () => string[];
}

/** More than anybody runs at once; the oldest known go first, so that a long visit does not grow (REL-13). */
const MOST = 300;

/** Remembers one's own sessions and warns once for each session and check (SES-272). */
export function createSafetyWatch({ isMine, warned: before, onWarn, onClear }: SafetyWatchOptions): SafetyWatch {
  const known = new Map<string, CheckedSession>();
  const warned = new Set(before);
  const clear = (key: string) => {
    if (warned.delete(key)) onClear(key);
  };
  const forget = (id: string) => {
    known.delete(id);
    for (const key of warned) if (key.startsWith(`${id}:`)) clear(key);
  };
  return {
    hear(sessions, complete) {
      if (complete) for (const id of known.keys()) if (!sessions.some((session) => session.id === id)) forget(id);
      for (const session of sessions) {
        if (!isMine(session)) continue;
        if (!isChecked(session.status)) {
          forget(session.id);
          continue;
        }
        known.delete(session.id);
        known.set(session.id, session);
      }
      for (const id of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(id);
      }
    },
    forget,
    look(now) {
      for (const session of known.values()) {
        const danger = idleDanger(session.idleChecks, now);
        const current = danger ? `${session.id}:${danger.check}` : null;
        for (const key of warned) {
          // A nearer check took over: the older warning stays said, or both would take turns.
          if (key.startsWith(`${session.id}:`) && danger === null) clear(key);
        }
        if (danger && current && !warned.has(current)) {
          warned.add(current);
          onWarn(current, session, danger);
        }
      }
    },
    warned: () => [...warned],
  };
}
