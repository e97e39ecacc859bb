/** Tables are no part of plain Markdown; this finds those that people write between its paragraphs. */

export type Align = 'left' | 'center' | 'right' | undefined;

export interface Table {
  head: string[];
  align: Align[];
  /** Each as long as the head. */
  rows: string[][];
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
const delimiter = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** The text in its order: Markdown as it stands, and tables taken out of it. Code blocks keep their bars. */
export function splitTables(text: string): (string | Table)[] {
  const parts: (string | Table)[] = [];
  const lines = text.split(/\r?\n/);
  let plain: string[] = [];
  let open: string | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const mark = fence.exec(line)?.[1];
    if (mark && open === null) open = mark;
    else if (mark && open !== null && mark.startsWith(open) && line.trim() === mark) open = null;
    const table = open === null ? tableAt(lines, at) : null;
    if (!table) {
      plain.push(line);
      continue;
    }
    parts.push(plain.join('\n'), table);
    plain = [];
    at += table.rows.length + 1;
  }
  parts.push(plain.join('\n'));
  return parts.filter((part) => typeof part !== 'string' || part.trim() !== '');
}

function tableAt(lines: string[], at: number): Table | null {
  const [first = '', second = ''] = lines.slice(at, at + 2);
  if (!first.includes('|') || !second.includes('|') || !delimiter.test(second) || /^(\t| {4})/.test(first)) return null;
  const head = cellsOf(first);
  const marks = cellsOf(second);
  if (marks.length !== head.length) return null;
  const rows: string[][] = [];
  for (const line of lines.slice(at + 2)) {
    if (!line.includes('|')) break;
    const cells = cellsOf(line);
    rows.push(head.map((_, column) => cells[column] ?? ''));
  }
  return { head, align: marks.map(alignOf), rows };
}

/** A bar with a backslash before it belongs to the text. */
function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

function alignOf(mark: string): Align {
  if (mark.startsWith(':')) return mark.endsWith(':') ? 'center' : 'left';
  return mark.endsWith(':') ? 'right' : undefined;
}
