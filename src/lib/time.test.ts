import { describe, expect, it } from 'vitest';
import { formatDuration, formatElapsed, parseTime } from './time';

describe('time', () => {
  it('shows elapsed time as [Nd] HH:MM:SS (SES-006)', () => {
    expect(formatElapsed(0)).toBe('00:00:00');
    expect(formatElapsed(3_661_999)).toBe('01:01:01');
    expect(formatElapsed(2 * 86_400_000 + 1000)).toBe('2d 00:00:01');
    expect(formatElapsed(-5)).toBe('00:00:00');
    expect(formatElapsed(NaN)).toBe('00:00:00');
  });

  it('words a span by its two largest units', () => {
    expect(formatDuration(3900)).toBe('1 hr 5 min');
    expect(formatDuration(0)).toBe('0 sec');
    expect(formatDuration(86_400)).toBe('1 day');
    expect(formatDuration(3600 + 5)).toBe('1 hr 5 sec');
    expect(formatDuration(65, 'ko')).toBe('1분 5초');
    expect(formatDuration(NaN)).toBe('0 sec');
  });

  it("reads the manager's times, with a T or a space", () => {
    expect(parseTime('2026-11-22T00:30:37.574051+00:00')).toBe(Date.UTC(2026, 10, 22, 0, 30, 37, 574));
    expect(parseTime('2026-11-22 00:30:35.676892+00:00')).toBe(Date.UTC(2026, 10, 22, 0, 30, 35, 676));
    expect(parseTime(null)).toBeNull();
    expect(parseTime('soon')).toBeNull();
  });
});
