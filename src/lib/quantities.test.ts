import { describe, expect, it } from 'vitest';
import { formatAmount, formatBytes, formatSize, GIB, MIB, parseAmount, parseSize, tidy, toGiB } from './quantities';

describe('amounts', () => {
  it('reads what the manager writes (SES-C11)', () => {
    expect(parseAmount('28.000000')).toBe(28);
    expect(parseAmount('Infinity')).toBe(Infinity);
    expect(parseAmount('-2')).toBe(-2);
    for (const hidden of ['NaN', '', null, undefined, 'x', {}]) expect(parseAmount(hidden)).toBeNaN();
  });

  it('shows at most two decimals and never NaN (REL-10)', () => {
    expect(formatAmount(1.5)).toBe('1.5');
    expect(formatAmount(2)).toBe('2');
    expect(formatAmount(0.1 + 0.2)).toBe('0.3');
    expect(formatAmount(1.005)).toBe('1.01');
    expect(formatAmount(-0.001)).toBe('0');
    expect(formatAmount(12345)).toBe('12345');
    expect(formatAmount(NaN)).toBe('-');
    expect(formatAmount(Infinity)).toBe('∞');
    expect(formatAmount(1.5, 'de')).toBe('1,5');
  });

  it('rounds noise away', () => {
    expect(tidy(0.1 * 3)).toBe(0.3);
    expect(tidy(128_849_018_880)).toBe(128_849_018_880);
    expect(tidy(Infinity)).toBe(Infinity);
  });
});

describe('sizes', () => {
  it('reads texts with binary units (SES-R11)', () => {
    expect(parseSize('256m')).toBe(256 * MIB);
    expect(parseSize('4g')).toBe(4 * GIB);
    expect(parseSize('1.5 GiB')).toBe(1.5 * GIB);
    expect(parseSize('1073741824')).toBe(GIB);
    expect(parseSize('4294967296.000')).toBe(4 * GIB);
    expect(parseSize(512)).toBe(512);
    for (const none of ['', 'Infinity', 'much', null, undefined, NaN]) expect(parseSize(none)).toBeNull();
  });

  it('writes them for requests so that they are read back the same', () => {
    expect(formatSize(4 * GIB)).toBe('4g');
    expect(formatSize(512 * MIB)).toBe('512m');
    for (const bytes of [0, 1, 1000, 3 * MIB, 1.5 * GIB]) expect(parseSize(formatSize(bytes))).toBe(bytes);
  });

  it('shows them in binary units (UX-05)', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1023)).toBe('1023 B');
    expect(formatBytes(1536)).toBe('1.5 KiB');
    expect(formatBytes(MIB - 1)).toBe('1 MiB');
    expect(formatBytes(128_849_018_880)).toBe('120 GiB');
    expect(formatBytes(NaN)).toBe('-');
    expect(formatBytes(Infinity)).toBe('∞');
    expect(toGiB(GIB / 2)).toBe(0.5);
  });
});
