import { describe, expect, it } from 'vitest';
import { countLevels, mergeLogs, nextProblem, rowOfAddress, rowsOf, timeOfLine } from './log-viewer-rows';
import type { RowFilter } from './log-viewer-rows';
import { readLog, readMoreLog } from './log-viewer-text';

const ALL: RowFilter = { levels: new Set(), hiddenContainers: new Set() };
const at = (second: number, text: string) => `2026-11-26 10:00:${String(second).padStart(2, '0')},000 ${text}\n`;

function shown(merged: ReturnType<typeof mergeLogs>, filter = ALL) {
  const rows = rowsOf(merged, filter);
  return Array.from({ length: rows.count }, (_, row) => `${rows.container(row)}:${rows.number(row)} ${rows.text(row).replace(/^\S+ \S+ /, '')}`);
}

describe('lines of several containers', () => {
  it('SES-265 stand in the order of their times; what carries none stays with the line before it', () => {
    const main = readLog(`start\n${at(1, 'a')}Traceback (most recent call last):\n  File "x"\nValueError: x\n${at(5, 'c')}`);
    const sub = readLog(`${at(0, 'z')}${at(3, 'b')}`);
    const merged = mergeLogs(null, [main, sub]);
    expect(merged.byTime).toBe(true);
    expect(shown(merged).map((row) => row.slice(0, 3))).toEqual(['0:1', '1:1', '0:2', '0:3', '0:4', '0:5', '1:2', '0:6']);
  });

  it('SES-265 without times they follow one another', () => {
    const merged = mergeLogs(null, [readLog('a\nb\n'), readLog(at(1, 'c'))]);
    expect(merged.byTime).toBe(false);
    expect(shown(merged)).toEqual(['0:1 a', '0:2 b', '1:1 c']);
  });

  it('UX-10 what comes later is added at the end, whatever its time, and moves nothing', () => {
    const [main, sub] = [readLog(at(1, 'a') + at(5, 'b')), readLog(at(2, 'c'))];
    const first = mergeLogs(null, [main, sub]);
    const more = mergeLogs(first, [readMoreLog(main, `${main.source}${at(9, 'd')}`), readMoreLog(sub, `${sub.source}${at(3, 'late')}${at(8, 'e')}`)]);
    expect(shown(first)).toEqual(['0:1 a', '1:1 c', '0:2 b']);
    expect(shown(more)).toEqual(['0:1 a', '1:1 c', '0:2 b', '1:2 late', '1:3 e', '0:3 d']);
    expect(mergeLogs(more, more.logs)).toBe(more);
  });

  it('SES-265 a container that answers at last is put among the others; other text is read anew', () => {
    const main = readLog(at(1, 'a') + at(5, 'b'));
    const first = mergeLogs(null, [main, null]);
    expect(shown(mergeLogs(first, [main, readLog(at(2, 'c'))]))).toEqual(['0:1 a', '1:1 c', '0:2 b']);
    expect(shown(mergeLogs(first, [readLog('other\n'), null]))).toEqual(['0:1 other']);
  });

  it('SES-265 filtered by level and by container; the numbers stay', () => {
    const merged = mergeLogs(null, [readLog(at(1, 'INFO a') + at(3, 'ERROR b')), readLog(at(2, 'WARNING c'))]);
    expect(countLevels(merged)).toEqual({ info: 1, error: 1, warning: 1 });
    expect(shown(merged, { ...ALL, levels: new Set(['error', 'warning']) })).toEqual(['1:1 WARNING c', '0:2 ERROR b']);
    expect(shown(merged, { ...ALL, hiddenContainers: new Set([0]) })).toEqual(['1:1 WARNING c']);
  });

  it('SES-265 a line is found by its address, an error after another', () => {
    const merged = mergeLogs(null, [readLog('a\nERROR b\nERROR b2\nc\nERROR d\n'), readLog('e\n')]);
    const rows = rowsOf(merged, ALL);
    const hosts = ['main1', 'sub1'];
    expect([rowOfAddress(rows, '2', hosts), rowOfAddress(rows, 'main1:4', hosts), rowOfAddress(rows, 'sub1:1', hosts)]).toEqual([1, 3, 5]);
    for (const bad of [null, '', '0', '99', 'sub2:1', '1e3', '-1', '<b>']) expect(rowOfAddress(rows, bad, hosts)).toBe(-1);
    expect([nextProblem(rows, 0, 1), nextProblem(rows, 1, 1), nextProblem(rows, 4, 1), nextProblem(rows, 5, -1), nextProblem(rows, 4, -1)]).toEqual([1, 4, -1, 4, 1]);
  });

  it('reads the usual ways to write a moment', () => {
    const moment = Date.UTC(2026, 2, 12, 10, 21, 33, 120);
    for (const text of ['2026-03-12 10:21:33,120 x', '[I 2026-03-12 10:21:33.12 App] x', '2026-03-12T10:21:33.120456Z x', '2026-03-12T19:21:33.120+09:00 x']) expect(timeOfLine(text)).toBe(moment);
    expect(timeOfLine('10:21:33 x')).toBeNull();
  });
});
