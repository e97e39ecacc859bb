import { levelOfLine } from './log-viewer-level';
import type { LogLevel } from './log-viewer-level';

/**
 * Container output as lines (SES-265). Terminal control sequences are settled here, once, so that drawing a
 * line needs that line alone: the viewer shows some forty of 100,000 lines and must not read the others.
 */

export interface LogLine {
  /** What a reader sees and a search finds: no control sequence is left in it. */
  text: string;
  /** Colour and link sequences kept, everything else settled. Equal to `text` for a plain line. */
  styled: string;
  /** The colour sequences that earlier lines left switched on, to be put before `styled`. */
  opening: string;
  /** By its words; null where they tell nothing. */
  level: LogLevel | null;
}

/** What is in force where a line begins. */
interface Carried {
  colours: string;
  /** Inside a traceback. */
  traceback: boolean;
}

export interface LogText {
  source: string;
  /** Of `source` as it is downloaded. */
  bytes: number;
  lines: LogLine[];
  /** Lines that were read once and were cut off at the front since: numbers of lines stay while one reads on. */
  dropped: number;
  /** Where the last line begins in `source`, and what is in force there: more text goes on from here. */
  tailStart: number;
  tail: Carried;
}

const ESC = '\u001b';
const BEL = '\u0007';

/** CSI, OSC (ended by BEL or ST), character-set and two-letter escape sequences; then what else is not text. */
const CONTROL = new RegExp(
  `${ESC}(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^${ESC}${BEL}]*(?:${BEL}|${ESC}\\\\|$)|[ -/]+[0-~]|[0-Z\\\\^-~])|[\\u0000-\\u0008\\u000a-\\u001f\\u007f]`,
  'g',
);
// SGR only: `ESC [ 1;31 m`. `>4;2m` and the like are keyboard modes, not colours.
const SGR = new RegExp(`^${ESC}\\[([\\d;:]*)m$`);
const LINK = new RegExp(`^${ESC}\\]8;`);
const NEEDS_WORK = /[\u0000-\u0008\u000b-\u001f\u007f]/;
const MOVES_BACK = new RegExp(`[\\r\\b]|${ESC}\\[\\d*[KG]`);

/** The sequences in force after `sequence`: a reset forgets what came before. */
function carry(opening: string, sequence: string): string {
  const codes = SGR.exec(sequence)?.[1];
  if (codes === undefined) return opening;
  if (codes === '' || /^0+$/.test(codes)) return '';
  if (/^0+;/.test(codes)) return sequence;
  if (opening.endsWith(sequence)) return opening;
  // A program that never resets would make this grow without end; the newest sequences decide the look.
  return opening.length > 200 ? sequence : opening + sequence;
}

/** Overwrites as a terminal does: `\r` goes to column 0, `\b` one back, `ESC[K` erases to the end. */
function overwrite(raw: string): string {
  const cells: { char: string; style: string }[] = [];
  let column = 0;
  let style = '';
  let at = 0;
  const put = (text: string) => {
    for (const char of text) {
      cells[column] = { char, style };
      column += 1;
    }
  };
  for (const match of raw.matchAll(CONTROL)) {
    put(raw.slice(at, match.index));
    at = match.index + match[0].length;
    const sequence = match[0];
    if (sequence === '\r') column = 0;
    else if (sequence === '\b') column = Math.max(0, column - 1);
    else if (sequence.startsWith(`${ESC}[`) && sequence.endsWith('K')) {
      const mode = sequence.slice(2, -1);
      if (mode === '' || mode === '0') cells.length = Math.min(cells.length, column);
      else if (mode === '2') cells.length = 0;
    } else if (sequence.startsWith(`${ESC}[`) && sequence.endsWith('G')) {
      column = Math.min(Math.max(0, Number(sequence.slice(2, -1) || '1') - 1), cells.length);
    } else style = carry(style, sequence);
  }
  put(raw.slice(at));
  let result = '';
  let current = '';
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? { char: ' ', style: '' };
    if (cell.style !== current) {
      result += `${ESC}[0m${cell.style}`;
      current = cell.style;
    }
    result += cell.char;
  }
  return style === current ? result : `${result}${ESC}[0m${style}`;
}

/** `38:2::255:0:0` and `4:3`, as newer programs write them, in the form that everybody knows. */
function plainCodes(sequence: string): string {
  if (!sequence.includes(':')) return sequence;
  return sequence.replace(/([34]8):2:\d*:(\d+:\d+:\d+)/g, '$1:2:$2').replace(/\b4:0\b/g, '24').replace(/\b4:\d\b/g, '4').replaceAll(':', ';');
}

function settle(raw: string, before: Carried): { line: LogLine; after: Carried } {
  const trimmed = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  if (!NEEDS_WORK.test(trimmed)) {
    const { level, inside } = levelOfLine(trimmed, before.traceback);
    const after = inside === before.traceback ? before : { colours: before.colours, traceback: inside };
    return { line: { text: trimmed, styled: trimmed, opening: before.colours, level }, after };
  }
  const settled = MOVES_BACK.test(trimmed) ? overwrite(trimmed) : trimmed;
  let colours = before.colours;
  let text = '';
  let styled = '';
  let at = 0;
  for (const match of settled.matchAll(CONTROL)) {
    const piece = settled.slice(at, match.index);
    text += piece;
    styled += piece;
    at = match.index + match[0].length;
    if (SGR.test(match[0])) {
      const sequence = plainCodes(match[0]);
      colours = carry(colours, sequence);
      styled += sequence;
    } else if (LINK.test(match[0])) styled += match[0];
  }
  const rest = settled.slice(at);
  text += rest;
  const { level, inside } = levelOfLine(text, before.traceback);
  return { line: { text, styled: styled + rest, opening: before.colours, level }, after: { colours, traceback: inside } };
}

/** A copy of its own: a slice would keep all of the text that it was cut from in memory (REL-13). */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

const NOTHING: Carried = { colours: '', traceback: false };

/** In UTF-8, without making a copy of what may be megabytes. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Half of a surrogate pair is two of the four bytes.
    if (code > 0x7f) bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** Adds the lines of `source` from `start` on to `lines`. */
function append(lines: LogLine[], source: string, start: number, before: Carried, { dropped, bytes }: Pick<LogText, 'dropped' | 'bytes'>): LogText {
  const rest = start === 0 ? source : detached(source.slice(start));
  let from = 0;
  let carried = before;
  let tailStart = 0;
  let tail = before;
  while (from < rest.length) {
    const end = rest.indexOf('\n', from);
    tailStart = from;
    tail = carried;
    const { line, after } = settle(rest.slice(from, end === -1 ? rest.length : end), carried);
    lines.push(line);
    carried = after;
    if (end === -1) break;
    from = end + 1;
    tailStart = from;
    tail = carried;
  }
  return { source, bytes, lines, dropped, tailStart: start + tailStart, tail };
}

export function readLog(source: string): LogText {
  return append([], source, 0, NOTHING, { dropped: 0, bytes: byteLength(source) });
}

/** The lines before the one that may still grow. */
function settledLines(log: LogText): LogLine[] {
  return log.tailStart === log.source.length ? log.lines.slice() : log.lines.slice(0, -1);
}

/** The first bytes after a cut may be half a character. */
const RAGGED = 8;

/** How many characters of `before` are gone from the front of `source`, or null where it is another text (SES-C05). */
function cutAtFront(before: string, source: string): number | null {
  const probe = source.slice(RAGGED, RAGGED + 400);
  if (probe.length < 400) return null;
  const rest = source.slice(RAGGED);
  for (let at = before.indexOf(probe), tries = 0; at !== -1 && tries < 20; at = before.indexOf(probe, at + 1), tries += 1) {
    if (at >= RAGGED && rest.startsWith(before.slice(at))) return at - RAGGED;
  }
  return null;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The next answer for the same container: text that only grew is read from its last line on. */
export function readMoreLog(before: LogText | null, source: string): LogText {
  if (before === null || before.source === '') return readLog(source);
  if (source === before.source) return before;
  if (source.startsWith(before.source)) {
    const bytes = before.bytes + byteLength(source.slice(before.source.length));
    return append(settledLines(before), source, before.tailStart, before.tail, { dropped: before.dropped, bytes });
  }
  const cut = cutAtFront(before.source, source);
  if (cut === null || cut >= before.tailStart) return readLog(source);
  const gone = countLines(before.source.slice(0, cut));
  const lines = settledLines(before).slice(gone);
  const first = lines[0];
  if (first) {
    const end = source.indexOf('\n');
    lines[0] = settle(detached(source.slice(0, end)), { colours: first.opening, traceback: false }).line;
  }
  return append(lines, source, before.tailStart - cut, before.tail, { dropped: before.dropped + gone, bytes: byteLength(source) });
}

/** `session-<name>-<host>.log` with whatever a file system or a path could stumble over replaced (SES-265). */
export function logFileName(sessionName: string, hostname: string): string {
  const safe = (text: string) =>
    // Direction overrides would let a file show another ending than it has.
    text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_').slice(0, 80) || '_';
  return `session-${safe(sessionName)}-${safe(hostname)}.log`;
}
