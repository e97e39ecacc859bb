import type { SessionRow } from '../client/sessions';
import { useMe } from './console-context';
import { launchOf } from './launch-history';
import type { LaunchLink } from './launch-link';
import { linkOfSession } from './session-launch';
import type { LinkOptions } from './session-launch';

/** What a launch from this browser remembers and the manager does not tell again. */
const remembered = [
  'envvars', 'mount_ids', 'mount_id_map', 'mount_read_only', 'mount_subpaths', 'ports', 'bootstrap_script', 'hpcOptimization', 'callback_url', 'tag',
] as const satisfies readonly (keyof LaunchLink)[];

/** The launch that would make another session like this one, as completely as it is known. */
export function useSessionLink(): (session: SessionRow, options?: Omit<LinkOptions, 'now'>) => LaunchLink {
  const me = useMe();
  return (session, options = {}) => {
    const link = linkOfSession(session, { ...options, now: Date.now() });
    const kept = launchOf(me.uuid, session.id)?.link;
    if (!kept) return link;
    const more = Object.fromEntries(remembered.flatMap((key) => (kept[key] === undefined ? [] : [[key, kept[key]]]))) as Partial<LaunchLink>;
    return { ...link, ...more, ...(link.batch ? { batch: { ...kept.batch, ...link.batch } } : {}) };
  };
}
