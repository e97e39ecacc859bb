/** The app proxies that this tab has opened apps at, so that they can be closed before the session ends (SES-C06, C44). */
import { can } from './capabilities';
import { connection } from './connection';

const opened = new Map<string, string>();
const PATIENCE_MS = 2000;

export function rememberProxy(sessionId: string, address: string): void {
  opened.set(sessionId, address);
}

/** Only proxies up to 25.10 can be told; the newer one finds out by itself. Never fails and never takes long. */
export async function closeCircuits(sessionId: string): Promise<void> {
  const address = opened.get(sessionId);
  const { accessKey } = connection.get();
  opened.delete(sessionId);
  if (address === undefined || !accessKey || can('newAppProxy')) return;
  try {
    const url = `${address}/v2/proxy/${encodeURIComponent(accessKey)}/${encodeURIComponent(sessionId)}/delete?permit_key=`;
    await fetch(url, { credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    // The circuits die with the session anyway.
  }
}
