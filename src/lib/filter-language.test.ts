import { describe, expect, it } from 'vitest';
import { buildFilter } from './filter-language';

/** What the manager does with a quoted string before `ilike` sees it. */
function unquote(literal: string): string {
  const match = /^"((?:[^"\\\n]|\\[^\n])*)"$/.exec(literal);
  if (!match) throw new Error(`the manager would refuse ${literal}`);
  return (match[1] ?? '').replaceAll('\\"', '"');
}

/** SQL's pattern as an expression. */
function matches(pattern: string, text: string): boolean {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern.charAt(i);
    if (character === '\\') source += pattern.charAt((i += 1)).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    else if (character === '%') source += '[^]*';
    else if (character === '_') source += '[^]';
    else source += character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 'i').test(text);
}

const odd = ['"', "'", '\\', '%', '_', '(', ')', '|', '&', '!', '\\"', '"\\', '\\\\', '한글', 'a"b\\c%d_e', 'ends\\', 'two\nlines'];

describe('buildFilter', () => {
  it('joins what is asked for and leaves out what is empty (SES-008)', () => {
    const clauses = [
      { field: 'name', op: 'contains', value: 'a' },
      null,
      { field: 'image', op: 'contains', value: '' },
      { field: 'status', op: '!=', value: 'TERMINATED' },
    ] as const;
    expect(buildFilter(clauses)).toBe('name ilike "%a%" & status != "TERMINATED"');
    expect(buildFilter([])).toBe('');
    expect(buildFilter([{ text: '  ' }, { any: [] }])).toBe('');
  });

  it('puts alternatives, negations and foreign text in parentheses, as the language has no precedence', () => {
    expect(
      buildFilter([
        { text: 'a == 1 | b == 2' },
        { any: [{ field: 'c', op: '==', value: 3 }, { field: 'd', op: '==', value: true }] },
        { not: { field: 'e', op: 'startsWith', value: 'x' } },
      ]),
    ).toBe('(a == 1 | b == 2) & (c == 3 | d == true) & (!(e ilike "x%"))');
    expect(buildFilter([{ field: 'x', op: 'in', value: ['a', 'b'] }])).toBe('(x == "a" | x == "b")');
    expect(buildFilter([{ field: 'x', op: '==', value: null }, { field: 'y', op: '!=', value: null }])).toBe('x is null & y isnot null');
    expect(buildFilter([{ all: [{ field: 'created_at', op: '>=', value: '2026-03-01' }] }])).toBe('created_at >= "2026-03-01"');
  });

  it.each(odd)('finds exactly the texts that hold %j (REL-11)', (text) => {
    const written = buildFilter([{ field: 'name', op: 'contains', value: text }]);
    const pattern = unquote(written.replace(/^name ilike /, ''));
    expect(matches(pattern, `before ${text} after`)).toBe(true);
    expect(matches(pattern, 'before  after')).toBe(false);
    expect(matches(pattern, `${text.slice(0, -1)}x`)).toBe(false);
  });

  it.each(odd)('compares with %j (REL-11)', (text) => {
    const [, , op = '', literal = ''] = /^(name) (==|like) (.*)$/s.exec(buildFilter([{ field: 'name', op: '==', value: text }])) ?? [];
    const value = unquote(literal);
    expect(op === '==' ? value === text : matches(value, text)).toBe(true);
  });

  it('refuses a field that is none', () => {
    expect(() => buildFilter([{ field: 'a == 1 | b', op: '==', value: 1 }])).toThrow(RangeError);
  });
});
