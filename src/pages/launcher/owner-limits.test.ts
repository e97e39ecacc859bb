import { describe, expect, it } from 'vitest';
import type { KeypairPolicy } from '../../client/keypair-policy';
import type { OwnSession } from '../../client/own-sessions';
import { ownerLimits } from './owner-limits';
import type { OwnerFacts } from './owner-limits';

const policy = { totalSlots: { cpu: 16, mem: 64 } } as unknown as KeypairPolicy;
const session = (slots: OwnSession['slots'], more: Partial<OwnSession> = {}): OwnSession => ({
  id: 's', name: 's', type: 'interactive', status: 'RUNNING', resourceGroup: 'default', accessKey: 'AK', slots, createdAt: null, priority: null, ...more,
});

describe('the limits of a session for somebody else (SES-055, SES-C11)', () => {
  it('are of the owner’s policy, less what the sessions of that key hold', () => {
    const sessions = [
      session({ cpu: 4, mem: 8, 'cuda.device': 1 }),
      session({ cpu: 2 }),
      session({ cpu: 8 }, { status: 'PENDING' }),
      session({ cpu: 8 }, { accessKey: 'OTHER' }),
      session({ cpu: 1 }, { type: 'system' }),
    ];
    expect(ownerLimits({ accessKey: 'AK', policy, sessions, rooms: null })).toEqual({
      advisory: true, keypairLimits: { cpu: 16, mem: 64 }, keypairRemaining: { cpu: 10, mem: 56 }, groupUsing: null,
    });
    expect(ownerLimits({ accessKey: 'AK', policy, sessions: [session({ cpu: 20 })], rooms: null }).keypairRemaining).toEqual({ cpu: 0, mem: 64 });
  });

  it('what is free is the agents’ own where they are shown', () => {
    const rooms: OwnerFacts['rooms'] = [{ free: { cpu: 4, mem: 8 } }, { free: { cpu: 2, 'cuda.device': 1 } }];
    expect(ownerLimits({ accessKey: 'AK', policy, sessions: [], rooms }).groupRemaining).toEqual({ cpu: 6, mem: 8, 'cuda.device': 1 });
  });

  it('what is not told bars nothing', () => {
    expect(ownerLimits({ accessKey: 'AK', policy: null, sessions: null, rooms: null })).toEqual({
      advisory: true, keypairLimits: {}, keypairRemaining: null, groupUsing: null,
    });
  });
});
