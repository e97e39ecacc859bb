import * as z from 'zod/mini';

export interface Project {
  id: string;
  name: string;
  type: 'GENERAL' | 'MODEL_STORE';
}

/** A project as GraphQL's `groups` gives it. */
export const projectRecord = z.object({
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
  type: z.nullable(z.string()),
  is_active: z.nullable(z.boolean()),
  domain_name: z.nullable(z.string()),
});

/**
 * What the header's project selector offers: active projects of one's domain; for all but administrators those
 * that one belongs to ("After login": the list of groups may hold more than one's own).
 */
export function selectableProjects(
  listed: readonly z.infer<typeof projectRecord>[],
  me: { role: string; domain: string; groupIds: readonly string[] },
): Project[] {
  const administrator = me.role === 'superadmin' || me.role === 'admin';
  return listed.flatMap((group) => {
    const { id, name } = group;
    if (!id || !name || group.is_active === false) return [];
    if (group.domain_name !== null && group.domain_name !== me.domain) return [];
    if (!administrator && !me.groupIds.includes(id)) return [];
    return [{ id, name, type: group.type === 'MODEL_STORE' ? 'MODEL_STORE' : 'GENERAL' }];
  });
}
