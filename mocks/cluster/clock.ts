import type { ClusterState, Timer, TimerKind } from './types';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS: Record<string, number> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** `'500ms'`, `'5s'`, `'2m'`, `'1h'`, `'1d'`, `'1w'` or a number of milliseconds. */
export function duration(by: number | string): number {
  if (typeof by === 'number') return by;
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*$/.exec(by);
  const unit = UNITS[match?.[2] ?? ''];
  if (!match || unit === undefined) throw new Error(`not a duration: ${by}`);
  return Number(match[1]) * unit;
}

/** As Python writes an aware time: microseconds and offset, no `Z`. */
export function iso(time: number): string {
  const text = new Date(time).toISOString();
  return `${text.slice(0, -1)}000+00:00`;
}

/** Folders tell their times with a space. */
export function spacedIso(time: number): string {
  return iso(time).replace('T', ' ');
}

/** Timers are a binary heap by time, then by order of making. */
function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}

export function addTimer(state: ClusterState, kind: TimerKind, id: string, at: number, mark?: number): void {
  state.seq += 1;
  const timer: Timer = { at: Math.max(at, state.now), seq: state.seq, kind, id };
  if (mark !== undefined) timer.mark = mark;
  const heap = state.timers;
  let i = heap.push(timer) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent];
    if (!above || !before(timer, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = timer;
}

/** The next timer due until `time`, taken out. */
export function takeDue(state: ClusterState, time: number): Timer | undefined {
  const heap = state.timers;
  const top = heap[0];
  if (!top || top.at > time) return undefined;
  const last = heap.pop();
  if (last && heap.length > 0) {
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      let least = heap[child];
      if (!least) break;
      const right = heap[child + 1];
      if (right && before(right, least)) {
        least = right;
        child += 1;
      }
      if (!before(least, last)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = last;
  }
  return top;
}
