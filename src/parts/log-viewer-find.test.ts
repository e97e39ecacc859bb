import { describe, expect, it } from 'vitest';
import { MOST_HITS, NO_QUERY, findHits, hitsOfRow, patternOf } from './log-viewer-find';

const rows = ['Epoch 1 loss=0.5', 'epoch 2 LOSS=0.4 loss', 'a.b a+b', '', '한글 로그'];
function find(text: string, more: { matchCase?: boolean; regex?: boolean } = {}) {
  const pattern = patternOf({ ...NO_QUERY, text, ...more });
  if (!pattern) return null;
  const hits = findHits(rows.length, (row) => rows[row] ?? '', pattern);
  return hits && hits.rows.map((row, index) => `${row}:${hits.from[index]}-${hits.to[index]}`);
}

describe('search in container output', () => {
  it('SES-265 every place, in any case or in this one', () => {
    expect(find('loss')).toEqual(['0:8-12', '1:8-12', '1:17-21']);
    expect(find('loss', { matchCase: true })).toEqual(['0:8-12', '1:17-21']);
    expect(find('a.b')).toEqual(['2:0-3']);
    expect(find('한글')).toEqual(['4:0-2']);
  });

  it('SES-265 regular expressions; what is none finds nothing and breaks nothing', () => {
    expect(find('loss=\\d\\.\\d', { regex: true })).toEqual(['0:8-16', '1:8-16']);
    expect(find('^e', { regex: true })).toEqual(['0:0-1', '1:0-1']);
    expect(find('x*', { regex: true })).toEqual([]);
    expect(find('a\\-b|a\\+b', { regex: true })).toEqual(['2:4-7']);
    for (const bad of ['(', '[a', '*', 'a{2,1}']) expect(find(bad, { regex: true })).toBeNull();
  });

  it('SES-265 stops at a number of hits that nobody goes through, and where it takes too long', () => {
    const pattern = patternOf({ ...NO_QUERY, text: 'a' });
    const many = pattern && findHits(2, () => 'a'.repeat(MOST_HITS), pattern);
    expect([many?.rows.length, many?.more]).toEqual([MOST_HITS, true]);
    expect(pattern && findHits(100_000, () => 'a', pattern, () => true)).toBeNull();
    const hits = { rows: [1, 3, 3, 3, 8], from: [], to: [], more: false };
    expect([hitsOfRow(hits, 3), hitsOfRow(hits, 2)]).toEqual([{ first: 1, end: 4 }, { first: 1, end: 1 }]);
  });
});
