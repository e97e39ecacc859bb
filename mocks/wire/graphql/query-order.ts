import { CNAME, END, Reader, ruleError } from './minilang';

/** The manager's order language (SES-C03): `-created_at,+name`; a bare name ascends. */

/** `broken`: the manager's table names a column that it does not have. */
export type OrderTable<Row> = Readonly<Record<string, ((row: Row) => unknown) | { broken: string }>>;

export type Comparator<Row> = (a: Row, b: Row) => number;

const TERMINALS = { CNAME, COMMA: /,/y, ORDER: /[+-]/y };

interface Column {
  name: string;
  sign: 1 | -1;
}

function parseOrder(source: string): Column[] {
  const reader = new Reader('ordering', source, TERMINALS);
  const columns: Column[] = [];
  let token = reader.next(['CNAME', 'ORDER', END]);
  while (token.kind !== END) {
    const name = token.kind === 'ORDER' ? reader.next(['CNAME']) : token;
    columns.push({ name: name.text, sign: token.text === '-' ? -1 : 1 });
    if (reader.next(['COMMA', END]).kind === END) break;
    token = reader.next(['CNAME', 'ORDER']);
  }
  return columns;
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Returns null when no order is asked for. Empty values come last going up and first going down, as in PostgreSQL. */
export function compileOrder<Row>(table: OrderTable<Row>, source: string | null | undefined): Comparator<Row> | null {
  const parts = parseOrder(source ?? '').map(({ name, sign }) => {
    const get = Object.hasOwn(table, name) ? table[name] : undefined;
    if (typeof get !== 'function') throw ruleError('ordering', 'col', get?.broken ?? `('Unknown/unsupported field name', '${name}')`);
    return { get, sign };
  });
  if (parts.length === 0) return null;
  return (a, b) => {
    for (const { get, sign } of parts) {
      const left = get(a) ?? null;
      const right = get(b) ?? null;
      if (left === right) continue;
      if (left === null) return sign;
      if (right === null) return -sign;
      const result = compareValues(left, right);
      if (result !== 0) return result * sign;
    }
    return 0;
  };
}
