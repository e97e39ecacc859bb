/** Paths of requests: templates filled with checked and encoded parts (SEC-10). Pure. */
import { pathSegment } from '../lib/safe-path';
import { ClientError } from './errors';

function queryText(query: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item !== undefined && item !== null) search.append(key, String(item));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * `/session/{id}/logs` with its parts and query. Throws a ClientError of kind `invalid` for a part that is no
 * id: empty, `.`, `..`, or missing.
 */
export function requestPath(
  template: string,
  params: Record<string, string>,
  query: Record<string, unknown> | undefined,
  operation: string,
): string {
  const path = template.replace(/\{(\w+)\}/g, (_, key: string) => {
    try {
      return pathSegment(params[key] ?? '');
    } catch (cause) {
      const title = cause instanceof Error ? cause.message : key;
      throw new ClientError({ kind: 'invalid', title, operation, cause });
    }
  });
  return path + queryText(query ?? {});
}
