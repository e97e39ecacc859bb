import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { followTask } from '../client/events';
import { makeStale } from '../client/query-policy';
import { isActive } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import { tellDesktop } from './desktop-notices';
import { notify, updateNotification } from './notification-store';
import type { FollowedWork, NotificationEnd } from './notification-store';
import { reasonText } from './session-explanation-words';

export interface WorkNotice extends Omit<FollowedWork, 'kind' | 'id'> {
  /** What the entry says while it runs. */
  title: string;
  description?: string;
  link?: string;
}

/**
 * Shows a background task in the notifications (UX-03): its progress, then how it ended. May be left and is found
 * again after a reload; nothing of it is secret, as the tab's storage keeps it.
 */
export function notifyTask(taskId: string, notice: WorkNotice): void {
  notifyWork('task', taskId, notice);
}

/** The same for a batch session that works for the console: its result tells how it went. */
export function notifyBatch(sessionId: string, notice: WorkNotice): void {
  notifyWork('batch', sessionId, notice);
}

function notifyWork(kind: FollowedWork['kind'], id: string, { title, description, link, ...rest }: WorkNotice): void {
  notify({ key: `${kind}-${id}`, kind: 'progress', title, description, link, progress: null, work: { kind, id, ...rest } });
}

/** Draws nothing: keeps one entry up to date until its work has ended. */
export function WorkFollower({ entry, work }: { entry: string; work: FollowedWork }) {
  return work.kind === 'task' ? <TaskFollower entry={entry} work={work} /> : <BatchFollower entry={entry} work={work} />;
}

type Outcome = { how: 'done' | 'failed'; why?: string } | { how: 'unknown' };

function useEnd(entry: string, work: FollowedWork): (outcome: Outcome) => void {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (outcome) => {
    makeStale(queryClient, work.invalidates);
    if (outcome.how === 'unknown') {
      updateNotification(entry, { kind: 'info', description: t('tasks.unknown'), progress: undefined, work: undefined });
      return;
    }
    const end: NotificationEnd = work[outcome.how];
    const description = [outcome.why, end.description].filter(Boolean).join(' ') || undefined;
    notify({ key: entry, kind: outcome.how === 'done' ? 'success' : 'error', title: end.title, description, link: end.link });
    const follow = end.link;
    tellDesktop({ title: end.title, body: description, tag: entry, onClick: follow ? () => void navigate(follow) : undefined });
  };
}

function TaskFollower({ entry, work }: { entry: string; work: FollowedWork }) {
  const { t } = useTranslation();
  const end = useLatest(useEnd(entry, work));
  const words = useLatest(t);
  useEffect(
    () =>
      followTask(work.id, ({ state, progress, message, errors }) => {
        const said = [message, ...errors].filter(Boolean).join('; ') || undefined;
        switch (state) {
          case 'running':
            updateNotification(entry, { progress: progress === null ? null : Math.round(progress * 100), ...(message ? { description: message } : {}) });
            return;
          case 'done':
            end.current({ how: 'done', why: errors.length > 0 ? said : undefined });
            return;
          case 'failed':
            end.current({ how: 'failed', why: said });
            return;
          case 'cancelled':
            end.current({ how: 'failed', why: words.current('tasks.cancelled') });
            return;
          case 'unknown':
            end.current({ how: 'unknown' });
        }
      }),
    [entry, work.id, end, words],
  );
  return null;
}

function BatchFollower({ entry, work }: { entry: string; work: FollowedWork }) {
  const { t } = useTranslation();
  const end = useLatest(useEnd(entry, work));
  const { data: session } = useQuery(sessionQueries.detail(work.id));
  const status = session?.status;
  useEffect(() => {
    if (status !== undefined && isActive(status)) updateNotification(entry, { description: t('tasks.session', { status }) });
  }, [entry, status, t]);
  useEffect(() => {
    if (session === undefined || (session !== null && isActive(session.status))) return;
    if (session === null) return end.current({ how: 'unknown' });
    if (session.result === 'SUCCESS') return end.current({ how: 'done' });
    end.current({ how: 'failed', why: session.statusInfo ? reasonText(t, session.statusInfo) : undefined });
  }, [session, end, t]);
  return null;
}

/** What the effects call is the newest without their beginning anew. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
