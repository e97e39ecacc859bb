import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { presetQueries } from '../../../client/presets';
import { slotQueries } from '../../../client/resource-slots';
import { sessionAgentQueries } from '../../../client/session-agents';
import { useLauncher } from '../launcher-context';
import { fitOf, forecastOf } from '../launch-forecast';
import type { Fit, ForecastFacts } from '../launch-forecast';
import { cpuRange, memoryRange } from '../launch-limits';

/** Among more groups than these nothing is asked of each: what is free in all tells enough. */
const mostGroupsAsked = 8;

/** What each resource group would come to, behind its name (UX-08). */
export function useGroupLabel(names: readonly string[]): (name: string) => string {
  const { t } = useTranslation();
  const { facts, forecast } = useLauncher();
  const compares = names.length > 1 && !facts.limits.advisory;
  const { data: groups } = useQuery({ ...presetQueries.everyGroup({ project: facts.project.name }), enabled: compares });
  const others = names.filter((name) => name !== facts.resourceGroup);
  const asksEach = compares && others.length <= mostGroupsAsked;
  const asksAgents = asksEach && facts.agents.offered !== null;
  const agents = useQueries({ queries: asksAgents ? others.map((name) => sessionAgentQueries.schedulable(name)) : [] });
  // Without agents the slots: from 26.3 on what is free of a slot that a group lacks is told as if there were no end to it.
  const asksSlots = asksEach && !asksAgents;
  const slots = useQueries({ queries: asksSlots ? others.map((name) => slotQueries.details(name)) : [] });

  const fitOfGroup = (name: string): Fit | null => {
    if (name === facts.resourceGroup) return fitOf(forecast);
    const group = groups?.[name];
    const asked = asksAgents ? agents[others.indexOf(name)] : undefined;
    const told = asksSlots ? slots[others.indexOf(name)] : undefined;
    // What is said first stays: no mark before it is known.
    if (!group || asked?.isPending || told?.isPending) return null;
    const { accelerator } = facts.amounts;
    const wanted = facts.values.allocation !== 'auto' && accelerator?.amount ? accelerator.slot : null;
    if (told?.data && wanted !== null && !(wanted in told.data)) return 'never';
    const limits = { ...facts.limits, groupRemaining: group.remaining, groupUsing: group.using };
    // What is chosen by itself is chosen anew in another group: there the least counts.
    const least = { cpu: cpuRange(limits).min, mem: memoryRange(limits).min, accelerator: null };
    const there: ForecastFacts = {
      ...facts,
      limits,
      amounts: facts.values.allocation === 'auto' ? { ...facts.amounts, ...least } : facts.amounts,
      agents: { ...facts.agents, offered: asked?.data ?? null },
      // Agents chosen by hand are of the group that they were chosen in.
      values: { ...facts.values, agents: [] },
    };
    return fitOf(forecastOf(there));
  };
  return (name) => {
    const fit = compares ? fitOfGroup(name) : null;
    return fit === null ? name : t('launcher.fit.group', { name, fit: t(`launcher.fit.${fit}`) });
  };
}
