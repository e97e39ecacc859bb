import type { PermitJar } from './wire/app-proxy';
import { appProxyFrontOf } from './wire/app-proxy';
import type { Cluster } from './cluster/api';
import type { Wire } from './wire/wire';

/**
 * Apps of the demo open in tabs of their own, where no service worker answers a page's own address. The tab asks the
 * one that holds the cluster, over a channel that only this origin hears (SEC-11), and shows what it answers.
 */

export const APP_PATH = '/app-proxy';
const CHANNEL = 'bai-demo.apps';
const PATIENCE_MS = 3000;
const AGAIN_MS = 1000;
const MOST_TRIES = 30;

interface Question {
  ask: string;
  url: string;
}

interface Answer {
  answer: string;
  status: number;
  type: string;
  location: string | null;
  body: string;
}

function isQuestion(data: unknown): data is Question {
  return typeof data === 'object' && data !== null && 'ask' in data && typeof data.ask === 'string' && 'url' in data && typeof data.url === 'string';
}

function isAnswer(data: unknown, ask: string): data is Answer {
  return typeof data === 'object' && data !== null && 'answer' in data && data.answer === ask && 'status' in data && 'body' in data;
}

/** In the console's tab. */
export function answerAppTabs(cluster: Cluster, wire: Wire, permits: PermitJar): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data } = event;
    if (!isQuestion(data)) return;
    const front = appProxyFrontOf(cluster, new URL(data.url));
    if (!front) return;
    void wire.handleAppProxy(new Request(data.url), front.path, { port: front.port, permits }).then(async (response) => {
      // A tab of another cluster may know nothing of this circuit; the one that does answers.
      if (response.status === 404) return;
      const answer: Answer = {
        answer: data.ask,
        status: response.status,
        type: response.headers.get('Content-Type') ?? '',
        location: response.headers.get('Location'),
        body: await response.text().catch(() => ''),
      };
      channel.postMessage(answer);
    });
  });
}

function ask(url: string): Promise<Answer | null> {
  const id = crypto.randomUUID();
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<Answer | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE_MS);
    channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (!isAnswer(event.data, id)) return;
      clearTimeout(timer);
      resolve(event.data);
    });
    channel.postMessage({ ask: id, url } satisfies Question);
  }).finally(() => channel.close());
}

function say(text: string): void {
  const line = document.createElement('p');
  line.textContent = text;
  Object.assign(line.style, { margin: '24px', font: '14px/1.5 system-ui, sans-serif' });
  document.body.replaceChildren(line);
}

/** In the app's tab. An app that is not up yet is asked for again, as its user would (pitfall 7). */
export async function showAppTab(tries = 0): Promise<void> {
  const answer = await ask(location.href);
  if (answer === null) return say('Nobody answers. The simulated cluster lives in the tab of the console; is that one closed, or its session ended?');
  if (answer.location !== null) return location.replace(answer.location);
  if (answer.status === 502 && tries < MOST_TRIES) {
    say('The app proxy cannot reach the app yet (502). This page tries again by itself.');
    setTimeout(() => void showAppTab(tries + 1), AGAIN_MS);
    return;
  }
  if (!answer.type.startsWith('text/html')) return say(`${String(answer.status)} ${answer.body}`);
  const frame = document.createElement('iframe');
  // Nothing of it runs in the console's origin.
  frame.setAttribute('sandbox', '');
  frame.title = 'App';
  frame.srcdoc = answer.body;
  Object.assign(frame.style, { position: 'fixed', inset: '0', inlineSize: '100%', blockSize: '100%', border: '0' });
  document.title = /<title>([^<]*)<\/title>/.exec(answer.body)?.[1] ?? 'App';
  document.body.replaceChildren(frame);
}
