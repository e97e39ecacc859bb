import type { CheckPresetsAnswer, Resources } from './api';
import type { Context } from './context';
import { ManagerError, invalidParams, notFound } from './errors';
import { accessibleGroups, countedAgents, findProject, groupSlots, occupiedBy } from './resource-groups';
import { addSlots, amountText, fits, subtractSlots } from './slots';
import type { Agent, Project, Requester, Slots } from './types';

/** A limit for every known slot: what the policy leaves out is free, or nothing where it says LIMITED. */
export function limitsOf(
  slotNames: readonly string[],
  total: Slots,
  unspecified: 'LIMITED' | 'UNLIMITED' = 'UNLIMITED',
): Slots {
  const rest = unspecified === 'LIMITED' ? 0 : Number.POSITIVE_INFINITY;
  return Object.fromEntries(slotNames.map((slot) => [slot, total[slot] ?? rest]));
}

export function unknownGroup(ctx: Context, name: string): ManagerError {
  if (!ctx.atLeast('26.0')) return invalidParams('Unknown scaling group');
  return notFound(
    'No such scaling group.',
    `Scaling group not found or not allowed (name: ${name})`,
    'scaling-group_read_not-found',
  );
}

export function unknownProject(ctx: Context, name: string): ManagerError {
  if (!ctx.atLeast('26.0')) return invalidParams(`Unknown project (name: ${name})`);
  return new ManagerError({
    status: 404,
    slug: 'project-not-found',
    title: 'Project not found.',
    msg: `Project not found (name: ${name})`,
    errorCode: 'group_read_not-found',
  });
}

function least(a: Slots, b: Slots, slotNames: readonly string[]): Slots {
  return Object.fromEntries(slotNames.map((slot) => [slot, Math.min(a[slot] ?? 0, b[slot] ?? 0)]));
}

function texts(slotNames: readonly string[], slots: Slots): Record<string, string> {
  return Object.fromEntries(slotNames.map((slot) => [slot, amountText(slots[slot] ?? 0)]));
}

/** SES-C11, in the manager's own steps; only members may ask, admins as well. */
function checkPresets(
  ctx: Context,
  requester: Requester,
  input: { group: string; scaling_group?: string | null },
): CheckPresetsAnswer {
  const slotNames = Object.keys(ctx.state.slotTypes);
  const project = findProject(ctx, input.group, requester.domain);
  if (!project || project.name !== input.group || !requester.projectIds.includes(project.id)) throw unknownProject(ctx, input.group);
  const accessible = accessibleGroups(ctx, requester, project).map((group) => group.name);
  if (input.scaling_group && !accessible.includes(input.scaling_group)) throw unknownGroup(ctx, input.scaling_group);
  const groups = input.scaling_group ? [input.scaling_group] : accessible;

  const policy = ctx.state.keypairPolicies[ctx.state.keypairs[requester.accessKey]?.resourcePolicy ?? ''];
  const own = ctx.index.activeByKey.get(requester.accessKey) ?? [];
  const keypairLimits = limitsOf(slotNames, policy?.totalResourceSlots ?? {}, policy?.defaultForUnspecified);
  const keypairUsing = occupiedBy(own);
  const groupFigures = projectFigures(ctx, slotNames, project);
  const keypairRemaining = least(
    subtractSlots(keypairLimits, keypairUsing),
    least(groupFigures.remaining, domainRemaining(ctx, slotNames, project.domain), slotNames),
    slotNames,
  );

  // From 26 on free amounts of agents are told with six places ("28.000000"). From 26.3 on a slot that no agent of the
  // group has is told with what the requester may still have of it, not with 0.
  const places = ctx.atLeast('26.0');
  const unbounded = ctx.atLeast('26.3');
  const cut = (free: Slots): Record<string, string> =>
    Object.fromEntries(
      slotNames.map((slot) => {
        const there = free[slot] ?? (unbounded ? Number.POSITIVE_INFINITY : 0);
        const mine = keypairRemaining[slot] ?? 0;
        if (mine <= there) return [slot, amountText(mine)];
        return [slot, places ? there.toFixed(6) : amountText(there)];
      }),
    );
  const freeByAgent: Slots[] = [];
  const freeByGroup = new Map<string, Slots>(groups.map((name) => [name, {}]));
  let freeInAll: Slots = {};
  const ownByUser = ctx.index.activeByUser.get(requester.userId) ?? [];
  for (const agent of countedAgents(ctx, new Set(groups))) {
    const free = subtractSlots(agent.available, agent.occupied);
    freeByAgent.push(free);
    freeInAll = addSlots(freeInAll, free);
    freeByGroup.set(agent.resourceGroup, addSlots(freeByGroup.get(agent.resourceGroup) ?? {}, free));
  }
  const hidden = Object.fromEntries(slotNames.map((slot) => [slot, 'NaN']));
  const disclosed = ctx.state.settings.discloseProjectResources;
  return {
    presets: presetsFor(ctx, input.scaling_group ?? null).map((preset) => {
      const wanted = Object.fromEntries(slotNames.map((slot) => [slot, preset.resourceSlots[slot] ?? 0]));
      return {
        ...(ctx.atLeast('25.4') ? { id: preset.id } : {}),
        name: preset.name,
        resource_slots: texts(slotNames, wanted),
        shared_memory: preset.sharedMemory === null ? null : String(preset.sharedMemory),
        allocatable: fits(wanted, keypairRemaining) && freeByAgent.some((free) => fits(wanted, free)),
      };
    }),
    keypair_limits: texts(slotNames, keypairLimits),
    keypair_using: texts(slotNames, keypairUsing),
    keypair_remaining: texts(slotNames, keypairRemaining),
    group_limits: disclosed ? texts(slotNames, groupFigures.limits) : hidden,
    group_using: disclosed ? texts(slotNames, groupFigures.using) : hidden,
    group_remaining: disclosed ? texts(slotNames, groupFigures.remaining) : hidden,
    scaling_group_remaining: cut(freeInAll),
    scaling_groups: Object.fromEntries(
      groups.map((name) => [
        name,
        {
          using: texts(slotNames, occupiedBy(ownByUser, (session) => session.resourceGroup === name)),
          remaining: cut(freeByGroup.get(name) ?? {}),
        },
      ]),
    ),
  };
}

/** From 25.4 on presets may belong to a group: only who names the group is told those. */
function presetsFor(ctx: Context, group: string | null): Context['state']['presets'] {
  if (!ctx.atLeast('25.4')) return ctx.state.presets;
  return ctx.state.presets.filter((preset) => preset.resourceGroup === null || preset.resourceGroup === group);
}

function projectFigures(
  ctx: Context,
  slotNames: readonly string[],
  project: Project,
): { limits: Slots; using: Slots; remaining: Slots } {
  const limits = limitsOf(slotNames, project.totalResourceSlots);
  const isLimited = Object.keys(project.totalResourceSlots).length > 0 || ctx.state.settings.discloseProjectResources;
  const using = isLimited ? occupiedBy(ctx.index.activeByProject.get(project.id) ?? []) : {};
  return { limits, using, remaining: subtractSlots(limits, using) };
}

function domainRemaining(ctx: Context, slotNames: readonly string[], name: string): Slots {
  const total = ctx.state.domains[name]?.totalResourceSlots ?? {};
  const limits = limitsOf(slotNames, total);
  if (Object.keys(total).length === 0) return limits;
  return subtractSlots(limits, occupiedBy(ctx.index.active, (session) => session.domain === name));
}

/** Where the project is unknown or not the requester's, there are simply no groups. */
function groupsOf(ctx: Context, requester: Requester, idOrName: string): ReturnType<typeof accessibleGroups> {
  const project = findProject(ctx, idOrName, requester.domain);
  if (!project || (requester.role === 'user' && !requester.projectIds.includes(project.id))) return [];
  return accessibleGroups(ctx, requester, project);
}

export function createResources(ctx: Context): Resources {
  return {
    checkPresets: (requester, input) => checkPresets(ctx, requester, input),
    presets: () => ctx.state.presets,
    slotTypes: () => ctx.state.slotTypes,
    slotDetails(resourceGroup) {
      const names = resourceGroup ? groupSlots(ctx, resourceGroup) : Object.keys(ctx.state.slotTypes);
      return Object.fromEntries(
        names.flatMap((slot) => {
          const details = ctx.state.slotDetails[slot];
          return details ? [[slot, details] as const] : [];
        }),
      );
    },
    accessibleGroups: (requester, project) => groupsOf(ctx, requester, project),
    appProxyOf(_requester, name) {
      const group = ctx.state.resourceGroups[name];
      if (!group) throw notFound('No such scaling group.', undefined, 'scaling-group_read_not-found');
      return { version: group.appProxy ?? 'v1', address: group.appProxyAddr };
    },
    ownOccupied: (requester, name) =>
      occupiedBy(
        ctx.index.activeByUser.get(requester.userId) ?? [],
        (session) => session.resourceGroup === name,
      ),
    agentSummaries(requester) {
      if (ctx.state.settings.hideAgents && requester.role !== 'superadmin') {
        throw notFound('No such agent.', undefined, 'agent_read_not-found');
      }
      const projects = Object.values(ctx.state.projects).filter(
        (project) => requester.role !== 'user' || requester.projectIds.includes(project.id),
      );
      const names = new Set(
        projects.flatMap((project) => accessibleGroups(ctx, requester, project).map((group) => group.name)),
      );
      return Object.values(ctx.state.agents).filter((agent: Agent) => names.has(agent.resourceGroup));
    },
  };
}
