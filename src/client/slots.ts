import * as z from 'zod/mini';
import { parseAmount, tidy } from '../lib/quantities';
import { jsonText } from './json-text';

/** Amounts by slot name: decimals, `mem` in bytes, Infinity = no limit. A slot the manager hides (NaN) is absent. */
export type Slots = Record<string, number>;

/**
 * Reads amounts as the manager writes them (texts of decimals, `Infinity`, `NaN`, null). Negative ones are kept:
 * what remains may be below zero, and whoever shows it shows 0.
 */
export function parseSlots(raw: Record<string, unknown> | null | undefined): Slots {
  const slots: Slots = {};
  for (const [name, value] of Object.entries(raw ?? {})) {
    const amount = parseAmount(value);
    if (!Number.isNaN(amount)) slots[name] = amount;
  }
  return slots;
}

const amounts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** A slot map of a REST answer. */
export const slotMap = z.pipe(z.nullish(amounts), z.transform((raw) => parseSlots(raw)));

/** A slot map written as text inside the answer, as GraphQL gives it. */
export const slotText = z.pipe(jsonText(amounts), z.transform((raw) => parseSlots(raw)));

function merge(a: Slots, b: Slots, join: (x: number, y: number) => number): Slots {
  const result: Slots = {};
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    result[name] = tidy(join(a[name] ?? 0, b[name] ?? 0));
  }
  return result;
}

/** Sum by slot; a missing slot counts as 0. */
export function addSlots(a: Slots, b: Slots): Slots {
  return merge(a, b, (x, y) => x + y);
}

export function scaleSlots(slots: Slots, times: number): Slots {
  return Object.fromEntries(Object.entries(slots).map(([name, amount]) => [name, tidy(amount * times)]));
}
