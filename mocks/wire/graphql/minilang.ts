/** What the manager's two small languages share: a lexer that takes only what may come next, and its words (SES-C03). */

export class QueryFilterError extends Error {}

export interface Token {
  kind: string;
  text: string;
  at: number;
}

/** Pieces of a language in the order in which a text is tried against them. */
export type Terminals = Readonly<Record<string, RegExp>>;

export const END = '$END';
export const CNAME = /[A-Za-z_]\w*/y;

/** A value as Python shows it. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  if (value.includes("'") && !value.includes('"')) return `"${value.replaceAll('\\', '\\\\')}"`;
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function shownToken({ kind, text }: Token): string {
  return `Token(${shown(kind)}, ${shown(text)})`;
}

export class Reader {
  private at = 0;
  private last: Token | null = null;

  constructor(
    private readonly language: 'filter' | 'ordering',
    private readonly source: string,
    private readonly terminals: Terminals,
  ) {}

  /** The next piece, one of the expected; what else is `read` here is understood and refused. */
  next(expected: readonly string[], read: readonly string[] = []): Token {
    while (' \t\f\r\n'.includes(this.source.charAt(this.at)) && this.at < this.source.length) this.at += 1;
    if (this.at >= this.source.length) {
      const end = { kind: END, text: '', at: this.last?.at ?? 0 };
      if (!expected.includes(END)) this.refuseToken(end, expected, '');
      return end;
    }
    const token = this.match(expected);
    if (token) {
      this.at += token.text.length;
      this.last = token;
      return token;
    }
    const misplaced = this.match(read);
    if (misplaced) this.refuseToken(misplaced, expected, '');
    const other = this.match(Object.keys(this.terminals));
    if (other) this.refuseToken(other, expected, `Previous tokens: [${this.last ? shownToken(this.last) : 'None'}]\n`);
    return this.refuseCharacter([...new Set([...expected, ...read])].filter((kind) => kind !== END));
  }

  private match(kinds: readonly string[]): Token | null {
    for (const [kind, pattern] of Object.entries(this.terminals)) {
      if (!kinds.includes(kind)) continue;
      pattern.lastIndex = this.at;
      const text = pattern.exec(this.source)?.[0];
      if (text !== undefined) return { kind, text, at: this.at };
    }
    return null;
  }

  private place(at: number): { line: number; column: number } {
    const before = this.source.slice(0, at);
    return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
  }

  private refuseToken(token: Token, expected: readonly string[], previous: string): never {
    const { line, column } = this.place(token.at);
    const list = expected.map((kind) => `\t* ${kind}\n`).join('');
    throw this.error(`Unexpected token ${shownToken(token)} at line ${String(line)}, column ${String(column)}.\nExpected one of: \n${list}${previous}`);
  }

  private refuseCharacter(expected: readonly string[]): never {
    const { line, column } = this.place(this.at);
    const before = this.source.slice(Math.max(0, this.at - 40), this.at).split('\n').at(-1) ?? '';
    const after = this.source.slice(this.at, this.at + 40).split('\n')[0] ?? '';
    const character = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    const list = expected.map((kind) => `\t* ${kind}\n`).join('');
    const previous = this.last ? `\nPrevious tokens: ${shownToken(this.last)}\n` : '';
    throw this.error(
      `No terminal matches '${character}' in the current parser context, at line ${String(line)} col ${String(column)}\n\n` +
        `${before}${after}\n${' '.repeat(before.length)}^\nExpected one of: \n${list}${previous}`,
    );
  }

  /** A rule that fails while the text is worked out. */
  ruleError(rule: string, detail: string): QueryFilterError {
    return ruleError(this.language, rule, detail);
  }

  private error(detail: string): QueryFilterError {
    return new QueryFilterError(`Query ${this.language} parsing error: ${detail}`);
  }
}

/** The manager's own wording for a rule that fails inside its parser (as in the recordings). */
export function ruleError(language: 'filter' | 'ordering', rule: string, detail: string): QueryFilterError {
  return new QueryFilterError(`Query ${language} parsing error: Error trying to process rule "${rule}":\n\n${detail}`);
}
