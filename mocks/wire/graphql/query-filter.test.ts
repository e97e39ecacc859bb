// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { FieldTable } from './query-filter';
import { compileFilter } from './query-filter';
import { compileOrder } from './query-order';

interface Row {
  name: string;
  status: string;
  priority: number | null;
  created: string | null;
  agents: string[];
  on: boolean;
}

const table: FieldTable<Row> = {
  name: { kind: 'text', get: (row) => row.name },
  status: { kind: { enum: 'Status', names: ['PENDING', 'RUNNING', 'TERMINATED'], byName: false }, get: (row) => row.status },
  priority: { kind: 'number', get: (row) => row.priority },
  created_at: { kind: 'date', get: (row) => row.created },
  agent_ids: { kind: 'list', get: (row) => row.agents },
  on: { kind: 'bool', get: (row) => row.on },
  old_status: { kind: { enum: 'Status', names: ['PENDING', 'RUNNING'], byName: true }, get: (row) => row.status },
  id: { kind: 'uuid', get: () => null },
  scheduled_at: { kind: 'history', get: () => null },
  gone: { kind: { broken: "type object 'Row' has no attribute 'gone'" }, get: () => null },
};

const rows: Row[] = [
  { name: 'train-1', status: 'RUNNING', priority: 10, created: '2026-01-01T00:00:00+00:00', agents: ['i-1', 'i-2'], on: true },
  { name: 'Train_2', status: 'PENDING', priority: null, created: '2026-02-01T00:00:00+00:00', agents: [], on: false },
  { name: '100%', status: 'TERMINATED', priority: 5, created: null, agents: ['i-1'], on: true },
  { name: 'a"b\\c', status: 'TERMINATED', priority: 0, created: '2026-03-01T00:00:00+00:00', agents: [], on: false },
  { name: '학습 (1)', status: 'RUNNING', priority: 100, created: '2026-04-01T00:00:00+00:00', agents: [], on: true },
];

const names = (filter: string) => rows.filter(compileFilter(table, filter)).map((row) => row.name);

describe('filter language (SES-C03)', () => {
  it.each<[filter: string, expected: string[]]>([
    ['name == "train-1"', ['train-1']],
    ['name != "train-1"', ['Train_2', '100%', 'a"b\\c', '학습 (1)']],
    ['name ilike "%TRAIN%"', ['train-1', 'Train_2']],
    ['name like "%train%"', ['train-1']],
    ['name ilike "train_2"', ['Train_2']],
    ['name ilike "train\\_1"', []],
    ['name ilike "%\\%%"', ['100%']],
    ['name ilike "100\\%"', ['100%']],
    ['name == "a\\"b\\c"', ['a"b\\c']],
    ['name ilike "%\\\\%"', ['a"b\\c']],
    ['name ilike "%학습 (%"', ['학습 (1)']],
    ['name ilike "%|%"', []],
    ['name contains "rain"', ['train-1', 'Train_2']],
    ['status == "RUNNING"', ['train-1', '학습 (1)']],
    ['status == "running"', ['train-1', '학습 (1)']],
    ['status in ["PENDING", "RUNNING"]', ['train-1', 'Train_2', '학습 (1)']],
    ['status != "TERMINATED" & status != "PENDING"', ['train-1', '학습 (1)']],
    ['status == "PENDING" | priority > 50', ['Train_2', '학습 (1)']],
    ['priority >= 10', ['train-1', '학습 (1)']],
    ['priority < 10', ['100%', 'a"b\\c']],
    ['priority <= -1.5', []],
    ['priority is null', ['Train_2']],
    ['priority isnot null', ['train-1', '100%', 'a"b\\c', '학습 (1)']],
    ['priority == null', ['Train_2']],
    ['created_at > "2026-02-15T00:00:00Z"', ['a"b\\c', '학습 (1)']],
    ['created_at <= "2026-02-01T09:00:00+09:00"', ['train-1', 'Train_2']],
    ['priority isnull', ['Train_2']],
    ['priority isnot null&priority>9', ['train-1', '학습 (1)']],
    ['priority in [5, null]', ['100%']],
    ['name in["100%"]', ['100%']],
    // `contains` escapes nothing, and is for case.
    ['name contains "%"', ['train-1', 'Train_2', '100%', 'a"b\\c', '학습 (1)']],
    ['name contains "t_a"', ['train-1']],
    ['agent_ids contains "-1"', ['train-1', '100%']],
    ['agent_ids ilike "I-%"', ['train-1', '100%']],
    // One item that fits is enough.
    ['agent_ids != "i-1"', ['train-1']],
    ['!(agent_ids == "i-1")', ['Train_2', 'a"b\\c', '학습 (1)']],
    ['agent_ids in ["i-2"]', ['train-1']],
    ['on == true', ['train-1', '100%', '학습 (1)']],
    ['on is true', ['train-1', '100%', '학습 (1)']],
    ['!(name ilike "%1%")', ['Train_2', 'a"b\\c']],
    // SQL truth: what is empty is neither above nor not above.
    ['!(priority > 5)', ['100%', 'a"b\\c']],
    ['(status == "RUNNING") & (!(name == "train-1"))', ['학습 (1)']],
    ['((status == "RUNNING") | (status == "PENDING")) & name ilike "%train%"', ['train-1', 'Train_2']],
    // No precedence: an operator takes all that follows.
    ['name == "train-1" | status == "PENDING" & priority > 50', ['train-1']],
    ['priority > 50 & status == "PENDING" | name == "train-1"', []],
    ['!name == "train-1" & priority >= 10', ['Train_2', '100%', 'a"b\\c', '학습 (1)']],
  ])('%s', (filter, expected) => {
    expect([...names(filter)].sort()).toEqual([...expected].sort());
  });

  const broken = (detail: string) => `Query filter parsing error: ${detail}`;
  const rule = (detail: string) => broken(`Error trying to process rule "binary_expr":\n\n${detail}`);
  const names4 = ['LSQB', 'ESCAPED_STRING', 'ATOM', 'SIGNED_NUMBER'].map((kind) => `\t* ${kind}\n`).join('');

  // As the manager's own parser words them; the order of what it expected is by chance there.
  it.each<[filter: string, message: string]>([
    ['', broken("Unexpected token Token('$END', '') at line 1, column 1.\nExpected one of: \n\t* CNAME\n\t* LPAR\n\t* UNARY_OP\n")],
    ['name', broken("Unexpected token Token('$END', '') at line 1, column 1.\nExpected one of: \n\t* BINARY_OP\n")],
    ['name ==', broken(`Unexpected token Token('$END', '') at line 1, column 6.\nExpected one of: \n${names4}`)],
    ['name == train', broken(`Unexpected token Token('CNAME', 'train') at line 1, column 9.\nExpected one of: \n${names4}Previous tokens: [Token('BINARY_OP', '==')]\n`)],
    [
      'name == "x',
      broken(`No terminal matches '"' in the current parser context, at line 1 col 9\n\nname == "x\n        ^\nExpected one of: \n${names4}\nPrevious tokens: Token('BINARY_OP', '==')\n`),
    ],
    ['(name == "x"', broken("Unexpected token Token('$END', '') at line 1, column 10.\nExpected one of: \n\t* COMBINE_OP\n\t* RPAR\n")],
    ['name == 5 )', broken("Unexpected token Token('RPAR', ')') at line 1, column 11.\nExpected one of: \n\t* COMBINE_OP\n\t* $END\n")],
    [
      'name == "x" name == "y"',
      broken(`Unexpected token Token('CNAME', 'name') at line 1, column 13.\nExpected one of: \n\t* COMBINE_OP\n\t* $END\nPrevious tokens: [Token('ESCAPED_STRING', '"x"')]\n`),
    ],
    ['& name == "x"', broken("Unexpected token Token('COMBINE_OP', '&') at line 1, column 1.\nExpected one of: \n\t* CNAME\n\t* LPAR\n\t* UNARY_OP\nPrevious tokens: [None]\n")],
    ['priority > 1e5', broken(`Error trying to process rule "number":\n\ninvalid literal for int() with base 10: Token('SIGNED_NUMBER', '1e5')`)],
    ['nonsense == 1', rule("('Unknown/unsupported field name', 'nonsense')")],
    ['toString == 1', rule("('Unknown/unsupported field name', 'toString')")],
    ['gone == 1', rule("type object 'Row' has no attribute 'gone'")],
    ['status == "NOPE"', rule("'NOPE' is not a valid Status")],
    ['status ilike "%run%"', rule("'%run%' is not a valid Status")],
    ['status is null', rule('value must be a string')],
    ['old_status == "NOPE"', rule('expected one of `PENDING, RUNNING` or lower names; got `NOPE`')],
    ['created_at > "soon"', rule('Unknown string format: soon')],
    ['created_at is null', rule('Parser must be a string or character stream, not Null')],
    ['name in "abc"', rule("IN expression list, SELECT construct, or bound parameter object expected, got 'abc'.")],
    ['priority > null', rule("Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be used with None/True/False")],
  ])('refuses %s', (filter, message) => {
    expect(() => names(filter)).toThrow(new Error(message));
  });

  it.each<[filter: string, message: string]>([
    ['priority == "x"', 'operator does not exist: integer = character varying'],
    ['priority ilike "%1%"', 'operator does not exist: integer ~~* character varying'],
    ['name == 5', 'operator does not exist: character varying = integer'],
    ['name is "x"', 'syntax error at or near "$1"'],
    ['name is true', 'argument of IS TRUE must be type boolean, not type character varying'],
    ['id == "abc"', '(builtins.ValueError) badly formed hexadecimal UUID string'],
    ['scheduled_at > "2026-01-01"', 'operator does not exist: text > timestamp without time zone'],
  ])('the database refuses %s', (filter, message) => {
    expect(() => names(filter)).toThrow(message);
  });

  it('takes 10,000 rows in its stride', () => {
    const many = Array.from({ length: 10_000 }, (_, i): Row => ({ name: `session-${String(i)}`, status: 'RUNNING', priority: i % 100, created: null, agents: [], on: true }));
    const keep = compileFilter(table, 'name ilike "%99%" & status != "TERMINATED" & priority >= 50');
    expect(many.filter(keep).length).toBe(many.filter((row) => row.name.includes('99') && (row.priority ?? 0) >= 50).length);
  });
});

describe('order language (SES-C03)', () => {
  const order = { name: (row: Row) => row.name, priority: (row: Row) => row.priority };
  const sorted = (source: string) => [...rows].sort(compileOrder(order, source) ?? undefined).map((row) => row.priority);

  it.each<[string, (number | null)[]]>([
    ['priority', [0, 5, 10, 100, null]],
    ['+priority', [0, 5, 10, 100, null]],
    ['-priority', [null, 100, 10, 5, 0]],
    ['-priority,+name', [null, 100, 10, 5, 0]],
  ])('%s', (source, expected) => {
    expect(sorted(source)).toEqual(expected);
  });

  it.each(['', ' '])('%j asks for no order', (source) => {
    expect(compileOrder(order, source)).toBeNull();
  });

  it.each<[source: string, message: string]>([
    ['-nonsense', `Error trying to process rule "col":\n\n('Unknown/unsupported field name', 'nonsense')`],
    ['-name,', "Unexpected token Token('$END', '') at line 1, column 6.\nExpected one of: \n\t* CNAME\n\t* ORDER\n"],
    ['name desc', "Unexpected token Token('CNAME', 'desc') at line 1, column 6.\nExpected one of: \n\t* COMMA\n\t* $END\nPrevious tokens: [Token('CNAME', 'name')]\n"],
    ['name;', "No terminal matches ';' in the current parser context, at line 1 col 5\n\nname;\n    ^\nExpected one of: \n\t* COMMA\n\nPrevious tokens: Token('CNAME', 'name')\n"],
  ])('refuses %s', (source, message) => {
    expect(() => sorted(source)).toThrow(new Error(`Query ordering parsing error: ${message}`));
  });
});
