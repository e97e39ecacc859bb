import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { presetQueries } from '../../../client/presets';
import { useLauncher } from '../launcher-context';
import { containerCount, sessionCount } from '../launch-check';
import { fitOf, forecastOf } from '../launch-forecast';
import type { Fit } from '../launch-forecast';
import { cpuRange, memoryRange, remainingOf } from '../launch-limits';

/** What each resource group would come to, behind its name (UX-08). */
export function useGroupLabel(names: readonly string[]): (name: string) => string {
  const { t } = useTranslation();
  const { facts, values } = useLauncher();
  const compares = names.length > 1 && !facts.limits.advisory;
  const { data: groups } = useQuery({ ...presetQueries.everyGroup({ project: facts.project.name }), enabled: compares });
  const fitOfGroup = (name: string): Fit | null => {
    if (name === facts.resourceGroup) return fitOf(forecastOf(facts));
    const group = groups?.[name];
    const { cpu, mem, accelerator } = facts.amounts;
    if (!group || cpu === null || mem === null) return null;
    const limits = { ...facts.limits, groupRemaining: group.remaining, groupUsing: group.using };
    const times = containerCount(values) * sessionCount(values);
    // What is chosen by itself is chosen anew in another group: there the least counts.
    const auto = values.allocation === 'auto';
    const wanted: [string, number][] = auto
      ? [['cpu', cpuRange(limits).min], ['mem', memoryRange(limits).min]]
      : [['cpu', cpu], ['mem', mem], ...(accelerator?.amount ? [[accelerator.slot, accelerator.amount] as [string, number]] : [])];
    return wanted.every(([slot, amount]) => amount * times <= remainingOf(limits, slot) + 1e-9) ? 'now' : 'queue';
  };
  return (name) => {
    const fit = compares ? fitOfGroup(name) : null;
    return fit === null ? name : t('launcher.fit.group', { name, fit: t(`launcher.fit.${fit}`) });
  };
}
