import { describe, expect, it } from 'vitest';
import { findHits, patternOf } from './log-viewer-find';
import { byteLength, logFileName, readLog, readMoreLog } from './log-viewer-text';

const E = '\u001b';
const texts = (source: string) => readLog(source).lines.map((line) => line.text);

describe('container output as lines', () => {
  it('SES-265 a last line feed makes no empty line, an empty line stays', () => {
    expect(texts('a\n\nb\n')).toEqual(['a', '', 'b']);
    expect(texts('')).toEqual([]);
    expect(texts('a\r\nb')).toEqual(['a', 'b']);
  });

  it('SES-265 carriage returns overwrite as in a terminal', () => {
    expect(texts('10%\r 50%\r100%')).toEqual(['100%']);
    expect(texts('a long line\rshort')).toEqual(['shortg line']);
    expect(texts(`a long line\r${E}[Kshort`)).toEqual(['short']);
    expect(texts(`old\r${E}[32mnew${E}[0m rest\r`)).toEqual(['new rest']);
    expect(texts('ab\bc')).toEqual(['ac']);
    expect(texts(`50%${E}[1G75%`)).toEqual(['75%']);
  });

  it('SES-265 keeps colours over line ends and forgets them at a reset', () => {
    const log = readLog(`${E}[31mred\nstill red\n${E}[0mplain\nplain`);
    expect(log.lines.map((line) => line.opening)).toEqual(['', `${E}[31m`, `${E}[31m`, '']);
    expect(log.lines.map((line) => line.text)).toEqual(['red', 'still red', 'plain', 'plain']);
  });

  it('SEC-04 drops titles, cursor moves and other control characters, keeps link sequences apart from the text', () => {
    expect(texts(`${E}]0;title\u0007a${E}[2Ab${E}[?25lc${E}(B\u0000d\te`)).toEqual(['abcd\te']);
    const line = readLog(`see ${E}]8;;https://example.org${E}\\here${E}]8;;${E}\\ now`).lines[0];
    expect(line?.text).toBe('see here now');
    expect(line?.styled).toContain(']8;;https://example.org');
  });

  it('SES-265 text that grew is read from its last line on, with the same result as read whole', () => {
    const whole = `one\n${E}[32mtwo\nthree${E}[0m\n10%\r20%\n${E}[1mfour\nfive`;
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const first = readLog(whole.slice(0, cut));
      const more = readMoreLog(first, whole);
      expect(more.lines).toEqual(readLog(whole).lines);
    }
    const log = readLog('a\nb');
    expect(readMoreLog(log, 'a\nb')).toBe(log);
    expect(readMoreLog(log, 'other').lines.map((line) => line.text)).toEqual(['other']);
  });

  it('SES-265 text that was cut at the front while it grew goes on where it was, with the same numbers', () => {
    const line = (index: number) => `${E}[32m[${index}s]${E}[0m step ${index} loss=0.${index}\n`;
    const lines = Array.from({ length: 400 }, (_, index) => line(index)).join('');
    const before = readLog(lines);
    const cut = lines.indexOf('step 100') + 3;
    const after = readMoreLog(before, `${lines.slice(cut)}more\n`);
    expect(after.dropped).toBe(100);
    expect(after.lines).toHaveLength(301);
    expect(after.lines[0]?.text).toBe('p 100 loss=0.100');
    expect(after.lines[1]).toBe(before.lines[101]);
    expect(after.lines.at(-1)?.text).toBe('more');
    const again = readMoreLog(after, `${after.source.slice(after.source.indexOf('step 150'))}even more\n`);
    expect([again.dropped, again.lines.at(-1)?.text]).toEqual([150, 'even more']);
  });

  it('SES-265 counts the bytes of a download', () => {
    for (const text of ['', 'plain', 'é한글 🙂 x', '\u0000\u007f\u0080\u07ff\u0800']) {
      expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      expect(readMoreLog(readLog('한'), `한${text}`).bytes).toBe(3 + byteLength(text));
    }
  });

  it('SES-265 levels by words, a traceback as one error', () => {
    const levels = (source: string) => readLog(source).lines.map(({ level }) => level);
    expect(levels('INFO:root:x\n[W 2026-03-12 10:21:33.1 App] x\nE0312 10:21:33 x\nDEBUG x\nlevel=warning x\nplain')).toEqual(['info', 'warning', 'error', 'debug', 'warning', null]);
    expect(levels('val_error: 0.12\n0 errors, 3 warnings\nmean squared error 0.2\nepoch 3 error: 0.1')).toEqual([null, null, null, null]);
    expect(levels('Traceback (most recent call last):\n  File "x.py", line 3\n    y()\nRuntimeError: CUDA out of memory\nnext')).toEqual(['error', 'error', 'error', 'error', null]);
    expect(levels('/x.py:12: UserWarning: lr\nSegmentation fault (core dumped)\n[error] x')).toEqual(['warning', 'error', 'error']);
  });

  it('PER-05 100,000 lines are read and searched fast enough to open at once', () => {
    const source = Array.from({ length: 100_000 }, (_, index) => `${E}[3${index % 8}m[${index}s]${E}[0m step ${index} loss 0.${index}`).join('\n');
    const lines = readLog(source).lines;
    expect(lines).toHaveLength(100_000);
    const pattern = patternOf({ text: 'STEP 99999 ', matchCase: false, regex: false });
    expect(pattern && findHits(lines.length, (row) => lines[row]?.text ?? '', pattern)?.rows).toEqual([99_999]);
  });

  it('SES-265 names the file after session and host, safely', () => {
    expect(logFileName('train-7', 'main1')).toBe('session-train-7-main1.log');
    expect(logFileName('../../etc/passwd', 'sub1')).toBe('session-__.._etc_passwd-sub1.log');
    expect(logFileName('<img src=x>\u202egol.exe', 'main1')).toBe('session-_img_src_x_gol.exe-main1.log');
  });
});
