import type { TFunction } from 'i18next';
import type { Shortage, WaitingAdvice } from './waiting-advice';
import { hasEnded } from './waiting-advice';

/** The advice in words of a language. */
export interface WaitingFormat {
  t: TFunction;
  locale: string;
  amount: (slot: string, amount: number) => string;
  moment: (at: number) => string;
  resourceGroup: string;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(locale: string, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

function amounts({ locale, amount }: WaitingFormat, shortages: readonly Shortage[], of: (one: Shortage) => number): string {
  return listText(locale, shortages.map((one) => amount(one.slot, of(one))));
}

function shortageText(advice: WaitingAdvice, format: WaitingFormat): string | null {
  const { t, resourceGroup: group } = format;
  const { scope, shortages, never, architecture } = advice;
  if (architecture !== null) return t('sessions.waiting.architecture', { group, architecture });
  if (shortages.length === 0) return scope === 'agent' ? t(never ? 'sessions.waiting.neverPlaced' : 'sessions.waiting.scattered', { group }) : null;
  const wanted = amounts(format, shortages, (one) => one.wanted);
  const free = amounts(format, shortages, (one) => one.free);
  if (never) return t('sessions.waiting.never', { group, wanted, most: free });
  if (scope === 'allowance') return t('sessions.waiting.allowance', { wanted, free });
  if (scope === 'group') return t('sessions.waiting.group', { group, wanted, free });
  return scope === 'agent' ? t('sessions.waiting.agent', { group, wanted, free }) : null;
}

/** Why it waits, in one sentence. */
export function waitingSentence(advice: WaitingAdvice, format: WaitingFormat): string {
  const { t, locale } = format;
  const { cause, check, message, notBefore, dependencies, running } = advice;
  if (notBefore !== null) return t('sessions.waiting.notBefore', { time: format.moment(notBefore) });
  if (dependencies.length > 0) {
    const failed = dependencies.filter(hasEnded);
    const names = listText(locale, (failed.length > 0 ? failed : dependencies).map(({ name }) => name));
    return t(failed.length > 0 ? 'sessions.waiting.dependencyFailed' : 'sessions.waiting.dependencies', { names });
  }
  if (running) return t('sessions.waiting.running', running);
  const shortage = shortageText(advice, format);
  if (shortage !== null) return shortage;
  switch (cause) {
    case 'turn':
      return t('sessions.waiting.turn');
    case 'noAgent':
      return t('sessions.reason.noAvailableInstances');
    case 'schedulerError':
      return t('sessions.reason.schedulerError');
    case 'otherCheck':
      return t('sessions.waiting.otherCheck', { check, message: message ?? '' }).trim();
    default:
      return t(`sessions.check.${cause}`);
  }
}

/** What would have to become free; null where amounts are not what is missing. */
export function missingText(advice: WaitingAdvice, format: WaitingFormat): string | null {
  const { never, shortages } = advice;
  return never || shortages.length === 0 ? null : amounts(format, shortages, (one) => one.wanted - one.free);
}
