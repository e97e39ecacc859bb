// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCluster } from '../../cluster/cluster';
import { loggedIn, projectId } from '../test-calls';
import type { Client } from '../test-calls';
import { createWire } from '../wire';

async function start(version: string, account = 'admin') {
  const cluster = createCluster({ seed: 'demo', version });
  return { cluster, caller: await loggedIn(createWire(cluster), account) };
}

const unknown = (language: string, rule: string, field: string): string =>
  `Query ${language} parsing error: Error trying to process rule "${rule}":\n\n('Unknown/unsupported field name', '${field}')`;

/** null where the list is told. */
async function refusalOf(caller: Client, field: string, filter: string | null, order: string | null = null): Promise<string | null> {
  const [page, answer] = field.endsWith('_list') ? ['limit: 1, offset: 0', 'total_count'] : ['first: 1, offset: 0', 'count'];
  const { data, errors } = await caller.gql(`query($f: String, $o: String) { ${field}(${page}, filter: $f, order: $o) { ${answer} } }`, { f: filter, o: order });
  if (errors) expect(data).toEqual({ [field]: null });
  return errors?.[0]?.message ?? null;
}

describe('what lists are filtered and ordered by, by the manager\'s version (SES-C03)', () => {
  it.each(['24.12.0', '25.4.0'])('nodes of %s know neither image nor owner, and look for the project in vain', async (version) => {
    const { caller } = await start(version);
    for (const field of ['image', 'images', 'user_email', 'full_name', 'group_name', 'agents']) {
      expect(await refusalOf(caller, 'compute_session_nodes', `${field} ilike "%a%"`)).toBe(unknown('filter', 'binary_expr', field));
    }
    const detail = "type object 'SessionRow' has no attribute 'project_id'";
    expect(await refusalOf(caller, 'compute_session_nodes', 'project_id == "x"')).toContain(detail);
    expect(await refusalOf(caller, 'compute_session_nodes', null, 'project_id')).toContain(detail);
    expect(await refusalOf(caller, 'compute_session_nodes', null, '-image,+priority')).toBeNull();
  });

  it.each(['25.5.2', '26.8.1'])('nodes of %s know them', async (version) => {
    const { cluster, caller } = await start(version);
    for (const field of ['image', 'images', 'user_email', 'full_name', 'group_name']) {
      expect(await refusalOf(caller, 'compute_session_nodes', `${field} ilike "%a%"`)).toBeNull();
    }
    expect(await refusalOf(caller, 'compute_session_nodes', `project_id == "${projectId(cluster)}"`, '-project_id,images')).toBeNull();
    expect(await refusalOf(caller, 'compute_session_nodes', null, 'user_email')).toBe(unknown('ordering', 'col', 'user_email'));
    expect(await refusalOf(caller, 'compute_session_nodes', null, 'startup_command')).toBe(unknown('ordering', 'col', 'startup_command'));
  });

  it.each(['24.03.12', '26.8.1'])('the older list of %s has names of its own', async (version) => {
    const { caller } = await start(version);
    for (const field of ['image', 'agent_id', 'agents', 'agent_ids', 'user_email', 'full_name']) {
      expect(await refusalOf(caller, 'compute_session_list', `${field} ilike "%a%"`, `-${field}`)).toBeNull();
    }
    for (const field of ['images', 'project_id', 'group_name']) {
      expect(await refusalOf(caller, 'compute_session_list', `${field} ilike "%a%"`)).toBe(unknown('filter', 'binary_expr', field));
    }
    expect(await refusalOf(caller, 'compute_session_list', 'priority > 5')).toBe(version === '24.03.12' ? unknown('filter', 'binary_expr', 'priority') : null);
    expect(await refusalOf(caller, 'compute_session_list', '')).toMatch(/^Query filter parsing error: Unexpected token Token\('\$END', ''\)/);
    expect(await refusalOf(caller, 'compute_session_list', null, '')).toBeNull();
  });

  it('names of enums before 25.6.2, values after', async () => {
    const older = (await start('25.5.2')).caller;
    expect(await refusalOf(older, 'compute_session_nodes', 'cluster_mode == "single-node"')).toMatch(/expected one of `SINGLE_NODE, MULTI_NODE`|'single-node'/);
    expect(await refusalOf(older, 'compute_session_nodes', 'type == "batch"')).toBeNull();
    const newer = (await start('26.8.1')).caller;
    expect(await refusalOf(newer, 'compute_session_nodes', 'cluster_mode == "single-node" & cluster_mode != "MULTI_NODE"')).toBeNull();
    expect(await refusalOf(newer, 'compute_session_nodes', 'status == "NEVER"')).toContain("'NEVER' is not a valid SessionStatus");
  });

  it('statuses that the manager has', async () => {
    const statuses = async (version: string, list: string) => {
      const { caller } = await start(version);
      return (await caller.gql(`{ compute_session_list(limit: 1, offset: 0, status: "${list}") { total_count } }`)).errors?.[0]?.message;
    };
    expect(await statuses('24.09.9', 'PENDING,PREPARED')).toBe("'PREPARED'");
    expect(await statuses('25.5.2', 'PENDING,PREPARED')).toBeUndefined();
    expect(await statuses('26.8.1', 'PENDING, RUNNING')).toBe("' RUNNING'");
  });

  it('other lists', async () => {
    const { caller } = await start('26.8.1');
    expect(await refusalOf(caller, 'agent_list', 'architecture == "x86_64"')).toBe(unknown('filter', 'binary_expr', 'architecture'));
    expect(await refusalOf(caller, 'agent_list', 'status == "alive" & schedulable is true', '-status_changed,+occupied_slots')).toBeNull();
    expect(await refusalOf(caller, 'agent_list', null, 'addr')).toBe(unknown('ordering', 'col', 'addr'));
    expect(await refusalOf(caller, 'agent_summary_list', 'region == "local"')).toBe(unknown('filter', 'binary_expr', 'region'));
    expect(await refusalOf(caller, 'user_list', 'status == "before-verification" | totp_activated is true', '-modified_at')).toBeNull();
    expect(await refusalOf(caller, 'keypair_list', 'email ilike "%@example.com" & projects == "default"', '-num_queries')).toBeNull();
    expect(await refusalOf(caller, 'group_nodes', 'type == "GENERAL"')).toBe(unknown('filter', 'binary_expr', 'type'));
  });

  it('24.09 tells nodes of one project only', async () => {
    const { cluster, caller } = await start('24.09.12', 'user');
    const asked = (argument: string) => caller.gql(`{ compute_session_nodes(${argument}first: 1, offset: 0) { count } }`);
    expect((await asked('')).errors?.[0]?.message).toBe("Field 'compute_session_nodes' argument 'project_id' of type 'UUID!' is required, but it was not provided.");
    expect((await asked(`project_id: "${projectId(cluster)}", `)).errors).toBeUndefined();
  });
});

describe('pages of nodes (SES-C03)', () => {
  const page = async (args: string, version = '26.8.1') => {
    const { caller } = await start(version);
    const { data, errors } = await caller.gql(`{ compute_session_nodes(${args}) { count edges { cursor } pageInfo { hasNextPage hasPreviousPage } } }`);
    return errors ? errors[0]?.message : (data?.compute_session_nodes as { count: number; edges: { cursor: string }[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean } });
  };

  it('of an offset nothing is told of the next, of cursors only the way that is gone', async () => {
    expect(await page('first: 2, offset: 2')).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    expect(await page('first: 2')).toMatchObject({ pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(await page('last: 2')).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(await page('order: "name"')).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: false } });
  });

  it('are refused in the manager\'s words', async () => {
    expect(await page('first: 101')).toBe("Cannot fetch a page larger than 100. Set 'first' or 'last' to a smaller integer.");
    expect(await page('first: -1')).toBe("Argument 'first' must be a non-negative integer.");
    expect(await page('first: 2, last: 2')).toBe('Can only paginate with single direction, forwards or backwards. Please set only one of (after, first) or (before, last).');
  });
});
