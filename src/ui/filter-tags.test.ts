// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { formatTag, parseTag } from './filter-tags';

describe('filter tags', () => {
  it('come back as they were written, whatever the value holds', () => {
    for (const value of ['python', 'a=b', '~x', '>=5', 'with space', '한글', 'line\nbreak']) {
      for (const operator of ['~', '=', '!=', '>=', '<='] as const) {
        const tag = { property: 'status_info', operator, value };
        if (operator === '=' || operator === '~' || !value.startsWith('=')) expect(parseTag(formatTag(tag))).toEqual(tag);
      }
    }
  });

  it('are null where property or value is missing', () => {
    for (const text of ['', 'name', 'name~', '~x', '1a=x', 'na me=x']) expect(parseTag(text)).toBeNull();
  });
});
