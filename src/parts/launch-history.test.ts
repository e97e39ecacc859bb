import { describe, expect, it } from 'vitest';
import { inOrder, withEntry } from './launch-history';
import type { LaunchEntry } from './launch-history';

const entry = (n: number, more: Partial<LaunchEntry> = {}): LaunchEntry => ({
  id: String(n), at: `2026-03-02T09:${String(n).padStart(2, '0')}:00.000Z`, label: '', pinned: false, name: `s-${n}`, image: 'cr/py:3@x86_64', project: 'default',
  slots: { cpu: 1 }, containers: 1, sessions: 1, started: [], link: {}, ...more,
});
const ids = (list: readonly LaunchEntry[]) => list.map(({ id }) => id);

describe('the last launches (SES-043)', () => {
  it('are five, newest first', () => {
    const list = [1, 2, 3, 4, 5, 6, 7].reduce<LaunchEntry[]>((all, n) => withEntry(all, entry(n)), []);
    expect(ids(list)).toEqual(['7', '6', '5', '4', '3']);
  });

  it('pinned ones are not pushed out and stand first', () => {
    let list = [1, 2].reduce<LaunchEntry[]>((all, n) => withEntry(all, entry(n)), []);
    list = withEntry(list, entry(1, { pinned: true, label: 'mine' }));
    list = [3, 4, 5, 6, 7].reduce((all, n) => withEntry(all, entry(n)), list);
    expect(ids(list)).toEqual(['7', '6', '5', '4', '3', '1']);
    expect(ids(inOrder(list))).toEqual(['1', '7', '6', '5', '4', '3']);
    // Unpinned again it is one of the five, or gone.
    expect(ids(withEntry(list, entry(1, { pinned: false })))).toEqual(['7', '6', '5', '4', '3']);
  });
});
