// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { checkEndpoint, endpointHistory } from './login-endpoint';

describe('the typed endpoint (ACC-012)', () => {
  it.each([
    ['  https://console.example.org/ ', 'https://console.example.org'],
    ['http://10.0.0.7:8090///', 'http://10.0.0.7:8090'],
    ['https://example.org/backend', 'https://example.org/backend'],
  ])('takes %s', (typed, endpoint) => {
    expect(checkEndpoint(typed)).toEqual({ ok: true, endpoint });
  });

  it.each([
    ['   ', 'endpointEmpty'],
    ['console.example.org', 'endpointScheme'],
    ['ftp://example.org', 'endpointScheme'],
    ['javascript:alert(1)', 'endpointScheme'],
    ['https://', 'endpointInvalid'],
    ['http://:80', 'endpointInvalid'],
    ['https://a b', 'endpointInvalid'],
    ['https://ann:secret@example.org', 'endpointInvalid'],
    ['https://example.org/?sToken=x', 'endpointInvalid'],
  ])('refuses %s', (typed, reason) => {
    expect(checkEndpoint(typed)).toEqual({ ok: false, reason });
  });
});

describe('the endpoints used last (ACC-012)', () => {
  beforeEach(() => localStorage.clear());

  it('keeps five, newest first, each once, and forgets one on request', () => {
    for (const n of [1, 2, 3, 4, 5, 6]) endpointHistory.remember(`https://host-${n}.example`);
    endpointHistory.remember('https://host-3.example');
    expect(endpointHistory.list().map((at) => at.slice(13, 14))).toEqual(['3', '6', '5', '4', '2']);
    endpointHistory.forget('https://host-5.example');
    expect(endpointHistory.list()).toHaveLength(4);
  });

  it('survives a storage that holds something else', () => {
    localStorage.setItem('bai.endpoints', '{"a":1}');
    expect(endpointHistory.list()).toEqual([]);
  });
});
