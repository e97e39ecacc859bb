// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Image } from '../../client/images';
import type { Preset } from '../../client/presets';
import { GIB, MIB } from '../../lib/quantities';
import { environmentsOf, imageId } from '../../parts/image-catalog';
import { checkLaunch } from './launch-check';
import type { CheckFacts } from './launch-check';
import type { LimitFacts } from './launch-limits';
import { chooseAutomatically, presetObstacle, resolveAmounts, resolveImage, toCustom } from './launch-resolve';
import type { ResolveFacts } from './launch-resolve';
import type { Subject } from './launch-subject';
import { defaultLaunchValues } from './launch-values';
import type { LaunchValues } from './launch-values';

const image = (part: Partial<Image> = {}): Image => ({
  id: '1', reference: 'cr.example.org/stable/python:3.13', registry: 'cr.example.org', project: 'stable', baseName: 'python',
  title: 'Python', group: 'language', tag: '3.13', version: '3.13', tags: [], architecture: 'x86_64', digest: null, labels: {},
  role: 'COMPUTE', features: [], minimum: { cpu: 1, mem: 256 * MIB }, accelerators: ['cuda'], servicePorts: [], preferredShmem: null,
  coreCountVariables: [], installed: true, ...part,
});
const version = (tag: string, architecture = 'x86_64', part: Partial<Image> = {}): Image =>
  image({ reference: `cr.example.org/stable/python:${tag}`, tag, version: tag.split('-')[0] ?? tag, architecture, ...part });

const preset = (name: string, cpu: number, gib: number, more: Record<string, number> = {}, allocatable = true): Preset => ({
  id: null, name, slots: { cpu, mem: gib * GIB, ...more }, shmem: null, allocatable,
});
const limits = (part: Partial<LimitFacts> = {}): LimitFacts => ({
  caps: {}, keypairLimits: null, projectLimits: null, keypairRemaining: null, projectRemaining: null, groupUsing: null,
  groupRemaining: { cpu: 8, mem: 32 * GIB, 'cuda.device': 2 }, imageMinimum: { cpu: 1, mem: 256 * MIB }, quantum: null, ...part,
});
const facts = (part: Partial<ResolveFacts> = {}): ResolveFacts => ({
  limits: limits(), image: image(), accelerators: ['cuda.device'], allowCustom: true,
  presets: [preset('small', 1, 2), preset('large', 8, 32), preset('gpu', 4, 16, { 'cuda.device': 1 }), preset('huge', 64, 512)],
  ...part,
});

const subject: Subject = {
  state: 'self', owner: null, uuid: 'u', domain: 'default', accessKey: 'AK', policy: 'default', concurrencyUsed: null,
  project: { id: 'p', name: 'default' }, projects: [],
};

describe('environments (SES-060, SES-061)', () => {
  const environments = environmentsOf([
    version('3.9'), version('3.13', 'aarch64'), version('3.13'), version('3.10'),
    version('3.13-customized_aa', 'x86_64', { customizedName: 'mine' }),
    image({ reference: 'cr.example.org/stable/python-pytorch:2.4', title: 'PyTorch', group: 'machineLearning', version: '2.4' }),
  ]);
  it('one of each name; versions newest first by value, the usual machine first, stock before customized', () => {
    expect(environments.map((one) => one.title)).toEqual(['PyTorch', 'Python']);
    expect(environments[1]?.images.map((one) => `${one.tag} ${one.architecture}`)).toEqual([
      '3.13 x86_64', '3.13 aarch64', '3.13-customized_aa x86_64', '3.10 x86_64', '3.9 x86_64',
    ]);
  });
  it.each<[string, string | null, string, string | null]>([
    ['the last used', 'cr.example.org/stable/python:3.10@x86_64', 'cr.example.org/stable/python-pytorch', 'cr.example.org/stable/python:3.10@x86_64'],
    ['the newest of the last used, when that is gone', 'cr.example.org/stable/python:3.1@x86_64', '', 'cr.example.org/stable/python:3.13@x86_64'],
    ['else the configured one', null, 'stable/python', 'cr.example.org/stable/python:3.13@x86_64'],
    ['else the first', null, 'nowhere/none', 'cr.example.org/stable/python-pytorch:2.4@x86_64'],
  ])('preselects %s', (_title, lastImage, configured, expected) => {
    const found = resolveImage({ environment: null, image: null }, environments, { lastImage, configured });
    expect(found && imageId(found)).toBe(expected);
  });
  it.each<[string, string, string]>([
    ['with its tag', 'cr.example.org/stable/python:3.10', 'cr.example.org/stable/python:3.10@x86_64'],
    ['with tag and architecture', 'cr.example.org/stable/python:3.13@aarch64', 'cr.example.org/stable/python:3.13@aarch64'],
    ['without a tag', 'cr.example.org/stable/python', 'cr.example.org/stable/python:3.13@x86_64'],
    ['with a tag that is gone', 'cr.example.org/stable/python:2.7', 'cr.example.org/stable/python:3.13@x86_64'],
  ])('SES-R95 an environment of a link or of the site, named %s', (_title, environment, expected) => {
    const found = resolveImage({ environment, image: null }, environments, { lastImage: null, configured: '' });
    expect(found && imageId(found)).toBe(expected);
  });
  it('a chosen image that is gone is not replaced in silence', () => {
    const wish = { lastImage: null, configured: '' };
    expect(resolveImage({ environment: null, image: 'cr.example.org/stable/python:9@x86_64' }, environments, wish)).toBeNull();
  });
});

describe('presets (SES-066, SES-R16)', () => {
  it('the largest that fits what remains', () => {
    expect(chooseAutomatically(facts(), 1)?.name).toBe('large');
    expect(chooseAutomatically(facts({ limits: limits({ groupUsing: { cpu: 4, mem: 16 * GIB, 'cuda.device': 0 }, groupRemaining: { cpu: 4, mem: 16 * GIB, 'cuda.device': 1 } }) }), 1)?.name).toBe('gpu');
  });
  it('else the first allocatable; else none', () => {
    const busy = limits({ keypairLimits: { cpu: 64, mem: 64 * GIB }, groupUsing: { cpu: 8, mem: 32 * GIB }, groupRemaining: { cpu: 0, mem: 0, 'cuda.device': 0 } });
    expect(chooseAutomatically(facts({ limits: busy }), 1)?.name).toBe('small');
    expect(chooseAutomatically(facts({ limits: busy, presets: [preset('small', 1, 2, {}, false)] }), 1)).toBeNull();
  });
  it.each<[string, Preset, Partial<ResolveFacts>, string | null]>([
    ['fits', preset('p', 1, 2), {}, null],
    ['less than the image needs', preset('p', 1, 0.25), {}, 'belowImage'],
    ['the image minimum itself is too little with SHM', preset('p', 1, 0.25 + 1 / 32), {}, 'belowImage'],
    ['above the maximum', preset('p', 9, 2), {}, 'aboveMax'],
    ['an accelerator the image does not take', preset('p', 1, 2, { 'cuda.device': 1 }), { image: image({ accelerators: ['rocm'] }) }, 'accelerator'],
    ['a slot the group does not have', preset('p', 1, 2, { 'tpu.device': 1 }), {}, 'slotUnknown'],
    ['an unknown slot of 0 does no harm', preset('p', 1, 2, { 'tpu.device': 0 }), {}, null],
    ['half a device', preset('p', 1, 2, { 'cuda.device': 0.5 }), {}, 'step'],
    ['not allocatable', preset('p', 1, 2, {}, false), {}, 'notAllocatable'],
  ])('%s', (_title, one, part, expected) => {
    expect(presetObstacle(one, facts(part), 1)).toBe(expected);
  });
  it('touching an amount keeps the others', () => {
    const values = defaultLaunchValues();
    const amounts = resolveAmounts({ ...values, allocation: 'preset:gpu' }, facts());
    expect(toCustom(values, amounts)).toMatchObject({ allocation: 'custom', cpu: 4, mem: 16 * GIB, acceleratorSlot: 'cuda.device', accelerator: 1 });
  });
  it('SES-R12 in a cluster shares are whole: neither the automatic choice nor the minimum asks for parts', () => {
    const shares = limits({ groupRemaining: { cpu: 8, mem: 32 * GIB, 'cuda.shares': 4 }, imageMinimum: { cpu: 1, mem: 256 * MIB, 'cuda.shares': 0.1 } });
    const part = facts({ limits: shares, accelerators: ['cuda.shares'], presets: [preset('half', 2, 8, { 'cuda.shares': 1.5 }), preset('whole', 1, 4, { 'cuda.shares': 1 })] });
    expect([1, 2].map((size) => chooseAutomatically(part, size)?.name)).toEqual(['half', 'whole']);
    const least = (clusterSize: number) => resolveAmounts({ ...defaultLaunchValues(), allocation: 'minimum', clusterSize }, part).accelerator?.amount;
    expect([1, 2].map(least)).toEqual([0.1, 1]);
  });
  it('minimum requirements', () => {
    expect(resolveAmounts({ ...defaultLaunchValues(), allocation: 'minimum' }, facts())).toMatchObject({ cpu: 1, mem: 320 * MIB, shm: 64 * MIB });
  });
  it('where own amounts are not allowed, those of a link fall back', () => {
    const amounts = resolveAmounts({ ...defaultLaunchValues(), allocation: 'custom', cpu: 3, mem: GIB }, facts({ allowCustom: false }));
    expect(amounts.preset?.name).toBe('large');
  });
  it('pitfall 17 of its shared memory a preset keeps what leaves the image its minimum', () => {
    const roomy = { ...preset('roomy', 1, 2), shmem: GIB };
    const shmOf = (mem: number) =>
      resolveAmounts({ ...defaultLaunchValues(), allocation: 'preset:roomy' }, facts({ presets: [roomy], limits: limits({ imageMinimum: { cpu: 1, mem } }) })).shm;
    expect(shmOf(256 * MIB)).toBe(GIB);
    expect(shmOf(1.5 * GIB)).toBe(0.5 * GIB);
  });
  it('nor is its shared memory, which has no field there', () => {
    const amounts = resolveAmounts({ ...defaultLaunchValues(), allocation: 'custom', shmAuto: false, shm: 64 * GIB }, facts({ allowCustom: false }));
    expect(amounts).toMatchObject({ shm: GIB, shmAuto: true });
  });
});

describe('what is wrong, at its field (SES-071, SES-111)', () => {
  const check = (values: Partial<LaunchValues>, part: Partial<CheckFacts> = {}): string[] => {
    const all = { ...defaultLaunchValues(), ...values };
    const resolve = part.resolve ?? facts();
    return checkLaunch(all, {
      now: Date.parse('2026-03-01T00:00'), image: resolve.image, imagesKnown: true, resourceGroup: 'default', resourceGroups: ['default'],
      resolve, limits: resolve.limits, amounts: resolveAmounts(all, resolve), amountsKnown: true, maxConcurrent: 5, maxContainers: 4,
      slotName: (slot) => slot, slotText: (slot, amount) => `${amount} ${slot}`, folders: [], automounts: [], apps: new Map([[8180, 'vscode']]),
      maxPorts: 3, canTimeout: true, canSubpath: true, manualImage: false, subject, asker: { role: 'user', domain: 'default' }, canPriority: true,
      agents: { offered: null, several: false }, architecture: 'x86_64', ...part,
    }).map((one) => `${one.level} ${one.field} ${one.id}`);
  };
  const custom = { allocation: 'custom', cpu: 2, mem: 4 * GIB } as const;

  it.each<[string, Partial<LaunchValues>, string[]]>([
    ['nothing in the defaults', {}, []],
    ['SES-R01 short', { name: 'abc' }, ['error name nameShort']],
    ['SES-R01 long', { name: 'a'.repeat(65) }, ['error name nameLong']],
    ['SES-R01 other letters', { name: 'name!' }, ['error name nameFormat']],
    ['SES-072 room for the numbers', { ...custom, cpu: 1, mem: 2 * GIB, name: 'a'.repeat(60), sessions: 3 }, ['error name nameRoom']],
    ['SES-052', { type: 'batch', startupCommand: '  ' }, ['error startupCommand commandMissing']],
    ['SES-053 past', { type: 'batch', startupCommand: 'x', startEnabled: true, startAt: '2026-02-28T23:59' }, ['error startAt startPast']],
    ['SES-053 none', { type: 'batch', startupCommand: 'x', startEnabled: true, startAt: '' }, ['error startAt startMissing']],
    ['SES-053 future', { type: 'batch', startupCommand: 'x', startEnabled: true, startAt: '2026-03-01T00:01' }, []],
    ['SES-054', { type: 'batch', startupCommand: 'x', timeoutEnabled: true, timeout: 0 }, ['error timeout countMissing']],
    ['SES-064', { environ: [{ key: 'a', name: '1A', value: '', missing: false }] }, ['error environ:a:name environNameFormat', 'error environ:a:value environValueMissing']],
    ['SES-064 twice', { environ: [{ key: 'a', name: 'A', value: '1', missing: false }, { key: 'b', name: 'A', value: '2', missing: false }] }, ['error environ:b:name environNameTwice']],
    ['SES-064 the server sets it', { environ: [{ key: 'a', name: 'BACKENDAI_X', value: '1', missing: false }] }, ['warning environ:a:name environReserved']],
    ['SES-041 to be typed again', { environ: [{ key: 'a', name: 'TOKEN', value: '', missing: true }] }, ['error environ:a:value environSecret']],
    ['SES-067 above', { ...custom, cpu: 9 }, ['error cpu aboveMax']],
    ['SES-067 empty', { ...custom, cpu: null }, ['error cpu missing']],
    ['SES-068 below', { ...custom, mem: 256 * MIB }, ['error mem belowMin']],
    ['SES-069 too small by hand', { ...custom, shmAuto: false, shm: MIB }, ['error shm belowMin']],
    ['SES-069 not less than the memory', { ...custom, mem: GIB, shmAuto: false, shm: GIB }, ['error shm shmAboveMemory']],
    ['SES-069 above the cap', { ...custom, mem: 8 * GIB, shmAuto: false, shm: 3 * GIB }, ['error shm aboveMax']],
    ['pitfall 17', { ...custom, mem: GIB, shmAuto: false, shm: 900 * MIB }, ['error shm shmLeavesTooLittle']],
    ['SES-070 too many', { ...custom, acceleratorSlot: 'cuda.device', accelerator: 3 }, ['error accelerator aboveMax']],
    ['SES-070 unknown kind', { ...custom, acceleratorSlot: 'tpu.device', accelerator: 1 }, ['error accelerator acceleratorUnknown']],
    ['SES-072 waits', { ...custom, cpu: 4, mem: 2 * GIB, sessions: 3 }, ['warning cpu queue']],
    ['SES-072 more than the policy', { ...custom, cpu: 1, mem: 2 * GIB, sessions: 6 }, ['error sessions aboveMax']],
    ['SES-072 no whole number', { ...custom, sessions: 1.5 }, ['error sessions countMissing']],
    ['SES-074 too large', { ...custom, cpu: 1, mem: 2 * GIB, clusterSize: 5 }, ['error clusterSize aboveMax']],
    ['SES-074 multi node of one', { clusterMode: 'multi-node' }, ['warning clusterSize multiNodeOfOne']],
    ['SES-074 a cluster is started once', { ...custom, cpu: 1, mem: 2 * GIB, clusterSize: 2, sessions: 9 }, []],
    ['a preset that is gone', { allocation: 'preset:none' }, ['error allocation presetGone']],
    ['SES-100 too many', { ports: [2500, 2501, 2502, 2503] }, ['error ports portTooMany']],
    ['SES-101 of an app', { ports: [8180] }, ['error ports portApp']],
    ['SES-100 left in the field', { portText: 'abc' }, ['error ports portLeft']],
    ['SES-090 gone', { mounts: [{ id: 'x', name: 'x', alias: '', readOnly: false }] }, ['error mount:x mountGone']],
  ])('%s', (_title, values, expected) => {
    expect(check(values)).toEqual(expected);
  });
  it('SES-044 a folder told by a name that two have', () => {
    const two = ['u-1', 'u-2'].map((id) => ({ id, name: 'data', obstacle: null }));
    const mounts = [{ id: 'data', name: 'data', alias: '', readOnly: false }];
    expect(check({ mounts }, { folders: two })).toEqual(['error mount:data mountAmbiguous']);
    expect(check({ mounts }, { folders: [] })).toEqual(['error mount:data mountGone']);
  });
  it('SES-066 a preset of too little: at its amounts, or at itself where those have no fields', () => {
    const small = { presets: [preset('small', 1, 0.25)] };
    expect(check({ allocation: 'preset:small' }, { resolve: facts(small) })).toEqual(['error mem belowMin']);
    expect(check({ allocation: 'preset:small' }, { resolve: facts({ ...small, allowCustom: false }) })).toEqual(['error allocation presetUnfit']);
  });
  it('SES-070 an accelerator that the image needs', () => {
    const needs = facts({ limits: limits({ imageMinimum: { cpu: 1, mem: 256 * MIB, 'cuda.device': 1 } }) });
    expect(check(custom, { resolve: needs })).toEqual(['error accelerator acceleratorNeeded']);
  });
  it('SES-071 a full group warns and lets launch', () => {
    const full = facts({ limits: limits({ groupRemaining: { cpu: 0, mem: 0 } }) });
    expect(check(custom, { resolve: full })).toEqual(['warning cpu queue', 'warning mem queue']);
  });
  it('SES-065 a resource group that is not offered', () => {
    expect(check({}, { resourceGroup: 'other' })).toEqual(['error resourceGroup resourceGroupGone']);
    expect(check({}, { resourceGroup: null, resourceGroups: [] })).toEqual(['error resourceGroup resourceGroupNone']);
  });
});
