import type { Cluster } from '../../cluster/api';
import type { SignedInCall } from '../context';

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As the manager names it, `{id}` for a part. Special ones (`_`) come before general ones. */
  path: string;
  handle: (call: SignedInCall) => Response | Promise<Response>;
  /** Manager version that brought it. */
  since?: string;
  /** Only when the installation has it (plugins). */
  when?: (cluster: Cluster) => boolean;
  /** Refused while the manager is frozen for maintenance. */
  writes?: boolean;
}

export function param(call: SignedInCall, name: string): string {
  return call.params[name] ?? '';
}

/** Several spellings of a query parameter; an empty value counts as missing. */
export function queryValue(call: SignedInCall, ...names: string[]): string | null {
  for (const name of names) {
    const value = call.query.get(name);
    if (value !== null && value !== '') return value;
  }
  return null;
}
