import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Guards a write against double activation (REL-07): while a call runs, further ones do nothing. The guard is set
 * before React draws, so the second of two quick clicks finds it.
 */
export function useSingleFlight<Args extends unknown[]>(
  work: (...args: Args) => Promise<unknown> | unknown,
): [run: (...args: Args) => Promise<void>, running: boolean] {
  const busy = useRef(false);
  const latest = useRef(work);
  const [running, setRunning] = useState(false);
  useEffect(() => {
    latest.current = work;
  });
  const run = useCallback(async (...args: Args) => {
    if (busy.current) return;
    busy.current = true;
    setRunning(true);
    try {
      await latest.current(...args);
    } finally {
      busy.current = false;
      setRunning(false);
    }
  }, []);
  return [run, running];
}
