import type { Cluster } from '../../cluster/api';
import { hasSince } from '../versions';
import { accountRoutes } from './account';
import { appRoutes } from './app';
import { eventRoutes } from './events';
import { folderRoutes } from './folder';
import { graphqlRoutes } from './graphql';
import { resourceRoutes } from './resource';
import type { Route } from './route';
import { sessionRoutes } from './session';
import { exportRoutes } from './session-export';
import { systemRoutes } from './system';
import { templateRoutes } from './template';

export const routes: readonly Route[] = [
  ...graphqlRoutes,
  ...accountRoutes,
  ...resourceRoutes,
  ...eventRoutes,
  // Before those of one session, whose id would take `_`.
  ...templateRoutes,
  ...sessionRoutes,
  ...exportRoutes,
  ...appRoutes,
  ...folderRoutes,
  ...systemRoutes,
];

interface Compiled {
  route: Route;
  pattern: RegExp;
  names: string[];
}

function compile(route: Route): Compiled {
  const names: string[] = [];
  const source = route.path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  return { route, pattern: new RegExp(`^${source}$`), names };
}

const compiled = routes.map(compile);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The first route of the manager's version that fits; anything else is an unknown path. */
export function matchRoute(cluster: Cluster, method: string, path: string): { route: Route; params: Record<string, string> } | null {
  for (const { route, pattern, names } of compiled) {
    if (route.method !== method) continue;
    const match = pattern.exec(path);
    if (!match) continue;
    if (route.since !== undefined && !hasSince(cluster.version, route.since)) continue;
    if (route.when && !route.when(cluster)) continue;
    const params = Object.fromEntries(names.map((name, index) => [name, decoded(match[index + 1] ?? '')]));
    return { route, params };
  }
  return null;
}
