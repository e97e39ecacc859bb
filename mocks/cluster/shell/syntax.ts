/** What bash makes of a text: enough of the language for startup commands and for what people type. */

export interface Part {
  text: string;
  /** `'`: as it stands; `"`: expanded in one piece; nothing: expanded, split and matched against file names. */
  quote: '' | "'" | '"';
}
export type Word = Part[];

export interface Redirect {
  fd: 0 | 1 | 2 | 'both';
  mode: 'write' | 'append' | 'read' | 'text' | 'copy';
  target: Word;
}

export type Command =
  | { kind: 'simple'; assignments: { name: string; value: Word }[]; words: Word[]; redirects: Redirect[] }
  | { kind: 'for'; name: string; words: Word[]; body: List; redirects: Redirect[] }
  | { kind: 'while'; until: boolean; test: List; body: List; redirects: Redirect[] }
  | { kind: 'if'; branches: { test: List; body: List }[]; otherwise: List | null; redirects: Redirect[] }
  | { kind: 'group'; body: List; subshell: boolean; redirects: Redirect[] };

export interface Pipeline {
  negate: boolean;
  commands: Command[];
}
/** `a && b || c`, in order; the operator stands before its pipeline. */
export interface Chain {
  parts: { when: '' | '&&' | '||'; pipeline: Pipeline }[];
  background: boolean;
}
export type List = Chain[];

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

type Token = { kind: 'word'; word: Word; bare: string | null } | { kind: 'op'; text: string; fd: string } | { kind: 'end' };

const OPERATORS = ['&>>', '<<<', '&&', '||', ';;', '>>', '<<', '&>', '>&', '<&', '|', ';', '&', '(', ')', '<', '>', '\n'];
const REDIRECTS = new Set(['>', '>>', '<', '<<', '<<<', '&>', '&>>', '>&', '<&']);

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

class Lexer {
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

const RESERVED_ENDS = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', '}', 'esac']);

class Parser {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  /** A method, so that the compiler does not take it for the same one after a step. */
  private token(): Token {
    return this.tokens[this.at] ?? { kind: 'end' };
  }

  private isOp(...texts: string[]): boolean {
    const token = this.token();
    return token.kind === 'op' && texts.includes(token.text);
  }

  private isWord(text: string): boolean {
    const token = this.token();
    return token.kind === 'word' && token.bare === text;
  }

  private newlines(): void {
    while (this.isOp('\n', ';')) this.at += 1;
  }

  private unexpected(): ShellSyntaxError {
    const token = this.token();
    if (token.kind === 'end') return new ShellSyntaxError('syntax error: unexpected end of file', true);
    const name = token.kind === 'op' ? (token.text === '\n' ? 'newline' : token.text) : token.word.map((part) => part.text).join('');
    return new ShellSyntaxError(`syntax error near unexpected token \`${name}'`, false);
  }

  private expect(text: string): void {
    if (!this.isWord(text) && !this.isOp(text)) throw this.unexpected();
    this.at += 1;
  }

  program(): List {
    const list = this.list();
    if (this.token().kind !== 'end') throw this.unexpected();
    return list;
  }

  private list(): List {
    const list: List = [];
    this.newlines();
    while (!this.listEnds()) {
      const chain = this.chain();
      if (this.isOp('&')) {
        chain.background = true;
        this.at += 1;
      } else if (!this.isOp(';', '\n') && !this.listEnds()) {
        throw this.unexpected();
      }
      list.push(chain);
      this.newlines();
    }
    return list;
  }

  private listEnds(): boolean {
    const token = this.token();
    return token.kind === 'end' || this.isOp(')') || (token.kind === 'word' && token.bare !== null && RESERVED_ENDS.has(token.bare));
  }

  private chain(): Chain {
    const parts: Chain['parts'] = [{ when: '', pipeline: this.pipeline() }];
    while (this.isOp('&&', '||')) {
      const when = this.isOp('&&') ? '&&' : '||';
      this.at += 1;
      while (this.isOp('\n')) this.at += 1;
      parts.push({ when, pipeline: this.pipeline() });
    }
    return { parts, background: false };
  }

  private pipeline(): Pipeline {
    const negate = this.isWord('!');
    if (negate) this.at += 1;
    const commands = [this.command()];
    while (this.isOp('|')) {
      this.at += 1;
      while (this.isOp('\n')) this.at += 1;
      commands.push(this.command());
    }
    return { negate, commands };
  }

  private command(): Command {
    if (this.isOp('(')) {
      this.at += 1;
      const body = this.list();
      this.expect(')');
      return { kind: 'group', body, subshell: true, redirects: this.redirects() };
    }
    if (this.isWord('{')) {
      this.at += 1;
      const body = this.list();
      this.expect('}');
      return { kind: 'group', body, subshell: false, redirects: this.redirects() };
    }
    if (this.isWord('for')) return this.forLoop();
    if (this.isWord('while') || this.isWord('until')) return this.whileLoop();
    if (this.isWord('if')) return this.condition();
    return this.simple();
  }

  private forLoop(): Command {
    this.at += 1;
    const named = this.token();
    const name = named.kind === 'word' ? (named.bare ?? '') : '';
    if (!/^\w+$/.test(name)) throw this.unexpected();
    this.at += 1;
    const words: Word[] = [];
    if (this.isWord('in')) {
      this.at += 1;
      for (let token = this.token(); token.kind === 'word'; token = this.token()) {
        words.push(token.word);
        this.at += 1;
      }
    }
    this.newlines();
    return { kind: 'for', name, words, body: this.doBody(), redirects: this.redirects() };
  }

  private doBody(): List {
    this.expect('do');
    const body = this.list();
    this.expect('done');
    return body;
  }

  private whileLoop(): Command {
    const until = this.isWord('until');
    this.at += 1;
    const test = this.list();
    return { kind: 'while', until, test, body: this.doBody(), redirects: this.redirects() };
  }

  private condition(): Command {
    const branches: { test: List; body: List }[] = [];
    let otherwise: List | null = null;
    do {
      this.at += 1;
      const test = this.list();
      this.expect('then');
      branches.push({ test, body: this.list() });
    } while (this.isWord('elif'));
    if (this.isWord('else')) {
      this.at += 1;
      otherwise = this.list();
    }
    this.expect('fi');
    return { kind: 'if', branches, otherwise, redirects: this.redirects() };
  }

  private redirects(): Redirect[] {
    const found: Redirect[] = [];
    for (let sign = this.token(); sign.kind === 'op' && REDIRECTS.has(sign.text); sign = this.token()) {
      this.at += 1;
      const target = this.token();
      if (target.kind !== 'word') throw this.unexpected();
      this.at += 1;
      found.push(redirect(sign.text, sign.fd, target.word, target.bare));
    }
    return found;
  }

  private simple(): Command {
    const command: Command = { kind: 'simple', assignments: [], words: [], redirects: [] };
    for (;;) {
      const found = this.redirects();
      command.redirects.push(...found);
      const token = this.token();
      if (token.kind !== 'word') {
        if (found.length > 0) continue;
        break;
      }
      const assignment = command.words.length === 0 ? assigned(token.word) : null;
      if (assignment) command.assignments.push(assignment);
      else command.words.push(token.word);
      this.at += 1;
    }
    if (command.words.length + command.assignments.length + command.redirects.length === 0) throw this.unexpected();
    return command;
  }
}

function redirect(text: string, fd: string, target: Word, bare: string | null): Redirect {
  if (text === '<') return { fd: 0, mode: 'read', target };
  if (text === '<<') return { fd: 0, mode: 'text', target };
  if (text === '<<<') return { fd: 0, mode: 'text', target: [...target, { text: '\n', quote: "'" }] };
  if (text === '&>' || text === '&>>') return { fd: 'both', mode: text === '&>' ? 'write' : 'append', target };
  const from = fd === '2' ? 2 : 1;
  if (text === '>&' && bare !== null && /^[12]$/.test(bare)) return { fd: from, mode: 'copy', target };
  return { fd: text === '>&' ? 'both' : from, mode: text === '>>' ? 'append' : 'write', target };
}

function assigned(word: Word): { name: string; value: Word } | null {
  const [first, ...rest] = word;
  const match = first?.quote === '' ? /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(first.text) : null;
  if (!match) return null;
  return { name: match[1] ?? '', value: [{ text: match[2] ?? '', quote: '' }, ...rest] };
}

export function parse(text: string): List {
  return new Parser(new Lexer(text).tokens).program();
}
