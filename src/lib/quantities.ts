/** Amounts and sizes: how the manager writes them, and how the console shows them. Memory is in binary units (UX-05). */

const KIB = 1024;
export const MIB = KIB ** 2;
export const GIB = KIB ** 3;

const exponents: Record<string, number> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };
const sizePattern = /^\s*([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([kmgtpe]?)(?:i?b)?\s*$/i;

/**
 * Reads an amount as the manager writes it: text of a decimal, `Infinity` (no limit) or `NaN` (not told).
 * NaN for what is missing or is no number.
 */
export function parseAmount(text: unknown): number {
  if (typeof text === 'number') return text;
  if (typeof text !== 'string' || text.trim() === '') return NaN;
  return Number(text);
}

/** Bytes of `256m`, `4g`, `1.5GiB`, `1073741824` (binary units, SES-R11); null for anything else. */
export function parseSize(text: string | number | null | undefined): number | null {
  if (typeof text === 'number') return Number.isFinite(text) ? text : null;
  const [, digits, unit] = sizePattern.exec(text ?? '') ?? [];
  if (digits === undefined) return null;
  const bytes = Number(digits) * KIB ** (exponents[(unit ?? '').toLowerCase()] ?? 0);
  return Number.isFinite(bytes) ? Math.round(bytes) : null;
}

/** The size as the manager reads it in requests: `4g`, `512m`, else plain bytes. */
export function formatSize(bytes: number): string {
  if (bytes > 0 && bytes % GIB === 0) return `${bytes / GIB}g`;
  if (bytes > 0 && bytes % MIB === 0) return `${bytes / MIB}m`;
  return String(Math.round(bytes));
}

export function toGiB(bytes: number): number {
  return bytes / GIB;
}

/** Rounds away the noise of binary fractions (0.1 + 0.2): six decimals are finer than any slot's step. */
export function tidy(value: number): number {
  return Number.isFinite(value) && !Number.isInteger(value) ? Number(value.toFixed(6)) : value;
}

/** At most two decimals, no trailing zeros; `∞` for no limit, `-` for what is not told. */
export function formatAmount(value: number, locale?: string): string {
  if (Number.isNaN(value)) return '-';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const rounded = Math.round((Math.abs(value) + Number.EPSILON) * 100) / 100;
  return amountsIn(locale ?? 'en').format(value < 0 && rounded !== 0 ? -rounded : rounded);
}

const amountFormats = new Map<string, Intl.NumberFormat>();

/** Making one takes far longer than using it, and a list of a hundred rows uses it hundreds of times. */
function amountsIn(locale: string): Intl.NumberFormat {
  // No grouping: these figures stand beside units in narrow cells and are typed back into fields.
  const format = amountFormats.get(locale) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: 2, useGrouping: false });
  amountFormats.set(locale, format);
  return format;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `1.5 GiB`; `-` for what is not told, `∞` for no limit. */
export function formatBytes(bytes: number, locale?: string): string {
  if (!Number.isFinite(bytes)) return formatAmount(bytes, locale);
  let value = bytes;
  let step = 0;
  // 1023.995 KiB would be shown as 1024 KiB.
  while (Math.round(Math.abs(value) * 100) / 100 >= KIB && step < units.length - 1) {
    value /= KIB;
    step += 1;
  }
  return `${formatAmount(value, locale)} ${units[step]}`;
}
