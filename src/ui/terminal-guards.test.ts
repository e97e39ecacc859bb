// @vitest-environment node
import { expect, test } from 'vitest';
import { clipboardText, webAddress } from './terminal-guards';
import { terminalColours } from './terminal-look';

test('SEC-04: links of a terminal lead to the web and nowhere else', () => {
  expect(webAddress('https://docs.example/a?b=c#d')).toBe('https://docs.example/a?b=c#d');
  expect(webAddress('HTTP://docs.example')).toBe('http://docs.example/');
  for (const text of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vscode://x', 'blob:https://a/b', '/session', 'nonsense', '']) {
    expect(webAddress(text)).toBeNull();
  }
});

test('SES-296: a selection of tmux comes as text; the clipboard itself is never told', () => {
  expect(clipboardText(`c;${btoa('plain')}`)).toBe('plain');
  expect(clipboardText('c;7ZWc6riA')).toBe('한글');
  expect(clipboardText(`;${btoa('no buffer named')}`)).toBe('no buffer named');
  for (const data of ['c;?', 'c;', 'c;%%%', `c;${'A'.repeat(2 ** 20 + 4)}`]) expect(clipboardText(data)).toBeNull();
});

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test.each([
  ['light', '#ffffff', '#14211e', ['white']],
  ['dark', '#131d1b', '#e3ebe8', ['black']],
])('A11-01: the colours of a terminal are readable on %s ground', (_name, background, text, faint) => {
  const colours = terminalColours({ background, text, accent: '#0d6b63' });
  const names = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'black', 'brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const;
  for (const name of names) {
    if (!faint.includes(name)) expect(contrast(colours[name] ?? '', background), name).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(colours.selectionBackground ?? '', text)).toBeGreaterThanOrEqual(4.5);
});
