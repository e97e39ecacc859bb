import { useEffect } from 'react';
import type { PagerProps } from '../../ui/pager';
import { pageSizes } from './list-params';
import type { ListState } from './list-params';

type Place = Pick<ListState, 'page' | 'size'>;

interface Answer {
  total: number | undefined;
  /** It answers this page's question, not the one before. */
  settled: boolean;
}

/** The pager of a table whose place is in the address. */
export function usePager(
  { total, settled }: Answer,
  { page, size }: Place,
  setPlace: (place: Partial<Place>, options?: { replace?: boolean }) => void,
): PagerProps {
  const last = Math.max(1, Math.ceil((total ?? 0) / size));
  const beyond = total !== undefined && settled && page > last;
  useEffect(() => {
    // The rows of the last page have ended, or the address names a page that is not there.
    if (beyond) setPlace({ page: last }, { replace: true });
  }, [beyond, last, setPlace]);
  return {
    page: Math.min(page, last),
    pageSize: size,
    total,
    pageSizes,
    onChange: (next, rows) => setPlace({ page: next, size: rows as Place['size'] }),
  };
}
