// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { LogLineText } from './log-viewer-line';
import type { Mark } from './log-viewer-line';
import { readable, webAddress } from './log-viewer-style';
import { readLog } from './log-viewer-text';

const E = '\u001b';

function draw(source: string, line = 0, marks: Mark[] = []) {
  const found = readLog(source).lines[line];
  if (!found) throw new Error('no such line');
  return render(<LogLineText line={found} marks={marks} />).container;
}

describe('one line of container output', () => {
  it('SEC-04 markup in the output is text', () => {
    const container = draw(`${E}[31m<img src=x onerror=alert(1)>${E}[0m & <b>bold</b>`);
    expect(container.textContent).toBe('<img src=x onerror=alert(1)> & <b>bold</b>');
    expect(container.querySelector('img, b')).toBeNull();
  });

  it('SEC-04 links open on the web only, without a way back', () => {
    const link = (target: string) => draw(`${E}]8;;${target}${E}\\click${E}]8;;${E}\\ here`).querySelector('a');
    expect(link('https://example.org/a?b#c')?.getAttribute('href')).toBe('https://example.org/a?b#c');
    expect(link('https://example.org/')?.getAttribute('rel')).toContain('noopener');
    for (const target of ['javascript:alert(1)', 'data:text/html,x', 'JAVASCRIPT:x', 'file:///etc/passwd', ' https://x', 'vbscript:x']) {
      expect(link(target)).toBeNull();
    }
    expect(webAddress('http://')).toBeNull();
  });

  it('SES-265 colours go on over line ends', () => {
    const container = draw(`${E}[31mred\nstill`, 1);
    expect(container.querySelector('span')?.className).toMatch(/red/);
  });

  it('SES-265 hits are marked in plain and coloured text, also over a change of colour', () => {
    const marked = (container: HTMLElement) => [...container.querySelectorAll('mark')].map((mark) => mark.textContent);
    expect(marked(draw('Epoch loss and LOSS', 0, [{ from: 6, to: 10, current: true }, { from: 15, to: 19, current: false }]))).toEqual(['loss', 'LOSS']);
    expect(marked(draw(`Epoch ${E}[32mlo${E}[1mss${E}[0m and`, 0, [{ from: 4, to: 12, current: false }]))).toEqual(['h ', 'lo', 'ss', ' a']);
  });

  it('SES-265 16, 256 and true colours, both ways of writing them, bold, dim and reversed', () => {
    const first = (source: string) => draw(source).querySelector('span');
    expect(first(`${E}[1;91mx`)?.className).toMatch(/bold.*brightRed/);
    expect(first(`${E}[38;5;208mx`)?.style.color).toBe('rgb(255, 135, 0)');
    expect(first(`${E}[38;2;250;200;100mx`)?.style.color).toBe('rgb(250, 200, 100)');
    expect(first(`${E}[38:2::250:200:100mx`)?.style.color).toBe('rgb(250, 200, 100)');
    expect(first(`${E}[48;2;0;0;120mx`)?.style.backgroundColor).toBe('rgb(0, 0, 120)');
    expect(first(`${E}[7mx`)?.className).toMatch(/white.*filled/);
    expect(first(`${E}[2mx`)?.className).toMatch(/dim/);
    expect(draw(`${E}[1mA${E}[4mB`).querySelector('span')?.className).not.toMatch(/underline/);
  });

  it('PER-05 of an overlong line the part around the current hit is drawn', () => {
    const source = `${'a'.repeat(500_000)}needle${'b'.repeat(500_000)}`;
    expect(draw(source).textContent?.length).toBeLessThan(21_000);
    expect(draw(source, 0, [{ from: 500_000, to: 500_006, current: true }]).querySelector('mark')?.textContent).toBe('needle');
  });

  it('colours too dark for the ground are lightened', () => {
    expect(readable([0, 0, 139])).not.toEqual([0, 0, 139]);
    expect(readable([255, 255, 255])).toEqual([255, 255, 255]);
  });
});
