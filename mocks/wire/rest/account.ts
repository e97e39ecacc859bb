import { invalidParams } from '../../cluster/errors';
import { recordBody } from '../context';
import { json } from '../http';
import type { Route } from './route';
import { queryValue } from './route';

function required(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw invalidParams(`${name}: Input should be a valid string`);
  return value;
}

export const accountRoutes: Route[] = [
  {
    method: 'GET',
    path: '/auth/role',
    handle: (call) => json(call.cluster.accounts.roleIn(call.requester, queryValue(call, 'group'))),
  },
  {
    method: 'POST',
    path: '/auth/update-full-name',
    writes: true,
    handle(call) {
      const body = recordBody(call);
      required(body, 'email');
      call.cluster.accounts.updateFullName(call.requester, required(body, 'full_name'));
      return json({});
    },
  },
  {
    method: 'POST',
    path: '/auth/update-password',
    writes: true,
    handle(call) {
      const body = recordBody(call);
      const { mismatch } = call.cluster.accounts.updatePassword(call.requester, {
        oldPassword: required(body, 'old_password'),
        newPassword: required(body, 'new_password'),
        newPassword2: required(body, 'new_password2'),
      });
      return mismatch ? json({ error_msg: 'new password mismatch' }, { status: 400 }) : json({});
    },
  },
  // The probe for two-factor authentication: answered only where the plugin is installed.
  { method: 'GET', path: '/totp', when: (cluster) => cluster.state.settings.totpSupported, handle: () => json({}) },
];
