import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { subscribeSessionEvents } from '../client/events';
import { paths } from '../lib/paths';
import { useMe } from './console-context';
import { isKept, isShown, notify } from './notification-store';
import { reasonText } from './session-explanation-words';

/** Ends that nobody asked for (SES-R51); what was asked for needs no news. */
const surprises =
  /^(idle-|pending-timeout|failed-to-start|agent-termination|hang-timeout|exec-timeout|bootstrap-timeout|anomaly-detected|killed-by-event|terminated-unknown-container)/;

/**
 * SES-130, SES-203: one's own sessions that end by themselves are told wherever one is, once each. What a card is
 * open for tells it there.
 */
export function useSessionNews(): void {
  const { t } = useTranslation();
  const me = useMe();
  useEffect(
    () =>
      subscribeSessionEvents(({ name, sessionId, sessionName, reason, ownerAccessKey, kernelId }) => {
        if (sessionId === null || kernelId !== null || ownerAccessKey !== me.accessKey) return;
        const title = sessionName ?? sessionId;
        const link = paths.sessions({ sessionDetail: sessionId });
        const key = `session-end-${sessionId}`;
        // An import's own entry tells how its helper session ended.
        if (isShown(`session-${sessionId}`) || isKept(`batch-${sessionId}`)) return;
        if (name === 'session_success') notify({ key, kind: 'success', title, description: t('sessions.reason.taskFinished'), link });
        else if (name === 'session_failure') notify({ key, kind: 'error', title, description: reason ? reasonText(t, reason) : t('sessions.reason.taskFailed'), link });
        else if ((name === 'session_terminating' || name === 'session_cancelled') && reason !== null && surprises.test(reason)) {
          notify({ key, kind: 'warning', title, description: reasonText(t, reason), link });
        }
      }),
    [t, me.accessKey],
  );
}
