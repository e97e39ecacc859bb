import type { Accounts, LoginInput, LoginResult } from './api';
import { DAY, SECOND, iso } from './clock';
import type { Context } from './context';
import { holdsResources } from './context';
import { ManagerError, authFailed } from './errors';
import { uuid } from './rng';
import type { Keypair, LoginSession, Requester, User } from './types';

/** ACC-031: at least eight characters with a letter, a digit and another one. */
const PASSWORD_RULE = /^(?=.*\d)(?=.*[a-zA-Z])(?=.*[_\W]).{8,}$/;

function rejected(msg: string): ManagerError {
  return new ManagerError({
    status: 400,
    slug: 'rejected-by-hook',
    title: 'Operation rejected by a hook plugin.',
    msg,
    errorCode: 'backendai_generic_bad-request',
  });
}

/** Case does not matter in an e-mail address. */
export function findUser(ctx: Context, name: string): User | undefined {
  const wanted = name.toLowerCase();
  return Object.values(ctx.state.users).find(
    (user) => user.email.toLowerCase() === wanted || user.username === name,
  );
}

export function keypairsOf(ctx: Context, userId: string): Keypair[] {
  return Object.values(ctx.state.keypairs).filter((keypair) => keypair.userId === userId);
}

/** Active sessions of a key that its policy counts; upload sessions have their own limit (SES-003). */
export function concurrency(ctx: Context, accessKey: string, system = false): number {
  let count = 0;
  for (const session of ctx.index.activeByKey.get(accessKey) ?? []) {
    if (holdsResources(session.status) && (session.type === 'system') === system) count += 1;
  }
  return count;
}

/** Credentials, account status and address, in the manager's order. */
function authenticate(ctx: Context, input: LoginInput): User {
  const user = findUser(ctx, input.username);
  if (!user || user.password !== input.password) throw authFailed('User credential mismatch.');
  if (user.status === 'before-verification') throw authFailed('This account needs email verification.');
  if (user.status !== 'active') throw authFailed('User credential mismatch.');
  const ip = input.clientIp ?? '127.0.0.1';
  if (user.allowedClientIp && !user.allowedClientIp.includes(ip)) throw authFailed(`'${ip}' is not allowed IP address`);
  return user;
}

function isExpired(ctx: Context, user: User): boolean {
  const days = ctx.state.settings.maxPasswordAge;
  return days !== null && ctx.now - user.passwordChangedAt > days * DAY;
}

function authorize(ctx: Context, input: LoginInput): LoginResult {
  const user = authenticate(ctx, input);
  if (isExpired(ctx, user)) {
    const at = user.passwordChangedAt + (ctx.state.settings.maxPasswordAge ?? 0) * DAY;
    throw new ManagerError({
      status: 401,
      slug: 'password-expired',
      title: 'Password has expired.',
      msg: `Password expired on ${iso(at)}.`,
      errorCode: 'user_auth_password-expired',
    });
  }
  if (user.totpActivated) {
    if (!input.otp) {
      if (ctx.atLeast('25.9')) return { kind: 'totp-required' };
      throw rejected('You must authenticate using Two-Factor Authentication.');
    }
    if (input.otp !== user.otpCode) throw rejected('Invalid TOTP code provided');
  }
  const keypair =
    (user.mainAccessKey ? ctx.state.keypairs[user.mainAccessKey] : undefined) ??
    keypairsOf(ctx, user.id).find((candidate) => candidate.isActive);
  if (!keypair?.isActive) throw authFailed('No API keypairs found.');
  makeRoom(ctx, user, input.force === true);
  const record: LoginSession = {
    id: uuid(ctx.state),
    userId: user.id,
    accessKey: keypair.accessKey,
    createdAt: ctx.now,
    lastUsed: ctx.now,
    expiresAt: ctx.now + ctx.state.settings.loginSessionLife * SECOND,
    clientIp: input.clientIp ?? '127.0.0.1',
    userAgent: input.userAgent ?? '',
    status: 'ACTIVE',
  };
  ctx.state.loginSessions[record.id] = record;
  return {
    kind: 'in',
    accessKey: keypair.accessKey,
    secretKey: keypair.secretKey,
    role: user.role,
    status: user.status,
    loginSessionId: record.id,
    expiresAt: record.expiresAt,
  };
}

/** The concurrent-login guard of 26.4 (ACC-021): refuse, or push the oldest one out. */
function makeRoom(ctx: Context, user: User, force: boolean): void {
  const limit = ctx.state.userPolicies[user.resourcePolicy]?.maxConcurrentLogins ?? null;
  if (limit === null || !ctx.atLeast('26.4')) return;
  const alive = Object.values(ctx.state.loginSessions)
    .filter((record) => record.userId === user.id && isAlive(ctx, record))
    .sort((a, b) => a.createdAt - b.createdAt);
  if (alive.length < limit) return;
  if (!force || limit <= 0) {
    throw new ManagerError({
      status: 409,
      slug: 'active-login-session-exists',
      title: 'Active login session exists.',
      msg: 'The number of concurrent login sessions has reached its limit.',
      errorCode: 'login-session_create_conflict',
    });
  }
  for (const record of alive.slice(0, alive.length - limit + 1)) record.status = 'INVALIDATED';
}

function isAlive(ctx: Context, record: LoginSession): boolean {
  return record.status === 'ACTIVE' && record.expiresAt > ctx.now;
}

/** ACC-015: the count is dropped when the block time has passed since the last try. */
function guardedLogin(ctx: Context, input: LoginInput): LoginResult {
  const { loginAllowedFailCount, loginBlockTime } = ctx.state.settings;
  const failures = ctx.state.loginFailures;
  const last = failures[input.username];
  if (last && ctx.now - last.lastAt >= loginBlockTime * SECOND) delete failures[input.username];
  const record = failures[input.username];
  if (record && record.count >= loginAllowedFailCount) {
    record.lastAt = ctx.now;
    throw new ManagerError({
      status: 429,
      slug: 'too-many-requests',
      title: 'Too many failed login attempts',
    });
  }
  try {
    const result = authorize(ctx, input);
    delete failures[input.username];
    return result;
  } catch (error) {
    // Up to 26.3 every refusal counts, later wrong credentials only.
    if (error instanceof ManagerError && (error.status === 401 || !ctx.atLeast('26.4'))) {
      failures[input.username] = { count: (record?.count ?? 0) + 1, lastAt: ctx.now };
    }
    throw error;
  }
}

export function requesterOf(ctx: Context, keypair: Keypair): Requester {
  const user = ctx.state.users[keypair.userId];
  if (!user) throw authFailed('Access key not found in the database.');
  return {
    userId: user.id,
    email: user.email,
    username: user.username,
    role: user.role,
    domain: user.domain,
    accessKey: keypair.accessKey,
    projectIds: user.projectIds,
  };
}

function changePassword(ctx: Context, user: User, password: string): void {
  if (!PASSWORD_RULE.test(password)) throw rejected('invalid password format');
  user.password = password;
  user.passwordChangedAt = ctx.now;
  user.modifiedAt = ctx.now;
  user.needPasswordChange = false;
}

export function createAccounts(ctx: Context): Accounts {
  const activeKeypair = (accessKey: string): Keypair | undefined => {
    const keypair = ctx.state.keypairs[accessKey];
    const user = keypair ? ctx.state.users[keypair.userId] : undefined;
    return keypair?.isActive && user?.status === 'active' ? keypair : undefined;
  };
  return {
    login: (input) => guardedLogin(ctx, input),
    logout(id) {
      const record = ctx.state.loginSessions[id];
      if (record) record.status = 'REVOKED';
    },
    isLoginAlive(id) {
      const record = ctx.state.loginSessions[id];
      if (!record || !isAlive(ctx, record) || !activeKeypair(record.accessKey)) return false;
      record.lastUsed = ctx.now;
      return true;
    },
    extendLogin(id) {
      const record = ctx.state.loginSessions[id];
      const end = ctx.now + ctx.state.settings.loginSessionLife * SECOND;
      if (record) record.expiresAt = end;
      return end;
    },
    requester(accessKey) {
      const keypair = activeKeypair(accessKey);
      if (!keypair) throw authFailed('Access key not found in the database.');
      return requesterOf(ctx, keypair);
    },
    activeKeypair,
    countQuery(accessKey) {
      const keypair = ctx.state.keypairs[accessKey];
      if (!keypair) return;
      keypair.numQueries += 1;
      keypair.lastUsed = ctx.now;
    },
    user: (userId) => ctx.state.users[userId],
    userByEmail: (email) => Object.values(ctx.state.users).find((user) => user.email === email),
    keypairsOf: (userId) => keypairsOf(ctx, userId),
    concurrencyUsed: (accessKey) => concurrency(ctx, accessKey),
    projects(requester) {
      const all = Object.values(ctx.state.projects);
      if (requester.role === 'superadmin' || requester.role === 'monitor') return all;
      if (requester.role === 'admin') return all.filter((project) => project.domain === requester.domain);
      return all.filter((project) => requester.projectIds.includes(project.id));
    },
    roleIn(requester, project) {
      const found = project ? ctx.state.projects[project] : undefined;
      const isAdmin = requester.role === 'superadmin' || requester.role === 'admin';
      const domainRole = isAdmin ? 'admin' : 'user';
      const inProject = found !== undefined && (isAdmin || requester.projectIds.includes(found.id));
      return {
        global_role: requester.role === 'superadmin' ? 'superadmin' : 'user',
        domain_role: domainRole,
        group_role: inProject ? 'user' : null,
      };
    },
    updateFullName(requester, fullName) {
      const user = ctx.state.users[requester.userId];
      if (!user) return;
      user.fullName = fullName;
      user.modifiedAt = ctx.now;
    },
    updatePassword(requester, input) {
      const user = ctx.state.users[requester.userId];
      if (!user || user.password !== input.oldPassword) throw authFailed('Old password mismatch');
      if (input.newPassword !== input.newPassword2) return { mismatch: true };
      changePassword(ctx, user, input.newPassword);
      return { mismatch: false };
    },
    updateExpiredPassword(input) {
      if (ctx.state.settings.maxPasswordAge === null) {
        throw new ManagerError({ status: 400, slug: 'generic-bad-request', title: 'Unsupported function.' });
      }
      const user = authenticate(ctx, { username: input.username, password: input.currentPassword });
      if (input.newPassword === input.currentPassword) {
        throw authFailed('cannot update the password to the current one.');
      }
      changePassword(ctx, user, input.newPassword);
      return { changedAt: user.passwordChangedAt };
    },
  };
}
