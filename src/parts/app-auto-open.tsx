import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isActive, sessionRules } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import { disarmApps, fireApps, useArmedApps } from './app-opening';
import { useMe } from './console-context';
import type { SessionPanels } from './session-panels';

/** Opens the apps of the session just launched once it runs, unless the user has turned to something else (SES-131). */
export function AppAutoOpen({ panels }: { panels: SessionPanels }) {
  const armed = useArmedApps();
  return armed ? <Waiting key={armed.sessionId} sessionId={armed.sessionId} panels={panels} /> : null;
}

/** Somebody is at another dialog already: theirs is not covered. */
function isAtDialog(): boolean {
  return document.activeElement?.closest('[role="dialog"]') != null;
}

function Waiting({ sessionId, panels }: { sessionId: string; panels: SessionPanels }) {
  const { data: session } = useQuery(sessionQueries.detail(sessionId));
  const me = useMe();
  const status = session?.status;
  // Also not where it was launched for somebody else.
  const isOpen = session ? sessionRules.apps(session, me).allowed : false;
  const elsewhere = panels.sessionId !== null && (panels.sessionId !== sessionId || panels.isWindowOpen);
  useEffect(() => {
    if (elsewhere || session === null || (status !== undefined && !isActive(status))) disarmApps(sessionId);
    else if (status === 'RUNNING' && (!isOpen || (panels.detailId !== sessionId && isAtDialog()))) disarmApps(sessionId);
    else if (status === 'RUNNING') {
      fireApps();
      panels.openApps(sessionId);
    }
  }, [elsewhere, session, status, isOpen, sessionId, panels]);
  // Whoever leaves the page does not want to be called back to it.
  useEffect(() => () => disarmApps(sessionId), [sessionId]);
  return null;
}
