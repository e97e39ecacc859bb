/** Tables as CSV (RFC 4180), safe to open in a spreadsheet (SEC-15). */

/** What a spreadsheet would run as a formula; blanks before it do not stop every one of them. */
const formula = /^[\s\u00a0]*[=+\-@]|^[\t\r\n]/;
/** Negative amounts are no formulas. */
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines end with CRLF, the last one too. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A file name that is one on every system, ending in `.csv`; what was typed otherwise stays. */
export function csvFileName(typed: string): string {
  const safe = typed.trim().replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_');
  return /\.csv$/i.test(safe) ? safe : `${safe}.csv`;
}
