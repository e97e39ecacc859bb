import { can, capabilityVersions } from '../../src/client/capabilities';
import type { Capability } from '../../src/client/capabilities';
import type { GqlOperation } from '../../src/client/transport';
import { atLeast, compareVersions } from '../../src/lib/versions';

/** The oldest manager that the console supports. */
export const oldestManager = '24.03.0';

/** The manager that the official descriptions are of. */
export const describedManager = '26.8.1';

/** Every version at which something changes, from the oldest supported to the described one. */
export const managerVersions: readonly string[] = [
  ...new Set([oldestManager, ...Object.values(capabilityVersions).flat(), '24.09.0', '25.5.0', '25.13.0', describedManager]),
]
  .filter((version) => atLeast(version, oldestManager) && atLeast(describedManager, version))
  .sort(compareVersions);

/** The version of an "Added in X" note; null where the description has none. */
export function addedIn(description: string | null | undefined): string | null {
  return /\bAdded in (\d+(?:\.\d+)+)/.exec(description ?? '')?.[1] ?? null;
}

/** Whether the note says that the thing is newer than the manager. */
export function isNewer(description: string | null | undefined, version: string): boolean {
  const since = addedIn(description);
  return since !== null && !atLeast(version, since);
}

export type AnyOperation = GqlOperation<unknown, unknown>;

/** The document as it is sent to a manager of the version; null where the operation is not used with it. */
export function documentAt(operation: AnyOperation, version: string): string | null {
  if (operation.since && !can(operation.since, version)) return null;
  const { document } = operation;
  return typeof document === 'string' ? document : document((capability: Capability) => can(capability, version));
}

/** The distinct texts of an operation, each with the oldest version that gets it. */
export function documentsOf(operation: AnyOperation): { version: string; text: string }[] {
  const texts = new Map<string, string>();
  for (const version of managerVersions) {
    const text = documentAt(operation, version);
    if (text !== null && !texts.has(text)) texts.set(text, version);
  }
  return [...texts].map(([text, version]) => ({ version, text }));
}
