import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { can } from '../client/capabilities';
import { isMine, ownerAccessKey } from '../client/session-rules';
import { sessionQueries } from '../client/sessions';
import type { SessionLogs, SessionRow } from '../client/sessions';
import { useMe } from './console-context';
import { readMoreLog } from './log-viewer-text';
import type { LogText } from './log-viewer-text';

/** Whose output is looked at: a kernel's, by its id, that of all, or the kept log of a batch session's command. */
export type LogChoice = string;
export const ALL = 'all';
export const TASK = 'task';

export interface LogSource {
  id: string;
  host: string;
  answer: SessionLogs | undefined;
  log: LogText | null;
  error: unknown;
  /** Epoch ms. */
  updatedAt: number;
  fetching: boolean;
  refetch: () => void;
}

const EVERY = 5000;

/** What there is to choose, in the order of the containers. */
export function choicesOf(session: SessionRow, me: ReturnType<typeof useMe>): { kernels: boolean; all: boolean; task: boolean } {
  const several = session.kernels.length > 1 && can('kernelLogs');
  return { kernels: can('kernelLogs') && session.kernels.length > 0, all: several, task: session.type === 'batch' && isMine(session, me) };
}

/** What the address asks for, as far as there is such a thing; else the main container. */
export function choiceOf(asked: string, session: SessionRow, me: ReturnType<typeof useMe>): LogChoice {
  const { all, task } = choicesOf(session, me);
  if ((asked === ALL && all) || (asked === TASK && task)) return asked;
  const kernel = session.kernels.find((one) => one.id === asked) ?? session.kernels[0];
  return kernel?.id ?? 'main';
}

/** The texts behind a choice. Text that only grew is read on from its last line; the lines before stay the very same. */
export function useLogSources(session: SessionRow, choice: LogChoice, live: boolean): LogSource[] {
  const me = useMe();
  const main = session.kernels[0];
  const wanted =
    choice === TASK
      ? [{ id: TASK, kernelId: main?.id ?? session.id, host: main?.hostname || 'main1' }]
      : session.kernels.filter(({ id }) => choice === ALL || id === choice).map(({ id, hostname }) => ({ id, kernelId: id, host: hostname || id.slice(0, 8) }));
  // A session whose containers may not be seen still has logs.
  const sources = wanted.length > 0 ? wanted : [{ id: 'main', kernelId: '', host: 'main1' }];
  const answers = useQueries({
    queries: sources.map(({ id, kernelId }) => ({
      ...(id === TASK
        ? sessionQueries.taskLogs(kernelId)
        : // Without a kernel the manager means the main one; that is what older managers know, too.
          sessionQueries.logs(session.id, kernelId === main?.id || kernelId === '' ? undefined : kernelId, ownerAccessKey(session, me))),
      // The text of an ended session does not change any more: it is asked for once.
      refetchInterval: live ? EVERY : (false as const),
      staleTime: 0,
    })),
  });
  const texts = useRef(new Map<string, LogText>());
  return sources.map(({ id, host }, index) => {
    const answer = answers[index];
    let log: LogText | null = null;
    if (answer?.data) {
      log = readMoreLog(texts.current.get(id) ?? null, answer.data.text);
      texts.current.set(id, log);
    }
    return {
      id,
      host,
      answer: answer?.data,
      log,
      error: answer?.error ?? null,
      updatedAt: answer?.dataUpdatedAt ?? 0,
      fetching: answer?.isFetching ?? false,
      refetch: () => void answer?.refetch(),
    };
  });
}

/** What a container wrote between the last look and its end is read once more when the session ends. */
export function useLastLook(active: boolean, sources: readonly LogSource[]): void {
  const before = useRef(active);
  useEffect(() => {
    if (before.current && !active) for (const source of sources) source.refetch();
    before.current = active;
  });
}
