/** The pieces of a shell's text: words with their quoting, and operators. */

export interface Part {
  text: string;
  /** `'`: as it stands; `"`: expanded in one piece; nothing: expanded, split and matched against file names. */
  quote: '' | "'" | '"';
}
export type Word = Part[];

/** `more`: the text stops in the middle of something, a prompt would ask for the rest. */
export class ShellSyntaxError extends Error {
  constructor(
    message: string,
    readonly more: boolean,
  ) {
    super(message);
    this.name = 'ShellSyntaxError';
  }
}

export type Token = { kind: 'word'; word: Word; bare: string | null } | { kind: 'op'; text: string; fd: string } | { kind: 'end' };

const OPERATORS = ['&>>', '<<<', '&&', '||', ';;', '>>', '<<', '&>', '>&', '<&', '|', ';', '&', '(', ')', '<', '>', '\n'];

function unfinished(what: string): ShellSyntaxError {
  return new ShellSyntaxError(`unexpected EOF while looking for matching \`${what}'`, true);
}

/** The end of `$(…)` and `${…}`: the place after the closing bracket. */
export function closing(text: string, start: number, open: string, close: string): number {
  let depth = 1;
  let quote = '';
  for (let i = start; i < text.length; i += 1) {
    const letter = text[i] ?? '';
    if (letter === '\\' && quote !== "'") i += 1;
    else if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === open) depth += 1;
    else if (letter === close) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  throw unfinished(close);
}

/** `\n`, `\t`, `\033`, `\x1b` … as `echo -e`, `printf` and `$'…'` read them. */
export function unescapeText(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{1,2})|0?([0-7]{1,3})|([\\abefnrtv'"]))/g, (_m, hex, octal, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(String(hex), 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(String(octal), 8));
    const known: Record<string, string> = { a: '\u0007', b: '\b', e: '\u001b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
    return known[String(letter)] ?? String(letter);
  });
}

export class Lexer {
  readonly tokens: Token[] = [];
  private at = 0;
  private readonly pending: { word: Word; strip: boolean }[] = [];

  constructor(private readonly text: string) {
    while (this.at < text.length) this.next();
    if (this.pending.length > 0) throw new ShellSyntaxError('here-document delimited by end-of-file', true);
    this.tokens.push({ kind: 'end' });
  }

  private next(): void {
    const { text } = this;
    const letter = text[this.at] ?? '';
    if (letter === ' ' || letter === '\t' || letter === '\r') {
      this.at += 1;
      return;
    }
    if (letter === '\\' && text[this.at + 1] === '\n') {
      this.at += 2;
      return;
    }
    if (letter === '#') {
      while (this.at < text.length && text[this.at] !== '\n') this.at += 1;
      return;
    }
    const fd = /^[012](?=[<>])/.exec(text.slice(this.at, this.at + 2))?.[0] ?? '';
    const operator = OPERATORS.find((one) => text.startsWith(one, this.at + fd.length));
    if (operator !== undefined) {
      this.at += fd.length + operator.length;
      this.tokens.push({ kind: 'op', text: operator, fd });
      if (operator === '\n') this.hereDocuments();
      if (operator === '<<') this.hereDelimiter();
      return;
    }
    this.word();
  }

  private hereDelimiter(): void {
    const strip = this.text[this.at] === '-';
    if (strip) this.at += 1;
    while (this.text[this.at] === ' ') this.at += 1;
    this.word();
    const token = this.tokens.at(-1);
    if (token?.kind !== 'word') throw new ShellSyntaxError("syntax error near unexpected token `newline'", false);
    this.pending.push({ word: token.word, strip });
  }

  private hereDocuments(): void {
    for (const { word, strip } of this.pending.splice(0)) {
      const end = word.map((part) => part.text).join('');
      const quoted = word.some((part) => part.quote !== '');
      const lines: string[] = [];
      for (;;) {
        if (this.at >= this.text.length) throw new ShellSyntaxError('here-document delimited by end-of-file', true);
        const stop = this.text.indexOf('\n', this.at);
        const raw = stop < 0 ? this.text.slice(this.at) : this.text.slice(this.at, stop);
        this.at = stop < 0 ? this.text.length : stop + 1;
        const line = strip ? raw.replace(/^\t+/, '') : raw;
        if (line === end) break;
        lines.push(`${line}\n`);
      }
      word.splice(0, word.length, { text: lines.join(''), quote: quoted ? "'" : '"' });
    }
  }

  private word(): void {
    const { text } = this;
    const word: Word = [];
    let bare = '';
    const flush = (): void => {
      if (bare !== '') word.push({ text: bare, quote: '' });
      bare = '';
    };
    while (this.at < text.length && !/[\s;&|<>()]/.test(text[this.at] ?? '')) {
      const letter = text[this.at] ?? '';
      if (letter === "'" || (letter === '$' && text[this.at + 1] === "'")) {
        flush();
        const start = letter === "'" ? this.at + 1 : this.at + 2;
        let end = text.indexOf("'", start);
        while (letter === '$' && end > 0 && text[end - 1] === '\\') end = text.indexOf("'", end + 1);
        if (end < 0) throw unfinished("'");
        const inside = text.slice(start, end);
        word.push({ text: letter === '$' ? unescapeText(inside) : inside, quote: "'" });
        this.at = end + 1;
      } else if (letter === '"') {
        flush();
        const end = this.doubleEnd(this.at + 1);
        word.push({ text: text.slice(this.at + 1, end), quote: '"' });
        this.at = end + 1;
      } else if (letter === '\\') {
        if (text[this.at + 1] !== '\n') {
          flush();
          if (this.at + 1 >= text.length) throw new ShellSyntaxError('unexpected end of file', true);
          word.push({ text: text[this.at + 1] ?? '', quote: "'" });
        }
        this.at += 2;
      } else {
        const end = this.expansionEnd(this.at);
        bare += text.slice(this.at, end);
        this.at = end;
      }
    }
    flush();
    const [only] = word;
    this.tokens.push({ kind: 'word', word, bare: word.length === 1 && only?.quote === '' ? only.text : null });
  }

  /** After `$(…)`, `${…}` or a backtick's pair; one letter further otherwise. */
  private expansionEnd(at: number): number {
    const { text } = this;
    if (text.startsWith('$(', at)) return closing(text, at + 2, '(', ')');
    if (text.startsWith('${', at)) return closing(text, at + 2, '{', '}');
    if (text[at] !== '`') return at + 1;
    const end = text.indexOf('`', at + 1);
    if (end < 0) throw unfinished('`');
    return end + 1;
  }

  private doubleEnd(start: number): number {
    let i = start;
    while (i < this.text.length) {
      const letter = this.text[i];
      if (letter === '"') return i;
      i = letter === '\\' ? i + 2 : this.expansionEnd(i);
    }
    throw unfinished('"');
  }
}
