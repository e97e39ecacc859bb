import type { LogLevel } from './log-viewer-level';
import type { LogLine, LogText } from './log-viewer-text';

/**
 * The rows that are shown: lines of one container or of several, merged once and then only added to, so that nothing
 * moves under the reader (SES-265, UX-10).
 */

export interface Merged {
  logs: readonly (LogText | null)[];
  /** For each row its container, and the line within it. */
  from: Uint16Array;
  own: Int32Array;
  /** Whether rows stand in the order of their times; else container after container. */
  byTime: boolean;
}

const STAMP = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,3})\d*)?(?:(Z)|([+-])(\d\d):?(\d\d))?/;
const STAMP_WITHIN = 64;

/** The moment that stands at the beginning of a line; without an offset in whatever zone, the same for all. */
export function timeOfLine(text: string): number | null {
  const found = STAMP.exec(text.length > STAMP_WITHIN ? text.slice(0, STAMP_WITHIN) : text);
  if (!found) return null;
  const part = (index: number) => Number(found[index] ?? 0);
  const time = Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6), Number((found[7] ?? '0').padEnd(3, '0')));
  const offset = (part(10) * 60 + part(11)) * 60_000;
  return found[9] === '-' ? time + offset : time - offset;
}

/** Times of lines from `start` on; a line without one belongs to the line before it. Null where no line has one. */
function timesOf(lines: readonly LogLine[], start: number): Float64Array | null {
  const times = new Float64Array(lines.length - start);
  let last = -Infinity;
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index];
    const time = line ? timeOfLine(line.text) : null;
    // Clocks may be set back; the order within a container stays.
    if (time !== null && time > last) last = time;
    times[index - start] = last;
  }
  return last === -Infinity ? null : times;
}

function addRows(logs: readonly (LogText | null)[], starts: readonly number[]): Omit<Merged, 'logs'> {
  const counts = logs.map((log, index) => Math.max(0, (log?.lines.length ?? 0) - (starts[index] ?? 0)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const from = new Uint16Array(total);
  const own = new Int32Array(total);
  const several = counts.filter((count) => count > 0).length > 1;
  const times = several ? logs.map((log, index) => (log && counts[index] ? timesOf(log.lines, starts[index] ?? 0) : null)) : [];
  const byTime = several && times.every((one, index) => one !== null || counts[index] === 0);
  const next = counts.map(() => 0);
  let row = 0;
  const put = (container: number) => {
    const at = next[container] ?? 0;
    from[row] = container;
    own[row] = (starts[container] ?? 0) + at;
    next[container] = at + 1;
    row += 1;
  };
  if (!byTime) {
    counts.forEach((count, container) => {
      for (let at = 0; at < count; at += 1) put(container);
    });
    return { from, own, byTime };
  }
  while (row < total) {
    let first = -1;
    let earliest = Infinity;
    for (let container = 0; container < counts.length; container += 1) {
      const at = next[container] ?? 0;
      if (at >= (counts[container] ?? 0)) continue;
      const time = times[container]?.[at] ?? -Infinity;
      if (first === -1 || time < earliest) {
        first = container;
        earliest = time;
      }
    }
    put(first);
  }
  return { from, own, byTime };
}

function goesOn(before: LogText | null, log: LogText | null): boolean {
  // Read at last: its lines belong between those of the others.
  if (before === null) return log === null || log.lines.length === 0;
  if (before.lines.length === 0) return true;
  if (log === null || log.dropped !== before.dropped || log.lines.length < before.lines.length) return false;
  return before.lines.length === 1 || log.lines[0] === before.lines[0];
}

/** What came since is put in order among itself and added at the end. */
export function mergeLogs(before: Merged | null, logs: readonly (LogText | null)[]): Merged {
  if (before !== null && before.logs.length === logs.length) {
    if (logs.every((log, index) => log === before.logs[index])) return before;
    if (before.from.length > 0 && logs.every((log, index) => goesOn(before.logs[index] ?? null, log))) {
      const added = addRows(logs, before.logs.map((log) => log?.lines.length ?? 0));
      const from = new Uint16Array(before.from.length + added.from.length);
      const own = new Int32Array(from.length);
      from.set(before.from);
      from.set(added.from, before.from.length);
      own.set(before.own);
      own.set(added.own, before.own.length);
      return { logs, from, own, byTime: before.byTime };
    }
  }
  return { logs, ...addRows(logs, []) };
}

export interface LogRows {
  count: number;
  line: (row: number) => LogLine | undefined;
  text: (row: number) => string;
  /** Place of the container among those shown. */
  container: (row: number) => number;
  /** Number of the line within its container, from 1. */
  number: (row: number) => number;
  /** The row of a line; -1 where it is not shown. */
  rowOf: (container: number, number: number) => number;
}

export interface RowFilter {
  /** Empty = all. */
  levels: ReadonlySet<LogLevel>;
  hiddenContainers: ReadonlySet<number>;
}

export function rowsOf(merged: Merged, { levels, hiddenContainers }: RowFilter): LogRows {
  const { logs, from, own } = merged;
  const lineOf = (index: number) => logs[from[index] ?? 0]?.lines[own[index] ?? 0];
  let shown: Int32Array | null = null;
  if (levels.size > 0 || hiddenContainers.size > 0) {
    const kept = new Int32Array(from.length);
    let count = 0;
    for (let index = 0; index < from.length; index += 1) {
      if (hiddenContainers.has(from[index] ?? 0)) continue;
      const level = lineOf(index)?.level ?? null;
      if (levels.size > 0 && (level === null || !levels.has(level))) continue;
      kept[count] = index;
      count += 1;
    }
    shown = kept.subarray(0, count);
  }
  const count = shown?.length ?? from.length;
  const at = (row: number) => (shown ? (shown[row] ?? -1) : row);
  const container = (row: number) => from[at(row)] ?? 0;
  const number = (row: number) => (logs[container(row)]?.dropped ?? 0) + (own[at(row)] ?? 0) + 1;
  return {
    count,
    line: (row) => lineOf(at(row)),
    text: (row) => lineOf(at(row))?.text ?? '',
    container,
    number,
    rowOf(wanted, line) {
      for (let row = 0; row < count; row += 1) if (container(row) === wanted && number(row) === line) return row;
      return -1;
    },
  };
}

/** How many lines of each level there are, over all rows. */
export function countLevels(merged: Merged): Partial<Record<LogLevel, number>> {
  const counts: Partial<Record<LogLevel, number>> = {};
  merged.logs.forEach((log) => {
    for (const { level } of log?.lines ?? []) if (level !== null) counts[level] = (counts[level] ?? 0) + 1;
  });
  return counts;
}

/** The row of `123` or `sub1:123`; -1 where it is not shown, or no line at all. */
export function rowOfAddress(rows: LogRows, line: string | null, hosts: readonly string[]): number {
  const parts = /^(?:(.+):)?(\d{1,9})$/.exec(line ?? '');
  if (!parts) return -1;
  const container = parts[1] === undefined ? 0 : hosts.indexOf(parts[1]);
  return container === -1 ? -1 : rows.rowOf(container, Number(parts[2]));
}

/** The next error from `row` on, or the one before it; lines of one and the same error count once. -1 for none. */
export function nextProblem(rows: LogRows, row: number, by: 1 | -1): number {
  const isError = (at: number) => at >= 0 && at < rows.count && rows.line(at)?.level === 'error';
  const begins = (at: number) => isError(at) && !isError(at - 1);
  for (let at = row + by; at >= 0 && at < rows.count; at += by) if (begins(at)) return at;
  return -1;
}
