/** What bash makes of a text: enough of the language for startup commands and for what people type. */
import { Lexer, ShellSyntaxError } from './lexer';
import type { Token, Word } from './lexer';

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

const REDIRECTS = new Set(['>', '>>', '<', '<<', '<<<', '&>', '&>>', '>&', '<&']);
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
