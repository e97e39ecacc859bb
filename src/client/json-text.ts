import * as z from 'zod/mini';
import type { Schema } from './transport';

const raw = z.union([
  z.null(),
  z.string(),
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()),
  z.number(),
  z.boolean(),
]);

/**
 * JSON inside a JSON text, as the manager's GraphQL writes maps and lists. Some gateways deliver it parsed
 * already (SES-C03); '' and null mean nothing. Text that is not JSON is an error of this very field.
 */
export function jsonText<T>(inner: Schema<T>) {
  const parsed = z.pipe(
    raw,
    z.transform((value, context): unknown => {
      if (typeof value !== 'string') return value;
      if (value.trim() === '') return null;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.issues.push({ code: 'custom', message: 'not JSON text', input: value });
        return z.NEVER;
      }
    }),
  );
  return z.pipe(parsed, z.nullable(inner));
}
