/** What a filter (SES-C03) means over a table: conversion of its values, and SQL's answers to its comparisons. */
import { QueryFilterError, ruleError, shown } from './minilang';
import { parseFilter } from './query-parser';
import type { Literal, Node, Value } from './query-parser';

/** `names` are Python's; `byName`: managers before 25.7 take those alone, later ones the values. */
export interface EnumKind {
  enum: string;
  names: readonly string[];
  byName: boolean;
}

/** `history`: a moment that the database keeps as text, so that every comparison fails. `broken`: no such column. */
export type FieldKind = 'text' | 'uuid' | 'number' | 'date' | 'bool' | 'list' | 'history' | EnumKind | { broken: string };

export interface FieldSpec<Row> {
  kind: FieldKind;
  get: (row: Row) => unknown;
}

export type FieldTable<Row> = Readonly<Record<string, FieldSpec<Row>>>;

/** SQL truth: a comparison with NULL is neither true nor false. */
type Truth = boolean | null;
type Test<Row> = (row: Row) => Truth;

const invalid = (detail: string): QueryFilterError => ruleError('filter', 'binary_expr', detail);

const SQL_TYPES = { text: 'character varying', uuid: 'uuid', number: 'integer', date: 'timestamp with time zone', bool: 'boolean', history: 'text', enum: 'character varying' };
const SQL_OPERATORS: Readonly<Record<string, string>> = { '==': '=', '!=': '<>', like: '~~', ilike: '~~*', contains: '~~', in: '=' };
type Sort = keyof typeof SQL_TYPES;

function databaseError(driver: string, message: string): QueryFilterError {
  return new QueryFilterError(`(sqlalchemy.dialects.postgresql.asyncpg.ProgrammingError) <class 'asyncpg.exceptions.${driver}'>: ${message}`);
}

function noOperator(sort: Sort, op: string, other: string): QueryFilterError {
  const hint = 'HINT:  No operator matches the given name and argument types. You might need to add explicit type casts.';
  return databaseError('UndefinedFunctionError', `operator does not exist: ${SQL_TYPES[sort]} ${SQL_OPERATORS[op] ?? op} ${other}\n${hint}`);
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

/** One spelling of an enum's names and values: `single-node` and `SINGLE_NODE` are the same. */
function canonical(text: string): string {
  return text.toUpperCase().replaceAll('-', '_');
}

function toEnum(kind: EnumKind, value: Literal): string {
  if (kind.byName) {
    if (typeof value !== 'string') throw invalid(`${shown(typeof value)} object has no attribute 'upper'`);
    const hit = kind.names.find((name) => name === value || name === value.toUpperCase());
    if (hit === undefined) throw invalid(`expected one of \`${kind.names.join(', ')}\` or lower names; got \`${value}\``);
    return hit;
  }
  if (typeof value !== 'string') throw invalid('value must be a string');
  const name = canonical(value);
  if (!kind.names.includes(name)) throw invalid(`${shown(value)} is not a valid ${kind.enum}`);
  return name;
}

function toTime(value: Literal): number {
  if (typeof value !== 'string') {
    const name = value === null ? 'Null' : typeof value === 'boolean' ? `${value ? 'True' : 'False'}_` : Number.isInteger(value) ? 'int' : 'float';
    throw invalid(`Parser must be a string or character stream, not ${name}`);
  }
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw invalid(value.trim() === '' ? `String does not contain a date: ${value}` : `Unknown string format: ${value}`);
  return time;
}

/** What the manager makes of a literal before the database sees it; `null` is refused where it is read as a text. */
function convert(kind: FieldKind, value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => convert(kind, item));
  if (kind === 'date' || kind === 'history') return toTime(value);
  return typeof kind === 'object' && 'enum' in kind ? toEnum(kind, value) : value;
}

function sortOf(kind: FieldKind): Sort {
  if (typeof kind === 'object') return 'enum';
  return kind === 'list' ? 'text' : kind;
}

function otherType(value: Value): string {
  return typeof value === 'number' ? 'integer' : typeof value === 'boolean' ? 'boolean' : 'character varying';
}

const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** A value as the column's own; throws as driver and database do. */
function bound(sort: Sort, op: string, value: Value): string | number | boolean {
  if (sort === 'history') throw noOperator(sort, op, 'timestamp without time zone');
  if (sort === 'uuid' && typeof value === 'string') {
    if (!UUID.test(value)) throw new QueryFilterError('(builtins.ValueError) badly formed hexadecimal UUID string');
    return value.toLowerCase();
  }
  const wanted = sort === 'number' || sort === 'date' ? 'number' : sort === 'bool' ? 'boolean' : 'string';
  if (Array.isArray(value)) throw databaseError('DataError', `invalid input for query argument $1: a list (expected ${SQL_TYPES[sort]})`);
  if (typeof value !== wanted || value === null) throw noOperator(sort, op, otherType(value));
  return value;
}

function normalise(kind: FieldKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'date') return typeof value === 'number' ? value : Date.parse(String(value));
  return typeof kind === 'object' ? canonical(String(value)) : value;
}

/** `is` and `isnot` know null, true and false only. */
function compileIs(sort: Sort, op: string, value: Value): (given: unknown) => boolean {
  if (value !== null && typeof value !== 'boolean') throw databaseError('PostgresSyntaxError', 'syntax error at or near "$1"');
  if (value !== null && sort !== 'bool') {
    throw databaseError('DatatypeMismatchError', `argument of IS ${value ? 'TRUE' : 'FALSE'} must be type boolean, not type ${SQL_TYPES[sort]}`);
  }
  return (given) => (given === value) === (op === 'is');
}

function compileLike(sort: Sort, op: string, value: Value): (given: unknown) => Truth {
  if (value === null) return () => null;
  const text = bound(sort, op, value);
  if (sort !== 'text' && sort !== 'enum') throw noOperator(sort, op, SQL_TYPES[sort]);
  // `contains` escapes nothing: wildcards inside stay wildcards.
  const pattern = op === 'contains' ? likePattern(`%${String(text)}%`, false) : likePattern(String(text), op === 'ilike');
  return (given) => (given === null ? null : pattern.test(String(given)));
}

/** One comparison of a column's value, already normalised. */
function compileTest(sort: Sort, op: string, value: Value): (given: unknown) => Truth {
  if (op === 'in') {
    if (!Array.isArray(value)) {
      throw invalid(`IN expression list, SELECT construct, or bound parameter object expected, got ${shown(value)}.`);
    }
    const wanted = new Set<unknown>(value.filter((item) => item !== null).map((item) => bound(sort, op, item)));
    const unknown = value.includes(null);
    return (given) => (given === null ? null : wanted.has(given) || (unknown ? null : false));
  }
  if (op === 'is' || op === 'isnot') return compileIs(sort, op, value);
  if (op === 'like' || op === 'ilike' || op === 'contains') return compileLike(sort, op, value);
  if (value === null || typeof value === 'boolean') {
    // `== null` is written as IS NULL.
    if (value === null && op === '==') return (given) => given === null;
    if (value === null && op === '!=') return (given) => given !== null;
    if (op !== '==' && op !== '!=') {
      throw invalid("Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be used with None/True/False");
    }
  }
  const wanted = bound(sort, op, value);
  const compare = (check: (given: string | number | boolean) => boolean) => (given: unknown): Truth =>
    given === null ? null : check(given as string | number | boolean);
  switch (op) {
    case '==':
      return compare((given) => given === wanted);
    case '!=':
      return compare((given) => given !== wanted);
    case '>':
      return compare((given) => given > wanted);
    case '>=':
      return compare((given) => given >= wanted);
    case '<':
      return compare((given) => given < wanted);
    default:
      return compare((given) => given <= wanted);
  }
}

function compileCompare<Row>(table: FieldTable<Row>, node: Extract<Node, { type: 'compare' }>): Test<Row> {
  const spec = Object.hasOwn(table, node.field) ? table[node.field] : undefined;
  if (!spec) throw invalid(`('Unknown/unsupported field name', '${node.field}')`);
  const { kind, get } = spec;
  if (typeof kind === 'object' && 'broken' in kind) throw invalid(kind.broken);
  const test = compileTest(sortOf(kind), node.op, convert(kind, node.value));
  // Of a list one item that fits is enough, also for `!=`.
  if (kind === 'list') return (row) => ((get(row) as unknown[] | null) ?? []).some((item) => test(item) === true);
  return (row) => test(normalise(kind, get(row)));
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

/** Compiles a filter once; the result is run over every row. No filter keeps all; an empty text is a broken one. */
export function compileFilter<Row>(table: FieldTable<Row>, source: string | null | undefined): (row: Row) => boolean {
  if (source === null || source === undefined) return () => true;
  const test = compileNode(table, parseFilter(source));
  return (row) => test(row) === true;
}
