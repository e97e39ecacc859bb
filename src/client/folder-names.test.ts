import { describe, expect, it } from 'vitest';
import { folderNameFlaw } from './folder-names';

const own = (name: string, managerVersion = '25.5.2') => folderNameFlaw(name, { ofProject: false, managerVersion });

describe('names of new folders (DAT-061)', () => {
  it.each([
    ['', 'empty'],
    ['a'.repeat(65), 'tooLong'],
    ['with space', 'characters'],
    ['a/b', 'characters'],
    ['자료', 'characters'],
    ['.', 'reserved'],
    ['..', 'reserved'],
    ['.ssh', 'reserved'],
    ['.bashrc', 'reserved'],
    ['.zsh_profile', 'reserved'],
    ['a', null],
    ['a'.repeat(64), null],
    ['.local', null],
    ['-odd--name_', null],
  ])('%j is %s', (name, flaw) => expect(own(name)).toBe(flaw));

  it('managers before 24.09 want a slug', () => {
    for (const name of ['-a', '_a', 'a-', 'a--b', 'a.', '..a']) expect(own(name, '24.03.12')).toBe('slug');
    for (const name of ['a', 'a-b_c.d', '.local']) expect(own(name, '24.03.12')).toBeNull();
  });

  it('of the folders that mount by themselves a project has .local only', () => {
    const shared = (name: string) => folderNameFlaw(name, { ofProject: true, managerVersion: '25.5.2' });
    expect(shared('.linuxbrew')).toBe('dotProject');
    expect(shared('.local')).toBeNull();
    expect(own('.linuxbrew')).toBeNull();
  });
});
