import { describe, expect, it } from 'vitest';
import { createLoginGuard } from './login-guard';

function guardAt() {
  const clock = { now: 1_000_000 };
  return { clock, guard: createLoginGuard(() => clock.now) };
}

describe('the guard before the log-in button', () => {
  it('blocks every id after as many failures in a row as the site allows (ACC-016)', () => {
    const { clock, guard } = guardAt();
    const site = { limit: 3, blockTime: 180 };
    guard.failed(site);
    guard.failed(site);
    guard.succeeded();
    guard.failed(site);
    guard.failed(site);
    expect(guard.blockFor('ann')).toBeNull();
    guard.failed(site);
    expect(guard.blockFor('bob')).toEqual({ kind: 'client', until: clock.now + 180_000 });
    clock.now += 180_000;
    expect(guard.blockFor('bob')).toBeNull();
    guard.failed(site);
    expect(guard.blockFor('bob')).toBeNull();
  });

  it('holds back only the id the server blocked, for the time it said or 20 minutes (ACC-015)', () => {
    const { clock, guard } = guardAt();
    guard.refusedByServer('Ann@example.com ', 60);
    expect(guard.blockFor('ann@example.com')).toEqual({ kind: 'server', until: clock.now + 60_000 });
    expect(guard.blockFor('bob@example.com')).toBeNull();
    guard.refusedByServer('bob@example.com', 0);
    expect(guard.blockFor('bob@example.com')?.until).toBe(clock.now + 1_200_000);
  });
});
