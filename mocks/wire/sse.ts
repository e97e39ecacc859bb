import type { ClusterEvent, EventHub } from '../cluster/api';

/** Server-sent events as the manager writes them: CRLF line ends, `event`, `data`, sometimes `retry`. */
export function eventText(name: string, data: unknown, retry?: number): string {
  const lines = [`event: ${name}`, `data: ${JSON.stringify(data)}`];
  if (retry !== undefined) lines.push(`retry: ${String(retry)}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

export interface EventStream {
  /** Sent at once, before the subscription's events. */
  opening?: string[];
  /** Text to send for an event, null to keep quiet. */
  write: (event: ClusterEvent) => string | null;
  /** The stream is over after this event. */
  isLast?: (event: ClusterEvent) => boolean;
  /** Over already after `opening`. */
  ended?: boolean;
}

export interface StreamHub {
  open(hub: EventHub, stream: EventStream, options: { signal: AbortSignal; pingEvery: number | null }): Response;
  /** Cuts every open stream, as a restarting proxy does. */
  dropAll(): void;
  /** How many are open. */
  count(): number;
}

export function createStreamHub(): StreamHub {
  const cuts = new Set<() => void>();
  return {
    count: () => cuts.size,
    dropAll() {
      for (const cut of cuts) cut();
    },
    open(hub, stream, { signal, pingEvery }) {
      const encoder = new TextEncoder();
      let stop: () => void = () => undefined;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const text of stream.opening ?? []) controller.enqueue(encoder.encode(text));
          if (stream.ended) {
            controller.close();
            return;
          }
          let open = true;
          const release = (): boolean => {
            if (!open) return false;
            open = false;
            unsubscribe();
            clearInterval(ping);
            signal.removeEventListener('abort', finish);
            cuts.delete(finish);
            return true;
          };
          const finish = (): void => {
            if (release()) controller.close();
          };
          const unsubscribe = hub.subscribe((event) => {
            const text = stream.write(event);
            if (text !== null) controller.enqueue(encoder.encode(text));
            if (stream.isLast?.(event)) finish();
          });
          const ping = pingEvery === null ? undefined : setInterval(() => controller.enqueue(encoder.encode(': ping\r\n\r\n')), pingEvery);
          signal.addEventListener('abort', finish);
          cuts.add(finish);
          stop = () => void release();
          if (signal.aborted) finish();
        },
        cancel() {
          stop();
        },
      });
      return new Response(body, {
        status: 200,
        headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' },
      });
    },
  };
}
