import { describe, expect, it } from 'vitest';
import { isActive, isTransitional, ownerAccessKey, phaseOf, sessionRules } from './session-rules';

const me = { uuid: 'u1', accessKey: 'AK1', role: 'user', domain: 'default' } as const;
const admin = { uuid: 'u2', accessKey: 'AK2', role: 'admin', domain: 'default' } as const;
const superadmin = { ...admin, uuid: 'u3', role: 'superadmin' } as const;
const monitor = { ...admin, uuid: 'u4', role: 'monitor' } as const;
const running = { status: 'RUNNING', userId: 'u1', accessKey: 'AK1', domain: 'default', kernels: [] };
const refused = (reason: string) => ({ allowed: false, reason });

describe('phases', () => {
  it('tell active from ended and what moves by itself (SES-R50)', () => {
    expect(phaseOf('CREATING')).toBe('starting');
    expect(isActive('ERROR')).toBe(true);
    expect(isActive('CANCELLED')).toBe(false);
    expect(isActive('SOMETHING_NEW')).toBe(true);
    expect(['PENDING', 'PULLING', 'TERMINATING'].every(isTransitional)).toBe(true);
    expect(['RUNNING', 'TERMINATED', 'ERROR'].some(isTransitional)).toBe(false);
  });
});

describe('sessionRules.terminate', () => {
  it('is for the owner, the domain admin and the superadmin (SES-304, SES-C06)', () => {
    for (const person of [me, admin, superadmin]) expect(sessionRules.terminate(running, person)).toEqual({ allowed: true });
    expect(sessionRules.terminate(running, { ...me, uuid: 'x', accessKey: 'y' })).toEqual(refused('not-owner'));
    expect(sessionRules.terminate(running, { ...admin, domain: 'elsewhere' })).toEqual(refused('other-domain'));
    expect(sessionRules.terminate({ ...running, userId: 'u4' }, monitor)).toEqual(refused('monitor'));
  });

  it('leaves only force to what is being ended (SES-302, pitfall 11)', () => {
    const ending = { ...running, status: 'TERMINATING' };
    expect(sessionRules.terminate(ending, me)).toEqual(refused('terminating'));
    expect(sessionRules.forceTerminate(ending, me)).toEqual({ allowed: true });
    expect(sessionRules.forceTerminate({ ...running, status: 'TERMINATED' }, me)).toEqual(refused('ended'));
  });
});

describe('sessionRules.rename', () => {
  it('is for own running sessions only, for admins too (SES-300)', () => {
    expect(sessionRules.rename(running, me)).toEqual({ allowed: true });
    expect(sessionRules.rename(running, superadmin)).toEqual(refused('not-owner'));
    expect(sessionRules.rename({ ...running, status: 'PENDING' }, me)).toEqual(refused('not-running'));
    expect(sessionRules.rename({ ...running, status: 'CANCELLED' }, me)).toEqual(refused('ended'));
    expect(sessionRules.rename(running, monitor)).toEqual(refused('monitor'));
  });
});

describe('sessionRules.logs', () => {
  it('is for everyone who sees the session once it has containers (SES-304)', () => {
    for (const person of [me, admin, superadmin, monitor]) expect(sessionRules.logs(running, person)).toEqual({ allowed: true });
    for (const status of ['PENDING', 'SCHEDULED', 'CANCELLED']) {
      expect(sessionRules.logs({ ...running, status }, me)).toEqual(refused('no-container'));
    }
    expect(sessionRules.logs({ ...running, status: 'TERMINATED' }, me)).toEqual({ allowed: true });
  });
});

describe('ownerAccessKey', () => {
  it("goes along for other people's sessions only", () => {
    expect(ownerAccessKey(running, me)).toBeUndefined();
    expect(ownerAccessKey(running, superadmin)).toBe('AK1');
    expect(ownerAccessKey({ ...running, accessKey: null }, superadmin)).toBeUndefined();
  });
});

describe('sessionRules.apps', () => {
  const withApps = { ...running, servicePorts: [{ name: 'ttyd', protocol: 'http', containerPorts: [7681], hostPorts: [30_001], isInference: false }] };
  it('is for the owner alone, while it runs and has ports (SES-304, pitfall 16)', () => {
    for (const status of ['RUNNING', 'RUNNING_DEGRADED']) expect(sessionRules.apps({ ...withApps, status }, me)).toEqual({ allowed: true });
    for (const status of ['PENDING', 'CREATING', 'RESTARTING', 'TERMINATING', 'ERROR']) expect(sessionRules.apps({ ...withApps, status }, me)).toEqual(refused('not-running'));
    expect(sessionRules.apps({ ...withApps, status: 'TERMINATED' }, me)).toEqual(refused('ended'));
    for (const person of [admin, superadmin]) expect(sessionRules.apps(withApps, person)).toEqual(refused('not-owner'));
    expect(sessionRules.apps(withApps, monitor)).toEqual(refused('monitor'));
    expect(sessionRules.apps({ ...withApps, servicePorts: [] }, me)).toEqual(refused('no-apps'));
  });
});
