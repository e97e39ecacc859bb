import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { subscribeSessionEvents } from '../client/events';
import { isMine } from '../client/session-rules';
import type { CheckedSession } from '../client/session-safety';
import { checkedSessionsOf, safetyQueries } from '../client/session-safety';
import { paths } from '../lib/paths';
import { readSession, writeSession } from '../lib/storage';
import { useFormat } from '../ui/use-format';
import { useMe } from './console-context';
import { dangerReason, dangerText } from './idle-words';
import { dismiss, notify } from './notification-store';
import { createSafetyWatch } from './safety-watch';

const WARNED = 'safetyWarned';
const LOOKS_EVERY = 15_000;
/** The first page has its own questions to ask. */
const BEGINS_AFTER = 20_000;

/** Warns, wherever the user is, of a session of theirs that an idle check is about to end (SES-272, UX-07). */
export function useSafetyClock(): void {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const me = useMe();
  const client = useQueryClient();
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), BEGINS_AFTER);
    return () => clearTimeout(timer);
  }, []);
  // Lists are heard too, but show the sessions of one project, tab and page.
  useQuery({ ...safetyQueries.own(me), enabled: settled && me.role !== 'monitor' });

  useEffect(() => {
    const watch = createSafetyWatch({
      isMine: (session: CheckedSession) => isMine({ ...session, domain: null }, me),
      warned: readSession(WARNED, z.array(z.string())) ?? [],
      onWarn: (key, session, danger) => {
        const { why, keep } = dangerReason(t, danger);
        notify({
          key: `safety:${key}`,
          kind: 'warning',
          title: t('sessions.idle.notification', { name: session.name, text: dangerText(t, danger, locale) }),
          description: `${why} ${keep}`,
          link: paths.sessions({ sessionDetail: session.id }),
        });
      },
      onClear: (key) => dismiss(`safety:${key}`),
    });
    let soon: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      soon = undefined;
      watch.look(Date.now());
      writeSession(WARNED, watch.warned());
    };
    const unsubscribeQueries = client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success') return;
      const { rows, complete } = checkedSessionsOf(event.query);
      if (rows.length === 0 && !complete) return;
      watch.hear(rows, complete);
      // Not within the cache's own round: a warning draws the frame anew.
      soon ??= setTimeout(look, 0);
    });
    const unsubscribeEvents = subscribeSessionEvents(({ name, sessionId }) => {
      if (sessionId !== null && /^session_(terminat|cancel|success|failure)/.test(name)) watch.forget(sessionId);
    });
    const timer = setInterval(look, LOOKS_EVERY);
    return () => {
      clearInterval(timer);
      clearTimeout(soon);
      unsubscribeEvents();
      unsubscribeQueries();
    };
  }, [client, me, t, locale]);
}
