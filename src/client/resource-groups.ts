import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { can } from './capabilities';
import { jsonText } from './json-text';
import { defineOperation, defineRoute, gql, rest, vars } from './transport';

export interface ResourceGroup {
  name: string;
  /** Smallest share of a fractional accelerator; null where the group names none (25.5+, SES-R12). */
  quantum: number | null;
}

const accessible = defineOperation({
  name: 'AccessibleResourceGroups',
  kind: 'query',
  since: 'acceleratorQuantum',
  document: `query AccessibleResourceGroups($project: UUID!) {
    groups: accessible_scaling_groups(project_id: $project) { name is_active accelerator_quantum_size }
  }`,
  data: z.object({
    groups: z.nullable(
      z.array(
        z.nullable(
          z.object({
            name: z.nullable(z.string()),
            is_active: z.nullable(z.boolean()),
            accelerator_quantum_size: z.nullable(z.number()),
          }),
        ),
      ),
    ),
  }),
  variables: vars<{ project: string }>(),
});

/** The same list where the query above does not exist yet; it takes the project's name or id. */
const listed = defineRoute({
  name: 'scaling-groups',
  method: 'GET',
  path: '/scaling-groups',
  query: z.object({ group: z.string() }),
  result: z.object({ scaling_groups: z.array(z.object({ name: z.string() })) }),
});

async function fetchAccessible(projectId: string, signal: AbortSignal): Promise<ResourceGroup[]> {
  if (!can('acceleratorQuantum')) {
    const { scaling_groups: groups } = await rest(listed, { query: { group: projectId }, signal });
    return groups.map(({ name }) => ({ name, quantum: null }));
  }
  const { groups } = await gql(accessible, { project: projectId }, { signal });
  return (groups ?? []).flatMap((group) =>
    group?.name && group.is_active !== false ? [{ name: group.name, quantum: group.accelerator_quantum_size }] : [],
  );
}

/** Which kinds of sessions a group takes is told to superadmins only; others learn it from the refusal (SES-065). */
const sessionTypes = defineOperation({
  name: 'ResourceGroupTypes',
  kind: 'query',
  document: `query ResourceGroupTypes { groups: scaling_groups(is_active: true) { name scheduler_opts } }`,
  data: z.object({
    groups: z.nullable(
      z.array(
        z.nullable(
          z.object({
            name: z.nullable(z.string()),
            scheduler_opts: jsonText(z.object({ allowed_session_types: z.nullish(z.array(z.string())) })),
          }),
        ),
      ),
    ),
  }),
});

const all = defineOperation({
  name: 'AllResourceGroups',
  kind: 'query',
  document: `query AllResourceGroups { groups: scaling_groups(is_active: true) { name } }`,
  data: z.object({ groups: z.nullable(z.array(z.nullable(z.object({ name: z.nullable(z.string()) })))) }),
});

export const resourceGroupQueries = {
  /** Names of all active groups of the cluster; for superadmins. */
  all: () =>
    queryOptions({
      queryKey: ['resource-groups', 'all'],
      queryFn: async ({ signal }): Promise<string[]> => {
        const { groups } = await gql(all, {}, { signal });
        return (groups ?? []).flatMap((group) => (group?.name ? [group.name] : [])).toSorted((a, b) => a.localeCompare(b));
      },
      staleTime: 5 * 60_000,
    }),

  /** By name of the group; a group that is missing takes every kind. For superadmins. */
  sessionTypes: () =>
    queryOptions({
      queryKey: ['resource-groups', 'session-types'],
      queryFn: async ({ signal }): Promise<Record<string, string[]>> => {
        const { groups } = await gql(sessionTypes, {}, { signal });
        return Object.fromEntries(
          (groups ?? []).flatMap((group) => {
            const types = group?.scheduler_opts?.allowed_session_types;
            return group?.name && types ? [[group.name, types]] : [];
          }),
        ) as Record<string, string[]>;
      },
      staleTime: 5 * 60_000,
    }),

  /** The resource groups that the project may use. */
  accessible: (project: { id: string }) =>
    queryOptions({
      queryKey: ['resource-groups', 'accessible', project.id],
      queryFn: ({ signal }) => fetchAccessible(project.id, signal),
      staleTime: 5 * 60_000,
    }),
};
