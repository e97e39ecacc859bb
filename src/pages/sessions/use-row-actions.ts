import { useEffect, useMemo, useRef } from 'react';
import type { SessionRow } from '../../client/sessions';
import type { SessionPanels } from '../../parts/session-panels';
import type { RowActions } from './name-cell';

/** What the rows do. It stays the same while the address changes, or every row would be drawn anew. */
export function useRowActions(panels: SessionPanels, onTerminate: (session: SessionRow) => void): RowActions {
  const latest = useRef({ panels, onTerminate });
  useEffect(() => {
    latest.current = { panels, onTerminate };
  });
  return useMemo(
    () => ({
      onOpen: (id) => latest.current.panels.openDetail(id),
      onAct: (action, session) => {
        const { panels: current, onTerminate: terminate } = latest.current;
        if (action === 'terminate') return terminate(session);
        const open = { apps: current.openApps, terminal: current.openTerminal, logs: current.openLogs }[action];
        open(session.id);
      },
    }),
    [],
  );
}
