// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { pagesAround } from './pager';

describe('the pages a pager offers', () => {
  it('are first, last and the neighbours, with gaps only where pages are left out', () => {
    expect(pagesAround(1, 1)).toEqual([1]);
    expect(pagesAround(1, 3)).toEqual([1, 2, 3]);
    expect(pagesAround(3, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(pagesAround(1, 101)).toEqual([1, 2, null, 101]);
    expect(pagesAround(50, 101)).toEqual([1, null, 49, 50, 51, null, 101]);
    expect(pagesAround(4, 101)).toEqual([1, 2, 3, 4, 5, null, 101]);
  });
});
