import type { Faults } from './api';
import type { Context } from './context';
import type { Fault } from './types';

function matches(fault: Fault, request: { path: string; method: string; operation?: string | null }): boolean {
  if (fault.method && fault.method.toUpperCase() !== request.method.toUpperCase()) return false;
  if (!fault.match.startsWith('/') && fault.match !== '*') return fault.match === request.operation;
  const pattern = fault.match
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(request.path);
}

/** Faults are only kept here, as data; the wire lets them strike. */
export function createFaults(ctx: Context): Faults {
  return {
    add(fault) {
      ctx.state.seq += 1;
      const added: Fault = { id: `fault-${String(ctx.state.seq)}`, ...fault };
      ctx.state.faults.push(added);
      return added;
    },
    list: () => ctx.state.faults,
    remove(id) {
      ctx.state.faults = ctx.state.faults.filter((fault) => fault.id !== id);
    },
    clear() {
      ctx.state.faults = [];
    },
    take(request) {
      const fault = ctx.state.faults.find((candidate) => matches(candidate, request));
      if (!fault) return null;
      const struck = { ...fault };
      if (fault.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) ctx.state.faults = ctx.state.faults.filter((candidate) => candidate !== fault);
      }
      return struck;
    },
  };
}
