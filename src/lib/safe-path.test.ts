// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { pathSegment, safeReturnPath } from './safe-path';

describe('safeReturnPath (SEC-09)', () => {
  it.each([
    '/session',
    '/session?filter=name%20ilike%20%22%25a%25%22&page=2#x',
    '/session?next=//evil.example',
    '/data/%ED%95%9C%EA%B8%80',
    '/',
  ])('keeps %s', (path) => expect(safeReturnPath(path)).toBe(path));

  it.each([
    '',
    'session',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/%2f%5cevil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '/%252fevil.example',
    '/a\\b',
    'https://evil.example/',
    'javascript:alert(1)',
    ' /session',
    '/\t/evil.example',
    '/%09/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%E0%A4%A',
  ])('refuses %j', (path) => {
    const result = safeReturnPath(path);
    // What is left of a path may never begin with two slashes.
    expect(result === null || new URL(result, 'https://own.example').origin === 'https://own.example').toBe(true);
    if (!path.startsWith('/%E0')) expect(result).toBeNull();
  });

  it('refuses nothing at all', () => {
    expect(safeReturnPath(null)).toBeNull();
    expect(safeReturnPath(undefined)).toBeNull();
  });
});

describe('pathSegment (SEC-10)', () => {
  it.each([
    ['abc-1', 'abc-1'],
    ['../../admin', '..%2F..%2Fadmin'],
    ['a?b#c', 'a%3Fb%23c'],
    ['..%2f', '..%252f'],
    ['세션', '%EC%84%B8%EC%85%98'],
    ['100%', '100%25'],
  ])('keeps %j in one segment', (id, segment) => {
    expect(pathSegment(id)).toBe(segment);
    expect(new URL(`https://x.example/session/${segment}/logs`).pathname).toBe(`/session/${segment}/logs`);
  });

  it.each(['', '.', '..', '%2e%2e', '%2E', 'a\u0000b', 'a\nb'])('refuses %j', (id) => {
    expect(() => pathSegment(id)).toThrow(RangeError);
  });
});
