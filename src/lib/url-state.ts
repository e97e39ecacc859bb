import * as z from 'zod/mini';

/** A flat object of strings, numbers, booleans and string arrays; every field is a `z._default(…)`. */
export type UrlSchema = z.core.$ZodObject;

/**
 * Reads the fields of `schema` from an address. Each field stands alone: one that is missing or not valid takes
 * its default, so that a mistyped address shows the usual list rather than an error. Arrays are repeated keys.
 */
export function readUrlState<S extends UrlSchema>(schema: S, search: URLSearchParams): z.output<S> {
  const defaults = z.parse(schema, {}) as Record<string, unknown>;
  const state: Record<string, unknown> = {};
  for (const [key, fallback] of Object.entries(defaults)) {
    state[key] = fallback;
    if (!search.has(key)) continue;
    const field = schema._zod.def.shape[key];
    const parsed = field && z.safeParse(field, rawValue(fallback, search, key));
    if (parsed?.success) state[key] = parsed.data;
  }
  return state as z.output<S>;
}

/**
 * The address's query with `patch` put in. What equals its default is left out, and the parameters that `schema`
 * does not name stay as they are: several parts of a page share one address.
 */
export function writeUrlState<S extends UrlSchema>(
  schema: S,
  search: URLSearchParams,
  patch: Partial<z.output<S>>,
): URLSearchParams {
  const defaults = z.parse(schema, {}) as Record<string, unknown>;
  const state = { ...readUrlState(schema, search), ...patch } as Record<string, unknown>;
  const result = new URLSearchParams(search);
  for (const [key, fallback] of Object.entries(defaults)) {
    result.delete(key);
    const value = state[key];
    if (value === undefined || sameValue(value, fallback)) continue;
    if (Array.isArray(value)) for (const item of value) result.append(key, String(item));
    else result.set(key, String(value));
  }
  return result;
}

function rawValue(fallback: unknown, search: URLSearchParams, key: string): unknown {
  if (Array.isArray(fallback)) return search.getAll(key);
  const text = search.get(key) ?? '';
  if (typeof fallback === 'number') return text.trim() === '' ? Number.NaN : Number(text);
  if (typeof fallback === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => item === b[i]);
  return a === b;
}
