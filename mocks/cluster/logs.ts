import { SECOND } from './clock';
import type { Context } from './context';
import { batchRun, devicesOf } from './kernel-run';
import { chatterOf, longLine } from './log-lines';
import type { Kernel, Session } from './types';

/** The agent's limit in bytes: a longer log is cut at the front (SES-C05). */
const LONGEST = 10 * 2 ** 20;
/** More entries than the limit could ever hold are not even made. */
const MOST_ENTRIES = 200_000;
const FIRST_ENTRY = 4 * SECOND;

/** Everything a container has written so far: standard output and error in one text. */
export function kernelLogs(ctx: Context, session: Session, kernel: Kernel): string {
  if (kernel.startsAt === null) return '';
  const end = kernel.terminatedAt ?? ctx.now;
  const age = end - kernel.startsAt;
  const isTask = session.type === 'batch' && kernel.role === 'main';
  return cutAtFront(isTask ? taskOutput(ctx, session, age) : serviceOutput(ctx, session, kernel, age));
}

function cutAtFront(text: string): string {
  // A character has at most three bytes here.
  if (text.length * 3 <= LONGEST) return text;
  const bytes = new TextEncoder().encode(text);
  return bytes.length > LONGEST ? new TextDecoder().decode(bytes.subarray(bytes.length - LONGEST)) : text;
}

/** What the startup command of a batch session has written after `age`, whole. */
export function taskOutput(ctx: Context, session: Session, age: number): string {
  const parts: string[] = [];
  for (const piece of batchRun(ctx, session).output) {
    if (piece.at > age) break;
    parts.push(piece.text);
  }
  return parts.join('');
}

function startUp(ctx: Context, session: Session, kernel: Kernel, age: number): string {
  const lines: { at: number; text: string }[] = [
    { at: 0, text: `kernel ${kernel.id} (${kernel.hostname})\nimage ${kernel.imageReference}\n` },
    { at: 200, text: '\u001b[1;32mstarting kernel-runner\u001b[0m\n' },
  ];
  devicesOf(ctx, kernel).forEach((model, i) => {
    lines.push({ at: 300, text: `GPU ${String(i)}: ${model}\n` });
  });
  for (let percent = 0; percent <= 100; percent += 10) {
    const bar = '#'.repeat(percent / 10).padEnd(10, '.');
    lines.push({ at: 500 + percent * 20, text: `\rpreparing services [${bar}] ${String(percent)}%` });
  }
  lines.push({ at: 2600, text: '\n' });
  for (const port of session.servicePorts ?? []) {
    if (kernel.role === 'main') lines.push({ at: 2700, text: `service ${port.name} on port ${port.container_ports.join(', ')}\n` });
  }
  lines.push({ at: 2800, text: longLine(kernel) });
  lines.push({ at: 2900, text: 'help: \u001b]8;;https://www.backend.ai/\u001b\\\u001b[4mwww.backend.ai\u001b[24m\u001b]8;;\u001b\\\n\u001b[32mready\u001b[0m\n' });
  return lines.filter((line) => line.at <= age).map((line) => line.text).join('');
}

interface Written {
  startsAt: number;
  /** Entries in `text`. */
  entries: number;
  text: string;
}

/** What was written once is not made again at each look; what is too old to be asked for is dropped. */
const written = new WeakMap<Context, Map<string, Written>>();
const KEPT = 12;

/** Start-up with a progress line, then what this kind of work writes, for as long as it lives. */
function serviceOutput(ctx: Context, session: Session, kernel: Kernel, age: number): string {
  const chatter = chatterOf(session, kernel);
  const startsAt = kernel.startsAt ?? 0;
  const total = Math.max(0, Math.floor((age - FIRST_ENTRY) / chatter.every));
  const first = Math.max(0, total - MOST_ENTRIES);
  const cache = written.get(ctx) ?? new Map<string, Written>();
  written.set(ctx, cache);
  const known = cache.get(kernel.id);
  const goesOn = known !== undefined && known.startsAt === startsAt && known.entries <= total && known.entries > first;
  const parts = [goesOn ? known.text : ''];
  for (let i = goesOn ? known.entries : first; i < total; i += 1) parts.push(chatter.entry(i, startsAt + FIRST_ENTRY + i * chatter.every));
  const text = parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  cache.delete(kernel.id);
  // Twice the limit is enough to cut from.
  cache.set(kernel.id, { startsAt, entries: total, text: text.length > 2 * LONGEST ? text.slice(-LONGEST) : text });
  for (const old of cache.keys()) if (cache.size > KEPT) cache.delete(old);
  const opening = text.length >= LONGEST ? '' : startUp(ctx, session, kernel, age);
  return opening + text;
}
