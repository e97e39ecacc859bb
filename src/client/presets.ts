import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { parseAmount } from '../lib/quantities';
import { slotMap } from './slots';
import type { Slots } from './slots';
import { defineRoute, rest } from './transport';

export interface Preset {
  /** null on managers before 25.4. */
  id: string | null;
  name: string;
  slots: Slots;
  /** Bytes; null where the preset names none. */
  shmem: number | null;
  allocatable: boolean;
}

export interface Allowance {
  limits: Slots;
  using: Slots;
  remaining: Slots;
}

export interface PresetCheck {
  presets: Preset[];
  /** Of the requester, also when launching for someone else (SES-C11). */
  keypair: Allowance;
  /** null unless the operator discloses the project's amounts (SES-R40). */
  project: Allowance | null;
  /** What the chosen resource group has left. */
  groupRemaining: Slots;
  /** `using` is the requester's. */
  resourceGroups: Record<string, { using: Slots; remaining: Slots }>;
}

const check = defineRoute({
  name: 'check-presets',
  method: 'POST',
  path: '/resource/check-presets',
  body: z.object({ group: z.string(), scaling_group: z.optional(z.string()) }),
  result: z.object({
    presets: z.array(
      z.object({
        id: z.nullish(z.string()),
        name: z.string(),
        resource_slots: slotMap,
        shared_memory: z.nullish(z.union([z.string(), z.number()])),
        allocatable: z.nullish(z.boolean()),
      }),
    ),
    keypair_limits: slotMap,
    keypair_using: slotMap,
    keypair_remaining: slotMap,
    group_limits: slotMap,
    group_using: slotMap,
    group_remaining: slotMap,
    scaling_group_remaining: slotMap,
    scaling_groups: z.nullish(z.record(z.string(), z.object({ using: slotMap, remaining: slotMap }))),
  }),
});

async function fetchCheck(project: string, resourceGroup: string | undefined, signal: AbortSignal): Promise<PresetCheck> {
  const raw = await rest(check, { body: { group: project, scaling_group: resourceGroup }, signal });
  const projectAmounts = { limits: raw.group_limits, using: raw.group_using, remaining: raw.group_remaining };
  const disclosed = Object.values(projectAmounts).some((slots) => Object.keys(slots).length > 0);
  return {
    presets: raw.presets.map((preset) => {
      const shmem = parseAmount(preset.shared_memory);
      return {
        id: preset.id ?? null,
        name: preset.name,
        slots: preset.resource_slots,
        shmem: Number.isNaN(shmem) ? null : shmem,
        allocatable: preset.allocatable ?? false,
      };
    }),
    keypair: { limits: raw.keypair_limits, using: raw.keypair_using, remaining: raw.keypair_remaining },
    project: disclosed ? projectAmounts : null,
    groupRemaining: raw.scaling_group_remaining,
    resourceGroups: raw.scaling_groups ?? {},
  };
}

export const presetQueries = {
  /** `project` is the project's name, not its id (SES-C10). */
  check: ({ project, resourceGroup }: { project: string; resourceGroup: string }) =>
    queryOptions({
      queryKey: ['presets', 'check', project, resourceGroup],
      queryFn: ({ signal }) => fetchCheck(project, resourceGroup, signal),
    }),

  /** What is left in each resource group of the project, to compare them (UX-08). */
  everyGroup: ({ project }: { project: string }) =>
    queryOptions({
      queryKey: ['presets', 'check', project],
      queryFn: async ({ signal }) => (await fetchCheck(project, undefined, signal)).resourceGroups,
    }),
};
