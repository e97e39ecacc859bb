import type { HostGrants, Slots } from './resource-types';

/** People, projects, keys, their policies and log-ins. */

export type Role = 'superadmin' | 'admin' | 'user' | 'monitor';
type UserStatus = 'active' | 'inactive' | 'deleted' | 'before-verification';

export interface Domain {
  name: string;
  description: string;
  isActive: boolean;
  createdAt: number;
  totalResourceSlots: Slots;
  allowedFolderHosts: HostGrants;
  allowedRegistries: string[];
  integrationId: string | null;
  resourceGroups: string[];
}

export interface Project {
  id: string;
  name: string;
  type: 'GENERAL' | 'MODEL_STORE';
  description: string;
  isActive: boolean;
  createdAt: number;
  modifiedAt: number;
  domain: string;
  totalResourceSlots: Slots;
  allowedFolderHosts: HostGrants;
  integrationId: string | null;
  resourcePolicy: string;
  containerRegistry: { registry: string; project: string } | null;
  /** Beyond the domain's and the public ones. */
  resourceGroups: string[];
}

export interface User {
  id: string;
  username: string;
  email: string;
  fullName: string;
  description: string;
  password: string;
  passwordChangedAt: number;
  needPasswordChange: boolean;
  role: Role;
  status: UserStatus;
  statusInfo: string | null;
  domain: string;
  projectIds: string[];
  mainAccessKey: string | null;
  resourcePolicy: string;
  allowedClientIp: string[] | null;
  totpActivated: boolean;
  totpActivatedAt: number | null;
  totpKey: string | null;
  /** The one-time password that the simulation takes; settable in the state. */
  otpCode: string;
  sudoSessionEnabled: boolean;
  containerUid: number | null;
  containerMainGid: number | null;
  containerGids: number[] | null;
  createdAt: number;
  modifiedAt: number;
}

export interface Keypair {
  accessKey: string;
  secretKey: string;
  userId: string;
  isActive: boolean;
  isAdmin: boolean;
  resourcePolicy: string;
  rateLimit: number;
  numQueries: number;
  lastUsed: number | null;
  createdAt: number;
  modifiedAt: number;
  bootstrapScript: string;
  sshPublicKey: string | null;
  sshPrivateKey: string | null;
  dotfiles: Dotfile[];
}

interface Dotfile {
  path: string;
  permission: string;
  data: string;
}

export interface KeypairPolicy {
  name: string;
  createdAt: number;
  defaultForUnspecified: 'LIMITED' | 'UNLIMITED';
  totalResourceSlots: Slots;
  maxSessionLifetime: number;
  maxConcurrentSessions: number;
  maxConcurrentSftpSessions: number;
  maxContainersPerSession: number;
  idleTimeout: number;
  allowedFolderHosts: HostGrants;
  maxPendingSessionCount: number | null;
  maxPendingSessionResourceSlots: Slots | null;
}

export interface UserPolicy {
  name: string;
  createdAt: number;
  maxFolderCount: number;
  maxQuotaScopeSize: number;
  maxSessionCountPerModelSession: number;
  maxCustomizedImageCount: number;
  /** 26.4+; null = no limit. */
  maxConcurrentLogins: number | null;
}

export interface ProjectPolicy {
  name: string;
  createdAt: number;
  maxFolderCount: number;
  maxQuotaScopeSize: number;
  maxNetworkCount: number;
}

export interface LoginSession {
  id: string;
  userId: string;
  accessKey: string;
  createdAt: number;
  lastUsed: number;
  expiresAt: number;
  clientIp: string;
  userAgent: string;
  status: 'ACTIVE' | 'INVALIDATED' | 'REVOKED';
}

/** Failed log-ins of one user name (the webserver's guard, ACC-015). */
export interface LoginFailures {
  count: number;
  lastAt: number;
}
