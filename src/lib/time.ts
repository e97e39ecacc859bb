/** Spans of time as the lists show them. */

/** `[Nd] HH:MM:SS` (SES-006); a span that is no number or negative (a clock that is ahead) counts as 0. */
export function formatElapsed(ms: number): string {
  const total = Number.isFinite(ms) ? Math.max(0, Math.floor(ms / 1000)) : 0;
  const days = Math.floor(total / 86_400);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [Math.floor((total % 86_400) / 3600), Math.floor((total % 3600) / 60), total % 60].map(two).join(':');
  return days > 0 ? `${days}d ${clock}` : clock;
}

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The two largest units of a span in the language's words: `1 hr 5 min`; `0 sec` for nothing. */
export function formatDuration(seconds: number, locale?: string): string {
  let rest = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const parts: string[] = [];
  for (const [unit, size] of steps) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 || (unit === 'second' && parts.length === 0)) {
      parts.push(new Intl.NumberFormat(locale ?? 'en', { style: 'unit', unit, unitDisplay: 'short' }).format(count));
    }
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** Milliseconds since 1970 of the manager's time texts (`2026-03-01T00:00:00+00:00`, also with a space); null if none. */
export function parseTime(text: string | null | undefined): number | null {
  if (!text) return null;
  // Folder records write a space for the T, and six digits of a second.
  const ms = Date.parse(text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'));
  return Number.isNaN(ms) ? null : ms;
}
