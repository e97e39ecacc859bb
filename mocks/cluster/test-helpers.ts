import type { Cluster, ClusterOptions } from './api';
import { createCluster } from './cluster';
import { ManagerError } from './errors';
import type { Requester, Session, SessionStatus } from './types';

/** For the unit tests beside this file only. */
export function clusterWith(options: ClusterOptions = {}): Cluster {
  return createCluster({ seed: 'empty', ...options });
}

export function requester(cluster: Cluster, email = 'user@example.com'): Requester {
  const user = cluster.accounts.userByEmail(email);
  return cluster.accounts.requester(user?.mainAccessKey ?? '');
}

export const TORCH = 'cr.example.org/stable/python-pytorch:2.4-py312-cuda12.4';

/** A create body as the console sends it. */
export function body(name: string, more: Record<string, unknown> = {}, config: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    clientSessionToken: name,
    image: TORCH,
    architecture: 'x86_64',
    type: 'interactive',
    group: 'default',
    domain: 'default',
    clusterSize: 1,
    clusterMode: 'single-node',
    enqueueOnly: true,
    maxWaitSeconds: 15,
    reuseIfExists: false,
    ...more,
    config: {
      resources: { cpu: 2, mem: '4g' },
      resource_opts: { shmem: '1g' },
      scaling_group: 'default',
      ...config,
    },
  };
}

export function launch(
  cluster: Cluster,
  who: Requester,
  name: string,
  more: Record<string, unknown> = {},
  config: Record<string, unknown> = {},
): Session {
  const { sessionId } = cluster.sessions.create(who, body(name, more, config));
  const session = cluster.sessions.byId(sessionId);
  if (!session) throw new Error('not made');
  return session;
}

/** Steps the clock until the session is there; gives up after ten minutes. */
export function until(cluster: Cluster, session: Session, status: SessionStatus): void {
  for (let i = 0; i < 1200 && session.status !== status; i += 1) cluster.advance(500);
  if (session.status !== status) throw new Error(`${session.name} is ${session.status}, not ${status}`);
}

/** The refusal of a call. */
export function refusal(call: () => unknown): ManagerError {
  try {
    call();
  } catch (error) {
    if (error instanceof ManagerError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
