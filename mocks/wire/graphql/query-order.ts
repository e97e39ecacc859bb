import { QueryFilterError } from './query-filter';

/** The manager's order language (SES-C03): `-created_at,+name`; a bare name ascends. */

export type OrderTable<Row> = Readonly<Record<string, (row: Row) => unknown>>;

export type Comparator<Row> = (a: Row, b: Row) => number;

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Returns null when no order is asked for. Empty values come last going up and first going down, as in PostgreSQL. */
export function compileOrder<Row>(table: OrderTable<Row>, source: string | null | undefined): Comparator<Row> | null {
  if (source === null || source === undefined || source.trim() === '') return null;
  const parts = source.split(',').map((part) => {
    const match = /^\s*([+-]?)\s*([A-Za-z_]\w*)\s*$/.exec(part);
    if (!match) throw new QueryFilterError(`Query ordering parsing error: Unexpected characters in '${source}'`);
    const name = match[2] as string;
    const get = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!get) {
      throw new QueryFilterError(`Query ordering parsing error: Error trying to process rule "col":\n\n('Unknown/unsupported field name', '${name}')`);
    }
    return { get, sign: match[1] === '-' ? -1 : 1 };
  });
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
