/** How the tabs of one browser tell each other that somebody came or left. Origin and shape are checked (SEC-11). */
import * as z from 'zod/mini';

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('left'), endpoint: z.string() }),
  z.object({ kind: z.literal('entered'), endpoint: z.string(), accessKey: z.string() }),
]);

export type AuthMessage = z.infer<typeof message>;

const name = 'bai.auth';

function channel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
}

/** What another tab said, or null for what is no word of ours. */
export function readMessage(event: Pick<MessageEvent, 'origin' | 'data'>, origin: string): AuthMessage | null {
  if (event.origin !== '' && event.origin !== origin) return null;
  const parsed = z.safeParse(message, event.data);
  return parsed.success ? parsed.data : null;
}

let own: BroadcastChannel | null = null;

export const authChannel = {
  /** Tells the other tabs; this one does not hear it. */
  tell(said: AuthMessage): void {
    if (own) return own.postMessage(said);
    const once = channel();
    once?.postMessage(said);
    once?.close();
  },
  listen(heard: (said: AuthMessage) => void): () => void {
    own = channel();
    if (!own) return () => undefined;
    const opened = own;
    opened.onmessage = (event: MessageEvent) => {
      const said = readMessage(event, window.location.origin);
      if (said) heard(said);
    };
    return () => {
      opened.close();
      if (own === opened) own = null;
    };
  },
};
