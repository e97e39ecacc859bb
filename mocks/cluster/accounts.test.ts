// @vitest-environment node
import { expect, test } from 'vitest';
import { clusterWith, refusal, requester } from './test-helpers';

const UMA = { username: 'user@example.com', password: 'user-Demo-1' };

test('ACC-011, ACC-014: by e-mail or user name; a wrong password and an unknown name read the same', () => {
  const cluster = clusterWith();
  expect(cluster.accounts.login(UMA)).toMatchObject({ kind: 'in', role: 'user', status: 'active', accessKey: 'AKIAUSEREXAMPLE23456' });
  expect(cluster.accounts.login({ ...UMA, username: 'user' })).toMatchObject({ kind: 'in' });
  const wrong = refusal(() => cluster.accounts.login({ ...UMA, password: 'no' }));
  const unknown = refusal(() => cluster.accounts.login({ username: 'nobody@example.com', password: 'no' }));
  expect(wrong).toMatchObject({ status: 401, slug: 'auth-failed', title: 'Credential/signature mismatch.', msg: 'User credential mismatch.' });
  expect(unknown.msg).toBe(wrong.msg);
});

test('ACC-015: ten failures block for twenty minutes, a try while blocked renews it', () => {
  const cluster = clusterWith();
  for (let i = 0; i < 10; i += 1) refusal(() => cluster.accounts.login({ ...UMA, password: 'no' }));
  expect(refusal(() => cluster.accounts.login(UMA))).toMatchObject({ status: 429, slug: 'too-many-requests' });
  cluster.advance('19m');
  expect(refusal(() => cluster.accounts.login(UMA)).status).toBe(429);
  cluster.advance('19m');
  expect(refusal(() => cluster.accounts.login(UMA)).status).toBe(429);
  cluster.advance('20m');
  expect(cluster.accounts.login(UMA).kind).toBe('in');
  expect(cluster.accounts.login({ username: 'admin@example.com', password: 'admin-Demo-1' }).kind).toBe('in');
});

test('ACC-036: inactive and unverified accounts; their keys stop working', () => {
  const cluster = clusterWith();
  const user = cluster.accounts.userByEmail('user@example.com');
  if (!user) throw new Error('no user');
  user.status = 'before-verification';
  expect(refusal(() => cluster.accounts.login(UMA)).msg).toBe('This account needs email verification.');
  user.status = 'inactive';
  expect(refusal(() => cluster.accounts.login(UMA)).msg).toBe('User credential mismatch.');
  expect(cluster.accounts.activeKeypair('AKIAUSEREXAMPLE23456')).toBeUndefined();
});

test('ACC-021: the guard of 26.4 refuses, and force ends the oldest', () => {
  const cluster = clusterWith({ version: '26.8' });
  const policy = cluster.state.userPolicies['default'];
  if (policy) policy.maxConcurrentLogins = 1;
  const first = cluster.accounts.login(UMA);
  if (first.kind !== 'in') throw new Error('not in');
  expect(refusal(() => cluster.accounts.login(UMA))).toMatchObject({ status: 409, slug: 'active-login-session-exists' });
  expect(cluster.accounts.login({ ...UMA, force: true }).kind).toBe('in');
  expect(cluster.accounts.isLoginAlive(first.loginSessionId)).toBe(false);
  if (policy) policy.maxConcurrentLogins = 0;
  expect(refusal(() => cluster.accounts.login({ ...UMA, force: true })).status).toBe(409);
});

test('ACC-047: the second factor is asked for, by version', () => {
  for (const version of ['25.5', '26.8']) {
    const cluster = clusterWith({ version });
    const user = cluster.accounts.userByEmail('user@example.com');
    if (user) user.totpActivated = true;
    if (version === '26.8') expect(cluster.accounts.login(UMA)).toEqual({ kind: 'totp-required' });
    else expect(refusal(() => cluster.accounts.login(UMA)).msg).toContain('Two-Factor Authentication');
    expect(refusal(() => cluster.accounts.login({ ...UMA, otp: '000000' }))).toMatchObject({ slug: 'rejected-by-hook', msg: 'Invalid TOTP code provided' });
    expect(cluster.accounts.login({ ...UMA, otp: '123456' }).kind).toBe('in');
  }
});

test('ACC-022: an expired password, and its change without a session', () => {
  const cluster = clusterWith();
  cluster.state.settings.maxPasswordAge = 10;
  expect(refusal(() => cluster.accounts.login(UMA))).toMatchObject({ status: 401, slug: 'password-expired' });
  const change = (newPassword: string) => () =>
    cluster.accounts.updateExpiredPassword({ username: UMA.username, currentPassword: UMA.password, newPassword });
  expect(refusal(change('short')).slug).toBe('rejected-by-hook');
  expect(change('Fresh-Pass-1')().changedAt).toBe(cluster.now);
  expect(cluster.accounts.login({ ...UMA, password: 'Fresh-Pass-1' }).kind).toBe('in');
});

test('ACC-071: changing the password asks for the old one, the rule and the repetition', () => {
  const cluster = clusterWith();
  const me = requester(cluster);
  const change = (oldPassword: string, newPassword: string, newPassword2 = newPassword) => () =>
    cluster.accounts.updatePassword(me, { oldPassword, newPassword, newPassword2 });
  expect(refusal(change('wrong', 'Abcd1234!'))).toMatchObject({ status: 401, msg: 'Old password mismatch' });
  expect(change('user-Demo-1', 'Abcd1234!', 'Abcd1234?')()).toEqual({ mismatch: true });
  expect(change('user-Demo-1', 'Abcd1234!')()).toEqual({ mismatch: false });
});

test('ACC-052: a log-in ends after its life, and can be extended', () => {
  const cluster = clusterWith();
  const login = cluster.accounts.login(UMA);
  if (login.kind !== 'in') throw new Error('not in');
  cluster.advance('6d');
  cluster.accounts.extendLogin(login.loginSessionId);
  cluster.advance('6d');
  expect(cluster.accounts.isLoginAlive(login.loginSessionId)).toBe(true);
  cluster.advance('2d');
  expect(cluster.accounts.isLoginAlive(login.loginSessionId)).toBe(false);
});
