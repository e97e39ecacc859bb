/** Reads server-sent events with fetch, so that cookie, session header and signature all work. */
import { createParser } from 'eventsource-parser';
import { toClientError } from './errors';

export interface ServerEvent {
  name: string;
  data: string;
}

/** aiohttp-sse, which the manager uses, sends a comment every 15 s; nobody tells, so it is measured. In ms. */
const usualBeatMs = 15_000;
/** The next one may be late by this much, in ms. Before it is due, a stream that is dead and a calm one look alike (REL-05). */
const graceMs = 5000;
/** While only one comment came, another is due no one knows when; after this long it is taken for missed, in ms. */
const unmeasuredMs = 45_000;

/**
 * Reads the stream to its end: resolves where the server closed it, throws where it broke off or fell silent.
 * `heard` may return false to stop reading.
 */
export async function readEvents(response: Response, heard: (event: ServerEvent) => boolean | void): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let open = true;
  let beatAt: number | undefined;
  let beatMs = 0;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (open && heard({ name: event ?? 'message', data }) === false) open = false;
    },
    // Only a server that sends comments can be missed.
    onComment: () => {
      const now = performance.now();
      if (beatAt !== undefined) beatMs = Math.max(beatMs, usualBeatMs, now - beatAt);
      beatAt = now;
    },
  });
  let silent = false;
  try {
    while (open) {
      clearTimeout(watchdog);
      if (beatAt !== undefined) {
        watchdog = setTimeout(
          () => {
            silent = true;
            reader.cancel().catch(() => undefined);
          },
          beatMs === 0 ? unmeasuredMs : beatMs + graceMs,
        );
      }
      const { done, value } = await reader.read();
      if (done) break;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(watchdog);
    reader.cancel().catch(() => undefined);
  }
  if (silent) throw toClientError(new Error('the event stream fell silent'), 'events');
}

/** Waits; ends early, without an error, when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

const firstDelayMs = 1000;
const longestDelayMs = 60_000;
/** Where the server says there is no such stream, asking again soon would not help. */
const refusedDelayMs = 300_000;

/**
 * Milliseconds before the next try after `failures` failed ones in a row: 1, 2, 4 … 60 s, of which a random half
 * is left out, so that the browsers do not all come back at once after a restart.
 */
export function backOff(failures: number, error?: unknown): number {
  const known = error === undefined ? undefined : toClientError(error, 'events');
  if (known?.kind === 'rate-limited') return (known.retryAfter ?? longestDelayMs / 1000) * 1000;
  if (known?.kind === 'not-found' || known?.kind === 'forbidden' || known?.kind === 'invalid') return refusedDelayMs;
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures, 10));
  return ceiling * (0.5 + Math.random() / 2);
}
