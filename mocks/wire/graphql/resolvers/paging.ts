import { invalidParams } from '../../../cluster/errors';
import type { Cluster } from '../../../cluster/api';
import type { FieldTable } from '../query-filter';
import { compileFilter } from '../query-filter';
import type { OrderTable } from '../query-order';
import { compileOrder } from '../query-order';
import { toGlobalId } from '../schema';

export interface ConnectionArgs {
  filter?: string | null;
  order?: string | null;
  offset?: number | null;
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** What a list may be filtered and ordered by. */
export interface RowTable<Row> {
  filter: FieldTable<Row>;
  order: OrderTable<Row>;
}

const DEFAULT_PAGE = 10;
/** Server cap of 25.8+. */
const MAX_PAGE = 100;

export function select<Row>(
  rows: Iterable<Row>,
  table: RowTable<Row>,
  args: { filter?: string | null; order?: string | null; first?: number | null },
  fallback: (a: Row, b: Row) => number,
): Row[] {
  const keep = compileFilter(table.filter, args.filter);
  const order = compileOrder(table.order, args.order);
  const kept: Row[] = [];
  for (const row of rows) if (keep(row)) kept.push(row);
  // A page of nothing asks for the count only.
  return args.first === 0 ? kept : kept.sort(order ?? fallback);
}

export function connection<Row, Node>(
  cluster: Cluster,
  rows: readonly Row[],
  args: ConnectionArgs,
  type: string,
  idOf: (row: Row) => string,
  toNode: (row: Row) => Node,
): Record<string, unknown> {
  const size = args.first ?? args.last ?? DEFAULT_PAGE;
  if (size < 0) throw invalidParams('The page size must be a non-negative integer');
  if (size > MAX_PAGE && cluster.atLeast('25.8.0')) throw invalidParams(`The page size must not be greater than ${String(MAX_PAGE)}`);
  const cursorOf = (row: Row): string => toGlobalId(type, idOf(row));
  let start = args.offset ?? 0;
  if (args.after) start = rows.findIndex((row) => cursorOf(row) === args.after) + 1;
  if (args.last !== null && args.last !== undefined && args.first === undefined) {
    const end = args.before ? rows.findIndex((row) => cursorOf(row) === args.before) : rows.length;
    start = Math.max(0, end - size);
  }
  const page = rows.slice(start, start + size);
  const first = page[0];
  const last = page.at(-1);
  return {
    count: rows.length,
    edges: page.map((row) => ({ cursor: cursorOf(row), node: toNode(row) })),
    pageInfo: {
      hasNextPage: start + page.length < rows.length,
      hasPreviousPage: start > 0 && rows.length > 0,
      startCursor: first === undefined ? null : cursorOf(first),
      endCursor: last === undefined ? null : cursorOf(last),
    },
  };
}

export function itemList<Row, Item>(
  rows: readonly Row[],
  args: { limit: number; offset: number },
  toItem: (row: Row) => Item,
): { items: Item[]; total_count: number } {
  if (args.limit < 0 || args.offset < 0) throw invalidParams('Limit and offset must be non-negative integers');
  return { items: rows.slice(args.offset, args.offset + args.limit).map(toItem), total_count: rows.length };
}

/** Connections inside a node take no arguments on real managers: any of them makes the resolver fail. */
export function refuseArguments(owner: string, field: string, args: object): void {
  const name = Object.keys(args)[0];
  if (name !== undefined) throw new Error(`${owner}.resolve_${field}() got an unexpected keyword argument '${name}'`);
}
