// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { SessionAgent } from '../../client/session-agents';
import type { SessionOwner } from '../../client/session-owner';
import { GIB } from '../../lib/quantities';
import { agentMode, chosenAgents } from './agent-rules';
import { checkMore } from './launch-check-more';
import type { MoreFacts } from './launch-check-more';
import { subjectOf } from './launch-subject';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';

const project = { id: 'p1', name: 'default' };
const me = {
  uuid: 'me', domain: 'default', accessKey: 'MINE', keypairPolicy: 'operators',
  projects: [{ ...project, type: 'GENERAL' as const }, { id: 'store', name: 'model-store', type: 'MODEL_STORE' as const }],
};
const owner = (part: Partial<SessionOwner> = {}): SessionOwner => ({
  uuid: 'u', email: 'a@b.c', domain: 'default', role: 'user', projects: [{ id: 'store', name: 'model-store' }, { id: 'p2', name: 'lab' }, project],
  keypairs: [{ accessKey: 'K1', policy: 'student', concurrencyUsed: 2 }, { accessKey: 'K2', policy: 'default', concurrencyUsed: 0 }], ...part,
});
const entry = (part: Partial<NonNullable<LaunchValues['owner']>> = {}) => ({ typed: 'a@b.c', email: 'a@b.c', accessKey: null, project: null, ...part });
const found = (part: Partial<SessionOwner> = {}) => subjectOf(entry(), { isError: false, data: owner(part) }, me, project);

describe('for whom the session is (SES-055)', () => {
  it('myself, where nobody was named or found', () => {
    const nobody = { isError: false, data: undefined };
    expect(subjectOf(null, nobody, me, project)).toMatchObject({ state: 'self', accessKey: 'MINE', policy: 'operators', project });
    expect(subjectOf(entry({ email: '' }), nobody, me, project).state).toBe('empty');
    expect(subjectOf(entry(), nobody, me, project)).toMatchObject({ state: 'searching', accessKey: 'MINE' });
    expect(subjectOf(entry(), { isError: false, data: null }, me, project).state).toBe('unknown');
    expect(subjectOf(entry(), { isError: true, data: undefined }, me, project).state).toBe('failed');
  });
  it('the first key, the header’s project if it is the owner’s too, no model store', () => {
    expect(found()).toMatchObject({ state: 'found', uuid: 'u', accessKey: 'K1', policy: 'student', concurrencyUsed: 2, project });
    expect(found().projects.map((one) => one.name)).toEqual(['lab', 'default']);
    expect(found({ projects: [{ id: 'p2', name: 'lab' }] }).project.name).toBe('lab');
  });
  it('what was chosen counts, while it is there', () => {
    const chosen = (part: object) => subjectOf(entry(part), { isError: false, data: owner() }, me, project);
    expect(chosen({ accessKey: 'K2', project: 'p2' })).toMatchObject({ accessKey: 'K2', policy: 'default', project: { name: 'lab' } });
    expect(chosen({ accessKey: 'gone', project: 'gone' })).toMatchObject({ accessKey: 'K1', project });
  });
});

const agent = (id: string, part: Partial<SessionAgent> = {}): SessionAgent => ({
  id, architecture: 'x86_64', available: { cpu: 16, mem: 64 * GIB }, free: { cpu: 8, mem: 32 * GIB }, ...part,
});

describe('agents (SES-073)', () => {
  it.each<['single-node' | 'multi-node', number | null, boolean, string]>([
    ['single-node', 1, true, 'one'],
    ['single-node', null, false, 'one'],
    ['single-node', 2, true, 'none'],
    ['multi-node', 1, true, 'one'],
    ['multi-node', 2, true, 'several'],
    ['multi-node', 2, false, 'none'],
  ])('%s of %s containers, several allowed %s: %s', (clusterMode, clusterSize, several, expected) => {
    expect(agentMode({ clusterMode, clusterSize }, { several })).toBe(expected);
  });
  it('none are sent that are not to be chosen', () => {
    const values = { clusterMode: 'single-node', clusterSize: 1, agents: ['a', 'b'] } as const;
    expect(chosenAgents({ ...values, agents: ['a', 'b'] }, { offered: null, several: true })).toEqual([]);
    expect(chosenAgents({ ...values, agents: ['a', 'b'] }, { offered: [agent('a')], several: true })).toEqual(['a']);
    expect(chosenAgents({ ...values, agents: ['a'], clusterSize: 2 }, { offered: [agent('a')], several: true })).toEqual([]);
  });
});

describe('what is wrong with owner, advanced fields, threads and agents', () => {
  const facts = (part: Partial<MoreFacts> = {}): MoreFacts => ({
    subject: subjectOf(null, { isError: false, data: undefined }, me, project),
    asker: { role: 'admin', domain: 'default' },
    canPriority: true,
    agents: { offered: [agent('a'), agent('b'), agent('arm', { architecture: 'aarch64' })], several: true },
    amounts: { cpu: 4, mem: 8 * GIB, shm: null, shmAuto: true, accelerator: null, preset: null },
    architecture: 'x86_64',
    slotText: (slot, amount) => `${amount} ${slot}`,
    ...part,
  });
  const check = (values: Partial<LaunchValues>, part: Partial<MoreFacts> = {}) =>
    checkMore({ ...defaultLaunchValues(), ...values }, facts(part)).map((one) => `${one.level} ${one.field} ${one.id}`);
  const environ = [{ key: 'k', name: 'OMP_NUM_THREADS', value: '1', missing: false }];
  const amounts = (cpu: number) => ({ amounts: { ...facts().amounts, cpu } });

  it.each<[string, Partial<LaunchValues>, Partial<MoreFacts>, string[]]>([
    ['nothing in the defaults', {}, {}, []],
    ['SES-055 nobody named yet', {}, { subject: subjectOf(entry({ email: '' }), { isError: false, data: undefined }, me, project) }, ['error owner ownerMissing']],
    ['SES-055 unknown', {}, { subject: subjectOf(entry(), { isError: false, data: null }, me, project) }, ['error owner ownerUnknown']],
    ['SES-055 no keypair', {}, { subject: found({ keypairs: [] }) }, ['error owner ownerNoKeypair']],
    ['SES-055 no project', {}, { subject: found({ projects: [] }) }, ['error ownerProject ownerNoProject']],
    ['SES-056 a superadmin, for a domain admin', {}, { subject: found({ role: 'superadmin' }) }, ['error owner ownerForbidden']],
    ['SES-056 another domain, for a domain admin', {}, { subject: found({ domain: 'x' }) }, ['error owner ownerForbidden']],
    ['SES-056 both, for a superadmin', {}, { subject: found({ role: 'superadmin', domain: 'x' }), asker: { role: 'superadmin', domain: 'default' } }, []],
    ['SES-041 an owner that was not kept', { ownerDropped: true }, {}, ['warning owner ownerDropped']],
    ['SES-076 priority of 0', { priority: 0 }, {}, []],
    ['SES-076 priority below', { priority: -1 }, {}, ['error priority priorityRange']],
    ['SES-076 priority above', { priority: 101 }, {}, ['error priority priorityRange']],
    ['SES-076 priority between', { priority: 1.5 }, {}, ['error priority priorityRange']],
    ['SES-076 priority where there is none', { priority: 101 }, { canPriority: false }, []],
    ['SES-076 tag', { tag: 'x'.repeat(65) }, {}, ['error tag tagLong']],
    ['SES-076 callback', { callbackUrl: 'javascript:alert(1)' }, {}, ['error callbackUrl callbackFormat']],
    ['SES-076 callback by a bare host', { callbackUrl: 'hooks.example.org' }, {}, ['error callbackUrl callbackFormat']],
    ['SEC-07 a script that was not kept', { dropped: ['bootstrapScript'] }, {}, ['warning bootstrapScript secretDropped']],
    ['SES-075 threads', { hpcAuto: false, ompThreads: 0, openblasThreads: 1001 }, {}, ['error ompThreads threads', 'error openblasThreads threads']],
    ['SES-075 threads left over', { hpcAuto: true, ompThreads: 0, environ }, {}, []],
    ['SES-075 set twice', { hpcAuto: false, environ }, {}, ['error environ:k:name environThreads']],
    ['SES-073 gone', { agents: ['z'] }, {}, ['error agents agentGone']],
    ['SES-073 another machine', { agents: ['arm'] }, {}, ['error agents agentArchitecture']],
    ['SES-073 too small', { agents: ['a'] }, amounts(17), ['error agents agentSmall']],
    ['SES-073 too busy', { agents: ['a'] }, amounts(9), ['warning agents agentBusy']],
    ['SES-073 too few', { agents: ['a'], clusterMode: 'multi-node', clusterSize: 2 }, {}, ['error agents agentCount']],
    ['SES-073 as many as containers', { agents: ['a', 'b'], clusterMode: 'multi-node', clusterSize: 2 }, {}, []],
    ['SES-073 not to be chosen', { agents: ['z'] }, { agents: { offered: null, several: true } }, []],
  ])('%s', (_title, values, part, expected) => {
    expect(check(values, part)).toEqual(expected);
  });
});
