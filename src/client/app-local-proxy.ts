/** The old proxy of v1 resource groups (SES-C40): a helper on the user's own machine. */
import * as z from 'zod/mini';
import type { CircuitWish } from './app-proxy';
import { askProxy } from './app-proxy';
import type { Allotment } from './app-proxy';
import { connection } from './connection';
import { loginCheck } from './login';

const configured = z.object({ token: z.string() });
const added = z.object({ code: z.nullish(z.number()), proxy: z.nullish(z.string()), url: z.nullish(z.string()) });

/** What the helper needs to reach the manager in the user's name. It goes to the address in config.toml alone. */
async function credentials(signal: AbortSignal | undefined): Promise<Record<string, string | undefined>> {
  const { endpoint, mode, apiVersion, accessKey, secretKey } = connection.get();
  const common = { endpoint: endpoint || window.location.origin, mode, api_version: apiVersion ?? undefined };
  if (mode === 'API') return { ...common, access_key: accessKey, secret_key: secretKey };
  // The cookie itself can't be read here; the webserver tells its value.
  const { sessionId } = await loginCheck(signal);
  return { ...common, session: sessionId ?? undefined, auth_mode: 'header' };
}

export interface LocalProxyAnswer {
  url: string | null;
  /** `host:port` */
  proxy: string | null;
}

/** `base` as config.toml has it, with or without a slash at its end. */
export async function openByLocalProxy(
  base: string,
  sessionId: string,
  wish: CircuitWish,
  options: { time: Allotment; signal?: AbortSignal },
): Promise<LocalProxyAnswer> {
  const root = base.replace(/\/+$/, '');
  const init = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(await credentials(options.signal)) };
  const { token } = await askProxy(`${root}/conf`, configured, { ...options, init, secret: '', operation: 'local-proxy-conf' });
  const query = new URLSearchParams({ app: wish.app, protocol: wish.protocol });
  if (wish.path) query.set('redirect', wish.path);
  if (wish.port !== undefined) query.set('port', String(wish.port));
  const url = `${root}/proxy/${encodeURIComponent(token)}/${encodeURIComponent(sessionId)}/add?${query.toString()}`;
  const answer = await askProxy(url, added, { ...options, secret: token, operation: 'local-proxy-add' });
  return { url: answer.url ?? null, proxy: answer.proxy ?? null };
}
