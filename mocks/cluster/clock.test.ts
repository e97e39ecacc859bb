// @vitest-environment node
import { expect, test } from 'vitest';
import { addTimer, duration, iso, takeDue } from './clock';
import { random } from './rng';
import { emptyState } from './seed/infrastructure';
import { apiVersionOf, atLeast, fullVersion } from './version';

test('timers come out by time, then in the order they were made', () => {
  const state = emptyState('empty', '25.5.0', 0, 7);
  for (let i = 0; i < 500; i += 1) addTimer(state, 'step', String(i), Math.floor(random(state) * 50));
  let last = { at: -1, seq: -1 };
  let count = 0;
  for (let timer = takeDue(state, 100); timer; timer = takeDue(state, 100)) {
    expect(timer.at > last.at || (timer.at === last.at && timer.seq > last.seq)).toBe(true);
    last = timer;
    count += 1;
  }
  expect(count).toBe(500);
});

test('durations and times', () => {
  expect([duration('500ms'), duration('5s'), duration('2m'), duration('1h'), duration(7)]).toEqual([500, 5000, 120_000, 3_600_000, 7]);
  expect(() => duration('soon')).toThrow();
  expect(iso(Date.UTC(2026, 2, 1, 0, 0, 0, 5))).toBe('2026-03-01T00:00:00.005000+00:00');
});

test('versions compare by number, and choose the API version', () => {
  expect(atLeast('25.13.0', '25.5')).toBe(true);
  expect(atLeast('24.09.1', '24.12')).toBe(false);
  expect(fullVersion('26.8')).toBe('26.8.0');
  expect([apiVersionOf('24.03.0'), apiVersionOf('25.5.0'), apiVersionOf('26.8.1')]).toEqual([
    'v8.20240315',
    'v8.20240915',
    'v9.20250722',
  ]);
});
