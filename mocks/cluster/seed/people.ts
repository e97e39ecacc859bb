import { DAY } from '../clock';
import { accessKey, secretKey, uuid } from '../rng';
import type { ClusterState, Role, User } from '../types';

export interface Person {
  email: string;
  fullName: string;
  password: string;
  role: Role;
  policy: string;
  projects: string[];
  accessKey?: string;
  secretKey?: string;
}

/** The accounts that the demo's log-in page shows; fixed keys, so that API mode can be tried by hand. */
export const DEMO_PEOPLE: readonly Person[] = [
  {
    email: 'admin@example.com',
    fullName: 'Ada Admin',
    password: 'admin-Demo-1',
    role: 'superadmin',
    policy: 'operators',
    projects: ['default', 'vision-lab', 'model-store'],
    accessKey: 'AKIAADMINEXAMPLE2345',
    secretKey: 'demo-secret-key-of-the-superadmin-000001',
  },
  {
    email: 'domain-admin@example.com',
    fullName: 'Dora Domain',
    password: 'domain-Demo-1',
    role: 'admin',
    policy: 'operators',
    projects: ['default', 'vision-lab', 'model-store'],
    accessKey: 'AKIADOMAINEXAMPLE234',
    secretKey: 'demo-secret-key-of-the-domainadmin-00001',
  },
  {
    email: 'user@example.com',
    fullName: 'Uma User',
    password: 'user-Demo-1',
    role: 'user',
    policy: 'default',
    projects: ['default', 'vision-lab', 'model-store'],
    accessKey: 'AKIAUSEREXAMPLE23456',
    secretKey: 'demo-secret-key-of-the-user-000000000001',
  },
  {
    email: 'user2@example.com',
    fullName: 'Yuna Second',
    password: 'user2-Demo-1',
    role: 'user',
    policy: 'student',
    projects: ['default', 'model-store'],
    accessKey: 'AKIAUSERTWOEXAMPLE23',
    secretKey: 'demo-secret-key-of-the-second-user-00001',
  },
  {
    email: 'monitor@example.com',
    fullName: 'Mona Monitor',
    password: 'monitor-Demo-1',
    role: 'monitor',
    policy: 'default',
    projects: ['default'],
    accessKey: 'AKIAMONITOREXAMPLE23',
    secretKey: 'demo-secret-key-of-the-monitor-000000001',
  },
];

export function addPerson(state: ClusterState, person: Person, projectIds: string[]): User {
  const id = uuid(state);
  const key = person.accessKey ?? accessKey(state);
  const user: User = {
    id,
    username: person.email.split('@')[0] ?? person.email,
    email: person.email,
    fullName: person.fullName,
    description: '',
    password: person.password,
    passwordChangedAt: state.now - 30 * DAY,
    needPasswordChange: false,
    role: person.role,
    status: 'active',
    statusInfo: null,
    domain: 'default',
    projectIds,
    mainAccessKey: key,
    resourcePolicy: 'default',
    allowedClientIp: null,
    totpActivated: false,
    totpActivatedAt: null,
    totpKey: null,
    otpCode: '123456',
    sudoSessionEnabled: false,
    containerUid: null,
    containerMainGid: null,
    containerGids: null,
    createdAt: state.now - 120 * DAY,
    modifiedAt: state.now - 30 * DAY,
  };
  state.users[id] = user;
  state.keypairs[key] = {
    accessKey: key,
    secretKey: person.secretKey ?? secretKey(state),
    userId: id,
    isActive: true,
    isAdmin: person.role === 'superadmin' || person.role === 'admin',
    resourcePolicy: person.policy,
    rateLimit: 30_000,
    numQueries: 0,
    lastUsed: null,
    createdAt: user.createdAt,
    modifiedAt: user.createdAt,
    bootstrapScript: '',
    sshPublicKey: null,
    sshPrivateKey: null,
    dotfiles: [],
  };
  return user;
}

export function addDemoPeople(state: ClusterState): void {
  const byName = new Map(Object.values(state.projects).map((project) => [project.name, project.id]));
  for (const person of DEMO_PEOPLE) {
    addPerson(state, person, person.projects.map((name) => byName.get(name)).filter((id): id is string => id !== undefined));
  }
}
