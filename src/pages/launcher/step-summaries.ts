import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../lib/quantities';
import { useFormat } from '../../ui/use-format';
import type { Step } from './launch-values';
import type { LaunchFacts } from './use-launch-facts';

/** What was chosen in each step, in a few words: the menu is a running overview. */
export function useSummaries(facts: LaunchFacts): Partial<Record<Step, string>> {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { values, environment, image, amounts, subject } = facts;
  const chosen = [
    image ? `${image.title} ${image.version}` : null,
    amounts.cpu !== null && facts.slotText('cpu', amounts.cpu),
    amounts.mem !== null && formatBytes(amounts.mem, locale),
    amounts.accelerator?.amount ? facts.slotText(amounts.accelerator.slot, amounts.accelerator.amount) : null,
  ].filter(Boolean);
  return {
    type: [t(`launcher.type.${values.type}`), values.name.trim(), subject.owner?.email].filter(Boolean).join(' · '),
    ...(facts.presetCheck || environment ? { environment: chosen.join(' · ') } : {}),
    data: values.mounts.length > 0 ? t('launcher.steps.folders', { count: values.mounts.length }) : t('launcher.steps.noFolders'),
    network: values.ports.length > 0 ? t('launcher.steps.ports', { count: values.ports.length }) : t('launcher.steps.noPorts'),
  };
}
