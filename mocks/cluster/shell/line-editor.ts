/** The line that is being typed, as readline keeps it. Plain data and pure functions. */

export interface EditedLine {
  text: string;
  cursor: number;
  /** Place in the history; null while a new line is typed. */
  at: number | null;
  draft: string;
  /** An escape sequence of which the rest has not come yet. */
  escape: string;
  /** Cut by Ctrl-U, Ctrl-K, Ctrl-W. */
  cut: string;
}

export const EMPTY_LINE: EditedLine = { text: '', cursor: 0, at: null, draft: '', escape: '', cut: '' };

export type Key =
  | { kind: 'text'; text: string }
  | { kind: 'enter' | 'interrupt' | 'end-of-file' | 'clear' | 'complete' | 'prefix' | 'edited' | 'bell' };

const SEQUENCES: Record<string, string> = {
  '[A': 'up',
  OA: 'up',
  '[B': 'down',
  OB: 'down',
  '[C': 'right',
  OC: 'right',
  '[D': 'left',
  OD: 'left',
  '[H': 'home',
  OH: 'home',
  '[1~': 'home',
  '[F': 'end',
  OF: 'end',
  '[4~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  f: 'word-right',
  b: 'word-left',
};

const CONTROLS: Record<string, string> = {
  '\u0001': 'home',
  '\u0002': 'prefix',
  '\u0003': 'interrupt',
  '\u0004': 'end-of-file',
  '\u0005': 'end',
  '\u0006': 'right',
  '\u0008': 'backspace',
  '\u0009': 'complete',
  '\u000a': 'enter',
  '\u000b': 'cut-end',
  '\u000c': 'clear',
  '\u000d': 'enter',
  '\u000e': 'down',
  '\u0010': 'up',
  '\u0015': 'cut-start',
  '\u0017': 'cut-word',
  '\u0019': 'paste',
  '\u007f': 'backspace',
};

/** Letters as they are counted by people: a pair of surrogates is one. */
function letterBefore(text: string, at: number): number {
  return Array.from(text.slice(0, at)).at(-1)?.length ?? 0;
}

function letterAfter(text: string, at: number): number {
  return Array.from(text.slice(at, at + 2))[0]?.length ?? 0;
}

function wordStart(text: string, at: number): number {
  return /\S*\s*$/.exec(text.slice(0, at))?.index ?? 0;
}

function wordEnd(text: string, at: number): number {
  return at + (/^\s*\S*/.exec(text.slice(at))?.[0].length ?? 0);
}

/** Cells that a text takes on the screen. */
export function cells(text: string): number {
  let total = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x300 && code <= 0x36f) continue;
    total += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(letter) || code >= 0x1f300 ? 2 : 1;
  }
  return total;
}

/** Splits what came from the keyboard into keys; a sequence that is not complete stays in `line.escape`. */
export function keysOf(line: EditedLine, input: string): string[] {
  const text = line.escape + input;
  line.escape = '';
  const keys: string[] = [];
  let i = 0;
  while (i < text.length) {
    const letter = String.fromCodePoint(text.codePointAt(i) ?? 0);
    if (letter !== '\u001b') {
      keys.push(letter);
      i += letter.length;
      continue;
    }
    const rest = text.slice(i + 1);
    const sequence = /^(?:\[[0-9;?]*[@-~]|O.|[^[O])/s.exec(rest)?.[0];
    if (sequence === undefined) {
      // An Escape key alone is just that.
      if (rest.length > 0) line.escape = text.slice(i);
      return keys;
    }
    keys.push(`\u001b${sequence}`);
    i += 1 + sequence.length;
  }
  return keys;
}

function replace(line: EditedLine, from: number, to: number, by = ''): void {
  line.text = line.text.slice(0, from) + by + line.text.slice(to);
  line.cursor = from + by.length;
}

function recall(line: EditedLine, history: readonly string[], step: -1 | 1): boolean {
  const at = line.at ?? history.length;
  const next = at + step;
  if (next < 0 || next > history.length) return false;
  if (line.at === null) line.draft = line.text;
  line.at = next === history.length ? null : next;
  line.text = line.at === null ? line.draft : (history[next] ?? '');
  line.cursor = line.text.length;
  return true;
}

/** Changes the line; what else the key asks for is told. */
export function press(line: EditedLine, key: string, history: readonly string[]): Key {
  const { text, cursor } = line;
  const name = key.startsWith('\u001b') ? (SEQUENCES[key.slice(1)] ?? '') : CONTROLS[key];
  switch (name) {
    case undefined:
      if (key < ' ') return { kind: 'edited' };
      replace(line, cursor, cursor, key);
      return line.cursor === line.text.length ? { kind: 'text', text: key } : { kind: 'edited' };
    case 'enter':
    case 'interrupt':
    case 'clear':
    case 'complete':
    case 'prefix':
      return { kind: name };
    case 'end-of-file':
      if (text === '') return { kind: name };
      replace(line, cursor, cursor + letterAfter(text, cursor));
      return { kind: 'edited' };
    case 'up':
    case 'down':
      return { kind: recall(line, history, name === 'up' ? -1 : 1) ? 'edited' : 'bell' };
    case 'left':
      line.cursor -= letterBefore(text, cursor);
      break;
    case 'right':
      line.cursor += letterAfter(text, cursor);
      break;
    case 'word-left':
      line.cursor = wordStart(text, cursor);
      break;
    case 'word-right':
      line.cursor = wordEnd(text, cursor);
      break;
    case 'home':
      line.cursor = 0;
      break;
    case 'end':
      line.cursor = text.length;
      break;
    case 'backspace':
      if (cursor === 0) return { kind: 'bell' };
      replace(line, cursor - letterBefore(text, cursor), cursor);
      break;
    case 'delete':
      replace(line, cursor, cursor + letterAfter(text, cursor));
      break;
    case 'cut-start':
      line.cut = text.slice(0, cursor);
      replace(line, 0, cursor);
      break;
    case 'cut-end':
      line.cut = text.slice(cursor);
      replace(line, cursor, text.length);
      break;
    case 'cut-word':
      line.cut = text.slice(wordStart(text, cursor), cursor);
      replace(line, wordStart(text, cursor), cursor);
      break;
    case 'paste':
      replace(line, cursor, cursor, line.cut);
      break;
    default:
  }
  return { kind: 'edited' };
}

/** Draws prompt and line anew, over `before`, however many rows they take. */
export function redraw(before: { text: string; cursor: number }, line: EditedLine, prompt: string, promptCells: number, columns: number): string {
  const row = (width: number): number => Math.floor(width / columns);
  const at = (text: string, cursor: number): number => promptCells + cells(text.slice(0, cursor));
  const up = row(at(before.text, before.cursor));
  const end = promptCells + cells(line.text);
  const rows = Math.max(row(promptCells + cells(before.text)), row(end));
  const target = at(line.text, line.cursor);
  const wrap = end % columns === 0 && end > 0 ? ' \r' : '';
  const back = row(end) - row(target);
  return (
    `${up > 0 ? `\u001b[${String(up)}A` : ''}\r${rows > 0 ? '\u001b[J' : '\u001b[K'}${prompt}${line.text}${wrap}` +
    `${back > 0 ? `\u001b[${String(back)}A` : ''}\r${target % columns > 0 ? `\u001b[${String(target % columns)}C` : ''}`
  );
}
