import type { RestRoute } from '../../src/client/transport';
import { aside, judge } from './findings';
import type { Finding } from './findings';
import { shapeOf } from './zod-walk';

export type AnyRoute = RestRoute<unknown, unknown, unknown>;

interface Method {
  parameters?: { name: string; in: string }[];
  requestBody?: { content?: Record<string, { schema?: { $ref?: string } }> };
}

/** The part of an OpenAPI document that is looked at. */
export interface OpenApi {
  paths: Record<string, Record<string, Method>>;
  components?: { schemas?: Record<string, { properties?: Record<string, unknown> }> };
}

/** Routes that the manager answers though its description leaves them out. */
const undescribed: Record<string, string> = {
  'GET /': 'the version handshake is answered by the root application, which the description leaves out',
};

/** Bodies are described by the server's inner names; these are the spellings that go over the wire (SES-C01, SES-C04). */
const wireNames: Record<string, Record<string, string>> = {
  'POST /session/_/create': {
    clientSessionToken: 'session_name',
    type: 'session_type',
    clusterSize: 'cluster_size',
    clusterMode: 'cluster_mode',
    enqueueOnly: 'enqueue_only',
    maxWaitSeconds: 'max_wait_seconds',
    reuseIfExists: 'reuse',
    startupCommand: 'startup_command',
  },
  'POST /session/{}/rename': { name: 'session_name' },
};

/** Names of the parts that stand for something are a matter of taste. */
export function template(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1');
}

function bodyKeys(api: OpenApi, method: Method): string[] | null {
  const reference = method.requestBody?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);
  const properties = reference === undefined ? undefined : api.components?.schemas?.[reference]?.properties;
  return properties ? Object.keys(properties) : null;
}

/** Every route exists with its method, and its query and body name only what the manager knows. */
export function checkRoutes(routes: readonly AnyRoute[], api: OpenApi): Finding[] {
  const described = new Map(Object.entries(api.paths).map(([path, methods]) => [template(path), methods]));
  return routes.flatMap((route) => {
    const subject = `${route.method} ${route.path} (${route.name})`;
    const key = `${route.method} ${template(route.path)}`;
    if (route.front === 'webserver') return [aside('routes', subject, "the webserver's own, of which there is no description")];
    const reason = undescribed[key];
    if (reason !== undefined) return [aside('routes', subject, reason)];
    const methods = described.get(template(route.path));
    if (!methods) return judge('routes', subject, ['no such path']);
    const method = methods[route.method.toLowerCase()];
    if (!method) return judge('routes', subject, [`the path has no ${route.method}, only ${Object.keys(methods).join(', ')}`]);
    const complaints: string[] = [];
    const known = (method.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    for (const name of Object.keys((route.query && shapeOf(route.query)) ?? {})) {
      if (!known.includes(name)) complaints.push(`query ${name} is not described`);
    }
    const body = bodyKeys(api, method);
    const names = wireNames[key] ?? {};
    for (const name of Object.keys((route.body && body && shapeOf(route.body)) ?? {})) {
      if (!body?.includes(names[name] ?? name)) complaints.push(`body ${name} is not described`);
    }
    return judge('routes', subject, complaints);
  });
}
