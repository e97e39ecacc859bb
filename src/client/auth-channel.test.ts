// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readMessage } from './auth-channel';

const origin = 'https://console.test';
const left = { kind: 'left', endpoint: 'https://a.test' };

describe('messages between tabs (SEC-11)', () => {
  it('takes the own kinds from the own origin', () => {
    expect(readMessage({ origin, data: left }, origin)).toEqual(left);
    expect(readMessage({ origin, data: { kind: 'entered', endpoint: '', accessKey: 'A', extra: 1 } }, origin)).toEqual({
      kind: 'entered',
      endpoint: '',
      accessKey: 'A',
    });
  });

  it.each([
    ['another origin', 'https://evil.test', left],
    ['another kind', origin, { kind: 'run', endpoint: '' }],
    ['another shape', origin, { kind: 'entered', endpoint: '' }],
    ['a text', origin, 'left'],
    ['nothing', origin, null],
  ])('refuses %s', (_, from, data) => expect(readMessage({ origin: from, data }, origin)).toBeNull());
});
