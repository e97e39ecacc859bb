import type { KeypairPolicy } from '../../client/keypair-policy';
import type { OwnSession } from '../../client/own-sessions';
import type { Room } from '../../parts/agent-fit';
import { addSlots } from '../../client/slots';
import type { Slots } from '../../client/slots';
import type { LimitFacts } from './launch-limits';

/**
 * The limits of a session for somebody else (SES-055). The presets' answer is the asker's (SES-C11), so what the
 * manager tells of the owner stands in its place: the policy of the keypair, what its sessions hold, and what the
 * agents have free. Where it does not tell, nothing is said. Pure.
 */
export interface OwnerFacts {
  accessKey: string;
  policy: KeypairPolicy | null;
  sessions: readonly OwnSession[] | null;
  /** null where the agents are hidden: then the asker's figures stay, which are cut by the asker's own limits. */
  rooms: readonly Pick<Room, 'free'>[] | null;
}

export function ownerLimits({ accessKey, policy, sessions, rooms }: OwnerFacts): Partial<LimitFacts> {
  const limits = policy?.totalSlots ?? {};
  // One that waits holds nothing yet, and an upload session counts elsewhere (SES-003).
  const using = (sessions ?? [])
    .filter((one) => one.accessKey === accessKey && one.status !== 'PENDING' && one.type !== 'system')
    .reduce<Slots>((sum, one) => addSlots(sum, one.slots), {});
  return {
    advisory: true,
    keypairLimits: limits,
    keypairRemaining: sessions && Object.fromEntries(Object.entries(limits).map(([slot, most]) => [slot, Math.max(0, most - (using[slot] ?? 0))])),
    groupUsing: null,
    ...(rooms ? { groupRemaining: rooms.reduce<Slots>((sum, room) => addSlots(sum, room.free), {}) } : {}),
  };
}
