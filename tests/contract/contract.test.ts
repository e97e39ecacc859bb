/** @vitest-environment node */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { buildSchema } from 'graphql';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { checkContract, readSchema } from './check';
import { loadClient } from './client-modules';
import { checkDocuments } from './documents';
import { violations } from './findings';
import type { Finding } from './findings';
import { checkEvents, checkRecordings, loadRecordings } from './recordings';
import type { Recording } from './recordings';
import { replay } from './replay';
import type { Simulation } from './replay';
import { checkRoutes } from './rest-routes';
import type { AnyRoute, OpenApi } from './rest-routes';
import { checkResults } from './result-types';
import { compareShapes } from './shape';
import { checkSimulatedSchema } from './simulated-schema';
import { startSimulation } from './simulation';
import { addedIn, describedManager, documentsOf } from './versions';
import type { AnyOperation } from './versions';

const folder = process.env.BAI_CONTRACT;

const sdl = `
  scalar UUID
  scalar JSONString
  enum Colour { RED GREEN }
  type Query { things(first: Int): [Thing], thing(id: UUID!): Thing }
  type Thing {
    id: UUID!
    name: String
    colour: Colour
    slots: JSONString
    "Added in 25.13.0."
    place(
      "Added in 26.2.0."
      depth: Int
    ): Int
  }`;
const schema = buildSchema(sdl);

const result = (colour: z.ZodMiniType = z.nullable(z.string())) =>
  z.object({
    things: z.nullable(
      z.array(z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()), colour, place: z.optional(z.nullable(z.number())) }))),
    ),
  });

const good: AnyOperation = {
  name: 'Things',
  kind: 'query',
  document: (can) => `query Things { things { id name colour ${can('pendingQueue') ? 'place' : ''} } }`,
  data: result(),
};

const details = (findings: readonly Finding[]) => violations(findings).map(({ detail }) => detail);

describe('documents', () => {
  it('pass where they ask for what is there', () => {
    expect(details(checkDocuments([good], schema))).toEqual([]);
  });

  it('fail on a planted wrong field', () => {
    const wrong = { ...good, document: 'query Things { things { id nam } }' };
    expect(details(checkDocuments([wrong], schema))[0]).toContain('Cannot query field "nam" on type "Thing"');
  });

  it('fail where a newer field or argument is not gated', () => {
    const eager = { ...good, document: 'query Things { things { id place } }' };
    expect(details(checkDocuments([eager], schema))).toContain('Thing.place is not yet known to 25.12');
    const early = { ...good, since: 'pendingQueue' as const, document: 'query Things { things { id place(depth: 1) } }' };
    expect(details(checkDocuments([early], schema))).toContain('argument depth is not yet known to 25.13');
    expect(details(checkDocuments([{ ...early, since: 'csvExport' }], schema))).toEqual([]);
  });

  it('are told apart by version', () => {
    expect(documentsOf(good).map(({ version }) => version)).toEqual(['24.03.0', '25.13']);
    expect(addedIn('Added in 24.03.1 and 23.09.2. Limit.')).toBe('24.03.1');
    expect(addedIn('Something else')).toBeNull();
  });
});

describe('results', () => {
  it('pass where they take what may come', () => {
    expect(details(checkResults([good], schema))).toEqual([]);
  });

  it('fail on a narrowed enum', () => {
    const narrowed = { ...good, data: result(z.nullable(z.enum(['RED']))) };
    expect(details(checkResults([narrowed], schema))).toEqual(['things[].colour: the value GREEN of Colour is refused']);
  });

  it('fail on a text that is taken for an enum, a refused null, another kind, and on fields asked in vain', () => {
    const read = (thing: z.ZodMiniType, fields = 'id name') => {
      const document = `query Things { things { ${fields} } }`;
      return details(checkResults([{ ...good, document, data: z.object({ things: z.nullable(z.array(z.nullable(thing))) }) }], schema));
    };
    expect(read(z.object({ id: z.string(), name: z.nullable(z.enum(['text'])) }))[0]).toContain('things[].name: String may be');
    expect(read(z.object({ id: z.string(), name: z.string() }))).toEqual(['things[].name: may be null, which is refused']);
    expect(read(z.object({ id: z.string(), name: z.nullable(z.array(z.string())) }))[0]).toContain('things[].name');
    expect(read(z.object({ id: z.string() }))).toEqual(['things[].name: asked for and never read']);
    expect(read(z.object({ id: z.string(), name: z.nullable(z.string()), slots: z.optional(z.string()) }))).toEqual([
      'things[].slots: read, but no document asks for it',
    ]);
    expect(read(z.string())).toEqual(['things[]: an object in the schema, string here']);
  });
});

describe('routes', () => {
  const api: OpenApi = {
    paths: {
      '/session/{session_name}/rename': { post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/R' } } } } } },
      '/scaling-groups': { get: { parameters: [{ name: 'group', in: 'query' }] } },
    },
    components: { schemas: { R: { properties: { session_name: {} } } } },
  };
  const rename: AnyRoute = { name: 'rename', method: 'POST', path: '/session/{id}/rename', body: z.object({ name: z.string() }), result: z.unknown() };
  const groups: AnyRoute = { name: 'groups', method: 'GET', path: '/scaling-groups', query: z.object({ group: z.string() }), result: z.unknown() };

  it('pass where path, method, query and body are described', () => {
    expect(details(checkRoutes([rename, groups], api))).toEqual([]);
  });

  it('fail on another path, method, query or body', () => {
    expect(details(checkRoutes([{ ...rename, path: '/session/{id}/renam' }], api))).toEqual(['no such path']);
    expect(details(checkRoutes([{ ...rename, method: 'PUT' }], api))).toEqual(['the path has no PUT, only post']);
    expect(details(checkRoutes([{ ...groups, query: z.object({ grop: z.string() }) }], api))).toEqual(['query grop is not described']);
    expect(details(checkRoutes([{ ...rename, body: z.object({ nam: z.string() }) }], api))).toEqual(['body nam is not described']);
  });

  it('leave aside, with a reason, what no description covers', () => {
    const [finding] = checkRoutes([{ ...groups, path: '/server/login-check', front: 'webserver' }], api);
    expect(finding).toMatchObject({ verdict: 'aside', detail: expect.stringContaining('webserver') as string });
  });
});

describe('the simulated schema', () => {
  it('passes where it is a part of the official one', () => {
    const part = 'scalar UUID type Query { thing(id: UUID!): Thing } type Thing { id: UUID! name: String }';
    expect(details(checkSimulatedSchema(part, schema, '24.03.0'))).toEqual([]);
  });

  it('fails on other names, types, arguments and on what is not there yet', () => {
    const other = 'scalar UUID type Query { thing(id: UUID): Thing } type Thing { id: UUID nam: String place: Int }';
    expect(details(checkSimulatedSchema(other, schema, '24.03.0'))).toEqual([
      'Query.thing(id) is UUID!, not UUID',
      'Thing.id is UUID!, not UUID',
      'Thing.nam does not exist',
      'Thing.place is not yet known to 24.03.0',
    ]);
    expect(details(checkSimulatedSchema('type Query { thing: Thing } type Thing { name: String }', schema, '26.8.1'))).toEqual([
      'Query.thing(id) is required and missing',
    ]);
  });
});

const recorded = (over: Partial<Recording> = {}): Recording => ({
  role: 'user',
  name: 'things',
  file: '001-things.json',
  request: { method: 'POST', path: '/func/admin/gql', body: { query: '{ all: things { id name colour } }' } },
  response: {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: { data: { all: [{ id: 'a', name: null, colour: 'RED' }] }, errors: null },
  },
  ...over,
});
const body = (data: unknown) => ({ ...recorded().response, body: data });

describe('recordings', () => {
  const route: AnyRoute = { name: 'one', method: 'GET', path: '/thing/{id}', result: z.object({ name: z.string() }) };

  it('are read by the field, whatever the aliases', () => {
    expect(checkRecordings([recorded()], [good], [])).toEqual([
      { check: 'recordings', subject: 'user/001-things.json', verdict: 'ok', detail: 'Things' },
    ]);
    const odd = recorded({ response: body({ data: { all: [{ id: 7, name: null, colour: 'RED' }] } }) });
    expect(details(checkRecordings([odd], [good], []))[0]).toContain('things[0].id');
  });

  it('are read by the route, refusals too', () => {
    const request = { method: 'GET', path: '/func/thing/7?deep=1' };
    const of = (response: Recording['response']) => details(checkRecordings([recorded({ request, response })], [], [route]));
    expect(of(body({ name: 'a', more: 1 }))).toEqual([]);
    expect(of(body({ nam: 'a' }))[0]).toContain('name');
    expect(of({ status: 404, contentType: 'application/problem+json', body: { title: 'No such thing.' } })).toEqual([]);
  });

  it('are left aside, with a reason, where the client makes no such call', () => {
    const findings = checkRecordings([recorded({ request: { method: 'GET', path: '/func/other' } })], [good], [route]);
    expect(findings).toMatchObject([{ verdict: 'aside', detail: 'a call that the client does not make' }]);
  });

  it('of event streams are read event by event', () => {
    const text = (data: string) => `# 200 text/event-stream\nevent: session_started\ndata: ${data}\n\n`;
    expect(details(checkEvents([{ role: 'user', file: 'e', text: text('{"sessionId":"a"}') }]))).toEqual([]);
    expect(details(checkEvents([{ role: 'user', file: 'e', text: text('rubbish') }]))).toEqual(['session_started is not understood']);
  });
});

describe('shapes', () => {
  it('agree whatever the values', () => {
    expect(compareShapes({ a: 1, b: null, c: ['x'], d: '{"cpu": "1"}' }, { a: 2, b: 'y', c: [], d: '{"mem": "2"}' })).toEqual([]);
    expect(compareShapes({ cpu: '1' }, { mem: '2', cpu: '3' }, true)).toEqual([]);
    expect(compareShapes([{ a: 1 }, { a: 2 }, '... 58 more'], [{ a: 3 }])).toEqual([]);
  });

  it('differ in keys, types and nullability', () => {
    expect(compareShapes({ a: 1, b: 2 }, { a: 1 })).toEqual(['answer.b: missing']);
    expect(compareShapes({ a: 1 }, { a: 1, b: 2 })).toEqual(['answer.b: was not recorded']);
    expect(compareShapes({ a: 1 }, { a: '1' })).toEqual(['answer.a: string, number was recorded']);
    expect(compareShapes({ a: '1' }, { a: null })).toEqual(['answer.a: null, string was recorded']);
    expect(compareShapes([{ a: '1' }], [{ a: '1' }, { a: null }])).toEqual(['answer[].a: null at times, never recorded']);
    expect(compareShapes({ s: '{"m": {"pct": "1"}}' }, { s: '{"m": {}}' })).toEqual(['answer.s{}[].pct: missing']);
  });
});

describe('the replay', () => {
  const simulation = (answer: unknown, status = 200): Simulation => ({
    handle: () => Promise.resolve(new Response(JSON.stringify(answer), { status, headers: { 'content-type': 'application/json' } })),
    advance: () => undefined,
    makeRoom: () => undefined,
    graphql: schema,
  });
  const run = async (answer: unknown, status?: number) => details(await replay('user', [recorded()], simulation(answer, status), []));

  it('passes where the simulation answers alike', async () => {
    expect(await run({ data: { all: [{ id: 'b', name: 'c', colour: 'GREEN' }] }, errors: null })).toEqual([]);
  });

  it("fails on a missing key in the simulation's answer, on another status and on a refusal", async () => {
    expect(await run({ data: { all: [{ id: 'b', name: 'c' }] }, errors: null })).toEqual(['answer.data.all[].colour: missing']);
    expect(await run({}, 500)).toEqual(['status 500, 200 was recorded: {}']);
    expect(await run({ data: null, errors: [{ message: 'no' }] })).toEqual(['refused: no']);
  });
});

describe('the command', () => {
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/contract.ts', ...args], { encoding: 'utf8' });

  it('says that it skips where there is no folder', () => {
    const { status, stdout } = command('no-such-folder');
    expect(stdout).toBe('contract: skipped, there is no folder no-such-folder\n');
    expect(status).toBe(0);
  });

  it('fails on a folder that holds no contract', () => {
    const { status, stdout } = command('docs');
    expect(stdout).toContain('holds no schema.graphql, openapi.json, recordings');
    expect(status).toBe(1);
  });
});

describe.runIf(folder)('the contract of a real manager', () => {
  const path = resolve(folder ?? '');

  it('is kept by the client and the simulation', async () => {
    const findings = await checkContract(process.cwd(), path);
    expect(findings.length).toBeGreaterThan(0);
    expect(violations(findings)).toEqual([]);
  }, 120_000);

  it('is broken by a planted wrong field and by a narrowed enum in a real operation', async () => {
    const official = readSchema(path);
    const { operations } = await loadClient(process.cwd());
    const list = operations.find(({ name }) => name === 'Sessions');
    const me = operations.find(({ name }) => name === 'Me');
    if (!list || !me) throw new Error('the operations have other names now');
    const document = documentsOf(list).at(-1)?.text.replace('cluster_size', 'cluster_sise') ?? '';
    expect(details(checkDocuments([{ ...list, document }], official))[0]).toContain('cluster_sise');
    const narrowed = z.object({ user: z.nullable(z.object({ role: z.nullable(z.enum(['user', 'admin'])) })) });
    expect(details(checkResults([{ ...me, data: narrowed }], official))).toContain(
      'user.role: String may be "", which is refused',
    );
  });

  it("is broken by a key that is missing in the simulation's answer", async () => {
    const calls = loadRecordings(path).calls.filter(({ role, name }) => role === 'user' && ['login', 'gql-me'].includes(name));
    const whole = startSimulation(describedManager);
    const lacking: Simulation = {
      ...whole,
      handle: async (request) => {
        const response = await whole.handle(request);
        return new Response((await response.text()).replace('"role":"user",', ''), response);
      },
    };
    expect(details(await replay('user', calls, startSimulation(describedManager), []))).toEqual([]);
    expect(details(await replay('user', calls.slice(-1), lacking, []))[0]).toContain('status');
    expect(details(await replay('user', calls, lacking, []))).toContain('answer.data.user.role: missing');
  });
});

if (!folder) console.warn('contract: skipped, BAI_CONTRACT names no folder of descriptions and recordings');
