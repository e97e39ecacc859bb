import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

/**
 * The panels about one session are addresses: `?sessionDetail=<uuid>` (SES-013), with `&logs=<kernel id, main, all or
 * task>` the log window above it, with `&line=<number>` at a line of it, with `&apps=open` the apps, or with
 * `&terminal=main` its terminal. They lie over whatever page the address names.
 */
export interface SessionPanels {
  /** Whose panels are asked for. */
  sessionId: string | null;
  /** Whose detail panel lies open: nobody's while the log window stands alone over the list. */
  detailId: string | null;
  /** Kernel id, `main`, `all`, `task`, or null while the log window is closed. */
  logs: string | null;
  /** `123` or `sub1:123`, as it stands in the address. */
  line: string | null;
  /** The dialog of apps lies open (SES-280). */
  apps: boolean;
  /** The terminal lies open (SES-295). */
  terminal: boolean;
  /** Some window lies above the panel, or alone over the list. */
  isWindowOpen: boolean;
  openDetail: (sessionId: string) => void;
  openLogs: (sessionId: string, kernel?: string) => void;
  /** Another kernel in the open window: no step of the history. */
  chooseKernel: (kernel: string) => void;
  chooseLine: (line: string | null) => void;
  openApps: (sessionId: string) => void;
  openTerminal: (sessionId: string) => void;
  /** Another session's terminal in the open panel: no step of the history. */
  chooseTerminal: (sessionId: string) => void;
  closeDetail: () => void;
  closeLogs: () => void;
  closeApps: () => void;
  closeTerminal: () => void;
}

const SESSION = 'sessionDetail';
const LOGS = 'logs';
const LINE = 'line';
const APPS = 'apps';
const TERMINAL = 'terminal';
/** All that may lie above the panel: one at a time. */
const noWindow = { [LOGS]: null, [LINE]: null, [APPS]: null, [TERMINAL]: null };

function openedFromList(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'logsOnly' in state && state.logsOnly === true;
}

export function useSessionPanels(): SessionPanels {
  const [search, setSearch] = useSearchParams();
  const { state } = useLocation();
  const sessionId = search.get(SESSION);
  const logs = sessionId === null ? null : search.get(LOGS);
  const line = logs === null ? null : search.get(LINE);
  const apps = sessionId !== null && logs === null && search.has(APPS);
  const terminal = sessionId !== null && logs === null && !apps && search.has(TERMINAL);
  const isWindowOpen = logs !== null || apps || terminal;
  // Logs or apps asked for at a row lead back to the list, not to a panel that nobody opened.
  const logsOnly = openedFromList(state);

  const change = useCallback(
    (values: Record<string, string | null>, options: { replace?: boolean; state?: unknown } = {}) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(values)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      setSearch(next, { ...options, preventScrollReset: true });
    },
    [setSearch],
  );

  return useMemo(() => {
    // A window that stands alone makes way for another one that does.
    const stateFor = (id: string) => (id === sessionId && !(isWindowOpen && logsOnly) ? null : { logsOnly: true });
    const closeWindow = () => change(logsOnly ? { [SESSION]: null, ...noWindow } : noWindow);
    return {
      sessionId,
      detailId: isWindowOpen && logsOnly ? null : sessionId,
      logs,
      line,
      apps,
      terminal,
      isWindowOpen,
      openDetail: (id) => change({ [SESSION]: id, ...noWindow }),
      openLogs: (id, kernel = 'main') => change({ ...noWindow, [SESSION]: id, [LOGS]: kernel }, { state: stateFor(id) }),
      chooseKernel: (kernel) => change({ [LOGS]: kernel, [LINE]: null }, { replace: true, state }),
      chooseLine: (chosen) => change({ [LINE]: chosen }, { replace: true, state }),
      openApps: (id) => change({ ...noWindow, [SESSION]: id, [APPS]: 'open' }, { state: stateFor(id) }),
      openTerminal: (id) => change({ ...noWindow, [SESSION]: id, [TERMINAL]: 'main' }, { state: stateFor(id) }),
      chooseTerminal: (id) => change({ [SESSION]: id }, { replace: true, state }),
      closeDetail: () => change({ [SESSION]: null, ...noWindow }),
      closeLogs: closeWindow,
      closeApps: closeWindow,
      closeTerminal: closeWindow,
    };
  }, [sessionId, logs, line, apps, terminal, isWindowOpen, logsOnly, state, change]);
}
