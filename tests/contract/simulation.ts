import { createCluster } from '../../mocks/cluster/cluster';
import { schemaFor } from '../../mocks/wire/graphql/schema';
import { createWire } from '../../mocks/wire/wire';
import type { Simulation } from './replay';

/** The simulated cluster behind its webserver, with one browser's cookie. */
export function startSimulation(version: string): Simulation {
  const cluster = createCluster({ seed: 'demo', version });
  // The recorded cluster had no registry for images of sessions.
  for (const project of Object.values(cluster.state.projects)) project.containerRegistry = null;
  const wire = createWire(cluster);
  let cookie: string | null = null;
  const jar = {
    get: () => cookie,
    set: (sessionId: string | null) => {
      cookie = sessionId;
    },
  };
  return {
    handle: (request) => wire.handle(request, { front: 'webserver', jar }),
    advance: (by) => cluster.advance(by),
    makeRoom: () => {
      const admin = Object.values(cluster.state.users).find(({ role }) => role === 'superadmin');
      const requester = cluster.accounts.requester(admin?.mainAccessKey ?? '');
      for (const { id, accessKey, status } of Object.values(cluster.state.sessions)) {
        if (['TERMINATED', 'CANCELLED'].includes(status)) continue;
        cluster.sessions.terminate(requester, id, { forced: true, ownerAccessKey: accessKey });
      }
      cluster.advance('1m');
    },
    graphql: schemaFor(version),
  };
}
