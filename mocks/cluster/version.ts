/** `26.8` and `v25.5.1rc1` as one number; what follows a release number is ignored. Asked very often: kept. */
const ranks = new Map<string, number>();

function rank(version: string): number {
  const known = ranks.get(version);
  if (known !== undefined) return known;
  const [year = '0', minor = '0', patch = '0'] = version.replace(/^v/, '').split('.');
  const made = Number.parseInt(year, 10) * 1e6 + Number.parseInt(minor, 10) * 1e3 + (Number.parseInt(patch, 10) || 0);
  ranks.set(version, made);
  return made;
}

export function atLeast(version: string, required: string): boolean {
  return rank(version) >= rank(required);
}

/** `26.8` → `26.8.0`; the manager always tells three numbers. */
export function fullVersion(version: string): string {
  return version.split('.').length < 3 ? `${version}.0` : version;
}

/** The API version of `GET /`, which selects request schemas. */
export function apiVersionOf(version: string): string {
  // The sessions chapter says 25.12, where mounts by id came with it; the table of versions says 25.14.
  if (atLeast(version, '25.12')) return 'v9.20250722';
  if (atLeast(version, '24.09')) return 'v8.20240915';
  return 'v8.20240315';
}
