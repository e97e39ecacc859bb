import { describe, expect, it } from 'vitest';
import { NO_SLOTS, slotsFor } from './data-table-slots';

const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `row-${from + index}`);
const places = (slots: ReturnType<typeof slotsFor>, of: string[]) => of.map((key) => slots.byKey.get(key));

describe('places of rows', () => {
  const first = slotsFor(NO_SLOTS, keys(0, 10));

  it('PER-03 another page moves into the places of the one before', () => {
    const next = slotsFor(first, keys(10, 20));
    expect(new Set(places(next, keys(10, 20)))).toEqual(new Set(places(first, keys(0, 10))));
  });

  it('UX-10 a row keeps its place while it is shown, whatever the order', () => {
    const turned = slotsFor(first, keys(0, 10).reverse());
    expect(places(turned, keys(0, 10))).toEqual(places(first, keys(0, 10)));
    expect(slotsFor(first, keys(0, 10))).toBe(first);
    const half = slotsFor(first, keys(7, 17));
    expect(places(half, keys(7, 10))).toEqual(places(first, keys(7, 10)));
  });

  it('UX-10 a row that comes alone never takes the place of one that went: nothing turns into another under the pointer', () => {
    const after = slotsFor(first, [...keys(1, 10), 'other']);
    expect([...first.byKey.values()]).not.toContain(after.byKey.get('other'));
    expect(new Set(after.byKey.values()).size).toBe(10);
  });
});
