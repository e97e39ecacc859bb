import { useRef } from 'react';

/**
 * Where on the screen which row is drawn. A row keeps its place for as long as it is shown, and with it the focus and
 * whatever it has unfolded. When most of the rows are others, after a change of the page say, the new ones move into the
 * places of the old ones: filling in a row anew costs a tenth of building one (PER-03).
 */
export interface Slots {
  byKey: ReadonlyMap<string, string>;
  next: number;
}

export const NO_SLOTS: Slots = { byKey: new Map(), next: 0 };

export function slotsFor(before: Slots, keys: readonly string[]): Slots {
  const same = before.byKey.size === keys.length && keys.every((key) => before.byKey.has(key));
  if (same) return before;
  const stayed = keys.filter((key) => before.byKey.has(key)).length;
  const shown = new Set(keys);
  // A few rows that come and go get places of their own: what a reader just pointed at must not turn into another row.
  const free = stayed * 2 < keys.length ? [...before.byKey].filter(([key]) => !shown.has(key)).map(([, slot]) => slot) : [];
  let { next } = before;
  const byKey = new Map<string, string>();
  for (const key of keys) {
    const slot = before.byKey.get(key) ?? free.shift() ?? `slot-${String((next += 1))}`;
    byKey.set(key, slot);
  }
  return { byKey, next };
}

/** React's keys for rows with these keys. */
export function useSlots(keys: readonly string[]): string[] {
  const slots = useRef(NO_SLOTS);
  slots.current = slotsFor(slots.current, keys);
  return keys.map((key) => slots.current.byKey.get(key) ?? key);
}
