// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { masked } from './mask';

describe('masked names (ACC-069)', () => {
  it('keep the first letters and the end of the domain', () => {
    expect(masked('user@example.com')).toBe('us***@***.com');
    expect(masked('김철수')).toBe('김철***');
    expect(masked('')).toBe('***');
  });
});
