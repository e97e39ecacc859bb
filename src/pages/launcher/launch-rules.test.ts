// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { ClientError } from '../../client/errors';
import { sessionNamePattern } from '../../client/session-rules';
import { looksSecret } from '../../lib/secret-names';
import { isReservedEnviron, defaultLaunchValues, launchValuesSchema, withoutSecrets } from './launch-values';
import { readLinkValues } from './link-values';
import { settleMounts } from './mounted-folders';
import { aliasProblem, isReservedTarget, mountTarget } from './mount-rules';
import { addPorts } from './port-rules';
import { problemOfRefusal } from './refusal';

describe('session names (SES-R01)', () => {
  it.each(['abcd', '_a-b.c_', 'train-7', 'a'.repeat(64), '1234'])('%s is a name', (name) => {
    expect(sessionNamePattern.test(name)).toBe(true);
  });
  it.each(['abc', '-abcd', 'abcd-', '.abcd', 'ab cd', '세션이름', 'a'.repeat(65), 'abcd\n', 'ab/cd'])('%j is none', (name) => {
    expect(sessionNamePattern.test(name)).toBe(false);
  });
});

describe('environment variables (SES-064, SES-R31)', () => {
  it.each(['HF_TOKEN', 'my_password', 'AWS_ACCESS', 'api_key', 'SSH_X', 'jwt', 'PINCODE'])('%s looks secret', (name) => {
    expect(looksSecret(name)).toBe(true);
  });
  it.each(['EPOCHS', 'KEYBOARD', 'PATH', 'LANG'])('%s does not', (name) => {
    expect(looksSecret(name)).toBe(false);
  });
  it('the server sets BACKENDAI_* (SES-R90)', () => {
    expect(isReservedEnviron('BACKENDAI_SESSION_ID')).toBe(true);
    expect(isReservedEnviron('MY_BACKENDAI')).toBe(false);
  });
  it('secret values stay out of what is kept; the name stays and is marked (SES-041)', () => {
    const values = { ...defaultLaunchValues(), environ: [
      { key: '1', name: 'HF_TOKEN', value: 'hunter2', missing: false },
      { key: '2', name: 'EPOCHS', value: '3', missing: false },
    ] };
    expect(withoutSecrets(values).environ).toEqual([
      { key: '1', name: 'HF_TOKEN', value: '', missing: true },
      { key: '2', name: 'EPOCHS', value: '3', missing: false },
    ]);
  });
});

describe('a kept draft (SES-041)', () => {
  it('loses only the part that no longer fits', () => {
    const values = launchValuesSchema.parse({ type: 'inference', name: 'kept', cpu: 'many', ports: [1, 'x'], environ: [{ key: 'a', name: 'A', value: '1' }] });
    expect(values).toMatchObject({ type: 'interactive', name: 'kept', cpu: null, ports: [], environ: [{ name: 'A', value: '1', missing: false }] });
  });
});

describe('launch links (SES-041)', () => {
  const peer = {
    sessionType: 'batch',
    sessionName: 'from-link',
    batch: { command: 'python a.py', timeout: '5', timeoutUnit: 'min' },
    environments: { environment: 'cr.example.org/stable/python', version: 'cr.example.org/stable/python:3.13@x86_64', image: { id: 'x' } },
    envvars: [{ variable: 'A', value: '1' }, { variable: 'MY_TOKEN', value: 'secret' }],
    allocationPreset: 'custom',
    resource: { cpu: 2, mem: '4g', shmem: '512m', accelerator: 1, acceleratorType: 'cuda.device' },
    enabledAutomaticShmem: false,
    resourceGroup: 'default',
    num_of_sessions: 2,
    ports: ['8080', 9000],
    mounts: ['datasets', '.local'],
    vfoldersAliasMap: { datasets: 'in' },
    owner: { email: 'other@example.com', enabled: true },
    autoMountedFolderNames: ['.local'],
  };
  it('are read in the names of the WebUI, without owner, image object, automounts and secret values', () => {
    const values = readLinkValues(JSON.stringify(peer));
    expect(values).toMatchObject({
      type: 'batch', name: 'from-link', startupCommand: 'python a.py', timeoutEnabled: true, timeout: 5, timeoutUnit: 'm',
      environment: 'cr.example.org/stable/python', image: 'cr.example.org/stable/python:3.13@x86_64',
      allocation: 'custom', cpu: 2, mem: 4 * 2 ** 30, shmAuto: false, shm: 512 * 2 ** 20, acceleratorSlot: 'cuda.device', accelerator: 1,
      resourceGroup: 'default', sessions: 2, ports: [8080, 9000],
      mounts: [{ id: 'datasets', name: 'datasets', alias: 'in', readOnly: false }],
    });
    expect(values?.environ.map(({ name, value, missing }) => [name, value, missing])).toEqual([['A', '1', false], ['MY_TOKEN', '', true]]);
    expect(JSON.stringify(values)).not.toContain('other@example.com');
  });
  it.each(['', 'nonsense', '[]', '1', 'null'])('%j is no link', (text) => {
    expect(readLinkValues(text)).toBeNull();
  });
  it('parts of another type are as if they were not there', () => {
    expect(readLinkValues('{"sessionName":5,"num_of_sessions":"x","ports":["a"],"resource":7}')).toMatchObject({ name: '', sessions: 1, ports: [] });
  });
  it('presets by their names', () => {
    expect(readLinkValues('{"allocationPreset":"auto-select"}')?.allocation).toBe('auto');
    expect(readLinkValues('{"allocationPreset":"minimum-required"}')?.allocation).toBe('minimum');
    expect(readLinkValues('{"allocationPreset":"small"}')?.allocation).toBe('preset:small');
  });
  it('a folder given by name is looked up, and taken where only one fits', () => {
    const wanted = [{ id: 'data', name: 'data', alias: '', readOnly: false }];
    expect(settleMounts(wanted, [{ id: '1', name: 'data' }])[0]?.id).toBe('1');
    expect(settleMounts(wanted, [{ id: '1', name: 'data' }, { id: '2', name: 'data' }])[0]?.id).toBe('data');
    // Named twice, once by id and once by name, it is still one.
    expect(settleMounts([...wanted, ...wanted, { id: '1', name: 'data', alias: '', readOnly: false }], [{ id: '1', name: 'data' }])).toHaveLength(1);
  });
});

describe('places of folders (SES-091, SES-R05)', () => {
  it.each([
    ['', '/home/work/data'],
    ['in', '/home/work/in'],
    ['in/raw/', '/home/work/in/raw'],
    ['/mnt/x', '/mnt/x'],
  ])('alias %j → %s', (alias, target) => {
    expect(mountTarget('data', alias)).toBe(target);
  });
  it.each(['/', '/home', '/home/work', '/etc', '/tmp', '/home/work/.ssh', '/home/work/.jupyter', '/home/work/.bashrc', '/home/work/.zsh_profile'])(
    '%s is reserved',
    (target) => {
      expect(isReservedTarget(target)).toBe(true);
    },
  );
  it.each(['/data', '/home/work/x', '/mnt/x', '/home/work/bashrc', '/opt/data'])('%s is free', (target) => {
    expect(isReservedTarget(target)).toBe(false);
  });

  const problem = (alias: string, others: { id: string; name: string; alias: string }[] = []) =>
    aliasProblem('1', {
      mounts: [{ id: '1', name: 'data', alias }, ...others],
      folders: [{ id: '1', name: 'data' }, { id: '2', name: 'results' }],
      automounts: ['.local', '.linuxbrew'],
    });
  it.each<[string, string, string | null]>([
    ['default', '', null],
    ['relative', 'in', null],
    ['its own name', 'data', null],
    ['Hangul', '데이터', 'aliasCharacters'],
    ['blank', 'a b', 'aliasCharacters'],
    ['climbing', '../x', 'aliasClimbs'],
    ['system', '/etc', 'aliasReserved'],
    ['home itself', '/home/work/', 'aliasReserved'],
    ['automount', '.local', 'aliasAutomount'],
    ['linuxbrew', '/home/linuxbrew/.linuxbrew', 'aliasAutomount'],
    ['another folder that is not mounted', 'results', 'aliasOtherFolder'],
  ])('%s: %j → %s', (_title, alias, expected) => {
    expect(problem(alias)).toBe(expected);
  });
  it('two in one place, and one inside another', () => {
    expect(problem('x', [{ id: '3', name: 'c', alias: 'x' }])).toBe('aliasTwice');
    expect(problem('x/y', [{ id: '3', name: 'c', alias: 'x' }])).toBe('aliasOverlap');
    expect(problem('x', [{ id: '3', name: 'c', alias: 'x-1' }])).toBeNull();
  });
});

describe('ports (SES-100, SES-101)', () => {
  const apps = new Map([[8180, 'vscode']]);
  const typed = (text: string, present: number[] = [], limit = 10) => {
    const { ports, refused } = addPorts(text, present, apps, limit);
    return [ports, refused.map((one) => `${one.problem} ${one.text}`)];
  };
  it.each<[string, number[], string[]]>([
    ['8080', [8080], []],
    ['8080, 9000 9001', [8080, 9000, 9001], []],
    ['8000:8003', [8000, 8001, 8002, 8003], []],
    ['1023', [], ['portRange 1023']],
    ['65536', [], ['portRange 65536']],
    ['1024 65535', [1024, 65535], []],
    ['2200 7681 2003', [], ['portSystem 2200', 'portSystem 7681', 'portSystem 2003']],
    ['8180', [], ['portApp 8180']],
    ['8080 8080', [8080], ['portTwice 8080']],
    ['abc 80:x 9000', [9000], ['portFormat abc', 'portFormat 80:x']],
    ['9000:8000', [], ['portRange 9000:8000']],
    ['1:99999', [], ['portRange 1:99999']],
    ['8179:8181', [8179, 8181], ['portApp 8180']],
  ])('%s', (text, ports, refused) => {
    expect(typed(text)).toEqual([ports, refused]);
  });
  it('never more than the site allows', () => {
    expect(typed('8000:9000', [5000], 3)).toEqual([[5000, 8000, 8001], ['portTooMany 8002']]);
  });
});

describe('where a refusal belongs (SES-C02)', () => {
  const values = { ...defaultLaunchValues(), mounts: [
    { id: 'id-a', name: 'a', alias: '', readOnly: false },
    { id: 'id-a-1', name: 'a-1', alias: '', readOnly: false },
  ] };
  it.each<[string, ConstructorParameters<typeof ClientError>[0]['kind'], string | undefined, string]>([
    ['name', 'conflict', 'session-already-exists', ''],
    ['startupCommand', 'invalid', 'invalid-api-params', 'Batch sessions must have a non-empty startup command.'],
    ['shm', 'invalid', 'invalid-api-params', 'Shared memory should be less than the main memory'],
    ['allocation', 'invalid', 'invalid-api-params', 'kernel_specs[0] resource request is smaller than the image minimum (mem=6g cpu=1).'],
    ['allocation', 'conflict', 'quota-exceeded', 'You have reached your resource limit.'],
    ['sessions', 'conflict', 'quota-exceeded', 'You cannot create more than 3 concurrent sessions'],
    ['image', 'not-found', 'object-not-found', "Unknown image references: identifier:ImageIdentifier(canonical='x')"],
    ['resourceGroup', 'invalid', 'scaling-group-session-type-not-allowed', 'The resource group does not allow batch'],
    ['mount:id-a-1', 'invalid', 'invalid-api-params', 'VFolder path a-1 is reserved for internal path'],
    ['mounts', 'invalid', 'invalid-api-params', 'Duplicate alias folder name exists'],
    ['ports', 'invalid', 'invalid-api-params', 'Preopen port 8080 is in use by a service port'],
    ['launch', 'invalid', 'rejected-by-hook', 'No sessions on Sundays'],
    ['launch', 'server', undefined, 'image registry is down'],
    ['launch', 'network', undefined, 'Failed to fetch'],
    ['launch', 'invalid', 'invalid-api-params', 'Something else entirely'],
  ])('%s', (field, kind, slug, detail) => {
    const error = new ClientError({ kind, slug, title: slug === 'object-not-found' ? 'No such environment image.' : 'Refused', detail, operation: 'create-session' });
    expect(problemOfRefusal(error, values, detail)).toMatchObject({ field, level: 'error' });
  });
});
