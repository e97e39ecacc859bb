/**
 * Log-in by a link: any address with `sToken` (ACC-041). The token leaves the address bar and the history entry as
 * soon as it is read, and lives on only here until it is used (SEC-07).
 */
export interface LoginLink {
  /** '' where the link has the name but no value. */
  token: string;
  /** The other query parameters: a plugin of the server may want them. */
  extras: Record<string, string>;
}

let held: LoginLink | null = null;

/** Reads the token from the address and removes it there. Call it before the router reads the address. */
export function captureLoginLink(): void {
  const url = new URL(window.location.href);
  const token = url.searchParams.get('sToken');
  if (token === null) return;
  url.searchParams.delete('sToken');
  window.history.replaceState(window.history.state, '', url.pathname + url.search + url.hash);
  held = { token: token.trim(), extras: Object.fromEntries(url.searchParams) };
}

/** The link's token, once. */
export function takeLoginLink(): LoginLink | null {
  const link = held;
  held = null;
  return link;
}
