import { describe, expect, it } from 'vitest';
import { passwordFlaw } from './password-rule';

describe('the password rule (ACC-031)', () => {
  it.each([
    ['', 'empty'],
    ['a1!', 'tooShort'],
    ['12345678!', 'noLetter'],
    ['abcdefgh!', 'noDigit'],
    ['abcdefg1', 'noSpecial'],
    [`a1!${'x'.repeat(62)}`, 'tooLong'],
    ['user-Demo-1', null],
    ['under_score1', null],
    ['비밀번호abc12', null],
  ])('%s → %s', (password, flaw) => {
    expect(passwordFlaw(password)).toBe(flaw);
  });
});
