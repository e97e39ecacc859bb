import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CreateSessionRequest } from '../client/sessions-types';
import { sign } from '../client/signing';
import { shellQuote, toCli, toCurl, toPython } from './launch-command';
import type { CommandSource } from './launch-command';

/** UX-09. What a shell makes of the commands is asked of a real one. */
function bash(script: string, env: Record<string, string> = {}): string {
  const result = spawnSync('bash', ['--norc', '--noprofile', '-c', script], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...env } });
  expect(result.stderr).toBe('');
  return result.stdout;
}

/** The arguments of every call of a program in a script, as the program gets them. */
function callsOf(program: string, script: string, env: Record<string, string> = {}): string[][] {
  const out = bash(`${program}() { printf '%s\\0' "$@"; printf '\\1'; }\n${script}`, env);
  return out.split('\u0001').slice(0, -1).map((call) => call.split('\0').slice(0, -1));
}

const request = (more: Partial<CreateSessionRequest> = {}, config: Partial<CreateSessionRequest['config']> = {}): CreateSessionRequest => ({
  clientSessionToken: 'train-7',
  image: 'cr.example.org/stable/python:3.13',
  architecture: 'x86_64',
  type: 'interactive',
  group: 'vision',
  domain: 'default',
  clusterSize: 1,
  clusterMode: 'single-node',
  enqueueOnly: true,
  maxWaitSeconds: 15,
  reuseIfExists: false,
  ...more,
  config: { scaling_group: 'default', resources: { cpu: 2, mem: '4g' }, ...config },
});

const source = (more: Partial<CommandSource> = {}): CommandSource => ({ request: request(), count: 1, mounts: [], apiVersion: 'v8.20240915', ...more });

/** Always the same hostile texts. */
function* hostileTexts(count: number): Generator<string> {
  const bits = ["'", '"', '`', '$', '$(id)', '${x}', '\\', '\n', ' ', '!', '*', '?', '[', '~', '#', ';', '&&', '|', '>', '<', '=', '-', '--', '%s', '한글', '🙂', '\t', '\r', 'a', 'B', '0', '{a,b}', '^', ','];
  let seed = 42;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let i = 0; i < count; i += 1) yield Array.from({ length: next(9) }, () => bits[next(bits.length)] ?? '').join('');
}

describe('quoting', () => {
  it('every text arrives as it was, in one word', () => {
    const texts = [...hostileTexts(400), '', '-n', '=ls', "it's"];
    const words = bash(`printf '%s\\0' ${texts.map(shellQuote).join(' ')}`).split('\0').slice(0, -1);
    expect(words).toEqual(texts);
  });

  it('hostile names, values and commands reach the CLI unchanged', () => {
    for (const text of hostileTexts(25)) {
      const made = request({ startupCommand: text, type: 'batch' }, { environ: { GREETING: text }, scaling_group: text });
      const [call] = callsOf('backend.ai', toCli(source({ request: { ...made, clientSessionToken: text } })));
      const at = (option: string) => call?.[call.indexOf(option) + 1];
      expect(at('--name')).toBe(text);
      expect(at('--startup-command')).toBe(text);
      expect(at('--env')).toBe(`GREETING=${text}`);
      expect(at('--scaling-group')).toBe(text);
      expect(call?.slice(-2)).toEqual(['--', 'cr.example.org/stable/python:3.13']);
    }
  });

  it('and Python and JSON as the same text', () => {
    for (const text of hostileTexts(60)) {
      const made = request({}, { environ: { GREETING: text } });
      const literal = /"GREETING": (".*"),$/m.exec(toPython(source({ request: made })))?.[1];
      expect(JSON.parse(literal ?? '')).toBe(text);
    }
    for (const text of hostileTexts(15)) {
      const made = request({}, { environ: { GREETING: text } });
      const [call] = callsOf('curl', `openssl() { :; }\n${toCurl(source({ request: { ...made, clientSessionToken: text } }))}`, { BACKEND_ENDPOINT: 'http://x' });
      const body = JSON.parse(call?.at(-1) ?? '') as CreateSessionRequest;
      expect(body.clientSessionToken).toBe(text);
      expect(body.config.environ).toEqual({ GREETING: text });
    }
  });
});

describe('the launch in it', () => {
  it('names what the CLI takes: mounts, amounts, ports, options of batch', () => {
    const made = request(
      { type: 'batch', startupCommand: 'python train.py', starts_at: '2026-03-01T09:00:00+09:00', priority: 20, dependencies: ['11111111-2222-3333-4444-555555555555'], bootstrap_script: 'echo hi', batch_timeout: '2h' },
      { resources: { cpu: 4, mem: '16g', 'cuda.shares': 1.5 }, resource_opts: { shmem: '1g' }, preopen_ports: [8000, 9000], mount_ids: ['u-1', 'u-2'] },
    );
    const mounts = [{ name: 'datasets', target: '/home/work/in', readOnly: false }, { name: 'results', target: null, readOnly: true }];
    const text = toCli(source({ request: made, mounts }));
    expect(text).toContain('# Not possible here, set it in the console: batch timeout 2h');
    const [call = []] = callsOf('backend.ai', text);
    const pairs = call.slice(2, -4).reduce<string[]>((all, word, i, words) => (i % 2 === 0 ? [...all, `${word} ${words[i + 1]}`] : all), []);
    expect(call.slice(0, 2)).toEqual(['session', 'create']);
    for (const wanted of [
      '--name train-7', '--type batch', '--startup-command python train.py', '--starts-at 2026-03-01T09:00:00+09:00', '--priority 20',
      '--depends 11111111-2222-3333-4444-555555555555', '--domain default', '--group vision', '--scaling-group default', '--resources cpu=4',
      '--resources mem=16g', '--resources cuda.shares=1.5', '--resource-opts shmem=1g', '--cluster-size 1', '--cluster-mode single-node',
      '--mount datasets:/home/work/in', '--mount type=bind,source=results,perm=ro', '--preopen 8000,9000', '--arch x86_64',
    ]) expect(pairs).toContain(wanted);
    expect(pairs.find((pair) => pair.startsWith('--bootstrap-script '))).toMatch(/^--bootstrap-script \/dev\/fd\//);
    expect(call.slice(-4)).toEqual(['--enqueue-only', '--no-reuse', '--', 'cr.example.org/stable/python:3.13']);
  });

  it('several sessions become a loop, as short for a million as for three', () => {
    const several = (name: string, count: number) => source({ request: request({ clientSessionToken: name }), count });
    const odd = "odd'\"na me";
    const names = [`${odd}-1`, `${odd}-2`, `${odd}-3`];
    expect(callsOf('backend.ai', toCli(several(odd, 3))).map((call) => call[call.indexOf('--name') + 1])).toEqual(names);
    expect(toPython(several(odd, 3))).toMatch(/for number in range\(1, 4\):[^]+name="odd'\\"na me-" \+ str\(number\),/);
    const bodies = callsOf('curl', `openssl() { :; }\n${toCurl(several(odd, 3))}`, { BACKEND_ENDPOINT: 'http://x' });
    expect(bodies.map((call) => (JSON.parse(call.at(-1) ?? '') as CreateSessionRequest).clientSessionToken)).toEqual(names);
    for (const make of [toCli, toPython, toCurl]) expect(make(several('sweep', 1_000_000)).length).toBeLessThan(3000);
  });
});

describe('secrets (SEC-07)', () => {
  const made = request(
    { type: 'batch', startupCommand: 'export HF_TOKEN=hunter2; ls', callback_url: 'https://me:hunter2@example.org' },
    { environ: { AWS_SECRET_ACCESS_KEY: 'hunter2', EPOCHS: '3', 'BAD TOKEN': 'hunter2', REPO: 'https://me:hunter2@git.example.org' } },
  );

  it.each([['CLI', toCli], ['Python', toPython], ['curl', toCurl]])('%s has none, but the names of variables', (_what, make) => {
    const text = make(source({ request: made }));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('AWS_SECRET_ACCESS_KEY');
    expect(text).toContain('EPOCHS');
  });

  it('the shell puts them in', () => {
    const env = { AWS_SECRET_ACCESS_KEY: "a 'b' $c", STARTUP_COMMAND: 'run me', CALLBACK_URL: 'u', SECRET_VALUE: 's', REPO: 'r' };
    const [call] = callsOf('backend.ai', toCli(source({ request: made })), env);
    expect(call).toContain("AWS_SECRET_ACCESS_KEY=a 'b' $c");
    expect(call).toContain('run me');
  });

  it('curl signs as the console does', () => {
    // Stands in for openssl, so that the test needs none.
    const helper = `const a=process.argv.slice(1);const o=a[a.indexOf('-macopt')+1];const i=o.indexOf(':');const k=o.slice(0,i)==='hexkey'?Buffer.from(o.slice(i+1),'hex'):o.slice(i+1);process.stdout.write(require('crypto').createHmac('sha256',k).update(require('fs').readFileSync(0)).digest('hex')+' *stdin\\n')`;
    const script = `openssl() { "$NODE" -e ${shellQuote(helper)} -- "$@"; }\n${toCurl(source())}`;
    const env = { NODE: process.execPath, BACKEND_ENDPOINT: 'https://api.example.org:8090/base', BACKEND_ACCESS_KEY: 'AKIA', BACKEND_SECRET_KEY: 'very secret' };
    const [call = []] = callsOf('curl', script, env);
    const header = (name: string) => call.find((word) => word.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
    expect(call).toContain('https://api.example.org:8090/base/session/_/create');
    const signed = sign({ method: 'POST', url: 'https://api.example.org:8090/base/session/_/create', date: header('X-BackendAI-Date'), contentType: 'application/json', apiVersion: 'v8.20240915' }, 'very secret');
    expect(header('Authorization')).toBe(`BackendAI signMethod=HMAC-SHA256, credential=AKIA:${signed.signature}`);
    expect(createHmac('sha256', 'very secret').update(header('X-BackendAI-Date').slice(0, 10).replaceAll('-', '')).digest('hex')).toBe(signed.dayKey);
  });
});
