/** Apps inside sessions and the app proxy in front of them; plain data, see `types.ts`. */

/** What start-service hands out: the right to open one app of one session at the app proxy. */
export interface AppToken {
  id: string;
  sessionId: string;
  userId: string;
  accessKey: string;
}

/** One way from the world to an app, kept until it is closed or its session ends. */
export interface Circuit {
  id: string;
  sessionId: string;
  userId: string;
  app: string;
  protocol: 'http' | 'tcp';
  /** Of the worker: what visitors see. */
  port: number;
  openToPublic: boolean;
  /** As asked; null = everyone. */
  allowedClientIps: string | null;
}

export interface RunningApp {
  startedAt: number;
  arguments: Record<string, string>;
  envs: Record<string, string>;
}

export interface AppProxyState {
  /** Where the console reaches the coordinator and the worker. */
  address: string;
  /** Where visitors reach an app; `{port}` stands for the circuit's port. */
  appAddress: string;
  /** Ports that the worker may give out, both ends included. */
  ports: [number, number];
  tokens: Record<string, AppToken>;
  circuits: Record<string, Circuit>;
  /** By `<session id>/<app>`. */
  running: Record<string, RunningApp>;
  /** The old local proxy of v1 groups: a helper on the visitor's own machine, which as a rule is not there. */
  localProxy: { isRunning: boolean; tokens: Record<string, { accessKey: string | null }> };
}
