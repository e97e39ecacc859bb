import type { Slots } from './types';

/** Amounts are decimals with at most six places: sums of tenths must not drift. */
export function tidy(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}

export function addSlots(a: Slots, b: Slots): Slots {
  const sum: Slots = { ...a };
  for (const [slot, amount] of Object.entries(b)) sum[slot] = tidy((sum[slot] ?? 0) + amount);
  return sum;
}

export function subtractSlots(a: Slots, b: Slots): Slots {
  const rest: Slots = { ...a };
  for (const [slot, amount] of Object.entries(b)) rest[slot] = tidy((rest[slot] ?? 0) - amount);
  return rest;
}

export function timesSlots(a: Slots, factor: number): Slots {
  return Object.fromEntries(Object.entries(a).map(([slot, amount]) => [slot, tidy(amount * factor)]));
}

/** Every wanted amount is there; slots that are not wanted do not matter. */
export function fits(wanted: Slots, free: Slots): boolean {
  return Object.entries(wanted).every(([slot, amount]) => amount <= 0 || amount <= (free[slot] ?? 0) + 1e-9);
}

/** Plain decimal text of an amount; `Infinity` and `NaN` by name. */
export function amountText(amount: number): string {
  if (!Number.isFinite(amount)) return String(amount);
  return String(tidy(amount));
}

export function slotsText(slots: Slots): Record<string, string> {
  return Object.fromEntries(Object.entries(slots).map(([slot, amount]) => [slot, amountText(amount)]));
}

/** JSON text as Python's `json.dumps` spaces it. */
export function pythonJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}: ${pythonJson(v)}`).join(', ')}}`;
}

const SIZE_UNITS: Record<string, number> = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** `4g`, `512m`, `1.5GiB`, `1073741824`, 1024 → bytes; NaN when it is none of these. */
export function parseSize(size: unknown): number {
  if (typeof size === 'number') return size;
  if (typeof size !== 'string') return Number.NaN;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:i?b)?\s*$/i.exec(size);
  if (!match) return size.trim().toLowerCase() === 'infinity' ? Number.POSITIVE_INFINITY : Number.NaN;
  return Math.round(Number(match[1]) * (SIZE_UNITS[(match[2] ?? '').toLowerCase()] ?? 1));
}

/** Bytes as the manager shows them in messages: `6g`, `512m`. */
export function sizeText(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'Infinity';
  for (const [unit, factor] of [
    ['p', 2 ** 50],
    ['t', 2 ** 40],
    ['g', 2 ** 30],
    ['m', 2 ** 20],
    ['k', 2 ** 10],
  ] as const) {
    if (bytes >= factor) return `${String(Math.round((bytes / factor) * 100) / 100)}${unit}`;
  }
  return String(bytes);
}

/** `cpu=1 mem=6g`: how messages tell amounts. */
export function humanized(slots: Slots): string {
  return Object.entries(slots)
    .map(([slot, amount]) => `${slot}=${slot === 'mem' ? sizeText(amount) : amountText(amount)}`)
    .join(' ');
}
