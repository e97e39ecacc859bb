import { describe, expect, it } from 'vitest';
import { selectableProjects } from './projects';

const record = { type: 'GENERAL', is_active: true, domain_name: 'default' };
const listed = [
  { ...record, id: 'a', name: 'mine' },
  { ...record, id: 'b', name: 'others' },
  { ...record, id: 'c', name: 'models', type: 'MODEL_STORE' },
  { ...record, id: 'd', name: 'closed', is_active: false },
  { ...record, id: 'e', name: 'abroad', domain_name: 'elsewhere' },
  { ...record, id: null, name: 'broken' },
];

describe('selectableProjects', () => {
  it("narrows to a user's own projects, and gives administrators all of the domain", () => {
    const names = (role: string) =>
      selectableProjects(listed, { role, domain: 'default', groupIds: ['a', 'c', 'd', 'e'] }).map((project) => project.name);
    expect(names('user')).toEqual(['mine', 'models']);
    expect(names('monitor')).toEqual(['mine', 'models']);
    expect(names('admin')).toEqual(['mine', 'others', 'models']);
    expect(names('superadmin')).toEqual(['mine', 'others', 'models']);
  });
});
