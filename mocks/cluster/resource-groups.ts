import type { Context } from './context';
import { holdsResources } from './context';
import { addSlots } from './slots';
import type { Agent, Project, Requester, ResourceGroup, Session, Slots } from './types';

export function findProject(ctx: Context, idOrName: string, domain?: string): Project | undefined {
  const byId = ctx.state.projects[idOrName];
  if (byId) return byId;
  return Object.values(ctx.state.projects).find(
    (project) => project.name === idOrName && (domain === undefined || project.domain === domain),
  );
}

/** Public groups of the domain or project for everybody; the others for those that are associated. */
export function accessibleGroups(ctx: Context, requester: Requester, project: Project): ResourceGroup[] {
  const ofDomain = ctx.state.domains[project.domain]?.resourceGroups ?? [];
  const names = new Set([...ofDomain, ...project.resourceGroups]);
  const isAdmin = requester.role === 'superadmin' || requester.role === 'admin';
  return Object.values(ctx.state.resourceGroups).filter(
    (group) => group.isActive && names.has(group.name) && (group.isPublic || isAdmin),
  );
}

/** Agents whose free amounts count. Managers before 25.14 count those that take no new sessions too. */
export function countedAgents(ctx: Context, groups: ReadonlySet<string>): Agent[] {
  const onlySchedulable = ctx.atLeast('25.14');
  return Object.values(ctx.state.agents).filter(
    (agent) => agent.status === 'ALIVE' && groups.has(agent.resourceGroup) && (!onlySchedulable || agent.schedulable),
  );
}

export function occupiedBy(sessions: Iterable<Session>, counts: (session: Session) => boolean = () => true): Slots {
  let sum: Slots = {};
  for (const session of sessions) {
    if (session.type === 'system' || !holdsResources(session.status) || !counts(session)) continue;
    for (const kernel of session.kernels) sum = addSlots(sum, kernel.occupiedSlots);
  }
  return sum;
}

/** Slot names that some agent of the group offers, `cpu` and `mem` first. */
export function groupSlots(ctx: Context, name: string): string[] {
  const names = new Set<string>();
  for (const agent of Object.values(ctx.state.agents)) {
    if (agent.resourceGroup === name && agent.status === 'ALIVE') Object.keys(agent.available).forEach((slot) => names.add(slot));
  }
  return Object.keys(ctx.state.slotTypes).filter((slot) => names.has(slot));
}
