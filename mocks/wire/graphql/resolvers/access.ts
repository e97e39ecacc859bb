import { forbidden, invalidParams, ManagerError } from '../../../cluster/errors';
import type { Requester } from '../../../cluster/types';

/** Who may ask what in GraphQL; wording and codes as a 26.8 manager answers (recordings). */

export function isAdmin(requester: Requester): boolean {
  return requester.role === 'superadmin' || requester.role === 'admin';
}

export function superadminOnly(requester: Requester): void {
  if (requester.role !== 'superadmin') throw forbidden('superadmin privilege required');
}

export function adminOnly(requester: Requester): void {
  if (!isAdmin(requester)) {
    throw new ManagerError({ status: 403, slug: 'generic-forbidden', title: 'Insufficient privilege.', errorCode: 'user_auth_forbidden' });
  }
}

/** Resolvers that know superadmin, admin and user only refuse the rest in these words. */
export function knownRole(requester: Requester): void {
  if (requester.role === 'monitor') throw invalidParams('Unknown client role');
}

/** A domain admin stays in the own domain. */
export function domainInReach(requester: Requester, domain: string | null | undefined): string | null {
  if (requester.role === 'superadmin' || requester.role === 'monitor') return domain ?? null;
  if (domain !== null && domain !== undefined && domain !== requester.domain) {
    throw new ManagerError({ status: 403, slug: 'generic-forbidden', title: 'Forbidden operation.', errorCode: 'backendai_generic_forbidden' });
  }
  return requester.domain;
}
