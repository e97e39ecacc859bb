/** Asks the simulation what a real server was asked, in the same order and by the same role. */
import { parse, validate } from 'graphql';
import { errorOfGraphql } from '../../src/client/problem';
import { aside, judge } from './findings';
import type { Finding } from './findings';
import { graphqlOf, routeOf } from './recordings';
import type { Recording } from './recordings';
import type { AnyRoute } from './rest-routes';
import { compareShapes } from './shape';

/** What stands for the simulation: answers a request as the webserver does, in one browser. */
export interface Simulation {
  handle(request: Request): Promise<Response>;
  advance(by: string): void;
  /** Ends what runs there, so that a session which needs much finds it. */
  makeRoom(): void;
  /** The simulation's GraphQL schema, to tell what it does not have from what it gets wrong. */
  graphql: Parameters<typeof validate>[0];
}

/** Who stands for whom: the demo's accounts for the recorded ones. */
export const demoAccounts: Record<string, { email: string; password: string }> = {
  superadmin: { email: 'admin@example.com', password: 'admin-Demo-1' },
  administration: { email: 'admin@example.com', password: 'admin-Demo-1' },
  'domain-admin': { email: 'domain-admin@example.com', password: 'domain-Demo-1' },
  user: { email: 'user@example.com', password: 'user-Demo-1' },
};

/** The recorded sessions were given time between the calls; so are these. */
const waits: Record<string, string> = {
  'gql-session-node-later': '60s',
  'gql-session-node-running': '60s',
  'gql-session-node-terminated': '60s',
  'gql-session-node-batch': '120s',
  'gql-session-node-cluster': '60s',
};

/** Launches that found room on the recorded cluster; the demo is busier. */
const roomy = new Set(['session-create-cluster']);

/** Answers whose own keys are data. */
const keyed = new Set(['resource-slots', 'resource-slots-details', 'session-status-history']);

/** What the recorded cluster happened to have, or not to have, and another one need not. */
const circumstances: { name: RegExp; complaint: RegExp; reason: string }[] = [
  {
    name: /^(gql-keypair-policy|gql-scaling-group)$/,
    complaint: /: null, object was recorded$/,
    reason: 'it asks for what a call made that is not simulated yet',
  },
  {
    name: /^folders/,
    complaint: /\.user: null/,
    reason: 'the demo has project folders, which belong to no user; the recorded cluster had none',
  },
  {
    name: /^config-get/,
    complaint: /^answer\.result/,
    reason: 'what a cluster keeps in its configuration is its own',
  },
  {
    name: /^gql-agents/,
    complaint: /hardware_metadata/,
    reason: 'what the machines tell of their hardware is their own',
  },
  {
    name: /^gql-scaling-groups$/,
    complaint: /wsproxy_(addr|api_token): null/,
    reason: 'the demo has a resource group without an app proxy; the recorded cluster had none',
  },
  {
    name: /^gql-scaling-groups$/,
    complaint: /scheduler_opts/,
    reason: 'what the scheduler is told is set by the operator',
  },
];

const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/** Recorded text → simulated text, longest first. */
class Names {
  private readonly pairs = new Map<string, string>();

  learn(recorded: unknown, simulated: unknown): void {
    if (typeof recorded !== 'string' || typeof simulated !== 'string' || recorded === '') return;
    this.pairs.set(recorded, simulated);
    if (uuid.test(recorded)) this.pairs.set(recorded.replaceAll('-', ''), simulated.replaceAll('-', ''));
    if (/^[0-9a-f]{32}$/i.test(recorded) && /^[0-9a-f]{32}$/i.test(simulated)) this.pairs.set(dashed(recorded), dashed(simulated));
  }

  in(text: string): string {
    const ordered = [...this.pairs].sort(([a], [b]) => b.length - a.length);
    return ordered.reduce((result, [recorded, simulated]) => result.replaceAll(recorded, simulated), text);
  }
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Ids that later calls name: of who one is, of projects, of what was made. */
function learnFrom(call: Recording, recorded: Json, simulated: Json, names: Names): void {
  if (call.name === 'gql-me') {
    const [theirs, mine] = [record(recorded.data), record(simulated.data)];
    for (const key of ['uuid', 'email']) names.learn(record(theirs.user)[key], record(mine.user)[key]);
    names.learn(record(theirs.keypair).access_key, record(mine.keypair).access_key);
    const groups = (mine.groups ?? []) as Json[];
    for (const group of (theirs.groups ?? []) as Json[]) {
      const same = groups.find((other) => other.name === group.name);
      if (same) names.learn(group.id, same.id);
    }
  }
  if (call.request.method === 'POST') for (const key of ['sessionId', 'id']) names.learn(recorded[key], simulated[key]);
}

/** An image of the simulation for a recorded one: the same name, in whatever version is installed. */
function learnImages(recorded: readonly Recording[], simulated: Json, names: Names): void {
  const images = ((record(simulated.data).images ?? []) as Json[]).filter((image) => image.architecture === 'x86_64');
  for (const call of recorded) {
    const wanted = record(call.request.body).image;
    if (typeof wanted !== 'string') continue;
    const base = /([^/:]+):[^/]*$/.exec(wanted)?.[1] ?? '';
    const found = images.find((image) => String(image.namespace ?? image.name).endsWith(`/${base}`));
    if (found) names.learn(wanted, `${String(found.registry)}/${String(found.namespace ?? found.name)}:${String(found.tag)}`);
  }
}

interface Answer {
  status: number;
  contentType: string | null;
  body: unknown;
}

async function ask(simulation: Simulation, request: Recording['request'], names: Names): Promise<Answer> {
  const hasBody = request.body !== undefined && request.body !== null;
  const response = await simulation.handle(
    new Request(`http://console.test${names.in(request.path)}`, {
      method: request.method,
      headers: hasBody ? { 'Content-Type': 'application/json' } : {},
      body: hasBody ? names.in(JSON.stringify(request.body)) : undefined,
    }),
  );
  const text = await response.text();
  let body: unknown = text;
  if (/json/.test(response.headers.get('content-type') ?? '')) {
    try {
      body = JSON.parse(text) as unknown;
    } catch {
      // An empty answer of type JSON stays text, as it was recorded.
    }
  }
  return { status: response.status, contentType: response.headers.get('content-type'), body };
}

function mediaType(contentType: string | null): string {
  return (contentType ?? '').split(';')[0]?.trim() ?? '';
}

function compare(call: Recording, answer: Answer): string[] {
  const { status, body } = call.response;
  if (status !== answer.status) {
    return [`status ${answer.status}, ${status} was recorded: ${JSON.stringify(answer.body).slice(0, 200)}`];
  }
  const complaints: string[] = [];
  // An answer without a body has no type worth the name.
  if (body !== '' && mediaType(call.response.contentType) !== mediaType(answer.contentType)) {
    complaints.push(`type ${mediaType(answer.contentType)}, ${mediaType(call.response.contentType)} was recorded`);
  }
  if (graphqlOf(call.request)) {
    const [theirs, mine] = [body, answer.body].map((one) => errorOfGraphql(one, call.name, new Headers()));
    if (Boolean(theirs) !== Boolean(mine)) {
      return [mine ? `refused: ${mine.title}` : `not refused: ${theirs?.title ?? ''} was recorded`];
    }
    if (theirs?.errorCode !== mine?.errorCode) complaints.push(`code ${mine?.errorCode ?? 'none'}, ${theirs?.errorCode ?? 'none'} was recorded`);
  } else if (status >= 400 && record(body).type !== record(answer.body).type) {
    complaints.push(`type ${String(record(answer.body).type)}, ${String(record(body).type)} was recorded`);
  }
  return [...complaints, ...compareShapes(body, answer.body, keyed.has(call.name))];
}

/** Why a recorded call is not asked; null where it is. */
function reasonToLeave(call: Recording, simulation: Simulation): string | null {
  if (!call.request.path.startsWith('/')) return 'goes to another server than the webserver';
  // Of a task that nobody knows a stream stays open without a word.
  if (call.name === 'rescan-events') return 'it follows a task that a call began which is not simulated yet';
  const graphql = graphqlOf(call.request);
  if (!graphql) return null;
  try {
    const unknown = validate(simulation.graphql, parse(graphql.query)).map((error) => error.message);
    const expected = errorOfGraphql(call.response.body, call.name, new Headers())?.title ?? '';
    // What the real server refused as well has to be refused here.
    if (unknown.length > 0 && !expected.startsWith('Cannot query field')) return `GraphQL that is not simulated yet: ${unknown[0] ?? ''}`;
  } catch {
    return null;
  }
  return null;
}

/** What the manager, and so the simulation, says of a path that it does not have. */
function isUnknownPath({ status, body }: Pick<Answer, 'status' | 'body'>): boolean {
  return status === 404 && String(record(body).type).endsWith('/url-not-found');
}

/**
 * The superadmin of the recordings had a session named `a` already, so that renaming to `a` and making another
 * one are refused; for the others the name was free. A small one takes the name here too.
 */
async function takeNames(calls: readonly Recording[], simulation: Simulation, names: Names): Promise<void> {
  const taken = calls.find(({ name, response }) => name === 'session-create-bad-name' && response.status === 400);
  if (!taken) return;
  const body = record(taken.request.body);
  const config = { ...record(body.config), resources: { cpu: 1, mem: '4g' } };
  await ask(simulation, { ...taken.request, body: { ...body, config } }, names);
}

/** Replays one role's recordings on a fresh simulation. */
export async function replay(
  role: string,
  calls: readonly Recording[],
  simulation: Simulation,
  routes: readonly AnyRoute[],
): Promise<Finding[]> {
  const account = demoAccounts[role];
  if (!account) return [aside('replay', role, 'no account of the demo stands for this role')];
  const names = new Names();
  const login = record(calls.find((call) => call.name === 'login')?.request.body);
  names.learn(login.username, account.email);
  names.learn(login.password, account.password);
  const findings: Finding[] = [];
  for (const call of calls) {
    const subject = `${role}/${call.file}`;
    const reason = reasonToLeave(call, simulation);
    if (reason !== null) {
      findings.push(aside('replay', subject, reason));
      continue;
    }
    const wait = waits[call.name];
    if (wait !== undefined) simulation.advance(wait);
    if (roomy.has(call.name)) simulation.makeRoom();
    const answer = await ask(simulation, call.request, names);
    const isOurs = graphqlOf(call.request) !== null || routeOf(call.request, routes) !== null;
    if (!isOurs && isUnknownPath(answer) && !isUnknownPath(call.response)) {
      findings.push(aside('replay', subject, 'a call that is not simulated yet'));
      continue;
    }
    learnFrom(call, record(call.response.body), record(answer.body), names);
    if (call.name === 'gql-images') {
      learnImages(calls, record(answer.body), names);
      await takeNames(calls, simulation, names);
    }
    const complaints = compare(call, answer);
    const excused = complaints.filter((complaint) => excuse(call.name, complaint) !== null);
    const left = complaints.filter((complaint) => !excused.includes(complaint));
    if (left.length > 0 || excused.length === 0) findings.push(...judge('replay', subject, left));
    for (const complaint of excused) findings.push(aside('replay', subject, `${complaint}: ${excuse(call.name, complaint) ?? ''}`));
  }
  return findings;
}

function excuse(name: string, complaint: string): string | null {
  return circumstances.find((one) => one.name.test(name) && one.complaint.test(complaint))?.reason ?? null;
}
