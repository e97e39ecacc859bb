/** What the wire may ask about people, keys and log-ins. */
import type { Keypair, Project, Requester, User } from './types';

export interface LoginInput {
  username: string;
  password: string;
  otp?: string;
  /** 26.4+: end the oldest log-in when the policy's limit is reached. */
  force?: boolean;
  clientIp?: string;
  userAgent?: string;
}

export type LoginResult =
  | {
      kind: 'in';
      accessKey: string;
      secretKey: string;
      role: string;
      status: string;
      /** Record of the log-in: the wire ties its cookie to it. */
      loginSessionId: string;
      expiresAt: number;
    }
  /** 25.9+ answers 200 with `require-totp-authentication`. */
  | { kind: 'totp-required' };

export interface Accounts {
  /**
   * The webserver's log-in: its block after too many failures (429 `too-many-requests`), then the manager's
   * authorisation. Errors: `auth-failed`, `password-expired`, `rejected-by-hook`, `active-login-session-exists`.
   */
  login(input: LoginInput): LoginResult;
  logout(loginSessionId: string): void;
  /** False when it ran out, was pushed out by another log-in, or its account is no longer active. */
  isLoginAlive(loginSessionId: string): boolean;
  /** New end of the log-in (now + the settings' life). */
  extendLogin(loginSessionId: string): number;
  /** Who stands behind a key; 401 when key or account is unknown or inactive. */
  requester(accessKey: string): Requester;
  /** Undefined when unknown or inactive: for verifying signatures. */
  activeKeypair(accessKey: string): Keypair | undefined;
  /** Counts a query on the key; the rest of its rate limit is the wire's business. */
  countQuery(accessKey: string): void;
  user(userId: string): User | undefined;
  userByEmail(email: string): User | undefined;
  keypairsOf(userId: string): Keypair[];
  /** Active sessions of the key that count against its policy. */
  concurrencyUsed(accessKey: string): number;
  /** Projects that the requester may choose: members their own, superadmins all, domain admins the domain's. */
  projects(requester: Requester): Project[];
  roleIn(
    requester: Requester,
    project: string | null,
  ): { global_role: string; domain_role: string; group_role: string | null };
  updateFullName(requester: Requester, fullName: string): void;
  /** 400 without type for a mismatch: `{mismatch: true}`. */
  updatePassword(
    requester: Requester,
    input: { oldPassword: string; newPassword: string; newPassword2: string },
  ): { mismatch: boolean };
  /** `/server/update-password-no-auth` and `/auth/update-password-no-auth`: only for expired ones. */
  updateExpiredPassword(input: { username: string; currentPassword: string; newPassword: string }): { changedAt: number };
}
