import { invalidParams } from '../../../cluster/errors';
import type { Cluster } from '../../../cluster/api';
import type { EnumKind, FieldTable } from '../query-filter';
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

/** A table that depends on the manager's version, made once a cluster. */
export function tableOf<Row>(make: (cluster: Cluster) => RowTable<Row>): (cluster: Cluster) => RowTable<Row> {
  const made = new WeakMap<Cluster, RowTable<Row>>();
  return (cluster) => {
    const known = made.get(cluster) ?? make(cluster);
    made.set(cluster, known);
    return known;
  };
}

export function enumKind(cluster: Cluster, name: string, names: readonly string[]): EnumKind {
  return { enum: name, names, byName: !cluster.atLeast('25.6.2') };
}

/** Most of what a list is filtered by it is ordered by. */
export function orderOf<Row>(table: FieldTable<Row>, leftOut: readonly string[]): OrderTable<Row> {
  const order: Record<string, (row: Row) => unknown> = {};
  for (const [name, spec] of Object.entries(table)) {
    if (leftOut.includes(name)) continue;
    order[name] = spec.kind === 'list' ? (row) => (spec.get(row) as string[]).join(',') : spec.get;
  }
  return order;
}

const DEFAULT_PAGE = 10;
/** The manager's `max-gql-connection-page-size`, as it is set from 25.8 on. */
const MAX_PAGE = 100;

export function select<Row>(
  rows: Iterable<Row>,
  table: RowTable<Row>,
  args: { filter?: string | null; order?: string | null; first?: number | null },
  fallback: (a: Row, b: Row) => number,
): Row[] {
  const order = compileOrder(table.order, args.order);
  const keep = compileFilter(table.filter, args.filter);
  const kept: Row[] = [];
  for (const row of rows) if (keep(row)) kept.push(row);
  // A page of nothing asks for the count only.
  return args.first === 0 ? kept : kept.sort(order ?? fallback);
}

type Direction = 'forward' | 'backward' | null;

const ONE_DIRECTION = 'Can only paginate with single direction, forwards or backwards. Please set only one of (after, first) or (before, last).';

/** An `offset` makes an ordinary page of it: what is said of cursors is not looked at. */
function pageOf({ offset, first, after, last, before }: ConnectionArgs): { size: number; direction: Direction } {
  const given = (value: unknown): boolean => value !== null && value !== undefined;
  if (given(offset)) return { size: first ?? DEFAULT_PAGE, direction: null };
  if (given(first) && Number(first) < 0) throw new Error("Argument 'first' must be a non-negative integer.");
  const forward = given(after) || given(first);
  if (forward && given(before)) throw new Error(ONE_DIRECTION);
  if (given(last) && Number(last) < 0) throw new Error("Argument 'last' must be a non-negative integer.");
  if (forward && given(last)) throw new Error(ONE_DIRECTION);
  const backward = given(before) || given(last);
  return { size: first ?? last ?? DEFAULT_PAGE, direction: forward ? 'forward' : backward ? 'backward' : null };
}

export function connection<Row, Node>(
  cluster: Cluster,
  rows: readonly Row[],
  args: ConnectionArgs,
  type: string,
  idOf: (row: Row) => string,
  toNode: (row: Row) => Node,
): Record<string, unknown> {
  const { size, direction } = pageOf(args);
  if (size > MAX_PAGE && cluster.atLeast('25.8.0')) {
    throw new Error(`Cannot fetch a page larger than ${String(MAX_PAGE)}. Set 'first' or 'last' to a smaller integer.`);
  }
  const cursorOf = (row: Row): string => toGlobalId(type, idOf(row));
  let start = args.offset ?? 0;
  let end = start + size;
  if (direction === 'forward') {
    start = args.after ? rows.findIndex((row) => cursorOf(row) === args.after) + 1 : 0;
    end = start + size;
  } else if (direction === 'backward') {
    end = args.before ? rows.findIndex((row) => cursorOf(row) === args.before) : rows.length;
    start = Math.max(0, end - size);
  }
  const page = rows.slice(start, end);
  const first = page[0];
  const last = page.at(-1);
  return {
    count: rows.length,
    edges: page.map((row) => ({ cursor: cursorOf(row), node: toNode(row) })),
    pageInfo: {
      // Of what lies behind a page that is asked by offset nothing is told.
      hasNextPage: direction === 'forward' && end < rows.length,
      hasPreviousPage: direction === 'backward' && start > 0,
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
