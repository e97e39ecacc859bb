// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { firstPage, menuFor, pageAccess, pageEntries } from './menu';

const menu = (blocklist: string[] = [], inactivelist: string[] = []) => ({ blocklist, inactivelist });

describe('who gets which page (ACC-063)', () => {
  it('opens sessions to every role', () => {
    for (const role of ['superadmin', 'admin', 'user'] as const) expect(pageAccess('session', role, menu())).toBe('open');
  });

  it('knows pages by their older names too', () => {
    expect(pageAccess('session', 'user', menu(['job']))).toBe('blocked');
    expect(pageAccess('session', 'user', menu([], ['job']))).toBe('inactive');
  });

  it('lets the block list win over the inactive list', () => {
    expect(pageAccess('session', 'user', menu(['session'], ['session']))).toBe('blocked');
  });

  it('lists inactive entries but never makes one the first page (ACC-060)', () => {
    const closed = menu([], pageEntries.map(({ key }) => key));
    expect(new Set(menuFor('user', closed).map(({ access }) => access))).toEqual(new Set(['inactive']));
    expect(firstPage('user', closed)).toBeNull();
    expect(firstPage('user', menu())).toBe(pageEntries[0]?.to);
    expect(firstPage('user', menu([], [pageEntries[0]?.key ?? '']))).toBe(pageEntries[1]?.to);
  });
});
