import { useNavigate } from 'react-router-dom';
import * as z from 'zod/mini';
import { paths } from '../lib/paths';
import type { LauncherAddress } from '../lib/paths';
import { readSession, removeSession, writeSession } from '../lib/storage';

/**
 * A launch in the words of the WebUI's launch links (SES-041). In this one form it goes into links, into the history
 * of launches, and from any place of the console to the launcher. It holds no secret: who makes one leaves them out.
 */
export interface LaunchLink {
  sessionType?: 'interactive' | 'batch';
  sessionName?: string;
  resourceGroup?: string;
  /** `auto-select`, `minimum-required`, `custom` or a preset's name */
  allocationPreset?: string;
  enabledAutomaticShmem?: boolean;
  num_of_sessions?: number;
  cluster_mode?: 'single-node' | 'multi-node';
  cluster_size?: number;
  batch?: {
    enabled?: boolean;
    command?: string;
    /** ISO 8601 */
    scheduleDate?: string;
    timeoutEnabled?: boolean;
    timeout?: number;
    timeoutUnit?: string;
  };
  environments?: {
    environment?: string;
    /** `registry/project/name:tag@architecture` */
    version?: string;
    /** A full name typed by hand, instead of both. */
    manual?: string;
  };
  hpcOptimization?: { autoEnabled: boolean; OMP_NUM_THREADS: number; OPENBLAS_NUM_THREADS: number };
  /** One id or several; none = the manager chooses. */
  agent?: string | string[];
  bootstrap_script?: string;
  /** Not the WebUI's, as the next two. */
  priority?: number;
  tag?: string;
  callback_url?: string;
  envvars?: { variable: string; value: string }[];
  resource?: {
    cpu?: number;
    /** Sizes as texts: `4g`. */
    mem?: string;
    shmem?: string;
    accelerator?: number;
    acceleratorType?: string;
  };
  /** UUIDs of folders; names from managers that tell no more. */
  mount_ids?: string[];
  mount_id_map?: Record<string, string>;
  /** Not the WebUI's: folders of `mount_ids` that are mounted read-only. */
  mount_read_only?: string[];
  /** Nor is this: what of a folder of `mount_ids` is mounted. */
  mount_subpaths?: Record<string, string>;
  ports?: number[];
}

/** Whom a launch was for, where that was not oneself (SES-055). A link never tells it (SES-041). */
export const launchOwnerSchema = z.object({
  email: z.string(),
  /** The key's name, never its secret. */
  accessKey: z.string(),
  /** UUID */
  project: z.string(),
});
export type LaunchOwner = z.infer<typeof launchOwnerSchema>;

const storageKey = 'launcher.handover';
const handover = z.object({ link: z.record(z.string(), z.unknown()), owner: z.optional(launchOwnerSchema) });

/** What was put there for the launcher, as text of a link, and for whom; it stays until the launcher has taken it. */
export function peekHandover(): { text: string; owner: LaunchOwner | null } | null {
  const brought = readSession(storageKey, handover);
  return brought && { text: JSON.stringify(brought.link), owner: brought.owner ?? null };
}

export function dropHandover(): void {
  removeSession(storageKey);
}

/** The mark of a navigation that brings a launch along. */
export function bringsHandover(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'handover' in state && state.handover === true;
}

/** Opens the launcher at its review with these settings filled in. They travel in the tab's storage, not in the address. */
export function useOpenLauncher(): (link: LaunchLink, more?: Pick<LauncherAddress, 'appOption'> & { replace?: boolean; owner?: LaunchOwner }) => void {
  const navigate = useNavigate();
  return (link, { replace, owner, ...address } = {}) => {
    writeSession(storageKey, { link, owner });
    void navigate(paths.launcher({ step: 4, ...address }), { replace, state: { handover: true } });
  };
}
