import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { errorFacts } from './error-facts';
import type { ErrorFacts } from './error-facts';
import { useFormat } from './use-format';

export interface ErrorWords {
  facts: ErrorFacts;
  /** What happened. */
  what: string;
  /** What it means for the reader, and what they can do. */
  advice: string;
  /** The server's own words, where they add something. */
  said?: string;
  /** All in one or two sentences, for a toast or the place beside a button. */
  summary: string;
}

/** Words for every kind of error (REL-01, REL-02): what happened, what it means, what to do. */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (error: unknown) => {
      const facts = errorFacts(error);
      const what = t(`ui.error.${facts.kind}.what`);
      const advice =
        facts.kind === 'rate-limited' && facts.retryAfter
          ? t('ui.error.retryAfter', { wait: format.number(Math.ceil(facts.retryAfter), { style: 'unit', unit: 'second', unitDisplay: 'long' }) })
          : t(`ui.error.${facts.kind}.advice`);
      const said = (facts.detail ?? facts.title).trim() || undefined;
      // The manager's refusals explain themselves best; of the others its words are a detail.
      const telling = said && ['invalid', 'conflict', 'forbidden', 'not-found'].includes(facts.kind);
      return { facts, what, advice, said, summary: telling ? `${what} ${said}` : `${what} ${advice}` };
    },
    [t, format],
  );
}
