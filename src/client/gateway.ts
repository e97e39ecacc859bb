/** Host and port to connect to by another program. */
export interface Gateway {
  host: string;
  port: number;
}

/** A name or an address; what else a URL may hold could mean something to the shell that a user pastes it into. */
const plainHost = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;

/** `host:port`, or an address with both. */
export function gatewayOf(text: string): Gateway | null {
  try {
    const url = new URL(text.includes('://') ? text : `tcp://${text}`);
    const port = Number(url.port);
    return plainHost.test(url.hostname) && port > 0 ? { host: url.hostname.replace(/^\[|\]$/g, ''), port } : null;
  } catch {
    return null;
  }
}
