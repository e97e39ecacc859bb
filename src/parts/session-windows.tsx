import { AppDialog } from './app-dialog';
import { LogViewer } from './log-viewer';
import { SessionDrawer } from './session-drawer';
import type { SessionPanels } from './session-panels';
import { TerminalPanel } from './terminal-panel';

/** What the address names about one session, on whatever page it lies over: its panel, and one window above. */
export function SessionWindows({ panels }: { panels: SessionPanels }) {
  const { sessionId } = panels;
  return (
    <>
      <SessionDrawer sessionId={panels.detailId} onClose={panels.closeDetail} onLogs={panels.openLogs} onApps={panels.openApps} onTerminal={panels.openTerminal} />
      {sessionId !== null && panels.logs !== null ? (
        <LogViewer
          sessionId={sessionId}
          kernel={panels.logs}
          line={panels.line}
          onKernel={panels.chooseKernel}
          onLine={panels.chooseLine}
          onClose={panels.closeLogs}
        />
      ) : null}
      {sessionId !== null && panels.apps ? (
        <AppDialog key={sessionId} sessionId={sessionId} onLogs={panels.openLogs} onClose={panels.closeApps} />
      ) : null}
      {sessionId !== null && panels.terminal ? <TerminalPanel sessionId={sessionId} onChoose={panels.chooseTerminal} onApps={panels.openApps} onClose={panels.closeTerminal} /> : null}
    </>
  );
}
