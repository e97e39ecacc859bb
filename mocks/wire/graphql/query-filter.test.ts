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
  status: { kind: { enum: ['PENDING', 'RUNNING', 'TERMINATED'] }, get: (row) => row.status },
  priority: { kind: 'number', get: (row) => row.priority },
  created_at: { kind: 'date', get: (row) => row.created },
  agent_ids: { kind: 'list', get: (row) => row.agents },
  on: { kind: 'bool', get: (row) => row.on },
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
    ['', ['train-1', 'Train_2', '100%', 'a"b\\c', '학습 (1)']],
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
    ['agent_ids contains "i-1"', ['train-1', '100%']],
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

  it('words an unknown field as the manager does', () => {
    expect(() => names('nonsense == 1')).toThrow(
      'Query filter parsing error: Error trying to process rule "binary_expr":\n\n(\'Unknown/unsupported field name\', \'nonsense\')',
    );
    expect(() => names('toString == 1')).toThrow('Unknown/unsupported field name');
  });

  it.each(['name', 'name ==', 'name == train', 'name == "x', '(name == "x"', 'name == "x" name == "y"', 'name = "x"', '& name == "x"', 'status == "NOPE"', 'priority == "x"', 'created_at > "soon"', 'priority ilike "%1%"'])(
    'refuses %s',
    (filter) => {
      expect(() => names(filter)).toThrow(Error);
    },
  );

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

  it('refuses an unknown field', () => {
    expect(() => sorted('-nonsense')).toThrow('Unknown/unsupported field name');
  });
});
