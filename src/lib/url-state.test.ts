// @vitest-environment node
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readUrlState, writeUrlState } from './url-state';

const schema = z.object({
  page: z._default(z.int().check(z.minimum(1)), 1),
  order: z._default(z.string(), '-created_at'),
  type: z._default(z.enum(['all', 'batch']), 'all'),
  finished: z._default(z.boolean(), false),
  filter: z._default(z.array(z.string()), []),
});
const read = (query: string) => readUrlState(schema, new URLSearchParams(query));
const write = (query: string, patch: Partial<z.output<typeof schema>>) => writeUrlState(schema, new URLSearchParams(query), patch).toString();

describe('state in the address', () => {
  it('gives every field its default where the address says nothing', () => {
    expect(read('')).toEqual({ page: 1, order: '-created_at', type: 'all', finished: false, filter: [] });
  });

  it('reads numbers, booleans and repeated keys', () => {
    expect(read('page=3&finished=true&filter=name~a&filter=status%3DRUNNING')).toMatchObject({ page: 3, finished: true, filter: ['name~a', 'status=RUNNING'] });
  });

  it('takes the default for the one field that is not valid', () => {
    expect(read('page=0&type=nonsense&order=name&finished=maybe')).toEqual({ page: 1, order: 'name', type: 'all', finished: false, filter: [] });
    expect(read('page=').page).toBe(1);
    expect(read('page=1e400').page).toBe(1);
  });

  it('leaves out what equals the default and keeps what it does not know', () => {
    expect(write('sessionDetail=abc&page=4', { page: 1 })).toBe('sessionDetail=abc');
    expect(write('sessionDetail=abc', { page: 2, filter: ['name~a&b', 'name~한글'] })).toBe(
      'sessionDetail=abc&page=2&filter=name%7Ea%26b&filter=name%7E%ED%95%9C%EA%B8%80',
    );
  });

  it('comes back as it was written (REL-11)', () => {
    const filter = ['name~"quoted" \\ % _ ( ) | \'', 'name~한글 🌿'];
    expect(read(write('', { filter, finished: true, page: 7 }))).toMatchObject({ filter, finished: true, page: 7 });
  });
});
