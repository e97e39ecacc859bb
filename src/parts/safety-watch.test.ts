import { describe, expect, it, vi } from 'vitest';
import type { CheckedSession } from '../client/session-safety';
import { createSafetyWatch } from './safety-watch';

const now = 1_000_000_000_000;
const session = (id: string, secondsLeft: number | null, more: Partial<CheckedSession> = {}): CheckedSession => ({
  id,
  name: id,
  status: 'RUNNING',
  userId: 'me',
  accessKey: 'AK',
  idleChecks: {
    network_timeout: { remaining: secondsLeft, endsAt: secondsLeft === null ? null : now + secondsLeft * 1000, type: 'expire_after', operator: null, resources: {} },
  },
  ...more,
});

function watching(warned: string[] = []) {
  const onWarn = vi.fn<(key: string) => void>();
  const onClear = vi.fn<(key: string) => void>();
  const watch = createSafetyWatch({ isMine: ({ userId }) => userId === 'me', warned, onWarn, onClear });
  return { watch, onClear, onWarn, said: () => onWarn.mock.calls.map(([key]) => key) };
}

describe('the safety watch (SES-272, UX-07)', () => {
  it('warns once for each session and check, when the last hour begins', () => {
    const { watch, said } = watching();
    watch.hear([session('a', 3700), session('b', 100)], false);
    watch.look(now);
    watch.look(now + 1000);
    expect(said()).toEqual(['b:network_timeout']);
    watch.look(now + 101_000);
    expect(said()).toEqual(['b:network_timeout', 'a:network_timeout']);
  });

  it("says nothing of other people's sessions, nor of what was said before a reload", () => {
    const { watch, said } = watching(['b:network_timeout']);
    watch.hear([session('a', 100, { userId: 'other' }), session('b', 100)], false);
    watch.look(now);
    expect(said()).toEqual([]);
    expect(watch.warned()).toEqual(['b:network_timeout']);
  });

  it('takes the warning back when traffic started the time anew, and warns again next time', () => {
    const { watch, said, onClear } = watching();
    watch.hear([session('a', 100)], false);
    watch.look(now);
    watch.hear([session('a', 90_000)], false);
    watch.look(now);
    expect(onClear).toHaveBeenCalledWith('a:network_timeout');
    watch.hear([session('a', 50)], false);
    watch.look(now);
    expect(said()).toEqual(['a:network_timeout', 'a:network_timeout']);
  });

  it('forgets what ends, what a complete answer does not name, and never holds more than it needs (REL-13)', () => {
    const { watch, said, onClear } = watching();
    watch.hear([session('a', 100), session('b', 100), session('c', 3700)], false);
    watch.look(now);
    watch.hear([session('a', null, { status: 'TERMINATED' })], false);
    watch.hear([session('b', 100)], true);
    expect(onClear.mock.calls).toEqual([['a:network_timeout']]);
    watch.look(now + 200_000);
    expect(said()).toEqual(['a:network_timeout', 'b:network_timeout']);
    watch.forget('b');
    expect(watch.warned()).toEqual([]);
    for (let i = 0; i < 2000; i++) watch.hear([session(`many-${i}`, 100)], false);
    watch.look(now);
    expect(watch.warned()).toHaveLength(300);
  });
});
