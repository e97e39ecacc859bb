import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  /** BCP 47 tag of the interface's language. */
  locale: string;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** 0.25 → 25 % as the language writes it. */
  percent: (ratio: number) => string;
  /** Day and minute, local; '' for what is no time. */
  dateTime: (value: string | number | Date) => string;
  /** Local, to the second and with its zone. */
  exact: (value: string | number | Date) => string;
  date: (value: string | number | Date) => string;
  time: (value: string | number | Date) => string;
}

const cache = new Map<string, Format>();

/** How the interface's language writes numbers and times. For sizes see `lib/quantities`. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
}

/** Intl formatters are costly to make, so there is one set a language. */
export function formatFor(locale: string): Format {
  const known = cache.get(locale);
  if (known) return known;
  const plain = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const write = (format: Intl.DateTimeFormat) => (value: string | number | Date) => {
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? '' : format.format(moment);
  };
  const made: Format = {
    locale,
    number: (value, options) => (options ? new Intl.NumberFormat(locale, options) : plain).format(value),
    percent: (ratio) => percent.format(ratio),
    dateTime: write(dateTime),
    exact: write(exact),
    date: write(date),
    time: write(time),
  };
  cache.set(locale, made);
  return made;
}
