import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { sdlFor } from '../../mocks/wire/graphql/schema';
import { loadClient } from './client-modules';
import { checkDocuments } from './documents';
import { judge } from './findings';
import type { Finding } from './findings';
import { checkEvents, checkRecordings, loadRecordings } from './recordings';
import { replay } from './replay';
import { checkRoutes } from './rest-routes';
import type { OpenApi } from './rest-routes';
import { checkResults } from './result-types';
import { checkSimulatedSchema } from './simulated-schema';
import { startSimulation } from './simulation';
import { describedManager } from './versions';

/** Versions at which the simulation's schema is compared: those that it can play. */
const simulatedVersions = ['24.03.0', '24.09.0', '25.5.0', '25.13.0', describedManager];

export function readSchema(folder: string): GraphQLSchema {
  return buildSchema(readFileSync(join(folder, 'schema.graphql'), 'utf8'), { assumeValidSDL: true });
}

/** Holds client and simulation against the manager's published descriptions and the recordings in the folder. */
export async function checkContract(root: string, folder: string): Promise<Finding[]> {
  const schema = readSchema(folder);
  const openApi = JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8')) as OpenApi;
  const { operations, routes } = await loadClient(root);
  const { calls, events } = loadRecordings(folder);
  const counts = { operations: operations.length, routes: routes.length, recordings: calls.length };
  const empty = Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [`there are no ${name} to hold`] : []));
  const findings: Finding[] = [
    // Nothing held is no contract kept.
    ...judge('subjects', Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', '), empty),
    ...checkDocuments(operations, schema),
    ...checkResults(operations, schema),
    ...checkRoutes(routes, openApi),
    ...simulatedVersions.flatMap((version) => checkSimulatedSchema(sdlFor(version), schema, version)),
    ...checkRecordings(calls, operations, routes),
    ...checkEvents(events),
  ];
  for (const role of new Set(calls.map((call) => call.role))) {
    const own = calls.filter((call) => call.role === role);
    try {
      findings.push(...(await replay(role, own, startSimulation(describedManager), routes)));
    } catch (error) {
      findings.push(...judge('replay', role, [`the simulation fails: ${String(error)}`]));
    }
  }
  return findings;
}
