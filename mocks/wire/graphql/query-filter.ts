/**
 * The manager's filter mini-language (SES-C03, data.md "Mini-language"): `field op value`, `&`, `|`, `!`, `( )`.
 * There is no precedence: like the manager's own parser each operator takes everything to its right, so
 * `a | b & c` is `a | (b & c)`, `a & b | c` is `a & (b | c)` and `!a & b` is `!(a & b)`.
 */

export type FieldKind = 'text' | 'number' | 'date' | 'bool' | 'list' | { enum: readonly string[] };

export interface FieldSpec<Row> {
  kind: FieldKind;
  get: (row: Row) => unknown;
}

export type FieldTable<Row> = Readonly<Record<string, FieldSpec<Row>>>;

/** SQL truth: a comparison with NULL is neither true nor false. */
type Truth = boolean | null;
type Test<Row> = (row: Row) => Truth;

type Literal = string | number | boolean | null;
type Value = Literal | Literal[];

type Node =
  | { type: 'not'; of: Node }
  | { type: 'combine'; op: '&' | '|'; left: Node; right: Node }
  | { type: 'compare'; field: string; op: string; value: Value };

export class QueryFilterError extends Error {}

const OPERATORS = ['==', '!=', '>=', '<=', '>', '<', 'contains', 'isnot', 'ilike', 'like', 'in', 'is'] as const;

interface Token {
  kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  text: string;
  at: number;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    if (rest.startsWith('"')) {
      // Any character after a backslash belongs to the pair; a line end inside is not allowed.
      const text = /^"((?:[^"\\\n]|\\[^\n])*)"/.exec(rest);
      if (!text) throw syntaxError(source, '"', at);
      // Only \" is unescaped; other backslashes stay (they matter to like and ilike).
      tokens.push({ kind: 'string', text: (text[1] ?? '').replaceAll('\\"', '"'), at });
      at += text[0].length;
      continue;
    }
    const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/.exec(rest);
    if (number) {
      tokens.push({ kind: 'number', text: number[0], at });
      at += number[0].length;
      continue;
    }
    const name = /^[A-Za-z_]\w*/.exec(rest);
    if (name) {
      tokens.push({ kind: 'name', text: name[0], at });
      at += name[0].length;
      continue;
    }
    const symbol = /^(?:==|!=|>=|<=|[<>&|!()[\],])/.exec(rest);
    if (!symbol) throw syntaxError(source, rest.charAt(0), at);
    tokens.push({ kind: 'symbol', text: symbol[0], at });
    at += symbol[0].length;
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return tokens;
}

function syntaxError(source: string, found: string, at: number): QueryFilterError {
  const what = at >= source.length ? "Unexpected token Token('$END', '')" : `No terminal matches '${found}' in the current parser context,`;
  return new QueryFilterError(`Query filter parsing error: ${what} at line 1 col ${at + 1}\n\n${source}\n${' '.repeat(at)}^\n`);
}

/** Parses the text only; field names are checked when the filter meets a table. */
export function parseFilter(source: string): Node {
  const tokens = tokenize(source);
  let index = 0;
  const peek = (): Token => tokens[index] as Token;
  const fail = (): never => {
    const token = peek();
    throw syntaxError(source, token.text, token.at);
  };
  const take = (text: string): void => {
    if (peek().kind !== 'symbol' || peek().text !== text) fail();
    index += 1;
  };

  function literal(): Literal {
    const token = peek();
    index += 1;
    if (token.kind === 'string') return token.text;
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'name') {
      if (token.text === 'null') return null;
      if (token.text === 'true') return true;
      if (token.text === 'false') return false;
    }
    index -= 1;
    return fail();
  }

  function value(): Value {
    if (peek().kind !== 'symbol' || peek().text !== '[') return literal();
    take('[');
    const items: Literal[] = [];
    while (!(peek().kind === 'symbol' && peek().text === ']')) {
      items.push(literal());
      if (peek().kind === 'symbol' && peek().text === ',') index += 1;
      else break;
    }
    take(']');
    return items;
  }

  function operator(): string {
    const token = peek();
    const known = (token.kind === 'symbol' || token.kind === 'name') && (OPERATORS as readonly string[]).includes(token.text);
    if (!known) fail();
    index += 1;
    return token.text;
  }

  function expression(): Node {
    const token = peek();
    if (token.kind === 'symbol' && token.text === '!') {
      index += 1;
      return { type: 'not', of: expression() };
    }
    let left: Node;
    if (token.kind === 'symbol' && token.text === '(') {
      index += 1;
      left = expression();
      take(')');
    } else if (token.kind === 'name') {
      index += 1;
      left = { type: 'compare', field: token.text, op: operator(), value: value() };
    } else {
      return fail();
    }
    const next = peek();
    if (next.kind === 'symbol' && (next.text === '&' || next.text === '|')) {
      index += 1;
      return { type: 'combine', op: next.text, left, right: expression() };
    }
    return left;
  }

  const tree = expression();
  if (peek().kind !== 'end') fail();
  return tree;
}

/** The manager's own wording for a rule that fails inside its parser (as in the recordings). */
function ruleError(detail: string): QueryFilterError {
  return new QueryFilterError(`Query filter parsing error: Error trying to process rule "binary_expr":\n\n${detail}`);
}

/** SQL LIKE: `%` any text, `_` one character, one backslash takes the next character literally. */
export function likePattern(pattern: string, ignoreCase: boolean): RegExp {
  let source = '';
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] as string;
    if (character === '%') source += '.*';
    else if (character === '_') source += '.';
    else if (character === '\\' && i + 1 < characters.length) {
      i += 1;
      source += escapeRegExp(characters[i] as string);
    } else source += escapeRegExp(character);
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'isu' : 'su');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Turns a literal into what the field's values are compared with; refuses what the database would refuse. */
function convert(field: string, kind: FieldKind, value: Literal): Literal {
  if (value === null) return null;
  if (typeof kind === 'object') {
    const text = String(value);
    const hit = kind.enum.find((name) => name.toLowerCase() === text.toLowerCase().replaceAll('-', '_') || name.toLowerCase() === text.toLowerCase());
    if (hit === undefined) throw ruleError(`Expected one of (${kind.enum.join(', ')}), got ${text}`);
    return hit;
  }
  if (kind === 'number') {
    if (typeof value !== 'number') throw new QueryFilterError(`invalid input for query argument: '${String(value)}' ('${typeof value}' object cannot be interpreted as an integer)`);
    return value;
  }
  if (kind === 'bool') {
    if (typeof value === 'boolean') return value;
    throw new QueryFilterError(`invalid input for query argument: '${String(value)}' (a boolean is required)`);
  }
  if (kind === 'date') {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(time)) throw ruleError(`ParserError('Unknown string format: %s', '${String(value)}') in ${field}`);
    return time;
  }
  return typeof value === 'string' ? value : String(value);
}

function normalise(kind: FieldKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'date') return typeof value === 'number' ? value : Date.parse(String(value));
  if (typeof kind === 'object') return String(value);
  return value;
}

function compileCompare<Row>(table: FieldTable<Row>, node: Extract<Node, { type: 'compare' }>): Test<Row> {
  const spec = Object.hasOwn(table, node.field) ? table[node.field] : undefined;
  if (!spec) throw ruleError(`('Unknown/unsupported field name', '${node.field}')`);
  const { kind, get } = spec;
  const read = (row: Row): unknown => normalise(kind, get(row));

  if (node.op === 'in') {
    const list = Array.isArray(node.value) ? node.value : [node.value];
    if (kind === 'list') {
      const wanted = new Set(list.map(String));
      return (row) => ((read(row) as unknown[] | null) ?? []).some((item) => wanted.has(String(item)));
    }
    const wanted = new Set<unknown>(list.map((item) => convert(node.field, kind, item)));
    return (row) => {
      const value = read(row);
      return value === null ? null : wanted.has(value);
    };
  }
  if (Array.isArray(node.value)) throw ruleError(`('Unsupported list value', '${node.field}')`);

  if (node.op === 'is' || node.op === 'isnot') {
    const wanted = convert(node.field, node.value === null ? 'text' : kind, node.value);
    const positive = node.op === 'is';
    return (row) => (read(row) === wanted) === positive;
  }
  if (kind === 'list') {
    const wanted = String(node.value);
    const pattern = node.op === 'like' || node.op === 'ilike' ? likePattern(wanted, node.op === 'ilike') : null;
    return (row) => {
      const items = ((read(row) as unknown[] | null) ?? []).map(String);
      const hit = pattern ? items.some((item) => pattern.test(item)) : items.includes(wanted);
      return node.op === '!=' ? !hit : hit;
    };
  }
  if (node.op === 'like' || node.op === 'ilike' || node.op === 'contains') {
    if (kind === 'number' || kind === 'date' || kind === 'bool') {
      throw new QueryFilterError(`operator does not exist: ${node.field} ~~ character varying`);
    }
    const text = String(node.value);
    const pattern = node.op === 'contains' ? null : likePattern(text, node.op === 'ilike');
    return (row) => {
      const value = read(row);
      if (value === null) return null;
      return pattern ? pattern.test(String(value)) : String(value).includes(text);
    };
  }
  // `== null` is SQL's IS NULL, as the manager's query builder writes it.
  if (node.value === null) {
    if (node.op === '==') return (row) => read(row) === null;
    if (node.op === '!=') return (row) => read(row) !== null;
    return () => null;
  }
  const wanted = convert(node.field, kind, node.value) as string | number | boolean;
  const compare = (check: (value: string | number | boolean) => boolean): Test<Row> => {
    return (row) => {
      const value = read(row);
      return value === null ? null : check(value as string | number | boolean);
    };
  };
  switch (node.op) {
    case '==':
      return compare((value) => value === wanted);
    case '!=':
      return compare((value) => value !== wanted);
    case '>':
      return compare((value) => value > wanted);
    case '>=':
      return compare((value) => value >= wanted);
    case '<':
      return compare((value) => value < wanted);
    default:
      return compare((value) => value <= wanted);
  }
}

function compileNode<Row>(table: FieldTable<Row>, node: Node): Test<Row> {
  if (node.type === 'compare') return compileCompare(table, node);
  if (node.type === 'not') {
    const inner = compileNode(table, node.of);
    return (row) => {
      const value = inner(row);
      return value === null ? null : !value;
    };
  }
  const left = compileNode(table, node.left);
  const right = compileNode(table, node.right);
  if (node.op === '&') {
    return (row) => {
      const a = left(row);
      if (a === false) return false;
      const b = right(row);
      return b === false ? false : a === null || b === null ? null : true;
    };
  }
  return (row) => {
    const a = left(row);
    if (a === true) return true;
    const b = right(row);
    return b === true ? true : a === null || b === null ? null : false;
  };
}

/** Compiles a filter once; the result is run over every row. An absent or empty filter keeps all. */
export function compileFilter<Row>(table: FieldTable<Row>, source: string | null | undefined): (row: Row) => boolean {
  if (source === null || source === undefined || source.trim() === '') return () => true;
  const test = compileNode(table, parseFilter(source));
  return (row) => test(row) === true;
}
