// @vitest-environment node
import { afterEach, describe, expect, it } from 'vitest';
import { can, capabilityVersions } from './capabilities';
import type { Capability } from './capabilities';
import { connection } from './connection';

afterEach(() => connection.reset());

describe('capabilities', () => {
  it.each(Object.entries(capabilityVersions) as [Capability, readonly string[]][])(
    '%s comes with %s',
    (capability, versions) => {
      for (const version of versions) {
        expect(can(capability, version)).toBe(true);
        expect(can(capability, `${version}+local`)).toBe(true);
        expect(can(capability, `${version}rc1`)).toBe(false);
      }
      expect(can(capability, '19.09.0')).toBe(false);
      expect(can(capability, '99.1.0')).toBe(true);
    },
  );

  const rows: [Capability, string, boolean][] = [
    // Of a back-ported capability the entry of the manager's own line decides.
    ['foldersById', '24.03.11', false],
    ['foldersById', '24.03.12', true],
    ['foldersById', '24.09.5', false],
    ['foldersById', '24.09.6', true],
    ['foldersById', '24.12.9', false],
    ['foldersById', '25.1.0rc1', false],
    ['foldersById', '25.1', true],
    ['foldersById', '26.8.1', true],
    ['folderMountsInSessions', '24.09.8', true],
    ['folderMountsInSessions', '25.1.9', false],
    ['folderMountsInSessions', '25.3.0', true],
    ['sessionNodes', '24.03.10', false],
    ['sessionNodes', '24.09.12', false],
    ['sessionNodes', '24.12', true],
    ['priority', '24.9.0', true],
    ['batchTimeout', '24.09.9', false],
    ['kernelLogs', '24.03.7', true],
    ['roleRefusalIs403', '26.2.5', false],
    ['concurrentLoginGuard', '26.4.0', true],
    ['defaultKeypairFlag', '26.8.1', false],
  ];
  it.each(rows)('%s at %s: %s', (capability, version, expected) => expect(can(capability, version)).toBe(expected));

  it('takes the version of the connection, and nothing before it is known', () => {
    expect(can('sessionNodes')).toBe(false);
    connection.set({ managerVersion: '25.6.3' });
    expect(can('sessionNodes')).toBe(true);
    expect(can('sessionNodes', null)).toBe(false);
    expect(can('sessionNodes', 'unheard-of')).toBe(false);
  });

  it('mounts by id need the request format of v9 too, whatever the version (SES-C01)', () => {
    connection.set({ managerVersion: '25.13.1', apiVersion: 'v8.20240915' });
    expect(can('mountById')).toBe(false);
    connection.set({ apiVersion: 'v9.20250722' });
    expect(can('mountById')).toBe(true);
    expect(can('mountById', '25.11.0')).toBe(false);
    connection.set({ apiVersion: 'v10.20270101' });
    expect(can('mountById')).toBe(true);
  });
});
