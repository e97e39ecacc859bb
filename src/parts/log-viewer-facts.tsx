import { useTranslation } from 'react-i18next';
import { ByteText } from '../ui/byte-text';
import { useFormat } from '../ui/use-format';
import type { Merged } from './log-viewer-rows';
import type { LogSource } from './log-viewer-sources';

/** The agents keep 10 MiB of each container unless told otherwise, and cut at the front (SES-C05). */
const USUAL_LIMIT = 10 * 2 ** 20;

interface LogFactsProps {
  sources: readonly LogSource[];
  merged: Merged;
  /** Rows after the filter. */
  shown: number;
  active: boolean;
}

/** How much there is, and what a reader should know about it. */
export function LogFacts({ sources, merged, shown, active }: LogFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const each = sources.map(({ log }) => log?.bytes ?? 0);
  const lines = merged.from.length;
  const waiting = sources.filter(({ answer }) => answer?.state === 'not-yet');
  const several = sources.length > 1;
  return (
    <>
      {lines > 0 ? (
        <span>
          {shown === lines ? null : `${t('sessions.logs.shown', { shown: format.number(shown) })} `}
          {t('sessions.logs.lines', { count: lines, total: format.number(lines) })} · <ByteText bytes={each.reduce((sum, size) => sum + size, 0)} />
        </span>
      ) : null}
      {several && lines > 0 && !merged.byTime ? <span>{t('sessions.logs.notByTime')}</span> : null}
      {several && waiting.length > 0 && lines > 0 ? <span>{t('sessions.logs.waiting', { hosts: waiting.map(({ host }) => host).join(', ') })}</span> : null}
      {each.some((size) => size >= USUAL_LIMIT * 0.98) ? <span>{t('sessions.logs.cutFront')}</span> : null}
      {active || lines === 0 ? null : <span>{t('sessions.logs.finished')}</span>}
    </>
  );
}
