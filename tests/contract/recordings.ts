import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createParser } from 'eventsource-parser';
import { Kind, parse } from 'graphql';
import type { FieldNode, SelectionSetNode } from 'graphql';
import { parseSiteConfig } from '../../src/client/config';
import { toClientError } from '../../src/client/errors';
import { readSessionEvent } from '../../src/client/events';
import { readLoginAnswer } from '../../src/client/login-outcome';
import { errorOfAnswer, errorOfGraphql } from '../../src/client/problem';
import type { Schema } from '../../src/client/transport';
import { aside, judge } from './findings';
import type { Finding } from './findings';
import { template } from './rest-routes';
import type { AnyRoute } from './rest-routes';
import { describedManager, documentAt } from './versions';
import type { AnyOperation } from './versions';
import { elementOf, issues, shapeOf, takes, takesAnything } from './zod-walk';

export interface Recording {
  /** Folder: superadmin, domain-admin, user, administration. */
  role: string;
  /** Without the number. */
  name: string;
  file: string;
  request: { method: string; path: string; body?: unknown };
  response: { status: number; contentType: string | null; body: unknown };
}

export interface RecordedEvents {
  role: string;
  file: string;
  text: string;
}

/** The newest server's recordings, in the order in which they were made. */
export function loadRecordings(folder: string): { calls: Recording[]; events: RecordedEvents[] } {
  const root = join(folder, 'recordings');
  const server = readdirSync(root).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';
  const calls: Recording[] = [];
  const events: RecordedEvents[] = [];
  for (const role of readdirSync(join(root, server)).sort()) {
    for (const file of readdirSync(join(root, server, role)).sort()) {
      const text = readFileSync(join(root, server, role, file), 'utf8');
      if (file.startsWith('events-')) events.push({ role, file, text });
      else if (/^\d+-.*\.json$/.test(file)) calls.push({ role, file, ...(JSON.parse(text) as Omit<Recording, 'role' | 'file'>) });
    }
  }
  return { calls, events };
}

interface GraphqlBody {
  query: string;
  variables?: Record<string, unknown>;
}

export function graphqlOf(request: { path: string; body?: unknown }): GraphqlBody | null {
  const isGraphql = /\/admin\/(gql|graphql)$/.test(request.path.split('?')[0] ?? '');
  return isGraphql && typeof request.body === 'object' ? (request.body as GraphqlBody) : null;
}

/** The client's route behind a recorded call; of several the one with the fewest placeholders. */
export function routeOf(request: { method: string; path: string }, routes: readonly AnyRoute[]): AnyRoute | null {
  const [path = ''] = request.path.split('?');
  const fits = routes.filter((route) => {
    const whole = route.front === 'webserver' ? route.path : `/func${route.path}`;
    const source = template(whole).replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '[^/]+');
    return route.method === request.method && new RegExp(`^${source}/?$`).test(path);
  });
  const placeholders = (route: AnyRoute) => route.path.split('{').length;
  return fits.sort((a, b) => placeholders(a) - placeholders(b))[0] ?? null;
}

/** A refusal has to be told in words, and must not pass for an answer. */
function readRefusal(call: Recording): string[] {
  const text = typeof call.response.body === 'string' ? call.response.body : JSON.stringify(call.response.body);
  const headers = new Headers({ 'content-type': call.response.contentType ?? 'application/json' });
  const error = errorOfAnswer({ status: call.response.status, statusText: '', headers, text }, call.name);
  return error.title === '' || error.kind === 'shape' ? [`the refusal is read as ${error.kind} "${error.title}"`] : [];
}

function checkRest(call: Recording, route: AnyRoute): Finding[] {
  const subject = `${call.role}/${call.file}`;
  if (call.response.status >= 400) return judge('recordings', subject, readRefusal(call));
  const value = route.answer !== 'text' && call.response.body === '' ? null : call.response.body;
  return judge('recordings', subject, issues(route.result, value));
}

function fieldsOf(selections: SelectionSetNode | undefined): FieldNode[] {
  return (selections?.selections ?? []).filter((node) => node.kind === Kind.FIELD);
}

function keyOf(node: FieldNode): string {
  return node.alias?.value ?? node.name.value;
}

interface Overlap {
  leaves: number;
  complaints: string[];
}

/**
 * Holds a recorded value against what the client reads of the same fields, whatever they are called on either
 * side. Returns the value as the client would have got it; undefined where the recording did not ask for all of it.
 */
function hold(mine: FieldNode, theirs: FieldNode, schema: Schema<unknown>, value: unknown, path: string, run: Overlap): unknown {
  if (takesAnything(schema)) return value;
  if (value === null || !mine.selectionSet) {
    run.leaves += 1;
    run.complaints.push(...issues(schema, value).map((issue) => `${path} ${issue}`));
    return value;
  }
  if (Array.isArray(value)) {
    const element = elementOf(schema);
    if (!element) {
      run.complaints.push(`${path}: a list was recorded`);
      return undefined;
    }
    const items = value.map((item, index) => hold(mine, theirs, element, item, `${path}[${index}]`, run));
    return items.includes(undefined) ? undefined : items;
  }
  const shape = shapeOf(schema);
  if (!shape) {
    run.complaints.push(`${path}: an object was recorded`);
    return undefined;
  }
  const projected: Record<string, unknown> = {};
  let complete = true;
  for (const node of fieldsOf(mine.selectionSet)) {
    const inner = shape[keyOf(node)];
    const other = fieldsOf(theirs.selectionSet).find(({ name }) => name.value === node.name.value);
    if (!inner) continue;
    const got = other && hold(node, other, inner, (value as Record<string, unknown>)[keyOf(other)], `${path}.${keyOf(node)}`, run);
    if (got !== undefined) projected[keyOf(node)] = got;
    else if (!takes(inner, undefined)) complete = false;
  }
  if (!complete) return undefined;
  run.complaints.push(...issues(schema, projected).map((issue) => `${path} ${issue}`));
  return projected;
}

function rootFields(query: string): FieldNode[] {
  try {
    return parse(query).definitions.flatMap((found) =>
      found.kind === Kind.OPERATION_DEFINITION ? fieldsOf(found.selectionSet) : [],
    );
  } catch {
    return [];
  }
}

function checkGraphql(call: Recording, body: GraphqlBody, operations: readonly AnyOperation[]): Finding[] {
  const subject = `${call.role}/${call.file}`;
  const answer = call.response.body as { data?: Record<string, unknown> | null };
  const theirs = rootFields(body.query);
  const users: string[] = [];
  const run: Overlap = { leaves: 0, complaints: [] };
  const refused = errorOfGraphql(answer, call.name, new Headers());
  for (const operation of operations) {
    const shape = shapeOf(operation.data) ?? {};
    const mine = rootFields(documentAt(operation, describedManager) ?? documentAt(operation, '24.03.0') ?? '');
    const before = run.leaves;
    for (const node of mine) {
      const other = theirs.find(({ name }) => name.value === node.name.value);
      const inner = shape[keyOf(node)];
      if (!other || !inner) continue;
      if (refused) run.leaves += 1;
      else hold(node, other, inner, answer.data?.[keyOf(other)], node.name.value, run);
    }
    if (run.leaves > before) users.push(operation.name);
  }
  if (users.length === 0) return [aside('recordings', subject, 'GraphQL fields that the client does not ask for')];
  if (refused?.title === '') run.complaints.push('the refusal has no words');
  return judge('recordings', subject, run.complaints).map((finding) =>
    finding.verdict === 'ok' ? { ...finding, detail: refused ? `refusal (${refused.kind})` : users.join(', ') } : finding,
  );
}

/** Calls whose answers are read by hand, because they are no plain JSON of one shape. */
const readByHand: { call: RegExp; read: (call: Recording) => string[] }[] = [
  {
    call: /^GET \/config\.toml$/,
    read: ({ response }) => {
      const { problem, problems } = parseSiteConfig(String(response.body));
      return problem === null ? problems : [problem, ...problems];
    },
  },
  {
    call: /^POST \/server\/login$/,
    read: ({ response, name }) => {
      const answer = { status: response.status, statusText: '', headers: new Headers(), text: JSON.stringify(response.body) };
      try {
        const outcome = readLoginAnswer(answer, name);
        const isIn = outcome === 'already-in' || outcome.kind === 'in';
        return isIn || response.status >= 400 ? [] : [`an answer of ${response.status} is read as ${outcome.kind}`];
      } catch (error) {
        return response.status >= 400 && toClientError(error).kind !== 'shape' ? [] : [String(error)];
      }
    },
  },
];

/** Every recorded answer to a call that the client makes is read by the client's schemas. */
export function checkRecordings(
  recordings: readonly Recording[],
  operations: readonly AnyOperation[],
  routes: readonly AnyRoute[],
): Finding[] {
  return recordings.flatMap((call) => {
    const body = graphqlOf(call.request);
    if (body) return checkGraphql(call, body, operations);
    const route = routeOf(call.request, routes);
    if (route) return checkRest(call, route);
    const known = `${call.request.method} ${call.request.path}`;
    const hand = readByHand.find((one) => one.call.test(known));
    if (hand) return judge('recordings', `${call.role}/${call.file}`, hand.read(call));
    return [aside('recordings', `${call.role}/${call.file}`, 'a call that the client does not make')];
  });
}

/** Recorded event streams are read event by event. */
export function checkEvents(recorded: readonly RecordedEvents[]): Finding[] {
  return recorded.flatMap(({ role, file, text }) => {
    const complaints: string[] = [];
    let count = 0;
    const parser = createParser({
      onEvent: ({ event = 'message', data }) => {
        count += 1;
        const read = readSessionEvent({ name: event, data });
        if (!read?.sessionId) complaints.push(`${event} is not understood`);
      },
    });
    // The first line of the file tells the answer's status and type.
    parser.feed(`${text.replace(/^#.*\n/, '')}\n\n`);
    if (count === 0) complaints.push('no event in it');
    return judge('recordings', `${role}/${file}`, complaints);
  });
}
