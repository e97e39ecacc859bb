import { describe, expect, it } from 'vitest';
import { ClientError } from '../client/errors';
import { problemOfError, problemOfRefusal, readable } from './login-problems';

describe('server words in messages (ACC-014)', () => {
  it.each([
    ['{"type": "x"}', undefined],
    ['<html><body>502</body></html>', undefined],
    ['Refused: {"code": 3}', undefined],
    ['x'.repeat(301), undefined],
    ['  ', undefined],
    [undefined, undefined],
    ['Your account is under review.', 'Your account is under review.'],
  ])('%s → %s', (text, shown) => {
    expect(readable(text)).toBe(shown);
  });
});

describe('the message by cause (ACC-014, ACC-036)', () => {
  it('puts a wrong password at the password and names the keys in API mode', () => {
    const refusal = { kind: 'refused', reason: 'mismatch', detail: 'User credential mismatch.' } as const;
    expect(problemOfRefusal(refusal, 'password')).toMatchObject({ code: 'mismatch', field: 'password' });
    expect(problemOfRefusal(refusal, 'keys')).toMatchObject({ code: 'keyMismatch', field: 'password' });
    expect(problemOfRefusal(refusal, 'token')).toMatchObject({ code: 'tokenInvalid', field: 'form' });
  });

  it('quotes a plugin and the refused address', () => {
    expect(problemOfRefusal({ kind: 'refused', reason: 'ip', detail: "'10.1.2.3' is not allowed IP address" }, 'password')).toEqual({
      code: 'ip',
      field: 'form',
      words: "'10.1.2.3' is not allowed IP address",
    });
  });

  const error = (init: Partial<ConstructorParameters<typeof ClientError>[0]>) =>
    new ClientError({ kind: 'invalid', title: 'x', operation: 'login', ...init });

  it.each([
    [error({ kind: 'network' }), 'network', 'endpoint'],
    [error({ kind: 'timeout' }), 'timeout', 'form'],
    [error({ kind: 'shape' }), 'shape', 'endpoint'],
    [error({ kind: 'not-found', status: 404 }), 'shape', 'endpoint'],
    [error({ kind: 'server', status: 502 }), 'gateway', 'form'],
    [error({ kind: 'server', status: 503, slug: 'server-frozen' }), 'frozen', 'form'],
    [error({ kind: 'server', status: 500 }), 'server', 'form'],
    [error({ kind: 'rate-limited', status: 429 }), 'rateLimited', 'form'],
    [error({ slug: 'invalid-auth-params', detail: 'Date/time sync error' }), 'clock', 'form'],
    [error({ status: 200, title: 'OK' }), 'shape', 'endpoint'],
    [error({ detail: 'Something else' }), 'other', 'form'],
    [error({ kind: 'forbidden', status: 403, title: 'Forbidden' }), 'other', 'form'],
  ])('%s', (cause, code, field) => {
    expect(problemOfError(cause)).toMatchObject({ code, field });
  });
});
