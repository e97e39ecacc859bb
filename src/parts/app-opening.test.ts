import { describe, expect, it } from 'vitest';
import { readAppOption } from './app-opening';

describe('SES-046 the app that a link asks for', () => {
  it.each([
    ['jupyter', { app: 'jupyter', path: '' }],
    ['jupyterlab:/lab/tree/a.ipynb', { app: 'jupyterlab', path: '/lab/tree/a.ipynb' }],
    ['jupyter://evil.example.org', null],
    ['jupyter:/a b', null],
    ['a/b', null],
    ['', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(readAppOption(text)).toEqual(expected);
  });
});
