import { forbidden, invalidParams } from '../../../cluster/errors';
import type { Keypair, Project, Requester, User } from '../../../cluster/types';
import type { GraphqlContext } from '../context';
import { adminOnly, domainInReach, isAdmin, knownRole, superadminOnly } from './access';
import {
  domainRow,
  keypairPolicyRow,
  keypairRow,
  projectNode,
  projectPolicyRow,
  projectRow,
  userNode,
  userPolicyRow,
  userRow,
} from './account-rows';
import type { ConnectionArgs } from './paging';
import { connection, itemList, select } from './paging';
import { keypairTable, projectTable, userTable } from './row-tables';

type Row = Record<string, unknown>;

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function usersInReach(context: GraphqlContext, args: { domain_name?: string | null; group_id?: string | null; is_active?: boolean | null; status?: string | null }): User[] {
  const domain = domainInReach(context.requester, args.domain_name);
  return Object.values(context.cluster.state.users).filter(
    (user) =>
      (domain === null || user.domain === domain) &&
      (!args.group_id || user.projectIds.includes(args.group_id)) &&
      (args.status ? user.status === args.status : args.is_active === null || args.is_active === undefined || (user.status === 'active') === args.is_active),
  );
}

function keypairsInReach(context: GraphqlContext, args: { domain_name?: string | null; email?: string | null; is_active?: boolean | null }): Keypair[] {
  const { cluster, requester } = context;
  knownRole(requester);
  if (!isAdmin(requester) && args.email && args.email !== requester.email) throw forbidden();
  const domain = domainInReach(requester, args.domain_name);
  return Object.values(cluster.state.keypairs).filter((keypair) => {
    const owner = cluster.accounts.user(keypair.userId);
    if (!isAdmin(requester) && keypair.userId !== requester.userId) return false;
    if (domain !== null && owner?.domain !== domain) return false;
    if (args.email && owner?.email !== args.email) return false;
    return args.is_active === null || args.is_active === undefined || keypair.isActive === args.is_active;
  });
}

/** Plain users get their general projects whatever type is asked for (recording of a user). */
function projectsInReach(context: GraphqlContext, args: { domain_name?: string | null; is_active?: boolean | null; type?: string[] | null }): Project[] {
  const { cluster, requester } = context;
  const types = isAdmin(requester) ? (args.type ?? ['GENERAL']) : ['GENERAL'];
  const domain = isAdmin(requester) ? domainInReach(requester, args.domain_name) : null;
  return cluster.accounts
    .projects(requester)
    .filter((project) => types.includes(project.type))
    .filter((project) => domain === null || project.domain === domain)
    .filter((project) => args.is_active === null || args.is_active === undefined || project.isActive === args.is_active);
}

function ownPolicyNames(context: GraphqlContext): Set<string> {
  return new Set(context.cluster.accounts.keypairsOf(context.requester.userId).map((keypair) => keypair.resourcePolicy));
}

function userOf(context: GraphqlContext, requester: Requester): User | undefined {
  return context.cluster.accounts.user(requester.userId);
}

export const accountResolvers = {
  user(args: { domain_name?: string | null; email?: string | null }, context: GraphqlContext): Row | null {
    const { cluster, requester } = context;
    if (!args.email || args.email === requester.email) {
      const own = userOf(context, requester);
      return own ? userRow(cluster, own) : null;
    }
    if (!isAdmin(requester)) throw forbidden();
    const domain = domainInReach(requester, args.domain_name);
    const user = cluster.accounts.userByEmail(args.email);
    return user && (domain === null || user.domain === domain) ? userRow(cluster, user) : null;
  },

  users(args: { domain_name?: string; group_id?: string; is_active?: boolean; status?: string }, context: GraphqlContext): Row[] {
    adminOnly(context.requester);
    return usersInReach(context, args).map((user) => userRow(context.cluster, user));
  },

  user_list(
    args: { limit: number; offset: number; filter?: string; order?: string; domain_name?: string; group_id?: string; is_active?: boolean; status?: string },
    context: GraphqlContext,
  ): Row {
    adminOnly(context.requester);
    const rows = select(usersInReach(context, args), userTable(context.cluster), args, (a, b) => a.createdAt - b.createdAt);
    return itemList(rows, args, (user) => userRow(context.cluster, user));
  },

  user_nodes(args: ConnectionArgs, context: GraphqlContext): Row {
    superadminOnly(context.requester);
    const rows = select(Object.values(context.cluster.state.users), userTable(context.cluster), args, (a, b) => (a.id < b.id ? -1 : 1));
    return connection(context.cluster, rows, args, 'UserNode', (row) => row.id, (row) => userNode(context.cluster, row));
  },

  keypair(args: { domain_name?: string | null; access_key?: string | null }, context: GraphqlContext): Row | null {
    const { cluster, requester } = context;
    const wanted = args.access_key ?? requester.accessKey;
    const keypair = cluster.state.keypairs[wanted];
    if (wanted !== requester.accessKey && !isAdmin(requester) && keypair?.userId !== requester.userId) throw forbidden();
    return keypair ? keypairRow(cluster, keypair) : null;
  },

  keypairs(args: { domain_name?: string; email?: string; is_active?: boolean }, context: GraphqlContext): Row[] {
    return keypairsInReach(context, args).map((keypair) => keypairRow(context.cluster, keypair));
  },

  keypair_list(
    args: { limit: number; offset: number; filter?: string; order?: string; domain_name?: string; email?: string; is_active?: boolean },
    context: GraphqlContext,
  ): Row {
    const rows = select(keypairsInReach(context, args), keypairTable(context.cluster), args, (a, b) => b.createdAt - a.createdAt);
    return itemList(rows, args, (keypair) => keypairRow(context.cluster, keypair));
  },

  group(args: { id: string; type?: string[] | null }, context: GraphqlContext): Row | null {
    const project = context.cluster.accounts.projects(context.requester).find((row) => row.id === args.id);
    return project ? projectRow(context.cluster, project) : null;
  },

  groups(args: { domain_name?: string; is_active?: boolean; type?: string[] | null }, context: GraphqlContext): Row[] {
    return projectsInReach(context, args).map((project) => projectRow(context.cluster, project));
  },

  groups_by_name(args: { name: string; domain_name?: string }, context: GraphqlContext): Row[] {
    return context.cluster.accounts
      .projects(context.requester)
      .filter((project) => project.name === args.name && (!args.domain_name || project.domain === args.domain_name))
      .map((project) => projectRow(context.cluster, project));
  },

  group_nodes(args: ConnectionArgs, context: GraphqlContext): Row {
    const rows = select(context.cluster.accounts.projects(context.requester), projectTable(context.cluster), args, (a, b) => (a.id < b.id ? -1 : 1));
    return connection(context.cluster, rows, args, 'GroupNode', (row) => row.id, (row) => projectNode(context.cluster, row));
  },

  domain(args: { name?: string | null }, context: GraphqlContext): Row | null {
    const { cluster, requester } = context;
    const name = args.name ?? requester.domain;
    if (requester.role !== 'superadmin') domainInReach(requester, name);
    const domain = cluster.state.domains[name];
    return domain ? domainRow(cluster, domain) : null;
  },

  domains(args: { is_active?: boolean | null }, context: GraphqlContext): Row[] {
    superadminOnly(context.requester);
    return Object.values(context.cluster.state.domains)
      .filter((domain) => args.is_active === null || args.is_active === undefined || domain.isActive === args.is_active)
      .map((domain) => domainRow(context.cluster, domain));
  },

  keypair_resource_policy(args: { name?: string | null }, context: GraphqlContext): Row | null {
    const { cluster, requester } = context;
    const name = args.name ?? cluster.state.keypairs[requester.accessKey]?.resourcePolicy ?? '';
    const policy = cluster.state.keypairPolicies[name];
    return policy ? keypairPolicyRow(cluster, policy) : null;
  },

  keypair_resource_policies(_args: object, context: GraphqlContext): Row[] {
    knownRole(context.requester);
    const own = isAdmin(context.requester) ? null : ownPolicyNames(context);
    return Object.values(context.cluster.state.keypairPolicies)
      .filter((policy) => own === null || own.has(policy.name))
      .sort(byName)
      .map((policy) => keypairPolicyRow(context.cluster, policy));
  },

  user_resource_policy(args: { name?: string | null }, context: GraphqlContext): Row | null {
    const policy = context.cluster.state.userPolicies[args.name ?? userOf(context, context.requester)?.resourcePolicy ?? ''];
    return policy ? userPolicyRow(context.cluster, policy) : null;
  },

  user_resource_policies(_args: object, context: GraphqlContext): Row[] {
    knownRole(context.requester);
    const own = isAdmin(context.requester) ? null : userOf(context, context.requester)?.resourcePolicy;
    return Object.values(context.cluster.state.userPolicies)
      .filter((policy) => own === null || policy.name === own)
      .sort(byName)
      .map((policy) => userPolicyRow(context.cluster, policy));
  },

  project_resource_policy(args: { name: string }, context: GraphqlContext): Row | null {
    const policy = context.cluster.state.projectPolicies[args.name];
    return policy ? projectPolicyRow(context.cluster, policy) : null;
  },

  project_resource_policies(_args: object, context: GraphqlContext): Row[] {
    if (!isAdmin(context.requester)) throw invalidParams('Unknown client role');
    return Object.values(context.cluster.state.projectPolicies)
      .sort(byName)
      .map((policy) => projectPolicyRow(context.cluster, policy));
  },
};
