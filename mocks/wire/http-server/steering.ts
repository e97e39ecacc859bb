import type { Cluster, ClusterOptions } from '../../cluster/api';
import type { Fault } from '../../cluster/types';
import { isRecord, json, problem } from '../http';
import type { Wire } from '../wire';

/**
 * Steers the simulation over HTTP; no part of any Backend.AI server. All are `POST /__simulation/<what>` with JSON:
 * - `advance` `{by: "5s"}`: the cluster's clock runs on; answers `{now}`.
 * - `faults` `{add?: fault | fault[], clear?: true}`: answers `{faults}`.
 * - `drop-streams` `{}`: cuts every open event stream.
 * - `expire-logins` `{}`: every log-in ends at the server.
 * - `reset` `{}`: back to the seed.
 * - `seed` `{seed?, version?, sessions?, rng?}`: another cluster.
 * - `speed` `{speed}`: cluster seconds in a second; 0 stands still.
 */
export interface Steered {
  cluster(): Cluster;
  wire(): Wire;
  reseed(options: ClusterOptions): void;
  setSpeed(speed: number): void;
}

export const STEERING_PATH = '/__simulation/';

type Body = Record<string, unknown>;

const actions: Record<string, (steered: Steered, body: Body) => unknown> = {
  advance(steered, body) {
    steered.cluster().advance(typeof body.by === 'number' ? body.by : String(body.by ?? '1s'));
    return { now: steered.cluster().iso(steered.cluster().now) };
  },
  faults(steered, body) {
    const { faults } = steered.cluster();
    if (body.clear === true) faults.clear();
    const added = body.add === undefined ? [] : Array.isArray(body.add) ? body.add : [body.add];
    for (const fault of added) faults.add(fault as Omit<Fault, 'id'>);
    return { faults: faults.list() };
  },
  'drop-streams'(steered) {
    steered.wire().dropStreams();
    return {};
  },
  'expire-logins'(steered) {
    const { state, accounts } = steered.cluster();
    for (const login of Object.values(state.loginSessions)) accounts.logout(login.id);
    return {};
  },
  reset(steered) {
    steered.wire().dropStreams();
    steered.cluster().reset();
    steered.cluster().faults.clear();
    return {};
  },
  seed(steered, body) {
    steered.wire().dropStreams();
    steered.reseed(body as ClusterOptions);
    return { version: steered.cluster().version, sessions: Object.keys(steered.cluster().state.sessions).length };
  },
  speed(steered, body) {
    steered.setSpeed(Number(body.speed ?? 1));
    return {};
  },
};

export async function steer(steered: Steered, request: Request, path: string): Promise<Response> {
  const action = request.method === 'POST' ? actions[path.slice(STEERING_PATH.length)] : undefined;
  if (!action) return problem({ status: 404, slug: 'url-not-found', title: 'Unknown URL path.', data: path });
  try {
    const text = await request.text();
    const body = text.trim() === '' ? {} : (JSON.parse(text) as unknown);
    if (!isRecord(body)) throw new Error('a JSON object is needed');
    return json(action(steered, body));
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : String(error) }, { status: 400 });
  }
}
