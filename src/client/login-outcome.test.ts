// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { ClientError } from './errors';
import { readLoginAnswer } from './login-outcome';
import type { LoginOutcome } from './login-outcome';

const probs = 'https://api.backend.ai/probs/';

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return { status, statusText: '', headers: new Headers(headers), text: typeof body === 'string' ? body : JSON.stringify(body) };
}

function refused(type: string, details?: string, more: Record<string, unknown> = {}) {
  return { authenticated: false, data: { type: probs + type, title: 'Title.', details, ...more } };
}

/** Type, details, status of 26.4 and newer, outcome. Up to 26.3 the same comes with 200. */
const rows: [string, string | undefined, number, LoginOutcome][] = [
  ['auth-failed', 'User credential mismatch.', 401, { kind: 'refused', reason: 'mismatch', detail: 'User credential mismatch.' }],
  ['auth-failed', 'This account needs email verification.', 401, { kind: 'refused', reason: 'unverified', detail: 'This account needs email verification.' }],
  ['auth-failed', 'No API keypairs found.', 401, { kind: 'refused', reason: 'no-keypair', detail: 'No API keypairs found.' }],
  ['auth-failed', "'10.0.0.9' is not allowed IP address", 401, { kind: 'refused', reason: 'ip', detail: "'10.0.0.9' is not allowed IP address" }],
  ['auth-failed', 'User is inactive.', 401, { kind: 'refused', reason: 'inactive', detail: 'User is inactive.' }],
  ['auth-failed', 'Something else.', 401, { kind: 'refused', reason: 'other', detail: 'Something else.' }],
  ['auth-failed', undefined, 401, { kind: 'refused', reason: 'other', detail: 'Title.' }],
  ['password-expired', 'Password expired on 2025-01-01.', 401, { kind: 'password-expired', detail: 'Password expired on 2025-01-01.' }],
  ['rejected-by-hook', 'Invalid TOTP code provided', 400, { kind: 'otp', retry: true }],
  ['rejected-by-hook', 'Failed to validate OTP', 400, { kind: 'otp', retry: true }],
  ['rejected-by-hook', 'OTP not provided', 400, { kind: 'otp', retry: false }],
  ['rejected-by-hook', 'Come back on Monday.', 400, { kind: 'refused', reason: 'hook', detail: 'Come back on Monday.' }],
  ['auth-failed', 'You must authenticate using Two-Factor Authentication.', 200, { kind: 'otp', retry: false }],
  ['auth-failed', 'You must register Two-Factor Authentication.', 200, { kind: 'otp-registration' }],
  ['require-totp-authentication', undefined, 200, { kind: 'otp', retry: false }],
  ['active-login-session-exists', 'Another session', 409, { kind: 'concurrent' }],
  ['login-blocked', undefined, 429, { kind: 'blocked', retryAfter: 1200 }],
  ['login-session-expired', 'Expired.', 401, { kind: 'refused', reason: 'other', detail: 'Expired.' }],
];

describe('login failures', () => {
  it.each(rows)('%s, %s: by its type, never by the status', (type, details, status, outcome) => {
    expect(readLoginAnswer(answer(status, refused(type, details)), 'login')).toEqual(outcome);
    expect(readLoginAnswer(answer(200, refused(type, details)), 'login')).toEqual(outcome);
  });

  it('ACC-049 hands on the registration token', () => {
    const body = refused('require-totp-registration', undefined, { two_factor_registration_token: 'abc' });
    expect(readLoginAnswer(answer(200, body), 'login')).toEqual({ kind: 'otp-registration', token: 'abc' });
  });

  it('ACC-021 does not ask again where forcing failed', () => {
    const body = refused('active-login-session-exists', 'Limit is 0.');
    expect(readLoginAnswer(answer(409, body), 'login', { force: true })).toEqual({ kind: 'refused', reason: 'other', detail: 'Limit is 0.' });
  });

  it('takes who is authenticated in, and a monitor apart (ACC-018)', () => {
    const data = { access_key: 'AKIAEXAMPLE234567ABC', role: 'user', status: 'active' };
    expect(readLoginAnswer(answer(200, { authenticated: true, data }), 'login')).toEqual({
      kind: 'in',
      accessKey: 'AKIAEXAMPLE234567ABC',
      role: 'user',
      status: 'active',
    });
    expect(readLoginAnswer(answer(200, { authenticated: true, data: { ...data, role: 'monitor' } }), 'login')).toEqual({ kind: 'monitor' });
  });

  it('knows the refusals of the webserver itself', () => {
    const already = { type: `${probs}generic-bad-request`, title: 'You have already logged in.' };
    expect(readLoginAnswer(answer(400, already), 'login')).toBe('already-in');
    const many = { type: `${probs}too-many-requests`, title: 'Too many failed login attempts' };
    expect(readLoginAnswer(answer(429, many), 'login')).toEqual({ kind: 'blocked', retryAfter: 1200 });
    expect(readLoginAnswer(answer(429, many, { 'Retry-After': '60' }), 'login')).toEqual({ kind: 'blocked', retryAfter: 60 });
  });

  it.each([
    [400, { type: `${probs}invalid-api-params`, title: 'You must provide the password field.' }, 'invalid'],
    [502, { type: `${probs}bad-gateway`, title: 'The proxy target server is inaccessible.' }, 'server'],
    [502, '<html>Bad Gateway</html>', 'server'],
    [403, '', 'forbidden'],
  ])('throws what is no answer to a log-in: %i', (status, body, kind) => {
    try {
      readLoginAnswer(answer(status, body), 'login');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ClientError);
      expect((error as ClientError).kind).toBe(kind);
    }
  });
});
