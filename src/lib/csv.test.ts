import { describe, expect, it } from 'vitest';
import { csvFileName, csvText } from './csv';

describe('CSV', () => {
  it('SES-015 quotes what RFC 4180 asks to quote, and ends every line with CRLF', () => {
    expect(csvText([['a', 'b "c"', 'd,e'], ['line\nbreak', null, 3]])).toBe('a,"b ""c""","d,e"\r\n"line\nbreak",,3\r\n');
    expect(csvText([['이름', ' blank ']])).toBe('이름," blank "\r\n');
    expect(csvText([])).toBe('');
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '\nx', ' =1', '=HYPERLINK("http://x","y")', '\u00a0=1'])('SEC-15 defuses %j', (text) => {
    const [line = ''] = [csvText([[text]])];
    expect(line.replace(/^"/, '')[0]).toBe("'");
  });

  it.each(['-5', '+3.25', 'a=b', '2026-03-01', 'a-b@c'])('SEC-15 leaves %j as it is', (text) => {
    expect(csvText([[text]])).toBe(`${text}\r\n`);
  });

  it('SES-015 makes a name that every system takes', () => {
    expect(csvFileName('sessions')).toBe('sessions.csv');
    expect(csvFileName('a/b\\c:d.CSV')).toBe('a_b_c_d.CSV');
    expect(csvFileName('../../etc\u0000x')).toBe('__.._etc_x.csv');
    expect(csvFileName(' 세션 목록 ')).toBe('세션 목록.csv');
  });
});
