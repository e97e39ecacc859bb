/** Looking into a zod schema: what stands behind wrappers, and what it takes. */
import * as z from 'zod/mini';
import type { Schema } from '../../src/client/transport';

interface Definition {
  type: string;
  in?: Schema<unknown>;
  innerType?: Schema<unknown>;
  getter?: () => Schema<unknown>;
  element?: Schema<unknown>;
  shape?: Record<string, Schema<unknown>>;
  valueType?: Schema<unknown>;
}

function definition(schema: Schema<unknown>): Definition {
  return schema._zod.def as unknown as Definition;
}

const wrappers = new Set(['nullable', 'optional', 'default', 'prefault', 'readonly', 'catch', 'nonoptional']);

/** The schema of the wire's own value: without null, defaults and the transforms behind it. */
export function core(schema: Schema<unknown>): { schema: Schema<unknown>; definition: Definition } {
  let current = schema;
  for (;;) {
    const found = definition(current);
    if (found.type === 'pipe' && found.in) current = found.in;
    else if (found.type === 'lazy' && found.getter) current = found.getter();
    else if (wrappers.has(found.type) && found.innerType) current = found.innerType;
    else return { schema: current, definition: found };
  }
}

export function shapeOf(schema: Schema<unknown>): Record<string, Schema<unknown>> | null {
  const { definition: found } = core(schema);
  return found.type === 'object' ? (found.shape ?? null) : null;
}

export function elementOf(schema: Schema<unknown>): Schema<unknown> | null {
  const { definition: found } = core(schema);
  return found.type === 'array' ? (found.element ?? null) : null;
}

export function takesAnything(schema: Schema<unknown>): boolean {
  return ['unknown', 'any'].includes(core(schema).definition.type);
}

export function takes(schema: Schema<unknown>, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

/** `path: what is wrong` for each issue, none where the value fits. */
export function issues(schema: Schema<unknown>, value: unknown): string[] {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => `${z.core.toDotPath(issue.path) || '(answer)'}: ${issue.message || issue.code}`);
}
