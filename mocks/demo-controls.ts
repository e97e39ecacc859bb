import type { Cluster, Faults } from './cluster/api';
import type { FaultKind } from './cluster/types';
import type { DemoAccount } from './wire/demo-accounts';

/** What the demo puts on the window: its accounts for the log-in page, its levers for the panel and for the curious. */
export interface DemoControls {
  readonly accounts: readonly DemoAccount[];
  readonly cluster: Cluster;
  readonly faults: Faults;
  readonly version: string;
  readonly versions: readonly string[];
  readonly speed: number;
  /** Forgets everything and loads the page anew; with another manager version, if one is named. */
  startOver(version?: string): void;
  advance(by: number | string): void;
  setSpeed(speed: number): void;
  /** Cuts the open event streams once. */
  dropStreams(): void;
  openStreams(): number;
  /** The log-in ends at the server. */
  expireLogin(): void;
}

/** A fault that the panel offers by name. */
export interface NamedFault {
  name: 'latency' | 'serverError' | 'badGateway' | 'brokenJson' | 'throttle' | 'network' | 'noEvents' | 'noAppProxy';
  match: string;
  kind: FaultKind;
  ms?: number;
  status?: number;
}

export const namedFaults: readonly NamedFault[] = [
  { name: 'latency', match: '/func/*', kind: 'latency', ms: 3000 },
  { name: 'serverError', match: '/func/*', kind: 'status', status: 500 },
  { name: 'badGateway', match: '/func/*', kind: 'html', status: 502 },
  { name: 'brokenJson', match: '/func/*', kind: 'broken-json' },
  { name: 'throttle', match: '/func/*', kind: 'throttle' },
  { name: 'network', match: '/func/*', kind: 'network' },
  { name: 'noEvents', match: '/func/events/*', kind: 'drop' },
  { name: 'noAppProxy', match: '/app-proxy/*', kind: 'network' },
];
