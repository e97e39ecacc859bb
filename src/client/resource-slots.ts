import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { defineRoute, rest } from './transport';

/** How amounts of a slot are named and written. */
export interface SlotDetail {
  name: string;
  unit: string;
  /** Counted in bytes and shown in binary units. */
  binary: boolean;
  /** Decimals to show; the manager says 0 for whole units. */
  roundLength: number;
  description: string;
}
export type SlotDetails = Record<string, SlotDetail>;

const text = z.nullish(z.string());

const details = defineRoute({
  name: 'resource-slot-details',
  method: 'GET',
  path: '/config/resource-slots/details',
  query: z.object({ sgroup: z.string() }),
  result: z.record(
    z.string(),
    z.object({
      description: text,
      human_readable_name: text,
      display_unit: text,
      number_format: z.nullish(
        z.object({ binary: z.nullish(z.boolean()), round_length: z.nullish(z.number()) }),
      ),
    }),
  ),
});

const plain = (name: string, unit = name, roundLength = 0): SlotDetail => ({
  name,
  unit,
  binary: false,
  roundLength,
  description: name,
});

/** Names and units where the manager does not tell them (SES-R12). */
const known: SlotDetails = {
  cpu: plain('CPU', 'Core'),
  mem: { name: 'RAM', unit: 'GiB', binary: true, roundLength: 0, description: 'Memory' },
  'cuda.device': plain('GPU'),
  'cuda.shares': plain('fGPU', 'fGPU', 2),
  'cuda.mem': plain('gGPU', 'GiB'),
  'rocm.device': plain('GPU'),
  'tpu.device': plain('TPU'),
  'ipu.device': plain('IPU'),
  'atom.device': plain('ATOM'),
  'atom-plus.device': plain('ATOM+'),
  'gaudi2.device': plain('Gaudi 2'),
  'warboy.device': plain('Warboy'),
  'hyperaccel-lpu.device': plain('LPU'),
};

/** The slot's details, or what is known of it beforehand; an unknown slot shows its own name. */
export function slotDetail(told: SlotDetails | undefined, slot: string): SlotDetail {
  if (told && Object.hasOwn(told, slot) && told[slot]) return told[slot];
  return Object.hasOwn(known, slot) ? (known[slot] ?? plain(slot)) : plain(slot);
}

/** By slot name; the entry `mem` calls itself `ram`, so the key counts. */
async function fetchDetails(resourceGroup: string, signal: AbortSignal): Promise<SlotDetails> {
  const raw = await rest(details, { query: { sgroup: resourceGroup }, signal });
  const entries = Object.entries(raw).map(([slot, detail]): [string, SlotDetail] => {
    const fallback = slotDetail(undefined, slot);
    return [
      slot,
      {
        name: detail.human_readable_name || fallback.name,
        unit: detail.display_unit || fallback.unit,
        binary: detail.number_format?.binary ?? fallback.binary,
        roundLength: detail.number_format?.round_length ?? fallback.roundLength,
        description: detail.description || fallback.description,
      },
    ];
  });
  return Object.fromEntries(entries);
}

export const slotQueries = {
  /** Only slots of that resource group's agents. */
  details: (resourceGroup: string) =>
    queryOptions({
      queryKey: ['resource-slots', 'details', resourceGroup],
      queryFn: ({ signal }) => fetchDetails(resourceGroup, signal),
      staleTime: 5 * 60_000,
    }),
};
