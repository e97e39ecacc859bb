/** Search in container output: every place, not only every line, so that what is marked is what was counted. */

export interface LogQuery {
  text: string;
  matchCase: boolean;
  /** A regular expression rather than the words themselves. */
  regex: boolean;
}

export const NO_QUERY: LogQuery = { text: '', matchCase: false, regex: false };

/** Hits in order: row, and where in the row's text. */
export interface LogHits {
  rows: number[];
  from: number[];
  to: number[];
  /** There are more than are kept. */
  more: boolean;
}

export const NO_HITS: LogHits = { rows: [], from: [], to: [], more: false };
export const MOST_HITS = 100_000;

/** Null where it is no regular expression, or empty. */
export function patternOf({ text, matchCase, regex }: LogQuery): RegExp | null {
  if (text === '') return null;
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const flags = matchCase ? 'g' : 'gi';
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // What older syntax allows, `\-` for one.
    try {
      return new RegExp(source, flags);
    } catch {
      return null;
    }
  }
}

/** `tired` is asked now and then; true gives up. */
export function findHits(count: number, textAt: (row: number) => string, pattern: RegExp, tired: () => boolean = () => false): LogHits | null {
  const hits: LogHits = { rows: [], from: [], to: [], more: false };
  for (let row = 0; row < count; row += 1) {
    if (row % 256 === 255 && tired()) return null;
    const text = textAt(row);
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      if (match[0] === '') {
        // An expression that matches nothing at all goes one on.
        pattern.lastIndex += 1;
        if (pattern.lastIndex > text.length) break;
        continue;
      }
      if (hits.rows.length >= MOST_HITS) return { ...hits, more: true };
      hits.rows.push(row);
      hits.from.push(match.index);
      hits.to.push(match.index + match[0].length);
    }
  }
  return hits;
}

/** The hits of one row: numbers from `first` up to, not with, `end`. */
export function hitsOfRow(hits: LogHits, row: number): { first: number; end: number } {
  const first = firstFrom(hits.rows, row);
  let end = first;
  while (end < hits.rows.length && hits.rows[end] === row) end += 1;
  return { first, end };
}

/** Place of the first number that is not smaller, in sorted ones. */
export function firstFrom(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
