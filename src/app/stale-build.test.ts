// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { isMissingChunk } from './stale-build';

describe('a part that is gone after a release (REL-09)', () => {
  it('is recognised in the words of each browser', () => {
    for (const message of [
      'Failed to fetch dynamically imported module: https://c.example/assets/list-page-x.js',
      'error loading dynamically imported module: https://c.example/assets/list-page-x.js',
      'Importing a module script failed.',
      'Unable to preload CSS for /assets/list-page-x.css',
      "'text/html' is not a valid JavaScript MIME type.",
    ]) {
      expect(isMissingChunk(new TypeError(message))).toBe(true);
    }
  });

  it('is not any other mistake', () => {
    expect(isMissingChunk(new TypeError('Failed to fetch'))).toBe(false);
    expect(isMissingChunk('x is not a function')).toBe(false);
  });
});
