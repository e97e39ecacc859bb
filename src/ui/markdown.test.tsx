import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown, safeLink } from './markdown';

describe('markdown of others', () => {
  it('keeps http(s) and mail links and kills every other (SEC-03)', () => {
    expect(safeLink('https://example.org/a')).toBe('https://example.org/a');
    expect(safeLink('mailto:a@example.org')).toBe('mailto:a@example.org');
    for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:x', 'data:text/html,x', 'vbscript:x', '//evil.example', 'java\nscript:x', '/session']) {
      expect(safeLink(bad)).toBe('');
    }
  });

  it('shows neither HTML nor pictures, and opens links apart (SEC-01, ACC-072)', () => {
    const { container } = render(
      <Markdown text={'**Maintenance** <img src=x onerror=alert(1)> ![p](https://x.example/p.png) [docs](https://example.org) [bad](javascript:alert(1))'} />,
    );
    expect(container.querySelector('img')).toBeNull();
    const link = screen.getByRole('link', { name: 'docs' });
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(screen.queryByRole('link', { name: 'bad' })).toBeNull();
    expect(screen.getByText('bad')).toBeDefined();
  });

  it('draws tables, bars in code and in text left alone (ACC-072)', () => {
    const { container } = render(
      <Markdown
        text={['Planned:', '| Node | From | Note |', '|:-----|-----:|------|', '| **gpu-1** | 9:00 | [why](javascript:alert(1)) a\\|b |', '| - | 1. *May* |', '', 'After it', '', '```', '| a | b |', '|---|---|', '```', '', 'this | that'].join('\n')}
      />,
    );
    expect(screen.getAllByRole('table')).toHaveLength(1);
    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Node', 'From', 'Note']);
    expect(screen.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['gpu-1', '9:00', 'why a|b', '-', '1. May', '']);
    expect(screen.getByText('gpu-1').tagName).toBe('STRONG');
    expect(screen.getByText('9:00').style.textAlign).toBe('right');
    expect(screen.queryByRole('link')).toBeNull();
    expect(container.querySelector('pre')?.textContent).toBe('| a | b |\n|---|---|\n');
    expect(screen.getByText('Planned:')).toBeDefined();
    expect(screen.getByText('this | that')).toBeDefined();
  });
});
