import { atLeast } from '../cluster/version';

/** The full version that a line of the simulation stands for. */
const LINES: Readonly<Record<string, string>> = {
  '24.3': '24.03.12',
  '24.9': '24.09.9',
  '25.5': '25.5.2',
  '25.13': '25.13.1',
  '26.8': '26.8.1',
};

/** `26.8` → `26.8.1`; a full version stays as it is. */
export function fullVersion(version: string): string {
  const parts = version.split('.');
  if (parts.length !== 2) return version;
  return LINES[parts.map(Number).join('.')] ?? `${version}.0`;
}

function line(version: string): string {
  return version.split('.').slice(0, 2).map(Number).join('.');
}

/** `since` may list back-ports (`25.1.0, 24.09.6`): the entry of the same line counts, else the highest one. */
export function hasSince(version: string, since: string): boolean {
  const entries = since.split(',').map((entry) => entry.trim());
  const wanted =
    entries.find((entry) => line(entry) === line(version)) ??
    entries.reduce((best, entry) => (atLeast(entry, best) ? entry : best));
  return atLeast(version, wanted);
}
