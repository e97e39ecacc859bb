/**
 * The grammar of the manager's filter language (SES-C03, data.md "Mini-language"): `field op value`, `&`, `|`, `!`,
 * `( )`. There is no precedence: like the manager's own parser each operator takes everything to its right, so
 * `a | b & c` is `a | (b & c)`, `a & b | c` is `a & (b | c)` and `!a & b` is `!(a & b)`.
 */
import { CNAME, END, Reader, shownToken } from './minilang';
import type { Token } from './minilang';

export type Literal = string | number | boolean | null;
export type Value = Literal | Value[];

export type Node =
  | { type: 'not'; of: Node }
  | { type: 'combine'; op: '&' | '|'; left: Node; right: Node }
  | { type: 'compare'; field: string; op: string; value: Value };

const TERMINALS = {
  CNAME,
  // Any character after a backslash belongs to the pair; a line end inside is not allowed.
  ESCAPED_STRING: /"(?:[^"\\\n]|\\[^\n])*"/y,
  SIGNED_NUMBER: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y,
  BINARY_OP: /contains|isnot|ilike|like|==|!=|>=|<=|in|is|>|</y,
  ATOM: /false|null|true/y,
  COMBINE_OP: /[&|]/y,
  UNARY_OP: /!/y,
  LPAR: /\(/y,
  RPAR: /\)/y,
  LSQB: /\[/y,
  RSQB: /\]/y,
  COMMA: /,/y,
};

const OPERAND = ['CNAME', 'LPAR', 'UNARY_OP'];
const VALUE = ['LSQB', 'ESCAPED_STRING', 'ATOM', 'SIGNED_NUMBER'];
/** What the parser's lexer reads behind a value, and behind a closed parenthesis, wherever that stands. */
const BEHIND_VALUE = ['COMBINE_OP', 'COMMA', 'RPAR', 'RSQB'];
const BEHIND_PARENTHESIS = ['COMBINE_OP', 'RPAR'];
const ATOMS: Readonly<Record<string, Literal>> = { null: null, true: true, false: false };

/** Parses the text only; field names are checked when the filter meets a table. */
export function parseFilter(source: string): Node {
  const reader = new Reader('filter', source, TERMINALS);

  function number(token: Token): number {
    if (!token.text.includes('.') && /e/i.test(token.text)) {
      throw reader.ruleError('number', `invalid literal for int() with base 10: ${shownToken(token)}`);
    }
    return Number(token.text);
  }

  function value(token: Token): Value {
    switch (token.kind) {
      case 'LSQB':
        return array();
      case 'ATOM':
        return ATOMS[token.text] ?? null;
      case 'SIGNED_NUMBER':
        return number(token);
      default:
        // Only \" is unescaped; other backslashes stay (they matter to like and ilike).
        return token.text.slice(1, -1).replaceAll('\\"', '"');
    }
  }

  function array(): Value[] {
    const items: Value[] = [];
    let token = reader.next([...VALUE, 'RSQB']);
    while (token.kind !== 'RSQB') {
      items.push(value(token));
      if (reader.next(['COMMA', 'RSQB'], BEHIND_VALUE).kind === 'RSQB') break;
      token = reader.next(VALUE);
    }
    return items;
  }

  /** Up to and with what closes it. */
  function expression(close: string): Node {
    const token = reader.next(OPERAND);
    if (token.kind === 'UNARY_OP') return { type: 'not', of: expression(close) };
    const left: Node =
      token.kind === 'LPAR'
        ? expression('RPAR')
        : { type: 'compare', field: token.text, op: reader.next(['BINARY_OP']).text, value: value(reader.next(VALUE)) };
    const next = reader.next(['COMBINE_OP', close], token.kind === 'LPAR' ? BEHIND_PARENTHESIS : BEHIND_VALUE);
    if (next.kind === close) return left;
    return { type: 'combine', op: next.text === '&' ? '&' : '|', left, right: expression(close) };
  }

  return expression(END);
}
