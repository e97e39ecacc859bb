/** The rule of every password that is set anywhere (ACC-031). */
export const passwordMaxLength = 64;

export type PasswordFlaw = 'empty' | 'tooShort' | 'noLetter' | 'noDigit' | 'noSpecial' | 'tooLong';

/** The first part of the rule that the password breaks, or null. */
export function passwordFlaw(password: string): PasswordFlaw | null {
  if (password === '') return 'empty';
  if (password.length < 8) return 'tooShort';
  if (password.length > passwordMaxLength) return 'tooLong';
  if (!/[a-zA-Z]/.test(password)) return 'noLetter';
  if (!/\d/.test(password)) return 'noDigit';
  if (!/[_\W]/.test(password)) return 'noSpecial';
  return null;
}
