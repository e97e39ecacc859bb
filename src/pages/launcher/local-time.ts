/** Local moments as the browser's date field writes them: `2026-03-01T09:00`. */

export function toLocalText(moment: Date): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  const day = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  return `${day}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

/** So many minutes from now (SES-053). */
export function laterLocal(minutes: number): string {
  return toLocalText(new Date(Date.now() + minutes * 60_000));
}

/** Zone and its offset at that moment: `Asia/Seoul (GMT+9)`. */
export function timeZoneText(local: string): string {
  const moment = new Date(local);
  const at = Number.isNaN(moment.getTime()) ? new Date() : moment;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offset = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return offset && offset !== zone ? `${zone} (${offset})` : zone;
}
