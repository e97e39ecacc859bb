// @vitest-environment node
import { validate, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schemaFor } from './graphql/schema';
import { fullVersion, hasSince } from './versions';

describe('manager versions', () => {
  it.each([
    ['26.8', '26.8.1'],
    ['24.03', '24.03.12'],
    ['24.3', '24.03.12'],
    ['25.6', '25.6.0'],
    ['25.6.3', '25.6.3'],
  ])('%s stands for %s', (line, full) => expect(fullVersion(line)).toBe(full));

  it('knows back-ports: the entry of the same line counts, else the highest', () => {
    expect(hasSince('24.09.6', '25.1.0, 24.09.6, 24.03.12')).toBe(true);
    expect(hasSince('24.09.5', '25.1.0, 24.09.6, 24.03.12')).toBe(false);
    expect(hasSince('24.12.0', '25.1.0, 24.09.6, 24.03.12')).toBe(false);
    expect(hasSince('25.5.0', '25.1.0, 24.09.6')).toBe(true);
  });

  it.each<[query: string, since: string, before: string]>([
    ['{ compute_session_nodes { count } }', '24.09.9', '24.03.12'],
    ['query($s: ScopeField) { compute_session_nodes(scope_id: $s) { count } }', '25.5.2', '24.09.9'],
    ['{ accessible_scaling_groups(project_id: "2de2b969-1d04-48a6-af16-0bc8adb3c831") { name accelerator_quantum_size } }', '25.5.2', '24.09.9'],
    ['{ images { namespace base_image_name version tags { key value } } }', '25.5.2', '24.09.9'],
    ['{ compute_session_nodes { edges { node { queue_position } } } }', '25.13.1', '25.5.2'],
    ['{ session_pending_queue(resource_group_id: "default") { count } }', '25.13.1', '25.5.2'],
    ['{ compute_session_nodes { edges { node { vfolder_nodes { count } } } } }', '25.5.2', '24.09.9'],
  ])('%s exists at %s and not at %s', (query, since, before) => {
    expect(validate(schemaFor(since), parse(query))).toEqual([]);
    expect(validate(schemaFor(before), parse(query)).map((error) => error.message)).not.toEqual([]);
  });
});
