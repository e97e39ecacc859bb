import { useEffect, useMemo, useState } from 'react';
import { NO_HITS, findHits, patternOf } from './log-viewer-find';
import type { LogHits, LogQuery } from './log-viewer-find';
import type { FindTask } from './log-viewer-find-worker';
import type { LogRows, RowFilter } from './log-viewer-rows';

export type FindState = 'none' | 'done' | 'searching' | 'invalid' | 'too-slow';

export interface Found {
  hits: LogHits;
  state: FindState;
}

const LONGEST_MS = 2000;
const NOTHING: Found = { hits: NO_HITS, state: 'none' };

/** In this thread, line after line, for as long as it may take: where there is no other thread. */
function findHere(rows: LogRows, query: LogQuery): Found {
  const pattern = patternOf(query);
  if (!pattern) return { hits: NO_HITS, state: 'invalid' };
  const end = performance.now() + LONGEST_MS;
  const hits = findHits(rows.count, rows.text, pattern, () => performance.now() > end);
  return hits ? { hits, state: 'done' } : { hits: NO_HITS, state: 'too-slow' };
}

/** Words are found at once; a regular expression in a thread of its own that can be ended. */
export function useFind(rows: LogRows, query: LogQuery, filter: RowFilter): Found {
  const plain = useMemo(() => {
    if (query.text === '') return NOTHING;
    if (!query.regex) return findHere(rows, query);
    return patternOf(query) ? null : { hits: NO_HITS, state: 'invalid' as const };
  }, [rows, query]);
  const [far, setFar] = useState<Found & { query: LogQuery | null; filter: RowFilter | null }>({ ...NOTHING, query: null, filter: null });

  const isFar = plain === null;
  useEffect(() => {
    if (!isFar) return;
    if (typeof Worker === 'undefined') {
      setFar({ ...findHere(rows, query), query, filter });
      return;
    }
    const worker = new Worker(new URL('./log-viewer-find-worker.ts', import.meta.url), { type: 'module' });
    const end = (found: Found) => {
      clearTimeout(timer);
      worker.terminate();
      setFar({ ...found, query, filter });
    };
    const timer = setTimeout(() => end({ hits: NO_HITS, state: 'too-slow' }), LONGEST_MS);
    worker.addEventListener('message', ({ data }: MessageEvent<LogHits | null>) => end(data ? { hits: data, state: 'done' } : { hits: NO_HITS, state: 'invalid' }));
    // A site's policy may allow no workers.
    worker.addEventListener('error', () => end(findHere(rows, query)));
    worker.postMessage({ text: Array.from({ length: rows.count }, (_, row) => rows.text(row)).join('\n'), query } satisfies FindTask);
    return () => {
      clearTimeout(timer);
      worker.terminate();
    };
  }, [isFar, rows, query, filter]);

  if (plain !== null) return plain;
  // While lines that were added are searched the hits so far stay; those of another search go.
  return far.query === query && far.filter === filter ? far : { hits: NO_HITS, state: 'searching' };
}
