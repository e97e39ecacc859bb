// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { atLeast, compareVersions, minorOf } from './versions';

describe('compareVersions (PEP 440)', () => {
  const ordered = [
    '20.09.16',
    '24.03.12',
    '24.09.0.dev1',
    '24.09.0a1',
    '24.09.0b2',
    '24.9.0rc1.dev3',
    '24.09.0rc1',
    '24.09.0rc2',
    '24.09',
    '24.09.0.post1.dev2',
    '24.09.0.post1',
    '24.09.1',
    '24.9.10',
    '24.12.0',
    '25.6.0rc1',
    '25.6.0',
    '1!1.0',
  ];
  it('puts every version after the ones before it', () => {
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        expect(Math.sign(compareVersions(a, b)), `${a} ? ${b}`).toBe(Math.sign(i - j));
      }
    }
  });

  it.each([
    ['24.09', '24.9'],
    ['24.9', '24.9.0'],
    ['25.6.3+local.1', '25.6.3'],
    ['v26.8.1', '26.8.1'],
    ['26.8.1-rc.1', '26.8.1rc1'],
    ['1.0-1', '1.0.post1'],
    ['1.0c1', '1.0rc1'],
  ])('%s equals %s', (a, b) => expect(compareVersions(a, b)).toBe(0));

  it('takes a text that is no version for older than every version', () => {
    expect(compareVersions('main', '20.03')).toBeLessThan(0);
    expect(compareVersions('main', 'trunk')).toBe(0);
    expect(atLeast('main', '20.03')).toBe(false);
  });

  it('knows the line of a version', () => {
    expect(minorOf('24.09.6')).toBe('24.9');
    expect(minorOf('25')).toBe('25.0');
    expect(minorOf('')).toBeNull();
  });
});
