import type { TFunction } from 'i18next';
import type { IdleDanger } from '../client/idle-rules';
import { formatDuration } from '../lib/time';

const checks = { session_lifetime: 'lifetime', network_timeout: 'network', utilization: 'utilization' } as const;

type Known = (typeof checks)[keyof typeof checks];

function known(check: string): Known | null {
  return Object.hasOwn(checks, check) ? checks[check as keyof typeof checks] : null;
}

/** What a check is called; one that a plugin added by the manager's name. */
export function checkName(t: TFunction, check: string): string {
  const key = known(check);
  return key === null ? check : t(`sessions.idle.check.${key}`);
}

/** What it looks at, and whether the session can be kept (UX-07). */
export function checkHelp(t: TFunction, check: string): string | null {
  const key = known(check);
  return key === null ? null : t(`sessions.idle.help.${key}`);
}

/** "Ends in 41 min", to the minute; to the second in the last one. */
export function dangerText(t: TFunction, danger: IdleDanger, locale: string): string {
  if (danger.secondsLeft <= 0) return t('sessions.idle.endsAnyMoment');
  const seconds = danger.secondsLeft > 60 ? Math.ceil(danger.secondsLeft / 60) * 60 : danger.secondsLeft;
  return t('sessions.idle.endsIn', { time: formatDuration(seconds, locale) });
}

/** Why it ends, and what keeps it. */
export function dangerReason(t: TFunction, danger: IdleDanger): { why: string; keep: string } {
  const key = known(danger.check);
  if (key === null) return { why: t('sessions.idle.why.other', { check: danger.check }), keep: t('sessions.idle.keep.other') };
  return { why: t(`sessions.idle.why.${key}`), keep: t(`sessions.idle.keep.${key}`) };
}

/** Resources as the thresholds name them: `cpu_util`, `mem`, `cuda_util`, `cuda_mem`. */
export function resourceName(t: TFunction, name: string): string {
  if (name === 'cpu_util') return t('sessions.usage.cpu');
  if (name === 'mem') return t('sessions.usage.memory');
  const [, kind = name, part] = /^(.+)_(util|mem)$/.exec(name) ?? [];
  if (part === undefined) return name;
  return t(part === 'util' ? 'sessions.usage.util' : 'sessions.usage.deviceMemory', { kind: kind.toUpperCase() });
}
