/** Where the console is connected to. There is one cluster at a time, so this is one module-level value. */
export interface Connection {
  /** `scheme://host[:port][/path]` without a trailing slash; '' means the page's own origin. */
  endpoint: string;
  /** SESSION: through a webserver, by its cookie. API: straight to the manager, every call signed. */
  mode: 'SESSION' | 'API';
  /** The manager's API version string, sent back with every call; null before the handshake. */
  apiVersion: string | null;
  /** The manager's release, e.g. `25.6.3`; null before the handshake. */
  managerVersion: string | null;
  /** Access key of the log-in (both modes). */
  accessKey?: string;
  /** API mode only; kept in memory only (SEC-07). */
  secretKey?: string;
  /** The webserver's session id; sent as a header only where the cookie does not travel. */
  sessionId?: string;
}

const initial: Connection = { endpoint: '', mode: 'SESSION', apiVersion: null, managerVersion: null };
let current: Connection = { ...initial };

export const connection = {
  get(): Connection {
    return current;
  },
  set(patch: Partial<Connection>): void {
    current = { ...current, ...patch };
  },
  reset(): void {
    current = { ...initial };
  },
};
