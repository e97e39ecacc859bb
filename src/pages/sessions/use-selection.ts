import { useState } from 'react';
import type { SessionRow } from '../../client/sessions';

export interface Selection {
  keys: readonly string[];
  /** The rows behind the keys: on the screen now, and still allowed to be acted on (REL-12). */
  chosen: readonly SessionRow[];
  change: (keys: string[]) => void;
  drop: (id: string) => void;
}

/** Rows ticked in the list. They belong to one question (`scope`): another page or filter begins with none. */
export function useSelection(scope: string, rows: readonly SessionRow[], allowed: (session: SessionRow) => boolean): Selection {
  const [ticked, setTicked] = useState<{ scope: string; keys: readonly string[] }>({ scope, keys: [] });
  const keys = ticked.scope === scope ? ticked.keys : none;
  return {
    keys,
    chosen: rows.filter((row) => keys.includes(row.id) && allowed(row)),
    change: (next) => setTicked({ scope, keys: next }),
    drop: (id) => setTicked((before) => ({ ...before, keys: before.keys.filter((key) => key !== id) })),
  };
}

const none: readonly string[] = [];
