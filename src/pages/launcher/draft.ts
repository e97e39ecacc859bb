import { readSession, removeSession, writeSession } from '../../lib/storage';
import { launchValuesSchema, withoutSecrets } from './launch-values';
import type { LaunchValues } from './launch-values';

/** The launch of this tab, kept over reloads and other pages (SES-041). Ends with the log-in (SEC-08). */

const storageKey = 'launcher.draft';

export function readDraft(): LaunchValues | null {
  return readSession(storageKey, launchValuesSchema);
}

export function writeDraft(values: LaunchValues): void {
  writeSession(storageKey, withoutSecrets(values));
}

export function removeDraft(): void {
  removeSession(storageKey);
}
