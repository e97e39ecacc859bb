import { useQuery } from '@tanstack/react-query';
import { slotDetail, slotQueries } from '../client/resource-slots';
import type { SlotDetails } from '../client/resource-slots';
import type { Slots } from '../client/slots';
import { formatAmount, toGiB } from '../lib/quantities';
import { useFormat } from '../ui/use-format';
import { slotOrder } from './resource-panel-numbers';

/** An amount in its slot's own unit, without the unit: bytes become GiB. */
export function amountIn(details: SlotDetails | undefined, slot: string, amount: number, locale: string): string {
  return formatAmount(slotDetail(details, slot).binary ? toGiB(amount) : amount, locale);
}

/** `1.5 fGPU`, `4 GiB` (SES-007). */
export function amountWithUnit(details: SlotDetails | undefined, slot: string, amount: number, locale: string): string {
  return `${amountIn(details, slot, amount, locale)} ${slotDetail(details, slot).unit}`;
}

/** The accelerators of which there is something. */
export function acceleratorsOf(slots: Slots): string[] {
  return slotOrder(Object.keys(slots)).filter((slot) => slot !== 'cpu' && slot !== 'mem' && (slots[slot] ?? 0) > 0);
}

/** CPU, memory and accelerators in one line: "CPU 2 Core · RAM 4 GiB · 1.5 fGPU". */
export function AmountsText({ slots, resourceGroup }: { slots: Slots; resourceGroup: string | null }) {
  const { locale } = useFormat();
  const { data: details } = useQuery({ ...slotQueries.details(resourceGroup ?? ''), enabled: resourceGroup !== null });
  const words = slotOrder(Object.keys(slots))
    .filter((slot) => (slots[slot] ?? 0) > 0)
    .map((slot) => {
      const { name, unit } = slotDetail(details, slot);
      const amount = amountWithUnit(details, slot, slots[slot] ?? 0, locale);
      return name === unit ? amount : `${name} ${amount}`;
    });
  return <>{words.length > 0 ? words.join(' · ') : '-'}</>;
}
