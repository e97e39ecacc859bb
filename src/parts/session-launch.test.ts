import { describe, expect, it } from 'vitest';
import type { SessionRow } from '../client/sessions-types';
import { GIB } from '../lib/quantities';
import { amountsPerContainer, commandOfSession, linkOfSession, nameEnding, renewedName } from './session-launch';

const session: SessionRow = {
  id: '11111111-2222-3333-4444-555555555555', name: 'train', type: 'batch', status: 'PENDING', statusInfo: null, statusData: null, statusHistory: null,
  priority: 10, clusterMode: 'multi-node', clusterSize: 2, resourceGroup: 'gpu', agentIds: [], accessKey: 'AK', domain: 'default', projectId: 'p', userId: 'u',
  ownerEmail: null, createdAt: null, startsAt: '2026-03-02T09:00:00+00:00', scheduledAt: null, terminatedAt: null, result: null, startupCommand: 'python x.py',
  occupiedSlots: {}, requestedSlots: { cpu: 8, mem: 32 * GIB, 'cuda.shares': 3, 'cuda.device': 0 }, shmem: 2 * GIB, servicePorts: [], idleChecks: null,
  folders: ['f-1', 'f-2', 'f-3'], folderNames: { 'f-1': 'data', 'f-3': '.local' }, queuePosition: null,
  dependencies: null,
  image: { name: 'cr.example.org/stable/python:3.13', architecture: 'x86_64' }, kernels: [],
};

describe('a session as the launch of the next one', () => {
  it('amounts are those of one container', () => {
    expect(amountsPerContainer(session)).toEqual({ cpu: 4, mem: 16 * GIB, shmem: GIB, accelerator: { slot: 'cuda.shares', amount: 1.5 } });
  });

  it('has another name, its start time only while that lies ahead', () => {
    const link = linkOfSession(session, { now: Date.parse('2026-03-02T08:00:00Z'), ending: 'k3x7' });
    expect(link).toMatchObject({
      sessionName: 'train-k3x7', sessionType: 'batch', batch: { command: 'python x.py', scheduleDate: '2026-03-02T09:00:00.000Z' },
      resource: { cpu: 4, mem: '16g', shmem: '1g', accelerator: 1.5, acceleratorType: 'cuda.shares' }, cluster_mode: 'multi-node', cluster_size: 2,
      environments: { version: 'cr.example.org/stable/python:3.13@x86_64' }, mount_ids: ['f-1', 'f-2'],
    });
    expect(linkOfSession(session, { now: Date.parse('2026-03-02T10:00:00Z') }).batch).toEqual({ command: 'python x.py' });
  });

  it('the ending of a name is replaced, not followed by another; no name grows beyond 64 characters (SES-043)', () => {
    expect(renewedName('train-k3x7', 'b1c2')).toBe('train-b1c2');
    expect(renewedName('on-a100', 'b1c2')).toBe('on-a100-b1c2');
    expect(renewedName('x'.repeat(64), 'b1c2')).toHaveLength(64);
    expect(renewedName(renewedName('train', nameEnding()))).toMatch(/^train-[a-z]\d[a-z]\d$/);
  });

  it('as a command it names folders and the project', () => {
    const place = { project: 'vision', domain: 'default', apiVersion: 'v8', folderNames: { 'f-2': 'results' }, mountById: true };
    const command = commandOfSession(session, place);
    expect(command?.mounts.map(({ name }) => name)).toEqual(['data', 'results']);
    expect(command?.request).toMatchObject({ group: 'vision', config: { mount_ids: ['f-1', 'f-2'], resources: { cpu: 4, mem: '16g', 'cuda.shares': 1.5 } } });
    expect(commandOfSession(session, { ...place, mountById: false })?.request.config.mounts).toEqual(['data', 'results']);
    expect(commandOfSession({ ...session, image: null }, place)).toBeNull();
  });
});
