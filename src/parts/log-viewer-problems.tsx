import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isActive } from '../client/session-rules';
import type { SessionRow } from '../client/sessions';
import { errorFacts } from '../ui/error-facts';
import { ErrorPanel } from '../ui/error-panel';
import { StaleNote } from '../ui/stale-note';
import type { LogSource } from './log-viewer-sources';

/** What stands in the pane instead of lines; null where there are lines. */
export function paneMessage(t: TFunction, sources: readonly LogSource[], { none, filtered }: { none: boolean; filtered: boolean }): string | null {
  if (filtered) return t('sessions.logs.allFiltered');
  if (!none) return null;
  const answers = sources.map(({ answer }) => answer);
  if (answers.every((answer) => answer === undefined)) return t('sessions.logs.loading');
  if (answers.some((answer) => answer?.state === 'ready')) return t('sessions.logs.empty');
  return answers.some((answer) => answer?.state === 'none-kept') ? t('sessions.logs.noTaskLog') : t('sessions.logs.notYet');
}

/** Failures of the containers that are looked at, each with another try; what was read before stays. */
export function LogProblems({ session, sources }: { session: SessionRow; sources: readonly LogSource[] }) {
  const { t } = useTranslation();
  const title = (source: LogSource) => {
    // Some clusters keep no logs of what has ended, and answer with an error of their own.
    const text = errorFacts(source.error).kind === 'server' && !isActive(session.status) ? t('sessions.logs.notKept') : t('sessions.logs.failed');
    return sources.length > 1 ? t('sessions.logs.ofHost', { host: source.host, text }) : text;
  };
  return (
    <>
      {sources
        .filter(({ error }) => error)
        .map((source) =>
          source.answer ? (
            <StaleNote key={source.id} error={source.error} updatedAt={source.updatedAt} onRetry={source.refetch} />
          ) : (
            <ErrorPanel key={source.id} error={source.error} title={title(source)} onRetry={source.refetch} retrying={source.fetching} />
          ),
        )}
    </>
  );
}
