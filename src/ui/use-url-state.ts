import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type * as z from 'zod/mini';
import { readUrlState, writeUrlState } from '../lib/url-state';
import type { UrlSchema } from '../lib/url-state';

/**
 * State of a list or panel in the address. `schema` is a constant of the module: a flat zod object whose fields
 * all have defaults. `set(patch)` makes a step of the history; with `{ replace: true }` it does not.
 */
export function useUrlState<S extends UrlSchema>(
  schema: S,
): [state: z.output<S>, set: (patch: Partial<z.output<S>>, options?: { replace?: boolean }) => void] {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readUrlState(schema, search), [schema, search]);
  const set = useCallback(
    (patch: Partial<z.output<S>>, options: { replace?: boolean } = {}) => {
      // The live address, not the one of the last draw: two changes in one moment must both arrive.
      const live = new URLSearchParams(window.location.search);
      setSearch(writeUrlState(schema, live, patch), { replace: options.replace ?? false, preventScrollReset: true });
    },
    [schema, setSearch],
  );
  return [state, set];
}
