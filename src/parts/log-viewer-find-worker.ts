import { findHits, patternOf } from './log-viewer-find';
import type { LogHits, LogQuery } from './log-viewer-find';

/**
 * A regular expression can take for ever on one line, and nothing stops it within its thread; so it runs in one of its
 * own, which is ended when it takes too long.
 */

export interface FindTask {
  /** The rows, one a line. */
  text: string;
  query: LogQuery;
}

self.addEventListener('message', ({ data }: MessageEvent<FindTask>) => {
  const rows = data.text.split('\n');
  const pattern = patternOf(data.query);
  const hits: LogHits | null = pattern && findHits(rows.length, (row) => rows[row] ?? '', pattern);
  self.postMessage(hits);
});
