import type { NewLaunchEntry } from '../../parts/launch-history';
import { imageId } from '../../parts/image-catalog';
import { containerCount, sessionCount } from './launch-check';
import type { LaunchValues } from './launch-values';
import { toLaunchLink } from './to-launch-link';
import type { LaunchFacts } from './use-launch-facts';

/** What was chosen by itself is remembered as what it came to: the same launch, not the same question. */
function settled({ values, image, resourceGroup, amounts }: LaunchFacts): LaunchValues {
  const preset = values.allocation === 'auto' ? amounts.preset : null;
  return {
    ...values,
    resourceGroup,
    allocation: values.allocation !== 'auto' ? values.allocation : preset ? `preset:${preset.name}` : 'minimum',
    ...(image && values.imageName === '' ? { image: imageId(image) } : {}),
  };
}

/** For the history of launches (SES-043). */
export function launchEntry(facts: LaunchFacts, started: string[]): NewLaunchEntry {
  const { values, image, amounts, project, subject } = facts;
  const { owner, accessKey } = subject;
  return {
    name: values.name.trim(),
    image: image ? imageId(image) : values.imageName,
    project: project.name,
    slots: {
      cpu: amounts.cpu ?? 0,
      mem: amounts.mem ?? 0,
      ...(amounts.accelerator?.amount ? { [amounts.accelerator.slot]: amounts.accelerator.amount } : {}),
    },
    containers: containerCount(values),
    sessions: sessionCount(values),
    started,
    ...(owner ? { owner: { email: owner.email, accessKey, project: project.id } } : {}),
    link: toLaunchLink(settled(facts)),
  };
}
