import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { connectTerminal } from '../client/terminal';
import type { TerminalConnection, TerminalSize, TerminalState } from '../client/terminal';
import type { TerminalHandle } from '../ui/terminal';

/** The far side is asked to hold back while more than this waits to be drawn, and to go on below the other (bytes). */
const TOO_MUCH = 1_000_000;
const LITTLE = 100_000;

export interface TerminalLink {
  state: TerminalState;
  /** The screen is there: connects, once. */
  start: () => void;
  send: (text: string) => void;
  resize: (size: TerminalSize) => void;
  reconnect: () => void;
}

/** Ties a screen to the session's shell, for as long as both are shown. */
export function useTerminalLink(sessionId: string, screen: RefObject<TerminalHandle | null>): TerminalLink {
  const [state, setState] = useState<TerminalState>({ kind: 'connecting' });
  const connection = useRef<TerminalConnection | null>(null);

  const start = useCallback(() => {
    if (connection.current) return;
    let waiting = 0;
    const size = screen.current?.size() ?? { columns: 80, rows: 24 };
    const made = connectTerminal(sessionId, size, {
      state: setState,
      output(bytes) {
        waiting += bytes.length;
        if (waiting > TOO_MUCH) made.hold(true);
        screen.current?.write(bytes, () => {
          waiting -= bytes.length;
          if (waiting < LITTLE) made.hold(false);
        });
      },
    });
    connection.current = made;
  }, [sessionId, screen]);

  useEffect(
    () => () => {
      connection.current?.close();
      connection.current = null;
    },
    [sessionId],
  );

  return {
    state,
    start,
    send: useCallback((text) => connection.current?.send(text), []),
    resize: useCallback((size) => connection.current?.resize(size), []),
    reconnect: useCallback(() => connection.current?.reconnect(), []),
  };
}
