import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connection } from '../../client/connection';
import { offeredScopes, serverQuestion, serverScopeFor } from './export-plan';

const at = (managerVersion: string) =>
  connection.set({ endpoint: 'http://console.test', mode: 'SESSION', apiVersion: 'v9.20250722', managerVersion });
const list = { type: 'all', status: 'running', order: '-created_at', filter: [] as string[] } as const;

beforeEach(() => at('26.8.1'));
afterEach(() => connection.reset());

describe('who makes the CSV (SES-015, SES-C31)', () => {
  it.each([
    ['25.13.1', 'superadmin', ['list']],
    ['26.2.0', 'superadmin', ['list', 'system']],
    ['26.2.0', 'user', ['list']],
    ['26.4.0', 'user', ['list', 'own']],
    ['26.8.1', 'superadmin', ['list', 'own', 'system']],
  ] as const)('%s offers a %s %j', (version, role, scopes) => {
    at(version);
    expect(offeredScopes({ role })).toEqual(scopes);
  });

  it('the server makes the list only where it can tell exactly what is listed', () => {
    expect(serverScopeFor('list', { role: 'superadmin' }, 'p', [])).toEqual({ kind: 'project', id: 'p' });
    expect(serverScopeFor('list', { role: 'superadmin' }, 'p', ['image~torch'])).toBeNull();
    expect(serverScopeFor('list', { role: 'admin' }, 'p', [])).toBeNull();
    expect(serverScopeFor('own', { role: 'user' }, 'p', [])).toEqual({ kind: 'own' });
    at('26.2.0');
    expect(serverScopeFor('list', { role: 'superadmin' }, 'p', [])).toBeNull();
    expect(serverScopeFor('system', { role: 'superadmin' }, 'p', ['image~torch'])).toEqual({ kind: 'system' });
  });

  it('puts the list into the words of the server', () => {
    const question = serverQuestion({
      type: 'batch',
      status: 'finished',
      order: 'scaling_group',
      filter: ['name~50% "x"', 'group!=default', 'created>=2026-03-01', 'created<=2026-03-02', 'name~two', 'image~torch'],
    });
    expect(question.filter).toEqual({
      status: ['TERMINATED', 'CANCELLED'],
      session_type: ['batch'],
      name: { i_contains: '50% "x"' },
      scaling_group_name: { not_equals: 'default' },
      created_at: { after: new Date(2026, 2, 1).toISOString(), before: new Date(new Date(2026, 2, 3).getTime() - 1).toISOString() },
    });
    expect(question.order).toEqual([{ field: 'scaling_group_name', direction: 'asc' }]);
    expect(question.untold).toEqual(['name~two', 'image~torch']);
  });

  it('asks by statuses that the manager knows, and by age where it can not order as the list does', () => {
    at('26.2.0');
    expect(serverQuestion(list).filter.status).not.toContain('RESERVED');
    expect(serverQuestion({ ...list, order: '-priority' }).order).toEqual([{ field: 'created_at', direction: 'desc' }]);
    at('26.8.1');
    expect(serverQuestion(list).filter.status).toContain('RESERVED');
  });
});
