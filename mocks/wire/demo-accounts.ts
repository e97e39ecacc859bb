import { DEMO_PEOPLE } from '../cluster/seed/people';
import type { Role } from '../cluster/types';

/** The accounts of seed `demo`, for the fronts: the log-in page of the demo offers them, tests log in by name. */
export interface DemoAccount {
  /** Short name, by which tests log in: what stands before the `@`. */
  name: string;
  /** What the log-in page of the demo shows. */
  label: string;
  email: string;
  password: string;
  role: Role;
}

export const demoAccounts: readonly DemoAccount[] = DEMO_PEOPLE.map(({ email, fullName, password, role }) => ({
  name: email.split('@')[0] ?? email,
  label: `${fullName} (${role})`,
  email,
  password,
  role,
}));
